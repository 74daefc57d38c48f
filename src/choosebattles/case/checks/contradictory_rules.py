"""What cannot be met together: told here as a warning, and proved when no plan is left."""

from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, product

from choosebattles.case.bounds import SHARE, plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.checks.timing import starts
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.rule import FORBIDDEN, Bounds, Rule, Then
from choosebattles.case.units import Id
from choosebattles.errors import Fault
from choosebattles.translation import _


def _timed(rule: Rule) -> bool:
    """Say whether a rule asks for what must be there before others start."""
    return rule.kind.declared.when is not FORBIDDEN


def _exempt(case: Facts, rule: Rule, name: Id) -> bool:
    """Say whether a rule asks nothing for an id: what is ongoing has no prerequisites of its own."""
    options = case.options_of(name)
    return _timed(rule) and any(option.decision is Decision.ONGOING for option in options)


def _needed(rule: Rule) -> bool:
    """Say whether each one of the list needs something to be taken too."""
    return rule.kind.declared.then in {Then.ALL, Then.ANY} and rule.enough == 1


def _all_of(rule: Rule, lost: list[Id]) -> bool:
    """Say whether a rule that asks for its needs cannot do without those that are lost."""
    return bool(lost) and (rule.kind.declared.then is Then.ALL or len(lost) == len(rule.needs))


def _needs(case: Facts) -> dict[Id, dict[Id, Rule]]:
    """Return what each id needs without an alternative, with the rule that says so."""
    edges: dict[Id, dict[Id, Rule]] = {}
    for rule in case.rules:
        if _timed(rule) and (rule.kind.declared.then is Then.ALL or len(rule.needs) == 1):
            asking = [name for name in rule.investments if not _exempt(case, rule, name)]
            for name, need in product(asking, rule.needs):
                edges.setdefault(name, {}).setdefault(need, rule)
    for option in case.options.values():
        owner = case.investment_of[option.id].id
        if owner != option.id:
            inherited = edges.get(owner, {})
            edges[option.id] = {**inherited, **edges.get(option.id, {})}
    return edges


def circular(case: Facts) -> Iterator[Fault]:
    """Yield chains of prerequisites that lead back to where they began."""
    edges = _needs(case)
    reported: set[frozenset[Id]] = set()
    covered: set[Id] = set()
    for name in _in_circles(edges):
        path = None if name in covered else _way_back(name, edges)
        if path is None or frozenset(path) in reported:
            continue
        reported.add(frozenset(path))
        covered.update(path)
        rule = edges[path[0]][path[1]]
        yield at(rule, "needs").fault(
            "CB-L05",
            _("prerequisites in a circle, {path}").format(path=" \u2192 ".join(path)),
            _("prerequisites that come to an end"),
            _("None of them can be taken before the others."),
        )


def _way_back(name: Id, edges: dict[Id, dict[Id, Rule]]) -> list[Id] | None:
    """Return the shortest path from an id back to itself."""
    came: dict[Id, Id] = {}
    todo = deque([name])
    while todo:
        here = todo.popleft()
        for need in edges.get(here, {}):
            if need == name:
                path = [name, here]
                while path[-1] != name:
                    path.append(came[path[-1]])
                return path[::-1]
            if need not in came:
                came[need] = here
                todo.append(need)
    return None


def _in_circles(edges: dict[Id, dict[Id, Rule]]) -> list[Id]:
    """Return ids from which prerequisites do not come to an end: one way back exists, or more."""
    open_needs = {name: len(needs) for name, needs in edges.items()}
    needed_by: dict[Id, list[Id]] = {}
    for name, needs in edges.items():
        for need in needs:
            needed_by.setdefault(need, []).append(name)
    ended = deque(need for need in needed_by if not edges.get(need))
    while ended:
        for name in needed_by.get(ended.popleft(), ()):
            open_needs[name] -= 1
            if not open_needs[name]:
                ended.append(name)
    return [name for name, number in open_needs.items() if number]


def _apart(case: Facts) -> dict[frozenset[Id], Rule]:
    """Return the pairs of options that a rule keeps apart."""
    pairs: dict[frozenset[Id], Rule] = {}
    for rule in case.rules:
        if rule.kind.declared.then is not Then.NONE or rule.enough > 1:
            continue
        for index, name in enumerate(rule.investments):
            for other in rule.needs or rule.investments[index + 1 :]:
                for one, two in product(case.options_of(name), case.options_of(other)):
                    pairs.setdefault(frozenset((one.id, two.id)), rule)
    return pairs


def needed_and_excluded(case: Facts) -> Iterator[Fault]:
    """Yield rules that require what another rule excludes."""
    apart = _apart(case)
    for rule in case.rules:
        if not _needed(rule):
            continue
        for name in rule.investments:
            barred = [need for need in rule.needs if _never_together(case, name, need, apart)]
            if not _all_of(rule, barred) or _exempt(case, rule, name):
                continue
            one = case.options_of(name)[0].id, case.options_of(barred[0])[0].id
            yield at(rule, "needs").fault(
                "CB-L06",
                _("{need}, with which {name} may not be ({rule})").format(
                    name=name, need=barred[0], rule=_cell(apart[frozenset(one)])
                ),
                _("rules that agree"),
                _("{name} cannot be taken.").format(name=name),
            )


def _never_together(case: Facts, name: Id, need: Id, apart: dict[frozenset[Id], Rule]) -> bool:
    pairs = product(case.options_of(name), case.options_of(need))
    return all(frozenset((one.id, two.id)) in apart for one, two in pairs)


def _cell(rule: Rule) -> str:
    return str(at(rule)) or str(rule.kind)


class _Decided:
    """What is certainly taken and what certainly not, by the decisions alone."""

    def __init__(self, case: Facts) -> None:
        self.case = case
        self.possible: set[Id] = set()
        self.certain: set[Id] = set()
        for owner in case.investments:
            left = self._left(owner.options)
            self.possible.update(option.id for option in left)
            if any(option.decision in {Decision.MUST, Decision.ONGOING} for option in left):
                self.certain.add(owner.id)
                if len(left) == 1:
                    self.certain.add(left[0].id)
            if left:
                self.possible.add(owner.id)

    def _left(self, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """Return the options of an investment that may be taken."""
        for decision in (Decision.ONGOING, Decision.MUST):
            decided = tuple(option for option in options if option.decision is decision)
            if decided:
                return decided
        return tuple(option for option in options if option.decision is not Decision.NEVER)

    def taken(self, names: tuple[Id, ...]) -> list[Id]:
        """Return those of a list that are certainly taken."""
        return [name for name in names if name in self.certain]

    def out(self, names: tuple[Id, ...]) -> list[Id]:
        """Return those of a list that are certainly not taken."""
        return [name for name in names if name not in self.possible]


def decided_against_rules(case: Facts) -> Iterator[Fault]:
    """Yield rules that the decisions must, never and ongoing leave no way to keep."""
    decided = _Decided(case)
    for owner in case.investments:
        kinds = {option.decision for option in owner.options}
        if {Decision.ONGOING, Decision.MUST} <= kinds:
            must = next(option for option in owner.options if option.decision is Decision.MUST)
            yield at(must, "decision").fault(
                "CB-L07",
                _("must, while another option of {name} is ongoing").format(name=owner.id),
                _("one option of an investment"),
                _("No plan can have both."),
            )
    for rule in case.rules:
        found = _broken(rule, decided)
        if found:
            yield at(rule, "investments").fault(
                "CB-L07",
                found,
                _("decisions that leave a way to keep the rule {rule}").format(rule=rule.kind),
                _("No plan can keep it; change the rule or a decision."),
            )


def _broken(rule: Rule, decided: _Decided) -> str:
    """Return how the decisions break a rule, or nothing."""
    taken, out = decided.taken(rule.investments), decided.out(rule.investments)
    asks, against = rule.kind.declared, decided.taken(rule.needs)
    if asks.then is None or not rule.needs:
        return _miscounted(rule, taken, out)
    taken = [name for name in taken if not _exempt(decided.case, rule, name)]
    if len(taken) < rule.enough:
        return ""
    reason = taken[: rule.enough]
    if asks.then is Then.NONE:
        return _both([*reason, against[0]]) if against else ""
    lost = decided.out(rule.needs)
    return _one_only(reason, lost) if _all_of(rule, lost) else ""


def _miscounted(rule: Rule, taken: list[Id], out: list[Id]) -> str:
    """Return how the decisions leave too many or too few of a list, or nothing."""
    bounds, number = rule.kind.declared.bounds, rule.number or 0
    if bounds is Bounds.ALL_OR_NONE:
        return _one_only(taken[:1], out)
    if bounds is Bounds.ONE:
        return _both(taken[:2]) if len(taken) > 1 else ""
    if bounds in {Bounds.MOST, Bounds.NUMBER} and len(taken) > number:
        return _both(taken)
    left = len(rule.investments) - len(out)
    if bounds in {Bounds.LEAST, Bounds.NUMBER} and left < number:
        return _("only {left} that may be taken").format(left=left)
    return ""


def _both(names: list[Id]) -> str:
    return _("{names}, all decided").format(names=", ".join(names))


def _one_only(taken: list[Id], out: list[Id]) -> str:
    if not taken or not out:
        return ""
    text = (
        _("{taken}, which is decided, and {out}, which cannot be taken")
        if len(taken) == 1
        else _("{taken}, all decided, and {out}, which cannot be taken")
    )
    return text.format(taken=", ".join(taken), out=out[0])


def decided_beyond_the_money(case: Facts) -> Iterator[Fault]:
    """Yield decisions that cost more than all funds hold, at the least and in today's prices."""
    income = any(option.earns for option in case.options.values())
    if income or case.cost_growth < 0 or any(rule.saving for rule in case.rules):
        return
    money = sum(chain.from_iterable(fund.amount.values() for fund in case.funds), Decimal(0))
    least = Decimal(0)
    named = []
    for owner in case.investments:
        must = [option for option in owner.options if option.decision is Decision.MUST]
        if must and not any(option.decision is Decision.ONGOING for option in owner.options):
            least += min(_least_cost(case, option) for option in must)
            named.append(must[0])
    if least > money:
        yield at(named[0], "decision").fault(
            "CB-L07",
            _("investments that must be taken and cost at least {cost} million").format(
                cost=plain(least)
            ),
            _("at most {money} million, which is all that the funds hold").format(
                money=plain(money)
            ),
            _("Change a decision or raise a fund."),
        )


def _least_cost(case: Facts, option: Option) -> Decimal:
    """Return what falls due of an option within the plan if it starts in the best year for that."""
    sums = [
        sum(option.cost[: max(0, case.last_year - start + 1)], Decimal(0))
        for start in starts(case, option)
    ]
    return min(sums, default=Decimal(0))


def payable_by_nobody(case: Facts) -> Iterator[Fault]:
    """Yield options with a part that all eligible funds together may not pay in full."""
    may_pay = {
        fund.id: {investment.id for investment in case.in_scope(fund.eligible)}
        for fund in case.funds
    }
    for option in case.options.values():
        if option.decision is Decision.NEVER:
            continue
        costs = ((Pays.BUILD, any(option.cost)), (Pays.RUNNING, option.running_cost > 0))
        for part, needed in costs:
            payers = [
                fund
                for fund in case.funds
                if option.id in may_pay[fund.id] and fund.pays in {Pays.BOTH, part}
            ]
            share = sum((fund.pays_at_most for fund in payers), Decimal(0))
            if needed and share < 1:
                yield at(option, "id").fault(
                    "CB-L08",
                    _("{option}, of whose {part} cost the funds may pay {share}").format(
                        option=option.id, part=part, share=SHARE.show(share)
                    ),
                    _("funds that together may pay 100% of it"),
                    _("It cannot be taken. Check Eligible, Pays and Pays at most."),
                )
