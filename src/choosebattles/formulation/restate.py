"""The program of a case with other numbers, without saying again what did not change.

What changed between two cases is found by comparing facts, and is said in the words of
``case.numbers``. Only the demands, measures and quantities that read it say their rows again; these
are compared with those of the program by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from choosebattles.case.decision_model import DecisionModel
from choosebattles.case.descriptive_fields import descriptive
from choosebattles.case.facts import Facts
from choosebattles.case.numbers import NOTHING, SHAPE, CaseNumber, numbers_of
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.formulation.program import Program, rows_of, sides, sources
from choosebattles.formulation.quantities import DEFINING, Expressions
from choosebattles.formulation.start_variables import last_cost
from choosebattles.vocabulary import SAY, Linear, Row, RowName

UNREAD: Mapping[type[Fact], frozenset[str]] = {
    DecisionModel: frozenset({"method"}),
    Provider: frozenset({"id"}),
}
"""Fields that a plan may depend on, and that no row and no measure reads."""


class RebuildReason(StrEnum):
    """Why a program cannot be restated, and is to be made anew."""

    SHAPE = "what the case speaks of changed, not only how large it is"
    NAMES = "rows or columns come or go"


@dataclass(frozen=True)
class NeedsRebuild:
    """The program is to be made anew, because of these names."""

    reason: RebuildReason
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restatement:
    """A program with other numbers: what is different, by the names of rows and columns.

    ``quantities`` are the words as the changed case says them; ``rows`` were said again. What
    is not named in ``sides`` and ``coefficients`` stays as it is in ``program``.
    """

    program: Program
    changed: frozenset[str]
    quantities: Expressions
    rows: Mapping[RowName, Row]

    @property
    def case(self) -> Facts:
        """Return the changed case."""
        return self.quantities.case

    @cached_property
    def objective(self) -> Linear:
        """Return the weighted sum of the indices of the changed case."""
        worth = SAY["index"] | {"importance"}
        quantities = self.quantities if self.changed & worth else self.program.quantities
        return quantities.objective

    @cached_property
    def sides(self) -> Mapping[RowName, tuple[float, float]]:
        """Return the bounds of rows that are others now."""
        new = ((name, sides(row)) for name, row in self.rows.items())
        return {name: bounds for name, bounds in new if bounds != sides(self.program.rows[name])}

    @cached_property
    def coefficients(self) -> Mapping[tuple[RowName, str], float]:
        """Return the coefficients that are others now, by row and column."""
        return {
            (name, column): number
            for name, row in self.rows.items()
            for column, number in _others(self.program.rows[name], row)
        }


def restate(program: Program, case: Facts) -> Restatement | NeedsRebuild:
    """Return what is different in the program of a changed case, or why it must be made anew."""
    reads_changed = changed(program.case, case)
    if SHAPE in reads_changed:
        return NeedsRebuild(RebuildReason.SHAPE)
    before = program.quantities
    q = Expressions(case, before, reads_changed)
    if "timing" in reads_changed:
        others = {*_start_columns(q)} ^ {*_start_columns(before)}
        if others:
            return NeedsRebuild(RebuildReason.NAMES, tuple(sorted(others)))
    rows: dict[RowName, Row] = {}
    for source, names in zip(sources(q), program.source_rows, strict=True):
        if source.reads & reads_changed:
            part = {row.name: row for row in rows_of(q, source)}
            if part.keys() != names:
                return NeedsRebuild(
                    RebuildReason.NAMES, tuple(sorted(map(str, part.keys() ^ names)))
                )
            rows |= part
    q.again(before, reads_changed)
    restatement = Restatement(program, reads_changed, q, rows | q.rows)
    restatement.objective.constant  # noqa: B018 - declares every column that worth speaks of
    return _checked(restatement, before)


def _checked(restatement: Restatement, before: Expressions) -> Restatement | NeedsRebuild:
    """Return the restatement, unless rows of quantities or columns came or went."""
    q = restatement.quantities
    words = {word for word in DEFINING if SAY[word] & restatement.changed}
    others = {*map(str, q.rows.keys() ^ {name for name in before.rows if name.unit in words})}
    others |= {name for name, column in q.columns.items() if before.columns.get(name) != column}
    return NeedsRebuild(RebuildReason.NAMES, tuple(sorted(others))) if others else restatement


def changed(case: Facts, other: Facts) -> frozenset[str]:
    """Return which numbers differ between two cases, as ``reads`` names them, or ``SHAPE``."""
    return frozenset(_differences(case, other))


def _differences(old: Fact, new: Fact) -> Iterator[str]:
    if old is new:
        return
    if type(old) is not type(new):
        yield SHAPE
        return
    for field, number in _fields(type(old)):
        old_value, new_value = getattr(old, field), getattr(new, field)
        if old_value is new_value:
            continue
        if number:
            yield from _numbers(number, old_value, new_value)
        elif isinstance(old_value, Fact):
            yield from _differences(old_value, new_value)
        elif _facts(old_value) and _facts(new_value) and len(old_value) == len(new_value):
            for before, after in zip(old_value, new_value, strict=True):
                yield from _differences(before, after)
        elif old_value != new_value:
            yield SHAPE


def _numbers(number: CaseNumber, old_value: Any, new_value: Any) -> Iterator[str]:
    if old_value == new_value:
        return
    blank = old_value is None or new_value is None
    yield SHAPE if blank and not number.stands_for else number.read
    if number.field == "cost" and last_cost(old_value) != last_cost(new_value):
        yield "timing"


@cache
def _fields(kind: type[Fact]) -> tuple[tuple[str, CaseNumber | None], ...]:
    """Return the fields that count, each with the number that it is, if any."""
    numbers = {number.field: number for number in numbers_of(kind)}
    unread = {number.field for number in numbers.values() if number.read == NOTHING}
    unread |= descriptive(kind) | UNREAD.get(kind, frozenset())
    return tuple((field, numbers.get(field)) for field in kind.model_fields if field not in unread)


def _facts(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Fact)


def _start_columns(q: Expressions) -> Iterator[str]:
    return (start.column for starts in q.starts.values() for start in starts)


def _others(old: Row, new: Row) -> Iterator[tuple[str, float]]:
    """Yield the columns whose coefficient differs, with the new one."""
    old_terms, new_terms = old.constraint.expression.terms, new.constraint.expression.terms
    if old_terms != new_terms:
        for column in {**old_terms, **new_terms}:
            number = float(new_terms.get(column, 0))
            if number != float(old_terms.get(column, 0)):
                yield column, number
