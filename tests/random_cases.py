"""Random cases: a workbook of the oracle's making, read by the oracle and by the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.workbook.reader import read_case
from oracle.brute_force import Answer, Survey
from oracle.facts import Facts, read
from oracle.workbooks import ALL, EVERY, SPINE, random_workbook

FAMILIES = tuple(sorted(EVERY - SPINE))
"""Parts of the model that stand on the spine of every case."""

Starts = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Question:
    """One random case as the house reads it, beside the same as the oracle reads it."""

    case: Case
    facts: Facts

    @cached_property
    def survey(self) -> Survey:
        """Every plan that the oracle allows, recounted by it."""
        return Survey(self.facts)

    @cached_property
    def answer(self) -> Answer:
        """The oracle's answer."""
        return self.survey.answer()


def question(seed: int, parts: Iterable[str] = ALL, most_plans: int = 200) -> Question:
    """Make the question of a seed; the same seed makes the same question."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "random.xlsx"
        random_workbook(seed, path, parts, most_plans=most_plans)
        return Question(read_case(path), read(path))


FREELY_SCALED = ALL - {"floors", "continuity"}
"""Parts with which Points for 100 may be left blank."""


def draft(seed: int) -> Case:
    """Make a case of which few plans need be tried, so quickly."""
    parts = ALL if seed % 3 else FREELY_SCALED
    with TemporaryDirectory() as folder:
        path = Path(folder) / "random.xlsx"
        random_workbook(seed, path, parts, most_plans=30)
        return read_case(path)


def starts_of(plan: Plan) -> Starts:
    """Return a plan as the oracle writes it: lower-case ids with their start years."""
    return frozenset((choice.option.casefold(), choice.start) for choice in plan.choices)
