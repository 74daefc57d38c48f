"""The words and ids that cells offer: one hidden sheet, one defined name for each list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from choosebattles.case.decision_model import DEFAULT_OBJECTIVES
from choosebattles.case.limit import Metric
from choosebattles.case.numbers import QUANTITIES
from choosebattles.spelling import key
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind, ColumnLayout, Setting, Space
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.name_spelling import option_id
from choosebattles.workbook.rows_from_facts import Cell
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.sheets import LISTS
from choosebattles.workbook.writing.formats import TemplateFormats
from choosebattles.workbook.writing.placement import OFFERED, SPARE, ColumnCells, PlacedBook

HEADER = 4
"""Row of the headings of the lists, counted from 1."""

CRITERIA_OFFERED = 60
"""How many criteria the list of metrics offers at most."""

PLAIN_QUANTITIES = tuple(word for word, of in QUANTITIES.items() if not of[0].by_member)
"""Quantities of a range that need no name after them."""

DEFINED_ON = {
    Space.OBJECTIVE: "Objectives",
    Space.CRITERION: "Criteria",
    Space.FUND: "Funds",
    Space.SHOCK: "Shocks",
    Space.LAYER: "Layers",
    Space.SOURCE: "Sources",
}
"""The sheets whose first column other cells refer to."""


@dataclass
class ListsSheet:
    """The names of all lists of a workbook."""

    plan: PlacedBook
    book: Workbook
    names: set[str] = field(default_factory=set)
    full_ids: ColumnCells | None = None
    """The full id of every row of Investments, for whoever counts them."""
    _sheet: Worksheet | None = None
    _formats: TemplateFormats | None = None
    _column: int = 0

    def offered(self, column: ColumnLayout | Setting) -> str:
        """Return the name of the list that a cell offers, or nothing."""
        if column.name == "own_plan":
            name = "list_OwnPlan"
        elif column.name == "quantity":
            name = "list_Quantity"
        elif isinstance(column, ColumnLayout) and column.kind is CellKind.METRIC:
            name = "list_Metric"
        elif column.choices:
            name = _name_of(column)
        elif isinstance(column, ColumnLayout):
            space = column.space if column.space is not Space.NONE else _used(column)
            name = f"list_{space.name.title()}" if space is not Space.NONE else ""
        else:
            name = ""
        return name if name in self.names else ""

    def write(self, formats: TemplateFormats) -> None:
        """Write the sheet and define the names."""
        self._sheet, self._formats = self.book.add_worksheet(LISTS), formats
        self._sheet.write_string(0, 0, _("Words and ids that the drop-downs offer"), formats.title)
        about = _("Nothing is typed here. The lists grow by themselves with the other sheets.")
        self._sheet.write_string(1, 0, about, formats.help)
        for sheet in SHEETS:
            for column in sheet.columns if sheet.name in self.plan else ():
                if column.choices and column.kind is CellKind.CHOICE:
                    self._fixed(_name_of(column), column.header, column.choices)
        for setting in SETTINGS:
            if setting.choices:
                self._fixed(_name_of(setting), setting.label, setting.choices)
        self._fixed("list_OwnPlan", _("Own plan"), ("yes",))
        self._fixed("list_Quantity", _("Quantity"), PLAIN_QUANTITIES)
        for space, name in DEFINED_ON.items():
            self._growing(space, name)
        self._metrics()
        self._members()
        self._sheet.protect()
        self._sheet.hide()

    def _fixed(self, name: str, heading: str, words: Sequence[str]) -> None:
        if name not in self.names:
            first, last = self._put(heading, [(word, None) for word in words])
            self._define(name, f"='{LISTS}'!{first}:{last}")

    def _growing(self, space: Space, sheet: str) -> None:
        name = f"list_{space.name.title()}"
        if sheet in self.plan:
            placed = self.plan[sheet]
            head = placed.page.heads[0]
            area = placed.area(head).text
            rows = f'SUMPRODUCT(MAX(({area}<>"")*(ROW({area})-{placed.header})))'
            self._define(name, f"=OFFSET({placed.start(head)},0,0,MAX(1,{rows}),1)")
        elif space in {Space.OBJECTIVE, Space.CRITERION}:
            self._fixed(name, space.value.capitalize(), DEFAULT_OBJECTIVES)

    def _metrics(self) -> None:
        """List the metrics, and points of every criterion."""
        if "Limits" not in self.plan:
            return
        plain: list[tuple[str, str | None]] = [
            (str(metric), None) for metric in Metric if not metric.declared.of_criterion
        ]
        ids = self.plan.column("Criteria", "id")
        named: list[tuple[str, str | None]] = []
        for metric in Metric:
            if not metric.declared.of_criterion:
                continue
            if ids is None:
                named += [(f"{metric}: {objective}", None) for objective in DEFAULT_OBJECTIVES]
                continue
            for row in range(CRITERIA_OFFERED):
                cell = f"INDEX({ids.text},{row + 1})"
                value = ids.values[row]
                words = "" if value is None else f"{metric}: {value}"
                named.append((words, f'=IF({cell}="","","{metric}: "&{cell})'))
        first, last = self._put(_("Metric"), [*plain, *named])
        area = f"'{LISTS}'!{first}:{last}"
        rows = f'SUMPRODUCT(MAX(({area}<>"")*(ROW({area})-{HEADER})))'
        self._define("list_Metric", f"=OFFSET('{LISTS}'!{first},0,0,{rows},1)")

    def _members(self) -> None:
        """List every option by its full id, and every investment that has several options."""
        placed = self.plan["Investments"]
        owners = placed.area(placed.heads("investment")[0])
        shorts = placed.area(placed.heads("option")[0])
        met: set[str] = set()
        full: list[tuple[str, str | None]] = []
        investments: list[tuple[str, str | None]] = []
        pairs = list(zip(owners.values, shorts.values, strict=True))
        for row, (owner, short) in enumerate(pairs[: max(OFFERED, placed.prepared + SPARE)]):
            one, other = f"INDEX({owners.text},{row + 1})", f"INDEX({shorts.text},{row + 1})"
            begins = f'LEFT({other},LEN({one})+1)={one}&"."'
            short_one = f"IF({begins},MID({other},LEN({one})+2,99),{other})"
            joined = f'{one}&"."&{short_one}'
            formula = f'=IF({one}="","",IF({other}="",{one},{joined}))'
            full.append((_full(owner, short), formula))
            again = key(str(owner)) in met
            met.add(key(str(owner)))
            shown = "" if owner is None or short is None or again else str(owner)
            so_far = f"{owners.text.partition(':')[0]}:{one}"
            test = f'OR({one}="",{other}="",COUNTIF({so_far},{one})>1)'
            investments.append((shown, f'=IF({test},"",{one})'))
        first, last = self._put(_("Ids, row by row"), [*full, *investments])
        self.full_ids = ColumnCells(
            f"'{LISTS}'!{first}:{_down(first, len(full) - 1)}",
            tuple(value or None for value, _formula in full),
        )
        raw = f"'{LISTS}'!{first}:{last}"
        self._compact(raw, first, [value for value, _formula in (*full, *investments)])

    def _compact(self, raw: str, first: str, values: Sequence[str]) -> None:
        """List what is filled without the blanks between."""
        counts: list[tuple[int, str | None]] = []
        column = self._column
        number = 0
        for row, value in enumerate(values):
            number += bool(value)
            before = xl_rowcol_to_cell(HEADER + row - 1, column) if row else "0"
            counts.append((number, f'={before}+({_down(first, row)}<>"")'))
        counted = "{}:{}".format(*self._put(_("Counted"), counts))
        filled = [value for value in values if value]
        cells: list[tuple[str, str | None]] = []
        for row in range(len(values)):
            found = f"INDEX({raw},MATCH({row + 1},{counted},0))"
            cells.append((filled[row] if row < len(filled) else "", f'=IFERROR({found},"")'))
        start, _end = self._put(_("Investments and options"), cells)
        last = f"MAX(1,MAX('{LISTS}'!{counted}))"
        self._define("list_Member", f"=OFFSET('{LISTS}'!{start},0,0,{last},1)")

    def _put(self, heading: str, cells: Sequence[tuple[str | int, str | None]]) -> tuple[str, str]:
        """Write one list below its heading; return its first and last cell."""
        assert self._sheet is not None
        assert self._formats is not None
        column = self._column
        self._column += 1
        self._sheet.set_column(column, column, 20)
        self._sheet.write_string(HEADER - 1, column, heading, self._formats.strong)
        style = self._formats.calculated()
        for row, (value, formula) in enumerate(cells, start=HEADER):
            if formula is None:
                self._sheet.write(row, column, value, style)
            else:
                self._sheet.write_formula(row, column, formula, style, value)
        letter = xl_col_to_name(column)
        return f"${letter}${HEADER + 1}", f"${letter}${HEADER + len(cells)}"

    def _define(self, name: str, formula: str) -> None:
        self.book.define_name(name, formula)
        self.names.add(name)


def _used(column: ColumnLayout) -> Space:
    """Return which names a column offers that may also bring new ones into being."""
    return (
        column.defines
        if column.defines is Space.LAYER and column.name != "id"
        else (Space.SOURCE if column.name == "source" else Space.NONE)
    )


def _name_of(column: ColumnLayout | Setting) -> str:
    label = column.header if isinstance(column, ColumnLayout) else column.label
    return "list_" + re.sub(r"\W", "", label.title())


def _full(owner: Cell, short: Cell) -> str:
    return "" if owner is None else option_id(str(owner), "" if short is None else str(short))


def _down(cell: str, rows: int) -> str:
    """Return the cell that many rows below."""
    _empty, letters, number = cell.split("$")
    return f"${letters}${int(number) + rows}"
