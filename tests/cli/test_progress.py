"""What a long solve reports while it runs."""

import pytest

from choosebattles.cli.progress import Watching, progress_line
from choosebattles.solving.solver_answer import Progress


def test_a_line_tells_where_it_stands() -> None:
    assert progress_line(Progress(8.0, 10.0, 3.0), 3.4) == (
        "Best so far 8.00; at most 10.00 possible; gap 25.00 %; 3 s. Ctrl-C keeps the plan."
    )
    assert "at most 10.01 possible" in progress_line(Progress(8.0, 10.001, 3.0), 3.4)
    assert progress_line(Progress(None, None, 3.0), 3.4).startswith(
        "Best so far none yet; how much is possible is not known; gap not known; 3 s."
    )


def test_a_short_solve_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with Watching() as watch:
        watch(Progress(8.0, 10.0, 0.1))

    assert capsys.readouterr().err == ""


def test_lines_come_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("choosebattles.cli.progress.PATIENCE", 2.0)
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))

    with Watching() as watch:
        for _second in range(10):
            watch(Progress(8.0, 10.0, 1.0))

    # each call looks at the clock twice or three times; one line after 2 s and one each 10 s
    assert len(capsys.readouterr().err.splitlines()) == 2
