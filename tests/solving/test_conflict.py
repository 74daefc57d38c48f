"""What cannot all hold, and what would make a plan possible."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.number_path import get_at, replace_at
from choosebattles.case.rule import RuleKind
from choosebattles.demand import Relaxable
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.report.plan_parts.conflict import conflict_sentences
from choosebattles.solving.conflict import conflict
from choosebattles.solving.demands import demands
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Conflict, Stop
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from oracle.workbooks import random_workbook
from small_cases import (
    case,
    fund,
    layer,
    limit,
    objective,
    option,
    provider,
    rule,
    service,
    shock,
    skill,
)

MUST = Decision.MUST
SEEDS = (3, 6, 7, 17, 20, 32, 40, 48, 51, 55)
"""Random workbooks without a plan."""


def why(world: Case) -> Conflict:
    """Return why a case has no plan, once every repair has been tried."""
    outcome = solve(world)
    assert outcome.stop is Stop.INFEASIBLE
    assert outcome.conflict is not None
    for repair in outcome.conflict.repairs:
        assert solve(repair.case, Options(conflict=False)).plan is not None, repair.changes
    return outcome.conflict


def sets(found: Conflict) -> list[set[str]]:
    return [{demand.what for demand in clash.demands} for clash in found.clashes]


def singles(found: Conflict) -> list[str]:
    return [repair.changes[0] for repair in found.repairs if len(repair.changes) == 1]


def test_a_must_against_money() -> None:
    # CLOUD costs 2.4 in 2027 and the fund has 2.0: 0.4 are missing.
    world = case(option("CLOUD", 2.4, 70, decision=MUST), funds=(fund(2027, 2),))

    assert " ".join(conflict_sentences(why(world))) == (
        "These cannot all hold: CLOUD must be taken (Investments!A2), STATE has 2.0 million in "
        "2027 (Funds!A2). Any one of them can give way: raise STATE in 2027 by 0.4 million, or "
        "release the must on CLOUD."
    )


def test_money_is_rounded_up_to_whole_thousandths() -> None:
    # Of 0.001 in 2027 half reaches 2028: 1.0005 are there, 2 fall due, 0.9995 are missing.
    world = case(
        option("CLOUD", 2, decision=MUST, earliest_start=2028),
        years=2,
        funds=(fund(2027, "0.001", 1, carry_over=Decimal("0.5")),),
    )

    assert "raise STATE in 2028 by 1.0 million" in singles(why(world))


def test_a_limit_on_what_is_set_aside_gives_way() -> None:
    # 90 fall due in 2029, where 20 are; of 70 before, 40 in 2027 and then 30 in 2028 may wait.
    world = case(
        option("LATE", [0, 0, 90], decision=MUST),
        years=3,
        funds=(fund(2027, 40, 30, 20, carry_over=1, carry_at_most=1),),
    )
    found = why(world)

    assert "STATE may set aside 100% of a year's amount at most" in set.union(*sets(found))
    assert "let STATE carry over without a limit" in singles(found)


def test_two_musts_that_a_rule_excludes() -> None:
    world = case(
        option("A", 1, decision=MUST),
        option("B", 1, decision=MUST),
        rules=(rule(RuleKind.EXCLUDES, "A", "B"),),
    )

    found = why(world)

    assert sets(found) == [{"A must be taken", "B must be taken", "A, B: only one of them"}]
    assert set(singles(found)) == {
        "drop the rule in Rules!A2",
        "release the must on A",
        "release the must on B",
    }


def test_a_floor_out_of_reach() -> None:
    # All that there is is worth 30 of 100 points.
    world = case(option("A", 1, 30), objectives=(objective("autonomy", floor=Decimal("41.25")),))

    found = why(world)

    assert conflict_sentences(found) == (
        "This cannot hold: the index autonomy must reach 41.25 (Objectives!A2).",
        "This is enough: lower the floor of autonomy to 30.0.",
    )


def test_people_short() -> None:
    world = case(
        option("A", decision=MUST, build_staff={"IT": Decimal("3.5")}),
        skills=(skill("IT", 2027, 2),),
    )

    found = why(world)

    assert sets(found) == [{"A must be taken", "IT has a supply of 2 in 2027"}]
    assert singles(found)[0] == "raise IT in 2027 by 1.5"


def test_a_minimum_against_a_maximum_and_priority() -> None:
    limits = (
        limit(Metric.COUNT, minimum=Decimal(3), priority=2),
        limit(Metric.COUNT, maximum=Decimal(2)),
    )
    firm = case(option("A"), option("B"), option("C"), limits=limits)
    last = limits[1].model_copy(update={"priority": 1})
    loose = case(option("A"), option("B"), option("C"), limits=(limits[0], last))

    lower, higher = (
        "lower the minimum in Limits!A2 from 3 to 2",
        "raise the maximum in Limits!A3 from 2 to 3",
    )
    assert singles(why(firm)) == [lower, higher]
    assert singles(why(loose)) == [higher, lower]


def test_what_gives_way_first_is_named() -> None:
    # The number of one rule clashes with each of two others; only one has a priority.
    rules = (
        rule(RuleKind.AT_LEAST, "A", "B", "C", number=3),
        rule(RuleKind.AT_MOST, "A", "B", number=1, priority=1),
        rule(RuleKind.AT_MOST, "B", "C", number=1),
    )

    found = why(case(option("A"), option("B"), option("C"), rules=rules))

    assert sets(found)[0] == {"at least 3 of A, B, C", "at most 1 of A, B"}
    assert singles(found) == ["lower the number in Rules!A2 from 3 to 2"]


def test_a_service_that_cannot_hold() -> None:
    # CABLE is all there is of the layer, and the shock takes it.
    world = case(
        option("A"),
        layers=(layer("data"),),
        providers=(provider("CABLE", "data", 1, "place:coast"),),
        services=(service("TAX", "data", must_hold=Decimal("0.5")),),
        shocks=(shock("STORM", "place:coast"),),
    )

    found = why(world)

    assert sets(found) == [{"TAX must hold 50 %"}]
    assert singles(found) == ["lower what TAX must hold to 0 %"]


def test_circular_prerequisites_of_a_must() -> None:
    world = case(
        option("A", build_years=1, decision=MUST),
        option("B", build_years=1),
        years=3,
        rules=(
            rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),
            rule(RuleKind.REQUIRES_ALL, "B", needs=("A",)),
        ),
    )

    found = why(world)

    assert sets(found) == [
        {"A must be taken", "A: requires all of B", "B: requires all of A"},
    ]
    assert len(singles(found)) == 3


def test_what_nobody_may_pay_in_full() -> None:
    world = case(
        option("A", 4, decision=MUST),
        option("B", 4),
        funds=(fund(2027, 10, pays_at_most=Decimal("0.5")),),
    )

    found = why(world)

    assert sets(found) == [{"A must be taken", "no fund may pay all of A"}]
    assert singles(found) == ["let STATE pay all of A", "release the must on A"]


def test_two_separate_conflicts() -> None:
    world = case(
        option("CLOUD", 2.4, decision=MUST),
        option("A", decision=MUST),
        option("B", decision=MUST),
        funds=(fund(2027, 2),),
        rules=(rule(RuleKind.EXCLUDES, "A", "B"),),
    )

    found = why(world)

    assert len(found.clashes) == 2
    assert {"CLOUD must be taken", "STATE has 2.0 million in 2027"} in sets(found)
    assert {"A must be taken", "B must be taken", "A, B: only one of them"} in sets(found)
    assert {len(repair.changes) for repair in found.repairs} == {2}
    assert conflict_sentences(found)[1].startswith("Nor can these: ")
    assert conflict_sentences(found)[2].startswith(
        "No single change is enough. These together are: "
    )


def test_more_conflicts_than_are_told_can_be_mended() -> None:
    pairs = [("A", "B"), ("C", "D"), ("E", "F"), ("G", "H")]
    world = case(
        *(option(each, decision=MUST) for pair in pairs for each in pair),
        rules=[rule(RuleKind.EXCLUDES, *pair) for pair in pairs],
    )

    found = why(world)

    assert len(found.clashes) == 3
    rules_or_musts = [repair.changes for repair in found.repairs]
    assert [len(must) for must in rules_or_musts] == [4, 4]
    assert rules_or_musts[0] == tuple(f"drop the rule in Rules!A{row}" for row in range(2, 6))
    assert all(must.startswith("release the must on ") for must in rules_or_musts[1])


def test_musts_that_money_cannot_mend_alone() -> None:
    # A and B cost 10 each, 6 are there a year and lapse, both must start in 2027; people are short
    # too: what there is must rise in two places, or one must be released.
    world = case(
        option("A", 5, decision=MUST, build_staff={"IT": Decimal(1)}),
        option("B", 5, decision=MUST, build_staff={"IT": Decimal(1)}),
        funds=(fund(2027, 6),),
        skills=(skill("IT", 2027, 1),),
    )

    assert [repair.changes for repair in why(world).repairs] == [
        ("release the must on A",),
        ("release the must on B",),
    ]


def test_a_large_amount_is_told_in_the_digits_that_matter() -> None:
    # 123.4567 are missing: told as 123.5, which is enough; 0.0014 more are told to the thousandth
    large = case(option("A", "133.457", decision=MUST), funds=(fund(2027, 10),))
    small = case(option("A", "10.0014", decision=MUST), funds=(fund(2027, 10),))

    assert singles(why(large))[0] == "raise STATE in 2027 by 123.5 million"
    assert singles(why(small))[0] == "raise STATE in 2027 by 0.001 million"


def test_a_contingency_takes_part() -> None:
    # 10 to build and 5 held are more than 12.
    world = case(
        option("A", 10, decision=MUST),
        funds=(fund(2027, 12),),
        contingency=ContingencyKind.FLAT,
        contingency_amount=Decimal("0.5"),
    )

    assert set(singles(why(world))) == {
        "raise STATE in 2027 by 3.0 million",
        "hold no contingency",
        "release the must on A",
    }


def test_ongoing_never_exactly_and_a_share() -> None:
    # Only A and B can be taken, B never may be; A is all of the cost.
    world = case(
        option("A", 10, decision=Decision.ONGOING, earliest_start=2027),
        option("B", 10, decision=Decision.NEVER),
        rules=(rule(RuleKind.EXACTLY, "A", "B", number=2),),
    )
    share = case(
        option("A", 10, decision=Decision.ONGOING, earliest_start=2027),
        limits=(limit(Metric.COST_SHARE, "A", maximum=Decimal("0.9")),),
    )

    assert singles(why(world)) == ["lower the number in Rules!A2 from 2 to 1", "allow B"]
    assert "drop the maximum in Limits!A2" in singles(why(share))


def test_a_plan_needs_no_reasons() -> None:
    world = case(option("A", 1, 10))

    assert conflict(world, Options()) is None
    assert solve(world).conflict is None


def test_without_time_nothing_is_claimed() -> None:
    world = case(option("CLOUD", 2.4, decision=MUST), funds=(fund(2027, 2),))

    assert conflict(world, Options(), 0) is None
    assert solve(world, Options(conflict=False)).conflict is None


class Asked:
    """Says by itself which demands can hold together."""

    def __init__(self, world: Case) -> None:
        program, groups = demands(world, formulate(world))
        self.groups = groups
        self._program = program

    def hold(self, kept: Iterable[Relaxable]) -> bool:
        """Solve a program that has just the rows of some demands."""
        left_out = {row for group in self.groups if group not in set(kept) for row in group.rows}
        rows = {name: row for name, row in self._program.rows.items() if name not in left_out}
        program = type(self._program)(
            self._program.case, self._program.quantities, rows, self._program.source_rows
        )
        held = HighsModel(as_arrays(program))
        held.set_objective(np.zeros(len(held.names)), 0.0)
        return held.run(Options()).stop is Stop.OPTIMAL

    def of(self, found: Conflict) -> Iterator[tuple[Relaxable, ...]]:
        """Yield the demands of every set."""
        for clash in found.clashes:
            yield tuple(group for group in self.groups if group.demand in clash.demands)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_part_of_a_set_is_a_conflict(seed: int, tmp_path: Path) -> None:
    """Every set has no plan, each of its parts has one, and every repair has one."""
    file = tmp_path / "random.xlsx"
    random_workbook(seed, file)
    world = read_case(file)

    found = why(world)

    asked = Asked(world)
    assert found.complete
    assert found.repairs
    for clash, members in zip(found.clashes, asked.of(found), strict=True):
        assert clash.minimal
        assert len(members) == len(clash.demands)
        assert not asked.hold(members)
        for some in combinations(members, len(members) - 1):
            assert asked.hold(some)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_change_is_told_wherever_one_is_enough(seed: int, tmp_path: Path) -> None:
    """Without one demand there is a plan: then it is among the repairs, and no other one is."""
    file = tmp_path / "random.xlsx"
    random_workbook(seed, file)
    world = read_case(file)

    found = why(world)

    asked = Asked(world)
    alone = {
        group.demand
        for group in asked.groups
        if asked.hold([other for other in asked.groups if other is not group])
    }
    told = {repair.of[0] for repair in found.repairs if len(repair.of) == 1}
    # What is ongoing may be needed: to stop it is more than not to ask for it.
    sure = [each for each in alone if each.value != Decision.ONGOING]
    assert told <= alone
    assert len(told) >= min(len(sure), 6)


@pytest.mark.parametrize("seed", SEEDS)
def test_less_is_not_enough(seed: int, tmp_path: Path) -> None:
    """Of the one amount that a repair raises, a step less leaves no plan."""
    file = tmp_path / "random.xlsx"
    random_workbook(seed, file)
    world = read_case(file)

    for repair in why(world).repairs:
        raised = [
            ("funds", n, "amount", year)
            for n, each in enumerate(world.funds)
            for year, amount in each.amount.items()
            if repair.case.funds[n].amount[year] != amount
        ]
        if not (repair.least and len(raised) == len(repair.changes) == 1):
            continue
        more = get_at(repair.case, raised[0]) - get_at(world, raised[0])
        # Amounts are told in three digits.
        step = Decimal("0.001") if more < 1 else Decimal("0.01") if more < 10 else Decimal("0.1")
        less = replace_at(repair.case, raised[0], get_at(repair.case, raised[0]) - step)
        assert solve(less, Options(conflict=False)).plan is None


def test_a_search_out_of_work_says_that_not_everything_was_tried() -> None:
    # A or B may go, or more money do: with less work fewer of these are found.
    world = case(
        option("A", 5, 5, decision="must"),
        option("B", 5, 5, decision="must"),
        funds=(fund(2027, 6),),
    )
    whole = conflict(world, Options())
    some = [conflict(world, Options(), work=number / 200) for number in range(1, 20)]

    assert whole is not None
    assert (whole.complete, len(whole.repairs)) == (True, 3)
    short = [each for each in some if each is not None and len(each.repairs) < 3]
    assert any(each.repairs for each in short)
    assert not any(each.complete for each in short)


def test_a_set_that_the_work_did_not_allow_to_narrow_is_not_called_minimal() -> None:
    """What is called minimal has a plan without each of its demands, however soon it ended."""
    world = case(
        *(
            option(name, cost, 5, decision="must")
            for name, cost in zip("ABCDEF", (5, 4, 3, 3, 2, 2), strict=True)
        ),
        rules=(rule(RuleKind.AT_MOST, *"ABCDEF", number=5),),
        funds=(fund(2027, 6),),
    )
    asked, seen = Asked(world), set()
    for number in range(1, 25):
        found = conflict(world, Options(), work=number / 100)
        if found is None:
            continue
        for clash, members in zip(found.clashes, asked.of(found), strict=True):
            seen.add(clash.minimal)
            if clash.minimal:
                for some in combinations(members, len(members) - 1):
                    assert asked.hold(some)

    assert seen == {True, False}
