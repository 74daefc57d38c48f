"""Every code that a message may carry: what it means, and what to do.

Codes are stable: a message may be worded better, its code stays. The first letter tells the
family: F the file, W what it carries, S its sheets and columns, C single cells, L what rows say
together, O writing files, R what was asked for beside the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from choosebattles.translation import _


class Weight(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """It must be corrected; nothing is solved before."""
    DOUBT = "doubt"
    """It may change the answer and may be meant; it stands wherever the answer is read."""
    NOTICE = "notice"
    """It is harmless."""

    @property
    def sentence(self) -> str:
        """Return what a finding of this weight does, as a user would say it."""
        return _SENTENCES[self]


_SENTENCES = {
    Weight.ERROR: _("An error: nothing is solved before it is corrected."),
    Weight.DOUBT: _(
        "A doubt: it may change the answer and may be meant. It stands before every answer until "
        "the cell is corrected, or confirmed on the sheet Settings; with --strict it is an error."
    ),
    Weight.NOTICE: _(
        "A notice: it is harmless, unless the message says that it must be corrected."
    ),
}


@dataclass(frozen=True)
class Entry:
    """One code: its title, what it means, what to do about it, and how much it matters.

    Where a code can be an error or not, from case to case, ``weight`` is the lesser one.
    """

    title: str
    meaning: str
    remedy: str
    weight: Weight = Weight.ERROR


_SAVE_XLSX = _("Open it in the program that made it and save it as Excel Workbook (.xlsx).")
_SAVE_AGAIN = _("Open it in Excel or LibreOffice and save it again, or ask for a new copy.")
_COPY_VALUES = _("Copy the data as values into a new template.")
_NOTHING = _("Nothing needs to be done, if it is meant.")

FILE: Mapping[str, Entry] = {
    "CB-F02": Entry(
        _("Empty file"),
        _("The file has no content: a download or copy did not finish."),
        _("Save or send it again."),
    ),
    "CB-F03": Entry(
        _("Too large"),
        _("The file is larger than any filled template."),
        _("Delete pictures and formatted empty rows."),
    ),
    "CB-F04": Entry(
        _("Old Excel format"), _("The file has the format of Excel before 2007."), _SAVE_XLSX
    ),
    "CB-F05": Entry(
        _("Password"),
        _("The file is encrypted, so nothing of it can be read."),
        _("Remove the password under File, Info, Protect Workbook."),
    ),
    "CB-F06": Entry(
        _("No workbook"), _("The file is a text or of another kind with an Excel name."), _SAVE_XLSX
    ),
    "CB-F06b": Entry(_("Web page"), _("The file is a web page with an Excel name."), _SAVE_XLSX),
    "CB-F07": Entry(_("Damaged file"), _("A part of the file cannot be read."), _SAVE_AGAIN),
    "CB-F08": Entry(
        _("Other document"),
        _("The file is a document or presentation, not a workbook."),
        _("Name the workbook that it was made of."),
    ),
    "CB-F09": Entry(
        _("Strict Open XML"),
        _("The file was saved as Strict Open XML Spreadsheet."),
        _("Save it as Excel Workbook (.xlsx)."),
    ),
    "CB-F10": Entry(
        _("Too many parts"),
        _("The file has more internal parts than a workbook has."),
        _COPY_VALUES,
    ),
    "CB-F11": Entry(
        _("Two parts of one name"),
        _("The file holds one of its parts twice; it may have been tampered with."),
        _SAVE_AGAIN,
    ),
    "CB-F12": Entry(
        _("Unsafe part name"),
        _("A part of the file would be written outside its folder. It was not opened."),
        _("Ask the sender where the file comes from."),
    ),
    "CB-F13": Entry(
        _("Expands too much"),
        _("The unpacked content would fill far more memory than a workbook needs."),
        _COPY_VALUES,
    ),
    "CB-F14": Entry(
        _("Compressed too well"),
        _("A part of the file is packed as no workbook is. It was not opened."),
        _COPY_VALUES,
    ),
    "CB-F15": Entry(
        _("Document type in a part"),
        _("The file contains XML definitions that Excel never writes. It was not opened."),
        _("Ask the sender where the file comes from."),
    ),
    "CB-F16": Entry(
        _("Too many styles, names or rules"),
        _("Years of copying have left more formats, names or rules than can be read."),
        _COPY_VALUES,
    ),
    "CB-F17": Entry(
        _("Impossible reference"), _("A cell or row of the file cannot exist."), _SAVE_AGAIN
    ),
    "CB-F18a": Entry(
        _("Formatted empty rows"),
        _("A sheet is formatted far below its data."),
        _("Select the empty rows, delete them and save the file."),
    ),
    "CB-F18b": Entry(
        _("Far cell"),
        _("Something stands far away from all other cells."),
        _("Press Ctrl+End to go there and delete it."),
    ),
    "CB-F19": Entry(
        _("Huge merged area"),
        _("A large part of a sheet is merged into one cell."),
        _("Unmerge it."),
    ),
    "CB-F20": Entry(
        _("Over-long text"),
        _("A cell holds more characters than Excel allows."),
        _("Shorten it."),
    ),
    "CB-F21": Entry(
        _("Other spreadsheet format"),
        _("The file has a spreadsheet format that is not read."),
        _SAVE_XLSX,
    ),
    "CB-F22": Entry(
        _("No such file"),
        _("There is no file of this name, or it is a folder or a device."),
        _("Check the name and the folder."),
    ),
    "CB-F23": Entry(
        _("File cannot be read"),
        _("It is open elsewhere, not yet fetched from the cloud, or not yours to read."),
        _("Close it in other programs and check your permissions."),
    ),
    "CB-F24": Entry(
        _("Out of memory"), _("Reading the file takes more memory than there is."), _COPY_VALUES
    ),
    "CB-F25": Entry(
        _("No decision model"),
        _("The file is not a decision model: a text file in the form of those in models/."),
        _("Start from one of the models that come with the program."),
    ),
    "CB-W01": Entry(
        _("Macros"), _("The workbook carries macros. They are never run."), _NOTHING, Weight.NOTICE
    ),
    "CB-W02": Entry(
        _("Values of other workbooks"),
        _("Cells take their values from another file; the last saved ones were used."),
        _("Paste them as values to be safe."),
        Weight.DOUBT,
    ),
    "CB-W03": Entry(_("Pictures and objects"), _("Only cells are read."), _NOTHING, Weight.NOTICE),
}

STRUCTURE: Mapping[str, Entry] = {
    "CB-S01": Entry(
        _("Missing sheet"),
        _("A sheet that every case needs is not there, or is empty."),
        _("Rename the sheet that is meant, or copy it from a new template."),
    ),
    "CB-S02": Entry(
        _("Two sheets alike"),
        _("Two sheets have the same name but for spaces or case."),
        _("Rename the one that is not meant."),
    ),
    "CB-S03": Entry(
        _("Not a table"),
        _("A chart or another kind of sheet has the name of a table."),
        _("Rename it and put the data on a sheet of that name."),
    ),
    "CB-S05": Entry(
        _("Missing column"),
        _("A heading that the sheet needs is not in its row of headings."),
        _("Rename the heading that is meant, or add the column."),
    ),
    "CB-S06": Entry(
        _("Heading twice"),
        _("Two columns have the same heading, so one would be lost."),
        _("Rename or delete one of them."),
    ),
    "CB-S07": Entry(
        _("No row of headings"),
        _("None of the first ten rows of the sheet holds its headings."),
        _("Move the headings up, or type them in one row above the data."),
    ),
    "CB-S08": Entry(
        _("Unknown heading"),
        _("A column has a heading that the sheet does not know, and is not used."),
        _("Correct the heading, or leave it if the column is your own."),
        Weight.NOTICE,
    ),
    "CB-S09": Entry(
        _("Years"),
        _("A year of the plan has no column, or a column's year lies outside the plan."),
        _("Add the column; compare First year and Years under Settings."),
        Weight.NOTICE,
    ),
    "CB-S10": Entry(
        _("Merged cells"),
        _("Cells of the table are merged, so that only the first keeps its value."),
        _("Unmerge them and fill each."),
    ),
    "CB-S11": Entry(
        _("Hidden rows or columns"),
        _("Rows or numbers that nobody sees, or a filter, stand in a table; they were read."),
        _("Unhide them to check what they say."),
        Weight.DOUBT,
    ),
    "CB-S12": Entry(
        _("Blank rows"), _("Rows below a blank row were read too."), _NOTHING, Weight.NOTICE
    ),
    "CB-S13": Entry(
        _("Values beside the table"),
        _("A column holds values but has no heading, and is not used."),
        _("Give it a heading or delete it."),
        Weight.NOTICE,
    ),
    "CB-S14": Entry(
        _("One sheet in two files"),
        _("Two files that make one case hold the same sheet with different rows."),
        _("Delete the sheet from one of them."),
    ),
    "CB-S15": Entry(
        _("Unknown sheet"),
        _("A sheet has a name that the program does not know, and is not used."),
        _("Correct the name, or leave it if the sheet is your own."),
        Weight.NOTICE,
    ),
    "CB-S17": Entry(
        _("Confirmation"),
        _(
            "A row of Settings that begins with Confirmed names no doubt that there is, or not "
            "as it can be read."
        ),
        _("Type it as in Confirmed: CB-C09 Funds!C5, with the reason as its value."),
        Weight.NOTICE,
    ),
    "CB-S16": Entry(
        _("Unknown setting"),
        _("A row of Settings has a name that the program does not know, and is not used."),
        _("Correct the name."),
        Weight.DOUBT,
    ),
    "CB-S20": Entry(
        _("Heading with a unit, a year or a version"),
        _("A year of the plan, a version or millions of the currency stood behind a heading."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-S21": Entry(
        _("Heading with another unit"),
        _(
            "A heading says thousands, another currency, a month or a scale that its column has not."
        ),
        _("Type the numbers in the unit of the column and give it its own heading."),
    ),
    "CB-S22": Entry(
        _("Heading beside a similar one"),
        _("Beside a column that is read stands one with nearly the same heading, which is not."),
        _("Delete one of the two, or name it so that it differs more."),
        Weight.DOUBT,
    ),
    "CB-S23": Entry(
        _("Calendar year over costs"),
        _("Costs go by year after the start, so that an investment may start in any year."),
        _("Use Cost year 1, Cost year 2 and so on."),
        Weight.DOUBT,
    ),
    "CB-S24": Entry(
        _("Sheet with nearly the name of another"),
        _("A sheet looks like one that the program reads, and would be left out by its name."),
        _("Rename it, or delete it."),
    ),
    "CB-S25": Entry(
        _("Setting with nearly the name of another"),
        _("A row of Settings looks like a setting, and would be left out by its name."),
        _("Rename it, or delete the row."),
        Weight.DOUBT,
    ),
    "CB-S26": Entry(
        _("Row of one's own under Settings"),
        _("A row of Settings has a name of the user's own, and is not used."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-S27": Entry(
        _("Note or headings among the rows"),
        _("A row of a table holds headings, or words alone, and cannot be read."),
        _("Move notes to another sheet, and keep one table on each."),
    ),
    "CB-S28": Entry(
        _("Budget year before the plan"),
        _("A budget year such as 2026/27 counts by its first year, which lies before the plan."),
        _("Type the first of the two years as First year, if the plan begins with it."),
        Weight.DOUBT,
    ),
    "CB-S30": Entry(
        _("List with commas"),
        _("Items stand in one cell with commas or line breaks between them."),
        _("Separate them by ; so that nothing is read otherwise."),
        Weight.DOUBT,
    ),
    "CB-S31": Entry(
        _("List with commas, read"),
        _("Items with commas or line breaks between them were read one by one."),
        _NOTHING,
        Weight.NOTICE,
    ),
}

CELLS: Mapping[str, Entry] = {
    "CB-C01": Entry(
        _("Text in place of a number"),
        _("The cell holds a text that is no number."),
        _("Type the number alone."),
    ),
    "CB-C02": Entry(
        _("Number with two readings"),
        _("The text may be read in two ways, such as 1,234."),
        _("Type the number as a number."),
    ),
    "CB-C03": Entry(
        _("Number with a unit"),
        _("The cell holds a number with a unit or currency."),
        _("Type the number alone; units are set by the column."),
    ),
    "CB-C04": Entry(
        _("Number in brackets"),
        _("The text was read as accountants mean it: (500) is -500."),
        _("Type the number with its sign to be safe."),
        Weight.DOUBT,
    ),
    "CB-C05": Entry(
        _("Formula error"),
        _("The cell shows an error of Excel such as #REF!."),
        _("Correct the formula or retype the value."),
    ),
    "CB-C06": Entry(
        _("Formula never calculated"),
        _("The cell holds a formula whose result was not saved with the file."),
        _("Open the file in Excel or LibreOffice, recalculate and save it."),
    ),
    "CB-C07": Entry(
        _("Not a finite number"), _("The cell holds no finite number."), _("Retype it.")
    ),
    "CB-C08": Entry(
        _("Out of range"),
        _("The number is smaller or larger than makes sense in its column."),
        _("Type a number within the limits that the message names."),
    ),
    "CB-C09": Entry(
        _("Implausible size"),
        _("The amount is a thousand times as large as the others, or has 16 digits."),
        _("Check whether it is in thousands or in single units of the currency."),
        Weight.DOUBT,
    ),
    "CB-C10": Entry(
        _("Year with two digits, or a day"),
        _("A year was typed with two digits, or a whole date stands in its place."),
        _("Type all four digits."),
    ),
    "CB-C11": Entry(
        _("Date"),
        _("The cell holds a date or a time where a number or a text belongs."),
        _("Format the cell as a number or text and retype it."),
    ),
    "CB-C12": Entry(
        _("Number stored as text"),
        _("The cell holds a number as text, or TRUE or FALSE where a number belongs."),
        _("Convert it to a number."),
        Weight.NOTICE,
    ),
    "CB-C13": Entry(
        _("Required cell blank"),
        _("The cell must be filled; a blank is never taken for a number."),
        _("Fill it; type 0 where there is nothing."),
    ),
    "CB-C14": Entry(
        _("Not in the list"),
        _("The cell must hold one word of a closed list."),
        _("Choose one of the words that the message names."),
    ),
    "CB-C15": Entry(
        _("Invisible characters"),
        _("The cell holds characters that nobody can see; they were left out."),
        _("Retype the cell."),
        Weight.NOTICE,
    ),
    "CB-C16": Entry(
        _("Text too long"), _("The text does not fit where it is shown."), _("Shorten it.")
    ),
    "CB-C17": Entry(
        _("Text that looks like a formula"),
        _("The text begins with =, +, - or @. It is kept as a text and never calculated."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-C18": Entry(
        _("Two values in one cell"),
        _("The file holds one cell twice."),
        _("Open the file in Excel, check the value and save it again."),
    ),
    "CB-C19": Entry(
        _("More digits than are kept"),
        _("Excel keeps 15 digits of a number; the rest was rounded."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-C20": Entry(
        _("Amounts rounded"),
        _("Amounts are held as whole thousandths of a million; others were rounded, half up."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-C21": Entry(
        _("Scores without meaning"),
        _("Nobody says in words what 0, 50 and 100 mean on a criterion."),
        _("Fill the columns 0 means, 50 means and 100 means of Criteria."),
        Weight.NOTICE,
    ),
    "CB-C22": Entry(
        _("Amounts rounded by much"),
        _(
            "Amounts are held as whole thousandths of a million; what others lost or gained by "
            "that comes to more than a thousandth of all money, so it may change the answer."
        ),
        _("Round the amounts to three decimals, in a way whose sums you stand by."),
        Weight.DOUBT,
    ),
    "CB-C30": Entry(
        _("Percentage where none belongs"),
        _(
            "A cell of points, money or a count is formatted as a percentage, so 50 % is read as 0.5."
        ),
        _("Format the cell as a number and type the points, the amount or the count."),
    ),
    "CB-C31": Entry(
        _("Steep growth or discount"),
        _("Cost growth or the discount rate is 20 % a year or more."),
        _("Type it with its sign, such as 2%, if it is smaller; otherwise confirm it."),
        Weight.DOUBT,
    ),
    "CB-C32": Entry(
        _("Share without a percent sign"),
        _("A 1 (or an overrun above 1) that is not formatted as a percentage is read as 100 %."),
        _("Type it with its sign: 1% or 100%."),
        Weight.DOUBT,
    ),
    "CB-C33": Entry(
        _("One title twice"),
        _("Two investments have the same title; one thing may stand in two rows."),
        _("Delete one of the two, or rename it."),
        Weight.DOUBT,
    ),
    "CB-C34": Entry(
        _("Struck through"),
        _("A row or cell is struck through, as people mark what no longer holds; it was read."),
        _("Delete it, or undo the striking through."),
        Weight.DOUBT,
    ),
    "CB-C35": Entry(
        _("Total of your own"),
        _("A column of your own holds totals, and one differs from the sum of what was read."),
        _("Correct the total or its parts."),
        Weight.DOUBT,
    ),
    "CB-C36": Entry(
        _("Running cost counted twice"),
        _("A cost year in which the option runs already equals its running cost."),
        _("Delete it from the cost years, or confirm that both fall due."),
        Weight.DOUBT,
    ),
    "CB-C37": Entry(
        _("Income by a sign alone"),
        _("A running cost is below zero, which is income, and Revenue to does not say whose."),
        _("Name the fund under Revenue to, or leave the sign out."),
        Weight.DOUBT,
    ),
    "CB-C38": Entry(
        _("Amount that becomes nothing"),
        _("An amount below half a thousandth of a million is held as 0: the cost would be free."),
        _("Check the unit: amounts are in millions."),
        Weight.DOUBT,
    ),
    "CB-C39": Entry(
        _("Formula that shows nothing"),
        _("A formula in a cost or score gave an empty text, which is read as an empty cell."),
        _("Type the number, or clear the cell if it is meant to be empty."),
        Weight.DOUBT,
    ),
    "CB-C40": Entry(
        _("Calculated by hand"),
        _("The workbook calculates its formulas only when told to; the saved values may be old."),
        _("Press F9 in Excel, set Formulas, Calculation Options to Automatic, and save it."),
        Weight.DOUBT,
    ),
    "CB-C41": Entry(
        _("Formula that changes by itself"),
        _(
            "A formula depends on the day, on chance or on a place that moves; the last saved value was used."
        ),
        _("Paste it as a value."),
        Weight.DOUBT,
    ),
    "CB-C42": Entry(
        _("Hidden sheet or text"),
        _("A sheet or a column of texts is hidden; it was read like all others."),
        _("Unhide it to check what it says."),
        Weight.NOTICE,
    ),
}

LOGIC: Mapping[str, Entry] = {
    "CB-L01": Entry(
        _("Used twice"),
        _("Two rows have the same id, case apart."),
        _("Rename or delete one of them."),
    ),
    "CB-L02": Entry(
        _("Look-alike or malformed id"),
        _("The id holds characters that an id cannot have, or that only look like Latin ones."),
        _("Retype it with letters, digits, _ and -."),
    ),
    "CB-L03": Entry(
        _("No id"), _("A row is filled but has no id."), _("Type an id or clear the row.")
    ),
    "CB-L04": Entry(
        _("Unknown name"),
        _("The cell refers to something that no row defines."),
        _("Correct the spelling, or add the row that is meant."),
    ),
    "CB-L05": Entry(
        _("Prerequisites in a circle"),
        _("Something needs itself, at once or by way of others; in one row it is a fault."),
        _("Delete one of the prerequisites."),
        Weight.DOUBT,
    ),
    "CB-L06": Entry(
        _("Needed and excluded"),
        _("One rule needs what another forbids, so that the investment cannot be taken."),
        _("Change one of the two rules."),
        Weight.DOUBT,
    ),
    "CB-L07": Entry(
        _("Decisions against rules or money"),
        _("What is marked must, never or ongoing breaks a rule or costs more than there is."),
        _("Change the decision, the rule or the money."),
        Weight.DOUBT,
    ),
    "CB-L08": Entry(
        _("Nobody may pay in full"),
        _("The funds that may pay for a part of the option add up to less than 100%."),
        _("Check Eligible, Pays and Pays at most of the funds."),
        Weight.DOUBT,
    ),
    "CB-L09": Entry(
        _("No money"), _("A fund holds nothing in any year."), _("Type its amounts."), Weight.NOTICE
    ),
    "CB-L10": Entry(
        _("Weights or scores without effect"),
        _("All weights are 0 (a fault), one is 0, or all scores of a criterion are equal."),
        _("Correct the weights or the scores."),
        Weight.NOTICE,
    ),
    "CB-L11": Entry(
        _("Shock that hits nothing"),
        _("Nobody has the exposure that a shock hits."),
        _("Correct the spelling under Hits or Exposures."),
        Weight.DOUBT,
    ),
    "CB-L13": Entry(
        _("Identical rows"),
        _("Two options say the same in every number."),
        _("Delete one of them if it is the same thing."),
        Weight.DOUBT,
    ),
    "CB-L14": Entry(
        _("Amounts far apart"),
        _("The smallest and the largest amount differ by more than a thousand million times."),
        _("Check the units."),
        Weight.NOTICE,
    ),
    "CB-L15": Entry(
        _("Contingency that nobody may hold"),
        _("No fund is general: Eligible blank, paying 100% of build and running costs."),
        _("Add such a fund, or set the contingency to none."),
    ),
    "CB-L16": Entry(
        _("Decision without a reason"),
        _("An option is marked must, never or ongoing and nobody says why."),
        _("Fill Reason."),
    ),
    "CB-L17": Entry(
        _("Income that goes nowhere"),
        _("An option has an income and there are several funds that might receive it."),
        _("Name the fund under Revenue to."),
    ),
    "CB-L18": Entry(
        _("Ongoing since when"),
        _("An ongoing option has no start year, or one that is still to come."),
        _("Type the year in which it started under Earliest start."),
    ),
    "CB-L19": Entry(
        _("Ongoing twice"),
        _("Two options of one investment are ongoing."),
        _("Make two investments of them."),
    ),
    "CB-L20": Entry(
        _("Start outside the plan"),
        _("A typed start year is not a year of the plan."),
        _("Correct it or leave the cell blank."),
    ),
    "CB-L21": Entry(
        _("No start left"),
        _("There is no year in which the option can start and be paid within the plan."),
        _("Type a latest start, shorten the building, or make the plan longer."),
    ),
    "CB-L22": Entry(
        _("Rows that disagree"),
        _("Rows of one investment name different owners, pillars or layers."),
        _("Leave the cell blank on all rows but one, or make two investments."),
    ),
    "CB-L23": Entry(
        _("Options without names"),
        _("An investment has several rows and one has no option name, or another's."),
        _("Name each option, such as S and L."),
    ),
    "CB-L24": Entry(
        _("Number of a rule"),
        _("The rule does not say how many, or more than its list holds."),
        _("Correct Number or the list."),
    ),
    "CB-L25": Entry(
        _("Points for 100 left open"),
        _("A floor or a continuity part hangs on how many points make 100."),
        _("Type Points for 100 under Settings."),
        Weight.NOTICE,
    ),
    "CB-L26": Entry(
        _("Whole and part"),
        _("A rule names an investment and one of its options too."),
        _("Delete one of them."),
    ),
    "CB-L27": Entry(
        _("Twice in a list"), _("A list names something twice."), _("Delete one of the two.")
    ),
    "CB-L28": Entry(
        _("Rule that lacks something"),
        _("A prerequisite needs something under Needs, a bonus needs a criterion."),
        _("Fill the cell."),
    ),
    "CB-L29": Entry(
        _("Limit without bounds"),
        _("The limit has neither a minimum nor a maximum."),
        _("Type one of them or clear the row."),
    ),
    "CB-L30": Entry(
        _("Points of nothing"),
        _("A limit on points does not say of which criterion."),
        _("Name it after a colon, as in points: technical."),
    ),
    "CB-L31": Entry(
        _("Layer never covered"),
        _("A service needs a layer that no provider and no option covers."),
        _("Add a row to Providers, or name the layer under Covers."),
    ),
    "CB-L32": Entry(
        _("Objective without measure"),
        _("Neither a criterion nor services and a shock measure the objective."),
        _("Add a criterion of it, or delete the objective."),
    ),
    "CB-L33": Entry(
        _("Dependence without autonomy"),
        _("The price of dependence is paid in autonomy, which has no criteria here."),
        _("Add a criterion of autonomy, or leave Dependence blank."),
    ),
    "CB-L34": Entry(
        _("Equal weights"),
        _("The method lexicographic goes by weights, and two of them are equal."),
        _("Change one of them or choose another method."),
    ),
    "CB-L35": Entry(
        _("Provider twice"),
        _("Two rows say what one provider supplies on one layer."),
        _("Join them."),
    ),
    "CB-L36": Entry(
        _("Low above high"),
        _("A lower end is above the upper one."),
        _("Exchange the two."),
        Weight.DOUBT,
    ),
    "CB-L37": Entry(
        _("Too many funds"),
        _("More funds than can be held apart, year by year."),
        _("Join funds that may pay for the same things."),
    ),
    "CB-L38": Entry(
        _("Nothing to decide"),
        _("No fund or no investment was filled in."),
        _("Fill at least one row of each."),
    ),
    "CB-L39": Entry(
        _("Not used"),
        _("Something was typed that changes nothing."),
        _("Correct it if it should; otherwise nothing needs to be done."),
        Weight.DOUBT,
    ),
    "CB-L49": Entry(
        _("No score at all"),
        _("An option costs money and has no score on any criterion, while others have."),
        _("Type its scores, 0 where it adds nothing; or confirm that it only serves others."),
        Weight.DOUBT,
    ),
    "CB-L50": Entry(
        _("Still the example"),
        _("A row has the id EXAMPLE, that of the row that only shows how to fill in a sheet."),
        _("Give it its own id, or delete it."),
    ),
    "CB-L51": Entry(
        _("Half a distribution"),
        _("A row of Ranges says values or shares that do not fit its distribution."),
        _("Correct the row: docs/workbook.md says what each distribution needs."),
    ),
    "CB-L52": Entry(
        _("Unclear change of a question"),
        _("A row of Story changes something that the case does not have, or to no number."),
        _("Write it as in fund.STATE=30; never=CSIRT: docs/workbook.md says what may be changed."),
    ),
    "CB-L40": Entry(
        _("Total among the rows"),
        _(
            "A row is named as a total, or not at all, and its amounts are sums of other rows or it has no scores "
            "where other rows have: its numbers would count twice."
        ),
        _("Delete the row."),
    ),
    "CB-L41": Entry(
        _("Named like a total"),
        _("A row has a word for a total as its id or title, but adds up nothing."),
        _("Nothing needs to be done if it is a thing of its own; delete it if it is a total."),
        Weight.DOUBT,
    ),
    "CB-L42": Entry(
        _("Adds up other rows"),
        _("The amounts of a row, or its formulas, add up the rows above it."),
        _("Delete it if it is a total; confirm it if it is a thing of its own."),
        Weight.DOUBT,
    ),
    "CB-L43": Entry(
        _("Totals row of an Excel table"),
        _("Excel marks the row as the totals of a table, so it was left out."),
        _NOTHING,
        Weight.NOTICE,
    ),
    "CB-L44": Entry(
        _("Word that means all or none"),
        _("An id is ALL or NONE: where a scope is asked for, all means everything."),
        _("Give the row another id."),
    ),
    "CB-L45": Entry(
        _("Costs and money far apart"),
        _(
            "Nothing that may be started fits into the money of any year, or all money is a "
            "hundred times what everything costs, or the reverse."
        ),
        _("Check whether costs or funds are in thousands or in single units of the currency."),
        Weight.DOUBT,
    ),
    "CB-L46": Entry(
        _("Scores of two scales"),
        _("The scores on one criterion reach 10 at most, those on another one go beyond 50."),
        _("Type all scores on the scale from 0 to 100."),
        Weight.DOUBT,
    ),
    "CB-L47": Entry(
        _("Shown otherwise than stored"),
        _(
            "A number format shows another size, unit or currency than the number that is stored "
            "and read, or hides it."
        ),
        _("Set the number format to General, and type the amount in millions."),
        Weight.DOUBT,
    ),
    "CB-L48": Entry(
        _("Another unit"),
        _("Words near a table, or the currency, say thousands, billions or another currency."),
        _("Type all amounts in millions of the one currency, and delete the words."),
    ),
    "CB-L60": Entry(
        _("Nothing makes an index of 100"),
        _(
            "Scores count, but Points for 100 is 0, or blank while nothing is worth having: every "
            "index would be 0."
        ),
        _("Type how many points make an index of 100, such as 100, in Settings."),
    ),
    "CB-L61": Entry(
        _("Points for 100 far from the scores"),
        _("Points for 100 are so many that everything together does not show in any index."),
        _("Type a number of the size of what the scores add up to, or leave it blank."),
        Weight.DOUBT,
    ),
}

RUN: Mapping[str, Entry] = {
    "CB-O01": Entry(
        _("File in use"),
        _("The file to be written is open elsewhere; another name was used or is needed."),
        _("Close it in other programs."),
    ),
    "CB-O02": Entry(
        _("Cannot be written"),
        _("The folder is full or not yours, or the name is not allowed. Nothing was changed."),
        _("Choose another folder or name."),
    ),
    "CB-O03": Entry(
        _("Output over input"),
        _(
            "What is to be written would replace a file that was read, or a workbook from which "
            "formulas of such a file take values. It was left as it is."
        ),
        _("Choose another name."),
    ),
    "CB-O04": Entry(
        _("Standard output fails"),
        _("What was to be printed could not be written to where it was sent."),
        _("Print to the screen, or send the output to a file on another disk."),
    ),
    "CB-O05": Entry(
        _("Somebody's file"),
        _(
            "A file of this name is there already, and this program did not write it, or another "
            "program has changed it since. It was left as it is."
        ),
        _("Choose another name, or add --overwrite if the file may be lost."),
    ),
    "CB-R01": Entry(
        _("Unknown solver"),
        _("The solver that was named is not on this machine."),
        _("Leave --solver out, or install it."),
    ),
    "CB-R02": Entry(
        _("Unknown number"),
        _("A number of the case was named that the case does not have."),
        _("Write it like fund.STATE.2028, cost.CLOUD.L, weight.autonomy or discount."),
    ),
    "CB-R03": Entry(
        _("Number that cannot be put"),
        _("The number named cannot take the value asked for."),
        _("Name one year instead of the whole profile, or give another value."),
    ),
    "CB-R04": Entry(
        _("Unclear option"),
        _("What was typed after an option has more than one meaning, or none."),
        _("Write it as the message shows."),
    ),
    "CB-R05": Entry(
        _("Unknown name"),
        _("There is no example, code or option of that name."),
        _("Choose one of those listed."),
    ),
    "CB-R40": Entry(
        _("Argument"),
        _("What a program handed over is of another kind, or outside what makes sense."),
        _("Hand over what the message names."),
    ),
    "CB-R06": Entry(
        _("No trade-off"),
        _("A trade-off between two objectives was asked for, and the case has not got two."),
        _("Enter a second row on the sheet Objectives, or name a model that has two."),
    ),
    "CB-R10": Entry(
        _("Several questions in one model file"),
        _("The method raises one thing after another; a model file holds one question."),
        _("Choose the method weighted, or name a model that weighs."),
    ),
    "CB-R30": Entry(
        _("Unreadable scenario"),
        _("The scenario file is not what the live page saves, or was changed since."),
        _("Save it again from the page, or correct what the message names."),
    ),
    "CB-R31": Entry(
        _("Decision that cannot be taken"),
        _("A scenario forces in or out what the case does not have, or what is under way."),
        _("Correct the id in the lists must and never of the scenario."),
    ),
    "CB-R08": Entry(
        _("No own plan"),
        _("Your own plan was to be compared, and none was given."),
        _("Type yes or a start year in the column Own plan, or name the options after --plan."),
    ),
    "CB-R09": Entry(
        _("A plan that cannot be carried out"),
        _(
            "The robustness of a plan was asked for that the money, the people, the rules or the "
            "start years of the case do not allow."
        ),
        _("See with choosebattles own what it breaks, and correct the plan or the case."),
    ),
    "CB-R20": Entry(
        _("Another study"),
        _(
            "The file named under --study is no study, or one that was begun with another case or "
            "other settings. Results of two different questions are never mixed."
        ),
        _("Undo the change that is named, or name another file: a new study begins there."),
    ),
    "CB-R21": Entry(
        _("Unclear plan of a study"),
        _("What is to be varied, from where to where, could not be read."),
        _("Write it as in fund.STATE=50%..150%x11, or as docs/studies.md shows for a plan."),
    ),
    "CB-R23": Entry(
        _("Correlation of what is not drawn"),
        _(
            "A pair of the sheet Correlations names a number that has no range, one that shares its "
            "range with the other, or a pair that stands there twice."
        ),
        _("Give the number a row on Ranges, or delete the pair."),
        Weight.NOTICE,
    ),
    "CB-R24": Entry(
        _("Correlations that cannot be together"),
        _(
            "No numbers go together as the pairs say: if two go with a third, they go with each "
            "other."
        ),
        _("Bring the pairs named nearer to 0."),
        Weight.NOTICE,
    ),
    "CB-R22": Entry(
        _("Likely value outside its range"),
        _(
            "A number of the case lies below the low or above the high end that is given for it, "
            "or no weights lie within all their intervals, so nothing can be drawn."
        ),
        _("Correct the range, or name the option that it is meant for instead of the investment."),
        Weight.NOTICE,
    ),
    "CB-R07": Entry(
        _("No answer in the file"),
        _("A file that was to hold an answer is not as choosebattles solve writes it."),
        _("Solve again, and name the results workbook or the JSON that was written."),
    ),
}

CODES: Mapping[str, Entry] = {**FILE, **STRUCTURE, **CELLS, **LOGIC, **RUN}
"""Every code, in the order of the families."""
