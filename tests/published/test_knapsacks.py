"""Knapsacks with known answers, as cases and as workbooks.

The seven problems of ``mknap1`` are from the OR-Library (Beasley 1990, doi:10.1057/jors.1990.166;
problems of Petersen 1967, doi:10.1287/opre.15.4.736). They are read from ``mknap1.txt`` in the
folder that the environment variable CHOOSEBATTLES_PUBLISHED names; where it names none, a small
one of the same form stands in.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from choosebattles.case.case import Case
from choosebattles.workbook.reader import read_case
from oracle.workbooks import write_workbook
from programs import best, chosen
from small_cases import case, fund, option

FOLDER = os.environ.get("CHOOSEBATTLES_PUBLISHED")

SMALL = """
1
3 2 16
9 8 7
4 3 2
1 2 3
6
5
"""
"""Items worth 9, 8 and 7; weights 4 + 3 > 6 and 2 + 3 = 5: the first and the last, 16, or the
last two, 15, fit; so do 4 + 2 = 6 and 1 + 3 = 4. The best is 16."""


@dataclass(frozen=True)
class Knapsack:
    """Values of items, their weights for each resource, and how much there is of each."""

    values: tuple[Fraction, ...]
    weights: tuple[tuple[Fraction, ...], ...]
    capacities: tuple[Fraction, ...]
    optimum: Fraction


def knapsacks(text: str) -> Iterator[Knapsack]:
    numbers = iter([Fraction(word) for word in text.split()])

    def row(length: int) -> tuple[Fraction, ...]:
        return tuple(next(numbers) for _ in range(length))

    for _ in range(int(next(numbers))):
        items, resources, optimum = int(next(numbers)), int(next(numbers)), next(numbers)
        values = row(items)
        weights = tuple(row(items) for _ in range(resources))
        yield Knapsack(values, weights, row(resources), optimum)


KNAPSACKS = tuple(knapsacks((Path(FOLDER) / "mknap1.txt").read_text() if FOLDER else SMALL))


def factor(knapsack: Knapsack) -> Fraction:
    """Return what makes the largest value a score of 100."""
    return 100 / max(knapsack.values)


def score(knapsack: Knapsack, item: int) -> float:
    return round(float(factor(knapsack) * knapsack.values[item]), 12)


def typed(number: Fraction) -> float:
    return float(number)


def as_case(knapsack: Knapsack) -> Case:
    """Each resource is one year of a fund; what starts takes its weights, year by year."""
    return case(
        *(
            option(
                f"X{item}",
                [typed(weights[item]) for weights in knapsack.weights],
                score(knapsack, item),
                build_years=0,
                latest_start=2027,
            )
            for item in range(len(knapsack.values))
        ),
        years=len(knapsack.capacities),
        funds=(fund(2027, *(typed(capacity) for capacity in knapsack.capacities)),),
    )


def as_workbook(knapsack: Knapsack, path: Path) -> Case:
    years = range(2027, 2027 + len(knapsack.capacities))
    write_workbook(
        path,
        {
            "Settings": [
                {"Setting": "First year", "Value": 2027},
                {"Setting": "Years", "Value": len(years)},
                {"Setting": "Points for 100", "Value": 100},
            ],
            "Objectives": [{"Objective": "autonomy", "Weight": 1}],
            "Criteria": [{"Criterion": "value", "Objective": "autonomy"}],
            "Funds": [
                {"Fund": "STATE"}
                | {
                    str(year): typed(amount)
                    for year, amount in zip(years, knapsack.capacities, strict=True)
                }
            ],
            "Investments": [
                {
                    "Investment": f"X{item}",
                    "Title": f"Item {item}",
                    "Build years": 0,
                    "Latest start": 2027,
                    "Score: value": score(knapsack, item),
                }
                | {
                    f"Cost year {number}": typed(weights[item])
                    for number, weights in enumerate(knapsack.weights, start=1)
                }
                for item in range(len(knapsack.values))
            ],
        },
    )
    return read_case(path)


def test_four_items_and_one_budget(solver: str) -> None:
    # 4 + 8 + 8 = 20 and 3 + 4 + 2 = 9.
    items = (("K1", 4, 3), ("K2", 8, 4), ("K3", 10, 3), ("K4", 8, 2))
    world = case(*(option(*item) for item in items), funds=(fund(2027, 20),))

    assert chosen(world, solver) == {"K1", "K2", "K4"}
    assert best(world, solver).objective == 9


@pytest.mark.parametrize("number", range(len(KNAPSACKS)))
def test_the_published_optimum_is_reached(number: int, solver: str) -> None:
    knapsack = KNAPSACKS[number]
    outcome = best(as_case(knapsack), solver)

    assert outcome.proven
    assert outcome.objective is not None
    assert outcome.objective / float(factor(knapsack)) == pytest.approx(
        float(knapsack.optimum), abs=1e-6
    )


@pytest.mark.parametrize("number", range(len(KNAPSACKS)))
def test_the_published_optimum_is_reached_from_a_workbook(number: int, tmp_path: Path) -> None:
    knapsack = KNAPSACKS[number]
    outcome = best(as_workbook(knapsack, tmp_path / "knapsack.xlsx"))

    assert outcome.proven
    assert outcome.objective is not None
    assert outcome.objective / float(factor(knapsack)) == pytest.approx(
        float(knapsack.optimum), abs=1e-6
    )
