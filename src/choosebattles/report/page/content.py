"""What the script of a page knows besides the program: plans computed before, words, formats."""

from collections.abc import Sequence
from typing import Any

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.report.page.beforehand import Beforehand, Known
from choosebattles.report.page.live import switched_on
from choosebattles.report.page.spoken import SPOKEN
from choosebattles.report.story import Story
from choosebattles.report.wording import money, plain
from choosebattles.solving.outcome import Outcome

Tree = dict[str, Any]


def content(
    outcome: Outcome,
    story: Story,
    beforehand: Beforehand,
    files: Sequence[tuple[str, str]],
) -> Tree:
    """Return what the script needs, as plain values."""
    case = outcome.case
    frontier = beforehand.frontier
    return {
        "schema": 1,
        "case": case.name,
        "files": [{"name": name, "sha256": digest} for name, digest in files],
        "decimals": story.decimals,
        "shareDecimals": story.share_decimals,
        "years": list(case.calendar),
        "funds": {
            each.id: {
                "title": each.title or each.id,
                "thousandths": [int(each.amount[year] * 1000) for year in case.calendar],
            }
            for each in case.funds
        },
        "options": {each.id: each.title for each in case.options.values()},
        "investments": {
            owner.id: [each.id for each in owner.options] for owner in case.investments
        },
        "shocks": {each.id: each.title or each.id for each in case.shocks},
        "likelihoods": {each.id: float(switched_on(each)) for each in case.shocks},
        "weights": {each.id: float(each.weight) for each in case.model.objectives},
        "axes": list(frontier.objectives) if frontier else [],
        "base": _known(case, Known(outcome.plan, outcome.recount, outcome.bound)),
        "budgets": {
            str(percent): _known(case, each) for percent, each in beforehand.budgets.items()
        },
        "otherwise": _otherwise(case, outcome, beforehand),
        "words": SPOKEN,
    }


def _otherwise(case: Case, outcome: Outcome, beforehand: Beforehand) -> dict[Id, Tree]:
    """Return the plans for the other decision on each investment: the decision, then the plan."""
    assert outcome.plan is not None
    taken = {each.investment for each in outcome.plan.choices}
    return {
        name: {"force": "out" if name in taken else "in", "known": _known(case, known)}
        for name, known in beforehand.otherwise.items()
    }


def _known(case: Case, known: Known) -> Tree | None:
    """Return a plan as the script shows it; None where there is none."""
    if known.plan is None or known.recount is None:
        return None
    return _plan(case, known.plan, known.recount) | {"bound": known.bound}


def _plan(case: Case, plan: Plan, recount: Recount) -> Tree:
    working: dict[Id, dict[Id, float]] = {}
    for (service, shock), share in recount.after.services.items():
        working.setdefault(service, {})[shock] = plain(share)
    return {
        "value": plain(recount.after.value, 12),
        "indices": {name: plain(index, 12) for name, index in recount.after.indices.items()},
        "starts": dict(plan.starts),
        "cost": [
            money(
                sum(each[year] for part in (recount.build, recount.run) for each in part.values())
            )
            for year in case.calendar
        ],
        "paid": {
            fund: [money(years[year]) for year in case.calendar]
            for fund, years in recount.spending.items()
        },
        "working": working,
    }
