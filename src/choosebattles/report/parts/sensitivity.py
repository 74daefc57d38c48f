"""What causes the spread, in words: each number as the interval that the draws support."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.report.wording import at_most_percent, percent, points
from choosebattles.uncertainty.draw import COMMON, WEIGHTS
from choosebattles.uncertainty.sensitivity import Causes, Index, Outcome, Sensitivity
from choosebattles.words import _, listed, several

NAMED = 3
"""Inputs that a sentence names."""

LISTED = 10
"""Inputs of one outcome that are printed."""

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
    (name,) = index.inputs
    return {WEIGHTS: _("weights of the objectives"), COMMON: _("what costs share")}.get(name, name)


def cause_lines(causes: Causes) -> list[CauseLine]:
    """Return the inputs of an outcome that may cause some of its spread."""
    return [
        CauseLine(input_name(each), _ends(each.alone), _ends(each.together))
        for each in causes.indices
        if each.together[2] > SMALL
    ]


def _ends(index: tuple[float, float, float]) -> tuple[int, int]:
    low, _found, high = index
    return int(100 * low + 1e-9), min(100, -int(-100 * high // 1 + 1e-9))


def from_to(ends: tuple[int, int]) -> str:
    """Return an interval of percents: ``12 to 30 %``."""
    low, high = ends
    return f"{low} %" if low == high else _("{low} to {high} %").format(low=low, high=high)


def outcome_words(outcome: Outcome) -> str:
    """Return what the spread is of."""
    return {
        Outcome.WORTH: _("what the plan as things stand is worth"),
        Outcome.HOLDS: _("whether the plan as things stand can be carried out"),
        Outcome.BEST: _("what the best plan of a draw is worth"),
    }[outcome]


def cause_sentences(found: Sensitivity) -> Iterator[str]:
    """Yield what causes the spread of each outcome, and how far that is known."""
    for each in found.causes:
        yield _said(each)
        yield from _doubts(each)
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
    lines = [each for each in cause_lines(causes) if each.together[1] > 1][:NAMED]
    what = _capital(outcome_words(causes.outcome))
    if causes.outcome is Outcome.HOLDS:
        text = _("{what} depends most on {names}.")
        spread = ""
    else:
        text = _(
            "{what} is spread by {spread} points (standard deviation), most of it from {names}."
        )
        spread = points(causes.spread, 1 if causes.spread >= 1 else 2)
    names = (
        _("{what} ({part} of the spread)").format(what=each.what, part=from_to(each.together))
        for each in lines
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
    return text[:1].upper() + text[1:]
