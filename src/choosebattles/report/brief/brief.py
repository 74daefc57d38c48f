"""The brief of an answer: its chapters in the order in which people ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from choosebattles import __version__
from choosebattles.case.units import Id
from choosebattles.frontier.shape import Frontier
from choosebattles.report.brief.nothing import nothing
from choosebattles.report.brief.numbers import indices, money, services
from choosebattles.report.brief.plan import decision, left_out, timeline
from choosebattles.report.brief.shapes import Brief, Chapter
from choosebattles.report.brief.trade_off import trade_off
from choosebattles.report.brief.trust import (
    binding,
    commitments,
    conditions,
    proof,
    provenance,
    risks,
    trust,
)
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import Story
from choosebattles.solving.outcome import Outcome
from choosebattles.words import _

SHOWN = 12
"""Digits of a checksum in one line; the document has them all."""


@dataclass(frozen=True)
class Asked:
    """What was asked for beside the answer: the frontier, prices of what is left out."""

    frontier: Frontier | None = None
    prices: Mapping[Id, tuple[float, float]] = field(default_factory=dict)


def brief(
    outcome: Outcome,
    story: Story,
    origin: Provenance,
    made: date,
    asked: Asked | None = None,
) -> Brief:
    """Return what is presented of an answer.

    Parameters
    ----------
    outcome
        The answer, recounted.
    story
        What is to be said of it; every number of the chapters is one of it, or one of what was
        asked for.
    origin
        The files that were read.
    made
        The day that is printed.
    asked
        What was asked for besides.
    """
    span = f"{story.years[0]}-{story.years[-1]}" if len(story.years) > 1 else f"{story.years[0]}"
    subtitle = f"{story.money_line} {story.edition}." if story.edition else story.money_line
    return Brief(
        _("{name}, {years}: which battles to choose").format(
            name=story.country or story.name, years=span
        ),
        subtitle,
        _("Illustrative figures") if story.illustrative else "",
        _origin(story, origin, made),
        tuple(_chapters(outcome, story, asked or Asked(), provenance(story, origin, f"{made}"))),
    )


def _origin(story: Story, origin: Provenance, made: date) -> str:
    files = [f"{each.name} ({each.sha256[:SHOWN]})" for each in origin.files]
    source = ", ".join(files) or story.name
    if story.edition:
        source = f"{source} · {story.edition}"
    return _("{source} · choosebattles {version} · {made}").format(
        source=source, version=__version__, made=f"{made}"
    )


def _chapters(
    outcome: Outcome, story: Story, asked: Asked, where_from: Chapter
) -> Iterator[Chapter]:
    answer = story.answer
    if answer is None:
        yield from nothing(story)
        yield where_from
        return
    yield decision(story, answer)
    yield from timeline(story, answer)
    yield money(story, answer)
    yield indices(answer)
    kept = services(answer)
    if kept is not None:
        yield kept
    yield left_out(story, answer, outcome.case, asked.prices)
    bound = binding(story)
    if bound is not None:
        yield bound
    traced = (
        None if asked.frontier is None else trade_off(story, answer, asked.frontier, outcome.plan)
    )
    if traced is not None:
        yield traced
    yield commitments(story, answer)
    yield conditions(story, answer)
    yield risks(story, answer)
    yield proof(story, answer)
    yield trust(story, answer)
    yield where_from
