"""Live totals, and what somebody should look at before the file is sent on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from choosebattles.case.bounds import FUNDS_AT_MOST, NumberBounds
from choosebattles.case.checks.identity import EXAMPLE
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
from choosebattles.words import _
from choosebattles.workbook.cells import HUGE, NOTE_LIMIT, TITLE_LIMIT
from choosebattles.workbook.column import LISTED, CellKind, ColumnLayout, Space
from choosebattles.workbook.layout import INVESTMENTS, SETTINGS_SHEET
from choosebattles.workbook.pages import Cell
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.writing.counted import (
    CellFormula,
    a_text,
    above,
    after,
    alike,
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
    whole,
    wrong,
    year_like,
    years_missing,
    zero,
)
from choosebattles.workbook.writing.laid import ColumnCells, PlacedBook, PlacedPage
from choosebattles.workbook.writing.lists import DEFINED_ON, PLAIN_QUANTITIES


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
    for laid in plan.sheets.values():
        if laid.sheet is not SETTINGS_SHEET:
            areas = [laid.area(head) for head in laid.page.heads]
            label = _("rows on {sheet}").format(sheet=laid.sheet.name)
            count = f"=SUMPRODUCT(--{row_has(areas)})"
            yield CheckedNumber(label, laid.sheet.name, count, sum(started(areas)))
    laid = plan["Investments"]
    owners = laid.area(laid.heads("investment")[0])
    text = owners.text
    different = f'=SUMPRODUCT(({text}<>"")/(COUNTIF({text},{text}&"")+({text}="")))'
    number = len({key(str(each)) for each in owners.filled})
    yield CheckedNumber(_("investments"), laid.sheet.name, different, number)
    built = _("cost of everything, built")
    costs, typed = begins(headings(laid), "Cost year"), whole(laid)
    formula = f"=SUM({costs.text}*IF(ISNUMBER({typed.text}),{typed.text},0))"
    value = sum(sum(laid.area(each).numbers) for each in laid.heads("cost"))
    yield CheckedNumber(built, laid.sheet.name, formula, value)
    running = laid.area(laid.heads("running_cost")[0])
    label = _("cost of everything, running, a year")
    yield CheckedNumber(label, laid.sheet.name, f"=SUM({running.text})", sum(running.numbers))
    incomes = begins(headings(laid), "Income year")
    formula = f"=SUM({incomes.text}*IF(ISNUMBER({typed.text}),{typed.text},0))"
    value = sum(sum(laid.area(each).numbers) for each in laid.heads("income"))
    yield CheckedNumber(_("income of everything, by year"), laid.sheet.name, formula, value)
    for head in laid.heads("score"):
        area = laid.area(head)
        label = _("scores on {criterion}").format(criterion=head.key)
        yield CheckedNumber(label, laid.sheet.name, f"=SUM({area.text})", sum(area.numbers))
    for name in ("Objectives", "Criteria"):
        weights = plan.column(name, "weight")
        if weights is not None:
            label = _("sum of weights typed on {sheet}").format(sheet=name)
            yield CheckedNumber(label, name, f"=SUM({weights.text})", sum(weights.numbers))


def money(plan: PlacedBook) -> FundTotals:
    """Return the funds, year by year and in all."""
    laid = plan["Funds"]
    ids = laid.area(laid.page.heads[0])
    years = laid.heads("amount")
    areas = [laid.area(year) for year in years]
    names, amounts = [], []
    for row in range(FUNDS_AT_MOST):
        cell = f"INDEX({ids.text},{row + 1})"
        names.append((f'=IF({cell}="","",{cell})', ids.values[row] or ""))
        there = ids.values[row] is not None
        amounts.append(
            tuple(
                (
                    f'=IF({cell}="","",N(INDEX({area.text},{row + 1})))',
                    _n(area, row) if there else "",
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


def things(plan: PlacedBook, full_ids: ColumnCells) -> list[CheckedNumber]:
    """Return everything that is counted and should be 0, in the order of the sheets."""
    order = list(plan.sheets)
    found = _Things(plan, full_ids).all()
    return sorted(found, key=lambda each: order.index(each.sheet))


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


class _Things:
    """Counts, sheet by sheet, whatever ``check`` refuses and a formula can see."""

    def __init__(self, plan: PlacedBook, full_ids: ColumnCells) -> None:
        self.plan = plan
        rows = len(plan["Investments"].page.rows)
        held = np.array(full_ids.values[:rows], dtype=object).reshape(rows, 1)
        self.full_ids = CellFormula(full_ids.text, held)
        self.first, self.years = setting(plan, "first_year"), setting(plan, "years")

    def all(self) -> Iterator[CheckedNumber]:
        """Yield all counts."""
        yield from self._settings()
        for laid in self.plan.sheets.values():
            if laid.sheet is not SETTINGS_SHEET:
                yield from self._headings(laid)
                yield from self._left_blank(laid)
                yield from self._ids(laid)
                yield from self._numbers(laid)
                yield from self._words(laid)
                yield from self._unknown(laid)
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
        for each in SETTINGS:
            cell = setting(self.plan, each.name)
            if each.required:
                label = _("{setting} not typed").format(setting=each.label)
                yield _figure(label, "Settings", ~number(cell))
            if each.kind.numeric:
                numbers += no_number(cell)
                numbers += _beyond(cell, each.bounds)
                if each.kind in {CellKind.WHOLE, CellKind.YEAR}:
                    numbers += broken(cell)
            elif each.choices:
                words += filled(cell) & ~says(cell, each.choices)
        flat = says(setting(self.plan, "contingency"), [ContingencyKind.FLAT])
        numbers += flat & above(setting(self.plan, "contingency_amount"), 1)
        yield _figure(_("numbers that do not fit"), "Settings", numbers)
        yield _figure(_("words that are not in the list"), "Settings", words)

    # --- every sheet ---

    def _headings(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        name, row = laid.sheet.name, headings(laid)
        if laid.sheet.required:
            ids = column(laid, laid.sheet.columns[0].name)
            yield _figure(_("no row yet"), name, none(filled(ids).sum))
        missing = zero()
        for each in laid.sheet.columns:
            if (each.required or each.needed) and each.family is None:
                missing += none(named(each.header, row))
            if each.family is Family.YEARS:
                label = _("years of the plan without a column")
                yield _figure(label, name, years_missing(row, self.first, self.years))
        yield _figure(_("headings that must be there and are not"), name, missing)
        twice = filled(row) & over(times(row, row), 1)
        yield _figure(_("headings that stand twice"), name, twice)
        yield _figure(_("cells with an error such as #REF!"), name, wrong(whole(laid)))

    def _left_blank(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        """Count cells left blank that must be filled, in rows where anything is."""
        name, begun = laid.sheet.name, self._begun(laid)
        for each in laid.sheet.columns:
            label = _("rows without {heading}").format(heading=each.header)
            if each.required and each.family is None:
                yield _figure(label, name, begun & blank(column(laid, each.name)))
            elif each.family is Family.YEARS:
                label = _("cells left blank under the years")
                years = in_plan(headings(laid), self.first, self.years)
                yield _figure(label, name, begun & years & blank(whole(laid)))
            elif each.family is Family.CRITERIA and laid.heads(each.name):
                label = _("cells left blank under {heading}").format(heading=_heading(each))
                heads = begins(headings(laid), each.header.format(""))
                yield _figure(label, name, begun & heads & blank(whole(laid)))

    def _begun(self, laid: PlacedPage) -> CellFormula:
        parts = [filled(under(laid, head)) for head in laid.page.heads]
        return over(reduce(add, parts), 0)

    def _ids(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        first, name = laid.sheet.columns[0], laid.sheet.name
        ids = column(laid, first.name)
        if first.defines is Space.PROVIDER:
            layers = column(laid, "layer")
            both = filled(ids) & over(alike((ids, ids), (layers, layers)), 1)
            yield _figure(_("rows of one provider and one layer"), name, both)
        elif first.defines is not Space.NONE or first.name == "name":
            there = self.full_ids if name == "Investments" else ids
            twice = filled(there) & over(times(there, there), 1)
            yield _figure(_("rows whose id is used twice"), name, twice)
        if first.defines is not Space.NONE:
            label = _("rows with an id that no row may have: EXAMPLE, ALL, NONE")
            yield _figure(label, name, says(ids, [EXAMPLE, ALL, NONE]))
        odd = zero()
        for each in laid.sheet.columns:
            if each.kind is CellKind.ID and each.defines is not Space.NONE:
                marks = MARKS if each.defines is Space.MEMBER else f"{MARKS}."
                odd += holds(column(laid, each.name), marks).sum
        label = _("ids with other characters than letters, digits, _ and -")
        yield from _figures(label, name, odd)
        long = zero()
        for each in laid.sheet.columns:
            if each.family is None and not each.kind.numeric:
                noted = each.kind in LISTED or (
                    each.kind is CellKind.TEXT
                    and each.name != "title"
                    and each.defines is Space.NONE
                )
                most = NOTE_LIMIT if noted else TITLE_LIMIT
                long += longer(column(laid, each.name), most).sum
        yield _figure(_("texts that are too long"), name, long)

    def _numbers(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        """Count texts in place of numbers, numbers out of bounds, and those that are not whole."""
        name = laid.sheet.name
        texts, outside, parts = zero(), zero(), zero()
        for each in laid.sheet.columns:
            if not each.kind.numeric:
                continue
            cells, there = self._under(laid, each)
            odd = (
                no_number(cells) & ~year_like(cells)
                if each.kind is CellKind.YEAR
                else no_number(cells)
            )
            far = there & _beyond(cells, laid.sheet.bounds(each))
            if each.kind is CellKind.WHOLE:
                parts += broken(cells).sum
            if each.required or each.family is not None or each.kind is CellKind.MONEY:
                label = _("texts in place of numbers under {heading}")
                yield _figure(label.format(heading=_heading(each)), name, there & odd)
                label = _("numbers under {heading} that are not {bounds}")
                label = label.format(heading=_heading(each), bounds=laid.sheet.bounds(each))
                yield from _figures(label, name, far)
            else:
                texts += odd.sum
                outside += far.sum
        yield from _figures(_("texts in place of numbers in other columns"), name, texts)
        label = _("numbers in other columns that are too small or too large")
        yield from _figures(label, name, outside)
        yield from _figures(_("numbers that must be whole"), name, parts)

    def _under(self, laid: PlacedPage, each: ColumnLayout) -> tuple[CellFormula, CellFormula]:
        """Return a column; or a whole sheet, and which headings are of a family, also added ones."""
        if each.family is None:
            return column(laid, each.name), one("1", 1)
        heads = headings(laid)
        if each.family is Family.YEARS:
            return whole(laid), in_plan(heads, self.first, self.years)
        return whole(laid), begins(heads, each.header.format("").rstrip())

    def _words(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        """Count words that are not in the list of their cell."""
        count = zero()
        for each in laid.sheet.columns:
            if each.family is not None:
                continue
            cells = column(laid, each.name)
            if each.kind is CellKind.CHOICE:
                count += (filled(cells) & ~says(cells, each.choices)).sum
            elif each.kind is CellKind.OWN_PLAN:
                count += (a_text(cells) & ~says(cells, YES_OR_NO) & ~year_like(cells)).sum
            elif each.kind is CellKind.METRIC:
                count += self._no_metric(cells).sum
            elif each.name == "quantity":
                scored = begins(cells, "score:")
                count += (filled(cells) & ~says(cells, PLAIN_QUANTITIES) & ~scored).sum
        yield from _figures(_("words that are not in the list"), laid.sheet.name, count)

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

    def _unknown(self, laid: PlacedPage) -> Iterator[CheckedNumber]:
        """Count cells that name something that its own sheet does not hold."""
        for each in laid.sheet.columns:
            label = _("{heading} that no row defines").format(heading=each.header)
            if each.family is not None:
                continue
            cells = column(laid, each.name)
            if each.kind is CellKind.ID and each.space in DEFINED_ON and each.name != "source":
                known = self._known(cells, each.space)
                yield _figure(label, laid.sheet.name, filled(cells) & ~known)
            elif each.kind is CellKind.IDS or each.kind is CellKind.SCOPE:
                label = _("rows that name under {heading} what no row defines, or name it twice")
                label = label.format(heading=each.header)
                yield _figure(label, laid.sheet.name, self._not_listed(each, cells))

    def _not_listed(self, each: ColumnLayout, cells: CellFormula) -> CellFormula:
        """Return which lists hold what nothing defines; of scopes only those that are all ids."""
        counted = items(cells)
        if each.space is Space.SHOCK and "Shocks" not in self.plan:
            return counted
        if each.space is Space.SHOCK:
            name, known = "list_Shock", self._names("Shocks")
        else:
            name, known = "list_Member", self._members
        differs = ~same(counted, listed(cells, name, known).across)
        if each.takes_all:
            differs &= ~says(cells, [ALL])
        return differs & ~holds(cells, ":") if each.kind is CellKind.SCOPE else differs

    def _names(self, sheet: str) -> list[str]:
        cells = self._of(sheet)
        return [] if cells is None else [str(row[0]) for row in cells.held if row[0] is not None]

    @property
    def _members(self) -> list[str]:
        """Return what the drop-downs offer: every full id, and investments of several options."""
        owners, shorts = self._columns("investment", "option")
        full = [str(row[0]) for row in self.full_ids.held if row[0] is not None]
        wholes: dict[str, str] = {}
        for (owner,), (short,) in zip(owners.held, shorts.held, strict=True):
            if owner is not None:
                wholes.setdefault(key(str(owner)), str(owner) if short is not None else "")
        return [*full, *(each for each in wholes.values() if each)]

    # --- Funds ---

    def _funds(self) -> Iterator[CheckedNumber]:
        laid = self.plan["Funds"]
        ids, eligible, most, pays = (
            column(laid, each) for each in ("id", "eligible", "pays_at_most", "pays")
        )
        label = _("more funds than {number}").format(number=FUNDS_AT_MOST)
        yield _figure(label, "Funds", over(filled(ids).sum, FUNDS_AT_MOST))
        general = filled(ids) & blank(eligible)
        general &= blank(most) | amounts_to(most, 1)
        general &= blank(pays) | says(pays, [Pays.BOTH])
        kind, amount = (setting(self.plan, n) for n in ("contingency", "contingency_amount"))
        asked = filled(kind) & ~says(kind, [ContingencyKind.NONE]) & above(amount, 0)
        label = _("a contingency and no fund that may hold it")
        yield _figure(label, "Funds", asked & none(general.sum))
        dependence = above(column(laid, "dependence"), 0)
        label = _("dependence above 0 without a criterion of autonomy")
        yield _figure(label, "Funds", dependence & ~self._measured(AUTONOMY))

    def _measured(self, objective: str) -> CellFormula:
        """Return whether an objective has a criterion; without any each objective has its own."""
        criteria = self._of("Criteria", "objective")
        ids = self._of("Objectives")
        there = one("1", 1)
        if ids is not None:
            there = over(named(objective, ids), 0) | none(filled(ids).sum)
        if criteria is None:
            return there
        scored = over(named(objective, criteria), 0) | none(filled(criteria).sum)
        return there & scored

    # --- Investments ---

    def _columns(self, *names: str) -> Iterator[CellFormula]:
        return (column(self.plan["Investments"], name) for name in names)

    def _starts(self) -> Iterator[CheckedNumber]:
        earliest, latest, decision = self._columns("earliest_start", "latest_start", "decision")
        ongoing = says(decision, [Decision.ONGOING])
        late = ongoing & (blank(earliest) | above(earliest, self.first))
        label = _("ongoing rows without the year in which they started")
        yield _figure(label, "Investments", late)
        outside = zero()
        last = last_year(self.first, self.years)
        for each in (earliest, latest):
            far = below(each, self.first) | above(each, last)
            outside += (~ongoing & far).sum
        yield _figure(_("start years outside the plan"), "Investments", outside)
        label = _("latest starts before the earliest")
        yield _figure(label, "Investments", ~ongoing & below(latest, earliest))

    def _decisions(self) -> Iterator[CheckedNumber]:
        owner, decision, reason = self._columns("investment", "decision", "reason")
        laid = self.plan["Investments"]
        costs = begins(headings(laid), "Cost year")
        typed = costs & filled(whole(laid))
        (running, revenue) = self._columns("running_cost", "revenue_to")
        label = _("rows without any cost (type 0 if none)")
        priced = over(typed.across + filled(running), 0)
        yield _figure(label, "Investments", self._begun(laid) & ~priced)
        decided = filled(decision) & ~says(decision, [Decision.OPEN])
        yield _figure(_("decisions without a reason"), "Investments", decided & blank(reason))
        ongoing = together(owner, owner, decision, str(Decision.ONGOING))
        twice = says(decision, [Decision.ONGOING]) & over(ongoing, 1)
        yield _figure(_("two ongoing rows of one investment"), "Investments", twice)
        funds = column(self.plan["Funds"], "id")
        several = over(filled(funds).sum, 1)
        label = _("incomes and no fund to receive them")
        incomes = begins(headings(laid), "Income year") & above(whole(laid), 0)
        lost = over(incomes.across + below(running, 0), 0) & blank(revenue) & several
        yield _figure(label, "Investments", lost)

    def _options(self) -> Iterator[CheckedNumber]:
        owner, option = self._columns("investment", "option")
        label = _("rows of one investment without a name under Option")
        unnamed = filled(owner) & blank(option) & over(times(owner, owner), 1)
        yield _figure(label, "Investments", unnamed)
        label = _("options with the name of another investment")
        yield _figure(label, "Investments", holds(option, ".") & ~belongs(option, owner))
        disagree = zero()
        for each in self._columns("owner", "pillar", "layer"):
            # As many rows of the investment say the same as say anything.
            others = alike((owner, owner), (each, each))
            more = beside(owner, owner, each) - others
            disagree += (filled(owner) & filled(each) & over(more, 0)).sum
        label = _("rows of one investment with different owners, pillars or layers")
        yield _figure(label, "Investments", disagree)

    def _columns_named_elsewhere(self) -> Iterator[CheckedNumber]:
        heads = headings(self.plan["Investments"])
        ids = self._of("Criteria")
        if ids is not None:
            score = INVESTMENTS.column("score").header.format("")
            missing = filled(ids) & none(times(joined(score, ids), heads))
            label = _("criteria without a column of scores")
            yield _figure(label, "Investments", missing)
        unknown = zero()
        skills = self._of("Skills")
        for each in INVESTMENTS.columns:
            if each.family is Family.SKILLS:
                word = each.header.format("").rstrip()
                there = begins(heads, word)
                if skills is not None:
                    there &= none(times(after(heads, word), skills))
                unknown += there.sum
        label = _("columns of people whose skill no row of Skills defines")
        yield _figure(label, "Investments", unknown)

    # --- Objectives and Criteria ---

    def _objectives(self) -> Iterator[CheckedNumber]:
        ids = self._of("Objectives")
        in_order = says(setting(self.plan, "method"), [Method.LEXICOGRAPHIC])
        label = _("method lexicographic and objectives of equal weight")
        if ids is None:
            yield _figure(label, "Settings", in_order)
        else:
            laid = self.plan["Objectives"]
            weight, low, high = (column(laid, n) for n in ("weight", "weight_low", "weight_high"))
            weights = otherwise(weight, 1)
            same_ = filled(ids) & over(_same_weight(weights, ids).across, 1)
            yield _figure(label, "Objectives", in_order & same_)
            label = _("weights that are all 0")
            zeros = filled(ids) & amounts_to(weight, 0)
            some = over(filled(ids).sum, 0)
            yield _figure(label, "Objectives", some & none(filled(ids).sum - zeros.sum))
            label = _("lowest weights above the highest")
            lowest, highest = otherwise(low, weights), otherwise(high, weights)
            yield _figure(label, "Objectives", filled(ids) & above(lowest, highest))
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
            yield _figure(label, "Criteria", count)
            return
        tested = self._tested(ids)
        alone = filled(ids) & scored & none(times(ids, criteria)) & ~tested
        usual = zero()
        for objective in DEFAULT_OBJECTIVES:
            usual += scored & none(filled(ids).sum) & none(named(objective, criteria))
        yield _figure(label, "Objectives", alone.sum + usual)

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
        laid = self.plan["Criteria"]
        anchors = [blank(column(laid, f"anchor_{each}")) for each in (0, 50, 100)]
        label = _("criteria of which nobody says what 0, 50 and 100 mean")
        yield _figure(label, "Criteria", filled(ids) & over(reduce(add, anchors), 0))
        objective, weight = column(laid, "objective"), column(laid, "weight")
        zeros = together(objective, objective, weight, "0")
        label = _("criteria of an objective whose weights are all 0")
        idle = filled(objective) & same(zeros, times(objective, objective))
        yield _figure(label, "Criteria", idle)

    # --- Rules and Limits ---

    def _rules(self) -> Iterator[CheckedNumber]:
        if "Rules" not in self.plan:
            return
        laid = self.plan["Rules"]
        kind, ids, needs, count, criterion, bonus = (
            column(laid, each)
            for each in ("kind", "investments", "needs", "number", "criterion", "bonus")
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
            yield _figure(label, "Rules", found)
        known = self._members
        both = listed(ids, "list_Member", known) & listed(needs, "list_Member", known)
        yield _figure(_("names that stand under Investments and under Needs"), "Rules", both)

    def _limits(self) -> Iterator[CheckedNumber]:
        if "Limits" not in self.plan:
            return
        laid = self.plan["Limits"]
        metric, low, high = (column(laid, n) for n in ("metric", "minimum", "maximum"))
        label = _("limits without a minimum or a maximum")
        yield _figure(label, "Limits", filled(metric) & blank(low) & blank(high))
        yield _figure(_("minimums above their maximum"), "Limits", above(low, high))
        share = says(metric, [each for each in Metric if each.declared.unit is Measured.SHARE])
        outside = [below(each, 0) | above(each, 1) for each in (low, high)]
        label = _("cost shares that are not 0% to 100%")
        yield _figure(label, "Limits", share & (outside[0] | outside[1]))

    # --- continuity and ranges ---

    def _continuity(self) -> Iterator[CheckedNumber]:
        weight, ids = self._of("Services", "weight"), self._of("Services")
        shocks = self._of("Shocks")
        if weight is None or ids is None or shocks is None:
            return
        zeros = filled(ids) & amounts_to(weight, 0)
        some = over(filled(ids).sum, 0) & over(filled(shocks).sum, 0)
        label = _("weights that are all 0")
        yield _figure(label, "Services", some & none(filled(ids).sum - zeros.sum))

    def _ranges(self) -> Iterator[CheckedNumber]:
        if "Ranges" not in self.plan:
            return
        laid = self.plan["Ranges"]
        ids, quantity, low, high = (
            column(laid, each) for each in ("id", "quantity", "low", "high")
        )
        yield _figure(_("low values above the high ones"), "Ranges", above(low, high))
        shape, values, shares = (
            column(laid, each) for each in ("distribution", "values", "shares")
        )
        listing = says(shape, (Shape.LIST,))
        no_list = filled(ids) & ~listing
        missing = (no_list & blank(low)).sum + (no_list & blank(high)).sum
        yield _figure(_("blank low or high of what is no list"), "Ranges", missing)
        odd = (listing & blank(values)).sum + (no_list & filled(values)).sum
        odd += (no_list & filled(shares)).sum
        yield _figure(_("lists without values, or values of no list"), "Ranges", odd)
        small = says(shape, (Shape.LOGNORMAL,)) & number(low) & ~above(low, 0)
        yield _figure(_("lognormal ranges with a low value of 0 or less"), "Ranges", small)
        twice = filled(ids) & over(alike((ids, ids), (quantity, quantity)), 1)
        yield _figure(_("two ranges of one number"), "Ranges", twice)
        known = listed(ids, "list_Member", self._members).across
        for sheet in ("Shocks", "Providers", "Funds"):
            names = self._of(sheet)
            if names is not None:
                known += times(ids, names)
        yield _figure(_("ids that no row defines"), "Ranges", filled(ids) & none(known))


def _figure(label: str, sheet: str, counted: CellFormula) -> CheckedNumber:
    return CheckedNumber(label, sheet, f"=SUM({counted.text}*1)", counted.total)


def _figures(label: str, sheet: str, counted: CellFormula) -> Iterator[CheckedNumber]:
    """Yield a count, unless there is nothing that could be counted."""
    if "$" in counted.text:
        yield _figure(label, sheet, counted)


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
    turned = CellFormula(f"TRANSPOSE({weights.text})", weights.held.T)
    there = CellFormula(f"TRANSPOSE({filled(ids).text}*1)", filled(ids).held.T)
    found = same(weights, turned) & there
    return replace(found, ones=f"ROW({ids.text})^0")
