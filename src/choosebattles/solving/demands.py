"""The demands of a case as its user typed them: rows of the program, by the cells they come from."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from choosebattles.case.bounds import SHARE
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind, Objective
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.limit import Limit, Metric, ScopeItem, ScopeKind
from choosebattles.case.path import Path, put
from choosebattles.case.place import Place
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.case.service import Service
from choosebattles.case.skill import Skill
from choosebattles.constraints.carry_at_most import CarryAtMost
from choosebattles.constraints.contingency import Contingency
from choosebattles.constraints.floors import Floor
from choosebattles.constraints.limits import Limited
from choosebattles.constraints.locked import Locked
from choosebattles.constraints.money import NO_FUND, Money
from choosebattles.constraints.must_hold import MustHold
from choosebattles.constraints.people import People
from choosebattles.formulation.program import Program, sources
from choosebattles.solving.limit_words import limit_sentence
from choosebattles.solving.outcome import Demand
from choosebattles.solving.tolerances import WHOLE_STEP
from choosebattles.terms import THOUSANDTHS, Linear, Measure, Row, Unit
from choosebattles.words import _

SIGNIFICANT = 3
"""Digits in which an amount of money is told, rounded up; with no less than one decimal."""

STEPS = 2
"""How many steps an amount may be raised until a solve confirms it: solvers round."""

_MONEY = (Metric.COST, Metric.COST_IN_A_YEAR, Metric.RUNNING_COST, Metric.LATER_COST)
_WHOLE = (Metric.COUNT, Metric.STARTS)

Amended = tuple[str, Case]
"""A change in words, and the case with it."""

Amend = Callable[[Case, float], Iterator[Amended]]
"""Yields the changes to try, given by how much the rows of a demand are off."""


class Kind(IntEnum):
    """What a demand is, in the order in which a sentence names them."""

    MUST = 0
    NEVER = 1
    ONGOING = 2
    RULE = 3
    LIMIT = 4
    FLOOR = 5
    MUST_HOLD = 6
    CONTINGENCY = 7
    PEOPLE = 8
    CARRY = 9
    MONEY = 10
    PAYERS = 11


@dataclass(frozen=True, eq=False)
class Group:
    """One demand: its rows, and how it may give way.

    ``measured`` says that ``amend`` wants to know by how much the rows must give way, and ``step``
    in which steps it can use that, in the unit of the rows; ``money`` that they are thousandths of
    a million, told in fewer digits where they are many.
    """

    kind: Kind
    demand: Demand
    rows: tuple[str, ...]
    amend: Amend
    measured: bool = False
    priority: int | None = None
    step: float = 1.0
    money: bool = False

    def step_at(self, off: float) -> float:
        """Return the step in which an amount of this size is told."""
        return 10.0 ** (3 - digits_of(off)) if self.money else self.step

    @property
    def firmness(self) -> tuple[float, int]:
        """Return what orders demands: what gives way first comes first."""
        return math.inf if self.priority is None else self.priority, -self.kind


def demands(case: Case, program: Program) -> tuple[Program, tuple[Group, ...]]:
    """Return the demands of a case, and its program with a row of its own for each.

    What no fund may pay stands in one row a year for all options; it is told apart by option.
    Rows of no group define quantities or say what an option is; they always hold.
    """
    program = replace(program, rows=dict(_apart(program)))
    groups: list[Group] = []
    for asker, names in zip(sources(program.quantities), program.source_rows, strict=True):
        groups += _groups(case, asker, [each for each in program.rows if each in names])
    for option in case.options.values():
        rows = [each for each in program.rows if each.startswith(f"payers[{option.id},")]
        if rows:
            groups.append(_unpayable(option, rows))
    return program, tuple(groups)


def _apart(program: Program) -> Iterator[tuple[str, Row]]:
    option_of = {
        each.column: option for option, all_ in program.quantities.starts.items() for each in all_
    }
    for name, row in program.rows.items():
        if not name.startswith(f"money[{NO_FUND},"):
            yield name, row
            continue
        terms: dict[str, Linear] = {}
        for column, number in row.constraint.expression.terms.items():
            if number and column in option_of:
                part = terms.setdefault(option_of[column], Linear())
                part.terms[column] = number
        for option, each in terms.items():
            told = f"payers[{option},{name.rpartition(',')[2]}"
            yield told, Row(told, each <= 0)


def _groups(case: Case, asker: Unit | Measure, rows: Sequence[str]) -> Iterable[Group]:  # noqa: C901, PLR0911 - one answer for each kind of demand
    if not rows:
        return ()
    match asker:
        case Locked():
            return _decisions(case, asker, rows)
        case Money():
            return (_fund(case, fund, year) for fund in case.funds for year in case.calendar)
        case CarryAtMost():
            return (_carrying(case, asker.fund, rows),)
        case Contingency():
            return (_reserve(case, asker.place, rows),)
        case People():
            return (_people(case, asker.skill, year) for year in case.calendar)
        case Limited():
            return _limits(case, asker, rows)
        case Floor():
            return (_floor(case, asker.objective, rows),)
        case MustHold():
            return (_must_hold(case, asker.service, rows),)
        case _:
            rule = getattr(asker, "rule", None)
            if isinstance(rule, Rule) and rule.kind is not RuleKind.SYNERGY:
                return (_rule(case, rule, rows),)
            return ()


def _decisions(case: Case, asker: Locked, rows: Sequence[str]) -> Iterator[Group]:
    for decision in (Decision.MUST, Decision.NEVER, Decision.ONGOING):
        yield from _decided(case, asker, decision, rows)


def _limits(case: Case, asker: Limited, rows: Sequence[str]) -> Iterator[Group]:
    for side in ("minimum", "maximum"):
        own = [each for each in rows if each.startswith(f"limits[{asker.name},{side}")]
        if own:
            yield _limit(case, asker.limit, side, own)


# Decisions


def _decided(case: Case, asker: Locked, decision: Decision, rows: Sequence[str]) -> Iterator[Group]:
    told = {
        Decision.MUST: (
            Kind.MUST,
            _("{options} must be taken"),
            _("release the must on {options}"),
        ),
        Decision.NEVER: (Kind.NEVER, _("{options} must never be taken"), _("allow {options}")),
        Decision.ONGOING: (
            Kind.ONGOING,
            _("{options} is ongoing"),
            _("stop {options}, which is ongoing"),
        ),
    }
    kind, what, change = told[decision]
    options = [each for each in asker.investment.options if each.decision is decision]
    together = [options] if decision is Decision.MUST and options else [[each] for each in options]
    after = Decision.NEVER if decision is Decision.ONGOING else Decision.OPEN
    for members in together:
        named = asker.investment.id if decision is Decision.MUST else members[0].id
        row = f"locked[{named},{decision}]"
        assert row in rows, "a decision has a row"
        names = _(" or ").join(each.id for each in members)
        yield Group(
            kind,
            Demand(
                what.format(options=names),
                str(decision),
                tuple(each.at("decision") for each in members),
            ),
            (row,),
            _deciding(case, members, after, change.format(options=names)),
        )


def _deciding(case: Case, members: Sequence[Option], after: Decision, change: str) -> Amend:
    def amend(now: Case, _off: float) -> Iterator[Amended]:
        for each in members:
            now = put(now, (*_path(case, each), "decision"), after)
        yield change, now

    return amend


def _path(case: Case, option: Option) -> Path:
    owner = case.investment_of[option.id]
    first = [each.id for each in case.investments].index(owner.id)
    return "investments", first, "options", [each.id for each in owner.options].index(option.id)


# Money


def _fund(case: Case, fund: Fund, year: int) -> Group:
    path: Path = ("funds", [each.id for each in case.funds].index(fund.id), "amount", year)

    def amend(now: Case, off: float) -> Iterator[Amended]:
        for more in _steps(off / THOUSANDTHS, digits_of(off)):
            sentence = _("raise {fund} in {year} by {amount}").format(
                fund=fund.id, year=year, amount=_millions(case, more)
            )
            yield sentence, put(now, path, fund.amount[year] + more)

    amount = _millions(case, fund.amount[year])
    what = _("{fund} has {amount} in {year}").format(fund=fund.id, amount=amount, year=year)
    place = fund.at(f"amount[{year}]")
    demand = Demand(what, _shown(fund.amount[year]), (place,))
    return Group(
        Kind.MONEY,
        demand,
        (f"money[{fund.id},{year},balance]",),
        amend,
        measured=True,
        priority=fund.priority,
        money=True,
    )


def _carrying(case: Case, fund: Fund, rows: Sequence[str]) -> Group:
    path: Path = ("funds", [each.id for each in case.funds].index(fund.id), "carry_at_most")

    def amend(now: Case, _off: float) -> Iterator[Amended]:
        yield _("let {fund} carry over without a limit").format(fund=fund.id), put(now, path, None)

    assert fund.carry_at_most is not None, "only a limit is a demand"
    share = SHARE.show(fund.carry_at_most)
    what = _("{fund} may set aside {share} of a year's amount at most").format(
        fund=fund.id, share=share
    )
    demand = Demand(what, share, (fund.at("carry_at_most"),))
    return Group(Kind.CARRY, demand, tuple(rows), amend)


def _reserve(case: Case, place: Place, rows: Sequence[str]) -> Group:
    def amend(now: Case, _off: float) -> Iterator[Amended]:
        yield _("hold no contingency"), put(now, ("model", "contingency"), ContingencyKind.NONE)

    value = _shown(case.model.contingency_amount, 0)
    what = _("a contingency is held ({kind}, {amount})").format(
        kind=case.model.contingency, amount=value
    )
    return Group(Kind.CONTINGENCY, Demand(what, value, (place,)), tuple(rows), amend)


def _unpayable(option: Option, rows: Sequence[str]) -> Group:
    def amend(now: Case, _off: float) -> Iterator[Amended]:
        for number, fund in enumerate(now.funds):
            more = (*fund.eligible, ScopeItem(kind=ScopeKind.ID, name=option.id))
            changed = {
                "pays": Pays.BOTH,
                "pays_at_most": Decimal(1),
                "eligible": more if fund.eligible else (),
            }
            paying = fund.model_copy(update=changed)
            sentence = _("let {fund} pay all of {option}").format(fund=fund.id, option=option.id)
            yield sentence, put(now, ("funds", number), paying)

    what = _("no fund may pay all of {option}").format(option=option.id)
    return Group(Kind.PAYERS, Demand(what, "", (option.at(),)), tuple(rows), amend)


# People, services, indices


def _people(case: Case, skill: Skill, year: int) -> Group:
    path: Path = ("skills", [each.id for each in case.skills].index(skill.id), "supply", year)

    def amend(now: Case, off: float) -> Iterator[Amended]:
        for more in _steps(off, 1):
            sentence = _("raise {skill} in {year} by {number}").format(
                skill=skill.id, year=year, number=_shown(more, 0)
            )
            yield sentence, put(now, path, skill.supply[year] + more)

    value = _shown(skill.supply[year], 0)
    what = _("{skill} has a supply of {number} in {year}").format(
        skill=skill.id, number=value, year=year
    )
    demand = Demand(what, value, (skill.at(f"supply[{year}]"),))
    return Group(
        Kind.PEOPLE, demand, (f"people[{skill.id},{year}]",), amend, measured=True, step=0.1
    )


def _floor(case: Case, objective: Objective, rows: Sequence[str]) -> Group:
    place = [each.id for each in case.model.objectives].index(objective.id)
    assert objective.floor is not None, "only objectives with a floor have this row"
    floor = objective.floor

    def amend(now: Case, off: float) -> Iterator[Amended]:
        for least in _down(floor, off, 1):
            sentence = _("lower the floor of {objective} to {floor}").format(
                objective=objective.id, floor=_shown(least)
            )
            yield sentence, put(now, ("model", "objectives", place, "floor"), least)

    what = _("the index {objective} must reach {floor}").format(
        objective=objective.id, floor=_shown(floor)
    )
    demand = Demand(what, _shown(floor), (objective.at("floor"),))
    return Group(Kind.FLOOR, demand, tuple(rows), amend, measured=True, step=0.1)


def _must_hold(case: Case, service: Service, rows: Sequence[str]) -> Group:
    place = [each.id for each in case.services].index(service.id)
    assert service.must_hold is not None, "only services that must hold have this row"
    hold = service.must_hold

    def amend(now: Case, off: float) -> Iterator[Amended]:
        for least in _down(hold, off, 3):
            sentence = _("lower what {service} must hold to {share} %").format(
                service=service.id, share=_shown(100 * least, 0)
            )
            yield sentence, put(now, ("services", place, "must_hold"), max(least, Decimal(0)))

    share = _shown(100 * hold, 0)
    what = _("{service} must hold {share} %").format(service=service.id, share=share)
    demand = Demand(what, f"{share} %", (service.at("must_hold"),))
    return Group(Kind.MUST_HOLD, demand, tuple(rows), amend, measured=True, step=0.001)


# Rules and limits


def _rule(case: Case, rule: Rule, rows: Sequence[str]) -> Group:
    where = str(rule.at()) or case.name_of(rule)
    names = ", ".join(rule.investments)
    needs = ", ".join(rule.needs)
    texts = {
        RuleKind.REQUIRES_ALL: _("{names}: requires all of {needs}"),
        RuleKind.REQUIRES_ANY: _("{names}: requires any of {needs}"),
        RuleKind.EXCLUDES: _("{names}: excludes {needs}")
        if needs
        else _("{names}: only one of them"),
        RuleKind.AT_MOST: _("at most {number} of {names}"),
        RuleKind.AT_LEAST: _("at least {number} of {names}"),
        RuleKind.EXACTLY: _("exactly {number} of {names}"),
        RuleKind.TOGETHER: _("{names}: all or none"),
    }
    signs = {RuleKind.AT_MOST: (1,), RuleKind.AT_LEAST: (-1,), RuleKind.EXACTLY: (-1, 1)}

    def amend(now: Case, off: float) -> Iterator[Amended]:
        at = next(number for number, each in enumerate(now.rules) if each is rule)
        for sign in signs.get(rule.kind, ()):
            assert rule.number is not None, "checked with the case"
            number = rule.number + sign * max(1, math.ceil(off - WHOLE_STEP))
            if 0 < number <= len(rule.investments):
                sentence = _raised_or_lowered(_("number"), where, rule.number, number)
                yield sentence, put(now, ("rules", at, "number"), number)
        rest = (*now.rules[:at], *now.rules[at + 1 :])
        yield _("drop the rule in {place}").format(place=where), put(now, ("rules",), rest)

    what = texts[rule.kind].format(names=names, needs=needs, number=rule.number)
    demand = Demand(what, str(rule.kind), (rule.at(),))
    measured = rule.kind in signs
    return Group(Kind.RULE, demand, tuple(rows), amend, measured, rule.priority)


def _limit(case: Case, limit: Limit, side: str, rows: Sequence[str]) -> Group:
    least = side == "minimum"
    bound = limit.minimum if least else limit.maximum
    assert bound is not None, "a side with rows has a bound"
    where = str(limit.at(side)) or str(limit.metric)
    share = limit.metric is Metric.COST_SHARE

    def amend(now: Case, off: float) -> Iterator[Amended]:
        at = next(number for number, each in enumerate(now.model.limits) if each is limit)
        if not share:
            digits = digits_of(off) if limit.metric in _MONEY else _digits_of(limit.metric)
            there = off / THOUSANDTHS if limit.metric in _MONEY else off
            moved = _down(bound, there, digits) if least else _up(bound, there, digits)
            for each in moved:
                yield (
                    _raised_or_lowered(_(side), where, bound, each),
                    put(now, ("model", "limits", at, side), each),
                )
        other = limit.maximum if least else limit.minimum
        limits = now.model.limits
        sentence = _("drop the {side} in {place}").format(side=_(side), place=where)
        if other is None:
            rest = (*limits[:at], *limits[at + 1 :])
            yield sentence, put(now, ("model", "limits"), rest)
        else:
            yield sentence, put(now, ("model", "limits", at, side), None)

    shown = _shown(100 * bound if share else bound, 0)
    what = limit_sentence(case, limit, shown, least=least)
    demand = Demand(what, _shown(bound, 0), (limit.at(side),))
    return Group(
        Kind.LIMIT,
        demand,
        tuple(rows),
        amend,
        not share,
        limit.priority,
        step=10.0 ** -_digits_of(limit.metric),
        money=limit.metric in _MONEY,
    )


def _digits_of(metric: Metric) -> int:
    return 0 if metric in _WHOLE else 1


def _raised_or_lowered(what: str, where: str, old: Decimal | int, new: Decimal | int) -> str:
    text = (
        _("raise the {what} in {place} from {old} to {new}")
        if new > old
        else _("lower the {what} in {place} from {old} to {new}")
    )
    return text.format(
        what=what, place=where, old=_shown(Decimal(old), 0), new=_shown(Decimal(new), 0)
    )


# Amounts


def digits_of(off: float) -> int:
    """Return the decimals of millions in which so many thousandths are told."""
    if off < THOUSANDTHS:
        return 3
    return max(1, SIGNIFICANT - 1 - math.floor(math.log10(off / THOUSANDTHS)))


def _steps(off: float, digits: int) -> Iterator[Decimal]:
    """Yield what is at least so much, in whole steps, and then one step more."""
    first = max(1, math.ceil(off * 10**digits - WHOLE_STEP))
    for more in range(STEPS):
        yield Decimal(first + more).scaleb(-digits)


def _up(bound: Decimal, off: float, digits: int) -> Iterator[Decimal]:
    first = max(_scaled(bound, digits), math.ceil((float(bound) + off) * 10**digits - WHOLE_STEP))
    for more in range(STEPS):
        yield Decimal(first + more).scaleb(-digits)


def _down(bound: Decimal, off: float, digits: int) -> Iterator[Decimal]:
    first = math.floor((float(bound) - off) * 10**digits + WHOLE_STEP)
    for more in range(STEPS):
        yield Decimal(first - more).scaleb(-digits)


def _scaled(bound: Decimal, digits: int) -> int:
    return math.floor(bound.scaleb(digits))


def _millions(case: Case, amount: Decimal) -> str:
    unit = _("million {currency}").format(currency=case.currency) if case.currency else _("million")
    return f"{_shown(amount)} {unit}"


def _shown(amount: Decimal, digits: int = 1) -> str:
    """Return a number as typed, with no fewer decimals than asked for."""
    plain = amount.normalize()
    there = -int(plain.as_tuple().exponent)
    return f"{plain:,.{max(digits, there, 0)}f}"
