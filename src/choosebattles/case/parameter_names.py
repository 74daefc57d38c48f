"""Which numbers of a case have a plain name, and where each of them stands.

A name is the word of the number, the row that it belongs to and, where a row holds it several
times, for which year, criterion or skill: ``score.CLOUD.L.technical``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit
from choosebattles.case.number_path import Path, get_at
from choosebattles.case.numbers import NUMBERS, CaseNumber, Family
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.rule import REQUIRED, Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill


@dataclass(frozen=True)
class Named:
    """A number of the case: what it is, its row, for which member of its family, and its places.

    A profile, such as the amounts of a fund in all its years, stands in several places; its
    number is their sum, and it is for no member.
    """

    number: CaseNumber
    row: str
    member: str
    places: tuple[Path, ...]

    @property
    def name(self) -> str:
        """Return its plain name."""
        return ".".join(part for part in (self.number.word, self.row, self.member) if part)


Rows = Iterator[tuple[str, str, Path]]
"""The rows of a fact: each by its name, with the layer it is of where it covers one, and where it
stands."""


def named(case: Facts, number: CaseNumber) -> Iterator[Named]:
    """Yield every place of a number, each with its name; rows may go by their layer or without."""
    rows = tuple(_ROWS[number.fact](case))
    for row, layer, path in rows:
        for member, places in _members(case, number, (*path, number.field)):
            yield Named(number, row, layer or member, places)
        if number.fact is Provider and [name for name, _layer, _path in rows].count(row) == 1:
            yield Named(number, row, "", ((*path, number.field),))


def beginning(case: Facts, word: str) -> Iterator[Named]:
    """Yield every number whose name begins with a word, the likelier meaning first."""
    for number in NUMBERS:
        if number.word and number.word == word:
            yield from named(case, number)


def _members(case: Facts, number: CaseNumber, path: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Yield where a number of one row stands: as a whole where it has one, and for each member."""
    match number.family:
        case None:
            yield "", (path,)
        case Family.YEARS:
            yield from _profile({str(year): year for year in sorted(get_at(case, path))}, path)
        case Family.AFTER_START:
            yield from _profile({str(n + 1): n for n in range(len(get_at(case, path)))}, path)
        case Family.CRITERIA | Family.SKILLS:
            listed = case.model.criteria if number.family is Family.CRITERIA else case.skills
            for fact in listed:
                yield fact.id, ((*path, fact.id),)


def _profile(years: Mapping[str, int], path: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    places = {name: (*path, year) for name, year in years.items()}
    if places:
        yield "", tuple(places.values())
    for name, place in places.items():
        yield name, (place,)


def _listed(*parent: str) -> Callable[[Facts], Rows]:
    """Return how to find the rows of facts that have an id."""

    def rows(case: Facts) -> Rows:
        for position, row in enumerate(get_at(case, parent)):
            yield row.id, "", (*parent, position)

    return rows


def _options(case: Facts) -> Rows:
    for i, investment in enumerate(case.investments):
        for o, option in enumerate(investment.options):
            yield option.id, "", ("investments", i, "options", o)


def _covers(case: Facts) -> Rows:
    for option, _layer, path in _options(case):
        for position, cover in enumerate(case.options[option].covers):
            yield option, cover.layer, (*path, "covers", position)


def _providers(case: Facts) -> Rows:
    for position, provider in enumerate(case.providers):
        yield provider.id, provider.layer, ("providers", position)


def _limits(case: Facts) -> Rows:
    for position in range(len(case.model.limits)):
        yield f"L{position + 1}", "", ("model", "limits", position)


def _synergies(case: Facts) -> Rows:
    for position, rule in enumerate(case.rules):
        if rule.kind.declared.worth is REQUIRED:
            yield f"R{position + 1}", "", ("rules", position)


_ROWS: Mapping[type[Fact], Callable[[Facts], Rows]] = {
    Facts: lambda _case: iter((("", "", ()),)),
    DecisionModel: lambda _case: iter((("", "", ("model",)),)),
    Objective: _listed("model", "objectives"),
    Criterion: _listed("model", "criteria"),
    Option: _options,
    Cover: _covers,
    Shock: _listed("shocks"),
    Provider: _providers,
    Service: _listed("services"),
    Layer: _listed("layers"),
    Rule: _synergies,
    Limit: _limits,
    Skill: _listed("skills"),
    Fund: _listed("funds"),
}
"""Where the rows of every fact stand that have numbers with a name."""
