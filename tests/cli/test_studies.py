"""A long or large study asks; where nobody can be asked, it says how to go on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from choosebattles.cli import study_progress
from choosebattles.cli.progress import Watching
from choosebattles.cli.study_progress import Telling
from choosebattles.cli.study_request import StudyRequest
from choosebattles.errors import InputError
from choosebattles.execution.progress import Pace
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep_design import SweepPlan
from cli.conftest import Run

SLOW, QUICK = Pace(10, 10_000, 1.0, 9_990.0), Pace(10, 100, 1.0, 90.0)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rely on the pace of the first pieces."""
    monkeypatch.setattr(study_progress, "MEASURED", 0.0)


def told(pace: Pace, *, yes: bool = False, **given: Any) -> None:
    Telling(Watching(), "draws", StudyOptions(**given), yes=yes)(pace)


@pytest.mark.usefixtures("at_once")
def test_a_long_study_is_refused_where_nobody_can_be_asked() -> None:
    with pytest.raises(InputError) as caught:
        told(SLOW)

    assert str(caught.value).endswith(
        "CB-R04 --yes: found 10,000 draws, of which the rest takes about 2.8 h; expected at most "
        "10 min, unless you agree to more. Add --yes to go on, or --time-limit 10m, or ask for "
        "fewer; with --study what is done is kept."
    )


@pytest.mark.usefixtures("at_once")
def test_what_is_short_or_agreed_to_goes_on() -> None:
    told(QUICK)
    told(SLOW, yes=True)
    told(SLOW, time_limit=600.0)
    with pytest.raises(InputError):
        told(SLOW, time_limit=3600.0)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("answer", [True, False])
def test_whoever_sits_at_a_terminal_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, *, answer: bool
) -> None:
    asked: list[str] = []
    telling = Telling(Watching(), "draws", StudyOptions(), yes=False)

    def confirm(text: str, **_more: object) -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr("choosebattles.cli.study_progress.at_a_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)

    for _time in range(2):
        if answer or not asked:
            try:
                telling(SLOW)
            except KeyboardInterrupt:
                assert not answer

    assert asked == ["10,000 draws, of which the rest takes about 2.8 h. Go on?"]


def test_a_pace_is_not_relied_on_from_the_first_piece() -> None:
    told(SLOW)


def test_a_pace_is_relied_on_from_ten_seconds_after_the_pilot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter((0.0, 20.0, 29.0, 31.0))
    monkeypatch.setattr("choosebattles.cli.study_progress.time.monotonic", lambda: next(clock))
    watching = Watching.__new__(Watching)  # has a clock of its own
    monkeypatch.setattr(watching, "tell", lambda _text: None, raising=False)
    telling = Telling(watching, "draws", StudyOptions(), yes=False)

    telling(replace(SLOW, steady=False))
    telling(SLOW)  # the first one after the pilot: its worker has just learnt of it
    telling(SLOW)
    with pytest.raises(InputError):
        telling(SLOW)


@pytest.mark.usefixtures("at_once")
def test_what_was_done_before_it_asked_is_kept(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_progress, "LONG", 0.0)
    words = ["sweep", small, "--parameter", "budget=80%..120%x20", "--workers", "1"]

    first = run(*words, "--study", "s.sqlite")
    assert (first.exit_code, "CB-R04 --yes" in first.stderr) == (2, True)

    then = run(*words, "--study", "s.sqlite", "--yes")
    assert then.exit_code == 0


GRID = (
    "--parameter", "cost.CLOUD=1..100x100", "--parameter", "cost.CSIRT=1..100x100",
    "--parameter", "fund.STATE=1..100x100", "--design", "grid",
)  # fmt: skip


def test_a_million_points_are_refused_before_one_is_laid_out(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choosebattles.cli.sweep.sweep", None)  # nothing is swept

    told = run("sweep", small.name, *GRID, "--study", "s.sqlite")

    assert told.exit_code == 2
    assert told.stderr == (
        "What was asked for: 1 value needs a correction\n"
        "  CB-R04 --yes: found 1,000,000 points; expected at most 10,000, unless you agree to more. "
        "Add --yes to go on, or ask for fewer. --estimate tells how long they would take.\n"
    )
    assert not Path("s.sqlite").exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("simulate", "--draws", 10_001), "10,001 draws"),
        # 10,000 draws, and indices of 64 base draws with 8 + 5 at most of each
        (("simulate", "--draws", 10_000, "--indices", 64), "10,832 draws"),
        (("robustness", "--draws", 10_001), "10,001 draws"),
    ],
)
def test_many_draws_are_asked_for_too(
    run: Run, small: Path, words: tuple[object, ...], found: str
) -> None:
    command, *more = words
    told = run(command, small.name, "--spread", "score=10", *more)

    assert told.exit_code == 2
    assert f"CB-R04 --yes: found {found}; expected at most 10,000" in told.stderr
    assert ("--estimate" in told.stderr) is (command == "simulate")


@pytest.mark.parametrize("answer", [True, False])
def test_a_million_points_are_asked_for_at_a_terminal(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, *, answer: bool
) -> None:
    asked: list[str] = []
    swept: list[int] = []

    def confirm(text: str, **_more: object) -> bool:
        asked.append(text)
        return answer

    def sweep(_case: object, plan: SweepPlan, *_more: object, **_others: object) -> None:
        swept.append(plan.count)
        raise KeyboardInterrupt

    monkeypatch.setattr("choosebattles.cli.study_request.at_a_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    monkeypatch.setattr("choosebattles.cli.sweep.sweep", sweep)

    told = run("sweep", small.name, *GRID)

    assert asked == [
        "1,000,000 points are asked for. --estimate tells how long they would take. Go on?"
    ]
    assert swept == ([1_000_000] if answer else [])
    assert (told.exit_code, told.stderr) == (4, "Stopped by hand; nothing was written.\n")


def test_what_is_agreed_to_or_ends_by_itself_is_not_asked_for() -> None:
    def agree(count: int, *, yes: bool = False, **given: Any) -> None:
        StudyRequest((), options=StudyOptions(**given), yes=yes).agree(count, "points")

    agree(10_000)
    agree(10_001, yes=True)
    agree(10_001, time_limit=600.0)
    with pytest.raises(InputError):
        agree(10_001, time_limit=601.0)
