"""The columns of a waterfall: each begins where the one before ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.report.document import Numbers
from choosebattles.report.number_wording import plain, points, signed


@dataclass(frozen=True)
class Piece:
    """One column: what lifts it off the axis, and what is seen.

    ``below`` is the part under the axis of a step that crosses it.
    """

    name: str
    base: float
    level: float | None = None
    rise: float | None = None
    fall: float | None = None
    below: float | None = None


def pieces(names: Sequence[str], numbers: Numbers) -> tuple[Piece, ...]:
    """Return the columns of a waterfall, each name with its number.

    Parameters
    ----------
    names
        Of the level before, of every step, of the level after.
    numbers
        The level before, what each step adds, the level after.
    """
    before, *changes, after = (number or 0.0 for number in numbers)
    first, *steps, last = names
    columns = [Piece(f"{first} {points(before)}", 0.0, level=plain(before))]
    here = before
    for name, change in zip(steps, changes, strict=True):
        columns.append(_piece(signed(name, change), here, here + change))
        here += change
    columns.append(Piece(f"{last} {points(after)}", 0.0, level=plain(after)))
    return tuple(columns)


def _piece(name: str, start: float, stop: float) -> Piece:
    low, high = min(start, stop), max(start, stop)
    base, seen, below = low, high - low, None
    if low < 0 < high:
        base, seen, below = 0.0, high, plain(low)
    elif high <= 0:
        base, seen = high, low - high
    base, seen = plain(base), plain(seen)
    if stop >= start:
        return Piece(name, base, rise=seen, below=below)
    return Piece(name, base, fall=seen, below=below)
