"""The question of a case as a model file, MPS or LP, for any solver that reads one."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, Unpack

import pulp

from choosebattles import __version__
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.errors import Fault, InputError
from choosebattles.execution.overwriting import Guard, sealed
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.formulation.legible_names import legible_names
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.pulp_problem import pulp_problem
from choosebattles.solving.model_endings import LP, MPS
from choosebattles.translation import _
from choosebattles.vocabulary import Linear, RowName

SEVERAL_QUESTIONS = "CB-R10"

COMMENT = {MPS: "* ", LP: "\\ "}

WIDTH = 96
"""Characters of a line of comment: LP files may have 255."""

_USUAL = re.compile(r"[\[\], :]+")

CONSTANT = "constant"
"""A column fixed at 1 for what every plan is worth: readers differ on constants in the objective."""


@dataclass(frozen=True)
class ModelFile:
    """What one solve asks: every row and column of a case, and the weighted sum of its indices."""

    program: Program
    column_names: Mapping[str, str]
    row_names: Mapping[RowName, str]
    goal: Linear

    @classmethod
    def of(cls, case: Case) -> Self:
        """Return the question of a case.

        Raises
        ------
        InputError
            Where the method asks several questions, each with the answers of those before it.
        """
        if case.model.method is not Method.WEIGHTED:
            raise InputError([_several_questions(case)])
        program = formulate(case)
        q = program.quantities
        goal = q.objective
        if goal.constant:
            goal = Linear(goal.terms) + goal.constant * q.column(CONSTANT, 1, 1)
        return cls(program, legible_names(q.columns), legible_names(program.rows), goal)

    @property
    def sentence(self) -> str:
        """Return how large the question is."""
        columns = self.program.quantities.columns.values()
        return _(
            "The question in {columns} columns, {whole} of them whole numbers, and {rows} rows."
        ).format(
            columns=f"{len(columns):,}",
            whole=f"{sum(column.integer for column in columns):,}",
            rows=f"{len(self.program.rows):,}",
        )

    def write(self, path: Path, notes: Sequence[str] = (), **guard: Unpack[Guard]) -> Written:
        """Write the question in the format that the ending of the name says.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        ending = path.suffix.casefold()

        def write(partial: Path) -> None:
            if ending == MPS:
                self._problem(-self.goal, pulp.LpMinimize).writeMPS(str(partial))
            else:
                self._problem(self.goal, pulp.LpMaximize).writeLP(str(partial))
            text = "\n".join((*self._comments(ending, notes), partial.read_text("utf-8")))
            mark = COMMENT[ending]
            partial.write_text(sealed(text, mark, ""), encoding="utf-8", newline="\n")

        return write_safely(path, write, **guard)

    def _problem(self, goal: Linear, sense: int) -> pulp.LpProblem:
        return pulp_problem(
            self.program,
            goal,
            sense=sense,
            column_names=self.column_names,
            row_names=self.row_names,
        )

    def _comments(self, ending: str, notes: Iterable[str]) -> Iterator[str]:
        for paragraph in (*self._explained(ending), *notes, *self._renamed()):
            for line in textwrap.wrap(paragraph, WIDTH):
                yield f"{COMMENT[ending]}{line}"

    def _explained(self, ending: str) -> Iterator[str]:
        case = self.program.case
        yield f"{case.name or _('A case')}. choosebattles {__version__}"
        if ending == MPS:
            yield _(
                "To be minimised, as every reader of MPS files does unless told otherwise: the "
                "objective is the weighted sum of the indices, in points, times -1."
            )
        else:
            yield _("To be maximised: the weighted sum of the indices, in points.")
        yield _(
            "Columns start_OPTION_YEAR are 1 where an option starts in that year; money is in "
            "thousandths of a million. Numbers have twelve digits."
        )

    def _renamed(self) -> Iterator[str]:
        """Yield the names in which more than brackets, commas, colons and blanks became another sign."""
        rows = {str(name): other for name, other in self.row_names.items()}
        for name, other in {**rows, **self.column_names}.items():
            if _USUAL.sub("_", name).strip("_") != other:
                yield f"{other} = {name}"


def _several_questions(case: Case) -> Fault:
    place = case.model.at("method")
    return replace(place, column=place.column or _("Method")).fault(
        SEVERAL_QUESTIONS,
        str(case.model.method),
        str(Method.WEIGHTED),
        _(
            "A model file asks one question, and this method asks several, each with the answers "
            "of those before it. Choose another method, or name a model that weighs: --model NAME."
        ),
    )
