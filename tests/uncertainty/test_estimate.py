"""How long a simulation would take: counted from its first draws, which are kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from choosebattles.execution.run_pieces import Pace
from choosebattles.uncertainty.draw import what_varies
from choosebattles.uncertainty.estimate import Estimate, estimate
from choosebattles.uncertainty.simulate import simulate
from uncertainty.test_simulate import EXACT, SPREADS, THREE


def test_what_all_draws_take_follows_from_the_first() -> None:
    found = Estimate(
        draws=100_000,
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
    # of two draws a third worker has none
    two = replace(found, draws=2, measured=2, piloted=2)
    assert two.seconds == pytest.approx(40.1)
    assert two.waiting(3) == two.waiting(2)


def test_the_first_draws_are_kept_and_are_those_of_the_simulation(tmp_path: Path) -> None:
    path = tmp_path / "study.sqlite"
    uncertain = what_varies(THREE, spreads=SPREADS)

    told = estimate(THREE, uncertain, 160, replace(EXACT, study=path))

    assert (told.measured, told.piloted) == (128, 64)
    assert min(told.answering, told.pilot) > 0
    assert told.fast <= told.answering <= told.slow
    assert told.recounting > 0
    assert told.plans >= 2
    begun = simulate(THREE, uncertain, 64, EXACT)
    paces: list[Pace] = []
    kept = simulate(THREE, uncertain, 160, replace(EXACT, study=path), watch=paces.append)
    assert kept.rows[:64] == begun.rows
    assert paces[0].done == 128
    # as much as the file holds for a draw, within what its pages and the case itself take
    size = sum(len(str(row)) for row in kept.rows) / 160
    assert told.letters == pytest.approx(size, rel=0.4)


def test_fewer_draws_than_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "study.sqlite"

    told = estimate(THREE, what_varies(THREE, spreads=SPREADS), 10, replace(EXACT, study=path))

    assert told.measured == 10
    found = simulate(THREE, what_varies(THREE, spreads=SPREADS), 10, replace(EXACT, study=path))
    assert len(found.rows) == 10
