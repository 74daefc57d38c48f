"""What one more million buys: sentences, and the sections of the screen and of files."""

from collections.abc import Iterator, Sequence

from choosebattles.case.case import Case
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Cell,
    Column,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.number_wording import at_least, at_most, points, unit
from choosebattles.translation import _, listed, several
from choosebattles.uncertainty.worth_of_a_million import Interval, Million

NOTHING = 1e-4
"""Points below which a gain is none: what solving twice may differ by."""


def on_screen(case: Case, rows: Sequence[Million], standing: Sequence[str]) -> Section:
    """Return what one more million buys, fund by fund and year by year.

    Parameters
    ----------
    case
        The case.
    rows
        What money of each fund and year is worth.
    standing
        How far the sweep is that they come from.
    """
    first, *others = money_sentences(rows, unit(case))
    columns = (
        Column(_("fund"), Kind.NAME),
        Column(_("year"), Kind.FIGURES),
        Column(_("now"), Kind.FIGURES),
        Column(_("gain of one more"), Kind.FIGURES),
        Column(_("holds for"), Kind.FIGURES),
        Column(_("loss of one less"), Kind.FIGURES),
        Column(_("holds for"), Kind.FIGURES),
    )
    cells = [
        (
            row.fund,
            str(row.year),
            f"{row.now:g}",
            gained(row.gain),
            "-" if row.gain is None else f"{row.up}",
            lost(row),
            "-" if row.loss is None else f"{row.down}",
        )
        for row in rows
    ]
    blocks = (Sentences((first,)), Table("", columns, cells), Sentences((*others, *standing)))
    return Section("", blocks, on=SCREEN)


def section(case: Case, rows: Sequence[Million]) -> Section:
    """Return the same with numbers, and what would enter and leave."""
    columns = (
        Column(_("Fund"), Kind.NAME, 14),
        Column(_("Year"), Kind.YEAR, 8),
        Column(_("Has now"), Kind.MONEY, 10),
        Column(_("Gain of one more, from"), Kind.NUMBER, 12),
        Column(_("Gain of one more, to"), Kind.NUMBER, 12),
        Column(_("Holds for so many more"), Kind.COUNT, 12),
        Column(_("Loss of one less, from"), Kind.NUMBER, 12),
        Column(_("Loss of one less, to"), Kind.NUMBER, 12),
        Column(_("Holds for so many less"), Kind.COUNT, 12),
        Column(_("With one more enters"), Kind.TEXT, 26),
        Column(_("With one more leaves"), Kind.TEXT, 26),
    )
    note = _(
        "A gain holds for so many more millions: on average of them it cannot be told from that of "
        "the first. Up to 10 more and 10 less were asked."
    )
    texts = (*money_sentences(rows, unit(case)), note)
    return Section(
        _("One more million"),
        (Table("Million", columns, [_cells(row) for row in rows]), Sentences(texts)),
        title=_("What one {unit} more buys").format(unit=unit(case)),
        leads=(_("Points of the objective, by solving again. From, to: what is proved."),),
        message=texts[0],
        on=FILES,
    )


def _cells(row: Million) -> list[Cell]:
    return [
        row.fund,
        row.year,
        row.now,
        *_ends(row.gain),
        None if row.gain is None else row.up,
        *_ends(row.loss),
        None if row.loss is None else row.down,
        ", ".join(row.enters),
        ", ".join(row.leaves),
    ]


def _ends(change: Interval | None) -> tuple[float | None, float | None]:
    if change is None:
        return None, None
    return (0.0, 0.0) if change[1] <= NOTHING else (at_least(change[0]), at_most(change[1]))


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
    if len({row.year for row in rows}) > 1:
        yield _(
            "Each row is one year by itself: money in several years together may buy what it buys in "
            "none of them alone."
        )
    ruined = [f"{row.fund} {row.year}" for row in rows if row.ruined]
    if ruined:
        text = several(
            "With one {unit} less in {places} no plan is left: proved.",
            "With one {unit} less in {places}, each by itself, no plan is left: proved.",
            len(ruined),
        )
        yield text.format(unit=unit, places=listed(ruined))


def _more(rows: Sequence[Million], unit: str) -> Iterator[str]:
    sure = [row for row in rows if row.gain is not None and row.gain[0] > 0]
    if not sure:
        text = _("Of no fund and year is it proved that one {unit} more would raise the objective.")
        yield text.format(unit=unit)
        return
    best = max(sure, key=lambda row: (row.gain or (0, 0))[0])
    others = [row.gain for row in rows if row is not best]
    text = (
        _("One {unit} more is surely worth most in {fund} {year}: {gain} points.")
        if all(gain is not None and gain[1] <= (best.gain or (0, 0))[0] for gain in others)
        else _("Most is proved of one {unit} more in {fund} {year}: it is worth {gain} points.")
    )
    yield text.format(unit=unit, fund=best.fund, year=best.year, gain=gained(best.gain))
    if best.enters or best.leaves:
        parts = []
        if best.enters:
            parts.append(_("it buys {options}").format(options=listed(best.enters)))
        if best.leaves:
            parts.append(_("{options} would leave").format(options=listed(best.leaves)))
        yield _("With it the plan changes: {changes}.").format(changes="; ".join(parts))
    nothing = [f"{row.fund} {row.year}" for row in rows if row.gain and row.gain[1] <= NOTHING]
    if nothing:
        yield _("It buys nothing in {places}: proved.").format(places=listed(nothing))
