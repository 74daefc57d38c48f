"""Which numbers of a case have a plain name, and where each of them stands.

Every table below maps the word before the first dot to what may follow it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.case.path import Path, look
from choosebattles.case.rule import REQUIRED


@dataclass(frozen=True)
class Named:
    """A number of the case: its name and where it stands.

    A profile, such as the amounts of a fund in all its years, stands in several places; its
    number is their sum.
    """

    name: str
    places: tuple[Path, ...]


Rest = Iterator[tuple[str, tuple[Path, ...]]]
"""What may follow a word, with where it leads."""

SETTINGS: Mapping[str, Path] = {
    "contingency": ("model", "contingency_amount"),
    "discount": ("model", "discount_rate"),
    "growth": ("cost_growth",),
    "haircut": ("revenue_haircut",),
    "points": ("points_for_100",),
    "tail_share": ("model", "tail_share"),
    "tail_weight": ("model", "tail_weight"),
    "tolerance": ("model", "tolerance"),
}
"""Numbers of the sheet Settings."""

_OF_A_ROW: Mapping[str, tuple[tuple[Path, str], ...]] = {
    "carry": ((("funds",), "carry_over"),),
    "ceiling": ((("funds",), "pays_at_most"),),
    "dependence": ((("funds",), "dependence"),),
    "retention": ((("skills",), "retention"),),
    "credit": ((("layers",), "full_credit"),),
    "rate": ((("layers",), "rate_after"),),
    "likelihood": ((("shocks",), "likelihood"),),
    "severity": ((("shocks",), "severity"),),
    "hold": ((("services",), "must_hold"),),
    "floor": ((("model", "objectives"), "floor"),),
    "continuity": ((("model", "objectives"), "continuity_share"),),
    "weight": (
        (("model", "objectives"), "weight"),
        (("model", "criteria"), "weight"),
        (("services",), "weight"),
    ),
}
"""One number in each row of a sheet, found by the row's id."""

_OF_AN_OPTION: Mapping[str, str] = {
    "running": "running_cost",
    "overrun": "overrun",
    "delay": "delay_loss",
}
"""One number of every option."""

_OF_AN_OPTION_BY_NAME: Mapping[str, str] = {
    "score": "score",
    "build_staff": "build_staff",
    "run_staff": "run_staff",
    "trains": "trains",
}
"""Numbers of every option by criterion or skill."""


def named(case: Facts, word: str) -> Iterator[Named]:
    """Yield every number whose name begins with the word, the likelier meaning first."""
    if word in SETTINGS:
        yield Named(word, (SETTINGS[word],))
    for parent, field in _OF_A_ROW.get(word, ()):
        yield from _told(word, _rows(case, parent, field))
    if word in _OF_AN_OPTION:
        yield from _told(word, _scalars(case, _OF_AN_OPTION[word]))
    if word in _OF_AN_OPTION_BY_NAME:
        yield from _told(word, _by_name(case, _OF_AN_OPTION_BY_NAME[word]))
    if word in _OTHERS:
        yield from _told(word, _OTHERS[word](case))


def _told(word: str, rest: Rest) -> Iterator[Named]:
    for name, places in rest:
        yield Named(f"{word}.{name}", places)


def _rows(case: Facts, parent: Path, field: str) -> Rest:
    for number, each in enumerate(look(case, parent)):
        yield each.id, ((*parent, number, field),)


def _options(case: Facts) -> Iterator[tuple[Path, Option]]:
    for i, investment in enumerate(case.investments):
        for o, option in enumerate(investment.options):
            yield ("investments", i, "options", o), option


def _scalars(case: Facts, field: str) -> Rest:
    for path, option in _options(case):
        yield option.id, ((*path, field),)


def _by_name(case: Facts, field: str) -> Rest:
    listed = case.model.criteria if field == "score" else case.skills
    for path, option in _options(case):
        for each in listed:
            yield f"{option.id}.{each.id}", ((*path, field, each.id),)


def _costs(case: Facts) -> Rest:
    for path, option in _options(case):
        years = tuple((*path, "cost", year) for year in range(len(option.cost)))
        if years:
            yield option.id, years
        for number, each in enumerate(years, start=1):
            yield f"{option.id}.{number}", (each,)


def _amounts(case: Facts) -> Rest:
    for number, fund in enumerate(case.funds):
        years = {year: ("funds", number, "amount", year) for year in sorted(fund.amount)}
        yield fund.id, tuple(years.values())
        for year, path in years.items():
            yield f"{fund.id}.{year}", (path,)


def _supply(case: Facts) -> Rest:
    for number, skill in enumerate(case.skills):
        years = {year: ("skills", number, "supply", year) for year in sorted(skill.supply)}
        yield skill.id, tuple(years.values())
        for year, path in years.items():
            yield f"{skill.id}.{year}", (path,)


def _coverage(case: Facts) -> Rest:
    rows = [each.id for each in case.providers]
    for number, provider in enumerate(case.providers):
        path: Path = ("providers", number, "coverage")
        if rows.count(provider.id) == 1:
            yield provider.id, (path,)
        yield f"{provider.id}.{provider.layer}", (path,)
    for path, option in _options(case):
        for number, cover in enumerate(option.covers):
            yield f"{option.id}.{cover.layer}", ((*path, "covers", number, "share"),)


def _limits(case: Facts, field: str) -> Rest:
    for number in range(len(case.model.limits)):
        yield f"L{number + 1}", (("model", "limits", number, field),)


def _synergies(case: Facts, field: str) -> Rest:
    for number, rule in enumerate(case.rules):
        if rule.kind.declared.worth is REQUIRED:
            yield f"R{number + 1}", (("rules", number, field),)


_OTHERS: Mapping[str, Callable[[Facts], Rest]] = {
    "fund": _amounts,
    "cost": _costs,
    "supply": _supply,
    "coverage": _coverage,
    "minimum": lambda case: _limits(case, "minimum"),
    "maximum": lambda case: _limits(case, "maximum"),
    "bonus": lambda case: _synergies(case, "bonus"),
    "saving": lambda case: _synergies(case, "saving"),
}
"""What takes more than a field to find."""

WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        ("fund", "cost", *SETTINGS, *_OF_A_ROW, *_OF_AN_OPTION, *_OF_AN_OPTION_BY_NAME, *_OTHERS)
    )
)
"""Every word with which a name begins."""
