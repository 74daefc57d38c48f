"""Columns that stand once for every year, criterion or skill: which are missing, which unknown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from choosebattles.case.decision_model import Criterion
from choosebattles.case.numbers import Family
from choosebattles.spelling import alike, closest, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import ColumnLayout, Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_names import (
    bare,
    cost_word,
    meant_cost_year,
    names_costs,
    names_running_costs,
)
from choosebattles.workbook.heading_row import Heading, SheetTable, rename_or_add
from choosebattles.workbook.layout import INVESTMENTS
from choosebattles.workbook.name_spelling import CaseNames
from choosebattles.workbook.total_rows import is_total_word


def check_years(table: SheetTable, calendar: range, findings: Findings) -> None:
    """Refuse a sheet without a column for every year; warn of years outside the case."""
    for column in table.sheet.columns:
        if column.family is not Family.YEARS:
            continue
        years_found = {head.key for head in table.of(column)}
        missing = [str(year) for year in calendar if year not in years_found]
        if missing:
            findings.fault(
                table.top,
                "CB-S09",
                _("no column for {years}").format(years=", ".join(missing)),
                _("a column for every year from {first} to {last}").format(
                    first=calendar[0], last=calendar[-1]
                ),
                _year_advice(table, column, calendar, missing, findings),
            )
        for head in table.of(column):
            if head.key in calendar:
                continue
            before = _budget_year(head) and head.key == calendar[0] - 1
            advice = (
                _("It is not used. If the plan begins with it, type First year {year}.").format(
                    year=head.key
                )
                if before
                else _("It lies outside the plan and is not used.")
            )
            if before and missing:
                # The missing year says what to do.
                continue
            findings.warn(
                table.header_place(head),
                "CB-S28" if before else "CB-S09",
                _("the year {year}").format(year=head.text),
                _("{first} to {last}").format(first=calendar[0], last=calendar[-1]),
                advice,
            )


def _budget_year(head: Heading) -> bool:
    """Say whether a heading is of the kind 2026/27."""
    return len(head.text) > len("2026")


def _year_advice(
    table: SheetTable,
    column: ColumnLayout,
    calendar: range,
    missing: Sequence[str],
    findings: Findings,
) -> str:
    """Return what to do about years without a column."""
    for head in table.of(column):
        if _budget_year(head) and head.key == calendar[0] - 1:
            return _("If the plan begins with {heading}, type First year {year}.").format(
                heading=head.text, year=head.key
            )
    renamed = []
    for year in missing:
        for text in table.own.values():
            if year in re.findall(r"\d+", text):
                renamed.append(rename_or_add(text, year))
                _forget_own(table, text, findings)
    return " ".join(renamed) or _("Add the column; type 0 where there is nothing.")


def check_members(
    table: SheetTable, criteria: Iterable[Criterion], names: CaseNames, findings: Findings
) -> None:
    """Tell of score and staff columns of Investments that nothing defines, or that are missing."""
    scores = INVESTMENTS.column("score")
    typed = {names.find(Space.CRITERION, str(head.key)) for head in table.of(scores)}
    unknown = [head for head in table.of(scores) if not names.knows(Space.CRITERION, str(head.key))]
    renamed = set()
    for criterion in criteria:
        if criterion.id not in typed:
            heading = scores.heading(criterion.id)
            near = closest(criterion.id, (str(head.key) for head in unknown))
            renamed.add(near)
            text = scores.heading(near) if near else _renamed_score(table, criterion.id, heading)
            _forget_own(table, text, findings)
            findings.fault(
                table.top,
                "CB-S05",
                _("no column {heading}").format(heading=heading),
                _("a column of scores for every criterion"),
                rename_or_add(text, heading, _("Add the column; its blank cells count 0.")),
            )
    for head in (head for head in unknown if head.key not in renamed):
        near = closest(str(head.key), names.all(Space.CRITERION))
        if near in typed and alike(bare(str(head.key)), bare(str(near))):
            findings.warn(
                table.header_place(head),
                "CB-S22",
                _("the heading {heading} beside {known}").format(
                    heading=quoted(head.text), known=scores.heading(str(near))
                ),
                _("one column {heading}").format(heading=scores.heading(str(near))),
                _("Only {heading} is used. Delete the other one, or name it otherwise.").format(
                    heading=scores.heading(str(near))
                ),
            )
            continue
        advice = _("It is not used.")
        if near:
            advice += " " + _("Did you mean {name}?").format(name=scores.heading(near))
        findings.warn(
            table.header_place(head),
            "CB-S08",
            quoted(head.text),
            _("the id of a criterion"),
            advice,
        )
    for column in INVESTMENTS.columns:
        if column.family is Family.SKILLS:
            _check_skills(table, column, names, findings)


def _forget_own(table: SheetTable, text: str | None, findings: Findings) -> None:
    """Leave out the notice of a heading of the user's own that a fault names."""
    for index, own in table.own.items():
        if own == text:
            findings.forget(table.grid.place(table.header_row, index), "CB-S08")


def _renamed_score(table: SheetTable, criterion: str, heading: str) -> str | None:
    """Return the heading that probably was meant to be that of a criterion's scores."""
    texts = list(table.own.values())
    near = closest(heading, texts)
    return near or next((text for text in texts if bare(criterion) in bare(text)), None)


def _check_skills(
    table: SheetTable, column: ColumnLayout, names: CaseNames, findings: Findings
) -> None:
    for head in table.of(column):
        if names.knows(Space.SKILL, str(head.key)):
            continue
        near = closest(str(head.key), names.all(Space.SKILL))
        wanted = _("the id of a skill on sheet Skills")
        meant = _("Did you mean {name}?").format(name=column.heading(near)) if near else ""
        place = table.header_place(head)
        if _filled(table, head):
            advice = meant or _("Add the skill to sheet Skills.")
            findings.fault(place, "CB-L04", quoted(head.text), wanted, advice)
        else:
            advice = f"{_('It is not used.')} {meant}".strip()
            findings.warn(place, "CB-S08", quoted(head.text), wanted, advice)


def _filled(table: SheetTable, head: Heading) -> bool:
    return any(
        head.index < len(values) and not blank(values[head.index]) for _row, values in table.rows
    )


def check_costs(table: SheetTable, findings: Findings) -> None:
    """Refuse investments without any column of costs; warn of a gap in the cost years."""
    costs = table.of(INVESTMENTS.column("cost"))
    years_refused = any(fault.code == "CB-S23" for fault in findings.faults)
    some = costs or table.of(INVESTMENTS.column("running_cost"))
    renamed = dict(_unread_costs(table)) if not years_refused else {}
    for index, known in renamed.items():
        text = table.own[index]
        place = table.grid.place(table.header_row, index)
        findings.forget(place, "CB-S08")
        findings.fault(
            place,
            "CB-S05",
            _("numbers under {heading} and no column {known}").format(
                heading=quoted(text), known=known
            ),
            _("the column {heading}").format(heading=known),
            _("Rename the heading {heading} to {known}, or to something that differs more.").format(
                heading=quoted(text), known=known
            )
            if some
            else rename_or_add(text, known),
        )
    if renamed:
        return
    if not some and not years_refused:
        findings.fault(
            table.top,
            "CB-S05",
            _("no column Cost year 1 and no column Running cost"),
            _("at least one of them"),
            rename_or_add(
                next((text for text in table.own.values() if cost_word(text)), None),
                INVESTMENTS.column("cost").heading(1),
                _("Add the column; type 0 where there is no cost."),
            ),
        )
    for column, expected, advice in (
        ("cost", _("cost years without a gap"), _("Its costs count as 0.")),
        ("income", _("income years without a gap"), _("Its income counts as 0.")),
    ):
        _check_gap(table, INVESTMENTS.column(column), expected, advice, findings)


def _check_gap(
    table: SheetTable, column: ColumnLayout, expected: str, advice: str, findings: Findings
) -> None:
    years = {int(head.key) for head in table.of(column) if head.key is not None}
    missing = sorted(set(range(max(years, default=-1) + 1)) - years)
    if missing:
        headings = ", ".join(column.heading(number + 1) for number in missing)
        found = _("no column {headings}").format(headings=headings)
        findings.warn(table.top, "CB-S09", found, expected, advice)


def _unread_costs(table: SheetTable) -> Iterator[tuple[int, str]]:
    """Yield columns of numbers that would be left out, and of which costs they probably are."""
    cost = INVESTMENTS.column("cost")
    years = {int(head.key) + 1 for head in table.of(cost) if head.key is not None}
    running = bool(table.of(INVESTMENTS.column("running_cost")))
    for index, text in table.own.items():
        if not text or is_total_word(text) or not _amounts(table, index):
            continue
        year = meant_cost_year(text)
        if year is not None and year not in years:
            yield index, cost.heading(year)
        elif not running and names_running_costs(text):
            running = True
            yield index, INVESTMENTS.column("running_cost").header
        elif not years and names_costs(text):
            years.add(1)
            yield index, cost.heading(1)


def _amounts(table: SheetTable, index: int) -> bool:
    """Say whether a column holds a number and no text."""
    values = [row[index] for _row, row in table.rows if index < len(row) and not blank(row[index])]
    return bool(values) and all(isinstance(value, int | float) for value in values)


def table_or_none(tables: Mapping[str, SheetTable], name: str) -> SheetTable | None:
    """Return a table that has rows."""
    table = tables.get(name)
    return table if table is not None and table.rows else None
