"""Robustness: against every plan tried, at every corner of weights and scores."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, count, product
from random import Random

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.evidence import Range
from choosebattles.case.number_path import fields
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.rule import RuleKind
from choosebattles.errors import InputError
from choosebattles.execution.progress import Pace
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply
from choosebattles.solving.resolver_question import SolverQuestion as Asked
from choosebattles.uncertainty.draw import Spread
from choosebattles.uncertainty.robustness import Core, Draws, Limits, Robustness, robustness
from choosebattles.uncertainty.robustness_weights import weight_range
from choosebattles.uncertainty.robustness_within_time import RobustAsking
from choosebattles.uncertainty.study_options import StudyOptions
from oracle.workbooks import SPINE
from random_cases import Question, question
from small_cases import case, criterion, fund, investment, layer, objective, option, rule

Pair = tuple[Fraction, Fraction]
Sets = set[frozenset[str]]

TEN = Spread("score", Decimal(10), Decimal(10), points=True)


def two(*items: tuple[str, float, float, float], money: float, **facts: object) -> Case:
    """Make a world of options with a cost, a score on autonomy and one on resilience."""
    return case(
        *(option(name, cost, {"value": a, "holding": b}) for name, cost, a, b in items),
        funds=(fund(2027, money),),
        objectives=(
            objective("autonomy", 50, weight_low=Decimal(30), weight_high=Decimal(70)),
            objective("resilience", 50),
        ),
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
        **facts,  # type: ignore[arg-type]
    )


# One of them is bought. At 30 % to 70 % autonomy: LEFT 66 to 34, MIDDLE 47 to 43, ALSO the same,
# POOR 40, RIGHT 34 to 66. LEFT, RIGHT and both of the middle are beaten by none: at the ends
# (66, 34), (34, 66), (47, 43); POOR (40, 40) is.
FIVE = two(
    ("LEFT", 10, 10, 90),
    ("MIDDLE", 9, 40, 50),
    ("ALSO", 10, 40, 50),
    ("POOR", 8, 40, 40),
    ("RIGHT", 10, 90, 10),
    money=10,
)


def unbeaten(found: Robustness) -> Sets:
    assert found.unbeaten is not None
    sets = [plan.taken for plan in found.unbeaten.plans]
    assert len(sets) == len(set(sets))
    return set(sets)


def test_ties_are_listed_and_options_classed() -> None:
    found = robustness(FIVE)

    assert unbeaten(found) == {frozenset({each}) for each in ("LEFT", "MIDDLE", "ALSO", "RIGHT")}
    assert found.unbeaten is not None
    assert found.unbeaten.complete
    assert [tuple(map(float, plan.worth)) for plan in found.unbeaten.plans] == [
        (34, 66),
        (47, 43),
        (47, 43),
        (66, 34),
    ]
    assert found.core_index == {
        "LEFT": 0.25,
        "MIDDLE": 0.25,
        "ALSO": 0.25,
        "POOR": 0,
        "RIGHT": 0.25,
    }
    assert found.core("POOR") is Core.EXTERIOR
    assert found.core("LEFT") is Core.BORDERLINE


def test_what_every_plan_holds_is_core() -> None:
    found = robustness(two(("BOTH", 1, 50, 50), ("A", 5, 30, 0), ("B", 5, 0, 30), money=6))

    assert found.core("BOTH") is Core.CORE
    assert found.core_index["BOTH"] == 1
    assert unbeaten(found) == {frozenset({"BOTH", "A"}), frozenset({"BOTH", "B"})}


def test_regret_radius_and_voices_by_hand() -> None:
    # LEFT is proposed: 50 as things stand, as is RIGHT. At 70 % autonomy RIGHT is 66 to 34 ahead,
    # MIDDLE and ALSO 43, POOR 40. RIGHT is a competitor however small the interval.
    found = robustness(FIVE, plan={"LEFT": None})

    told = [(set(competitor.taken), competitor.regret) for competitor in found.rivalry.competitors]
    assert told[0][0] == {"RIGHT"}
    assert {min(taken): regret for taken, regret in told} == pytest.approx(
        {"RIGHT": 32, "ALSO": 9, "MIDDLE": 9, "POOR": 6}
    )
    assert found.rivalry.complete
    assert found.rivalry.radius == pytest.approx(0, abs=1e-5)
    assert not found.rivalry.beaten
    voices = {voice.option: voice for voice in found.voices}
    assert voices["LEFT"].competitors == 4
    assert voices["LEFT"].regret == pytest.approx(32)
    assert voices["MIDDLE"].competitors == 1
    assert voices["MIDDLE"].regret == pytest.approx(9)
    assert voices["RIGHT"].acceptability is None


def test_a_plan_that_is_beaten_as_things_stand() -> None:
    found = robustness(FIVE, plan={"POOR": 2027})

    assert found.rivalry.beaten
    assert found.rivalry.radius == 0


def test_a_robust_plan_has_no_competitor() -> None:
    found = robustness(two(("GOOD", 5, 60, 60), ("BAD", 5, 20, 20), money=5), spreads=[TEN])

    assert found.rivalry.competitors == ()
    assert found.rivalry.complete
    assert found.rivalry.regret == (0, 0)
    assert (found.rivalry.radius, found.rivalry.radius_proved) == (1, True)


def test_a_set_of_options_counts_with_the_years_in_which_it_gains_most() -> None:
    # One of two is taken. LOW is worth -35 at 30 % autonomy and -15 at 70 %. RISKY is 18 - 28 = -10
    # and 42 - 12 = 30 from 2027 on, half of that from 2028 on. At 30 % the late one gains most, 30;
    # but the early one gains 45 at 70 %, and that is the worst there is.
    world = case(
        option("LOW", 1, {"value": 0, "holding": -50}, latest_start=2027),
        option("RISKY", 1, {"value": 60, "holding": -40}, latest_start=2028),
        years=2,
        accrual="over time",
        rules=(rule(RuleKind.EXACTLY, "LOW", "RISKY", number=1),),
        objectives=(
            objective("autonomy", 50, weight_low=Decimal(30), weight_high=Decimal(70)),
            objective("resilience", 50),
        ),
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
    )

    found = robustness(world, plan={"LOW": 2027})

    assert [each.taken for each in found.rivalry.competitors] == [{"RISKY"}]
    assert found.rivalry.competitors[0].regret == pytest.approx(45)
    assert found.rivalry.regret == pytest.approx((45, 45))


def test_common_options_cancel() -> None:
    # The least of COMMON + A (50 + 21) is below the most of COMMON + B (70 + 29), though A is
    # better than B whatever the scores are: 21 against 19 at worst.
    world = two(("COMMON", 1, 60, 60), ("A", 5, 31, 31), ("B", 5, 9, 9), money=6)

    found = robustness(world, spreads=[TEN])

    assert found.plan is not None
    assert found.plan.taken == {"COMMON", "A"}
    assert found.rivalry.competitors == ()


def test_scores_of_a_layer_that_saturates_play_no_part() -> None:
    world = case(
        investment("A", option("A", 5, 40), layer="web"),
        investment("B", option("B", 5, 38)),
        funds=(fund(2027, 5),),
        layers=(layer("web", 50, 0),),
        ranges=(
            Range(id="B", quantity="score: value", low=Decimal(30), high=Decimal(45)),
            Range(id="A", quantity="score: value", low=Decimal(10), high=Decimal(90)),
        ),
    )

    found = robustness(world)

    assert found.scores.bent == ("A",)
    assert [effect.option for effect in found.scores.effects] == ["B"]
    (rival,) = found.rivalry.competitors
    assert rival.regret == pytest.approx(5)
    # B overtakes at a score of 40: 2 of the 7 points from 38 to 45
    assert found.rivalry.radius == pytest.approx(2 / 7, abs=1e-4)


def test_corners_of_the_weights() -> None:
    world = case(
        option("A", 1, 1),
        objectives=(objective("autonomy", 40), objective("resilience", 40), objective("open", 20)),
        criteria=(
            criterion("value"),
            criterion("holding", objective="resilience"),
            criterion("kept", objective="open"),
        ),
    )
    tenth = Fraction(1, 10)

    one = weight_range(world, {"autonomy": (3 * tenth, 6 * tenth)})
    every = weight_range(
        world,
        {
            "autonomy": (3 * tenth, 5 * tenth),
            "resilience": (3 * tenth, 5 * tenth),
            "open": (tenth, 3 * tenth),
        },
    )

    # what is left is shared 40 to 20
    assert [list(corner.values()) for corner in one.corners] == [
        [3 * tenth, 7 * tenth * Fraction(2, 3), 7 * tenth / 3],
        [6 * tenth, 4 * tenth * Fraction(2, 3), 4 * tenth / 3],
    ]
    assert sorted(tuple(int(10 * it) for it in corner.values()) for corner in every.corners) == [
        (3, 4, 3),
        (3, 5, 2),
        (4, 3, 3),
        (4, 5, 1),
        (5, 3, 2),
        (5, 4, 1),
    ]
    assert all(sum(corner.values()) == 1 for corner in (*one.corners, *every.corners))


def of_two_objectives(seed: int, parts: frozenset[str]) -> Question:
    asked = (question(each, parts, 60) for each in count(seed))
    return next(
        each
        for each in asked
        if len(each.facts.objectives) == 2 and each.survey.allowed and each.facts.options
    )


def span(case: Case) -> dict[str, Pair]:
    first = case.model.objectives[0]
    whole = sum(Fraction(each.weight) for each in case.model.objectives)
    likely = Fraction(first.weight) / whole
    return {first.id: (likely * Fraction(1, 2), min(Fraction(1), likely * Fraction(5, 4)))}


@pytest.mark.parametrize("parts", [SPINE, SPINE | {"continuity"}, SPINE | {"dependence", "bent"}])
@pytest.mark.parametrize("seed", range(5))
def test_what_nothing_beats_among_every_plan_tried(seed: int, parts: frozenset[str]) -> None:
    asked = of_two_objectives(100 * seed, parts)
    intervals = span(asked.case)
    corners = weight_range(asked.case, intervals).corners
    best: dict[frozenset[str], set[tuple[Fraction, ...]]] = {}
    for each in asked.survey.allowed:
        taken = frozenset(name for name, _start in each.plan)
        worth = tuple(
            sum((w * each.indices[name.casefold()] for name, w in corner.items()), Fraction(0))
            for corner in corners
        )
        best.setdefault(taken, set()).add(worth)
    every = {worth for worths in best.values() for worth in worths}
    top = {a for a in every if not any(b != a and all(map(Fraction.__ge__, b, a)) for b in every)}
    expected = {taken for taken, worths in best.items() if worths & top}
    if len(corners) < 2:
        with pytest.raises(InputError):
            robustness(asked.case, weights=intervals)
        return

    found = robustness(asked.case, weights=intervals)

    assert found.unbeaten is not None
    assert found.unbeaten.complete
    told = {frozenset(it.casefold() for it in each) for each in unbeaten(found)}
    assert told == expected
    for name, index in found.core_index.items():
        share = sum(name.casefold() in each for each in expected) / len(expected)
        assert index == pytest.approx(share)


def worst(
    case: Case, mine: Plan, other: Plan, found: Robustness, scores: list[tuple[str, str]]
) -> float:
    """Return by how much another plan may be worth more, recounted at every corner."""
    most = -1e9
    effects = {(effect.option, effect.criterion): effect for effect in found.scores.effects}
    for values in product(*(effects[score].extremes(1.0) for score in scores)):
        there = found.scores.case(case, dict(zip(scores, values, strict=True)))
        a, b = recount(there, mine).after.indices, recount(there, other).after.indices
        for corner in found.weights.corners:
            most = max(most, float(sum(w * (b[name] - a[name]) for name, w in corner.items())))
    return most


@pytest.mark.parametrize("seed", range(6))
def test_competitors_among_every_plan_tried(seed: int) -> None:
    """Two scores in an interval, in cases of several years with delay."""
    asked = of_two_objectives(100 * seed + 50, SPINE)
    random = Random(seed)
    names = sorted(asked.case.options)
    criteria = [each.id for each in asked.case.model.criteria]
    scores = [(name, random.choice(criteria)) for name in random.sample(names, min(2, len(names)))]
    rows = []
    for name, criterion_id in scores:
        likely = asked.case.options[name].score.get(criterion_id, Decimal(0))
        low, high = max(Decimal(-100), likely - 40), min(Decimal(100), likely + 25)
        rows.append(Range(id=name, quantity=f"score: {criterion_id}", low=low, high=high))
    world = Case.model_validate({**fields(asked.case), "ranges": tuple(rows)})

    found = robustness(world, weights=span(world))

    assert found.plan is not None
    assert found.rivalry.complete
    expected: dict[frozenset[str], float] = {}
    spelt = {name.casefold(): name for name in names}
    for each in asked.survey.allowed:
        starts = {spelt[name]: year for name, year in each.plan}
        choices = [
            Choice(world.investment_of[name].id, name, year) for name, year in starts.items()
        ]
        other, _counted = confirmed(found.case, choices)
        gain = worst(found.case, found.plan, other, found, scores)
        taken = other.taken
        expected[taken] = max(expected.get(taken, 0.0), gain)
    told = {competitor.taken: competitor.regret for competitor in found.rivalry.competitors}
    assert told == pytest.approx({k: v for k, v in expected.items() if v > 1e-5}, abs=1e-6)
    most = max(expected.values(), default=0.0)
    assert found.rivalry.regret[0] == pytest.approx(max(0.0, most), abs=2e-5)


@pytest.mark.parametrize("seed", range(6))
def test_the_radius_among_all_sets(seed: int) -> None:
    """Of a knapsack: the least share at which some other set is worth more, by plain sums."""
    random = Random(seed)
    items = [
        (f"P{n}", random.randint(2, 9), random.randint(5, 60), random.randint(5, 60))
        for n in range(7)
    ]
    world = two(*items, money=18)

    found = robustness(world, spreads=[TEN])

    assert found.plan is not None
    mine = found.plan.taken
    sets = [
        frozenset(each[0] for each in those)
        for size in range(len(items) + 1)
        for those in combinations(items, size)
        if sum(each[1] for each in those) <= 18
    ]

    def gain(other: frozenset[str], share: float) -> float:
        most = -1e9
        for weight in (0.5 - 0.2 * share, 0.5 + 0.2 * share):
            total = 0.0
            for name, _cost, a, b in items:
                likely = weight * a + (1 - weight) * b
                if name in other - mine:
                    total += likely + 10 * share
                elif name in mine - other:
                    total -= likely - 10 * share
            most = max(most, total)
        return most

    expected = {each: gain(each, 1) for each in sets if each != mine and gain(each, 1) > 1e-5}
    told = {competitor.taken: competitor.regret for competitor in found.rivalry.competitors}
    assert found.rivalry.regret[0] == pytest.approx(max(expected.values(), default=0), abs=1e-6)
    if found.rivalry.complete:
        assert told == pytest.approx(expected, abs=1e-6)
    else:
        assert len(told) >= 10
        assert told == pytest.approx({each: expected[each] for each in told}, abs=1e-6)
    radius = found.rivalry.radius
    assert radius is not None
    assert found.rivalry.radius_proved
    assert all(gain(each, radius) < 1e-4 for each in sets if each != mine)
    if radius < 1:
        assert any(gain(each, radius + 1e-3) > 0 for each in sets if each != mine)


def test_bounds_that_leave_something_open_prove_no_radius(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point more than the best of every search is left open."""
    ask = RobustAsking.ask

    def loosely(asking: RobustAsking, asked: Asked) -> Reply:
        reply = ask(asking, asked)
        if asked.goal is None or reply.bound is None:
            return reply
        return replace(reply, stop=Stop.GAP, bound=reply.bound + 1)

    world = two(("A", 5, 40.0, 40.0), ("B", 5, 36.0, 36.0), ("C", 5, 5.0, 5.0), money=5)
    exact = robustness(world, spreads=[TEN]).rivalry
    monkeypatch.setattr(RobustAsking, "ask", loosely)
    rivalry = robustness(world, spreads=[TEN]).rivalry

    assert exact.radius_proved
    assert [set(rival.taken) for rival in rivalry.competitors] == [{"B"}]
    assert rivalry.radius == exact.radius
    assert not rivalry.radius_proved
    least, most = rivalry.regret
    assert most is not None
    assert most == pytest.approx(least + 1, abs=1e-3)


@pytest.mark.parametrize("least", [True, False])
def test_a_corner_of_the_weights_left_open_proves_no_radius(
    monkeypatch: pytest.MonkeyPatch, *, least: bool
) -> None:
    """A point more is left open at one end of the weights alone, whichever that is."""
    ask = RobustAsking.ask

    def loosely(asking: RobustAsking, asked: Asked) -> Reply:
        reply = ask(asking, asked)
        if asked.goal is None or reply.bound is None:
            return reply
        # What DEAR is worth, 100 on autonomy alone, says which weights are asked of.
        autonomy = asked.goal.terms["start[DEAR,2027]"]
        if (autonomy < 50) is least:
            return replace(reply, stop=Stop.GAP, bound=reply.bound + 1)
        return reply

    world = two(("A", 5, 40.0, 40.0), ("B", 5, 36.0, 36.0), ("DEAR", 6, 100.0, 0.0), money=5)
    assert robustness(world, spreads=[TEN]).rivalry.radius_proved
    monkeypatch.setattr(RobustAsking, "ask", loosely)
    rivalry = robustness(world, spreads=[TEN]).rivalry

    assert rivalry.radius is not None
    assert not rivalry.radius_proved


def test_lists_that_are_cut_off_say_so() -> None:
    """Of 10 equal options 5 are bought: 252 equal sets, of which 50 are listed."""
    items = [(f"P{n}", 1, 10.0, 10.0) for n in range(10)]

    found = robustness(two(*items, money=5), spreads=[TEN])

    assert found.unbeaten is not None
    assert (found.unbeaten.sound, found.unbeaten.complete) == (True, False)
    assert len(found.unbeaten.plans) == 50
    assert {found.core(name) for name, *_rest in items} <= {Core.BORDERLINE, Core.NOT_PROVED}
    assert not found.rivalry.complete
    # five others at +10 against five at -10: worth 100 points more
    low, high = found.rivalry.regret
    assert [low, high] == pytest.approx([100, 100])


def test_out_of_time_is_no_proof() -> None:
    found = robustness(FIVE, limits=Limits(time_limit=0.0))

    assert found.stop is Stop.TIME_LIMIT
    assert found.plan is None
    assert found.voices == ()


def test_acceptability_is_of_draws_within_the_same_weights() -> None:
    found = robustness(FIVE, draws=Draws(64, StudyOptions(gap=0, workers=1)))

    # below 50 % autonomy LEFT is best, above it RIGHT
    assert found.drawn is not None
    shares = {voice.option: voice.acceptability or 0.0 for voice in found.voices}
    assert shares["LEFT"] == pytest.approx(0.5, abs=0.25)
    assert shares["LEFT"] + shares["RIGHT"] == pytest.approx(1)
    weights = [found.drawn.draw(number).weights["autonomy"] for number in range(64)]
    assert 0.3 <= min(weights) < 0.4
    assert 0.6 < max(weights) <= 0.7


def test_progress_of_the_draws_is_told() -> None:
    paces: list[Pace] = []

    robustness(FIVE, draws=Draws(70, StudyOptions(gap=0, workers=1), paces.append))

    draws = [pace for pace in paces if not pace.what]
    assert {pace.count for pace in draws} == {70}
    assert {pace.done for pace in draws} == set(range(71))
    assert draws[0].left is None
    assert draws[-2].left is not None


@pytest.mark.parametrize("stopped", ["begin", "middle"])
def test_ctrl_c_in_the_draws_keeps_what_was_proved(
    stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_told: object) -> None:
        raise KeyboardInterrupt

    def interrupt_at_ten(pace: Pace) -> None:
        if pace.done == 10:
            raise KeyboardInterrupt

    if stopped == "begin":
        monkeypatch.setattr("choosebattles.uncertainty.nominal_plan.nominal", interrupt)

    found = robustness(FIVE, draws=Draws(70, StudyOptions(gap=0, workers=1), interrupt_at_ten))

    assert found.stop is Stop.INTERRUPTED
    assert found.rivalry.complete
    assert found.unbeaten is not None
    assert found.unbeaten.complete
    assert (None if found.drawn is None else len(found.drawn.rows)) == (
        None if stopped == "begin" else 10
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"weights": {"autonomy": (Fraction(6, 10), Fraction(7, 10))}}, "60% to 70% for autonomy"),
        ({"weights": {"nobody": (Fraction(0), Fraction(1))}}, "nobody"),
        (
            {"plan": {"LEFT": None, "RIGHT": None}},
            "CB-R09 plan: found a plan that cannot be carried out: LEFT; RIGHT",
        ),
        (
            {"plan": {"LEFT": 2031}},
            "CB-R09 plan: found a plan that cannot be carried out: LEFT=2031",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        robustness(FIVE, **asked)  # type: ignore[arg-type]


def test_an_own_plan_of_the_workbook_that_cannot_be_carried_out_is_refused_in_its_column() -> None:
    # Both cost 60 + 60 = 120, and there are 100.
    options = (option(name, 60, 10, own_plan=True) for name in ("LEFT", "RIGHT"))
    world = case(*options, funds=(fund(2027, 100),))

    with pytest.raises(InputError) as refusal:
        robustness(world, spreads=[TEN])

    (found,) = refusal.value.faults
    assert found.where == "Investments (Own plan)"
    assert found.found == "a plan that cannot be carried out: LEFT; RIGHT"


def test_nothing_in_question_is_refused() -> None:
    with pytest.raises(InputError, match="no weight and no score in an interval"):
        robustness(case(option("A", 1, 1)))


def test_the_case_with_no_plan() -> None:
    world = two(("A", 5, 10, 10), money=1)
    broken = Case.model_validate(
        {
            **fields(world),
            "model": world.model.model_copy(
                update={
                    "objectives": tuple(
                        each.model_copy(update={"floor": Decimal(5)})
                        for each in world.model.objectives
                    )
                }
            ),
        }
    )

    found = robustness(broken)

    assert found.stop is Stop.INFEASIBLE
    assert Resolver(broken).ask(Asked()).choices is None
