"""What is to be varied, as it is typed: on the command line, or in a file.

``fund.STATE=50%..150%x11`` is eleven steps from half of the number to one and a half times it.
Of numbers that are shares themselves, such as ``discount=0%..6%x7``, percentages are values.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.evidence import SweepAs
from choosebattles.case.numbers import NUMBERS, MeasuredIn
from choosebattles.run.typed_values import number, typed_after
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import find_parameter
from choosebattles.uncertainty.sweep import from_sheet
from choosebattles.uncertainty.sweep_design import UNCLEAR, Axis, Design, SweepPlan, unclear
from choosebattles.workbook.text_file import TextKind, read_toml

SHARES = frozenset(number.word for number in NUMBERS if number.unit is MeasuredIn.SHARE)
"""Words whose numbers are shares of 1, so that a percentage is a value."""

STEPS = 11

_SPAN = re.compile(r"(?P<start>[^.x]*(?:\.\d[^.x]*)?)\.\.(?P<stop>[^x]+?)(?:x(?P<steps>\d+))?")

_WRITTEN = _("such as fund.STATE=50%..150%x11, cost.CLOUD=40..60x5 or weight.autonomy=30,40,55")


def axis(text: str) -> Axis:
    """Return what ``fund.STATE=50%..150%x11`` or ``fund.STATE=80,100,120`` asks for.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    name, equals, typed = (part.strip() for part in text.partition("="))
    span = _SPAN.fullmatch(typed.replace(" ", ""))
    if not name or not equals:
        raise unclear("--parameter", text, _WRITTEN)
    ends = (span["start"], span["stop"]) if span else tuple(typed.split(","))
    numbers = [_number(end) for end in ends]
    read = [value for value in numbers if value is not None]
    if len(read) < len(numbers):
        raise unclear("--parameter", text, _WRITTEN)
    shares = {share for _value, share in read}
    if len(shares) > 1:
        raise unclear("--parameter", text, _("percentages throughout, or none"))
    found = [value for value, _share in read]
    times = shares.pop() and name.partition(".")[0].casefold() not in SHARES
    kind = SweepAs.TIMES if times else SweepAs.VALUE
    if span:
        return Axis(name, found[0], found[1], int(span["steps"] or STEPS), kind)
    return Axis(name, kind=kind, values=tuple(found))


def plan(
    case: Case,
    typed: Sequence[str],
    file: Path | None,
    design: str | None,
    points: int | None,
    seed: int | None,
) -> SweepPlan:
    """Return what is to be varied: as typed, or as a file says, or as the sheet Sweeps does.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    if typed and file is not None:
        raise unclear("--plan", str(file), _("either --parameter or --plan, not both"))
    if file is not None:
        found = read_plan(file)
    elif typed:
        found = SweepPlan(tuple(axis(text) for text in typed))
    elif case.sweeps:
        found = from_sheet(case)
    else:
        advice = _(
            "Or fill the sheet Sweeps. The budget is varied by --parameter budget=80%..120%."
        )
        raise unclear("--parameter", _("nothing to vary"), _WRITTEN, advice)
    with typed_after("--parameter" if typed else "--plan" if file is not None else "Sweeps"):
        for axis_ in found.axes:
            find_parameter(case, axis_.name)
    chosen = found.design if design is None else _design("--design", design)
    return SweepPlan(
        found.axes,
        chosen,
        found.points if points is None else points,
        found.seed if seed is None else seed,
    )


def read_plan(path: Path) -> SweepPlan:
    """Return the plan of a sweep that stands in a TOML file.

    Raises
    ------
    InputError
        Where the file cannot be read, or says what no plan says.
    """
    tree = read_toml(path, TextKind(UNCLEAR, _("a plan, as TOML")))
    _known(path, tree, {"design", "points", "seed", "parameter"})
    rows = tree.get("parameter")
    if not isinstance(rows, list) or not rows:
        expected = _("[[parameter]] with name, from, to and steps")
        raise unclear(str(path), _("no parameter"), expected)
    return SweepPlan(
        tuple(_row(path, row) for row in rows),
        _design(str(path), tree.get("design", Design.ONE.value)),
        _whole(path, tree.get("points", SweepPlan(()).points)),
        _whole(path, tree.get("seed", SweepPlan(()).seed)),
    )


def _row(path: Path, row: Any) -> Axis:
    if not isinstance(row, Mapping):
        raise unclear(str(path), str(row), _("[[parameter]] with name, from, to and steps"))
    _known(path, row, {"name", "from", "to", "steps", "values", "as"})
    kind = row.get("as", SweepAs.VALUE.value)
    if kind not in tuple(SweepAs):
        raise unclear(str(path), f"as = {kind}", _("value or times"))
    name = str(row.get("name", ""))
    if "values" in row:
        values = tuple(_decimal(path, value) for value in row["values"])
        if values:
            return Axis(name, kind=SweepAs(kind), values=values)
    for key in ("from", "to"):
        if key not in row:
            raise unclear(str(path), name or _("no name"), _("from and to, or values"))
    ends = _decimal(path, row["from"]), _decimal(path, row["to"])
    return Axis(name, *ends, steps=_whole(path, row.get("steps", STEPS)), kind=SweepAs(kind))


def _known(path: Path, tree: Mapping[str, Any], words: set[str]) -> None:
    for word in tree:
        if word not in words:
            raise unclear(
                str(path), word, _("one of: {words}").format(words=", ".join(sorted(words)))
            )


def _design(where: str, text: object) -> Design:
    if text not in tuple(Design):
        raise unclear(where, str(text), _("one of: {words}").format(words=", ".join(Design)))
    return Design(str(text))


def _whole(path: Path, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise unclear(str(path), str(value), _("a whole number"))
    return value


def _decimal(path: Path, value: object) -> Decimal:
    found = _number(str(value)) if isinstance(value, int | Decimal) else None
    if found is None or isinstance(value, bool):
        raise unclear(str(path), str(value), _("a number"))
    return found[0]


def _number(text: str) -> tuple[Decimal, bool] | None:
    """Return a number, and whether it was typed as a percentage."""
    typed = text.strip()
    share = typed.endswith("%")
    found = number(typed.removesuffix("%"))
    return None if found is None else (found / 100 if share else found, share)
