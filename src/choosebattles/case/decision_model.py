"""The preferences of a case: objectives, criteria, method, accrual, risk attitude, limits.

They come from the workbook or from a file in ``models/``: the same facts can be solved under
another decision model without touching them.
"""

from decimal import Decimal
from enum import StrEnum

from choosebattles.case.limit import Limit
from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number, Share

AUTONOMY = "autonomy"
"""The objective that dependence on donors is a price of."""


class Method(StrEnum):
    """How several objectives become one choice."""

    WEIGHTED = "weighted"
    LEXICOGRAPHIC = "lexicographic"
    BALANCED = "balanced"


class Accrual(StrEnum):
    """Which years count."""

    OVER_TIME = "over time"
    FINAL_YEAR = "final year"


class ContingencyKind(StrEnum):
    """How the reserve for overruns is measured."""

    NONE = "none"
    FLAT = "flat"
    BUDGETED = "budgeted"


class Objective(Fact):
    """An index to be raised; weights are what 100 points on it are worth against the others."""

    id: Id
    weight: Number = Decimal(1)
    weight_low: Number | None = None
    weight_high: Number | None = None
    floor: Number | None = None
    continuity_share: Share | None = None


class Criterion(Fact):
    """What options are scored on, with what 0, 50 and 100 mean in words."""

    id: Id
    title: str = ""
    objective: Id
    weight: Number = Decimal(1)
    anchor_0: str = ""
    anchor_50: str = ""
    anchor_100: str = ""


DEFAULT_OBJECTIVES = (AUTONOMY, "resilience")
"""What is to be raised unless said otherwise, each with one criterion of its own name."""


class DecisionModel(Fact):
    """What is wanted, as opposed to what is so."""

    objectives: tuple[Objective, ...]
    criteria: tuple[Criterion, ...]
    method: Method = Method.WEIGHTED
    tolerance: Share = Decimal("0.01")
    accrual: Accrual = Accrual.OVER_TIME
    discount_rate: Share = Decimal(0)
    tail_share: Share = Decimal("0.1")
    tail_weight: Share = Decimal("0.5")
    contingency: ContingencyKind = ContingencyKind.NONE
    contingency_amount: Number = Decimal(0)
    limits: tuple[Limit, ...] = ()


DEFAULT_MODEL = DecisionModel(
    objectives=tuple(Objective(id=default_objective) for default_objective in DEFAULT_OBJECTIVES),
    criteria=tuple(
        Criterion(id=default_objective, objective=default_objective)
        for default_objective in DEFAULT_OBJECTIVES
    ),
)
"""What is wanted where nothing is said: both objectives alike."""
