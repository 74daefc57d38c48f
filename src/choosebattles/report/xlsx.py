"""The results workbook: what a minister, a finance official and an auditor read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from xlsxwriter import Workbook

from choosebattles.audit.recount import Recount
from choosebattles.errors import AuditError
from choosebattles.execution.protection import OFFICE_MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.provenance import Provenance
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.checks import all_hold, write_checks, write_contents
from choosebattles.report.sheets.checks import seal as seal_with
from choosebattles.report.sheets.listing import Sheet, sheets
from choosebattles.report.sheets.looks import FACE, SIZE, Looks
from choosebattles.report.sheets.page import Declared, Page
from choosebattles.report.story import Story, tell
from choosebattles.report.verify import verify
from choosebattles.solving.outcome import Outcome
from choosebattles.words import _

REFUSED = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
    "default_format_properties": {"font_name": FACE, "font_size": SIZE},
}
"""What a workbook never does with texts and numbers, and its face."""


@dataclass(frozen=True)
class Rendered:
    """What was written, for whoever verifies it: sheets, master check, formulas with values."""

    sheets: tuple[str, ...]
    master: str
    """What the master check says; empty where there is no plan and so nothing to add up."""
    formulas: tuple[Declared, ...]
    adds_up: bool = True
    """Whether every check holds."""


def write_results(
    outcome: Outcome,
    path: Path | str,
    *,
    provenance: Provenance | None = None,
    made: datetime | None = None,
    more: Sequence[Sheet] = (),
    check: Callable[[Path], None] | None = None,
    story: Story | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write the results workbook of an outcome, so that a failure harms no earlier one.

    The new file is written beside the old one, read back, compared with what it was meant to
    say, and only then put in its place.

    Parameters
    ----------
    outcome
        The answer; it may be that there is no plan.
    path
        Where the workbook shall stand.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).
    made
        When; now unless said otherwise.
    more
        Further sheets, which stand after those of the answer.
    check
        Reads the written file back and raises an error where a further sheet is wrong.
    story
        What is to be said of the outcome, where that is at hand already.

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
    if outcome.plan is not None:
        _confirmed(outcome.recount)
    told = story or tell(outcome, provenance)
    rendered: list[Rendered] = []

    def write(partial: Path) -> None:
        rendered.append(render(told, partial, made=made, more=more))
        if not rendered[-1].adds_up:
            sentence = _("The results do not add up ({master}), so nothing was written.")
            raise AuditError(sentence.format(master=rendered[-1].master))

    def read_back(partial: Path) -> None:
        verify(partial, told, rendered[-1].sheets, rendered[-1].formulas)
        if check is not None:
            check(partial)

    return write_safely(Path(path), write, read_back, **guard)


def _confirmed(recount: Recount | None) -> None:
    """Refuse a plan that the audit has not confirmed."""
    if recount is None:
        raise AuditError(_("The plan was not recounted, so nothing was written."))
    if not recount.passed:
        told = " ".join(f"{each.text}." for each in recount.violations)
        sentence = _("The plan breaks what it must keep, so nothing was written. {told}")
        raise AuditError(sentence.format(told=told))


def render(
    story: Story, path: Path, *, made: datetime | None = None, more: Sequence[Sheet] = ()
) -> Rendered:
    """Write a story as a workbook.

    Parameters
    ----------
    story
        What is to be said.
    path
        The file, which is overwritten.
    made
        When; now unless said otherwise.
    more
        Further sheets, which stand before what the answer rests on.

    Raises
    ------
    AuditError
        If a number of the story is none.
    """
    made = made or datetime.now(UTC)
    with Workbook(str(path), REFUSED) as workbook:
        return _written(story, workbook, made, more)


def _written(story: Story, workbook: Workbook, made: datetime, more: Sequence[Sheet]) -> Rendered:
    book = Book(story)
    looks = Looks(workbook, story.decimals, story.share_decimals, story.point_decimals)
    contents, checks = _("Contents"), _("Checks")
    listing = sheets(story, more)
    names = [contents, *(each.name for each in listing)]
    pages = {name: Page(workbook.add_worksheet(name), looks, name) for name in names}
    for each in listing:
        each.write(book, pages[each.name], workbook)
    master = None
    if story.answer is not None:
        master = write_checks(book, pages[checks])
        seal_with(pages[_("Summary")], master)
    listed = [(each.name, each.answers) for each in listing]
    write_contents(book, pages[contents], listed, master, made.date())
    _properties(story, workbook, made)
    return Rendered(
        tuple(names),
        str(master.value) if master else "",
        tuple(each for page in pages.values() for each in page.declared),
        adds_up=master is None or master.value == all_hold(book.checks),
    )


def _properties(story: Story, workbook: Workbook, made: datetime) -> None:
    place = f"{story.country}, " if story.country else ""
    workbook.set_properties(
        OFFICE_MARK
        | {
            "title": f"{place}{story.years[0]}-{story.years[-1]}: choosebattles",
            "subject": story.headline[:250],
            "comments": " ".join(story.proof),
            "created": made.replace(tzinfo=None),
        }
    )
    workbook.set_custom_property("choosebattles results", 1)
