"""Live totals, and what somebody should look at before the file is sent on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from choosebattles.case.bounds import FUNDS_AT_MOST
from choosebattles.case.decision_model import DEFAULT_OBJECTIVES
from choosebattles.case.investment import Decision
from choosebattles.case.rule import RuleKind
from choosebattles.spelling import key
from choosebattles.words import _
from choosebattles.workbook.column import Column, Family, Kind, Space
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.pages import Cell, Head
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.writing.laid import Area, Laid, Plan


@dataclass(frozen=True)
class Figure:
    """One calculated number: what it is, its formula, and its value now."""

    label: str
    sheet: str
    formula: str
    value: float


@dataclass(frozen=True)
class Money:
    """The funds with their amounts, as a table whose last row and column are sums."""

    years: tuple[str, ...]
    names: tuple[tuple[str, Cell], ...]
    """Formula and value of the name of each fund."""
    amounts: tuple[tuple[tuple[str, float | str], ...], ...]
    """The same of its amounts; nothing where there is no such fund."""
    sums: tuple[tuple[str, float], ...]
    """The same of all funds together, year by year."""


def row_has(areas: Sequence[Area]) -> str:
    """Return the condition that any of several columns is filled, row by row."""
    return "((" + "+".join(f'({each.text}<>"")' for each in areas) + ")>0)"


def started(areas: Sequence[Area]) -> list[bool]:
    """Return which rows have anything in several columns."""
    rows = zip(*(each.values for each in areas), strict=True)
    return [any(value is not None for value in row) for row in rows]


# --- totals -------------------------------------------------------------------------------------


def totals(plan: Plan) -> Iterator[Figure]:
    """Yield the counts and sums that ``check`` prints as control totals."""
    for laid in plan.sheets.values():
        if laid.sheet is not SETTINGS_SHEET:
            areas = [laid.area(head) for head in laid.page.heads]
            label = _("rows on {sheet}").format(sheet=laid.sheet.name)
            count = f"=SUMPRODUCT(--{row_has(areas)})"
            yield Figure(label, laid.sheet.name, count, sum(started(areas)))
    laid = plan["Investments"]
    owners = laid.area(laid.heads("investment")[0])
    text = owners.text
    different = f'=SUMPRODUCT(({text}<>"")/(COUNTIF({text},{text}&"")+({text}="")))'
    number = len({key(str(each)) for each in owners.filled})
    yield Figure(_("investments"), laid.sheet.name, different, number)
    for label, name in (
        (_("cost of everything, built"), "cost"),
        (_("cost of everything, running, a year"), "running_cost"),
    ):
        heads = laid.heads(name)
        value = sum(sum(laid.area(each).numbers) for each in heads)
        yield Figure(label, laid.sheet.name, f"=SUM({laid.block(heads)})", value)
    for head in laid.heads("score"):
        area = laid.area(head)
        label = _("scores on {criterion}").format(criterion=head.key)
        yield Figure(label, laid.sheet.name, f"=SUM({area.text})", sum(area.numbers))
    for name in ("Objectives", "Criteria"):
        weights = plan.column(name, "weight")
        if weights is not None:
            label = _("sum of weights typed on {sheet}").format(sheet=name)
            yield Figure(label, name, f"=SUM({weights.text})", sum(weights.numbers))


def money(plan: Plan) -> Money:
    """Return the funds, year by year and in all."""
    laid = plan["Funds"]
    ids = laid.area(laid.page.heads[0])
    years = laid.heads("amount")
    areas = [laid.area(each) for each in years]
    names, amounts = [], []
    for row in range(FUNDS_AT_MOST):
        cell = f"INDEX({ids.text},{row + 1})"
        names.append((f'=IF({cell}="","",{cell})', ids.values[row] or ""))
        there = ids.values[row] is not None
        amounts.append(
            tuple(
                (
                    f'=IF({cell}="","",N(INDEX({each.text},{row + 1})))',
                    _n(each, row) if there else "",
                )
                for each in areas
            )
        )
    sums = tuple((f"=SUM({each.text})", sum(each.numbers)) for each in areas)
    return Money(tuple(str(each.key) for each in years), tuple(names), tuple(amounts), sums)


def _n(area: Area, row: int) -> float:
    value = area.values[row]
    return value if isinstance(value, int | float) else 0


# --- what to look at ----------------------------------------------------------------------------


def things(plan: Plan, full_ids: Area) -> list[Figure]:
    """Return everything that is counted and should be 0, in the order of the sheets."""
    order = list(plan.sheets)
    return sorted(_things(plan, full_ids), key=lambda each: order.index(each.sheet))


def _things(plan: Plan, full_ids: Area) -> Iterator[Figure]:
    yield from _settings(plan)
    yield from _years(plan)
    for laid in plan.sheets.values():
        if laid.sheet is not SETTINGS_SHEET:
            yield from _empty_sheet(laid)
            yield from _left_blank(laid)
            yield from _twice(laid, full_ids)
            yield from _numbers(laid)
            yield from _unknown(laid, plan)
    yield from _investments(plan["Investments"])
    yield from _weights(plan)
    yield from _criteria(plan)
    yield from _rules(plan)
    yield from _limits(plan)


def _settings(plan: Plan) -> Iterator[Figure]:
    for each in SETTINGS:
        if each.required:
            cell, value = plan.setting(each.name), plan.setting_value(each.name)
            label = _("{setting} not typed").format(setting=each.label)
            yield Figure(label, "Settings", f"=IF(ISNUMBER({cell}),0,1)", int(value is None))


def _years(plan: Plan) -> Iterator[Figure]:
    """Count the first and the last year if a sheet has no column for them."""
    first, years = plan.setting("first_year"), plan.setting("years")
    for laid in plan.sheets.values():
        for column in laid.sheet.columns:
            if column.family is Family.YEARS:
                head = laid.header
                headings = f"'{laid.sheet.name}'!$A${head}:$CZ${head}"
                wanted = (f'{first}&""', f'({first}+{years}-1)&""')
                found = (f'(SUMPRODUCT(--({headings}&""={each}))=0)' for each in wanted)
                label = _("first or last year of Settings without a column on {sheet}")
                formula = f"=IF(COUNT({first},{years})<2,0,{'+'.join(found)})"
                value = _years_missing(plan, laid.heads(column.name))
                yield Figure(label.format(sheet=laid.sheet.name), laid.sheet.name, formula, value)


def _years_missing(plan: Plan, heads: Sequence[Head]) -> int:
    first, years = plan.setting_value("first_year"), plan.setting_value("years")
    if not isinstance(first, int) or not isinstance(years, int):
        return 0
    there = {each.key for each in heads}
    return (first not in there) + (first + years - 1 not in there)


def _empty_sheet(laid: Laid) -> Iterator[Figure]:
    if laid.sheet.required:
        area = laid.area(laid.page.heads[0])
        label = _("no row yet")
        formula = f"=IF(COUNTA({area.text})=0,1,0)"
        yield Figure(label, laid.sheet.name, formula, int(not area.filled))


def _left_blank(laid: Laid) -> Iterator[Figure]:
    """Count cells left blank that must be filled, in rows where anything is."""
    every = [laid.area(head) for head in laid.page.heads]
    rows, values = row_has(every), started(every)
    for column in laid.sheet.columns:
        if not column.required and column.family is not Family.CRITERIA:
            continue
        heads = laid.heads(column.name)
        if not heads:
            continue
        areas = [laid.area(head) for head in heads]
        label = _("rows without {heading}").format(heading=_heading(column))
        blank = f'({laid.block(heads)}="")'
        number = sum(
            value is None
            for area in areas
            for value, is_row in zip(area.values, values, strict=True)
            if is_row
        )
        if column.family is not None:
            label = _("cells left blank under {heading}").format(heading=_heading(column))
        yield Figure(label, laid.sheet.name, f"=SUMPRODUCT({rows}*{blank})", number)


def _heading(column: Column) -> str:
    if column.family is Family.YEARS:
        return _("the years")
    return column.header.format("...") if column.family is not None else column.header


def _twice(laid: Laid, full_ids: Area) -> Iterator[Figure]:
    """Count rows whose id another row has too."""
    column = laid.sheet.columns[0]
    if laid.sheet.name == "Investments":
        area = full_ids
    elif column.defines in {Space.NONE, Space.PROVIDER}:
        return
    else:
        area = laid.area(laid.page.heads[0])
    names = [key(str(each)) for each in area.filled]
    text = area.text
    formula = f'=SUMPRODUCT(({text}<>"")*(COUNTIF({text},{text}&"")>1))'
    number = sum(names.count(each) > 1 for each in names)
    yield Figure(_("rows whose id is used twice"), laid.sheet.name, formula, number)


def _numbers(laid: Laid) -> Iterator[Figure]:
    """Count numbers typed as text, and numbers out of bounds."""
    for column in laid.sheet.columns:
        heads = laid.heads(column.name)
        if not column.kind.numeric or column.kind is Kind.YEAR or not heads:
            continue
        block, bounds = laid.block(heads), laid.sheet.bounds(column)
        values = [value for head in heads for value in laid.area(head).filled]
        label = _("texts in place of numbers under {heading}").format(heading=_heading(column))
        if column.required or column.family is not None or column.kind is Kind.MONEY:
            formula = f"=SUMPRODUCT(--ISTEXT({block}))"
            yield Figure(label, laid.sheet.name, formula, sum(isinstance(v, str) for v in values))
        parts, outside = [], 0
        numbers = [value for value in values if isinstance(value, int | float)]
        if bounds.low is not None:
            parts.append(f'COUNTIF({block},"<{bounds.low}")')
            outside += sum(value < bounds.low for value in numbers)
        if bounds.high is not None:
            parts.append(f'COUNTIF({block},">{bounds.high}")')
            outside += sum(value > bounds.high for value in numbers)
        if parts:
            label = _("numbers under {heading} that are not {bounds}").format(
                heading=_heading(column), bounds=bounds
            )
            yield Figure(label, laid.sheet.name, "=" + "+".join(parts), outside)


def _unknown(laid: Laid, plan: Plan) -> Iterator[Figure]:
    """Count cells that name something that its own sheet does not hold."""
    for column in laid.sheet.columns:
        if column.kind is not Kind.ID or column.space not in {Space.OBJECTIVE, Space.FUND}:
            continue
        area = laid.area(laid.heads(column.name)[0])
        known = plan.column("Objectives" if column.space is Space.OBJECTIVE else "Funds", "id")
        if known is None:
            words = "+".join(f'({area.text}="{each}")' for each in DEFAULT_OBJECTIVES)
            there, names = f"({words})", [key(each) for each in DEFAULT_OBJECTIVES]
        else:
            there = f'COUNTIF({known.text},{area.text}&"")'
            names = [key(str(each)) for each in known.filled]
        formula = f'=SUMPRODUCT(({area.text}<>"")*({there}=0))'
        number = sum(key(str(each)) not in names for each in area.filled)
        label = _("{heading} that no row defines").format(heading=column.header)
        yield Figure(label, laid.sheet.name, formula, number)


def _investments(laid: Laid) -> Iterator[Figure]:
    every = [laid.area(head) for head in laid.page.heads]
    costs = [laid.area(head) for head in (*laid.heads("cost"), *laid.heads("running_cost"))]
    rows, priced = started(every), started(costs)
    number = sum(is_row and not has for is_row, has in zip(rows, priced, strict=True))
    formula = f"=SUMPRODUCT({row_has(every)}*(1-{row_has(costs)}))"
    yield Figure(_("rows without any cost (type 0 if none)"), laid.sheet.name, formula, number)
    decision, reason = (laid.area(laid.heads(name)[0]) for name in ("decision", "reason"))
    decided = f'({decision.text}<>"")*({decision.text}<>"{Decision.OPEN}")'
    number = sum(
        value is not None and key(str(value)) != str(Decision.OPEN) and why is None
        for value, why in zip(decision.values, reason.values, strict=True)
    )
    formula = f'=SUMPRODUCT({decided}*({reason.text}=""))'
    yield Figure(_("decisions without a reason"), laid.sheet.name, formula, number)


def _weights(plan: Plan) -> Iterator[Figure]:
    for name in ("Objectives", "Criteria"):
        ids, weights = plan.column(name, "id"), plan.column(name, "weight")
        if ids is not None and weights is not None:
            rows = f"COUNTA({ids.text})"
            all_zero = f"SUM({weights.text})=0,COUNT({weights.text})={rows}"
            number = int(
                bool(ids.filled)
                and len(weights.numbers) == len(ids.filled)
                and sum(weights.numbers) == 0
            )
            formula = f"=IF(AND({rows}>0,{all_zero}),1,0)"
            yield Figure(_("weights that are all 0"), name, formula, number)


def _criteria(plan: Plan) -> Iterator[Figure]:
    ids = plan.column("Criteria", "id")
    if ids is None:
        return
    anchors = [plan.column("Criteria", f"anchor_{each}") for each in (0, 50, 100)]
    there = [each for each in anchors if each is not None]
    blank = "((" + "+".join(f'({each.text}="")' for each in there) + ")>0)"
    number = sum(
        name is not None and any(each.values[row] is None for each in there)
        for row, name in enumerate(ids.values)
    )
    formula = f'=SUMPRODUCT(({ids.text}<>"")*{blank})'
    label = _("criteria of which nobody says what 0, 50 and 100 mean")
    yield Figure(label, "Criteria", formula, number)


def _rules(plan: Plan) -> Iterator[Figure]:
    kinds = plan.column("Rules", "kind")
    if kinds is None:
        return
    for label, words, name in (
        (
            _("prerequisites that name nothing under Needs"),
            (RuleKind.REQUIRES_ALL, RuleKind.REQUIRES_ANY),
            "needs",
        ),
        (
            _("rules that do not say how many"),
            (RuleKind.AT_MOST, RuleKind.AT_LEAST, RuleKind.EXACTLY),
            "number",
        ),
    ):
        cells = plan.column("Rules", name)
        assert cells is not None
        those = "(" + "+".join(f'({kinds.text}="{each}")' for each in words) + ")"
        formula = f'=SUMPRODUCT({those}*({cells.text}=""))'
        number = _without(kinds, cells, set(map(str, words)))
        yield Figure(label, "Rules", formula, number)


def _without(kinds: Area, cells: Area, words: set[str]) -> int:
    """Return how many rows of some kinds leave a cell blank."""
    pairs = zip(kinds.values, cells.values, strict=True)
    return sum(key(str(kind)) in words and value is None for kind, value in pairs)


def _limits(plan: Plan) -> Iterator[Figure]:
    metrics, low, high = (plan.column("Limits", n) for n in ("metric", "minimum", "maximum"))
    if metrics is None or low is None or high is None:
        return
    formula = f'=SUMPRODUCT(({metrics.text}<>"")*({low.text}="")*({high.text}=""))'
    triples = list(zip(metrics.values, low.values, high.values, strict=True))
    number = sum(m is not None and a is None and b is None for m, a, b in triples)
    yield Figure(_("limits without a minimum or a maximum"), "Limits", formula, number)
    both = f"ISNUMBER({low.text})*ISNUMBER({high.text})"
    formula = f"=SUMPRODUCT({both}*({low.text}>{high.text}))"
    number = sum(
        isinstance(a, int | float) and isinstance(b, int | float) and a > b for _m, a, b in triples
    )
    yield Figure(_("minimums above their maximum"), "Limits", formula, number)
