"""The demands of a case as its user typed them, each with rows of its own."""

from dataclasses import replace

from choosebattles.case.case import Case
from choosebattles.constraints import units
from choosebattles.demand import Relaxable
from choosebattles.formulation.program import Program
from choosebattles.vocabulary import Row, RowName


def demands(case: Case, program: Program) -> tuple[Program, tuple[Relaxable, ...]]:
    """Return the program of a case with rows of their own for every demand, and the demands.

    Rows of no demand define quantities or say what an option is; they always hold.
    """
    every = tuple(units(case))
    own: tuple[list[RowName], ...] = tuple([] for _unit in every)
    unit_of = {name: number for number in range(len(every)) for name in program.source_rows[number]}
    option_of = {
        start.column: option
        for option, starts in program.quantities.starts.items()
        for start in starts
    }
    rows: dict[RowName, Row] = {}
    for name, row in program.rows.items():
        number = unit_of.get(name)
        if number is None:
            rows[name] = row
            continue
        for part in every[number].apart(row, option_of):
            rows[part.name] = part
            own[number].append(part.name)
    found = tuple(
        demand
        for unit, names in zip(every, own, strict=True)
        if names
        for demand in unit.demands(case, names)
    )
    return replace(program, rows=rows), found
