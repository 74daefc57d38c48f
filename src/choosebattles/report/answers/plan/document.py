"""The document of a plan."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Unpack

from choosebattles.audit.recount import Recount
from choosebattles.errors import AuditError
from choosebattles.execution.protection import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.answers.plan import inputs, money, options, own, state
from choosebattles.report.answers.plan.checks import checks
from choosebattles.report.answers.plan.summary import on_screen, summary
from choosebattles.report.document import Decimals, Document, Formula, Lead, Section
from choosebattles.report.outputs.workbook.writer import write_workbook
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import Answer, Story, tell
from choosebattles.solving.outcome import Outcome
from choosebattles.words import _


def document(outcome: Outcome, story: Story, more: Iterable[Section] = ()) -> Document:
    """Return what is said of an outcome.

    Parameters
    ----------
    outcome
        The answer; it may be that there is no plan.
    story
        What is to be said of it.
    more
        Further sections, which stand between the answer and what it rests on.

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or what is said does not add up.
    """
    if outcome.plan is not None:
        _confirmed(outcome.recount)
    proved = None if story.answer is None else checks(story, story.answer)
    seal = None
    if proved is not None:
        (held,) = (lead for lead in proved.leads if isinstance(lead, Formula))
        seal = Formula("{0}", held.value, (Lead(proved.name),))
    span = f"{story.years[0]}-{story.years[-1]}"
    return Document(
        f"{story.country}, {span}" if story.country else span,
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
        ),
        subtitle=story.money_line,
        country=story.country,
        illustrative=story.illustrative,
        source=story.name,
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
        yield own.worth(answer.own_worth)
    if answer.own:
        yield own.by_row(answer.own)
    if answer.people:
        yield state.people(answer)
    if answer.services:
        yield state.services(answer)
    if answer.exposure is not None:
        yield state.exposure(answer.exposure)
    if answer.synergies:
        yield state.synergies(answer)
    yield options.scores(story, answer)


def _confirmed(recount: Recount | None) -> None:
    """Refuse a plan that the audit has not confirmed."""
    if recount is None:
        raise AuditError(_("The plan was not recounted, so nothing was written."))
    if not recount.passed:
        broken = " ".join(f"{violation.text}." for violation in recount.violations)
        sentence = _("The plan breaks what it must keep, so nothing was written. {broken}")
        raise AuditError(sentence.format(broken=broken))


def write_results(
    outcome: Outcome,
    path: Path | str,
    *,
    provenance: Provenance | None = None,
    made: datetime | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write the results workbook of an outcome, so that a failure harms no earlier one.

    Parameters
    ----------
    outcome
        The answer; it may be that there is no plan.
    path
        Where the workbook shall stand.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    made
        When; now unless said otherwise.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Returns
    -------
    Written
        Where the workbook stands, with a note if that is elsewhere.

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or the workbook does not add up.
    OutputError
        If the file cannot be written.
    """
    said = document(outcome, tell(outcome, provenance))
    return write_workbook(said, Path(path), made=made, **guard)
