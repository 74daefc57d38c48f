"""What causes the spread: each number as the interval that the draws support."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from choosebattles.report.document import (
    FILES,
    Block,
    Cells,
    Chart,
    Column,
    Form,
    Kind,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import (
    at_most_percent,
    percent,
    points,
    rounded_down,
    rounded_up,
)
from choosebattles.translation import _, capitalised, listed, several
from choosebattles.uncertainty.draw import COMMON, WEIGHTS
from choosebattles.uncertainty.sensitivity import Causes, Index, Sensitivity, SpreadOf

NAMED = 3
"""Inputs that a sentence names."""

LISTED = 10
"""Inputs of one outcome that are printed."""

ROWS = 15
"""Inputs of one outcome that files list, those with the largest part."""

SMALL = 0.01
"""Part of the spread up to which an input is not printed."""

TOLD = 0.005
"""What the gap may do from which on it is told."""


@dataclass(frozen=True)
class CauseLine:
    """One input and its part, alone and with what it does together: from and to, in percent."""

    what: str
    alone: tuple[int, int]
    together: tuple[int, int]


def input_name(index: Index) -> str:
    """Return what an input, or several that count together, is called."""
    if len(index.inputs) > 1:
        return several(
            "the other input", "the {number} other inputs together", len(index.inputs)
        ).format(number=len(index.inputs))
    return known_name(*index.inputs)


def known_name(name: str) -> str:
    """Return what an input is called: a range by its name, the others in words."""
    return {WEIGHTS: _("weights of the objectives"), COMMON: _("what costs share")}.get(name, name)


def cause_lines(causes: Causes) -> list[CauseLine]:
    """Return the inputs of an outcome that may cause some of its spread."""
    return [
        CauseLine(input_name(index), _ends(index.alone), _ends(index.together))
        for index in causes.indices
        if index.together[2] > SMALL
    ]


def _ends(index: tuple[float, float, float]) -> tuple[int, int]:
    """Return an interval in whole percent, rounded outwards."""
    low, _found, high = index
    return int(rounded_down(100 * low, 0)), int(rounded_up(100 * high, 0))


def from_to(ends: tuple[int, int]) -> str:
    """Return an interval of percents: ``12 to 30 %``."""
    low, high = ends
    return f"{low} %" if low == high else _("{low} to {high} %").format(low=low, high=high)


def outcome_words(outcome: SpreadOf) -> str:
    """Return what the spread is of."""
    return {
        SpreadOf.WORTH: _("what the plan as things stand is worth"),
        SpreadOf.HOLDS: _("whether the plan as things stand can be carried out"),
        SpreadOf.BEST: _("what the best plan of a draw is worth"),
    }[outcome]


def cause_sentences(found: Sensitivity) -> Iterator[str]:
    """Yield what causes the spread of each outcome, and how far that is known."""
    for causes in found.causes:
        yield _said(causes)
        yield from _doubts(causes)
    for outcome in found.constant:
        text = _("{what} is the same in all these draws: no input moves it.")
        yield text.format(what=_capital(outcome_words(outcome)))
    if found.before_dependence:
        yield _(
            "The worth of the plan is told here before the price of money from others, because in "
            "some draws nobody can pay for it."
        )
    if found.causes:
        yield _(
            "A part is that of the input with all it does together with others, so parts may add "
            "up to more than 100 %; from and to hold 19 times out of 20 ({base} base draws)."
        ).format(base=found.base)


def _said(causes: Causes) -> str:
    lines = [line for line in cause_lines(causes) if line.together[1] > 1][:NAMED]
    what = _capital(outcome_words(causes.outcome))
    if causes.outcome is SpreadOf.HOLDS:
        text = _("{what} depends most on {names}.")
        spread = ""
    else:
        text = _(
            "{what} is spread by {spread} points (standard deviation), most of it from {names}."
        )
        spread = points(causes.spread, 1 if causes.spread >= 1 else 2)
    names = (
        _("{what} ({part} of the spread)").format(what=line.what, part=from_to(line.together))
        for line in lines
    )
    return text.format(what=what, spread=spread, names=listed(names))


def _doubts(causes: Causes) -> Iterator[str]:
    if causes.left_out:
        text = several(
            "{number} base draw is left out of this, so that {base}, a power of 2, are left that have "
            "all their answers.",
            "{number} base draws are left out of this, so that {base}, a power of 2, are left that "
            "have all their answers.",
            causes.left_out,
        )
        yield text.format(number=causes.left_out, base=causes.base)
    if causes.floor > TOLD:
        yield _(
            "Of that, up to {floor} may come from the gap of the answers alone; a smaller --gap "
            "tells more."
        ).format(floor=percent(1) if causes.floor >= 1 else at_most_percent(causes.floor))


def _capital(text: str) -> str:
    return capitalised(text)


def on_screen(causes: Causes) -> Table:
    """Return what causes the spread of an outcome as a table of the screen."""
    columns = (
        Column(outcome_words(causes.outcome), Kind.NAME),
        Column(_("alone"), Kind.FIGURES),
        Column(_("with others"), Kind.FIGURES),
    )
    lines = cause_lines(causes)
    cells = [(line.what, from_to(line.alone), from_to(line.together)) for line in lines[:LISTED]]
    more = len(lines) - LISTED
    note = _("and {number} more").format(number=more) if more > 0 else ""
    return Table("", columns, cells, note=note)


def section(found: Sensitivity) -> Section:
    """Return what causes the spread of each outcome, with a chart for each."""
    texts = tuple(cause_sentences(found))
    blocks: list[Block] = []
    for causes in found.causes:
        table = _table(causes)
        blocks += [table, _chart(table)]
    return Section(
        _("What causes the spread"),
        (*blocks, Sentences(texts)),
        title=_("How much of the spread each input causes"),
        leads=(
            _("Sobol indices, in percent of the variance, from and to as 19 times out of 20."),
            _("Alone: the input by itself. Together: with all that it does with others."),
        ),
        message=next(iter(texts), ""),
        on=FILES,
    )


def _table(causes: Causes) -> Table:
    columns = (
        Column(_("Input"), Kind.NAME, 34),
        Column(_("Alone, % from"), Kind.COUNT, 10),
        Column(_("Alone, % to"), Kind.COUNT, 10),
        Column(_("Together, % from"), Kind.COUNT, 11),
        Column(_("Together, % to"), Kind.COUNT, 11),
    )
    return Table(
        f"Causes{causes.outcome.value.capitalize()}",
        columns,
        [(line.what, *line.alone, *line.together) for line in cause_lines(causes)[:ROWS]],
        title=_capital(outcome_words(causes.outcome)),
        filtered=False,
    )


def _chart(table: Table) -> Chart:
    name, alone, _to, together, _end = (column.title for column in table.columns)
    return Chart(
        Form.BARS,
        table.title,
        _("% of the spread, at least"),
        table.title,
        (
            Series(_("together with others"), Cells(table.name, together)),
            Series(_("alone"), Cells(table.name, alone)),
        ),
        categories=Cells(table.name, name),
        most=100,
        size=(560, 130 + 22 * len(table.rows)),
    )


def causes_as_json(found: Sensitivity) -> dict[str, Any]:
    """Return what causes the spread as plain values; shares of 1: low, found and high."""
    return {
        "base_draws": found.base,
        "ending": found.ending.value,
        "constant": [outcome.value for outcome in found.constant],
        "before_dependence": found.before_dependence,
        "outcomes": [
            {
                "of": causes.outcome.value,
                "base_draws_used": causes.base,
                "standard_deviation": causes.spread,
                "from_the_gap": causes.floor,
                "inputs": [
                    {
                        "inputs": list(index.inputs),
                        "first_order": list(index.alone),
                        "total": list(index.together),
                    }
                    for index in causes.indices
                ],
            }
            for causes in found.causes
        ],
    }
