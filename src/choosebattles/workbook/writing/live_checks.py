"""Live totals, and what somebody should look at before the file is sent on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from choosebattles.case.bounds import FUNDS_AT_MOST, NumberBounds
from choosebattles.case.checks.ids import EXAMPLE
from choosebattles.case.decision_model import (
    AUTONOMY,
    DEFAULT_OBJECTIVES,
    ContingencyKind,
    Method,
)
from choosebattles.case.evidence import Shape
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision
from choosebattles.case.limit import ALL, NONE, Measured, Metric
from choosebattles.case.numbers import Family
from choosebattles.case.rule import ALLOWED, REQUIRED, RuleKind
from choosebattles.spelling import key
from choosebattles.translation import _
from choosebattles.workbook.column import LISTED, CellKind, ColumnLayout, Space
from choosebattles.workbook.layout import INVESTMENTS, SETTINGS_SHEET
from choosebattles.workbook.rows_from_facts import Cell
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.typed_numbers import HUGE
from choosebattles.workbook.typed_texts import NOTE_LIMIT, TITLE_LIMIT
from choosebattles.workbook.writing.cell_formulas import (
    CellFormula,
    a_text,
    above,
    after,
    alike,
    all_rows,
    amounts_to,
    begins,
    belongs,
    below,
    beside,
    blank,
    broken,
    column,
    column_or_none,
    filled,
    headings,
    holds,
    in_plan,
    items,
    joined,
    last_year,
    listed,
    longer,
    named,
    no_number,
    none,
    number,
    one,
    otherwise,
    over,
    same,
    says,
    setting,
    times,
    together,
    under,
    wrong,
    year_like,
    years_missing,
    zero,
)
from choosebattles.workbook.writing.dropdown_lists import DEFINED_ON, PLAIN_QUANTITIES
from choosebattles.workbook.writing.placement import ColumnCells, PlacedBook, PlacedPage


@dataclass(frozen=True)
class CheckedNumber:
    """One calculated number: what it is, its formula, and its value now."""

    label: str
    sheet: str
    formula: str
    value: float


@dataclass(frozen=True)
class FundTotals:
    """The funds with their amounts, as a table whose last row and column are sums."""

    years: tuple[str, ...]
    names: tuple[tuple[str, Cell], ...]
    """Formula and value of the name of each fund."""
    amounts: tuple[tuple[tuple[str, float | str], ...], ...]
    """The same of its amounts; nothing where there is no such fund."""
    sums: tuple[tuple[str, float], ...]
    """The same of all funds together, year by year."""


def row_has(areas: Sequence[ColumnCells]) -> str:
    """Return the condition that any of several columns is filled, row by row."""
    return "((" + "+".join(f'({area.text}<>"")' for area in areas) + ")>0)"


def started(areas: Sequence[ColumnCells]) -> list[bool]:
    """Return which rows have anything in several columns."""
    rows = zip(*(area.values for area in areas), strict=True)
    return [any(value is not None for value in row) for row in rows]


# --- totals -------------------------------------------------------------------------------------


def totals(plan: PlacedBook) -> Iterator[CheckedNumber]:
    """Yield the counts and sums that ``check`` prints as control totals."""
    for placed in plan.sheets.values():
        if placed.sheet is not SETTINGS_SHEET:
            areas = [placed.area(head) for head in placed.page.heads]
            label = _("rows on {sheet}").format(sheet=placed.sheet.name)
            count = f"=SUMPRODUCT(--{row_has(areas)})"
            yield CheckedNumber(label, placed.sheet.name, count, sum(started(areas)))
    placed = plan["Investments"]
    owners = placed.area(placed.heads("investment")[0])
    text = owners.text
    different = f'=SUMPRODUCT(({text}<>"")/(COUNTIF({text},{text}&"")+({text}="")))'
    number = len({key(str(owner)) for owner in owners.filled})
    yield CheckedNumber(_("investments"), placed.sheet.name, different, number)
    built = _("cost of everything, built")
    costs, typed = begins(headings(placed), "Cost year"), all_rows(placed)
    formula = f"=SUM({costs.text}*IF(ISNUMBER({typed.text}),{typed.text},0))"
    value = sum(sum(placed.area(head).numbers) for head in placed.heads("cost"))
    yield CheckedNumber(built, placed.sheet.name, formula, value)
    running = placed.area(placed.heads("running_cost")[0])
    label = _("cost of everything, running, a year")
    yield CheckedNumber(label, placed.sheet.name, f"=SUM({running.text})", sum(running.numbers))
    incomes = begins(headings(placed), "Income year")
    formula = f"=SUM({incomes.text}*IF(ISNUMBER({typed.text}),{typed.text},0))"
    value = sum(sum(placed.area(head).numbers) for head in placed.heads("income"))
    yield CheckedNumber(_("income of everything, by year"), placed.sheet.name, formula, value)
    for head in placed.heads("score"):
        area = placed.area(head)
        label = _("scores on {criterion}").format(criterion=head.key)
        yield CheckedNumber(label, placed.sheet.name, f"=SUM({area.text})", sum(area.numbers))
    for name in ("Objectives", "Criteria"):
        weights = plan.column(name, "weight")
        if weights is not None:
            label = _("sum of weights typed on {sheet}").format(sheet=name)
            yield CheckedNumber(label, name, f"=SUM({weights.text})", sum(weights.numbers))


def fund_totals(plan: PlacedBook) -> FundTotals:
    """Return the funds, year by year and in all."""
    placed = plan["Funds"]
    ids = placed.area(placed.page.heads[0])
    years = placed.heads("amount")
    areas = [placed.area(year) for year in years]
    names, amounts = [], []
    for row in range(FUNDS_AT_MOST):
        cell = f"INDEX({ids.text},{row + 1})"
        names.append((f'=IF({cell}="","",{cell})', ids.values[row] or ""))
        has_fund = ids.values[row] is not None
        amounts.append(
            tuple(
                (
                    f'=IF({cell}="","",N(INDEX({area.text},{row + 1})))',
                    _n(area, row) if has_fund else "",
                )
                for area in areas
            )
        )
    sums = tuple((f"=SUM({area.text})", sum(area.numbers)) for area in areas)
    return FundTotals(tuple(str(year.key) for year in years), tuple(names), tuple(amounts), sums)


def _n(area: ColumnCells, row: int) -> float:
    value = area.values[row]
    return value if isinstance(value, int | float) else 0


# --- what to look at ----------------------------------------------------------------------------


def problem_counts(plan: PlacedBook, full_ids: ColumnCells) -> list[CheckedNumber]:
    """Return everything that is counted and should be 0, in the order of the sheets."""
    order = list(plan.sheets)
    found = _ProblemCounts(plan, full_ids).all()
    return sorted(found, key=lambda thing: order.index(thing.sheet))


ONLY_CHECK = (
    _(
        "whether every item of a list in one cell (Scope, Eligible, Covers, Exposures, Hits) is known"
    ),
    _("letters that only look like others, and characters that cannot be seen"),
    _("number formats: a percentage, a date or another currency where a plain number belongs"),
    _("rows that only sum up others, and amounts in the wrong unit"),
    _("whether an investment has a year left in which it can start and be paid to the end"),
    _("whether a service needs a layer that nobody covers"),
    _("rules that name an investment and one of its options, or that contradict each other"),
    _("merged cells, hidden rows, notes below a table, charts, and sheets that are renamed"),
    _("settings that stand twice, and rows of Settings that confirm a doubt"),
    _("what several files of one case say differently"),
)
"""What no formula of the sheet Checks sees, and ``check`` does."""

MARKS = " !\"#$%&'()*+,/:;<=>?@[]^`{|}~"
"""Characters that no id has."""


YES_OR_NO = ("yes", "no", "y", "n", "true", "false")
"""Texts that say whether something is in the own plan."""


class _ProblemCounts:
    """Counts, sheet by sheet, whatever ``check`` refuses and a formula can see."""

    def __init__(self, plan: PlacedBook, full_ids: ColumnCells) -> None:
        self.plan = plan
        rows = len(plan["Investments"].page.rows)
        values = np.array(full_ids.values[:rows], dtype=object).reshape(rows, 1)
        self.full_ids = CellFormula(full_ids.text, values)
        self.first, self.years = setting(plan, "first_year"), setting(plan, "years")

    def all(self) -> Iterator[CheckedNumber]:
        """Yield all counts."""
        yield from self._settings()
        for placed in self.plan.sheets.values():
            if placed.sheet is not SETTINGS_SHEET:
                yield from self._headings(placed)
                yield from self._left_blank(placed)
                yield from self._ids(placed)
                yield from self._numbers(placed)
                yield from self._words(placed)
                yield from self._unknown(placed)
        yield from self._funds()
        yield from self._starts()
        yield from self._decisions()
        yield from self._options()
        yield from self._columns_named_elsewhere()
        yield from self._objectives()
        yield from self._criteria()
        yield from self._rules()
        yield from self._limits()
        yield from self._continuity()
        yield from self._ranges()

    def _of(self, sheet: str, name: str = "id") -> CellFormula | None:
        return column_or_none(self.plan, sheet, name)

    # --- Settings ---

    def _settings(self) -> Iterator[CheckedNumber]:
        numbers, words = zero(), zero()
        for declared in SETTINGS:
            cell = setting(self.plan, declared.name)
            if declared.required:
                label = _("{setting} not typed").format(setting=declared.label)
                yield _count(label, "Settings", ~number(cell))
            if declared.kind.numeric:
                numbers += no_number(cell)
                numbers += _beyond(cell, declared.bounds)
                if declared.kind in {CellKind.WHOLE, CellKind.YEAR}:
                    numbers += broken(cell)
            elif declared.choices:
                words += filled(cell) & ~says(cell, declared.choices)
        flat = says(setting(self.plan, "contingency"), [ContingencyKind.FLAT])
        numbers += flat & above(setting(self.plan, "contingency_amount"), 1)
        yield _count(_("numbers that do not fit"), "Settings", numbers)
        yield _count(_("words that are not in the list"), "Settings", words)

    # --- every sheet ---

    def _headings(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        name, row = placed.sheet.name, headings(placed)
        if placed.sheet.required:
            ids = column(placed, placed.sheet.columns[0].name)
            yield _count(_("no row yet"), name, none(filled(ids).sum))
        missing = zero()
        for layout in placed.sheet.columns:
            if (layout.required or layout.needed) and layout.family is None:
                missing += none(named(layout.header, row))
            if layout.family is Family.YEARS:
                label = _("years of the plan without a column")
                yield _count(label, name, years_missing(row, self.first, self.years))
        yield _count(_("headings that must be there and are not"), name, missing)
        twice = filled(row) & over(times(row, row), 1)
        yield _count(_("headings that stand twice"), name, twice)
        yield _count(_("cells with an error such as #REF!"), name, wrong(all_rows(placed)))

    def _left_blank(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        """Count cells left blank that must be filled, in rows where anything is."""
        name, begun = placed.sheet.name, self._begun(placed)
        for layout in placed.sheet.columns:
            label = _("rows without {heading}").format(heading=layout.header)
            if layout.required and layout.family is None:
                yield _count(label, name, begun & blank(column(placed, layout.name)))
            elif layout.family is Family.YEARS:
                label = _("cells left blank under the years")
                years = in_plan(headings(placed), self.first, self.years)
                yield _count(label, name, begun & years & blank(all_rows(placed)))
            elif layout.family is Family.CRITERIA and placed.heads(layout.name):
                label = _("cells left blank under {heading}").format(heading=_heading(layout))
                heads = begins(headings(placed), layout.header.format(""))
                yield _count(label, name, begun & heads & blank(all_rows(placed)))

    def _begun(self, placed: PlacedPage) -> CellFormula:
        parts = [filled(under(placed, head)) for head in placed.page.heads]
        return over(reduce(add, parts), 0)

    def _ids(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        first, name = placed.sheet.columns[0], placed.sheet.name
        ids = column(placed, first.name)
        if first.defines is Space.PROVIDER:
            layers = column(placed, "layer")
            both = filled(ids) & over(alike((ids, ids), (layers, layers)), 1)
            yield _count(_("rows of one provider and one layer"), name, both)
        elif first.defines is not Space.NONE or first.name == "name":
            full = self.full_ids if name == "Investments" else ids
            twice = filled(full) & over(times(full, full), 1)
            yield _count(_("rows whose id is used twice"), name, twice)
        if first.defines is not Space.NONE:
            label = _("rows with an id that no row may have: EXAMPLE, ALL, NONE")
            yield _count(label, name, says(ids, [EXAMPLE, ALL, NONE]))
        odd = zero()
        for layout in placed.sheet.columns:
            if layout.kind is CellKind.ID and layout.defines is not Space.NONE:
                marks = MARKS if layout.defines is Space.MEMBER else f"{MARKS}."
                odd += holds(column(placed, layout.name), marks).sum
        label = _("ids with other characters than letters, digits, _ and -")
        yield from _count_if_any(label, name, odd)
        long = zero()
        for layout in placed.sheet.columns:
            if layout.family is None and not layout.kind.numeric:
                noted = layout.kind in LISTED or (
                    layout.kind is CellKind.TEXT
                    and layout.name != "title"
                    and layout.defines is Space.NONE
                )
                most = NOTE_LIMIT if noted else TITLE_LIMIT
                long += longer(column(placed, layout.name), most).sum
        yield _count(_("texts that are too long"), name, long)

    def _numbers(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        """Count texts in place of numbers, numbers out of bounds, and those that are not whole."""
        name = placed.sheet.name
        texts, outside, parts = zero(), zero(), zero()
        for layout in placed.sheet.columns:
            if not layout.kind.numeric:
                continue
            cells, applies = self._under(placed, layout)
            odd = (
                no_number(cells) & ~year_like(cells)
                if layout.kind is CellKind.YEAR
                else no_number(cells)
            )
            far = applies & _beyond(cells, placed.sheet.bounds(layout))
            if layout.kind is CellKind.WHOLE:
                parts += broken(cells).sum
            if layout.required or layout.family is not None or layout.kind is CellKind.MONEY:
                label = _("texts in place of numbers under {heading}")
                yield _count(label.format(heading=_heading(layout)), name, applies & odd)
                label = _("numbers under {heading} that are not {bounds}")
                label = label.format(heading=_heading(layout), bounds=placed.sheet.bounds(layout))
                yield from _count_if_any(label, name, far)
            else:
                texts += odd.sum
                outside += far.sum
        yield from _count_if_any(_("texts in place of numbers in other columns"), name, texts)
        label = _("numbers in other columns that are too small or too large")
        yield from _count_if_any(label, name, outside)
        yield from _count_if_any(_("numbers that must be whole"), name, parts)

    def _under(self, placed: PlacedPage, layout: ColumnLayout) -> tuple[CellFormula, CellFormula]:
        """Return a column; or a whole sheet, and which headings are of a family, also added ones."""
        if layout.family is None:
            return column(placed, layout.name), one("1", 1)
        heads = headings(placed)
        if layout.family is Family.YEARS:
            return all_rows(placed), in_plan(heads, self.first, self.years)
        return all_rows(placed), begins(heads, layout.header.format("").rstrip())

    def _words(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        """Count words that are not in the list of their cell."""
        count = zero()
        for layout in placed.sheet.columns:
            if layout.family is not None:
                continue
            cells = column(placed, layout.name)
            if layout.kind is CellKind.CHOICE:
                count += (filled(cells) & ~says(cells, layout.choices)).sum
            elif layout.kind is CellKind.OWN_PLAN:
                count += (a_text(cells) & ~says(cells, YES_OR_NO) & ~year_like(cells)).sum
            elif layout.kind is CellKind.METRIC:
                count += self._no_metric(cells).sum
            elif layout.name == "quantity":
                scored = begins(cells, "score:")
                count += (filled(cells) & ~says(cells, PLAIN_QUANTITIES) & ~scored).sum
        yield from _count_if_any(_("words that are not in the list"), placed.sheet.name, count)

    def _no_metric(self, cells: CellFormula) -> CellFormula:
        """Return which cells say no metric, or one of a criterion that is not there."""
        wrong = filled(cells) & ~says(cells, [it for it in Metric if not it.declared.of_criterion])
        for metric in Metric:
            if metric.declared.of_criterion:
                name = after(cells, f"{metric}:")
                known = self._known(name, Space.CRITERION)
                wrong &= ~(begins(cells, f"{metric}:") & filled(name) & known)
        return wrong

    def _known(self, cells: CellFormula, space: Space) -> CellFormula:
        """Return which cells name something of the sheet that holds such names."""
        sheet = DEFINED_ON[space]
        ids = self._of(sheet)
        if space not in {Space.OBJECTIVE, Space.CRITERION}:
            return over(times(cells, ids), 0) if ids is not None else zero()
        usual = says(cells, DEFAULT_OBJECTIVES)
        if ids is None:
            return self._usual_objectives(cells, space, usual)
        # Where a sheet is blank it means the usual two.
        return over(times(cells, ids), 0) | (none(filled(ids).sum) & usual)

    def _usual_objectives(
        self, cells: CellFormula, space: Space, usual: CellFormula
    ) -> CellFormula:
        if space is Space.CRITERION and "Objectives" in self.plan:
            return self._known(cells, Space.OBJECTIVE)
        return usual

    def _unknown(self, placed: PlacedPage) -> Iterator[CheckedNumber]:
        """Count cells that name something that its own sheet does not hold."""
        for layout in placed.sheet.columns:
            label = _("{heading} that no row defines").format(heading=layout.header)
            if layout.family is not None:
                continue
            cells = column(placed, layout.name)
            if (
                layout.kind is CellKind.ID
                and layout.space in DEFINED_ON
                and layout.name != "source"
            ):
                known = self._known(cells, layout.space)
                yield _count(label, placed.sheet.name, filled(cells) & ~known)
            elif layout.kind is CellKind.IDS or layout.kind is CellKind.SCOPE:
                label = _("rows that name under {heading} what no row defines, or name it twice")
                label = label.format(heading=layout.header)
                yield _count(label, placed.sheet.name, self._not_listed(layout, cells))

    def _not_listed(self, layout: ColumnLayout, cells: CellFormula) -> CellFormula:
        """Return which lists hold what nothing defines; of scopes only those that are all ids."""
        counted = items(cells)
        if layout.space is Space.SHOCK and "Shocks" not in self.plan:
            return counted
        if layout.space is Space.SHOCK:
            name, known = "list_Shock", self._names("Shocks")
        else:
            name, known = "list_Member", self._members
        differs = ~same(counted, listed(cells, name, known).across)
        if layout.takes_all:
            differs &= ~says(cells, [ALL])
        return differs & ~holds(cells, ":") if layout.kind is CellKind.SCOPE else differs

    def _names(self, sheet: str) -> list[str]:
        cells = self._of(sheet)
        return [] if cells is None else [str(row[0]) for row in cells.values if row[0] is not None]

    @property
    def _members(self) -> list[str]:
        """Return what the drop-downs offer: every full id, and investments of several options."""
        owners, shorts = self._columns("investment", "option")
        full = [str(row[0]) for row in self.full_ids.values if row[0] is not None]
        wholes: dict[str, str] = {}
        for (owner,), (short,) in zip(owners.values, shorts.values, strict=True):
            if owner is not None:
                wholes.setdefault(key(str(owner)), str(owner) if short is not None else "")
        return [*full, *(name for name in wholes.values() if name)]

    # --- Funds ---

    def _funds(self) -> Iterator[CheckedNumber]:
        placed = self.plan["Funds"]
        ids, eligible, most, pays = (
            column(placed, name) for name in ("id", "eligible", "pays_at_most", "pays")
        )
        label = _("more funds than {number}").format(number=FUNDS_AT_MOST)
        yield _count(label, "Funds", over(filled(ids).sum, FUNDS_AT_MOST))
        general = filled(ids) & blank(eligible)
        general &= blank(most) | amounts_to(most, 1)
        general &= blank(pays) | says(pays, [Pays.BOTH])
        kind, amount = (setting(self.plan, n) for n in ("contingency", "contingency_amount"))
        contingency = filled(kind) & ~says(kind, [ContingencyKind.NONE]) & above(amount, 0)
        label = _("a contingency and no fund that may hold it")
        yield _count(label, "Funds", contingency & none(general.sum))
        dependence = above(column(placed, "dependence"), 0)
        label = _("dependence above 0 without a criterion of autonomy")
        yield _count(label, "Funds", dependence & ~self._measured(AUTONOMY))

    def _measured(self, objective: str) -> CellFormula:
        """Return whether an objective has a criterion; without any each objective has its own."""
        criteria = self._of("Criteria", "objective")
        ids = self._of("Objectives")
        has_objective = one("1", 1)
        if ids is not None:
            has_objective = over(named(objective, ids), 0) | none(filled(ids).sum)
        if criteria is None:
            return has_objective
        scored = over(named(objective, criteria), 0) | none(filled(criteria).sum)
        return has_objective & scored

    # --- Investments ---

    def _columns(self, *names: str) -> Iterator[CellFormula]:
        return (column(self.plan["Investments"], name) for name in names)

    def _starts(self) -> Iterator[CheckedNumber]:
        earliest, latest, decision = self._columns("earliest_start", "latest_start", "decision")
        ongoing = says(decision, [Decision.ONGOING])
        late = ongoing & (blank(earliest) | above(earliest, self.first))
        label = _("ongoing rows without the year in which they started")
        yield _count(label, "Investments", late)
        outside = zero()
        last = last_year(self.first, self.years)
        for start in (earliest, latest):
            far = below(start, self.first) | above(start, last)
            outside += (~ongoing & far).sum
        yield _count(_("start years outside the plan"), "Investments", outside)
        label = _("latest starts before the earliest")
        yield _count(label, "Investments", ~ongoing & below(latest, earliest))

    def _decisions(self) -> Iterator[CheckedNumber]:
        owner, decision, reason = self._columns("investment", "decision", "reason")
        placed = self.plan["Investments"]
        costs = begins(headings(placed), "Cost year")
        typed = costs & filled(all_rows(placed))
        (running, revenue) = self._columns("running_cost", "revenue_to")
        label = _("rows without any cost (type 0 if none)")
        priced = over(typed.across + filled(running), 0)
        yield _count(label, "Investments", self._begun(placed) & ~priced)
        decided = filled(decision) & ~says(decision, [Decision.OPEN])
        yield _count(_("decisions without a reason"), "Investments", decided & blank(reason))
        ongoing = together(owner, owner, decision, str(Decision.ONGOING))
        twice = says(decision, [Decision.ONGOING]) & over(ongoing, 1)
        yield _count(_("two ongoing rows of one investment"), "Investments", twice)
        funds = column(self.plan["Funds"], "id")
        several = over(filled(funds).sum, 1)
        label = _("incomes and no fund to receive them")
        incomes = begins(headings(placed), "Income year") & above(all_rows(placed), 0)
        lost = over(incomes.across + below(running, 0), 0) & blank(revenue) & several
        yield _count(label, "Investments", lost)

    def _options(self) -> Iterator[CheckedNumber]:
        owner, option = self._columns("investment", "option")
        label = _("rows of one investment without a name under Option")
        unnamed = filled(owner) & blank(option) & over(times(owner, owner), 1)
        yield _count(label, "Investments", unnamed)
        label = _("options with the name of another investment")
        yield _count(label, "Investments", holds(option, ".") & ~belongs(option, owner))
        disagree = zero()
        for cells in self._columns("owner", "pillar", "layer"):
            # As many rows of the investment say the same as say anything.
            others = alike((owner, owner), (cells, cells))
            more = beside(owner, owner, cells) - others
            disagree += (filled(owner) & filled(cells) & over(more, 0)).sum
        label = _("rows of one investment with different owners, pillars or layers")
        yield _count(label, "Investments", disagree)

    def _columns_named_elsewhere(self) -> Iterator[CheckedNumber]:
        heads = headings(self.plan["Investments"])
        ids = self._of("Criteria")
        if ids is not None:
            score = INVESTMENTS.column("score").header.format("")
            missing = filled(ids) & none(times(joined(score, ids), heads))
            label = _("criteria without a column of scores")
            yield _count(label, "Investments", missing)
        unknown = zero()
        skills = self._of("Skills")
        for layout in INVESTMENTS.columns:
            if layout.family is Family.SKILLS:
                word = layout.header.format("").rstrip()
                skill_columns = begins(heads, word)
                if skills is not None:
                    skill_columns &= none(times(after(heads, word), skills))
                unknown += skill_columns.sum
        label = _("columns of people whose skill no row of Skills defines")
        yield _count(label, "Investments", unknown)

    # --- Objectives and Criteria ---

    def _objectives(self) -> Iterator[CheckedNumber]:
        ids = self._of("Objectives")
        in_order = says(setting(self.plan, "method"), [Method.LEXICOGRAPHIC])
        label = _("method lexicographic and objectives of equal weight")
        if ids is None:
            yield _count(label, "Settings", in_order)
        else:
            placed = self.plan["Objectives"]
            weight, low, high = (column(placed, n) for n in ("weight", "weight_low", "weight_high"))
            weights = otherwise(weight, 1)
            same_ = filled(ids) & over(_same_weight(weights, ids).across, 1)
            yield _count(label, "Objectives", in_order & same_)
            label = _("weights that are all 0")
            zeros = filled(ids) & amounts_to(weight, 0)
            some = over(filled(ids).sum, 0)
            yield _count(label, "Objectives", some & none(filled(ids).sum - zeros.sum))
            label = _("lowest weights above the highest")
            lowest, highest = otherwise(low, weights), otherwise(high, weights)
            yield _count(label, "Objectives", filled(ids) & above(lowest, highest))
        yield from self._without_measure(ids)

    def _without_measure(self, ids: CellFormula | None) -> Iterator[CheckedNumber]:
        label = _("objectives that no criterion measures")
        criteria = self._of("Criteria", "objective")
        if criteria is None:
            return
        scored = over(filled(criteria).sum, 0)
        if ids is None:
            count = zero()
            for objective in DEFAULT_OBJECTIVES:
                count += scored & none(named(objective, criteria))
            yield _count(label, "Criteria", count)
            return
        tested = self._tested(ids)
        alone = filled(ids) & scored & none(times(ids, criteria)) & ~tested
        usual = zero()
        for objective in DEFAULT_OBJECTIVES:
            usual += scored & none(filled(ids).sum) & none(named(objective, criteria))
        yield _count(label, "Objectives", alone.sum + usual)

    def _tested(self, ids: CellFormula) -> CellFormula:
        """Return which objectives services and a likely shock measure."""
        shocks, services = self._of("Shocks", "objective"), self._of("Services")
        likely = self._of("Shocks", "likelihood")
        if shocks is None or services is None or likely is None:
            return zero()
        counted = times(ids, shocks) - together(ids, shocks, likely, "0")
        return over(counted, 0) & over(filled(services).sum, 0)

    def _criteria(self) -> Iterator[CheckedNumber]:
        ids = self._of("Criteria")
        if ids is None:
            return
        placed = self.plan["Criteria"]
        anchors = [blank(column(placed, f"anchor_{points}")) for points in (0, 50, 100)]
        label = _("criteria of which nobody says what 0, 50 and 100 mean")
        yield _count(label, "Criteria", filled(ids) & over(reduce(add, anchors), 0))
        objective, weight = column(placed, "objective"), column(placed, "weight")
        zeros = together(objective, objective, weight, "0")
        label = _("criteria of an objective whose weights are all 0")
        idle = filled(objective) & same(zeros, times(objective, objective))
        yield _count(label, "Criteria", idle)

    # --- Rules and Limits ---

    def _rules(self) -> Iterator[CheckedNumber]:
        if "Rules" not in self.plan:
            return
        placed = self.plan["Rules"]
        kind, ids, needs, count, criterion, bonus = (
            column(placed, name)
            for name in ("kind", "investments", "needs", "number", "criterion", "bonus")
        )
        counting = says(kind, [it for it in RuleKind if it.declared.number is REQUIRED])
        all_if_blank = says(kind, [it for it in RuleKind if it.declared.number is ALLOWED])
        worth = says(kind, [it for it in RuleKind if it.declared.worth is REQUIRED])
        for label, found in (
            (
                _("rules that need something under Needs and name nothing"),
                says(kind, [it for it in RuleKind if it.declared.needs is REQUIRED]) & blank(needs),
            ),
            (_("rules that do not say how many"), counting & blank(count)),
            (
                _("rules whose number is larger than their list"),
                (counting | all_if_blank) & filled(ids) & above(count, items(ids)),
            ),
            (_("a Number below 1 where blank means all"), all_if_blank & below(count, 1)),
            (
                _("a bonus without a criterion"),
                worth & number(bonus) & ~amounts_to(bonus, 0) & blank(criterion),
            ),
        ):
            yield _count(label, "Rules", found)
        known = self._members
        both = listed(ids, "list_Member", known) & listed(needs, "list_Member", known)
        yield _count(_("names that stand under Investments and under Needs"), "Rules", both)

    def _limits(self) -> Iterator[CheckedNumber]:
        if "Limits" not in self.plan:
            return
        placed = self.plan["Limits"]
        metric, low, high = (column(placed, n) for n in ("metric", "minimum", "maximum"))
        label = _("limits without a minimum or a maximum")
        yield _count(label, "Limits", filled(metric) & blank(low) & blank(high))
        yield _count(_("minimums above their maximum"), "Limits", above(low, high))
        share = says(metric, [known for known in Metric if known.declared.unit is Measured.SHARE])
        outside = [below(bound, 0) | above(bound, 1) for bound in (low, high)]
        label = _("cost shares that are not 0% to 100%")
        yield _count(label, "Limits", share & (outside[0] | outside[1]))

    # --- continuity and ranges ---

    def _continuity(self) -> Iterator[CheckedNumber]:
        weight, ids = self._of("Services", "weight"), self._of("Services")
        shocks = self._of("Shocks")
        if weight is None or ids is None or shocks is None:
            return
        zeros = filled(ids) & amounts_to(weight, 0)
        some = over(filled(ids).sum, 0) & over(filled(shocks).sum, 0)
        label = _("weights that are all 0")
        yield _count(label, "Services", some & none(filled(ids).sum - zeros.sum))

    def _ranges(self) -> Iterator[CheckedNumber]:
        if "Ranges" not in self.plan:
            return
        placed = self.plan["Ranges"]
        ids, quantity, low, high = (
            column(placed, name) for name in ("id", "quantity", "low", "high")
        )
        yield _count(_("low values above the high ones"), "Ranges", above(low, high))
        shape, values, shares = (
            column(placed, name) for name in ("distribution", "values", "shares")
        )
        listing = says(shape, (Shape.LIST,))
        no_list = filled(ids) & ~listing
        missing = (no_list & blank(low)).sum + (no_list & blank(high)).sum
        yield _count(_("blank low or high of what is no list"), "Ranges", missing)
        odd = (listing & blank(values)).sum + (no_list & filled(values)).sum
        odd += (no_list & filled(shares)).sum
        yield _count(_("lists without values, or values of no list"), "Ranges", odd)
        small = says(shape, (Shape.LOGNORMAL,)) & number(low) & ~above(low, 0)
        yield _count(_("lognormal ranges with a low value of 0 or less"), "Ranges", small)
        twice = filled(ids) & over(alike((ids, ids), (quantity, quantity)), 1)
        yield _count(_("two ranges of one number"), "Ranges", twice)
        known = listed(ids, "list_Member", self._members).across
        for sheet in ("Shocks", "Providers", "Funds"):
            names = self._of(sheet)
            if names is not None:
                known += times(ids, names)
        yield _count(_("ids that no row defines"), "Ranges", filled(ids) & none(known))


def _count(label: str, sheet: str, counted: CellFormula) -> CheckedNumber:
    return CheckedNumber(label, sheet, f"=SUM({counted.text}*1)", counted.total)


def _count_if_any(label: str, sheet: str, counted: CellFormula) -> Iterator[CheckedNumber]:
    """Yield a count, unless there is nothing that could be counted."""
    if "$" in counted.text:
        yield _count(label, sheet, counted)


def _beyond(cells: CellFormula, bounds: NumberBounds) -> CellFormula:
    """Return where a number is smaller or larger than it may be."""
    far = zero()
    if bounds.low is not None:
        far += below(cells, float(bounds.low))
    most = HUGE if bounds.high is None else bounds.high
    return far + above(cells, float(most))


def _heading(column: ColumnLayout) -> str:
    if column.family is Family.YEARS:
        return _("the years")
    return column.header.format("...") if column.family is not None else column.header


def _same_weight(weights: CellFormula, ids: CellFormula) -> CellFormula:
    """Return, for each row, in which rows stands the same weight."""
    turned = CellFormula(f"TRANSPOSE({weights.text})", weights.values.T)
    row_filled = CellFormula(f"TRANSPOSE({filled(ids).text}*1)", filled(ids).values.T)
    found = same(weights, turned) & row_filled
    return replace(found, ones=f"ROW({ids.text})^0")
