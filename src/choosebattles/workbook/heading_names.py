"""Names that are nearly those of the layout: renamed, translated, or with a unit behind them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

from choosebattles.case.numbers import Family, MeasuredIn
from choosebattles.spelling import alike, key, shape
from choosebattles.workbook.cell_reading import Read
from choosebattles.workbook.column import CellKind, ColumnLayout, SheetLayout
from choosebattles.workbook.typed_numbers import year
from choosebattles.workbook.unit_words import UnitScale, currency_codes, named, without_units

Member = str | int | None
Match = tuple[ColumnLayout, Member]
"""A column, and in a family for which year, number, criterion or skill."""

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[€$£¥%]")
_APART = re.compile(r"[\W_]+")
_SCALE = re.compile(r"\d+\s*(?:-|\u2013|to|/)\s*\d+|/\s*\d+|out of \d+")
_HOLE = "qzq"
"""Stands for the number or name in a translation, as no word does."""


@dataclass(frozen=True)
class KnownHeadings:
    """What is known of a case before its other headings are read.

    Parameters
    ----------
    calendar
        The years of the plan; nothing where Settings do not say.
    currency
        The currency as typed, or nothing.
    criteria, skills
        Their ids.
    """

    calendar: range = range(0)
    currency: str = ""
    criteria: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()

    def member(self, family: Family, name: str) -> bool:
        """Say whether a criterion or skill has this name."""
        names = self.criteria if family is Family.CRITERIA else self.skills
        return key(name) in map(key, names)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("heading_words.toml").read_text(encoding="utf-8"))


@cache
def _words_for(kind: str) -> frozenset[str]:
    return frozenset(map(shape, _words()["words"][kind]))


def bare(text: str) -> str:
    """Return a name as near names are compared: without case, accents and punctuation."""
    return " ".join(_APART.sub(" ", shape(text)).split())


# --- exact names --------------------------------------------------------------------------------


def header_member(column: ColumnLayout, family: Family, value: object, text: str) -> Member:
    """Return the year, number, criterion or skill that a heading of a family names."""
    match family:
        case Family.YEARS:
            answer = year(value)
            return answer.value if isinstance(answer, Read) else None
        case Family.AFTER_START:
            found = re.fullmatch(rf"{re.escape(key(column.heading('')))} (\d{{1,3}})", text)
            return int(found[1]) - 1 if found and int(found[1]) else None
        case Family.CRITERIA | Family.SKILLS:
            word, colon, _rest = text.partition(":")
            if not colon or word.strip() != key(column.header.partition(":")[0]):
                return None
            return " ".join(str(value).partition(":")[2].split()) or None


def exact(sheet: SheetLayout, value: object, text: str) -> Match | None:
    """Return the column that a heading names, and its member in a family.

    Parameters
    ----------
    sheet
        Whose heading it is.
    value, text
        What the cell holds, and the same as it is compared.
    """
    for column in sheet.columns:
        if column.family is None:
            if key(column.header) == text:
                return column, None
        else:
            found = header_member(column, column.family, value, text)
            if found is not None:
                return column, found
    return None


# --- a known name with something beside it ------------------------------------------------------


class Rest(Enum):
    """What stands beside a known name in a heading."""

    HARMLESS = auto()
    """A year of the plan, a version, or millions of the currency of the case."""
    UNIT = auto()
    """Another unit than the column has."""
    COPY = auto()
    """The number of a copy, or a year outside the plan."""
    OWN = auto()
    """Words of the user's own."""


@dataclass(frozen=True)
class Extended:
    """A known name in a heading, and what stands beside it."""

    match: Match
    rest: Rest
    yearly: bool
    """Whether a year stands beside it."""
    text: str


def extended(sheet: SheetLayout, text: str, around: KnownHeadings) -> Extended | None:
    """Return the longest known name at the beginning or end of a heading, with its rest."""
    ends = [word.end() for word in _WORD.finditer(text)]
    starts = [word.start() for word in _WORD.finditer(text)]
    parts = [(text[:end], text[end:]) for end in reversed(ends[:-1])]
    parts += [(text[start:], text[:start]) for start in starts[1:]]
    for name, rest in parts:
        match = exact(sheet, name, key(name))
        if match is None or not _known(match, around):
            continue
        kind, yearly = _judged(rest, match[0], around)
        leading = text.endswith(name)
        if kind is Rest.OWN and not leading and rest.strip()[:1] in {"(", "["}:
            kind = Rest.COPY if match[0].kind.numeric or match[0].choices else Rest.OWN
        return Extended(match, kind, yearly, rest.strip())
    return None


def _known(match: Match, around: KnownHeadings) -> bool:
    column, member = match
    if column.family in {Family.CRITERIA, Family.SKILLS}:
        return around.member(column.family, str(member))
    return True


def known_member(match: Match, around: KnownHeadings) -> bool:
    """Say whether a heading of a criterion or skill names one that there is."""
    return _known(match, around)


def _judged(rest: str, column: ColumnLayout, around: KnownHeadings) -> tuple[Rest, bool]:
    """Return what kind of thing stands beside a name, and whether it is a year."""
    meanings = set(_said(rest, around)) - {"filler"}
    if re.search(r"\bmil\b", rest, re.IGNORECASE):
        # A thousand in Spanish and Portuguese, a million in Romanian and Czech.
        meanings |= {"unit"}
    yearly = bool(meanings & {"plan year", "other year"})
    money = column.kind is CellKind.MONEY
    if _own_unit(rest, column) or (
        meanings == {"per year"} and column.unit == MeasuredIn.MILLIONS_A_YEAR
    ):
        kind = Rest.HARMLESS
    elif column.kind.numeric and (
        meanings & {"unit", "other currency"}
        or (not yearly and _SCALE.search(rest))
        or (money and "currency" in meanings and not meanings & {"million", "word"})
    ):
        # A text has no unit.
        kind = Rest.UNIT
    elif not money and meanings & {"million", "currency"}:
        kind = Rest.OWN
    elif meanings & {"million", "plan year", "version"} and meanings <= _HARMLESS:
        kind = Rest.HARMLESS
    elif meanings and meanings <= {"number", "copy", "other year", "version"}:
        kind = Rest.COPY
    else:
        kind = Rest.OWN
    return kind, yearly


_HARMLESS = {"million", "currency", "plan year", "version", "version number", "per year"}


def _own_unit(rest: str, column: ColumnLayout) -> bool:
    """Say whether what stands beside a heading is the unit that its column has anyway."""
    if rest.strip(" ()[]") == "%":
        return column.kind in {CellKind.SHARE, CellKind.NUMBER_OR_SHARE}
    if column.family is Family.CRITERIA and not named(rest).scales:
        ends = re.findall(r"\d+(?:[.,]\d+)?", rest)
        if ends in (["0", "100"], ["100", "100"], ["100"]) and "%" not in rest:
            return True
    unit = named(rest)
    if (
        column.unit == MeasuredIn.PEOPLE
        and _WORD.search(rest)
        and not unit.scales | set(unit.currencies)
    ):
        return not without_units(rest)
    return bare(rest) in {bare(column.unit)} - {""}


def _said(rest: str, around: KnownHeadings) -> Iterator[str]:
    """Yield what the words beside a name say."""
    unit = named(rest)
    own = currency_codes(around.currency)
    for scale in unit.scales:
        yield "million" if scale is UnitScale.MILLION else "unit"
    if unit.currencies:
        yield "other currency" if unit.other_currency(own) else "currency"
    for found in re.findall(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", rest):
        yield "plan year" if int(found) in around.calendar else "other year"
    before = ""
    for without_unit in without_units(rest):
        yield from (_one(word, before) for word in _WORD.findall(without_unit))
        before = without_unit


def _one(word: str, before: str) -> str:
    """Return what a word that is neither a unit nor a year says."""
    if word[0].isdigit():
        if before in _words_for("version"):
            return "version"
        return "number" if len(word) < 3 else "word"
    for name in ("shorter", "version", "copy", "filler", "year"):
        if word in _words_for(name):
            return {"shorter": "unit", "year": "per year"}.get(name, name)
    return "unit" if word == "%" else "word"


# --- names that are near ------------------------------------------------------------------------


@cache
def _translations(header: str) -> tuple[str, ...]:
    words = _words()["headings"].get(header, ())
    return tuple(bare(word.replace("{}", f" {_HOLE} ")) for word in words)


def translated(sheet: SheetLayout, text: str, around: KnownHeadings) -> Match | None:
    """Return the column of which a heading is a listed translation."""
    for form in _forms(text):
        for column in sheet.columns:
            match = _translation(column, form, around)
            if match is not None:
                return match
    return None


def _translation(column: ColumnLayout, form: str, around: KnownHeadings) -> Match | None:
    for pattern in (bare(column.header.replace("{}", f" {_HOLE} ")), *_translations(column.header)):
        if _HOLE not in pattern:
            if pattern == form:
                return column, None
            continue
        # A year alone is no translation of the headings that are years.
        if pattern == _HOLE:
            continue
        found = re.fullmatch(re.escape(pattern).replace(_HOLE, "(.+)"), form)
        member = found and _member(column, found[1], around)
        if member is not None:
            return column, member
    return None


def _member(column: ColumnLayout, name: str, around: KnownHeadings) -> Member:
    if column.family is Family.AFTER_START:
        return int(name) - 1 if re.fullmatch("[1-9][0-9]?", name) else None
    names = around.criteria if column.family is Family.CRITERIA else around.skills
    return next((known for known in names if bare(known) == name), None)


def misspelt(sheet: SheetLayout, text: str) -> Match | None:
    """Return the column from whose heading a text differs by one edit, or two in longer names."""
    for form in _forms(text):
        for column in sheet.columns:
            if column.family is None and alike(form, bare(column.header)):
                return column, None
            if column.family is Family.AFTER_START:
                number = re.search(r"(?<!\d)[1-9][0-9]?(?!\d)", form)
                if number and alike(form, bare(column.heading(number[0]))):
                    return column, int(number[0]) - 1
    return None


def _forms(text: str) -> Iterator[str]:
    """Yield a heading as it is compared, as a whole and without what stands in brackets."""
    yield bare(text)
    short = bare(_without_brackets(text))
    if short and short != bare(text):
        yield short


_CALENDAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)(?: ?[/\-\u2013] ?(?:\d{4}|\d{2})(?!\d))?")


def calendar_year(text: str) -> int | None:
    """Return the calendar year in a heading that is a year, or speaks of a cost and a year."""
    found = _CALENDAR.search(text)
    if found is None or len(_CALENDAR.findall(text)) > 1:
        return None
    rest = _without_brackets(text[: found.start()] + " " + text[found.end() :])
    words = bare(rest)
    return (
        int(found[1])
        if not words or words in _words_for("cost") or words in _words_for("year")
        else None
    )


def meant_cost_year(text: str) -> int | None:
    """Return the year after the start in a heading that says hardly more than its number.

    Parameters
    ----------
    text
        A heading such as ``Year 2``, ``Cost Y2`` or ``2``; counted from 1.
    """
    found = re.fullmatch(r"(\D*?)([1-9][0-9]?)", bare(_without_brackets(text)))
    known = _words_for("cost") | _words_for("year")
    short = found and all(word in known or len(word) == 1 for word in found[1].split())
    return int(found[2]) if found and short else None


def names_costs(text: str) -> bool:
    """Say whether a heading speaks of costs, such as ``Capital cost`` or ``Investitionskosten``."""
    words = bare(_without_brackets(text)).split()
    ends = tuple(_words_for("priced"))
    return " ".join(words) in _words_for("cost") or any(word.endswith(ends) for word in words)


def names_running_costs(text: str) -> bool:
    """Say whether a heading speaks of running something, such as ``Maintenance``."""
    words = bare(_without_brackets(text)).split()
    return not _words_for("running").isdisjoint(words)


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text)


def cost_word(text: str) -> bool:
    """Say whether a heading begins with a word for costs."""
    return bare(text).split(" ", 1)[0] in _words_for("cost")


def near_name(text: str, names: Iterable[str], table: str) -> str | None:
    """Return the sheet or setting that a name was probably meant to be.

    That is one whose listed translation it is, from which it differs by an edit, or two in longer
    names, or that it holds with the number of a copy, a version or a year.

    Parameters
    ----------
    text
        What was typed.
    names
        What may be meant.
    table
        ``sheets`` or ``settings``, whose translations are listed.
    """
    known = tuple(names)
    return strongly_near(text, known, table) or next(
        (name for name in known if alike(bare(text), bare(name))), None
    )


def strongly_near(text: str, names: Iterable[str], table: str) -> str | None:
    """Return the same, but for a mere edit: a translation, a copy, a singular or plural."""
    typed = bare(text)
    for candidate in names:
        listed = {bare(word) for word in _words()[table].get(candidate, ())}
        name = bare(candidate)
        if typed in listed or typed in {name, f"{name}s", name.removesuffix("s")}:
            return candidate
        if typed.startswith(name) and _is_copy(typed.removeprefix(name)):
            return candidate
    return None


def _is_copy(rest: str) -> bool:
    meanings = set(_said(rest, KnownHeadings()))
    return bool(meanings) and meanings <= {"number", "copy", "other year", "version"}
