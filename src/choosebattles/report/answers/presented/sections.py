"""The sections of a plan that are presented, in the order in which people ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from choosebattles.case.units import Id
from choosebattles.frontier.points import Frontier
from choosebattles.report.answers.presented.amounts import steady
from choosebattles.report.answers.presented.decision import decision
from choosebattles.report.answers.presented.indices import indices
from choosebattles.report.answers.presented.left_out import left_out
from choosebattles.report.answers.presented.money import money
from choosebattles.report.answers.presented.next_steps import next_steps
from choosebattles.report.answers.presented.nothing import nothing
from choosebattles.report.answers.presented.services import services
from choosebattles.report.answers.presented.timeline import timeline
from choosebattles.report.answers.presented.trade_off import trade_off
from choosebattles.report.answers.presented.trust import (
    commitments,
    conditions,
    must_hold,
    oddities,
    proof,
    provenance,
)
from choosebattles.report.document import Section
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import Answer, Story
from choosebattles.solving.outcome import Outcome
from choosebattles.translation import _


@dataclass(frozen=True)
class Besides:
    """What is shown beside the answer: the frontier, prices of what is left out."""

    frontier: Frontier | None = None
    prices: Mapping[Id, tuple[float, float]] = field(default_factory=dict)


def subject(story: Story) -> str:
    """Return of which country and years a plan speaks."""
    first, last = story.years[0], story.years[-1]
    return _("{name}, {years}: which battles to choose").format(
        name=steady(story.country or story.name),
        years=f"{first}-{last}" if last > first else f"{first}",
    )


def presented(
    outcome: Outcome,
    story: Story,
    origin: Provenance,
    made: date,
    besides: Besides | None = None,
) -> Iterator[Section]:
    """Yield the sections of slides and documents, in the order in which people ask."""
    if story.answer is None:
        yield from nothing(story)
    else:
        yield from _of_plan(outcome, story, story.answer, besides or Besides())
    yield provenance(story, origin, f"{made}")


def _of_plan(outcome: Outcome, story: Story, answer: Answer, besides: Besides) -> Iterator[Section]:
    yield decision(outcome, story, answer)
    yield from timeline(story, answer)
    yield money(story, answer)
    yield indices(answer)
    if (kept := services(story, answer)) is not None:
        yield kept
    yield left_out(story, answer, outcome.case, besides.prices)
    yield must_hold(story, answer)
    if besides.frontier is not None:
        traced = trade_off(story, answer, besides.frontier, outcome.plan)
        if traced is not None:
            yield traced
    if (steps := next_steps(story, answer)) is not None:
        yield steps
    yield commitments(story, answer)
    yield conditions(story, answer)
    if story.doubted or story.notices:
        yield oddities(story)
    yield proof(story)
