"""The results workbook: what a minister, a finance official and an auditor read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from choosebattles.report.sheets import options, plan, rests_on, spending, state, summary
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.checks import seal as seal_with
from choosebattles.report.sheets.checks import write_checks, write_contents
from choosebattles.report.sheets.looks import FACE, SIZE, Looks
from choosebattles.report.sheets.page import Declared, Page
from choosebattles.report.story import Story
from choosebattles.words import _

Writer = Callable[[Book, Page], None]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: its name, the question that it answers, who writes it."""

    name: str
    answers: str
    write: Writer


@dataclass(frozen=True)
class Rendered:
    """What was written, for whoever verifies it: sheets, master check, formulas with values."""

    sheets: tuple[str, ...]
    master: str
    """What the master check says; empty where there is no plan and so nothing to add up."""
    formulas: tuple[Declared, ...]


def render(story: Story, path: Path, *, made: datetime | None = None) -> Rendered:
    """Write a story as a workbook.

    Parameters
    ----------
    story
        What is to be said.
    path
        The file, which is overwritten.
    made
        When; now unless said otherwise.

    Raises
    ------
    AuditError
        If a number of the story is none.
    """
    made = made or datetime.now(UTC)
    refused = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "default_format_properties": {"font_name": FACE, "font_size": SIZE},
    }
    with Workbook(str(path), refused) as workbook:
        return _written(story, workbook, made)


def _written(story: Story, workbook: Workbook, made: datetime) -> Rendered:
    book = Book(story)
    looks = Looks(workbook, story.decimals)
    contents, checks = _("Contents"), _("Checks")
    sheets = tuple(_sheets(story, workbook))
    names = [contents, *(each.name for each in sheets)]
    pages = {name: Page(workbook.add_worksheet(name), looks, name) for name in names}
    for each in sheets:
        each.write(book, pages[each.name])
    master = None
    if story.answer is not None:
        master = write_checks(book, pages[checks])
        seal_with(pages[_("Summary")], master)
    listed = [(each.name, each.answers) for each in sheets]
    write_contents(book, pages[contents], listed, master, made.date())
    _properties(story, workbook, made)
    return Rendered(
        tuple(names),
        str(master.value) if master else "",
        tuple(each for page in pages.values() for each in page.declared),
    )


def _sheets(story: Story, workbook: Workbook) -> list[Sheet]:
    def with_charts(write: Callable[[Book, Page, Workbook], None]) -> Writer:
        return lambda book, page: write(book, page, workbook)

    def later(_book: Book, _page: Page) -> None:
        """Leave a sheet to whoever has seen all the others."""

    found = [
        Sheet(
            _("Summary"),
            _("What does the plan bring, what does it cost, and is it proved to be best?"),
            with_charts(summary.write),
        )
    ]
    answer = story.answer
    if answer is not None:
        asked = (
            (
                True,
                _("Plan"),
                _("What is started when, what does it cost, and who pays?"),
                plan.write_plan,
            ),
            (
                True,
                _("Spending"),
                _("What does each fund spend, hold, set aside and have left, by year?"),
                with_charts(spending.write),
            ),
            (
                answer.commitments,
                _("Commitments"),
                _("What falls due, or goes on, after the last year?"),
                plan.write_commitments,
            ),
            (
                answer.rejected,
                _("Not chosen"),
                _("Why is something not in the plan?"),
                options.write_rejected,
            ),
            (
                answer.own,
                _("Own plan"),
                _("How does your own plan differ from the best one?"),
                options.write_own,
            ),
            (
                answer.people,
                _("People"),
                _("Are there people enough to build and run it?"),
                state.write_people,
            ),
            (
                answer.services,
                _("Services"),
                _("What goes on working in a shock, before and after?"),
                state.write_services,
            ),
            (
                answer.synergies,
                _("Synergies"),
                _("Which synergies does the plan reach?"),
                state.write_synergies,
            ),
            (
                True,
                _("Scores"),
                _("Which scores, costs and grades of evidence does it rest on?"),
                options.write_scores,
            ),
            (True, _("Checks"), _("Does the workbook add up?"), later),
        )
        found += [Sheet(name, text, write) for there, name, text, write in asked if there]
    found.append(
        Sheet(_("Inputs"), _("What was read, and how was it solved?"), rests_on.write_inputs)
    )
    if story.criteria:
        found.append(Sheet(_("Criteria"), _("What do the scores mean?"), rests_on.write_criteria))
    if story.sources:
        found.append(
            Sheet(_("Sources"), _("Where do the figures come from?"), rests_on.write_sources)
        )
    return found


def _properties(story: Story, workbook: Workbook, made: datetime) -> None:
    place = f"{story.country}, " if story.country else ""
    workbook.set_properties(
        {
            "title": f"{place}{story.years[0]}-{story.years[-1]}: choosebattles",
            "subject": story.headline[:250],
            "author": "choosebattles",
            "comments": " ".join(story.proof),
            "created": made.replace(tzinfo=None),
        }
    )
    workbook.set_custom_property("choosebattles results", 1)
