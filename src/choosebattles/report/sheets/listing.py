"""Which sheets a story has, in the order in which people ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from choosebattles.report.sheets import (
    conflict,
    contributions,
    exposed,
    heat,
    options,
    own,
    plan,
    rests_on,
    spending,
    state,
    summary,
)
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.page import Page
from choosebattles.report.story import Answer, Story
from choosebattles.words import _

Writer = Callable[[Book, Page, Workbook], None]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: its name, the question that it answers, who writes it."""

    name: str
    answers: str
    write: Writer


def sheets(story: Story, more: Sequence[Sheet] = ()) -> tuple[Sheet, ...]:
    """Return the sheets after the contents: for a minister, a finance official, an auditor.

    Further ones stand between the answer and what it rests on.
    """
    found = [
        Sheet(
            _("Summary"),
            _("What does the plan bring, what does it cost, and is it proved to be best?"),
            summary.write,
        )
    ]
    if story.answer is not None:
        found += _of_answer(story.answer)
    if story.conflict_rows:
        answers = _("What cannot all hold, and what would make a plan possible?")
        found.append(Sheet(_("Conflict"), answers, _plain(conflict.write_conflict)))
    found += more
    found.append(
        Sheet(
            _("Inputs"), _("What was read, and how was it solved?"), _plain(rests_on.write_inputs)
        )
    )
    if story.criteria:
        answers = _("What do the scores mean?")
        found.append(Sheet(_("Criteria"), answers, _plain(rests_on.write_criteria)))
    if story.sources:
        answers = _("Where do the figures come from?")
        found.append(Sheet(_("Sources"), answers, _plain(rests_on.write_sources)))
    return tuple(found)


def _of_answer(answer: Answer) -> list[Sheet]:
    asked: tuple[tuple[object, str, str, Writer], ...] = (
        (
            True,
            _("Plan"),
            _("What is started when, what does it cost, and who pays?"),
            _plain(plan.write_plan),
        ),
        (
            True,
            _("Contributions"),
            _("What does each investment add to each index?"),
            contributions.write,
        ),
        (
            True,
            _("Spending"),
            _("What does each fund spend, hold, set aside and have left, by year?"),
            spending.write,
        ),
        (
            answer.commitments,
            _("Commitments"),
            _("What falls due, or goes on, after the last year?"),
            _plain(plan.write_commitments),
        ),
        (
            answer.rejected,
            _("Not chosen"),
            _("Why is something not in the plan?"),
            _plain(options.write_rejected),
        ),
        (
            answer.own_worth,
            _("Own plan"),
            _("What is your own plan worth, what does it cost, what does it break?"),
            _plain(own.write_worth),
        ),
        (
            answer.own,
            _("Own plan, by row"),
            _("Where do your own plan and this one differ?"),
            _plain(own.write_rows),
        ),
        (
            answer.people,
            _("People"),
            _("Are there people enough to build and run it?"),
            _plain(state.write_people),
        ),
        (
            answer.services,
            _("Services"),
            _("What goes on working in a shock, before and after?"),
            _plain(heat.write_services),
        ),
        (
            answer.exposure,
            _("Exposure"),
            _("What could a foreign law, a vendor or a place take away, before and after?"),
            _plain(exposed.write_exposure),
        ),
        (
            answer.synergies,
            _("Synergies"),
            _("Which synergies does the plan reach?"),
            _plain(state.write_synergies),
        ),
        (
            True,
            _("Scores"),
            _("Which scores, costs and grades of evidence does it rest on?"),
            _plain(options.write_scores),
        ),
        (True, _("Checks"), _("Does the workbook add up?"), _later),
    )
    return [Sheet(name, answers, write) for there, name, answers, write in asked if there]


def _plain(write: Callable[[Book, Page], None]) -> Writer:
    """Return the writer of a sheet without charts."""
    return lambda book, page, _workbook: write(book, page)


def _later(_book: Book, _page: Page, _workbook: Workbook) -> None:
    """Leave a sheet to whoever has seen all the others."""
