"""What the plan leaves out, what it would be worth for its money, and why."""

import math
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.report.number_wording import money, plain
from choosebattles.report.plan_parts.costs import cost_within
from choosebattles.report.plan_parts.indices import worth_by_scores
from choosebattles.report.plan_parts.why_left_out import Reason, Reasons
from choosebattles.spelling import short_title


@dataclass(frozen=True)
class RejectedRow:
    """An option that is not taken.

    ``cost`` is what it would cost within the years of the case, started as early as it may, in
    prices of the first year; ``worth`` what its scores would add to the objective while it
    works; ``per_million`` is None where it costs nothing.
    """

    investment: str
    option: str
    title: str
    owner: str
    pillar: str
    cost: float
    worth: float
    per_million: float | None
    why_not: Reason

    @property
    def reason(self) -> str:
        """Return why it is not taken, in a sentence."""
        return self.why_not.sentence

    @property
    def brief(self) -> str:
        """Return the same without cells and amounts."""
        return self.why_not.brief or self.why_not.sentence


def per_million(worth: Fraction, cost: Fraction) -> float | None:
    """Return worth for each million, where it costs anything."""
    return plain(worth / cost) if cost > 0 else None


def rejected_rows(reasons: Reasons, recount: Recount) -> tuple[RejectedRow, ...]:
    """Return the options that are not taken, those worth most for their money first."""
    case, plan = reasons.case, reasons.plan
    scale = ScoreScale(case)
    rows = []
    for option in case.options.values():
        if option.id in plan.taken:
            continue
        owner = case.investment_of[option.id]
        cost, worth = cost_within(case, option), worth_by_scores(scale, recount, option)
        rows.append(
            RejectedRow(
                owner.id,
                option.id,
                short_title(option.title),
                owner.owner,
                owner.pillar,
                money(cost),
                plain(worth),
                per_million(worth, cost),
                reasons.of(option),
            )
        )
    return tuple(sorted(rows, key=_by_worth))


def _by_worth(row: RejectedRow) -> float:
    if row.per_million is not None:
        return -row.per_million
    return -math.inf if row.worth > 0 else math.inf
