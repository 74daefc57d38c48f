"""What an exposure could take away, before the plan and after it."""

from choosebattles.report.document import (
    WORKBOOK,
    Column,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.plan_parts.exposure import Exposure, fate_in_words
from choosebattles.translation import _


def exposure(found: Exposure) -> Section:
    """Return a row for each loss that an exposure could bring to a layer or to services."""
    columns = (
        Column(_("Exposure"), Kind.NAME, 13),
        Column(_("Of"), Kind.NAME, 10),
        Column(_("What"), Kind.TEXT, 52),
        Column(_("Lost before"), Kind.KEPT, 9),
        Column(_("Lost after"), Kind.KEPT, 9),
        Column(_("The plan"), Kind.NAME, 17),
        Column(_("Weakest layer"), Kind.TEXT, 20),
        Column(_("Shocks that hit it"), Kind.TEXT, 38),
        Column(_("The largest losses left, in words"), Kind.TEXT, 38),
    )
    rows = [
        (
            row.tag,
            _("layers") if row.of_layer else _("services"),
            "; ".join(row.names),
            row.before,
            row.after,
            fate_in_words(row.fate),
            row.through,
            row.shocks,
            row.words,
        )
        for row in found.rows
    ]
    none = Sentences((_("No exposure takes anything away."),))
    return Section(
        _("Exposure"),
        (Table("Exposure", columns, rows, keep=3),) if rows else (none,),
        leads=(
            _(
                "Lost in the final year if everything with the exposure fell away. Removed "
                "(assert): at most 0.5 % is left of the loss; reduced (manage): at most half; "
                "else left (accept)."
            ),
            _(
                "Services lose what the weakest layer that they need loses. No loss, before and "
                "after, in {number} more cases: they are not listed."
            ).format(number=found.no_loss),
        ),
        answers=_("What could a foreign law, a vendor or a place take away, before and after?"),
        on=WORKBOOK,
    )
