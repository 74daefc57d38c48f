"""Pieces of work: the same rows whoever does them, and nothing lost that was finished."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from choosebattles.errors import InputError, OutputError
from choosebattles.execution import executor as executors
from choosebattles.execution.executor import (
    Cluster,
    Crew,
    Executor,
    Processes,
    Serial,
    choose_executor,
)
from choosebattles.execution.progress import Pace, Watcher
from choosebattles.execution.run_pieces import Ending, run
from choosebattles.execution.study import Study
from choosebattles.execution.task import (
    DonePiece,
    Known,
    Row,
    Task,
    do_piece,
    forget_worker,
    in_stages,
)
from execution.tasks import Deadly, Hopeless, Interrupted, Squares

WHAT = {"fund.STATE": "80", "study: gap": "0.01"}
COUNT = 18
PAGE = 4096
"""Bytes of a page of SQLite."""


def rows(task: Task, who: Executor, watch: Watcher | None = None) -> list[Row]:
    with Study(WHAT) as study:
        run(task, COUNT, study, who, watch=watch)
        return list(study.rows(COUNT))


@pytest.fixture
def expected() -> list[Row]:
    """Return what one worker makes of the squares, one after the other."""
    return rows(Squares(), Serial())


@dataclass(frozen=True)
class Backwards:
    """Does the last piece of a stage first."""

    workers: int = 1

    @contextmanager
    def open(self, task: Task) -> Iterator[Crew]:
        yield BackwardsCrew(task)


@dataclass(frozen=True)
class BackwardsCrew:
    task: Task
    lost: int = 0

    def run(self, pieces: Iterable[int], known: Known) -> Generator[DonePiece]:
        for piece in reversed(list(pieces)):
            yield do_piece(self.task, known, piece)


def test_stages_are_fixed_whatever_the_count() -> None:
    assert in_stages(range(10), (4, 8)) == [range(4), range(4, 8), range(8, 10)]
    assert in_stages(range(8), (4, 8)) == [range(4), range(4, 8)]
    assert in_stages(range(3), (4, 8)) == [range(3)]
    assert in_stages([], (4, 8)) == []
    assert in_stages([3, 0, 2], (1,)) == [[3], [0, 2]]


def test_pieces_know_of_the_stages_before_and_of_nothing_else(expected: list[Row]) -> None:
    # 0 + 1 + 2 + 3 = 6; with 4 + 5 + 6 + 7 it is 28
    assert [row["learnt"] for row in expected] == [0] * 4 + [6] * 4 + [28] * 10


def test_a_worker_that_learnt_otherwise_begins_anew() -> None:
    first, other = [{"number": 5}], [{"number": 7}]

    assert do_piece(Squares(), (first,), 8).row["learnt"] == 5  # type: ignore[arg-type]
    assert do_piece(Squares(), (other,), 8).row["learnt"] == 7  # type: ignore[arg-type]
    assert do_piece(Squares(), (other, first), 8).row["learnt"] == 12  # type: ignore[arg-type]
    assert do_piece(Squares(), (), 8).row["learnt"] == 0


def test_the_order_of_finishing_does_not_matter(expected: list[Row]) -> None:
    assert rows(Squares(), Backwards()) == expected


def test_two_processes_give_the_same(expected: list[Row]) -> None:
    assert rows(Squares(), Processes(2)) == expected


def test_a_lost_process_is_replaced(expected: list[Row], tmp_path: Path) -> None:
    paces: list[Pace] = []
    found = rows(Deadly(grave=str(tmp_path / "grave"), at=9), Processes(2), watch=paces.append)

    assert (tmp_path / "grave").exists()
    assert found == expected
    assert (paces[0].lost, paces[-1].lost) == (0, 1)


def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    expected: list[Row], tmp_path: Path
) -> None:
    """A real scheduler and real workers, each in a process of its own."""
    paces: list[Pace] = []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    address = tmp_path / "scheduler.json"
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    options = ["--no-dashboard", "--scheduler-file", str(address)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    started = [
        subprocess.Popen([*program, "--host", "127.0.0.1", "--port", "0", *options], **quiet)  # type: ignore[call-overload]
    ]
    try:
        alone = [*worker, "--nthreads", "1", "--no-nanny", *options]
        started += [
            subprocess.Popen(alone, **quiet, cwd=tmp_path)  # type: ignore[call-overload]
            for _each in range(2)
        ]
        while not _written(address):
            time.sleep(0.05)
            assert started[0].poll() is None, "the scheduler ended"
        deadly = Deadly(grave=str(tmp_path / "grave"), at=9)
        found = rows(deadly, Cluster(_address(address)), paces.append)
    finally:
        for each in started:
            each.kill()
            each.wait()

    assert (tmp_path / "grave").exists()
    assert found == expected
    assert (paces[0].lost, paces[-1].lost) == (0, 1)


def _written(path: Path) -> bool:
    """Say whether the scheduler has written the whole file."""
    return path.exists() and path.read_text("utf-8").rstrip().endswith("}")


def _address(path: Path) -> str:
    return str(json.loads(path.read_text("utf-8"))["address"])


def test_a_cluster_of_this_machine_gives_the_same(expected: list[Row]) -> None:
    assert rows(Squares(), Cluster("local", 1)) == expected


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "REACH", "0.2s")

    with pytest.raises(InputError) as told:
        rows(Squares(), Cluster("tcp://127.0.0.1:9"))

    assert "CB-R04 --cluster: found tcp://127.0.0.1:9; expected the address of a Dask" in str(
        told.value
    )


def test_without_dask_what_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(InputError, match=r"pip install 'choosebattles\[cluster\]'"):
        rows(Squares(), Cluster("local", 1))


def test_who_does_the_work() -> None:
    assert choose_executor(1) == Serial()
    assert choose_executor(3) == Processes(3)
    assert choose_executor(2, "local") == Cluster("local", 2)
    assert choose_executor(None, "tcp://a:1").workers == 0


def test_workers_lost_again_and_again_end_the_run_but_lose_nothing(tmp_path: Path) -> None:
    with Study(WHAT, tmp_path / "a.sqlite") as study:
        ending = run(Hopeless(after=8), COUNT, study, Processes(1))

        assert ending is Ending.LOST
        assert sorted(study.numbers()) == list(range(8))


def test_after_ctrl_c_the_same_command_goes_on(expected: list[Row], tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    forget_worker()
    with Study(WHAT, path) as study:
        assert run(Interrupted(at=9), COUNT, study, Serial()) is Ending.INTERRUPTED
        assert study.numbers() == frozenset(range(9))
    with Study(WHAT, path) as study:
        paces: list[Pace] = []
        assert run(Squares(), COUNT, study, Serial(), watch=paces.append) is Ending.DONE
        assert [pace.done for pace in paces] == list(range(9, 19))
        assert list(study.rows(COUNT)) == expected


def test_a_run_that_is_killed_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    """SIGKILL, as after a power cut: no handler of ours can run."""
    path = tmp_path / "a.sqlite"
    program = (
        "import sys, threading\n"
        "from pathlib import Path\n"
        "from choosebattles.execution.run_pieces import run\n"
        "from choosebattles.execution.executor import Serial\n"
        "from choosebattles.execution.study import Study\n"
        "from execution.tasks import Squares\n"
        f"study = Study({WHAT!r}, Path(sys.argv[1]))\n"
        "def watch(pace):\n"
        "    print(pace.done, flush=True)\n"
        "    if pace.done == 6: threading.Event().wait()\n"
        f"run(Squares(), {COUNT}, study, Serial(), watch=watch)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, env=environment
    )
    assert started.stdout is not None
    with started:
        assert [int(started.stdout.readline()) for _line in range(8)] == [0, 1, 2, 3, 4, 4, 5, 6]
        started.send_signal(signal.SIGKILL)

    with Study(WHAT, path) as study:
        assert study.numbers() == frozenset(range(6))


def test_more_pieces_are_added_to_those_done(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Study(WHAT, path) as study:
        run(Squares(), 6, study, Serial())
        assert [row["number"] for row in study.rows(6)] == list(range(6))
    with Study(WHAT, path) as study:
        run(Squares(), 10, study, Serial())
        assert [row["number"] for row in study.rows(10)] == list(range(10))
        assert [row["number"] for row in study.rows(6)] == list(range(6))


def test_another_case_is_refused_and_what_changed_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Study(WHAT, path).close()

    with pytest.raises(InputError) as told:
        Study({"fund.STATE": "81", "fund.EU": "5"}, path)

    assert str(told.value) == (
        "What was asked for: 1 value needs a correction\n"
        f"  CB-R20 {path}: found fund.EU is new: 5; fund.STATE was 80 and is 81; study: gap is "
        "gone; it was 0.01; expected the case and the settings that the study was begun with. "
        "Undo the change to go on with it, or name another file to begin anew."
    )


def test_values_are_told_apart_without_their_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Study({"study: points": "5 (d6d3be34fb16658f)"}, path).close()

    with pytest.raises(InputError, match=r"points: 5, as before, but with other values; expected"):
        Study({"study: points": "5 (39a6539ef42b977f)"}, path)
    with pytest.raises(InputError, match=r"points was 5 and is 7; expected"):
        Study({"study: points": "7 (39a6539ef42b977f)"}, path)


def test_many_changes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Study({str(n): "1" for n in range(9)}, path).close()

    with pytest.raises(InputError, match="4 was 1 and is 2; and 4 more; expected"):
        Study({str(n): "2" for n in range(9)}, path)


def test_a_study_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Study({"fund.EU": "5", "program": "choosebattles 0.1"}, path).close()

    with pytest.raises(InputError) as told:
        Study({"fund.EU": "5", "program": "choosebattles 0.2"}, path)
    assert "found program was choosebattles 0.1 and is choosebattles 0.2" in str(told.value)
    assert "Use the program it was begun with to go on with it" in str(told.value)

    file = sqlite3.connect(path)
    file.execute("UPDATE notes SET text = 'choosebattles study 99' WHERE key = 'form'")
    file.commit()
    file.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="found a study that another version of the program has"):
        Study({"fund.EU": "5", "program": "choosebattles 0.2"}, path)
    assert path.read_bytes() == before


def test_a_disk_that_fills_up_is_told(tmp_path: Path) -> None:
    with Study(WHAT, tmp_path / "a.sqlite") as study:
        study._file.execute("PRAGMA max_page_count = 1")
        row = {"number": 0, "text": "x" * 100_000}

        with pytest.raises(OutputError, match=r"CB-O02 .*disk is full"):
            study.store(DonePiece(row, 1.0))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE pieces SET row = replace(row, '1', '2')",
        "UPDATE pieces SET number = 7",
        "UPDATE pieces SET seconds = 99",
        "UPDATE pieces SET sum = ''",
        "UPDATE pieces SET row = NULL",
    ],
)
def test_a_damaged_piece_is_done_again(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.sqlite"
    with Study(WHAT, path) as study:
        study.store(DonePiece({"number": 0, "value": 1}, 1.0))
    with Study(WHAT, path) as study:
        assert (list(study.numbers()), study.taken_over) == ([0], 1)
    file = sqlite3.connect(path)
    file.execute(damage)
    file.commit()
    file.close()

    with Study(WHAT, path) as study:
        assert (list(study.numbers()), study.taken_over) == ([], 0)


def changed(whole: bytes, rng: random.Random) -> bytes:
    """Change a few bytes, cut the end off, or swap two pages."""
    damaged = bytearray(whole)
    match rng.randrange(8):
        case 0:
            return whole[: rng.randrange(1, len(whole))]
        case 1:
            one, other = (slice(PAGE * at, PAGE * (at + 1)) for at in rng.sample(range(5), 2))
            damaged[one], damaged[other] = damaged[other], damaged[one]
        case _:
            for _change in range(rng.choice([1, 1, 4])):
                end = rng.choice([100, 2 * PAGE, len(whole)])
                damaged[rng.randrange(end)] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def test_whatever_is_damaged_in_a_file_no_row_is_another(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Study(WHAT, path) as study:
        for piece in range(12):
            study.store(DonePiece({"number": piece, "name": "\u00e9" * 40 * piece}, 1.0))
        whole = [repr(row) for row in study.rows(COUNT)]
    good = path.read_bytes()
    rng = random.Random(1)
    refused = []

    for _try in range(600):
        path.write_bytes(changed(good, rng))
        path.with_name("a.sqlite-journal").unlink(missing_ok=True)
        try:
            with Study(WHAT, path) as study:
                found = [repr(row) for row in study.rows(COUNT)]
                assert len(found) == len(study.numbers()) == study.taken_over
                assert len(set(found)) == len(found)
                assert set(found) <= set(whole)
        except InputError as error:
            refused.append(error.faults[0].code)

    assert set(refused) == {"CB-R20"}
    assert len(refused) < 600


def test_a_file_that_is_no_study_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear minister, " * 100)

    with pytest.raises(InputError, match=r"CB-R20 .* found no study"):
        Study(WHAT, path)

    assert path.read_text().startswith("Dear minister")


def test_two_programs_do_not_write_one_study(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Study(WHAT, path), pytest.raises(OutputError, match="another program is at work"):
        Study(WHAT, path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"CB-O02 .*nowhere"):
        Study(WHAT, tmp_path / "nowhere" / "a.sqlite")


def test_progress_is_told_with_rate_and_time_left() -> None:
    paces: list[Pace] = []
    with Study(WHAT) as study:
        run(Squares(), COUNT, study, Serial(), watch=paces.append)

    # told before the first piece of a stage, and after each
    assert [pace.done for pace in paces] == [*range(5), *range(4, 9), *range(8, 19)]
    assert all(pace.count == COUNT for pace in paces)
    assert [pace.done for pace in paces if pace.left is None] == [0, 4, 8]
    assert paces[-1].rate > 0
    assert paces[-1].left == 0


def test_when_the_time_is_over_no_piece_is_begun() -> None:
    with Study(WHAT) as study:
        ending = run(Squares(), COUNT, study, Serial(), time_limit=0)

        assert ending is Ending.TIME_LIMIT
        assert study.numbers() == {0}
