"""Weights of a case, and how many points make an index of 100."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from choosebattles.audit.option_by_year import ZERO
from choosebattles.case.decision_model import Accrual
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Investment, Option
from choosebattles.case.units import Id, Number

HALF = Fraction(1, 2)
"""Continuity share where it was left blank."""


def normalised(weights: Mapping[Id, Number]) -> dict[Id, Fraction]:
    """Return the weights with a sum of 1."""
    total = Fraction(sum(weights.values()))
    return {name: Fraction(weight) / total for name, weight in weights.items()}


class ScoreScale:
    """How points of a case become indices, and indices one value; the same for every plan."""

    def __init__(self, case: Facts) -> None:
        self.case = case

    @cached_property
    def objective_weight(self) -> Mapping[Id, Fraction]:
        """Return the weights of the objectives; their sum is 1."""
        return normalised(
            {objective.id: objective.weight for objective in self.case.model.objectives}
        )

    @cached_property
    def criterion_weight(self) -> Mapping[Id, Mapping[Id, Fraction]]:
        """Return the weights of the criteria of every objective; each objective's sum is 1."""
        return {
            goal: normalised({criterion.id: criterion.weight for criterion in criteria})
            for goal, criteria in self.case.criteria_of.items()
        }

    @cached_property
    def weight(self) -> Mapping[Id, Fraction]:
        """Return the weight of every criterion within its objective."""
        return {c: w for weights in self.criterion_weight.values() for c, w in weights.items()}

    @cached_property
    def accrual(self) -> tuple[Fraction, ...]:
        r"""Return the weights of the years, with a sum of 1.

        .. math:: a_t \propto (1 + \mathit{discount\_rate})^{-t}, \text{ or all on } t = H - 1
        """
        years = range(self.case.years)
        if self.case.model.accrual is Accrual.FINAL_YEAR:
            return tuple(Fraction(year == years[-1]) for year in years)
        factors = [(1 + Fraction(self.case.model.discount_rate)) ** -year for year in years]
        return tuple(factor / sum(factors) for factor in factors)

    def has_criteria(self, objective: Id) -> bool:
        """Say whether a criterion names the objective."""
        return bool(self.case.criteria_of[objective])

    def has_continuity(self, objective: Id) -> bool:
        """Say whether there are services, and a shock with a likelihood tests the objective."""
        likely = any(shock.likelihood > 0 for shock in self.case.shocks_of[objective])
        return likely and bool(self.case.services)

    def continuity_share(self, objective: Id) -> Fraction:
        r"""Return :math:`\mu_g`: 0 or 1 where the objective has only one of its two parts."""
        if not self.has_continuity(objective):
            return ZERO
        if not self.has_criteria(objective):
            return Fraction(1)
        typed = self.case.objective(objective).continuity_share
        return HALF if typed is None else Fraction(typed)

    def credit(self, layer: str, points: Fraction) -> Fraction:
        r"""Return what points of a layer count, where more of the same may be worth less.

        .. math:: f_l(p) = \min(p, L + \mathit{rate} \cdot (p - L))

        No layer at all never saturates, nor does a layer without full credit.
        """
        bend = self._bends.get(layer)
        if bend is None:
            return points
        full, rate = bend
        return min(points, full + rate * (points - full))

    @cached_property
    def _bends(self) -> dict[str, tuple[Fraction, Fraction]]:
        return {
            layer.id: (Fraction(layer.full_credit), Fraction(layer.rate_after))
            for layer in self.case.layers
            if layer.id and layer.full_credit is not None
        }

    @cached_property
    def ideal(self) -> Mapping[Id, Fraction]:
        r"""Return the points of each objective if everything worth having were had.

        .. math:: \sum_l f_l\Big(\sum_{i \in l} \max_{o \in O(i)} \max\big(0,
            \sum_c w_c\, \mathit{score}(o, c)\big)\Big) + \sum_S w_c \max(0, \mathit{bonus}_S)

        No limits; what is locked in or out counts like the rest, and nothing is late.
        """
        return {objective.id: self._ideal(objective.id) for objective in self.case.model.objectives}

    @cached_property
    def points_for_100(self) -> Fraction:
        """Return P: as typed, or the largest ideal."""
        typed = self.case.points_for_100
        return max(self.ideal.values()) if typed is None else Fraction(typed)

    def scaled(self, points: Fraction) -> Fraction:
        """Return points on the scale of an index: 100 p / P, and 0 where P is 0."""
        return 100 * points / self.points_for_100 if self.points_for_100 else ZERO

    def unit(self, objective: Id | None = None) -> float:
        r"""Return what counts as one point of an index where a difference is called nothing.

        1, or all the points that the index could move by, where that is less: the sum over
        investments of the largest :math:`|\sum_c w_c\, \mathit{score}(o, c)|` of its options, and
        of the bonuses, on the scale of an index. Without an objective, of their weighted sum.
        """
        weights: dict[Id, Fraction] = dict(self.objective_weight)
        if objective is not None:
            weights = {objective: Fraction(1)}
        if any(weight and self.has_continuity(name) for name, weight in weights.items()):
            return 1.0
        moves = sum(self._moves(name) * float(weight) for name, weight in weights.items())
        return min(1.0, moves * float(self.scaled(Fraction(1)))) or 1.0

    def _moves(self, objective: Id) -> float:
        weights = {c: float(weight) for c, weight in self.criterion_weight[objective].items()}

        def worth(option: Option) -> float:
            return abs(sum(w * float(option.score.get(c, 0)) for c, w in weights.items()))

        scores = sum(
            max(map(worth, investment.options), default=0.0) for investment in self.case.investments
        )
        bonuses = sum(
            weights[rule.criterion] * abs(float(rule.bonus))
            for rule in self.case.synergies
            if rule.criterion in weights
        )
        return scores + bonuses

    def _ideal(self, objective: Id) -> Fraction:
        layers = dict.fromkeys(self.case.layer_names, ZERO)
        for investment in self.case.investments:
            layers[investment.layer] += self._best(objective, investment)
        bent = (self.credit(layer, points) for layer, points in layers.items())
        return sum(bent, self._bonuses(objective))

    def _best(self, objective: Id, investment: Investment) -> Fraction:
        worth = (self._typed(objective, option) for option in investment.options)
        return max((ZERO, *worth))

    def _typed(self, objective: Id, option: Option) -> Fraction:
        weights = self.criterion_weight[objective]
        return sum((w * Fraction(option.score.get(c, 0)) for c, w in weights.items()), ZERO)

    def _bonuses(self, objective: Id) -> Fraction:
        weights = self.criterion_weight[objective]
        return sum(
            (
                weights[rule.criterion] * max(ZERO, Fraction(rule.bonus))
                for rule in self.case.synergies
                if rule.criterion is not None and rule.criterion in weights
            ),
            ZERO,
        )
