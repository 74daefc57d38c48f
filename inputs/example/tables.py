"""The tables of one country and those that all countries share, as plain text by column."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "sources"

YES = "yes"
"""What a column says that answers a question; anything else is no."""

Line = Mapping[str, str]
"""One row of a table, by column."""

Table = Sequence[Line]
"""The rows of a table."""


@cache
def read_table(path: Path) -> Table:
    """Return the rows of a comma-separated file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def items(text: str) -> tuple[str, ...]:
    """Return the items of a list that is separated by semicolons."""
    return tuple(word.strip() for word in text.split(";") if word.strip())


def amount(text: str) -> Decimal:
    """Return a number; blank is 0."""
    return Decimal(text or "0")


def rounded(number: Decimal, step: str) -> Decimal:
    """Return a number rounded half up to a step such as 0.001, without idle zeros."""
    return Decimal(format(number.quantize(Decimal(step), ROUND_HALF_UP).normalize(), "f"))


@dataclass(frozen=True)
class Sources:
    """All tables that a country's case is made from."""

    country: Line

    @classmethod
    def of(cls, folder: str) -> "Sources":
        """Return the tables of the country whose folder has that name."""
        countries = read_table(SOURCES / "countries.csv")
        return cls(next(country for country in countries if country["folder"] == folder))

    @cached_property
    def years(self) -> range:
        """Return the calendar years of the case."""
        first = int(self.country["first_year"])
        return range(first, first + int(self.country["years"]))

    @cached_property
    def effects(self) -> Mapping[tuple[str, str], Line]:
        """Return what each kind of investment brings about, by investment and option."""
        return {(each["investment"], each["option"]): each for each in self.shared("effects")}

    @cached_property
    def layers(self) -> Mapping[str, Line]:
        """Return, for each layer of the stack, who works on it."""
        return {each["layer"]: each for each in self.shared("stack_layers")}

    @cached_property
    def pillars(self) -> Mapping[str, Line]:
        """Return, for each pillar, whether anything is built in it."""
        return {each["pillar"]: each for each in self.shared("pillars")}

    @cached_property
    def options(self) -> Table:
        """Return the rows of the country's investments."""
        return self.own("investments")

    @cached_property
    def services(self) -> Table:
        """Return the country's critical services."""
        return self.own("services")

    @cached_property
    def skills(self) -> Table:
        """Return the classes of people; where a country's mix is its own, from its own table."""
        mine = SOURCES / self.country["folder"] / "skills.csv"
        return read_table(mine) if mine.exists() else self.shared("skills")

    @cached_property
    def rules(self) -> Table:
        """Return rules beyond those that the rows of investments name, where a country has some."""
        mine = SOURCES / self.country["folder"] / "rules.csv"
        return read_table(mine) if mine.exists() else ()

    def criteria(self, *, full: bool) -> Table:
        """Return the criteria; one of them stands in for continuity where that is left out."""
        lines = self.shared("criteria")
        return tuple(line for line in lines if not (full and line["only_without_continuity"]))

    def shared(self, name: str) -> Table:
        """Return a table that all countries share."""
        return read_table(SOURCES / f"{name}.csv")

    def own(self, name: str) -> Table:
        """Return a table of this country."""
        return read_table(SOURCES / self.country["folder"] / f"{name}.csv")

    def effect(self, line: Line) -> Line:
        """Return what an option brings about; a blank option stands for any."""
        found = self.effects.get((line["investment"], line["option"]))
        return found or self.effects[line["investment"], ""]


def full_id(line: Line) -> str:
    """Return the id of an option: ``CLDGOV.S``, or the investment's where it has one row."""
    return f"{line['investment']}.{line['option']}" if line["option"] else line["investment"]
