"""Reads a good workbook into plain facts, column by column as the page on the workbook says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

ZERO = Fraction(0)
ONE = Fraction(1)

KNOWN = {
    "settings": "setting value",
    "objectives": "objective weight floor",
    "criteria": "criterion title objective weight",
    "funds": "fund title pays eligible dependence priority",
    "investments": "investment option title owner pillar layer decision reason covers exposures",
    "rules": "rule investments needs when number criterion bonus priority note",
    "limits": "metric scope minimum maximum priority note",
    "skills": "skill title retention",
    "layers": "layer title",
    "providers": "provider title layer coverage exposures",
    "services": "service title weight needs against",
    "shocks": "shock title objective hits severity likelihood",
}


@dataclass(frozen=True)
class Objective:
    """Something to be maximised; weights of all sum to 1."""

    id: str
    weight: Fraction
    floor: Fraction | None
    share: Fraction


@dataclass(frozen=True)
class Criterion:
    """A way to score options; weights within an objective sum to 1."""

    id: str
    objective: str
    weight: Fraction


@dataclass(frozen=True)
class Fund:
    """A source of money; amounts in thousandths of a million, one per year."""

    id: str
    amounts: tuple[int, ...]
    carry: Fraction
    carry_most: Fraction | None
    ceiling: Fraction
    parts: frozenset[str]
    eligible: tuple[str, ...]
    dependence: Fraction


@dataclass(frozen=True)
class Option:
    """One row of Investments; years count from the first year, money in thousandths."""

    id: str
    investment: str
    owner: str
    pillar: str
    layer: str
    decision: str
    earliest: int
    latest: int
    build_years: int
    lifetime: int | None
    costs: tuple[int, ...]
    running: int
    income: tuple[int, ...]
    overrun: Fraction
    scores: dict[str, Fraction]
    decay: Fraction
    covers: dict[str, Fraction]
    exposures: frozenset[str]
    build_staff: dict[str, Fraction]
    run_staff: dict[str, Fraction]
    trains: dict[str, Fraction]
    revenue_to: str

    def starts(self) -> range:
        """Years in which the row may start."""
        if self.decision == "never":
            return range(0)
        if self.decision == "ongoing":
            return range(self.earliest, self.earliest + 1)
        return range(self.earliest, self.latest + 1)

    def operates(self, start: int, year: int) -> bool:
        """Whether it works in a year when started in another."""
        first = start + self.build_years
        return first <= year and (self.lifetime is None or year < first + self.lifetime)


@dataclass(frozen=True)
class Rule:
    """One row of Rules."""

    kind: str
    ids: tuple[str, ...]
    needs: tuple[str, ...]
    started: bool
    number: int
    criterion: str
    bonus: Fraction
    saving: int
    saving_to: str


@dataclass(frozen=True)
class Limit:
    """One row of Limits."""

    metric: str
    criterion: str
    scope: tuple[str, ...]
    minimum: Fraction | None
    maximum: Fraction | None


@dataclass(frozen=True)
class Skill:
    """People of one class."""

    id: str
    supply: tuple[Fraction, ...]
    retention: Fraction


@dataclass(frozen=True)
class Layer:
    """A layer whose points bend above an amount."""

    id: str
    full: Fraction | None
    rate: Fraction


@dataclass(frozen=True)
class Provider:
    """Who supplies one layer today."""

    id: str
    layer: str
    coverage: Fraction
    exposures: frozenset[str]


@dataclass(frozen=True)
class Service:
    """A critical service and the layers that it needs."""

    id: str
    weight: Fraction
    needs: tuple[str, ...]
    floor: Fraction | None
    against: tuple[str, ...]


@dataclass(frozen=True)
class Shock:
    """An event that takes coverage away."""

    id: str
    objective: str
    hits: frozenset[str]
    severity: Fraction
    likelihood: Fraction


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything that a workbook says; ids are in lower case."""

    first_year: int
    years: int
    growth: Fraction
    discount: Fraction
    final_year_only: bool
    method: str
    tolerance: Fraction
    tail: Fraction
    tail_weight: Fraction
    contingency: str
    contingency_amount: Fraction
    haircut: Fraction
    points_for_100: Fraction | None
    objectives: tuple[Objective, ...]
    criteria: tuple[Criterion, ...]
    funds: tuple[Fund, ...]
    options: tuple[Option, ...]
    rules: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    skills: tuple[Skill, ...]
    layers: tuple[Layer, ...]
    providers: tuple[Provider, ...]
    services: tuple[Service, ...]
    shocks: tuple[Shock, ...]


def key(value: Any) -> str:
    """Return a name as it is compared: without case, one space between words."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\u00a0", " ").split()).casefold()


def exact(value: Any) -> Fraction:
    """Return the decimal of at most 15 digits nearest to a cell's number."""
    if isinstance(value, str):
        text = value.strip()
        return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)
    return Fraction(value) if isinstance(value, int) else Fraction(format(value, ".15g"))


def thousandths(value: Fraction) -> int:
    """Round an amount in millions to whole thousandths, half up."""
    return (value * 1000 + Fraction(1, 2)).__floor__()


def year_of(value: Any) -> int | None:
    """Return the year that a header or a cell names, 2027 for 2027/28."""
    found = re.fullmatch(r"(\d{4})(/\d{2,4})?", key(value))
    return int(found[1]) if found else None


class Row:
    """The filled cells of one row by header."""

    def __init__(self, cells: dict[str, Any]) -> None:
        self.cells = cells

    def key(self, header: str, default: str = "") -> str:
        return key(self.cells[header]) if header in self.cells else default

    def number(self, header: str, default: Fraction = ZERO) -> Fraction:
        return exact(self.cells[header]) if header in self.cells else default

    def maybe(self, header: str) -> Fraction | None:
        return exact(self.cells[header]) if header in self.cells else None

    def year(self, header: str) -> int | None:
        return year_of(self.cells[header]) if header in self.cells else None

    def items(self, header: str) -> tuple[str, ...]:
        parts = (key(part) for part in str(self.cells.get(header, "")).split(";"))
        return tuple(part for part in parts if part)

    def named(self, prefix: str) -> dict[str, Fraction]:
        """Numbers under headers such as 'Score: technical', by what follows the colon."""
        split = ((header.partition(":"), value) for header, value in self.cells.items())
        return {key(name): exact(v) for (word, _, name), v in split if name and key(word) == prefix}

    def by_year(self, first: int, years: int) -> list[Fraction]:
        typed = {year_of(header): value for header, value in self.cells.items()}
        return [exact(typed[year]) for year in range(first, first + years)]


class Book:
    """The sheets of one workbook as rows."""

    def __init__(self, path: Path | str) -> None:
        book = load_workbook(path, data_only=True)
        self.sheets = {
            key(sheet.title): [list(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in book.worksheets
        }
        book.close()

    def rows(self, name: str) -> list[Row]:
        return list(self._rows(name))

    def _rows(self, name: str) -> Iterator[Row]:
        grid = self.sheets.get(name, [])
        known = set(KNOWN[name].split())
        matches = [sum(_blankless(cell) in known for cell in row) for row in grid[:10]]
        if not matches or max(matches) == 0:
            return
        top = matches.index(max(matches))
        headers = [_blankless(cell) for cell in grid[top]]
        for line in grid[top + 1 :]:
            pairs = zip(headers, line, strict=True)
            cells = {header: cell for header, cell in pairs if header and _blankless(cell)}
            if cells:
                yield Row(cells)


def _blankless(cell: Any) -> str:
    return "" if cell is None else key(cell)


def read(path: Path | str) -> Facts:
    """Read a good workbook."""
    book = Book(path)
    typed = {
        row.key("setting"): Row({"value": row.cells["value"]})
        for row in book.rows("settings")
        if "setting" in row.cells and "value" in row.cells
    }

    def number(name: str, default: Fraction) -> Fraction:
        return typed[name].number("value") if name in typed else default

    def word(name: str, default: str) -> str:
        return typed[name].key("value") if name in typed else default

    first = year_of(typed["first year"].cells["value"])
    assert first is not None
    years = int(number("years", ZERO))
    objectives = _objectives(book)
    funds = _funds(book, first, years)
    return Facts(
        first_year=first,
        years=years,
        growth=number("cost growth", ZERO),
        discount=number("discount rate", ZERO),
        final_year_only=word("accrual", "over time") == "final year",
        method=word("method", "weighted"),
        tolerance=number("tolerance", Fraction(1, 100)),
        tail=number("tail share", Fraction(1, 10)),
        tail_weight=number("tail weight", Fraction(1, 2)),
        contingency=word("contingency", "none"),
        contingency_amount=number("contingency amount", ZERO),
        haircut=number("revenue haircut", ZERO),
        points_for_100=typed["points for 100"].number("value")
        if "points for 100" in typed
        else None,
        objectives=objectives,
        criteria=_criteria(book, objectives),
        funds=funds,
        options=_options(book, first, years, funds),
        rules=_rules(book, funds),
        limits=_limits(book),
        skills=tuple(
            Skill(row.key("skill"), tuple(row.by_year(first, years)), row.number("retention", ONE))
            for row in book.rows("skills")
        ),
        layers=tuple(
            Layer(row.key("layer"), row.maybe("full credit up to"), row.number("rate after"))
            for row in book.rows("layers")
        ),
        providers=_providers(book),
        services=tuple(
            Service(
                row.key("service"),
                row.number("weight", ONE),
                row.items("needs"),
                row.maybe("must hold"),
                row.items("against"),
            )
            for row in book.rows("services")
        ),
        shocks=tuple(
            Shock(
                row.key("shock"),
                row.key("objective"),
                frozenset(row.items("hits")),
                row.number("severity", ONE),
                row.number("likelihood", ONE),
            )
            for row in book.rows("shocks")
        ),
    )


def _objectives(book: Book) -> tuple[Objective, ...]:
    half = Fraction(1, 2)
    rows = book.rows("objectives") or [Row({"objective": n}) for n in ("autonomy", "resilience")]
    total = sum((row.number("weight", ONE) for row in rows), ZERO)
    return tuple(
        Objective(
            row.key("objective"),
            row.number("weight", ONE) / total,
            row.maybe("floor"),
            row.number("continuity share", half),
        )
        for row in rows
    )


def _criteria(book: Book, objectives: tuple[Objective, ...]) -> tuple[Criterion, ...]:
    rows = book.rows("criteria") or [
        Row({"criterion": objective.id, "objective": objective.id}) for objective in objectives
    ]
    total = {
        objective.id: sum(
            (row.number("weight", ONE) for row in rows if row.key("objective") == objective.id),
            ZERO,
        )
        for objective in objectives
    }
    return tuple(
        Criterion(
            row.key("criterion"),
            row.key("objective"),
            row.number("weight", ONE) / total[row.key("objective")],
        )
        for row in rows
    )


def _funds(book: Book, first: int, years: int) -> tuple[Fund, ...]:
    both = {"build", "running"}
    return tuple(
        Fund(
            row.key("fund"),
            tuple(thousandths(amount) for amount in row.by_year(first, years)),
            row.number("carry over"),
            row.maybe("carry at most"),
            row.number("pays at most", ONE),
            frozenset(both & set(row.key("pays", "build and running").split())),
            row.items("eligible"),
            row.number("dependence"),
        )
        for row in book.rows("funds")
    )


def _options(book: Book, first: int, years: int, funds: tuple[Fund, ...]) -> tuple[Option, ...]:
    rows = book.rows("investments")
    shared: dict[tuple[str, str], str] = {}
    for row in rows:
        for header in ("owner", "pillar", "layer"):
            if header in row.cells:
                shared[row.key("investment"), header] = row.key(header)
    only_fund = funds[0].id if len(funds) == 1 else ""
    return tuple(_option(row, shared, first, years, only_fund) for row in rows)


def _option(
    row: Row, shared: dict[tuple[str, str], str], first: int, years: int, only_fund: str
) -> Option:
    investment = row.key("investment")
    option = row.key("option")
    if option and not option.startswith(f"{investment}."):
        option = f"{investment}.{option}"
    costs = _by_year(row, "cost")
    last_cost = max((year for year, cost in enumerate(costs) if cost), default=0)
    build_years = int(row.number("build years", Fraction(last_cost)))
    lifetime = row.maybe("lifetime")
    earliest = row.year("earliest start")
    latest = row.year("latest start")
    return Option(
        id=option or investment,
        investment=investment,
        owner=shared.get((investment, "owner"), ""),
        pillar=shared.get((investment, "pillar"), ""),
        layer=shared.get((investment, "layer"), ""),
        decision=row.key("decision", "open"),
        earliest=0 if earliest is None else earliest - first,
        latest=years - 1 - max(build_years, last_cost) if latest is None else latest - first,
        build_years=build_years,
        lifetime=None if lifetime is None else int(lifetime),
        costs=costs,
        running=thousandths(row.number("running cost")),
        income=_by_year(row, "income"),
        overrun=row.number("overrun"),
        scores=row.named("score"),
        decay=row.number("delay loss"),
        covers=_covers(row),
        exposures=frozenset(row.items("exposures")),
        build_staff=row.named("build staff"),
        run_staff=row.named("run staff"),
        trains=row.named("trains"),
        revenue_to=row.key("revenue to", only_fund),
    )


def _by_year(row: Row, what: str) -> tuple[int, ...]:
    found = {
        int(match[1]): thousandths(exact(value))
        for header, value in row.cells.items()
        if (match := re.fullmatch(rf"{what} year (\d+)", header))
    }
    return tuple(found.get(year, 0) for year in range(1, max(found, default=0) + 1))


def _covers(row: Row) -> dict[str, Fraction]:
    found = {}
    for item in row.items("covers"):
        layer, colon, share = item.rpartition(":")
        found[key(layer) if colon else item] = exact(share) if share and colon else ONE
    return found


def _rules(book: Book, funds: tuple[Fund, ...]) -> tuple[Rule, ...]:
    found = []
    for row in book.rows("rules"):
        ids = row.items("investments")
        found.append(
            Rule(
                kind=row.key("rule"),
                ids=ids,
                needs=row.items("needs"),
                started=row.key("when", "operating") == "started",
                number=int(row.number("number", Fraction(len(ids)))),
                criterion=row.key("criterion"),
                bonus=row.number("bonus"),
                saving=thousandths(row.number("saving per year")),
                saving_to=row.key("saving to", funds[0].id),
            )
        )
    return tuple(found)


def _limits(book: Book) -> tuple[Limit, ...]:
    found = []
    for row in book.rows("limits"):
        metric, _, criterion = row.key("metric").partition(":")
        found.append(
            Limit(
                key(metric),
                key(criterion),
                row.items("scope"),
                row.maybe("minimum"),
                row.maybe("maximum"),
            )
        )
    return tuple(found)


def _providers(book: Book) -> tuple[Provider, ...]:
    return tuple(
        Provider(
            row.key("provider"),
            row.key("layer"),
            row.number("coverage", ONE),
            frozenset(row.items("exposures")),
        )
        for row in book.rows("providers")
    )
