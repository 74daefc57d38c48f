"""What a spreadsheet shows for a number under a number format, and what that makes of it.

Of the language of number formats this reads sections, conditions, digits, decimals, grouping,
scaling by commas, percent, quoted and currency texts. Dates, fractions and powers of ten are left
alone: none of them stands for another unit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from operator import eq, ge, gt, le, lt, ne

_PIECE = re.compile(
    r"""(?P<quoted>"[^"]*"?)
    | (?P<escaped>\\.)
    | (?P<space>_.)
    | (?P<fill>\*.)
    | (?P<bracket>\[[^\]]*\])
    | (?P<general>General)
    | (?P<exponent>[eE][+-])
    | (?P<end>;)
    | (?P<digit>[0#?])
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_COLOUR = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]", re.IGNORECASE
)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt,
    "<=": le,
    "=": eq,
    "<>": ne,
    ">": gt,
    ">=": ge,
}
_LEFT_ALONE = frozenset("yYmMdDhHsSaA/")
_NAMED = {",": "comma", ".": "point", "%": "percent", "@": "general"}
_THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class FormatSection:
    """One of the up to four parts of a number format.

    ``label`` is what it writes beside the digits, texts and currencies; ``thousands`` how often
    it divides by 1,000; ``digits`` whether it shows the number at all.
    """

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    coloured: bool

    @property
    def label(self) -> str:
        """Return the texts that it writes, each apart."""
        return " ".join(text.strip() for kind, text in self.pieces if kind == "text").strip()

    @property
    def digits(self) -> bool:
        """Say whether it shows the number."""
        return any(kind in {"digit", "general"} for kind, _text in self.pieces)

    @property
    def thousands(self) -> int:
        """Return how many commas stand behind the last digit before the decimal point."""
        integer = _before_point(self.pieces)
        last = max((i for i, (kind, _text) in enumerate(integer) if kind == "digit"), default=-1)
        behind = sum(kind == "comma" for kind, _text in integer[last + 1 :]) if last >= 0 else 0
        decimals = self.pieces[len(integer) :]
        after = max((i for i, (kind, _text) in enumerate(decimals) if kind == "digit"), default=-1)
        if after >= 0:
            behind += sum(kind == "comma" for kind, _text in decimals[after + 1 :])
        return behind

    def holds(self, value: Decimal) -> bool:
        """Say whether its condition holds."""
        return self.condition is None or _COMPARED[self.condition[0]](value, self.condition[1])

    def written(self, value: Decimal, *, signed: bool) -> str:
        """Return what it shows for a number, with a minus sign of its own where it is signed."""
        number = abs(value)
        for kind, _text in self.pieces:
            if kind == "percent":
                number *= 100
        number /= _THOUSAND**self.thousands
        integer, fraction = self._digits(number)
        out, done = [], False
        for kind, text in self.pieces:
            if kind in {"text", "percent", "space"}:
                out.append(text)
            elif kind == "general":
                out.append(format(number.normalize(), "f"))
            elif kind in {"digit", "point"} and not done:
                out.append(integer + fraction)
                done = True
        shown = "".join(out).strip()
        return f"-{shown}" if signed and value < 0 and shown else shown

    def _digits(self, number: Decimal) -> tuple[str, str]:
        integer = _before_point(self.pieces)
        decimals = [text for kind, text in self.pieces[len(integer) :] if kind == "digit"]
        rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
        before, _point, after = format(rounded, "f").partition(".")
        kept = sum(text == "0" for text in decimals)
        while len(after) > kept and after.endswith("0"):
            after = after[:-1]
        places = [text for kind, text in integer if kind == "digit"]
        before = before.lstrip("0").zfill(sum(text == "0" for text in places))
        if any(kind == "comma" for kind, _text in _inside(integer)):
            before = f"{int(before):,}" if before else ""
        return before, f".{after}" if after else ""


def _before_point(pieces: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    point = next((i for i, (kind, _text) in enumerate(pieces) if kind == "point"), len(pieces))
    return pieces[:point]


def _inside(pieces: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return what stands between the first and the last digit."""
    at = [i for i, (kind, _text) in enumerate(pieces) if kind == "digit"]
    return pieces[at[0] : at[-1] + 1] if at else ()


@dataclass(frozen=True)
class NumberFormat:
    """A number format: its sections in order."""

    sections: tuple[FormatSection, ...]

    def section(self, value: Decimal) -> tuple[FormatSection, bool]:
        """Return the section that shows a number, and whether the minus sign is added to it."""
        shown = self.sections[:3]
        if any(section.condition for section in shown):
            for section in shown:
                if section.holds(value):
                    return section, True
            return shown[-1], True
        if len(shown) == 1:
            return shown[0], True
        if value < 0:
            return shown[1], False
        if value == 0 and len(shown) > 2:
            return shown[2], False
        return shown[0], False

    def shown(self, value: Decimal) -> str:
        """Return what a cell shows for a number, nothing where it is hidden."""
        section, signed = self.section(value)
        return section.written(value, signed=signed)


@cache
def number_format(code: str) -> NumberFormat | None:
    """Return the number format of a code; ``None`` for dates, fractions and powers of ten."""
    sections = []
    for pieces in _sections(code):
        read = _section(pieces)
        if read is None:
            return None
        sections.append(read)
    return NumberFormat(tuple(sections))


def _sections(code: str) -> Iterator[list[re.Match[str]]]:
    section: list[re.Match[str]] = []
    for piece in _PIECE.finditer(code):
        if piece.lastgroup == "end":
            yield section
            section = []
        else:
            section.append(piece)
    yield section


def _section(found: list[re.Match[str]]) -> FormatSection | None:
    """Return what one section says; ``None`` where it is a date, a fraction or a power of ten."""
    pieces = []
    for piece in found:
        kind, text = str(piece.lastgroup), piece[0]
        timed = kind == "bracket" and not text[1:-1].strip("hmsHMS")
        if kind == "exponent" or timed or (kind == "other" and text in _LEFT_ALONE):
            return None
        pieces += [part for part in _piece(kind, text) if part[1]]
    brackets = [piece[0] for piece in found if piece.lastgroup == "bracket"]
    compared = next((parsed for text in brackets if (parsed := _CONDITION.fullmatch(text))), None)
    condition = (compared[1], Decimal(compared[2])) if compared else None
    return FormatSection(tuple(pieces), condition, any(map(_COLOUR.fullmatch, brackets)))


def _piece(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield what a piece of a number format writes, if anything."""
    match kind:
        case "quoted":
            yield "text", text.strip('"')
        case "escaped":
            yield "text", text[1:]
        case "space":
            yield "space", " "
        case "digit" | "general":
            yield kind, text
        case "other":
            yield _NAMED.get(text, "text"), text
        case "bracket":
            money = _CURRENCY.fullmatch(text)
            yield "text", money[1] if money else ""
