"""All that a case holds, and how to find it by name; nothing is checked here."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from html import escape
from itertools import chain

from choosebattles.case.decision_model import DEFAULT_MODEL, Criterion, DecisionModel, Objective
from choosebattles.case.evidence import Correlation, Range, Source, StoryRow, SweepRow
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Investment, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import ScopeItem, ScopeKind
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.rule import REQUIRED, Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill
from choosebattles.case.units import Id, Number, Share, Year
from choosebattles.translation import _


class Facts(Fact):
    """Facts and decision model of one question, in years ``first_year`` to ``last_year``.

    Holds facts and finds them by name; it computes nothing, so that the program and the audit
    each work out costs and operating years apart.
    """

    name: str = ""
    country: str = ""
    currency: str = ""
    first_year: Year
    years: int
    cost_growth: Share = Decimal(0)
    revenue_haircut: Share = Decimal(0)
    points_for_100: Number | None = None
    prices: str = ""
    version: str = ""
    date: str = ""
    approved_by: str = ""
    model: DecisionModel = DEFAULT_MODEL
    funds: tuple[Fund, ...]
    investments: tuple[Investment, ...]
    rules: tuple[Rule, ...] = ()
    skills: tuple[Skill, ...] = ()
    layers: tuple[Layer, ...] = ()
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    shocks: tuple[Shock, ...] = ()
    ranges: tuple[Range, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    sources: tuple[Source, ...] = ()
    sweeps: tuple[SweepRow, ...] = ()
    story: tuple[StoryRow, ...] = ()

    def __repr__(self) -> str:
        """Return what it is about, in three lines; every field is there to be asked for."""
        kind = type(self).__name__
        money = sum((sum(fund.amount.values(), Decimal(0)) for fund in self.funds), Decimal(0))
        return _(
            "{kind} {name}: {country}, {first}-{last}\n"
            "  {funds} funds with {money} million {currency}; {investments} investments, "
            "{options} options\n"
            "  objectives: {objectives}"
        ).format(
            kind=kind,
            name=self.name or _("without a name"),
            country=self.country or _("no country"),
            first=self.first_year,
            last=self.last_year,
            funds=len(self.funds),
            money=f"{money:,f}".rstrip("0").rstrip(".") if money else "0",
            currency=self.currency or _("of a currency without a name"),
            investments=len(self.investments),
            options=len(self.options),
            objectives=", ".join(objective.id for objective in self.model.objectives),
        )

    def __str__(self) -> str:
        """Return the same."""
        return repr(self)

    def _repr_html_(self) -> str:
        """Return the same for notebooks."""
        return f"<p>{'<br>'.join(escape(line) for line in repr(self).splitlines())}</p>"

    @property
    def last_year(self) -> Year:
        """Return the last calendar year of the case."""
        return self.first_year + self.years - 1

    @property
    def calendar(self) -> range:
        """Return the calendar years of the case."""
        return range(self.first_year, self.first_year + self.years)

    @cached_property
    def options(self) -> Mapping[Id, Option]:
        """Return every option by its full id."""
        return {option.id: option for owner in self.investments for option in owner.options}

    @cached_property
    def investment_of(self) -> Mapping[Id, Investment]:
        """Return the investment of every option, by the option's full id."""
        return {option.id: owner for owner in self.investments for option in owner.options}

    @cached_property
    def money_decimals(self) -> int:
        """Return the decimals, at least 1, that show every amount of money as it was typed."""
        funds = chain.from_iterable(fund.amount.values() for fund in self.funds)
        costs = (
            (*option.cost, *option.income, option.running_cost) for option in self.options.values()
        )
        amounts = {*funds, *chain.from_iterable(costs)}
        exponents = (amount.normalize().as_tuple().exponent for amount in amounts)
        return max(1, *(-exponent for exponent in exponents if isinstance(exponent, int)), 1)

    @cached_property
    def _members(self) -> Mapping[Id, tuple[Option, ...]]:
        members = {option.id: (option,) for owner in self.investments for option in owner.options}
        return members | {owner.id: owner.options for owner in self.investments}

    def options_of(self, name: Id) -> tuple[Option, ...]:
        """Return the options that an id stands for: itself, or all of an investment."""
        return self._members[name]

    @cached_property
    def criteria_of(self) -> Mapping[Id, tuple[Criterion, ...]]:
        """Return the criteria of every objective."""
        return {
            goal.id: tuple(
                criterion for criterion in self.model.criteria if criterion.objective == goal.id
            )
            for goal in self.model.objectives
        }

    @cached_property
    def shocks_of(self) -> Mapping[Id, tuple[Shock, ...]]:
        """Return the shocks that test every objective."""
        return {
            goal.id: tuple(shock for shock in self.shocks if shock.objective == goal.id)
            for goal in self.model.objectives
        }

    @cached_property
    def layer_names(self) -> tuple[str, ...]:
        """Return the layers of all investments, each once; the empty one is no layer."""
        return tuple(dict.fromkeys(investment.layer for investment in self.investments))

    def objective(self, name: Id) -> Objective:
        """Return an objective by its id."""
        return next(objective for objective in self.model.objectives if objective.id == name)

    def in_scope(self, scope: tuple[ScopeItem, ...]) -> tuple[Option, ...]:
        """Return the options that a scope covers, each once; an empty scope covers all."""
        if not scope:
            return tuple(self.options.values())
        return tuple(
            option
            for option in self.options.values()
            if any(self._covers(member, option) for member in scope)
        )

    def _covers(self, item: ScopeItem, option: Option) -> bool:
        owner = self.investment_of[option.id]
        match item.kind:
            case ScopeKind.ID:
                return item.name in (option.id, owner.id)
            case ScopeKind.PILLAR:
                return owner.pillar == item.name
            case ScopeKind.LAYER:
                return owner.layer == item.name
            case ScopeKind.OWNER:
                return owner.owner == item.name
            case ScopeKind.EXPOSURE:
                return item.name in option.exposures

    @property
    def synergies(self) -> tuple[Rule, ...]:
        """Return the rules that are worth something, and demand nothing."""
        return tuple(rule for rule in self.rules if rule.kind.declared.worth is REQUIRED)

    def name_of(self, rule: Rule) -> str:
        """Return the short name of a rule: R and its position among the rules, from 1."""
        return self._rule_names.get(id(rule)) or f"R{self.rules.index(rule) + 1}"

    @cached_property
    def _rule_names(self) -> Mapping[int, str]:
        """Return the short names by identity, for rules that are alike have different ones."""
        return {id(rule): f"R{number}" for number, rule in enumerate(self.rules, start=1)}

    def payers(self, option: Option, part: Pays) -> tuple[Fund, ...]:
        """Return the funds that may pay the build or the running part of an option."""
        return self._payers[option.id, part]

    @cached_property
    def _payers(self) -> Mapping[tuple[Id, Pays], tuple[Fund, ...]]:
        eligible = {
            fund.id: {investment.id for investment in self.in_scope(fund.eligible)}
            for fund in self.funds
        }
        return {
            (option, part): tuple(
                fund
                for fund in self.funds
                if fund.pays in (Pays.BOTH, part) and option in eligible[fund.id]
            )
            for option in self.options
            for part in (Pays.BUILD, Pays.RUNNING)
        }

    @cached_property
    def general_funds(self) -> tuple[Fund, ...]:
        """Return the funds that may pay anything in full: they can hold a contingency."""
        return tuple(
            fund
            for fund in self.funds
            if not fund.eligible and fund.pays is Pays.BOTH and fund.pays_at_most == 1
        )
