"""What checks say of rules before any search is true of every plan there is."""

from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.checks import warnings
from choosebattles.case.investment import Decision, Investment
from choosebattles.case.plan import Plan
from choosebattles.case.rule import ALLOWED, REQUIRED, Rule, RuleKind, Use
from small_cases import case, investment, ongoing, option, plan, rule

OWNERS = {"A": ("A",), "B": ("B",), "C": ("C.X", "C.Y"), "D": ("D.X", "D.Y")}
DECISIONS = (Decision.OPEN, Decision.MUST, Decision.NEVER)
KINDS = tuple(kind for kind in RuleKind if kind is not RuleKind.SYNERGY)
REQUIRES = (RuleKind.REQUIRES_ALL, RuleKind.REQUIRES_ANY)


def some_investment(name: str, rng: Random) -> Investment:
    options = [option(each, decision=rng.choice(DECISIONS)) for each in OWNERS[name]]
    if rng.random() < 0.4:
        options[0] = ongoing(options[0].id, 2027)
    return investment(name, *options)


def some_rule(rng: Random) -> Rule:
    kind = rng.choice((*KINDS, *REQUIRES, *REQUIRES, *REQUIRES))
    names = [rng.choice((owner, *parts)) for owner, parts in OWNERS.items()]
    rng.shuffle(names)
    needing = _used(kind.declared.needs, rng)
    listed = names[: rng.randint(1 if needing else 2, 3)]
    return rule(
        kind,
        *listed,
        needs=tuple(names[len(listed) :]) if needing else (),
        number=rng.randint(1, len(listed)) if _used(kind.declared.number, rng) else None,
    )


def _used(use: Use, rng: Random) -> bool:
    return use is REQUIRED or (use is ALLOWED and rng.random() < 0.5)


def some_case(seed: int) -> Case:
    """A case of decisions and rules alone, in which nothing costs anything."""
    rng = Random(seed)
    owners = [some_investment(name, rng) for name in OWNERS]
    return case(*owners, rules=[some_rule(rng) for _rule in range(rng.randint(1, 3))])


def plans_that_keep_all(world: Case) -> Iterator[Plan]:
    ways = [[None, *(each.id for each in owner.options)] for owner in world.investments]
    for chosen in product(*ways):
        tried = plan(world, *filter(None, chosen))
        if recount(world, tried).passed:
            yield tried


@pytest.mark.parametrize("first", range(0, 240, 80))
def test_what_is_said_to_leave_no_plan_leaves_none(first: int) -> None:
    told: Counter[str] = Counter()
    for seed in range(first, first + 80):
        world = some_case(seed)
        found = [warning for warning in warnings(world) if warning.code in {"CB-L06", "CB-L07"}]
        plans = list(plans_that_keep_all(world)) if found else []
        for warning in found:
            told[warning.code] += 1
            if warning.code == "CB-L07":
                assert not plans, f"{seed}: {warning.message}"
            else:
                name = warning.advice.removesuffix(" cannot be taken.")
                own = {each.id for each in world.options_of(name)}
                assert not any(own & each.taken for each in plans), f"{seed}: {warning.message}"

    assert told["CB-L06"]
    assert told["CB-L07"]


def test_what_is_under_way_needs_nothing_more() -> None:
    # A started before the plan: it found B or not, and B starts after it without a circle.
    world = case(
        ongoing("A", 2026),
        option("B", 1, 20),
        rules=[
            rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),
            rule(RuleKind.REQUIRES_ALL, "B", needs=("A",)),
            rule(RuleKind.EXCLUDES, "A", "B"),
        ],
    )
    told = {warning.code: warning.message for warning in warnings(world)}

    assert "CB-L05" not in told
    assert told["CB-L06"].endswith("B cannot be taken.")
