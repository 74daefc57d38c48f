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
from choosebattles.solving.loaded import Loaded
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.space import raised


@dataclass(frozen=True)
class Chain:
    """Choices for each case, each a part of the next, and what no such choices exceed in sum."""

    choices: tuple[tuple[Choice, ...], ...]
    bound: float
    stop: Stop


def nested(
    cases: Sequence[Case], known: Sequence[Sequence[Choice]], options: Options
) -> Chain | None:
    """Return the nested choices that are worth most together.

    Parameters
    ----------
    cases
        Cases of the same options, from the one that takes least to the one that takes most.
    known
        A plan of each case; they need not be nested. What stays of them when they are cut back to
        be so is where the search begins.
    options
        Gap and time limit of the search.

    Returns
    -------
    Chain or None
        None where no nested choices were found in the time, or there are none.
    """
    programs = [formulate(each) for each in cases]
    parts = [as_arrays(each) for each in programs]
    offsets = np.cumsum([0, *(len(each.names) for each in parts)])
    held = Loaded(_side_by_side(parts, programs))
    costs = np.zeros(len(held.names))
    offset = 0.0
    for number, program in enumerate(programs):
        goal = program.quantities.objective
        offset += float(goal.constant)
        for name, coefficient in goal.terms.items():
            costs[held.position[_named(number, name)]] = float(coefficient)
    held.aim(costs, offset)
    ended = held.run(options, start=_start(programs, held, known))
    if ended.values is None or ended.bound is None:
        return None
    choices = []
    for number, program in enumerate(programs):
        own = ended.values[offsets[number] : offsets[number + 1]].tolist()
        choices.append(program.choices(dict(zip(parts[number].names, own, strict=True))))
    return Chain(tuple(choices), raised(ended.bound), ended.stop)


def _named(number: int, name: str) -> str:
    return f"{number}:{name}"


def _side_by_side(parts: Sequence[Arrays], programs: Sequence[Program]) -> Arrays:
    names = tuple(_named(n, name) for n, each in enumerate(parts) for name in each.names)
    position = {name: number for number, name in enumerate(names)}
    starts, columns, values = [np.array([0])], [], []
    below = 0
    for each in parts:
        starts.append(each.starts[1:] + starts[-1][-1])
        columns.append(each.columns + below)
        values.append(each.values)
        below += len(each.names)
    links = [*_links(programs, position)]
    for number, signs in links:
        starts.append(starts[-1][-1:] + len(number))
        columns.append(number)
        values.append(signs)
    free = np.full(len(links), -np.inf), np.zeros(len(links))
    return Arrays(
        names,
        np.concatenate([each.low for each in parts]),
        np.concatenate([each.high for each in parts]),
        np.concatenate([each.whole for each in parts]),
        np.concatenate([*(each.row_low for each in parts), free[0]]),
        np.concatenate([*(each.row_high for each in parts), free[1]]),
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
            own = [position[_named(number, each.column)] for each in starts]
            next_ = [
                position[_named(number + 1, each.column)]
                for each in other.quantities.starts[option]
            ]
            signs = np.array([1.0] * len(own) + [-1.0] * len(next_))
            found.append((np.array(own + next_), signs))
    return found


def _start(
    programs: Sequence[Program], held: Loaded, known: Sequence[Sequence[Choice]]
) -> np.ndarray:
    """Return starts of the known plans, cut back so that each is a part of the next."""
    values = np.full(len(held.names), np.nan)
    larger: frozenset[str] | None = None
    for number in reversed(range(len(programs))):
        program = programs[number]
        chosen = {each.option: each.start for each in known[number]}
        if larger is not None:
            chosen = {name: year for name, year in chosen.items() if name in larger}
        for option, starts in program.quantities.starts.items():
            for each in starts:
                year = program.case.first_year + each.year
                taken = chosen.get(option) == year
                values[held.position[_named(number, each.column)]] = float(taken)
        larger = frozenset(chosen)
    return values
