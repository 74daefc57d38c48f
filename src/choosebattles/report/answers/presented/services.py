"""A section on what goes on working in each shock."""

from collections.abc import Iterable, Sequence

from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Column,
    Kind,
    Manner,
    Media,
    Row,
    Section,
    Sentences,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.number_wording import percent, whole_percent
from choosebattles.report.plan_parts.services import ServiceRow
from choosebattles.report.plan_parts.working_services import keeps, leading
from choosebattles.report.view_model import Answer
from choosebattles.translation import _

SERVICES = 10
SHOCKS = 8
"""Services and shocks that a slide has room for."""


def services(answer: Answer) -> Section | None:
    """Return what goes on working in each shock; None where the case has no services or shocks."""
    if not answer.services:
        return None
    by_service: dict[str, list[ServiceRow]] = {}
    for row in answer.services:
        by_service.setdefault(row.service, []).append(row)
    shocks = len(next(iter(by_service.values())))
    ranked = sorted(by_service, key=lambda name: -by_service[name][0].weight)
    kept = [by_service[name] for name in by_service if name in ranked[:SERVICES]]
    hardest = sorted(range(shocks), key=lambda n: _together(answer, n))
    shown = sorted(hardest[:SHOCKS])
    left = []
    if len(by_service) > len(kept):
        left.append(_("{number} services").format(number=len(by_service) - len(kept)))
    if shocks > len(shown):
        left.append(_("{number} shocks").format(number=shocks - len(shown)))
    more = ""
    if left:
        text = _("{left} more: results workbook, sheet Services.")
        more = text.format(left=_(" and ").join(left))
    legend = _("Each cell: what remains in the last year, before the plan and after it.")
    message = leading(answer.services)
    rest = (text for text in keeps(answer.services) if text != message)
    sentences = (*rest, *(row.sentence for row in answer.must_hold))
    return Section(
        _("What keeps working"),
        (
            _kept_in_shocks("KeptMost", kept, shown, f"{legend} {more}".strip(), SLIDES),
            Sentences(sentences, manner=Manner.LIST),
            _kept_in_shocks("Kept", [*by_service.values()], range(shocks), legend, TEXT),
        ),
        title=_("What keeps working in a shock"),
        message=message,
        sources=(
            _("Shares before and after: results workbook, sheet Services, rows before and after."),
            _("Floors of services: workbook of the case, sheet Services, column Must hold."),
        ),
        on=PRESENTED,
    )


def _together(answer: Answer, shock: int) -> float:
    """Return what remains of all services before the plan, or of the first one without weights."""
    if answer.together:
        return answer.together[shock].before
    return answer.services[shock].before


def _kept_in_shocks(
    name: str, rows: Sequence[Sequence[ServiceRow]], shown: Iterable[int], note: str, on: Media
) -> Table:
    places = list(shown)
    first = 22 if len(places) <= SHOCKS else 16
    share = (100 - first) / max(1, len(places))
    columns = (
        Column(_("Service"), Kind.TEXT, first),
        *(Column(rows[0][n].shock_title, Kind.NAME, share) for n in places),
    )
    cells: list[Row] = [
        (
            row[0].title,
            *(Shown(_kept(row[n]), Kind.NAME, Tone.KEPT, row[n].after) for n in places),
        )
        for row in rows
    ]
    whole = _("results workbook, sheet Services")
    return Table(name, columns, cells, note=note, whole=whole, on=on)


def _kept(row: ServiceRow) -> str:
    if abs(row.after - row.before) < 0.005:
        return whole_percent(row.after)
    before, after = percent(row.before), whole_percent(row.after)
    return _("{before} → {after}").format(before=before.removesuffix(" %"), after=after)
