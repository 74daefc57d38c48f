"""How long a simulation would take, and how that is known: told at a terminal alone."""

from choosebattles.execution.executor import cores
from choosebattles.report.document import SCREEN, Column, Document, Kind, Section, Sentences, Table
from choosebattles.report.wording import at_most, duration
from choosebattles.translation import _
from choosebattles.uncertainty.estimate import Estimate

MANY = 16
"""Workers that are told of besides those at hand."""


def document(found: Estimate) -> Document:
    """Return what is said of an estimate."""
    low, high = found.between
    headline = _(
        "{draws:,} draws would take about {hours} of one processor ({low} to {high})."
    ).format(
        draws=found.draws,
        hours=duration(found.seconds),
        low=duration(low),
        high=duration(high),
    )
    measured = _(
        "Measured on {number} draws: {answer:.2g} s to answer one, {recount:.2g} s to recount "
        "{plans} plans in it, {start:.2g} s for a worker to begin; processor time. Workers each need "
        "a processor of their own."
    ).format(
        number=found.measured,
        answer=found.answering,
        recount=found.recounting,
        plans=found.plans,
        start=found.starting,
    )
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


def rounded_up(number: float) -> str:
    """Return a number rounded up in its second digit, as a reader expects it: 130, not 1.3e+02."""
    return f"{at_most(number):,.10g}"
