"""The rivals of a plan as a workbook and as JSON."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.audit.recount import Recount
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import AuditError, OutputError
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.explain.rivals import Alternatives, Class
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.alternatives import (
    OptionRow,
    RivalRow,
    class_words,
    option_rows,
    rival_rows,
    sentences,
)
from choosebattles.report.parts.evidence import is_illustrative
from choosebattles.report.parts.marks import mark
from choosebattles.report.sheets.charts import Picture, named_points
from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import HEADER_ROW, Cell, Column, Page, Special
from choosebattles.report.wording import decimals, unit
from choosebattles.report.xlsx import REFUSED
from choosebattles.words import _


def alternatives_as_json(found: Alternatives) -> dict[str, Any]:
    """Return rivals as a tree of plain values; money in millions, unrounded."""
    rows = rival_rows(found)
    others = found.others
    return {
        "schema": SCHEMA,
        "case": found.case.name,
        "stop": str(found.stop),
        "proven": found.proven,
        "plans": [
            {
                **_row_as_json(row, each.recount),
                "rank": row.rank,
                "bound": each.bound if each.bound is None else max(each.bound, each.value),
            }
            for row, each in zip(rows, found.plans, strict=False)
        ],
        "others_at_most": None if others is None or math.isinf(others) else others,
        "no_others": others == -math.inf,
        "next_objective": found.next_value,
        "loss": found.loss,
        "least": found.least,
        "different": [
            {**_row_as_json(row, each.recount), "differs_in": each.options, "at_most": each.at_most}
            for row, each in zip(rows[len(found.plans) :], found.different, strict=True)
        ],
        "no_further": found.none_further,
        "classes": {name: str(kind) for name, kind in found.classes.items()},
        "gap": found.gap,
        "seconds": found.seconds,
    }


def _row_as_json(row: RivalRow, recount: Recount) -> dict[str, Any]:
    return {
        "name": row.name,
        "objective": float(recount.after.value),
        "indices": {name: float(index) for name, index in recount.after.indices.items()},
        "total_cost": float(recount.total_cost),
        "enters": list(row.enters),
        "leaves": list(row.leaves),
        "chosen": chosen_as_json(row.plan),
        "sentence": row.sentence,
    }


def chosen_as_json(plan: Plan) -> list[dict[str, Any]]:
    """Return the options that a plan takes, with their start years."""
    return [
        {"investment": it.investment, "option": it.option, "start": it.start} for it in plan.choices
    ]


def write_alternatives(found: Alternatives, path: Path, *, inputs: Iterable[Path] = ()) -> Written:
    """Write rivals as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What was found; it may have no plans.
    path
        Where the workbook shall stand.
    inputs
        Files that must never be overwritten.

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    OutputError
        If the file cannot be written.
    """
    counted = [each.recount for each in found.plans] + [each.recount for each in found.different]
    if not all(each.passed for each in counted):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))

    def write(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            _written(found, book)

    def read_back(partial: Path) -> None:
        _verify(found, partial)

    return write_safely(path, write, read_back, inputs=inputs)


def _sheets() -> tuple[str, str, str]:
    return _("Summary"), _("Alternatives"), _("Options")


def _written(found: Alternatives, book: Workbook) -> None:
    rows = rival_rows(found)
    looks = Looks(book, decimals(each.total_cost for each in rows))
    summary, plans, options = (Page(book.add_worksheet(name), looks, name) for name in _sheets())
    _summary(found, rows, book, summary)
    _plans(found, rows, plans)
    _options(found, options)


def _titled(found: Alternatives, what: str) -> str:
    title = f"{found.case.country}: {what}" if found.case.country else what
    if is_illustrative(found.case):
        return _("{title} (illustrative figures)").format(title=title)
    return title


def _summary(found: Alternatives, rows: Sequence[RivalRow], book: Workbook, page: Page) -> None:
    told = list(sentences(found))
    page.head(_titled(found, _("Alternatives to the best plan")), told[0])
    if not rows:
        return
    objective, cost = _("Objective (weighted sum)"), _("Total cost")
    bounded = any(each.most is not None for each in rows)
    most = [Column(_("At most"), Kind.INDEX, 11)] if bounded else []
    columns = (
        Column(_("Plan"), Kind.NAME, 7),
        Column(_("Rank"), Kind.COUNT, 7),
        Column(objective, Kind.INDEX, 13),
        *most,
        Column(cost, Kind.MONEY, 12),
        Column(_("Options that differ"), Kind.COUNT, 11),
        Column(_("In words"), Kind.TEXT, 95),
    )
    cells: list[list[Cell]] = [
        [
            _numbered(each),
            each.rank,
            each.value,
            *([each.most] if bounded else []),
            each.total_cost,
            each.options,
            each.sentence,
        ]
        for each in rows
    ]
    area = page.table(columns, cells, name="Rivals", autofilter=False)
    marks = _("Numbers: the best sets of options.")
    if found.different:
        marks = _(
            "Numbers: the best sets of options. Letters: near the best, and as different as can be."
        )
    lines = [
        *told[1:],
        marks,
        _("An option that enters and one that leaves count as two that differ."),
        _("Money in {unit}.").format(unit=unit(found.case)),
    ]
    for number, line in enumerate(lines, area.last + 2):
        page.sheet.write_string(number, 0, line, page.looks.plain)
    page.sheet.fit_to_pages(1, 1)
    if len(rows) == 1:
        return
    chart = named_points(
        book,
        Picture(_("What the plans cost and are worth"), objective, "0.00", 720, 400),
        f"{cost} ({unit(found.case)})",
        [
            (each.name, area.range(cost, n, n), area.range(objective, n, n))
            for n, each in enumerate(rows)
        ],
    )
    page.sheet.insert_chart(area.last + len(lines) + 3, 0, chart, {"description": told[0]})


def _numbered(row: RivalRow) -> int | str:
    return row.name if row.rank is None else int(row.name)


def _plans(found: Alternatives, rows: Sequence[RivalRow], page: Page) -> None:
    page.head(
        _titled(found, _("Alternatives, option by option")),
        _(
            "A column for each plan: from when it takes an option, and what enters or leaves "
            "against plan 1."
        ),
    )
    if not rows:
        return
    columns = [
        Column(_("Option"), Kind.NAME, 16),
        Column(_("Title"), Kind.TEXT, 40),
        Column(_("Class"), Kind.NAME, 11),
        *(Column(_("Plan {name}").format(name=each.name), Kind.NAME, 14) for each in rows),
    ]
    cells = [*_measures(found, rows), *_starts(found)]
    page.table(columns, cells, name="Plans", keep=2, autofilter=False)


def _measures(found: Alternatives, rows: Sequence[RivalRow]) -> Iterator[list[Cell]]:
    """Yield what every plan is worth and costs."""

    def row(title: str, numbers: Iterable[float], kind: Kind) -> list[Cell]:
        return [title, None, None, *(Special(each, kind) for each in numbers)]

    yield row(_("Objective"), (each.value for each in rows), Kind.INDEX)
    for place, objective in enumerate(found.case.model.objectives):
        yield row(objective.id, (each.indices[place] for each in rows), Kind.INDEX)
    yield row(_("Total cost"), (each.total_cost for each in rows), Kind.MONEY)


def _starts(found: Alternatives) -> Iterator[list[Cell]]:
    for each in option_rows(found):
        first = each.starts[0]
        yield [
            each.option,
            each.title,
            str(each.kind),
            *(mark(start, first, base=not number) for number, start in enumerate(each.starts)),
        ]


def _options(found: Alternatives, page: Page) -> None:
    rows = option_rows(found)
    told = "; ".join(
        _("{kind}: {number}").format(kind=kind, number=len(found.ids(kind)))
        for kind in Class
        if found.ids(kind)
    )
    page.head(
        _titled(found, _("Which options the plans within the loss take")),
        _("Plans worth at least {least} points; options by class: {told}.").format(
            least=f"{found.least:.2f}" if found.least is not None else "", told=told
        )
        if rows
        else _("There is no plan."),
    )
    if not rows:
        return
    columns = (
        Column(_("Option"), Kind.NAME, 16),
        Column(_("Title"), Kind.TEXT, 46),
        Column(_("Class"), Kind.NAME, 34),
        Column(_("In plan 1"), Kind.NAME, 10),
        Column(_("Plans listed that take it"), Kind.COUNT, 14),
    )
    cells = [_option(each) for each in sorted(rows, key=lambda each: list(Class).index(each.kind))]
    page.table(columns, cells, name="Classes")


def _option(row: OptionRow) -> list[Cell]:
    return [
        row.option,
        row.title,
        class_words(row.kind),
        _("yes") if row.starts[0] is not None else _("no"),
        sum(each is not None for each in row.starts),
    ]


def _verify(found: Alternatives, path: Path) -> None:
    """Read the workbook back and compare every plan and class with what was found."""
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            plans = _read(book[_sheets()[0]])
            classes = _read(book[_sheets()[2]])
        finally:
            book.close()
    rows = rival_rows(found)
    if [(row[0], row[2], row[-1]) for row in plans] != [
        (_numbered(each), each.value, each.sentence) for each in rows
    ]:
        raise _differs(_("the plans of the summary"))
    told: Mapping[Id, str] = {name: class_words(kind) for name, kind in found.classes.items()}
    if {row[0]: row[2] for row in classes} != told:
        raise _differs(_("the classes of the options"))


def _read(sheet: Any) -> list[tuple[Any, ...]]:
    tables = list(sheet.tables.values())
    if not tables:
        return []
    head, *rows = sheet[tables[0].ref]
    assert head[0].row == HEADER_ROW + 1
    return [tuple(cell.value for cell in row) for row in rows]


def _differs(place: str) -> OutputError:
    sentence = _(
        "The results were not kept, because they read back differently: {place}. Whatever "
        "stood there before is intact. Please report this."
    )
    return OutputError(sentence.format(place=place))
