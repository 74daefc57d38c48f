"""What one more million buys, in words."""

from collections.abc import Iterator, Sequence

from choosebattles.report.wording import at_least, at_most, points
from choosebattles.uncertainty.money import Interval, Million
from choosebattles.words import _, listed, several

NOTHING = 1e-4
"""Points below which a gain is none: what solving twice may differ by."""


def gained(change: Interval | None) -> str:
    """Return a change as it stands in a table: ``0.11 to 0.24``, or ``at most 0.02``."""
    if change is None:
        return _("not known")
    if change[1] >= 0.01 and points(change[0], 2) == points(change[1], 2):
        return points(change[0], 2)
    low, high = at_least(change[0]), at_most(change[1])
    if high <= NOTHING:
        return _("nothing")
    if low <= 0:
        return _("at most {high}").format(high=f"{high:g}")
    return _("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")


def lost(row: Million) -> str:
    """Return the loss of one million less as it stands in a table."""
    if row.ruined:
        return _("no plan")
    if row.loss is None and row.now < 1:
        return _("none to lose")
    return gained(row.loss)


def money_sentences(rows: Sequence[Million], unit: str) -> Iterator[str]:
    """Yield where one more million is worth most, where nothing is proved, and what it must not lose."""
    yield from _more(rows, unit)
    if len({each.year for each in rows}) > 1:
        yield _(
            "Each row is one year by itself: money in several years together may buy what it buys in "
            "none of them alone."
        )
    ruined = [f"{each.fund} {each.year}" for each in rows if each.ruined]
    if ruined:
        text = several(
            "With one {unit} less in {places} no plan is left: proved.",
            "With one {unit} less in {places}, each by itself, no plan is left: proved.",
            len(ruined),
        )
        yield text.format(unit=unit, places=listed(ruined))


def _more(rows: Sequence[Million], unit: str) -> Iterator[str]:
    sure = [each for each in rows if each.gain is not None and each.gain[0] > 0]
    if not sure:
        text = _("Of no fund and year is it proved that one {unit} more would raise the objective.")
        yield text.format(unit=unit)
        return
    best = max(sure, key=lambda each: (each.gain or (0, 0))[0])
    text = _("One {unit} more is surely worth most in {fund} {year}: {gain} points.")
    yield text.format(unit=unit, fund=best.fund, year=best.year, gain=gained(best.gain))
    if best.enters or best.leaves:
        parts = []
        if best.enters:
            parts.append(_("it buys {options}").format(options=listed(best.enters)))
        if best.leaves:
            parts.append(_("{options} would leave").format(options=listed(best.leaves)))
        yield _("With it the plan changes: {changes}.").format(changes="; ".join(parts))
    nothing = [f"{each.fund} {each.year}" for each in rows if each.gain and each.gain[1] <= NOTHING]
    if nothing:
        yield _("It buys nothing in {places}: proved.").format(places=listed(nothing))
