"""How long a study would take: measured on its first pieces, which are kept."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from choosebattles.execution.progress import Pace
from choosebattles.execution.task import PILOT
from choosebattles.uncertainty.draw import what_varies
from choosebattles.uncertainty.estimate import Estimate, estimate, estimate_sweep, sample_sizes
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.sweep import ENDS, sweep
from choosebattles.uncertainty.sweep_design import Axis, Design, Point, Points, SweepPlan
from uncertainty.test_simulate import EXACT, SPREADS, THREE


def test_what_all_draws_take_follows_from_the_first() -> None:
    found = Estimate(
        count=100_000,
        measured=128,
        piloted=64,
        pilot=40.0,
        answering=0.2,
        fast=0.1,
        slow=0.4,
        starting=3.0,
        recounting=0.05,
        plans=8,
        letters=1000,
    )

    # 40 for the pilot, 99,936 further draws at 0.2, 100,000 recounts at 0.05
    assert found.seconds == pytest.approx(40 + 19_987.2 + 5_000)
    assert found.between == pytest.approx((40 + 9_993.6 + 5_000, 40 + 39_974.4 + 5_000))
    assert found.waiting(1) == pytest.approx(25_030.2)
    assert found.waiting(10) == pytest.approx(2_505.72)
    assert found.size == pytest.approx(1e8)
    # 1,000 draws for indices: as many answers at 0.2, and recounts of one plan of the 8
    indexed = replace(found, indices=1000, indices_answered=True)
    assert indexed.seconds == pytest.approx(found.seconds + 200 + 1000 / 8 * 0.05)
    assert indexed.size == pytest.approx(1.01e8)
    alone = replace(indexed, indices_answered=False)
    assert alone.seconds == pytest.approx(found.seconds + 1000 / 8 * 0.05)
    # of two draws a third worker has none
    two = replace(found, count=2, measured=2, piloted=2)
    assert two.seconds == pytest.approx(40.1)
    assert two.waiting(3) == two.waiting(2)


def test_the_first_draws_are_kept_and_are_those_of_the_simulation(tmp_path: Path) -> None:
    path = tmp_path / "study.sqlite"
    uncertain = what_varies(THREE, spreads=SPREADS)

    told = estimate(THREE, uncertain, 160, replace(EXACT, study=path))

    assert (told.measured, told.piloted) == (32, 16)
    assert min(told.answering, told.pilot) > 0
    assert told.fast <= told.answering <= told.slow
    assert told.recounting > 0
    assert told.plans >= 2
    begun = simulate(THREE, uncertain, 16, EXACT)
    paces: list[Pace] = []
    kept = simulate(THREE, uncertain, 160, replace(EXACT, study=path), watch=paces.append)
    assert kept.rows[:16] == begun.rows
    assert paces[0].done == 32
    # as much as the file holds for a draw, within what its pages and the case itself take
    size = sum(len(str(row)) for row in kept.rows) / 160
    assert told.letters == pytest.approx(size, rel=0.4)


def test_fewer_draws_than_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "study.sqlite"

    told = estimate(THREE, what_varies(THREE, spreads=SPREADS), 10, replace(EXACT, study=path))

    assert told.measured == 8  # the first stage, and as many again
    found = simulate(THREE, what_varies(THREE, spreads=SPREADS), 10, replace(EXACT, study=path))
    assert len(found.rows) == 10


def test_a_quarter_is_measured_at_most_and_the_pilot_ends_where_a_stage_does() -> None:
    assert sample_sizes(100_000, PILOT) == (64, 128)
    assert sample_sizes(512, PILOT) == (64, 128)
    assert sample_sizes(511, PILOT) == (16, 32)
    assert sample_sizes(32, PILOT) == (4, 8)
    assert sample_sizes(31, PILOT) == (4, 8)
    assert sample_sizes(3, PILOT) == (3, 3)
    assert sample_sizes(1_000_000, ENDS) == (129, 193)


def test_the_first_points_of_a_sweep_are_measured_and_kept(tmp_path: Path) -> None:
    how = replace(EXACT, study=tmp_path / "study.sqlite")
    plan = SweepPlan((Axis("fund.STATE", Decimal(30), Decimal(160), 80),))

    told = estimate_sweep(THREE, plan, how)

    assert (told.count, told.measured, told.piloted) == (80, 18, 9)
    assert min(told.answering, told.pilot, told.letters) > 0
    assert (told.recounting, told.plans, told.indices) == (0, 0, 0)
    paces: list[Pace] = []
    kept = sweep(THREE, plan, how, watch=paces.append)
    assert paces[0].done == 18
    assert kept.steps == sweep(THREE, plan, EXACT).steps


def test_an_estimate_of_a_million_lays_out_no_million() -> None:
    axes = tuple(
        Axis(name, Decimal(1), Decimal(100), 100) for name in ("cost.A", "cost.B", "cost.C")
    )
    made: list[int] = []

    class Counted(Points):
        def __getitem__(self, place: int) -> Point:
            made.append(place)
            return super().__getitem__(place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("choosebattles.uncertainty.sweep_design.Points", Counted)
        told = estimate_sweep(THREE, SweepPlan(axes, Design.GRID), EXACT)

    assert (told.count, told.measured) == (1_000_000, 193)
    assert 193 <= len(made) < 2_000
    assert len(set(made)) == 193
