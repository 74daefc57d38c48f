"""Random workbooks of forced kinds: nothing taken, everything, one year, all harm, ties, ..."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from oracle.brute_force import Survey
from oracle.facts import read
from oracle.tighten import Pages
from oracle.workbooks import ALL, EVERY, SPINE, Maker, write_workbook

MOST_PLANS = 60
"""Plans of a case at most, so that all of them can be tried."""

Change = Callable[[Pages, Random], None]

CURRENCIES = (None, "EUR")
GRADES = (None, "A", "B", "C", "D")
MONEY_OF_A_YEAR = 900.0


def _demands_nothing(pages: Pages, rng: Random) -> None:
    """Leave out all that forbids or forces: rules, limits, floors, decisions, people."""
    del rng
    for sheet in ("Rules", "Limits", "Skills", "Services", "Shocks", "Providers"):
        pages[sheet] = []
    for row in pages["Objectives"]:
        row.pop("Floor", None)
        row.pop("Continuity share", None)
    for row in pages["Investments"]:
        for header in [*row]:
            decided = header in {"Decision", "Reason"} and row.get("Decision") != "ongoing"
            if decided or header.startswith(("Build staff", "Run staff", "Trains")):
                del row[header]


def _poor(pages: Pages, rng: Random) -> None:
    """Leave so little money that nothing can be bought, or nothing new."""
    _demands_nothing(pages, rng)
    for row in pages["Investments"]:
        if row.get("Decision") != "ongoing":
            row["Cost year 1"] = rng.choice((3, 4.5, 12.125))
    _funds(pages, lambda _year: rng.choice((0, 0.05, 0.125)))


def _rich(pages: Pages, rng: Random) -> None:
    """Let everything be worth having, and paid for."""
    _demands_nothing(pages, rng)
    _one_option_each(pages)
    _scores(pages, lambda: rng.choice((10, 33.3, 60, 100)))
    _funds(pages, lambda _year: MONEY_OF_A_YEAR)
    pages["Layers"] = []
    for row in pages["Funds"]:
        for header in ("Pays", "Pays at most", "Eligible", "Dependence"):
            row.pop(header, None)


def _harmful(pages: Pages, rng: Random) -> None:
    """Let everything do harm."""
    _demands_nothing(pages, rng)
    _scores(pages, lambda: rng.choice((-10, -33.3, -60)))


def _twins(pages: Pages, rng: Random) -> None:
    """Put a second investment beside one, the same in everything but its name."""
    row = rng.choice([row for row in pages["Investments"] if not row.get("Decision")] or [{}])
    if row:
        twin = row | {"Investment": "TWIN", "Title": "Twin"}
        if row.get("Option"):
            twin["Option"] = str(row["Option"]).rpartition(".")[2]
        pages["Investments"].append(twin)


def _saving(pages: Pages, rng: Random) -> None:
    """Let every fund carry over what is left, whole or in part."""
    for row in pages["Funds"]:
        row["Carry over"] = rng.choice((0.5, 0.999, "100%"))
        row.pop("Carry at most", None)


def _as_it_comes(pages: Pages, rng: Random) -> None:
    del pages, rng


def _funds(pages: Pages, amount: Callable[[str], float]) -> None:
    for row in pages["Funds"]:
        for header in row:
            if str(header)[:4].isdigit():
                row[header] = amount(str(header))


def _scores(pages: Pages, score: Callable[[], float]) -> None:
    for row in pages["Investments"]:
        for header in row:
            if header.startswith("Score"):
                row[header] = score()


def _one_option_each(pages: Pages) -> None:
    first = {row["Investment"]: row for row in reversed(pages["Investments"])}
    pages["Investments"] = [row for row in pages["Investments"] if first[row["Investment"]] is row]


def _groups(maker: Maker) -> bool:
    return len({row.investment for row in maker.rows}) < len(maker.rows)


@dataclass(frozen=True)
class Kind:
    """Which parts of the model cases may use, how they are changed, and which are kept."""

    parts: frozenset[str]
    change: Change = _as_it_comes
    wanted: Callable[[Maker], bool] = lambda _maker: True
    plans: Callable[[int], bool] = lambda allowed: allowed > 1
    """How many plans are to be allowed, where any are found that way."""


_PLAIN = EVERY - {"ongoing", "continuity"}

KINDS: Mapping[str, Kind] = {
    "as it comes": Kind(EVERY),
    "nothing taken": Kind(_PLAIN, _poor, plans=lambda allowed: allowed == 1),
    "nothing new": Kind(
        EVERY - {"continuity"},
        _poor,
        lambda made: made.rows[0].decision == "ongoing",
        lambda allowed: allowed == 1,
    ),
    "everything taken": Kind(_PLAIN, _rich),
    "one year": Kind(EVERY - {"timing", "people"}, wanted=lambda made: made.years == 1),
    "one objective": Kind(SPINE, wanted=lambda made: len(made.objectives) == 1),
    "three objectives": Kind(ALL, wanted=lambda made: len(made.objectives) == 3),
    "all harm": Kind(_PLAIN, _harmful),
    "ties": Kind(SPINE | {"people"}, _twins),
    "infeasible": Kind(EVERY, plans=lambda allowed: allowed == 0),
    "carry-over": Kind(SPINE, _saving, lambda made: made.years > 1),
    "income": Kind(
        SPINE | {"synergy"}, wanted=lambda made: any(row.running < 0 for row in made.rows)
    ),
    "several funds": Kind(SPINE | {"dependence"}, wanted=lambda made: len(made.fund_ids) > 1),
    "groups of options": Kind(SPINE | {"contingency"}, wanted=_groups),
    "services": Kind(ALL - {"methods"}),
    "unfinished": Kind(EVERY),
}

DRAWS = 6
"""Cases of a kind that are drawn at most to find one with as many allowed plans as wanted."""


def write(kind: str, seed: int, path: Path) -> None:
    """Write the workbook of a kind and a seed; the same ones write the same workbook."""
    wanted = KINDS[kind]
    rng = Random(f"{kind} {seed}")
    makers = filter(wanted.wanted, _makers(rng, wanted.parts))
    for maker in islice(makers, DRAWS):
        pages = {name: [dict(row) for row in rows] for name, rows in maker.pages().items()}
        wanted.change(pages, rng)
        _described(pages, rng)
        write_workbook(path, maker.sheets(pages))
        if wanted.plans(len(Survey(read(path)).allowed)):
            return


def _makers(rng: Random, parts: frozenset[str]) -> Iterator[Maker]:
    while True:
        maker = Maker(rng, parts, MOST_PLANS)
        if maker.rows:
            yield maker


def _described(pages: Pages, rng: Random) -> None:
    """Add what is told and counts for nothing: a currency, grades of evidence, an own plan."""
    pages["Settings"].append({"Setting": "Currency", "Value": rng.choice(CURRENCIES)})
    for row in pages["Settings"]:
        if row["Setting"] in {"Tail share", "Tail weight"} and row["Value"] == 1:
            row["Value"] = "100%"
    for row in pages["Funds"]:
        if row.get("Carry over") == 1:
            row["Carry over"] = "100%"
    own: set[str] = set()
    for row in pages["Investments"]:
        row["Evidence"] = rng.choice(GRADES)
        row["Source"] = rng.choice((None, None, "illustrative"))
        if row.get("Decision") in {None, "open", "must"} and row["Investment"] not in own:
            row["Own plan"] = rng.choice((None, None, "yes"))
            own |= {row["Investment"]} if row["Own plan"] else set()
