"""The same answer every time, bit for bit: whoever finds it, and after whatever interruption."""

import multiprocessing
import signal
import sqlite3
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from choosebattles.execution.task import forget_worker
from uncertainty.same import OPTIONS, STUDIES, answer, killed_after

KILLED_AFTER = 6
"""Pieces after which a study is killed: in the middle of a stage."""


@cache
def alone(name: str) -> str:
    """Return what one worker says."""
    return answer(name, OPTIONS)


def test_two_workers_say_the_same_as_one() -> None:
    assert answer("sweep", replace(OPTIONS, workers=2)) == alone("sweep")


def test_a_cluster_says_the_same_as_one_worker() -> None:
    assert answer("simulate", replace(OPTIONS, workers=1, cluster="local")) == alone("simulate")


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_that_was_killed_says_the_same(name: str, tmp_path: Path) -> None:
    """It is taken up again by two workers."""
    path = tmp_path / "study.sqlite"
    spawned = multiprocessing.get_context("spawn")
    process = spawned.Process(target=killed_after, args=(name, KILLED_AFTER, path))
    process.start()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    with sqlite3.connect(path) as file:
        counted = file.execute("SELECT count(*) FROM pieces WHERE part = ''").fetchone()
    file.close()
    assert counted == (KILLED_AFTER,)
    assert answer(name, replace(OPTIONS, study=path, workers=2)) == alone(name)


def test_what_was_asked_before_makes_no_difference() -> None:
    before = alone("simulate")
    alone("sweep")
    forget_worker()

    assert answer("simulate", OPTIONS) == before
