"""People and synergies: what the plan asks for and what it brings together."""

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Column, Page
from choosebattles.words import _


def write_people(book: Book, page: Page) -> None:
    """Write every skill in every year."""
    line = _("People of each skill and year: at work, in the supply, and trained by the plan.")
    page.head(book.titled(_("People")), line)
    titles = (
        _("Building"),
        _("Running"),
        _("Needed"),
        _("Supply"),
        _("Trained"),
        _("Left"),
    )
    book.areas["people"] = page.table(
        [
            Column(_("Skill"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 46),
            Column(_("Year"), Kind.YEAR, 8),
            *(Column(each, Kind.PEOPLE, 11) for each in titles),
        ],
        [
            (
                each.skill,
                each.title,
                each.year,
                each.building,
                each.running,
                each.needed,
                each.supply,
                each.trained,
                each.left,
            )
            for each in book.answer.people
        ],
        name="People",
        keep=3,
    )


def write_synergies(book: Book, page: Page) -> None:
    """Write the synergies that are reached."""
    page.head(book.titled(_("Synergies")), _("Synergies that the plan reaches, and when."))
    book.areas["synergies"] = page.table(
        [
            Column(_("Rule"), Kind.NAME, 14),
            Column(_("Investments"), Kind.TEXT, 70),
            Column(_("Years"), Kind.NAME, 16),
        ],
        [(each.rule, each.members, each.years) for each in book.answer.synergies],
        name="Synergies",
    )
