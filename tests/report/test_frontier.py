"""A frontier in words: what a reader is told of points, and from where slopes are counted."""

from choosebattles.frontier.trace import trace
from choosebattles.report.plan_parts.frontier import own_point, point_rows, sentences
from small_cases import case, criterion, fund, objective, option, plan


def test_points_per_million_run_between_points_that_weights_find() -> None:
    # one of three: 10 for 10, 12 for 30 or 40 for 40. From 10 to 40 the line rises by 1 each
    # million; the second lies below it, so that it is best for no weights, and no slope is told
    world = case(
        *(option(name, cost, {"value": a}) for name, cost, a in (("A", 10, 10), ("B", 30, 12))),
        option("C", 40, {"value": 40}),
        funds=(fund(2027, 40),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
    )

    frontier = trace(world, objectives=("autonomy", "cost"))

    rows = point_rows(frontier)
    assert [(*row.worth, row.supported, row.gain) for row in rows] == [
        (0, 0, True, None),
        (10, 10, True, 1),
        (12, 30, False, None),
        (40, 40, True, 1),
    ]
    told = " ".join(sentences(frontier))
    assert "1 point is best for no weights: whoever weighs the measures misses it (it is" in told
    assert "Points per further million are counted between points that are best for some" in told


def test_the_own_plan_takes_the_starts_of_the_plan_beside_it() -> None:
    # 10 a year: both cannot start in 2027, and the own plan leaves open when they do
    world = case(
        *(option(name, 10, {"value": 10}, own_plan=True) for name in ("A", "B")),
        years=2,
        funds=(fund(2027, 10, 10),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
    )
    frontier = trace(world, objectives=("autonomy", "cost"))

    beside = own_point(frontier, plan(world, ("A", 2027), ("B", 2028)))
    alone = own_point(frontier)
    wrong = own_point(frontier, plan(world, ("A", 2027), ("B", 2027)))

    assert beside is not None
    assert alone is not None
    assert wrong is not None
    assert (beside.worth, beside.breaks) == ((15, 20), False)
    assert not alone.breaks
    assert wrong.breaks
    told = " ".join(sentences(frontier, plan(world, ("A", 2027), ("B", 2028))))
    assert "Your own plan: autonomy 15.0, cost 20.0 million." in told
