import hashlib
import platform
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import Any

import pytest

from choosebattles.audit.proof_certificate import Certificate, input_hash, rounded_up
from choosebattles.case.decision_model import Method


def certificate(**facts: Any) -> Certificate:
    plain = {
        "stop": "optimal",
        "proven": True,
        "objective": 74.0,
        "bound": 74.0,
        "gap": 0.0,
        "solver": "HiGHS 1.11.0",
        "inputs": "ab12",
        "confirmed": True,
        "seconds": 0.42,
        "version": "0.1.0",
        "python": "3.11.7",
    }
    return Certificate(**{**plain, **facts})


def proof(**facts: Any) -> str:
    return certificate(**facts).sentences()[0]


def test_a_proved_plan() -> None:
    assert certificate().sentences() == (
        "Proved: no plan that meets all the demands is worth more.",
        (
            "The plan was recounted from the input alone, in exact fractions and without the "
            "solver: it meets all the demands."
        ),
        "Solved by HiGHS 1.11.0 in 0.4 s; choosebattles 0.1.0, Python 3.11.7; input SHA-256 ab12.",
    )


def test_within_the_gap() -> None:
    # 74.0562 - 74 = 0.0562 points, of 74 points 0.0759 %: both rounded up.
    assert proof(stop="gap", proven=False, bound=74.0562, gap=0.0562 / 74) == (
        "Within 0.08 % (0.06 points) of the best possible: proved. "
        "If a better plan exists, it is better by no more than that."
    )


def test_stopped_by_time() -> None:
    # 76.1 - 74 = 2.1 points, of 74 points 2.84 %.
    assert proof(stop="time limit", proven=False, bound=76.1, gap=2.1 / 74) == (
        "Not proved best: the time ran out. "
        "Proved: no plan that meets all the demands is better by more than 2.9 % (2.1 points)."
    )


@pytest.mark.parametrize("gap", [None, inf])
def test_without_a_bound_nothing_is_known(gap: float | None) -> None:
    assert proof(stop="interrupted", proven=False, bound=gap, gap=gap) == (
        "Not proved best: the search was stopped by hand. "
        "How much better the best plan may be is not known."
    )


def test_of_a_value_below_one_only_points_are_told() -> None:
    # The gap is relative to 1 there, so 3 % would be a third of the value.
    assert proof(stop="gap", proven=False, objective=0.09, bound=0.12, gap=0.03).startswith(
        "Within 0.03 points of the best possible"
    )


def test_a_gap_of_unknown_size() -> None:
    assert proof(stop="gap", proven=False, bound=None, gap=None) == "Not proved best."


def test_a_solver_without_a_statement() -> None:
    assert proof(stop="failed", proven=False, bound=None, gap=None).startswith(
        "Not proved best: the solver ended without a statement."
    )


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (
            Method.LEXICOGRAPHIC,
            (
                "Proved: taking the objectives in their order, within the tolerance, no plan that "
                "meets all the demands does better at less cost."
            ),
        ),
        (
            Method.BALANCED,
            (
                "Proved: no plan that meets all the demands has a larger smallest gain, and none "
                "that keeps it is worth more."
            ),
        ),
    ],
)
def test_methods_of_several_steps(method: Method, sentence: str) -> None:
    assert proof(method=method) == sentence


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        (
            "optimal",
            (
                "Not proved best: the last step was, but not every earlier one. "
                "In the last step nothing is better by more than 1.5 %."
            ),
        ),
        ("gap", "Not proved best: the last step is within 1.5 % of the best possible."),
        (
            "time limit",
            (
                "Not proved best: the time ran out. "
                "In the last step nothing is better by more than 1.5 %."
            ),
        ),
    ],
)
def test_steps_that_were_not_all_proved(stop: str, sentence: str) -> None:
    assert proof(stop=stop, proven=False, gap=0.015, method=Method.BALANCED) == sentence


@pytest.mark.parametrize(
    ("stop", "proven", "sentence"),
    [
        ("infeasible", True, "Proved: no plan meets all the demands together."),
        (
            "infeasible",
            False,
            "No plan was found that meets all the demands; that is not proved.",
        ),
        ("time limit", False, "The time ran out before a plan was found; one may exist."),
        ("interrupted", False, "Stopped by hand before a plan was found; one may exist."),
        ("failed", False, "The solver ended without a statement; nothing is known."),
    ],
)
def test_without_a_plan(stop: str, proven: bool, sentence: str) -> None:
    none = certificate(
        stop=stop, proven=proven, objective=None, bound=None, gap=None, confirmed=False
    )

    assert none.sentences()[0] == sentence
    assert len(none.sentences()) == 2


def test_what_the_recount_refuses_is_not_claimed() -> None:
    assert proof(confirmed=False) == (
        "The recount did not confirm this plan, so nothing is claimed of it."
    )


def test_versions_are_those_in_use() -> None:
    made = Certificate("optimal", True, 1.0, 1.0, 0.0, "HiGHS", "ab12", True, 1.0)

    assert (made.version, made.python) == (version("choosebattles"), platform.python_version())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1e-9, "0.01"),
        (0.0759, "0.08"),
        (0.07, "0.07"),
        (0.991, "1.00"),
        (1.01, "1.1"),
        (9.91, "10.0"),
        (10.2, "11"),
        (1234, "1234"),
    ],
)
def test_rounded_up(number: float, text: str) -> None:
    assert rounded_up(number) == text


def test_noise_is_not_rounded_up() -> None:
    # 100 x 0.0011 is 0.11000000000000001 in floating point.
    assert rounded_up(100 * 0.0011) == "0.11"


def test_the_hash_of_one_file_is_its_own(tmp_path: Path) -> None:
    file = tmp_path / "albania.xlsx"
    file.write_bytes(b"abc")

    assert input_hash([file]) == hashlib.sha256(b"abc").hexdigest()


def test_the_hash_of_several_files_knows_no_order_and_no_folder(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.toml"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    folder = tmp_path / "copy"
    folder.mkdir()
    copy = folder / "one.xlsx"
    copy.write_bytes(b"1")

    assert input_hash([one, two]) == input_hash([two, copy])
    two.write_bytes(b"3")
    assert input_hash([one, two]) != input_hash([one])
