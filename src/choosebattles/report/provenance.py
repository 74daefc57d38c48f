"""What was read before solving: the files, doubts, notices and the control totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Self

from choosebattles import __version__
from choosebattles.errors import Fault, gathered
from choosebattles.report.number_wording import plain
from choosebattles.translation import _
from choosebattles.workbook.control_totals import Totals

SHOWN = 12
"""Digits of a checksum in one line; the results have them all."""


@dataclass(frozen=True)
class ReadFile:
    """One file of a case, with the checksum by which it can be recognised."""

    name: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the name and checksum of a file as it is now."""
        return cls(path.name, sha256(path.read_bytes()).hexdigest())


@dataclass(frozen=True)
class Provenance:
    """Where an answer comes from, besides the case itself.

    ``totals`` are names of control totals with what they came to; ``notes`` say in which points
    the case was changed once it was read.
    """

    files: tuple[ReadFile, ...] = ()
    doubts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    totals: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        paths: Iterable[Path],
        doubts: Sequence[Fault] = (),
        notices: Sequence[Fault] = (),
        totals: Totals | None = None,
        notes: Iterable[str] = (),
    ) -> Self:
        """Return where an answer comes from; to be asked right after reading.

        Parameters
        ----------
        paths
            The files that were read.
        doubts
            What may change the answer and may be meant, each with its place.
        notices
            What else was odd, and harmless or confirmed.
        totals
            Control totals of what was read.
        notes
            In which points the case was changed.
        """
        return cls(
            tuple(ReadFile.of(path) for path in paths),
            tuple(gathered(doubts)),
            tuple(gathered(notices)),
            tuple(_named(totals)) if totals else (),
            tuple(notes),
        )


def origin_line(files: Iterable[ReadFile], made: date, edition: str = "", name: str = "") -> str:
    """Return in a line from which files an answer comes, and when it was made with what.

    Parameters
    ----------
    files
        The files that were read.
    made
        The day.
    edition
        Version and date of the workbook, and who approved it, where it says.
    name
        What the answer is made from where no file was read.
    """
    named = [f"{file.name} ({file.sha256[:SHOWN]})" for file in files]
    source = ", ".join(named) or name
    if edition:
        source = f"{source} · {edition}"
    return _("{source} · choosebattles {version} · {made}").format(
        source=source, version=__version__, made=f"{made}"
    )


def _named(totals: Totals) -> Iterator[tuple[str, float]]:
    for sheet, rows in totals.rows.items():
        yield _("Rows read on {sheet}").format(sheet=sheet), rows
    yield _("Investments"), totals.investments
    yield _("Options"), totals.options
    for fund, amounts in totals.money.items():
        for year, amount in amounts.items():
            yield f"{fund} {year}", plain(amount)
    yield _("Cost years of all rows together"), plain(totals.build_cost)
    yield _("Running cost of all rows together"), plain(totals.running_cost)
    if totals.income:
        yield _("Income years of all rows together"), plain(totals.income)
    for criterion, points in totals.scores.items():
        yield _("Scores on {criterion} together").format(criterion=criterion), plain(points)
