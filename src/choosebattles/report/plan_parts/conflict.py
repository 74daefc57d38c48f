"""Why there is no plan, in sentences and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.demand import Demand
from choosebattles.solving.outcome import Clash, Conflict, Repair
from choosebattles.translation import _, listed


@dataclass(frozen=True)
class ConflictRow:
    """One demand of a conflict: which set it is in, where it stands, what would do."""

    number: int
    what: str
    cell: str
    value: str
    repair: str


def conflict_sentences(conflict: Conflict | None) -> tuple[str, ...]:
    """Return what cannot all hold, and what can give way."""
    return () if conflict is None else tuple(_sentences(conflict))


def nothing_possible() -> str:
    """Return that there is no plan, and which command says why; for questions that do not."""
    return _("No plan meets all demands at once: proved.") + " " + where_to_look("")


def where_to_look(model: str) -> str:
    """Return which command names the cells that cannot all hold, under a model if one is named."""
    with_model = f" --model {model}" if model else ""
    return _("choosebattles solve FILE{model} names the cells that cannot all hold.").format(
        model=with_model
    )


def conflict_rows(conflict: Conflict | None) -> tuple[ConflictRow, ...]:
    """Return every demand of every conflict."""
    return () if conflict is None else tuple(_rows(conflict))


def _sentences(conflict: Conflict) -> Iterator[str]:
    for number, clash in enumerate(conflict.clashes):
        yield _clash(clash, first=not number)
    singles = [_together(repair) for repair in conflict.repairs if len(repair.changes) == 1]
    several = [_together(repair) for repair in conflict.repairs if len(repair.changes) > 1]
    if len(singles) > 1:
        yield _("Any one of them can give way: {changes}.").format(changes=_or(singles))
    elif singles:
        yield _("This is enough: {change}.").format(change=singles[0])
    elif several:
        text = _("No single change is enough. These together are: {changes}.")
        yield text.format(changes=_("; or ").join(several))
    if not conflict.complete:
        yield _("The search ended before everything that could give way was tried.")


def _clash(clash: Clash, *, first: bool) -> str:
    places = ", ".join(_placed(demand) for demand in clash.demands)
    if len(clash.demands) == 1:
        text = _("This cannot hold: {demands}.") if first else _("Nor can this: {demands}.")
    elif first:
        text = _("These cannot all hold: {demands}.")
    else:
        text = _("Nor can these: {demands}.")
    sentence = text.format(demands=places)
    if clash.minimal:
        return sentence
    return (
        sentence + " " + _("Some of them may have no part in it: the search for that ended early.")
    )


def _rows(conflict: Conflict) -> Iterator[ConflictRow]:
    for number, clash in enumerate(conflict.clashes, start=1):
        for demand in clash.demands:
            repairs = [_together(one) for one in conflict.repairs if demand in one.of]
            yield ConflictRow(
                number, demand.what, _cells(demand), demand.value, _("; or ").join(repairs)
            )


def _placed(demand: Demand) -> str:
    cells = _cells(demand)
    return f"{demand.what} ({cells})" if cells else demand.what


def _cells(demand: Demand) -> str:
    return ", ".join(dict.fromkeys(str(place) for place in demand.places if str(place)))


def _together(repair: Repair) -> str:
    changes = listed(repair.changes)
    return changes if repair.least else _("{changes} (less may be enough)").format(changes=changes)


def _or(items: list[str]) -> str:
    return _("{some}, or {last}").format(some=", ".join(items[:-1]), last=items[-1])
