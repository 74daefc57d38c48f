"""Two cases compared, against every plan tried: what differs, what is decided, what moved it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.evidence import Correlation, Range, Source, StoryRow, SweepRow
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.parameter import replaced, value
from choosebattles.case.rule import RuleKind
from choosebattles.explain.comparison import Compared, compare
from choosebattles.explain.comparison_groups import CELLS, ROWS, grouped
from choosebattles.explain.comparison_inputs import Differences
from choosebattles.explain.comparison_proof import InvestmentDecision, PlanVerdict, VerdictSearch
from choosebattles.report.answers.comparison import decision_rows, sentences
from choosebattles.report.answers.comparison_inputs import input_differences
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import Stopwatch
from random_cases import draft
from small_cases import (
    case,
    criterion,
    fund,
    investment,
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

EXACT = Options(gap=0.0)


def told(compared: Compared) -> dict[str, str]:
    return {row.investment: f"{row.what}: {row.why}" for row in decision_rows(compared)}


def differences(one: Case, two: Case) -> list[tuple[str, str, str, object, object]]:
    found = Differences.of(one, two).changes
    return [(each.sheet, each.row, each.header, each.before, each.after) for each in found]


# What the inputs say differently


def test_a_cell_that_differs_is_told_with_both_values_and_cells() -> None:
    one = case(option("CLOUD", 60, 70), option("CSIRT", 40, 60), funds=(fund(2027, 100),))
    two = replaced(one, "fund.STATE.2027", 90)

    (row,) = input_differences(compare(one, two))

    assert (row.sheet, row.row, row.column) == ("Funds", "STATE", "2027")
    assert (row.what, row.before, row.after) == ("other value", "100.0 million", "90.0 million")
    assert (row.cell_before, row.cell_after, row.matters) == ("Funds!A2", "Funds!A2", True)


def test_every_kind_of_difference_is_found() -> None:
    one = case(
        option("A", (1, 2), 5, running_cost=1),
        option("B", 3, 4, note="old"),
        rules=(rule(RuleKind.AT_MOST, "A", "B", number=1),),
        limits=(limit(Metric.COST, "A", maximum=Decimal(9)),),
        years=2,
        discount_rate=Decimal("0.03"),
    )
    two = case(
        option("A", (1, 2, 7), 6, running_cost=1, decision=Decision.NEVER, reason="no"),
        option("C", 3, 4),
        rules=(rule(RuleKind.AT_MOST, "A", "C", number=1),),
        limits=(limit(Metric.COST, "A", maximum=Decimal(8)),),
        years=2,
        discount_rate=Decimal("0.04"),
    )

    found = Differences.of(one, two).changes

    assert {(e.sheet, e.row, e.header, str(e.how)) for e in found} == {
        ("Settings", "", "Discount rate", "changed"),
        ("Investments", "A", "Cost year 3", "changed"),
        ("Investments", "A", "Score: value", "changed"),
        ("Investments", "A", "Decision", "changed"),
        ("Investments", "A", "Reason", "changed"),
        ("Investments", "B", "", "removed"),
        ("Investments", "C", "", "added"),
        ("Rules", "", "Investments", "changed"),
        ("Limits", "", "Maximum", "changed"),
    }
    assert [e.header for e in found if not e.matters] == ["Reason"]


def test_distributions_and_correlations_that_differ_are_found_and_undone() -> None:
    def typed(shares: tuple[str, ...], *pairs: tuple[str, str, str]) -> Case:
        uncertain = Range(
            id="A",
            quantity="cost",
            distribution="list",
            values=(1, 2),
            shares=tuple(map(Decimal, shares)),
        )
        correlations = tuple(Correlation(first=a, second=b, correlation=c) for a, b, c in pairs)
        options = (option("A", 1, 5), option("B", 3, 4), option("C", 3, 4))
        return case(*options, ranges=(uncertain,), correlations=correlations)

    one = typed(("0.5", "0.5"), ("cost.A", "cost.B", "0.5"), ("cost.A", "cost.C", "0.1"))
    two = typed(("0.4", "0.6"), ("cost.A", "cost.C", "0.1"), ("cost.a", "cost.B", "0.6"))

    found = Differences.of(one, two)

    assert [(e.sheet, e.header, e.matters) for e in found.changes] == [
        ("Ranges", "Shares", False),
        ("Correlations", "First", False),
        ("Correlations", "Correlation", False),
    ]
    told = {row.column: row for row in input_differences(compare(one, two))}
    assert (told["Shares"].before, told["Shares"].after) == ("50%; 50%", "40%; 60%")
    assert told["Correlation"].row == "cost.a with cost.B"
    assert (told["Correlation"].before, told["Correlation"].after) == ("0.5", "0.6")
    undone = found.undone(found.changes)
    assert (undone.ranges, set(undone.correlations)) == (one.ranges, set(one.correlations))


def test_what_the_options_of_an_investment_share_is_compared() -> None:
    options = option("A.S", 1, 5), option("A.L", 3, 9)
    one = case(investment("A", *options, layer="hosting"))
    two = case(investment("A", *options, layer="network"))

    compared = Differences.of(one, two)

    assert [(e.row, e.header, e.before, e.after) for e in compared.changes] == [
        ("A", "Layer", "hosting", "network")
    ]
    assert compared.undone(compared.changes).investments == one.investments


def test_rows_of_every_sheet_are_compared_and_undone() -> None:
    bare = case(option("A", 1, 5))
    one = case(
        option("A", 1, 5),
        skills=(skill("IT", 2027, 5),),
        layers=(layer("hosting", 5),),
        providers=(provider("GOV", "hosting", 1, "law:US"),),
        services=(service("ID", "hosting"),),
        shocks=(shock("LAW", "law:US"),),
        ranges=(Range(id="A", quantity="cost", low=1, high=2),),
        correlations=(Correlation(first="cost.A", second="score.A.value", correlation=0),),
        sources=(Source(id="LAW", text="the budget law"),),
        sweeps=(SweepRow(name="money", parameter="fund.STATE.2027", start=1, stop=2, steps=2),),
        story=(StoryRow(title="Less?", change="budget=80%"),),
    )

    compared = Differences.of(one, bare)

    assert {str(change.how) for change in compared.changes} == {"removed"}
    assert {change.sheet for change in compared.changes} == {
        *("Skills", "Layers", "Providers", "Services", "Shocks", "Ranges", "Correlations"),
        *("Sources", "Sweeps", "Story"),
    }
    assert compared.undone(compared.changes) == one


def test_order_and_place_make_no_difference() -> None:
    a, b = option("A", 1, 5), option("B", 3, 4)
    rules = (rule(RuleKind.EXCLUDES, "A", "B"), rule(RuleKind.AT_LEAST, "A", "B", number=1))

    assert differences(case(a, b, rules=rules), case(b, a, rules=rules[::-1])) == []


def test_all_undone_is_the_earlier_case() -> None:
    """Any two cases: with every change undone, the later one states what the earlier one does."""
    cases = [draft(seed) for seed in range(8)]
    tried = 0
    for one in cases:
        for two in cases:
            if (one.first_year, one.years) != (two.first_year, two.years):
                continue
            compared = Differences.of(one, two)
            back = compared.undone(compared.changes)
            rest = Differences.of(compared.before, back).changes
            assert not [(each.sheet, each.row, each.header) for each in rest]
            tried += one is not two
    assert tried


def test_what_hangs_together_is_undone_together() -> None:
    one = case(option("A", 1, 5))
    two = case(
        option("A", 1, 5),
        option("NEW", 3, 4),
        rules=(rule(RuleKind.REQUIRES_ALL, "NEW", needs=("A",)),),
    )

    groups = grouped(Differences.of(one, two))

    assert [[change.sheet for change in group.changes] for group in groups] == [
        ["Investments", "Rules"],
        ["Rules"],
    ]
    assert all(each.case is not None for each in groups)
    assert groups[0].case is not None
    assert list(groups[0].case.options) == ["A"]


def test_the_years_of_the_plan_are_undone_with_their_money() -> None:
    one = case(option("A", 1, 5), years=1, funds=(fund(2027, 10),))
    two = case(option("A", 1, 5), years=2, funds=(fund(2027, 10, 20),))

    (group,) = grouped(Differences.of(one, two))

    assert {change.header for change in group.changes} == {"Years", "2028"}
    assert group.case == Differences.of(one, two).before


def test_one_row_that_becomes_several_is_undone_as_a_whole() -> None:
    one = case(investment("CLOUD", option("CLOUD", 5, 5)))
    two = case(investment("CLOUD", option("CLOUD.S", 5, 5), option("CLOUD.L", 9, 9)))

    groups = grouped(Differences.of(one, two))

    assert {"CLOUD"} in [{*group.case.options} for group in groups if group.case]
    assert {"CLOUD.S"} in [{*group.case.options} for group in groups if group.case]


def test_many_changes_are_grouped_by_row_and_by_sheet() -> None:
    def world(number: int, more: int) -> Case:
        scores = (criterion("value"), criterion("other"))
        return case(
            *(option(f"X{n}", 1 + more, {"value": 1 + more, "other": more}) for n in range(number)),
            criteria=scores,
        )

    cells, rows = CELLS // 3, ROWS
    by_cell = grouped(Differences.of(world(cells, 0), world(cells, 1)))
    by_row = grouped(Differences.of(world(rows, 0), world(rows, 1)))
    by_sheet = grouped(Differences.of(world(rows + 1, 0), world(rows + 1, 1)))

    assert [len(each.changes) for each in by_cell] == [1] * 3 * cells
    assert [len(each.changes) for each in by_row] == [3] * rows
    assert [len(each.changes) for each in by_sheet] == [3 * (rows + 1)]


# What is decided, and which change moved it


def test_the_change_that_moved_a_decision_is_named() -> None:
    # 60 + 40 = 100 is all there is. CSIRT at 55 no longer fits beside CLOUD (70 > 60): it leaves.
    one = case(option("CLOUD", 60, 70), option("CSIRT", 40, 60), funds=(fund(2027, 100),))
    two = replaced(replaced(one, "cost.CSIRT.1", 55), "score.CLOUD.value", 71)

    compared = compare(one, two, EXACT)

    assert told(compared) == {"CSIRT": "leaves: moved by CSIRT Cost year 1 (40.0 → 55.0 million)"}
    assert compared.decisions[0].proved
    assert list(sentences(compared)) == [
        "2 inputs differ; 1 investment is decided differently.",
        "CSIRT (Csirt) leaves: moved by CSIRT Cost year 1 (40.0 → 55.0 million).",
    ]


def test_what_no_single_undo_brings_back_is_joint() -> None:
    # 100 bought both. With 10 less, or with CSIRT 10 dearer, CLOUD alone fits; undoing either
    # leaves the other.
    one = case(option("CLOUD", 60, 70), option("CSIRT", 40, 60), funds=(fund(2027, 100),))
    two = replaced(replaced(one, "cost.CSIRT.1", 50), "fund.STATE.2027", 90)

    compared = compare(one, two, EXACT)

    (decided,) = compared.decisions
    assert compared.joint(decided) is True
    assert told(compared) == {
        "CSIRT": "leaves: joint: no single change, undone alone, brings it back"
    }


def test_what_is_open_is_not_called_joint() -> None:
    one = case(option("CLOUD", 60, 70), option("CSIRT", 40, 60), funds=(fund(2027, 100),))
    two = replaced(replaced(one, "cost.CSIRT.1", 50), "fund.STATE.2027", 90)
    compared = compare(one, two, EXACT)

    first, *others = compared.undone
    left_open = replace(compared, undone=(replace(first, verdicts=(PlanVerdict.OPEN,)), *others))

    (decided,) = left_open.decisions
    assert left_open.joint(decided) is None


def test_a_tie_moves_nothing() -> None:
    # At first LEFT alone can be paid; then RIGHT too, which is worth the same and costs less. So
    # the plan takes the other one, which nothing proves: LEFT is in a best plan as before.
    one = case(option("LEFT", 10, 50), option("RIGHT", 11, 50), funds=(fund(2027, 10),))
    two = replaced(one, "cost.RIGHT.1", 9)

    decisions = compare(one, two, EXACT).decisions

    assert {decision.investment for decision in decisions} == {"LEFT", "RIGHT"}
    assert not any(decision.proved for decision in decisions)


def test_identical_cases_are_solved_once_and_nothing_is_undone() -> None:
    world = case(option("CLOUD", 60, 70))

    compared = compare(world, world)

    assert (compared.differences.changes, compared.decisions, compared.undone) == ((), (), ())
    assert next(sentences(compared)) == (
        "The two say the same: nothing differs in the inputs, so neither does the plan."
    )


def test_words_alone_move_no_plan() -> None:
    one, two = case(option("A", 1, 2, note="x")), case(option("A", 1, 2, note="y"))

    assert next(sentences(compare(one, two))) == "1 input differs; no plan depends on what differs."


def test_the_scale_of_the_earlier_case_is_held() -> None:
    # P is 35 in the first; alone, the second would count in 70.
    one = case(option("A", 1, 35), points_for_100=None)
    two = case(option("A", 1, 70), points_for_100=None)

    compared = compare(one, two)

    assert (compared.before.objective, compared.after.objective) == (100, 200)
    assert "Points for 100 are held at 35 for both, as they are in the first." in [
        *sentences(compared)
    ]


def test_a_change_that_leaves_no_plan_is_named() -> None:
    one = case(option("A", 5, 9, decision=Decision.MUST), funds=(fund(2027, 5),))
    two = replaced(replaced(one, "fund.STATE.2027", 4), "score.A.value", 8)

    compared = compare(one, two)

    assert compared.after.stop is Stop.INFEASIBLE
    assert [each.stop is Stop.INFEASIBLE for each in compared.undone] == [True, False]
    assert any(
        "no plan meets all demands at once: proved" in sentence for sentence in sentences(compared)
    )


def test_other_currencies_are_set_side_by_side() -> None:
    one, two = (case(option("A", 1, 2), currency=each) for each in ("EUR", "ALL"))

    text = " ".join(sentences(compare(one, two)))

    assert "Money is in EUR in one and in ALL in the other" in text


def test_other_methods_go_by_the_plan_found() -> None:
    goals = (objective("autonomy", 2), objective("resilience"))
    one = case(
        option("CLOUD", 60, {"value": 70, "held": 0}),
        option("CSIRT", 40, {"value": 60, "held": 9}),
        funds=(fund(2027, 60),),
        objectives=goals,
        criteria=(criterion("value"), criterion("held", objective="resilience")),
        method=Method.LEXICOGRAPHIC,
    )
    two = replaced(one, "cost.CLOUD.1", 61)

    compared = compare(one, two, EXACT)

    assert {decision.investment for decision in compared.decisions} == {"CLOUD", "CSIRT"}
    assert "as found" in told(compared)["CLOUD"]


def small(seed: int) -> Case:
    """Make a world of seven options and one fund: a knapsack with a rule."""
    rng = Random(seed)
    options = [option(f"O{n}", rng.randint(5, 30), rng.randint(1, 40)) for n in range(7)]
    rules = (rule(RuleKind.AT_MOST, *(each.id for each in options[:4]), number=rng.randint(1, 3)),)
    return case(*options, funds=(fund(2027, rng.randint(40, 70)),), rules=rules)


def changed(world: Case, seed: int) -> Case:
    """Change three of its numbers; now and then money so that nothing else counts."""
    rng = Random(1000 + seed)
    for name in (f"cost.O{seed % 7}.1", f"score.O{(seed + 3) % 7}.value", "fund.STATE.2027"):
        before = value(world, name)
        assert before is not None
        world = replaced(world, name, max(1, round(float(before) * rng.uniform(0.5, 1.6))))
    return world


def by_worth(world: Case) -> dict[Fraction, set[frozenset[str]]]:
    """Return every set of options that may be taken, by what it is worth."""
    found: dict[Fraction, set[frozenset[str]]] = {}
    names = list(world.options)
    for number in range(len(names) + 1):
        for some in combinations(names, number):
            cost = sum(world.options[each].cost[0] for each in some)
            (at_most,) = world.rules
            assert at_most.number is not None
            fits = cost <= world.funds[0].amount[2027]
            if fits and len({*some} & {*at_most.investments}) <= at_most.number:
                worth = Fraction(sum(world.options[each].score["value"] for each in some))
                found.setdefault(worth, set()).add(frozenset(some))
    return found


def every_best(world: Case) -> set[frozenset[str]]:
    """Return every set of options that is worth most, by trying all of them."""
    found = by_worth(world)
    return found[max(found)] if found else set()


@pytest.mark.parametrize("gap", [0.0, 0.2])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_of_moves_is_so(seed: int, gap: float) -> None:
    """Every verdict against all best plans of the case without the change, by brute force.

    A wide gap may leave more open, but what it says is so too.
    """
    one = small(seed)
    two = changed(one, seed)

    compared = compare(one, two, Options(gap=gap))

    for undone in compared.undone:
        without = undone.together.case
        assert without is not None
        best = every_best(without)
        if not best:
            assert undone.stop is Stop.INFEASIBLE
            continue
        if undone.worth is not None and without.model == two.model:
            low, high = undone.worth
            exact = float(max(by_worth(two)) - max(by_worth(without)))
            assert low - 1e-5 <= exact <= high + 1e-5
        for decided, verdict in zip(compared.decisions, undone.verdicts, strict=True):
            as_before = {decided.before.holds(each, without) for each in best}
            assert {PlanVerdict.YES: {True}, PlanVerdict.NO: {False}}.get(
                verdict, as_before
            ) == as_before
            if verdict is PlanVerdict.OPEN and not gap:
                assert as_before == {True, False}
    for decided in compared.decisions:
        before = {decided.before.holds(each, one) for each in every_best(one)}
        after = {decided.before.holds(each, two) for each in every_best(two)}
        proved = (before, after) == ({True}, {False})
        assert decided.proved == proved if not gap else decided.proved <= proved


def test_what_is_worse_by_rounding_alone_is_not_proved_worse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A and B are worth the same; the solver's bound lies a hundred-millionth below.
    world = case(option("A", 1, 40), option("B", 1, 40), funds=(fund(2027, 1),))
    resolver = Resolver(world)
    search = VerdictSearch(resolver, 0.0, Stopwatch())

    def rounding(question: SolverQuestion) -> Reply:
        reply = Resolver.ask(resolver, question)
        return replace(reply, value=40 - 1e-8, bound=40 - 1e-8)

    monkeypatch.setattr(resolver, "ask", rounding)
    way = InvestmentDecision("A", "A")

    assert search.verdict(world, way, frozenset({"A"}), 40.0) is PlanVerdict.OPEN
