"""The first sheet: five steps in plain words, where everything is, and what the colours mean."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from choosebattles.translation import _
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.sheets import CHECKS, START
from choosebattles.workbook.writing import formats as colours
from choosebattles.workbook.writing.data_sheet import link, page, protect, put, ready_colours
from choosebattles.workbook.writing.formats import TemplateFormats, height
from choosebattles.workbook.writing.placement import PlacedBook

STEPS = (
    _(
        "Settings: type the first year, the number of years and the currency; also the version, its "
        "date and who approved it, which stand on every result."
    ),
    _(
        "Funds: type what the approved framework gives for these decisions, a row for each source "
        "of money, an amount for each year (0 if nothing)."
    ),
    _(
        "Investments: a row for each thing that could be done, with its costs and scores. If it "
        "can be done small or large, a row for each way, with its name under Option."
    ),
    _(
        "Criteria: say in words what 0, 50 and 100 mean. Limits and the other sheets: only if "
        "you need them."
    ),
    _(
        "Look at Checks, save the file, and run: choosebattles check FILE.xlsx, then: "
        "choosebattles solve FILE.xlsx (with the name of this file)."
    ),
)

CONTACT = (
    _("Filled in by"),
    _("Ministry or office"),
    _("E-mail or telephone"),
)

UNITS = (
    _("Money: millions of the one currency named under Settings. Convert others first."),
    _("Costs: prices of the first year. Year 1 is the year in which the investment starts."),
    _("Scores: points from -100 to 100; 0 is the same as not doing it."),
    _("Shares: percentages. Type 40%, not 40. Years: four digits, such as 2027."),
    _("Several ids in one cell: separated by a semicolon, such as CLOUD; CSIRT."),
)

WORDS = (
    (
        _("Id"),
        _(
            "A short name without spaces, of letters, digits, _ and -, such as CLOUD. You choose it, "
            "once for each row; other sheets name the row by it, so do not change it later."
        ),
    ),
    (
        _("Option"),
        _(
            "One way of doing an investment, such as S and L for small and large: a row for each, with "
            "the same id under Investment. At most one of them is taken."
        ),
    ),
    (
        _("Year 1"),
        _(
            "The year in which an investment starts, whichever that is; not the first calendar year."
        ),
    ),
    (
        _("Blank"),
        _(
            "A blank cell is never a number by accident: in a yellow cell it is a mistake (type 0 where "
            "there is nothing), in a white one it means what the message of the cell says."
        ),
    ),
    (
        _("EXAMPLE"),
        _(
            "The grey line above the headings shows how a row may be filled in. It does not count, and "
            "no row of yours can have that id."
        ),
    ),
)
"""What a word of the workbook means."""

CHANGING = (
    (
        _("A row more"),
        _(
            "Type into the next free row, also below the lines; or insert a row between others. To take "
            "a row out, delete the whole row; on Rules and Limits clear its cells."
        ),
    ),
    (
        _("A column more"),
        _(
            "Type its heading in the first free column on the right, in the row of the headings: a "
            "further cost year (Cost year 4), the scores of a criterion (Score: X), people (Build "
            "staff: X), a year of money (2032). Any other heading is your own: it is kept, not used."
        ),
    ),
    (
        _("A column less"),
        _(
            "Dark headings must stay. Columns with lighter headings may stay blank all the way down, or "
            "be hidden while they are. Sheets that you do not need stay blank."
        ),
    ),
    (
        _("Locked"),
        _(
            "Headings and formulas are locked so that nobody changes them by mistake; there is no "
            "password. To change, sort or filter all: Review, Unprotect Sheet (LibreOffice: Tools, "
            "Protect Sheet)."
        ),
    ),
    (
        _("On paper"),
        _(
            "Every sheet prints on A4 across. Wide ones go on on further pages, which repeat the ids and "
            "the headings: lay them side by side."
        ),
    ),
)
"""How the workbook itself is changed and printed."""

WIDTH = 100
"""Characters of a line of guidance."""

ABOUT: Mapping[str, str] = {
    "Settings": _("years, currency and how the best plan is found"),
    "Objectives": _("what is to be raised, and what each is worth"),
    "Criteria": _("what options are scored on, and what the scores mean"),
    "Funds": _("who pays how much in which year, and for what"),
    "Investments": _("what could be done: costs, scores, owners, dates"),
    "Rules": _("what needs, excludes or helps what"),
    "Limits": _("the least and the most of cost, number or points"),
    "Skills": _("people who can build and run things, year by year"),
    "Layers": _("parts of the national stack where more of the same is worth less"),
    "Providers": _("who supplies each layer today"),
    "Services": _("critical services, and the layers that they need"),
    "Shocks": _("what may happen, and what it takes away"),
    "Ranges": _("how low and how high a number may turn out"),
    "Correlations": _("which of these numbers are high or low together"),
    "Sources": _("where the figures come from"),
    "Sweeps": _("numbers to be varied in studies"),
    "Story": _("questions prepared for the room"),
    CHECKS: _("sums of what you typed, and what to look at (nothing is typed there)"),
}


def write_start(
    worksheet: Worksheet,
    plan: PlacedBook,
    formats: TemplateFormats,
    status: tuple[str, str],
    about: str = "",
) -> None:
    """Write the sheet.

    Parameters
    ----------
    worksheet
        Where.
    plan
        The sheets to link to.
    formats
        The formats.
    status
        Formula and value of what is still to be looked at.
    about
        What a reader must know of this workbook before anything else, such as that it is an example.
    """
    worksheet.set_column(0, 0, 26)
    worksheet.set_column(1, 1, WIDTH)
    worksheet.write_string(0, 0, _("Choosing the right battles"), formats.title)
    worksheet.set_row(0, 24)
    worksheet.write_formula(1, 0, status[0], formats.status, status[1])
    ready_colours(worksheet, formats)
    if about:
        _write_sentence(worksheet, 1, about, formats)
    aim = _(
        "From what you type here the program finds which investments to take, at which scale, from "
        "when, and paid by whom, so that they raise your objectives the most."
    )
    worksheet.write_string(3, 0, START, formats.section)
    _write_sentence(worksheet, 3, aim, formats)
    row = 5
    for number, step in enumerate(STEPS, start=1):
        worksheet.write_string(row, 0, _("Step {number}").format(number=number), formats.strong)
        _write_sentence(worksheet, row, step, formats)
        row += 1
    row = _contact(worksheet, formats, row + 1)
    row = _legend(worksheet, formats, row + 1)
    worksheet.write_string(row + 1, 0, _("Units"), formats.section)
    row += 2
    for line in UNITS:
        _write_sentence(worksheet, row, line, formats)
        row += 1
    row = _explained(worksheet, formats, row + 1, _("Words"), WORDS)
    row = _explained(worksheet, formats, row + 1, _("Rows, columns, paper"), CHANGING)
    worksheet.write_string(row + 1, 0, _("Sheets"), formats.section)
    row += 2
    for name in (*plan.sheets, CHECKS):
        link(worksheet, row, 0, name, formats)
        _write_sentence(worksheet, row, ABOUT[name], formats)
        row += 1
    absent = [name for name in ABOUT if name not in plan and name != CHECKS]
    if absent:
        text = _(
            "Not in this workbook: {sheets}. To use them, copy from one that has every sheet: "
            "choosebattles new FILE.xlsx --full."
        )
        names = "; ".join(f"{name} ({ABOUT[name]})" for name in absent)
        worksheet.write_string(row, 0, _("Other sheets"), formats.strong)
        _write_sentence(worksheet, row, text.format(sheets=names), formats)
        row += 1
    hidden = _("Lists (hidden): the words of the drop-downs. Right-click a tab, Unhide, to see it.")
    _write_sentence(worksheet, row, hidden, formats)
    page(worksheet, 0, tall=True)
    worksheet.fit_to_pages(1, 1)
    protect(worksheet)


def _explained(
    worksheet: Worksheet,
    formats: TemplateFormats,
    row: int,
    title: str,
    lines: Sequence[tuple[str, str]],
) -> int:
    """Write a section of words, each with what it means."""
    worksheet.write_string(row, 0, title, formats.section)
    for word, meaning in lines:
        row += 1
        worksheet.write_string(row, 0, word, formats.strong)
        _write_sentence(worksheet, row, meaning, formats)
    return row + 1


def _contact(worksheet: Worksheet, formats: TemplateFormats, row: int) -> int:
    worksheet.write_string(row, 0, _("Who to ask"), formats.section)
    for label in CONTACT:
        row += 1
        worksheet.write_string(row, 0, label, formats.strong)
        put(worksheet, (row, 1), None, formats, CellKind.TEXT, must=False, left=True)
    return row + 1


def _legend(worksheet: Worksheet, formats: TemplateFormats, row: int) -> int:
    worksheet.write_string(row, 0, _("Colours"), formats.section)
    for colour, typed, name, meaning in (
        (colours.YELLOW, True, _("yellow"), _("fill in: every row of yours needs it")),
        (
            colours.WHITE,
            True,
            _("white"),
            _("may stay blank: the message of the cell says what that means"),
        ),
        (colours.GREY, False, _("grey"), _("calculated: do not type")),
        (
            colours.AMBER,
            False,
            _("orange"),
            _("something to look at: a cell left blank, or Ready: no"),
        ),
        (colours.RED, False, _("red"), _("an id that stands twice")),
    ):
        row += 1
        worksheet.write_string(row, 0, name, formats.swatch(colour, typed=typed))
        _write_sentence(worksheet, row, meaning, formats)
    row += 1
    note = _(
        "What you type is shown in blue. Dark headings: fill in. Lighter headings: may stay blank."
    )
    _write_sentence(worksheet, row, note, formats)
    return row + 1


def _write_sentence(worksheet: Worksheet, row: int, text: str, formats: TemplateFormats) -> None:
    """Write a sentence, as high as its lines."""
    worksheet.write_string(row, 1, text, formats.meaning)
    worksheet.set_row(row, height([(WIDTH, text)]))
