"""How long a study would take, and how that is known: told at a terminal alone."""

from collections.abc import Iterator

from choosebattles.execution.executor import cores
from choosebattles.report.document import SCREEN, Column, Document, Kind, Section, Sentences, Table
from choosebattles.report.number_wording import at_most, duration
from choosebattles.translation import _, several
from choosebattles.uncertainty.estimate import Estimate

MANY = 16
"""Workers that are told of besides those at hand."""


def document(found: Estimate, what: str) -> Document:
    """Return what is said of an estimate; ``what`` says what it is of, in the plural."""
    low, high = found.between
    headline = _(
        "{count:,} {what} would take about {hours} of one processor ({low} to {high})."
    ).format(
        count=found.count,
        what=what,
        hours=duration(found.seconds),
        low=duration(low),
        high=duration(high),
    )
    measured = _(
        "Measured on {number} {what}: {seconds}; processor time. Workers each need a processor of "
        "their own."
    ).format(number=found.measured, what=what, seconds=", ".join(_seconds(found)))
    if found.indices:
        text = _("Indices take {number:,} further draws at most, counted in.")
        measured += " " + text.format(number=found.indices)
    file = _("The study file would take about {size} MB (--study STUDY.sqlite).").format(
        size=rounded_up(found.size / 1e6)
    )
    cost = _("What it costs is these hours times the price of a processor for an hour.")
    columns = (Column(_("workers"), Kind.NAME), Column(_("time"), Kind.FIGURES))
    rows = [
        (str(number), duration(found.waiting(number))) for number in sorted({1, 2, cores(), MANY})
    ]
    blocks = (Sentences((headline,)), Table("", columns, rows), Sentences((measured, file, cost)))
    return Document(headline, (Section("", blocks, on=SCREEN),), headline=headline)


def _seconds(found: Estimate) -> Iterator[str]:
    yield _("{seconds:.2g} s to answer one").format(seconds=found.answering)
    if found.plans:
        text = several(
            "{seconds:.2g} s to recount {plans} plan in it",
            "{seconds:.2g} s to recount {plans} plans in it",
            found.plans,
        )
        yield text.format(seconds=found.recounting, plans=found.plans)
    yield _("{seconds:.2g} s for a worker to begin").format(seconds=found.starting)


def rounded_up(number: float) -> str:
    """Return a number rounded up in its second digit, as a reader expects it: 130, not 1.3e+02."""
    return f"{at_most(number):,.10g}"
