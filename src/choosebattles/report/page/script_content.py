"""What the script of a page knows besides the program: plans computed before, words, formats."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.story_change import BUDGET, change_parts
from choosebattles.case.units import Id
from choosebattles.explain.precomputed import KnownAnswer, Precomputed, known_of
from choosebattles.report.number_wording import money, period, plain
from choosebattles.report.page.page_text import PageText, short_decimals
from choosebattles.report.page.plan_pictures import IndexAxis, times
from choosebattles.report.page.program import switched_on, weighed
from choosebattles.report.page.script_sentences import script_sentences
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import key, short_title

Tree = dict[str, Any]


Numbers = Sequence[tuple[str, Decimal]]
"""Numbers by name, as ``--set`` has them."""


def content(
    shown: PageText,
    numbers: Numbers = (),
    *,
    funded: bool = False,
) -> Tree:
    """Return what the script needs, as plain values.

    ``numbers`` were set before the case was solved, and ``funded`` says that its money is not
    that of the workbook: a scenario saved by the page has to say so too.
    """
    outcome, story, precomputed = shown.outcome, shown.story, shown.precomputed
    case, answer = outcome.case, story.answer
    assert answer is not None, "a page is of a plan"
    axis = IndexAxis.of(answer)
    frontier = precomputed.frontier
    stepwise = case.model.method is Method.LEXICOGRAPHIC
    return {
        "schema": 1,
        "case": case.name,
        "files": [{"name": name, "sha256": digest} for name, digest in shown.files],
        "headline": story.headline,
        "unit": story.unit,
        "period": period(case),
        "before": {row.objective: row.before for row in answer.indices},
        "possible": {row.objective: row.possible for row in answer.indices},
        "ends": [axis.low, axis.high],
        "times": times(case.options.values()),
        "reasons": shown.reasons(),
        "questions": [*_questions(case)],
        "decimals": story.decimals,
        "shortDecimals": short_decimals(story),
        "shareDecimals": story.share_decimals,
        "numbers": {name: plain(n, 12) for name, n in numbers if not _is_money(name)},
        "funded": funded or any(_is_money(name) for name, _n in numbers),
        "years": list(case.calendar),
        "funds": {
            fund.id: {
                "title": short_title(fund.title) or fund.id,
                "thousandths": [int(fund.amount[year] * 1000) for year in case.calendar],
            }
            for fund in case.funds
        },
        "options": {option.id: short_title(option.title) for option in case.options.values()},
        "investments": {
            owner.id: [option.id for option in owner.options] for owner in case.investments
        },
        "shocks": {shock.id: short_title(shock.title) or shock.id for shock in case.shocks},
        "likelihoods": {shock.id: float(switched_on(shock)) for shock in case.shocks},
        "criteria": {
            objective: {criterion.id: float(criterion.weight) for criterion in group}
            for objective, group in weighed(case).items()
        },
        "weights": {objective.id: float(objective.weight) for objective in case.model.objectives},
        "axes": list(frontier.objectives) if frontier else [],
        "base": _known(case, known_of(outcome)),
        "budgets": {
            str(percent): _known(case, budget) for percent, budget in precomputed.budgets.items()
        },
        "otherwise": _otherwise(case, outcome, precomputed),
        "stepwise": stepwise,
        "words": script_sentences(steps=stepwise),
    }


def _questions(case: Case) -> Iterator[Tree]:
    """Yield the questions of the sheet Story as scenarios; the sums of funds stand apart."""
    for row in case.story:
        asked: Tree = {"schema": 1, "set": {}, "must": [], "never": []}
        money: dict[Id, float] = {}
        for part in change_parts(row.change):
            number = part.number
            fund = next((f.id for f in case.funds if key(part.name) == key(f"fund.{f.id}")), "")
            if part.word == BUDGET and number is not None:
                asked[BUDGET] = f"{plain(100 * number, 12):g}%"
            elif part.word:
                asked[part.word].append(part.typed)
            elif number is not None and fund:
                money[fund] = float(number)
            elif number is not None:
                asked["set"][part.name] = float(number)
        yield {"title": row.title, "note": row.note, "scenario": asked, "money": money}


def _otherwise(case: Case, outcome: Outcome, precomputed: Precomputed) -> dict[Id, Tree]:
    """Return the plans for the other decision on each investment: the decision, then the plan."""
    assert outcome.plan is not None
    taken = {choice.investment for choice in outcome.plan.choices}
    return {
        name: {"force": "out" if name in taken else "in", "known": _known(case, known)}
        for name, known in precomputed.otherwise.items()
    }


def _is_money(name: str) -> bool:
    return name.strip().casefold().startswith("fund.")


def _known(case: Case, known: KnownAnswer) -> Tree | None:
    """Return a plan as the script shows it; None where there is none."""
    if known.plan is None or known.recount is None:
        return None
    return _plan(case, known.plan, known.recount) | {"bound": known.bound, "off": known.far}


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
                sum(years[year] for part in (recount.build, recount.run) for years in part.values())
            )
            for year in case.calendar
        ],
        "paid": {
            fund: [money(years[year]) for year in case.calendar]
            for fund, years in recount.spending.items()
        },
        "working": working,
    }
