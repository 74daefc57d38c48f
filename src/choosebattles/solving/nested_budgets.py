r"""Plans of several cases at once, each a part of the next: one program with a link between them.

The programs of the cases stand side by side, each with its own columns and rows; the links are

.. math:: \sum_s x^k_{os} \le \sum_s x^{k+1}_{os}

for every option *o*: what one case takes, the next one takes too, in any year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.solving.allowed_plans import raised
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop


@dataclass(frozen=True)
class BudgetChain:
    """Choices for each case, each a part of the next, and what no such choices exceed in sum."""

    choices: tuple[tuple[Choice, ...], ...]
    bound: float
    stop: Stop


def budget_chain(
    cases: Sequence[Case], known: Sequence[Sequence[Choice]], options: Options
) -> BudgetChain | None:
    """Return the nested choices that are worth most together.

    Parameters
    ----------
    cases
        Cases of the same options, from the one that takes least to the one that takes most.
    known
        A plan of each case; they need not be nested. What stays of them when they are cut back to
        be so is where the search begins.
    options
        Gap and limits of the search.

    Returns
    -------
    BudgetChain or None
        None where no nested choices were found within the limits, or there are none.
    """
    programs = [formulate(case) for case in cases]
    parts = [as_arrays(program) for program in programs]
    offsets = np.cumsum([0, *(len(part.names) for part in parts)])
    model = HighsModel(_side_by_side(parts, programs))
    costs = np.zeros(len(model.names))
    offset = 0.0
    for number, program in enumerate(programs):
        goal = program.quantities.objective
        offset += float(goal.constant)
        for name, coefficient in goal.terms.items():
            costs[model.position[_named(number, name)]] = float(coefficient)
    model.set_objective(costs, offset)
    ended = model.run(options, start=_start(programs, model, known))
    if ended.values is None or ended.bound is None:
        return None
    choices = []
    for number, program in enumerate(programs):
        own = ended.values[offsets[number] : offsets[number + 1]].tolist()
        choices.append(program.choices(dict(zip(parts[number].names, own, strict=True))))
    return BudgetChain(tuple(choices), raised(ended.bound), ended.stop)


def _named(number: int, name: str) -> str:
    return f"{number}:{name}"


def _side_by_side(parts: Sequence[Arrays], programs: Sequence[Program]) -> Arrays:
    names = tuple(_named(n, name) for n, part in enumerate(parts) for name in part.names)
    position = {name: number for number, name in enumerate(names)}
    starts, columns, values = [np.array([0])], [], []
    below = 0
    for part in parts:
        starts.append(part.starts[1:] + starts[-1][-1])
        columns.append(part.columns + below)
        values.append(part.values)
        below += len(part.names)
    links = [*_links(programs, position)]
    for number, signs in links:
        starts.append(starts[-1][-1:] + len(number))
        columns.append(number)
        values.append(signs)
    free = np.full(len(links), -np.inf), np.zeros(len(links))
    return Arrays(
        names,
        np.concatenate([part.low for part in parts]),
        np.concatenate([part.high for part in parts]),
        np.concatenate([part.integer for part in parts]),
        np.concatenate([*(part.row_low for part in parts), free[0]]),
        np.concatenate([*(part.row_high for part in parts), free[1]]),
        np.concatenate(starts).astype(np.int32),
        np.concatenate(columns).astype(np.int32),
        np.concatenate(values),
    )


def _links(
    programs: Sequence[Program], position: dict[str, int]
) -> Sequence[tuple[np.ndarray, np.ndarray]]:
    found = []
    for number, (one, other) in enumerate(pairwise(programs)):
        for option, starts in one.quantities.starts.items():
            own = [position[_named(number, start.column)] for start in starts]
            next_ = [
                position[_named(number + 1, start.column)]
                for start in other.quantities.starts[option]
            ]
            signs = np.array([1.0] * len(own) + [-1.0] * len(next_))
            found.append((np.array(own + next_), signs))
    return found


def _start(
    programs: Sequence[Program], model: HighsModel, known: Sequence[Sequence[Choice]]
) -> np.ndarray:
    """Return starts of the known plans, cut back so that each is a part of the next."""
    values = np.full(len(model.names), np.nan)
    larger: frozenset[str] | None = None
    for number in reversed(range(len(programs))):
        program = programs[number]
        chosen = {choice.option: choice.start for choice in known[number]}
        if larger is not None:
            chosen = {name: year for name, year in chosen.items() if name in larger}
        for option, starts in program.quantities.starts.items():
            for start in starts:
                year = program.case.first_year + start.year
                taken = chosen.get(option) == year
                values[model.position[_named(number, start.column)]] = float(taken)
        larger = frozenset(chosen)
    return values
