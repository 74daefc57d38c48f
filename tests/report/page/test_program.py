"""What the page is told of a program is enough to state that of any case it can move to."""

from decimal import Decimal
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.formulation.program import formulate, sides
from choosebattles.report.page.program import FLOORS, SETTLED, Live, as_tree
from choosebattles.vocabulary import RowName
from oracle.workbooks import ALL
from random_cases import question
from report.page.moves import Moved, changed, drawn, held, stated
from small_cases import case, fund, objective, option, provider, service, shock

ONE_SEARCH = ALL - {"methods"}
SEEDS = range(12)


def compared(base: Case, moved: Moved) -> None:
    """Compare every number of the moved program with that of the changed case, by name."""
    live = Live(base)
    tree = as_tree(live)
    told = stated(tree, moved)
    fresh = formulate(changed(base, moved, forced=False))
    q = fresh.quantities
    numbers = {name: n for n, name in enumerate(tree["rows"]["names"])}
    columns = tree["columns"]["names"]
    for name, row in {**q.rows, **fresh.rows}.items():
        number = numbers[str(name)]
        terms = row.constraint.expression.terms
        mine = {columns[c]: v for (r, c), v in told.coefficients.items() if r == number}
        for column in {**terms, **mine}:
            assert mine.get(column, 0) == pytest.approx(float(terms.get(column, 0)), abs=1e-9), name
        low, high = sides(row)
        assert (told.low[number], told.high[number]) == pytest.approx((low, high), rel=1e-12), name
    goal = {columns[c]: v for c, v in told.goal.items()}
    for column in {**q.objective.terms, **goal}:
        expected = float(q.objective.terms.get(column, 0))
        assert goal.get(column, 0) == pytest.approx(expected, abs=1e-9), column
    assert told.constant == pytest.approx(float(q.objective.constant), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_moved_program_is_that_of_the_changed_case(seed: int) -> None:
    base = held(question(seed, ONE_SEARCH).case)

    compared(base, drawn(base, seed))


@pytest.mark.parametrize("seed", range(6))
def test_nothing_moved_is_the_program_itself(seed: int) -> None:
    base = held(question(seed, ONE_SEARCH).case)

    compared(base, Moved())


def test_what_may_be_set_aside_moves_with_the_money() -> None:
    # 25 % of 40 and of 30 million may wait, at half the money 25 % of 20 and of 15.
    late = option("LATE", [0, 0, 60], 50, income=(1, 2))
    funds = (fund(2027, 40, 30, 20, carry_over=1, carry_at_most="0.25"),)
    base = held(case(late, years=3, funds=funds))

    compared(base, Moved(money={"STATE": 50}))


def shaken(**facts: Any) -> Case:
    """Make a world with two shocks of one objective, one of them never likely."""
    return case(
        option("CLOUD", 60, 70, covers={"hosting": 1}, exposures=("law:US",)),
        option("VAULT", 50, 10, covers={"hosting": "0.5"}),
        funds=(fund(2027, 70),),
        services=(service("ID", "hosting"),),
        shocks=(
            shock("ORDER", "law:US"),
            shock("CUT", "law:XX", likelihood=0),
        ),
        providers=(provider("AWS", "hosting", "0.2", "law:US"),),
        **facts,
    )


@pytest.mark.parametrize("on", [(False, False), (True, True), (False, True)])
@pytest.mark.parametrize("tail", ["0", "0.1"])
def test_shocks_go_off_and_on_with_any_tail(on: tuple[bool, bool], tail: str) -> None:
    """A tail share of 0 changes coefficients of rows, not only of the goal."""
    base = held(
        shaken(tail_share=Decimal(tail), objectives=(objective("autonomy", floor=Decimal(5)),))
    )

    compared(base, Moved(shocks=dict(zip(("ORDER", "CUT"), on, strict=True))))


def test_a_row_counts_how_often_each_id_is_taken() -> None:
    # The rows that the page adds ask for nothing until something is forced.
    live = Live(held(shaken()))
    for name in (SETTLED, RowName("take", ("CLOUD",)), RowName("take", ("VAULT",))):
        assert live.arrays.row_low[live.row[name]] == float("-inf")
        assert live.arrays.row_high[live.row[name]] == float("inf")


def test_only_floors_begin_as_floors_do() -> None:
    base = held(shaken(objectives=(objective("autonomy", floor=Decimal(5)),)))
    rows = [row for row in Live(base).program.rows if row.unit == FLOORS]

    assert rows == [RowName("floors", ("autonomy",))]


def test_a_layer_is_covered_whatever_it_is_called() -> None:
    # The columns of the tail are not pushed; a layer called retail is.
    world = case(
        option("SHOP", 60, 70, covers={"retail": 1}, exposures=("law:US",)),
        services=(service("PAY", "retail"),),
        shocks=(shock("ORDER", "law:US"),),
        tail_share=Decimal("0.1"),
    )
    tree = as_tree(Live(held(world)))

    names = tree["columns"]["names"]
    assert {names[column] for column in tree["settle"]["push"]} == {
        name for name in names if name.startswith(("cover[retail,", "continuity[PAY,"))
    }
