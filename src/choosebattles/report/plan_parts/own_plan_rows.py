"""The user's own plan beside the one found."""

from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.plan import Plan
from choosebattles.case.units import Year
from choosebattles.spelling import short_title
from choosebattles.translation import _


@dataclass(frozen=True)
class OwnRow:
    """An investment that either plan takes, and whether both agree on it."""

    investment: str
    title: str
    own: str
    own_start: Year | None
    """None where the own plan leaves the year open, or does not take the investment."""
    best: str
    best_start: Year | None
    verdict: str


def own_rows(case: Case, plan: Plan) -> tuple[OwnRow, ...]:
    """Return both plans side by side; nothing where no own plan was typed."""
    if not any(option.own_plan is not False for option in case.options.values()):
        return ()
    rows = []
    for owner in case.investments:
        own = [option for option in owner.options if option.own_plan is not False]
        best = [option for option in owner.options if option.id in plan.taken]
        if not own and not best:
            continue
        starts = [int(option.own_plan) for option in own if option.own_plan is not True]
        rows.append(
            OwnRow(
                owner.id,
                short_title((own or best)[0].title),
                "; ".join(option.id for option in own),
                starts[0] if starts else None,
                "; ".join(option.id for option in best),
                plan.starts[best[0].id] if best else None,
                _verdict(own, best, starts, [plan.starts[option.id] for option in best]),
            )
        )
    return tuple(rows)


def _verdict(own: list[Option], best: list[Option], wanted: list[Year], starts: list[Year]) -> str:
    if not best:
        return _("only in your plan")
    if not own:
        return _("only in this plan")
    if {option.id for option in own} != {option.id for option in best}:
        return _("another option")
    if wanted and wanted != starts:
        return _("another start")
    return _("the same")


def own_sentence(rows: tuple[OwnRow, ...]) -> str:
    """Return how far the two plans agree, in one sentence."""
    both = sum(1 for row in rows if row.own and row.best)
    yours = sum(1 for row in rows if row.own and not row.best)
    ours = sum(1 for row in rows if row.best and not row.own)
    return _(
        "Investments in both your own plan and this one: {both}; only in yours: {yours}; "
        "only in this one: {ours}."
    ).format(both=both, yours=yours, ours=ours)
