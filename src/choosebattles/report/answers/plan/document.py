"""The document of a plan."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from choosebattles.errors import AuditError
from choosebattles.report.answers.plan import inputs, money, options, own_plan
from choosebattles.report.answers.plan.checks import checks
from choosebattles.report.answers.plan.exposure import exposure
from choosebattles.report.answers.plan.people import people
from choosebattles.report.answers.plan.services import services
from choosebattles.report.answers.plan.summary import on_screen, summary
from choosebattles.report.answers.plan.synergies import synergies
from choosebattles.report.answers.presented.sections import (
    Besides,
    presented,
    subject,
)
from choosebattles.report.document import Decimals, Document, Formula, Lead, Section
from choosebattles.report.provenance import Provenance, origin_line
from choosebattles.report.view_model import Answer, Story
from choosebattles.solving.outcome import Outcome
from choosebattles.translation import _


def document(
    outcome: Outcome,
    story: Story,
    provenance: Provenance | None = None,
    *,
    besides: Besides | None = None,
    more: Iterable[Section] = (),
    made: date | None = None,
) -> Document:
    """Return what is said of an outcome: sheets, slides and documents.

    Parameters
    ----------
    outcome
        The answer; it may be that there is no plan.
    story
        What is to be said of it.
    provenance
        The files that were read.
    besides
        What slides and documents show besides.
    more
        Further sections, which stand between the answer and what it rests on.
    made
        The day that is printed; today unless said otherwise.

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or what is said does not add up.
    """
    confirmed(outcome)
    proved = None if story.answer is None else checks(story, story.answer)
    seal = None
    if proved is not None:
        (verdict,) = (lead for lead in proved.leads if isinstance(lead, Formula))
        seal = Formula("{0}", verdict.value, (Lead(proved.name),))
    origin = provenance or Provenance()
    day = made or datetime.now(UTC).date()
    return Document(
        subject(story),
        (
            on_screen(outcome.case, story),
            summary(story, seal),
            *(() if story.answer is None else _of_answer(story, story.answer)),
            *(() if proved is None else (proved,)),
            *((inputs.conflict(story),) if story.conflict_rows else ()),
            *more,
            inputs.inputs(story),
            *((inputs.criteria(story),) if story.criteria else ()),
            *((inputs.sources(story),) if story.sources else ()),
            *presented(outcome, story, origin, day, besides),
        ),
        subtitle=f"{story.money_line} {story.edition}." if story.edition else story.money_line,
        country=story.country,
        illustrative=story.illustrative,
        origin=origin_line(origin.files, day, story.edition, story.name),
        source=story.name,
        evidence=" · ".join(filter(None, (story.sources_line, story.name, f"{day}"))),
        headline=story.headline,
        proof=" ".join(story.proof),
        decimals=Decimals(story.decimals, story.share_decimals, story.point_decimals),
        doubts=story.doubts,
        results=1,
        contents=True,
        seal=seal,
    )


def _of_answer(story: Story, answer: Answer) -> Iterator[Section]:
    yield money.plan(story, answer)
    yield options.contributions(answer)
    yield money.spending(story, answer)
    if answer.commitments:
        yield money.commitments(story, answer)
    if answer.rejected:
        yield options.rejected(story, answer)
    if answer.own_worth is not None:
        yield own_plan.worth(answer.own_worth)
    if answer.own:
        yield own_plan.by_row(answer.own)
    if answer.people:
        yield people(answer)
    if answer.services:
        yield services(answer)
    if answer.exposure is not None:
        yield exposure(answer.exposure)
    if answer.synergies:
        yield synergies(answer)
    yield options.scores(story, answer)


def confirmed(outcome: Outcome) -> None:
    """Refuse a plan that the audit has not confirmed.

    Raises
    ------
    AuditError
        With what the plan breaks.
    """
    if outcome.plan is None:
        return
    if outcome.recount is None:
        raise AuditError(_("The plan was not recounted, so nothing was written."))
    if not outcome.recount.passed:
        broken = " ".join(f"{violation.text}." for violation in outcome.recount.violations)
        sentence = _("The plan breaks what it must keep, so nothing was written. {broken}")
        raise AuditError(sentence.format(broken=broken))
