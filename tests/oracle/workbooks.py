"""Writes small random workbooks in which rules, money and people bind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

from oracle.facts import read
from oracle.tighten import Cells, Pages, Tightener

SPINE = frozenset({"timing", "funds", "rules", "limits", "floors", "income", "accrual", "ongoing"})
ALL = SPINE | {
    "people",
    "continuity",
    "bent",
    "synergy",
    "contingency",
    "dependence",
    "methods",
}
EVERY = ALL | {"if then"}
"""With what has come since: a case of ``ALL`` stays the case that its seed has always made."""

METRICS = (
    "count",
    "starts in a year",
    "cost",
    "cost in a year",
    "cost share",
    "running cost",
    "later cost",
    "points",
)
HANDFUL = 6

Sheets = Mapping[str, Sequence[Cells]]

NAMES = ("CLOUD", "CSIRT", "E-ID", "FIBRE", "DATA_HUB", "LLM", "RADIO", "AUDIT", "ACADEMY")
SHORT = ("S", "L", "pooled", "2nd")
PILLARS = ("Security", "Core services", "skills")
LAYERS = ("hosting", "data", "connectivity")
OWNERS = ("Ministry A", "agency-b")
TAGS = ("law:US", "vendor:AWS", "place:coast")
AWKWARD = ("0.07", "0.1", "0.29", "0.57", "1.1", "2.675", "0.001", "1.005")


def write_workbook(path: Path | str, sheets: Sheets) -> None:
    """Write rows of cells by header; columns appear in the order in which rows name them."""
    with Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            headers = list(dict.fromkeys(header for row in rows for header in row))
            for column, header in enumerate(headers):
                page.write(0, column, header)
                for line, row in enumerate(rows, start=1):
                    if row.get(header) is not None:
                        page.write(line, column, row[header])


def random_workbook(
    seed: int, path: Path | str, parts: Iterable[str] = ALL, *, most_plans: int = 200
) -> None:
    """Write the random case of a seed; `parts` says which families of features it may use.

    Three draws at most: the first that leaves a handful of plans allowed, else the last.
    """
    chosen = frozenset(parts)
    unknown = chosen - EVERY
    if unknown:
        raise ValueError(f"unknown parts: {', '.join(sorted(unknown))}")
    rng = Random(seed)
    for _ in range(3):
        maker = Maker(rng, chosen, most_plans)
        pages = maker.pages()
        write_workbook(path, maker.sheets(pages))
        tightener = Tightener(rng, pages, read(path), chosen)
        if len(tightener.survey.allowed) >= HANDFUL:
            tightener.tighten(rng.choice((0, 1, 2, 3)))
            write_workbook(path, maker.sheets(pages))
            return


@dataclass
class Sketch:
    """What the maker remembers of one row of Investments."""

    id: str
    investment: str
    cells: Cells
    decision: str = "open"
    starts: list[int] = field(default_factory=list)
    start: int = 0
    build_years: int = 0
    costs: list[float] = field(default_factory=list)
    running: float = 0.0

    def operates(self, year: int) -> bool:
        first = self.start + self.build_years
        lifetime = self.cells.get("Lifetime")
        return first <= year and (lifetime is None or year < first + lifetime)

    def builds(self, year: int) -> bool:
        return self.start <= year < self.start + max(1, self.build_years)

    def build_cost(self, year: int) -> float:
        paid = year - self.start
        return self.costs[paid] if 0 <= paid < len(self.costs) else 0.0

    def run_cost(self, year: int) -> float:
        return max(0.0, self.running) if self.operates(year) else 0.0

    def cost(self, year: int) -> float:
        return self.build_cost(year) + self.run_cost(year)


class Maker:
    """Makes one case; a hidden plan, the witness, says which numbers come close to binding."""

    def __init__(self, rng: Random, parts: frozenset[str], most_plans: int) -> None:
        self.rng = rng
        # What came later is drawn from a stream of its own: the rest stays as the seeds made it.
        self.later = Random(repr(rng.getstate()))
        self.parts = parts
        self.most_plans = most_plans
        spans = (3, 3, 4) if "people" in parts else (2, 3, 3, 4)
        self.years = rng.choice(spans) if "timing" in parts else rng.choice((1, 1, 2))
        self.first = rng.randint(2026, 2030)
        self.calendar = range(self.first, self.first + self.years)
        self.skills = ["DEV", "sec"][: rng.randint(1, 2)] if "people" in parts else []
        self.growth = rng.choice((0, 0, 0.02, 0.07)) if "timing" in parts else 0
        self.objectives = self._objective_ids()
        self.criteria = self._criteria_rows()
        self.fund_ids = self._fund_ids()
        self.rows: list[Sketch] = []
        self._make_rows()
        self.witness = self._witness()

    def pages(self) -> Pages:
        """Rows of every sheet; Shapes are limits without their numbers."""
        return {
            "Settings": self._settings(),
            "Objectives": self._objectives(),
            "Criteria": [] if self.plain_criteria else self.criteria,
            "Investments": [row.cells for row in self.rows],
            "Funds": self._funds(),
            "Rules": self._rules(),
            "Limits": self._limits(),
            "Shapes": [self._shape() for _ in range(8)],
            "Skills": self._skill_rows(),
            "Layers": self._layers(),
            **self._continuity(),
        }

    def sheets(self, pages: Pages) -> Pages:
        """What is to be written, in any order."""
        filled = [
            (name, self._shuffled(name, rows))
            for name, rows in pages.items()
            if rows and name != "Shapes"
        ]
        self.rng.shuffle(filled)
        return dict(filled)

    # Small helpers.

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def amount(self, low: float, high: float) -> float:
        """An amount of money with at most three decimals, now and then an awkward one."""
        if self.chance(0.15):
            return float(self.rng.choice(AWKWARD))
        return round(self.rng.uniform(low, high), self.rng.choice((0, 1, 2, 3)))

    def spelt(self, name: str) -> str:
        """An id as some other hand would type it."""
        return self.rng.choice((name, name, name.lower(), name.upper()))

    def list_of(self, names: Iterable[str]) -> str:
        return self.rng.choice((";", "; ", " ; ")).join(names)

    def _shuffled(self, sheet: str, rows: list[Cells]) -> list[Cells]:
        """Move columns about; headers may come in any case and order."""
        headers = list(dict.fromkeys(header for row in rows for header in row))
        if sheet != "Settings":
            self.rng.shuffle(headers)
        spelt = {
            header: self.rng.choice((header, header, header, header.lower(), header.upper()))
            if isinstance(header, str) and "/" not in header
            else header
            for header in headers
        }
        return [{spelt[header]: row.get(header) for header in headers} for row in rows]

    def year_headers(self) -> dict[int, Any]:
        """The same spelling for all years of one sheet."""
        style = self.rng.choice(("{}", "{}/{:02d}", ""))
        return {
            year: style.format(year, (year + 1) % 100) if style else year for year in self.calendar
        }

    # Preferences.

    def _objective_ids(self) -> list[str]:
        if self.parts & {"methods", "dependence", "continuity"} or self.chance(0.7):
            extra = ["growth"] if self.chance(0.15) else []
            return ["autonomy", "resilience", *extra]
        return ["autonomy"]

    def _criteria_rows(self) -> list[Cells]:
        self.plain_criteria = self.chance(0.3)
        self.bare = False
        if self.plain_criteria:
            return [{"Criterion": each, "Objective": each} for each in self.objectives]
        self.bare = "continuity" in self.parts and self.chance(0.3)
        scored = self.objectives[:1] + self.objectives[2:] if self.bare else self.objectives
        return [
            {
                "Criterion": f"{name}{number}",
                "Title": f"{name} {objective}",
                "Objective": self.spelt(objective),
                "Weight": self.rng.choice((None, 1, 2, 0.7, 30)),
                "0 means": "as today",
                "50 means": "better",
                "100 means": "best",
            }
            for number, objective in enumerate(scored)
            for name in ("tech", "legal")[: self.rng.randint(1, 2)]
        ]

    def criterion_ids(self) -> list[str]:
        return [row["Criterion"] for row in self.criteria]

    def _settings(self) -> list[Cells]:
        rng = self.rng
        typed: Cells = {"First year": self.first, "Years": self.years}
        if self.growth:
            typed["Cost growth"] = self.growth
        if "accrual" in self.parts:
            typed["Discount rate"] = rng.choice((0, 0.03, 0.07))
            typed["Accrual"] = rng.choice(("over time", "final year", None))
        if "methods" in self.parts:
            typed["Method"] = rng.choice(("weighted", "lexicographic", "lexicographic", "balanced"))
            typed["Tolerance"] = rng.choice((None, 0, 0.05, 0.1))
        if "income" in self.parts:
            typed["Revenue haircut"] = rng.choice((None, 0.1, 0.33))
        if "continuity" in self.parts:
            typed["Tail share"] = rng.choice((None, 0, 0.3, 0.5, 1))
            typed["Tail weight"] = rng.choice((None, 0, 0.4, 1))
        if "contingency" in self.parts:
            self._contingency(typed)
        if self.fixed_scale or self.chance(0.4):
            typed["Points for 100"] = rng.choice((100, 150, 200, 87.5))
        typed["Country"] = rng.choice((None, "Albania"))
        return [
            {"Setting": name, "Value": value}
            for name, value in typed.items()
            if value is not None or self.chance(0.5)
        ]

    @property
    def fixed_scale(self) -> bool:
        return bool(self.parts & {"continuity", "floors"})

    def _contingency(self, typed: Cells) -> None:
        kind = self.rng.choice(("flat", "budgeted", "budgeted", "none"))
        typed["Contingency"] = kind
        if kind == "flat":
            typed["Contingency amount"] = self.rng.choice((0.07, 0.1, 0.15))
        elif kind != "none":
            typed["Contingency amount"] = self.rng.choice((1, 2, 1.5, 0.4, 9))

    def _objectives(self) -> list[Cells]:
        default = self.objectives == ["autonomy", "resilience"]
        floors = "floors" in self.parts
        if default and not floors and "methods" not in self.parts and self.chance(0.4):
            return []
        weights = self.rng.sample((1, 2, 3, 0.5, 60), len(self.objectives))
        blank = "methods" not in self.parts and self.chance(0.3)
        rows: list[Cells] = []
        for objective, weight in zip(self.objectives, weights, strict=True):
            row: Cells = {"Objective": objective, "Weight": None if blank else weight}
            if floors and self.chance(0.4):
                row["Floor"] = self.rng.choice((-5, 3.3, 5, 10, 15.5, 25))
            if "continuity" in self.parts and self.chance(0.5):
                row["Continuity share"] = self.rng.choice((0, 0.3, 0.8, 0.25))
            rows.append(row)
        return rows

    # Investments.

    def _make_rows(self) -> None:
        names = list(NAMES)
        self.rng.shuffle(names)
        plans = 1
        if "ongoing" in self.parts and self.chance(0.6):
            self._ongoing(names.pop())
        few = self.rng.randint(4, 7)
        for name in names[:few]:
            options = self._options(name)
            starts = sum(len(row.starts) for row in options)
            if plans * (1 + starts) > self.most_plans:
                continue
            plans *= 1 + starts
            self.rows.extend(options)
        for number, row in enumerate(self.rows):
            row.cells["Title"] = f"Investment {number}"

    def _options(self, name: str) -> list[Sketch]:
        number = 2 if self.chance(0.3) else 1
        rows = [self._row(name, each) for each in self.rng.sample(SHORT, number)]
        if number == 1 and self.chance(0.8):
            rows[0].id = name
            rows[0].cells["Option"] = None
        self._place(rows)
        if "rules" in self.parts:
            self._decide(rows)
        return rows

    def _row(self, name: str, short: str) -> Sketch:
        typed = f"{name}.{short}" if self.chance(0.3) else short
        row = Sketch(f"{name}.{short}", name, {"Investment": name, "Option": typed})
        self._costs(row)
        self._timing(row)
        for criterion in self.criterion_ids():
            score = self.rng.choice((0, 10, 30, 30, 45, 60, 80, 100, 33.3, 12.5, -10, -35, None))
            row.cells[f"Score: {criterion}"] = score
        if "contingency" in self.parts:
            row.cells["Overrun"] = self.rng.choice((None, 0.1, 0.25, 0.5))
        self._staff(row)
        return row

    def _costs(self, row: Sketch) -> None:
        count = self.rng.choice((1, 2, 2, 3)) if "timing" in self.parts else 1
        row.costs = [self.amount(0.1, 6) for _ in range(min(count, self.years))]
        if self.chance(0.15):
            row.costs[-1] = 0.0
        for year, cost in enumerate(row.costs, start=1):
            row.cells[f"Cost year {year}"] = cost
        if self.chance(0.5):
            row.running = self.amount(0.05, 1)
        if "income" in self.parts and self.chance(0.3):
            row.running = -self.amount(0.1, 2)
            row.cells["Revenue to"] = self.spelt(self.rng.choice(self.fund_ids))
        row.cells["Running cost"] = row.running if row.running or self.chance(0.5) else None
        if "income" in self.parts and self.later.random() < 0.25:
            for year in range(1, self.later.choice((1, 2, 4)) + 1):
                row.cells[f"Income year {year}"] = self.later.choice((None, 0, 0.4, 1.25, 0.333))
            row.cells.setdefault("Revenue to", self.later.choice(self.fund_ids))

    def _timing(self, row: Sketch) -> None:
        last_cost = max((year for year, cost in enumerate(row.costs) if cost), default=0)
        row.build_years = last_cost
        earliest = 0
        latest = None
        if "timing" in self.parts:
            if self.chance(0.5):
                row.build_years = self.rng.choice((0, 0, 1, 2))
                row.cells["Build years"] = row.build_years
            room = self.years - 1 - max(row.build_years, last_cost)
            if self.chance(0.35) or room < 0:
                earliest = self.rng.randint(0, self.years - 1)
                row.cells["Earliest start"] = self.first + earliest
            if self.chance(0.5) or room < earliest:
                latest = self.rng.randint(earliest, min(self.years - 1, earliest + 1))
                row.cells["Latest start"] = self.first + latest
            if self.chance(0.3):
                row.cells["Lifetime"] = self.rng.choice((1, 2, 3))
            if self.chance(0.4):
                row.cells["Delay loss"] = self.rng.choice((0.05, 0.1, 0.3))
        elif self.years > 1:
            earliest = latest = self.rng.choice((0, 0, 1))
            row.cells["Earliest start"] = self.first + earliest
            row.cells["Latest start"] = self.first + latest
        if latest is None:
            latest = self.years - 1 - max(row.build_years, last_cost)
        row.starts = list(range(earliest, latest + 1))
        row.start = self.rng.choice(row.starts)

    def _staff(self, row: Sketch) -> None:
        for skill in self.skills:
            if self.chance(0.6):
                row.cells[f"Build staff: {skill}"] = self.rng.choice((1, 2, 3, 4.5))
            if self.chance(0.5):
                row.cells[f"Run staff: {skill}"] = self.rng.choice((0.5, 1, 2))
            if self.chance(0.4):
                row.cells[f"Trains: {skill}"] = self.rng.choice((1, 2, 3.5))

    def _place(self, rows: list[Sketch]) -> None:
        """Owner, pillar and layer on all rows or on one of them; covers and exposures on each."""
        rng = self.rng
        place = {
            "Owner": rng.choice((*OWNERS, None)),
            "Pillar": rng.choice((*PILLARS, None)),
            "Layer": rng.choice((*LAYERS, None)),
        }
        bearer = rng.choice(rows)
        for row in rows:
            if row is bearer or self.chance(0.5):
                row.cells.update(place)
            tags = rng.sample(TAGS, rng.choice((0, 1, 1, 2)))
            row.cells["Exposures"] = self.list_of(tags) or None
            if "continuity" in self.parts and self.chance(0.7):
                covered = rng.sample(LAYERS, rng.choice((1, 1, 2)))
                shares = (": 40%", ": 100%", ": 65%", ": 7%")
                row.cells["Covers"] = self.list_of(f"{one}{rng.choice(shares)}" for one in covered)

    def _decide(self, rows: list[Sketch]) -> None:
        draw = self.rng.random()
        if draw < 0.1:
            for row in rows if self.chance(0.5) else rows[:1]:
                row.decision = "must"
        elif draw < 0.2:
            rows[-1].decision = "never"
            rows[-1].starts = []
        for row in rows:
            if row.decision != "open":
                row.cells["Decision"] = row.decision
                row.cells["Reason"] = "decided by the cabinet"
            elif self.chance(0.3):
                row.cells["Decision"] = "open"

    def _ongoing(self, name: str) -> None:
        row = self._row(name, SHORT[0])
        if self.chance(0.7):
            row.id = name
            row.cells["Option"] = None
        self._place([row])
        row.decision = "ongoing"
        row.start = -self.rng.choice((0, 1, 1, 2))
        row.starts = [row.start]
        row.cells.update(
            {
                "Decision": "ongoing",
                "Reason": "contract signed",
                "Earliest start": self.first + row.start,
                "Latest start": None,
            }
        )
        self.rows.append(row)

    def _witness(self) -> list[Sketch]:
        """One option of most investments, at a start drawn before."""
        chosen: dict[str, Sketch] = {}
        for row in self.rows:
            wanted = row.decision in ("must", "ongoing") or self.chance(0.6)
            if row.decision != "never" and wanted:
                chosen.setdefault(row.investment, row)
        return list(chosen.values())

    # Money.

    def _fund_ids(self) -> list[str]:
        number = self.rng.choice((1, 2, 2, 3)) if "funds" in self.parts else 1
        return ["STATE", "EU-IPA", "Donor_1"][:number]

    def _grown(self, year: int) -> float:
        return float((1 + self.growth) ** year)

    def _need(self, row: Sketch, year: int) -> float:
        return row.cost(year) * self._grown(year)

    def _funds(self) -> list[Cells]:
        headers = self.year_headers()
        room = self.rng.uniform(0.8, 2.2)
        if "contingency" in self.parts:
            room += 0.15
        demand = self._demand()
        rows: list[Cells] = []
        for number, name in enumerate(self.fund_ids):
            share = 1.0 if len(self.fund_ids) == 1 else self.rng.uniform(0.35, 0.9)
            row: Cells = {"Fund": name, "Title": f"Fund {number}"}
            for year, header in headers.items():
                t = year - self.first
                row[header] = round(demand[t] * room * share, self.rng.choice((1, 2, 3)))
            if "funds" in self.parts or "timing" in self.parts:
                row["Carry over"] = self.rng.choice((None, 0, 0.5, 1))
                if row["Carry over"]:
                    row["Carry at most"] = self.later.choice((None, None, 0, 0.1, 0.5))
            if number or (self.chance(0.1) and "contingency" not in self.parts):
                row.update(self._conditions())
            if "dependence" in self.parts and (number or self.chance(0.3)):
                row["Dependence"] = self.rng.choice((0.5, 1, 2.5, 0.07))
            rows.append(row)
        return rows

    def _demand(self) -> list[float]:
        """What the witness needs each year, and never less than the average of its years."""
        needs = [sum(self._need(each, t) for each in self.witness) for t in range(self.years)]
        if self.chance(0.3):
            return needs
        mean = sum(needs) / len(needs) or 1.0
        return [max(need, mean) for need in needs]

    def _conditions(self) -> Cells:
        if "funds" not in self.parts:
            return {}
        return {
            "Pays at most": self.rng.choice((None, None, 0.5, 0.85, 0.35)),
            "Pays": self.rng.choice((None, None, "build and running", "build", "running")),
            "Eligible": self.rng.choice((None, self._scope(exposures=False))),
        }

    def _scope(self, *, exposures: bool = True) -> str:
        """An id, a pillar, a layer, an owner, an exposure or a union of these."""
        words = ["id", "id", "pillar", "layer", "owner"] + ["exposure"] * exposures
        found = []
        for word in self.rng.sample(words, self.rng.choice((1, 1, 2, 3))):
            header = {"exposure": "Exposures"}.get(word, word.capitalize())
            filled = [row.cells[header] for row in self.rows if row.cells.get(header)]
            if word == "id":
                found.append(self.spelt(self.rng.choice(self.all_ids())))
            elif filled:
                name = self.rng.choice(filled).split(";")[0].strip()
                found.append(f"{word}: {name}")
        found = list({name.casefold(): name for name in found}.values())
        return self.list_of(found) or self.spelt(self.rng.choice(self.all_ids()))

    def all_ids(self) -> list[str]:
        """Every investment and every option."""
        return list(dict.fromkeys(each for row in self.rows for each in (row.investment, row.id)))

    # Rules.

    def _separate(self, most: int) -> list[str]:
        """Ids of which none is an option of another."""
        found = []
        investments = list(dict.fromkeys(row.investment for row in self.rows))
        self.rng.shuffle(investments)
        for name in investments:
            options = [row.id for row in self.rows if row.investment == name]
            if self.chance(0.3):
                found.extend(options)
            else:
                found.append(self.rng.choice((name, self.rng.choice(options))))
        return found[:most]

    def _rules(self) -> list[Cells]:
        rows: list[Cells] = []
        investments = {row.investment for row in self.rows}
        if len(investments) < 3:
            return rows
        if "rules" in self.parts:
            rows.extend(self._fair_rule(self._rule) for _ in range(self.rng.choice((1, 1, 2, 3))))
        if "if then" in self.parts:
            rows.extend(self._fair_rule(self._if_then) for _ in range(self.rng.choice((1, 2))))
        if "synergy" in self.parts:
            rows.extend(self._synergy() for _ in range(self.rng.choice((1, 1, 2))))
        self.rng.shuffle(rows)
        return rows

    def _fair_rule(self, made: Callable[[], Cells]) -> Cells:
        """A rule, most often one that the witness keeps."""
        row = made()
        while self.chance(0.9) and not self._kept(row):
            row = made()
        return row

    def _if_then(self) -> Cells:
        ids = self._separate(self.rng.choice((2, 3, 4)))
        cut = self.rng.randint(1, len(ids) - 1)
        return {
            "Rule": self.rng.choice(("if then all", "if then any", "if then none")),
            "Investments": self.list_of(self.spelt(each) for each in ids[:cut]),
            "Needs": self.list_of(self.spelt(each) for each in ids[cut:]),
            "Number": self.rng.choice((None, self.rng.randint(1, cut))),
        }

    def _kept(self, row: Cells) -> bool:
        kind = row["Rule"]
        ids = _split(row["Investments"])
        needs = _split(row.get("Needs", ""))
        held = self._held(ids)
        if kind.startswith("requires"):
            starts = [each.start for each in self._found(ids)]
            helps = [
                all(each.start + each.build_years <= start for start in starts)
                for each in self._found(needs)
            ]
            return not starts or any(helps)
        if kind.startswith("if then"):
            there = [bool(self._held([need])) for need in needs]
            kept = {"all": all(there), "any": any(there), "none": not any(there)}
            return held < (row["Number"] or len(ids)) or kept[kind.split()[-1]]
        if kind == "excludes":
            return not (held and self._held(needs)) if needs else held <= 1
        return kind != "together" or held in (0, len(ids))

    def _found(self, ids: list[str]) -> list[Sketch]:
        wanted = {each.casefold() for each in ids}
        return [
            row for row in self.witness if {row.id.casefold(), row.investment.casefold()} & wanted
        ]

    def _rule(self) -> Cells:
        rng = self.rng
        kind = rng.choice(
            (
                "requires all",
                "requires any",
                "requires all",
                "excludes",
                "excludes",
                "at most",
                "at least",
                "exactly",
                "together",
            )
        )
        ids = self._separate(rng.choice((2, 3, 4)))
        row: Cells = {"Rule": kind}
        if kind.startswith("requires") or (kind == "excludes" and self.chance(0.5)):
            cut = rng.randint(1, len(ids) - 1)
            row["Needs"] = self.list_of(self.spelt(each) for each in ids[cut:])
            ids = ids[:cut]
        if kind.startswith("requires"):
            row["When"] = rng.choice((None, "operating", "started"))
        if kind in ("at most", "at least", "exactly"):
            held = self._held(ids)
            row["Number"] = {
                "at most": max(1, held - rng.choice((0, 0, 1))),
                "at least": min(len(ids), max(1, held)),
                "exactly": min(len(ids), max(1, held)),
            }[kind]
        row["Investments"] = self.list_of(self.spelt(each) for each in ids)
        return row

    def _held(self, ids: list[str]) -> int:
        return sum(bool(self._found([each])) for each in ids)

    def _synergy(self) -> Cells:
        rng = self.rng
        ids = self._separate(rng.choice((2, 2, 3, 4)))
        row: Cells = {
            "Rule": "synergy",
            "Investments": self.list_of(self.spelt(each) for each in ids),
            "Number": rng.choice((None, rng.randint(1, len(ids)))),
        }
        if self.chance(0.85):
            row["Criterion"] = self.spelt(rng.choice(self.criterion_ids()))
            row["Bonus"] = rng.choice((20, 33.3, 50, -25, -15.5))
        if "Bonus" not in row or self.chance(0.4):
            row["Saving per year"] = self.amount(0.3, 3)
            row["Saving to"] = rng.choice((None, self.spelt(rng.choice(self.fund_ids))))
        return row

    # Limits, people, layers.

    def _limits(self) -> list[Cells]:
        if "limits" not in self.parts:
            return []
        return [self._limit() for _ in range(self.rng.choice((0, 1, 1, 2)))]

    def _limit(self) -> Cells:
        row = self._shape()
        metric = str(row["Metric"]).partition(":")[0]
        low, high = self._bounds(metric)
        floored = self.chance(0.2) and metric not in ("later cost", "running cost")
        if floored:
            row["Minimum"] = low
        if not floored or (self.chance(0.4) and low <= high):
            row["Maximum"] = high
        return row

    def _shape(self) -> Cells:
        """A metric and a scope."""
        metric = self.rng.choice(METRICS)
        scope = self._scope() if metric == "cost share" or self.chance(0.7) else None
        if metric == "points":
            metric = f"points: {self.spelt(self.rng.choice(self.criterion_ids()))}"
        return {"Metric": metric, "Scope": scope}

    def _bounds(self, metric: str) -> tuple[float, float]:
        """A minimum and a maximum that may bind."""
        rng = self.rng
        if metric == "cost share":
            return rng.choice((0.07, 0.1, 0.2)), rng.choice((0.5, 0.6, 0.75))
        if metric == "points":
            return rng.choice((10, 30)), rng.choice((60, 100, 133.3))
        sizes = self._sizes(metric)
        if metric in ("count", "starts in a year"):
            return 1, max(1, ceil(max(sizes) * rng.choice((0.4, 0.7, 1))))
        low = round(min(sizes) * rng.uniform(0.1, 0.5), 3)
        return low, round(max(sizes) * rng.uniform(0.6, 1.1) + self.amount(0, 1), 3)

    def _sizes(self, metric: str) -> list[float]:
        """The metric over the witness, in each year or at all."""
        years = range(self.years)
        costs = [sum(self._need(row, t) for row in self.witness) for t in years]
        fresh = [row.start for row in self.witness if row.decision != "ongoing"]
        late = range(self.years, self.years + 3)
        return {
            "count": [float(len(self.witness))],
            "starts in a year": [float(fresh.count(t)) for t in years],
            "cost": [sum(costs)],
            "cost in a year": costs,
            "running cost": [sum(row.run_cost(t) for row in self.witness) for t in years],
            "later cost": [sum(row.build_cost(t) for row in self.rows for t in late)],
        }.get(metric, [0.0])

    def _skill_rows(self) -> list[Cells]:
        headers = self.year_headers()
        rows: list[Cells] = []
        for skill in self.skills:
            row: Cells = {"Skill": skill, "Title": f"People {skill}"}
            peak = 0
            for year, header in headers.items():
                t = year - self.first
                asked = sum(
                    (each.cells.get(f"Build staff: {skill}") or 0) * each.builds(t)
                    + (each.cells.get(f"Run staff: {skill}") or 0) * each.operates(t)
                    for each in self.witness
                )
                peak = max(peak, asked)
                slack = (0, 0.5, 1, 2, 4) if t == 0 else (-4, -2, -1, 0, 1, 2)
                row[header] = max(0, peak + self.rng.choice(slack))
            row["Retention"] = self.rng.choice((None, 0.9, 0.5, 0.2))
            rows.append(row)
        return rows

    def _layers(self) -> list[Cells]:
        if "bent" not in self.parts:
            return []
        return [
            {
                "Layer": layer,
                "Title": layer,
                "Full credit up to": self.rng.choice((20, 40, 62.5, None)),
                "Rate after": self.rng.choice((None, 0, 0.25, 0.6)),
            }
            for layer in self.rng.sample(LAYERS, self.rng.randint(1, 3))
        ]

    # Continuity.

    def _continuity(self) -> dict[str, list[Cells]]:
        if "continuity" not in self.parts:
            return {}
        rng = self.rng
        shocks: list[Cells] = [
            {
                "Shock": f"shock-{number}",
                "Title": f"Shock {number}",
                "Objective": self.spelt(rng.choice(self.objectives)),
                "Hits": self.list_of(rng.sample(TAGS, rng.choice((1, 1, 2)))),
                "Severity": rng.choice((None, 0.5, 0.9)),
                "Likelihood": rng.choice((None, 1, 2, 0.07, 0)),
            }
            for number in range(rng.choice((2, 3, 4)))
        ]
        if self.bare:
            shocks[0].update({"Objective": "resilience", "Likelihood": 1})
        return {
            "Providers": self._providers(),
            "Services": self._services([row["Shock"] for row in shocks]),
            "Shocks": shocks,
        }

    def _providers(self) -> list[Cells]:
        rows: list[Cells] = []
        for name in ("AWS-EU", "Telco"):
            tags = self.list_of(self.rng.sample(TAGS, self.rng.choice((0, 1, 2)))) or None
            rows.extend(
                {
                    "Provider": name,
                    "Title": name,
                    "Layer": layer,
                    "Coverage": self.rng.choice((None, 0.3, 0.45, 0.8)),
                    "Exposures": tags,
                }
                for layer in (LAYERS if name == "Telco" else self.rng.sample(LAYERS, 1))
            )
        return rows

    def _services(self, shocks: list[str]) -> list[Cells]:
        rows: list[Cells] = []
        for number in range(self.rng.choice((1, 2, 3))):
            layers = self.rng.sample(LAYERS, self.rng.choice((1, 2)))
            row: Cells = {
                "Service": f"S{number}",
                "Title": f"Service {number}",
                "Weight": self.rng.choice((None, 1, 2, 0.5)),
                "Needs": self.list_of(layers),
            }
            if self.chance(0.3):
                row["Must hold"] = self.rng.choice((0.05, 0.1, 0.25))
                some = self.list_of(self.rng.sample(shocks, 1))
                row["Against"] = self.rng.choice((None, some))
            rows.append(row)
        return rows


def _split(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]
