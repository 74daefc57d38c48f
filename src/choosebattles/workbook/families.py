"""Columns that stand once for every year, criterion or skill: which are missing, which unknown."""

from collections.abc import Iterable, Mapping

from choosebattles.case.decision_model import Criterion
from choosebattles.spelling import closest, quoted
from choosebattles.words import _
from choosebattles.workbook.cells import blank
from choosebattles.workbook.column import Column, Family, Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.layout import INVESTMENTS
from choosebattles.workbook.names import Names
from choosebattles.workbook.table import Heading, Table


def check_years(table: Table, calendar: range, findings: Findings) -> None:
    """Refuse a sheet without a column for every year; warn of years outside the case."""
    for column in table.sheet.columns:
        if column.family is not Family.YEARS:
            continue
        there = {each.key for each in table.of(column)}
        missing = [str(year) for year in calendar if year not in there]
        if missing:
            findings.fault(
                table.top,
                "CB-S09",
                _("no column for {years}").format(years=", ".join(missing)),
                _("a column for every year from {first} to {last}").format(
                    first=calendar[0], last=calendar[-1]
                ),
                _("Add the column; type 0 where there is nothing."),
            )
        for head in table.of(column):
            if head.key not in calendar:
                findings.warn(
                    table.header_place(head),
                    "CB-S09",
                    _("the year {year}").format(year=head.text),
                    _("{first} to {last}").format(first=calendar[0], last=calendar[-1]),
                    _("It lies outside the plan and is not used."),
                )


def check_members(
    table: Table, criteria: Iterable[Criterion], names: Names, findings: Findings
) -> None:
    """Tell of score and staff columns of Investments that nothing defines, or that are missing."""
    scores = INVESTMENTS.column("score")
    typed = {names.find(Space.CRITERION, str(each.key)) for each in table.of(scores)}
    unknown = [each for each in table.of(scores) if not names.knows(Space.CRITERION, str(each.key))]
    for criterion in criteria:
        if criterion.id not in typed:
            near = closest(criterion.id, (str(each.key) for each in unknown))
            findings.fault(
                table.top,
                "CB-S05",
                _("no column {heading}").format(heading=scores.heading(criterion.id)),
                _("a column of scores for every criterion"),
                _("Rename the heading {heading}.").format(heading=quoted(scores.heading(near)))
                if near
                else _("Add the column; its blank cells count 0."),
            )
    for head in unknown:
        near = closest(str(head.key), names.all(Space.CRITERION))
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


def _check_skills(table: Table, column: Column, names: Names, findings: Findings) -> None:
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


def _filled(table: Table, head: Heading) -> bool:
    return any(
        head.index < len(values) and not blank(values[head.index]) for _row, values in table.rows
    )


def check_costs(table: Table, findings: Findings) -> None:
    """Refuse investments without any column of costs; warn of a gap in the cost years."""
    costs = table.of(INVESTMENTS.column("cost"))
    if not costs and not table.of(INVESTMENTS.column("running_cost")):
        findings.fault(
            table.top,
            "CB-S05",
            _("no column Cost year 1 and no column Running cost"),
            _("at least one of them"),
            _("Add the column; type 0 where there is no cost."),
        )
    years = {int(each.key) for each in costs if each.key is not None}
    missing = sorted(set(range(max(years, default=-1) + 1)) - years)
    if missing:
        findings.warn(
            table.top,
            "CB-S09",
            _("no column {headings}").format(
                headings=", ".join(INVESTMENTS.column("cost").heading(n + 1) for n in missing)
            ),
            _("cost years without a gap"),
            _("Its costs count as 0."),
        )


def table_or_none(tables: Mapping[str, Table], name: str) -> Table | None:
    """Return a table that has rows."""
    table = tables.get(name)
    return table if table is not None and table.rows else None
