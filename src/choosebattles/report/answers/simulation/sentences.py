"""A simulation in words: what holds, what varies, what would be regretted, what matters."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy

from choosebattles.case.evidence import Shape
from choosebattles.case.units import Id
from choosebattles.execution.run_pieces import Ending
from choosebattles.report.number_wording import percent, points, points_above
from choosebattles.report.plan_parts.earlier_run import taken_over_sentence
from choosebattles.report.plan_parts.shares_of_draws import LIKELY, SAFE
from choosebattles.translation import _, listed, several
from choosebattles.uncertainty.draw import WEIGHTS, Uncertainty
from choosebattles.uncertainty.ranges import Distribution, Listed
from choosebattles.uncertainty.regret import FollowedPlan, LeastRegret
from choosebattles.uncertainty.simulate import Simulation
from choosebattles.uncertainty.weight_draws import Weights

FEW = 12
"""Options that a sentence names."""

POINTLESS = 0.005
"""Points that are not told apart."""

SHOWN = 0.1
"""Rank correlation from which on an input is said to matter."""


@dataclass(frozen=True)
class Spreading:
    """How a number is spread over the draws: its mean, and 5 %, half and 95 % of draws below."""

    what: str
    draws: int
    mean: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Mattering:
    """How an input goes with the answer: rank correlations with the best and the nominal plan."""

    name: str
    best: float | None
    nominal: float | None

    @property
    def most(self) -> float:
        """Return the larger of the two, whichever its sign."""
        return max(abs(self.best or 0.0), abs(self.nominal or 0.0))


def spreading(what: str, values: np.ndarray) -> Spreading | None:
    """Return how numbers are spread; None where there are none."""
    numbers = values[~np.isnan(values)]
    if not len(numbers):
        return None
    low, middle, high = np.quantile(numbers, (0.05, 0.5, 0.95)).tolist()
    return Spreading(what, len(numbers), float(numbers.mean()), low, middle, high)


def distributions(found: Simulation) -> list[Spreading]:
    """Return how objective and indices are spread: of the nominal plan and of the best plans."""
    best = np.where(found.sure, found.value, np.nan)
    pairs = [(_("Objective"), found.promised, best)]
    pairs += [
        (_("Index: {objective}").format(objective=objective.id), *found.index(objective.id))
        for objective in found.case.model.objectives
    ]
    holds = float(np.mean(~np.isnan(found.promised))) if len(found.promised) else 1.0
    mine = _("{name}: the plan as things stand")
    if holds < 1:
        mine = _("{name}: the plan as things stand, in {share} of draws")
    rows = []
    for name, nominal, free in pairs:
        rows.append(spreading(mine.format(name=name, share=percent(holds)), nominal))
        rows.append(spreading(_("{name}: the best plan of each draw").format(name=name), free))
    return [row for row in rows if row is not None]


def mattering(found: Simulation) -> list[Mattering]:
    """Return which inputs go with the answer, the one that does most first.

    Spearman's rank correlation over the draws in which both are known.
    """
    best = np.where(found.sure, found.value, np.nan)
    rows = [
        Mattering(name, _together(column, best), _together(column, found.promised))
        for name, column in found.inputs.items()
    ]
    return sorted(rows, key=lambda row: (-row.most, row.name))


def _together(one: np.ndarray, two: np.ndarray) -> float | None:
    known = ~np.isnan(two)
    if known.sum() < 3 or np.ptp(one[known]) == 0 or np.ptp(two[known]) < 1e-9:
        return None
    return float(scipy.stats.spearmanr(one[known], two[known]).statistic)


def classes(found: Simulation) -> tuple[list[Id], list[Id], list[Id]]:
    """Return the options that nearly every best plan takes, those of some, those of none."""
    share = found.acceptability
    safe = [option for option in share if share[option] >= SAFE]
    out = [option for option in share if share[option] <= 1 - SAFE]
    return safe, [option for option in share if option not in (*safe, *out)], out


def named(found: Simulation, plan: FollowedPlan) -> str:
    """Return the name of a plan that was followed."""
    if found.nominal.choices is not None and plan.taken == found.nominal.taken:
        return _("the plan as things stand")
    if found.own is not None and plan.choices == found.own:
        return _("your own plan")
    if found.least is not None and plan is found.least.plan and not plan.share:
        return _("the plan of least worst regret")
    place = [other for other in found.followed if _found(found, other)].index(plan)
    return _("plan {letter}").format(letter=chr(ord("A") + place) if place < 26 else place + 1)


def _found(found: Simulation, plan: FollowedPlan) -> bool:
    """Say whether a plan is neither the nominal nor the user's own."""
    return plan.taken != found.nominal.taken and plan.choices != found.own


def sentences(found: Simulation) -> Iterator[str]:
    """Yield what the draws say as a whole; the first sentence is the headline."""
    done = len(found.rows)
    yield _headline(found)
    if not done:
        return
    yield from _holding(found)
    yield from _promise(found)
    yield from regret_sentences(found)
    yield from option_sentence(found)
    yield from input_sentence(found)
    yield from _left_out(found)
    if found.ending is Ending.LOST:
        yield _("Workers were lost again and again, perhaps for want of memory.")
    yield from taken_over_sentence(found.taken_over, _("draws"), found.options)
    if done < found.draws:
        yield _("Stopped: {done} of {whole} draws are done.").format(done=done, whole=found.draws)


def _headline(found: Simulation) -> str:
    if not found.rows:
        return _("No draw was completed.")
    if found.nominal.choices is None:
        return _("There is no plan as things stand, so the draws are compared with none.")
    first = next((plan for plan in found.followed if plan.taken == found.nominal.taken), None)
    regret = None if first is None else found.regret(first)
    if regret is None:
        return _("{number} draws; the plan as things stand promises {value} points.").format(
            number=len(found.rows), value=points(found.nominal.value or 0, 2)
        )
    short = _short(*regret.mean)
    if regret.holds < 1:
        text = _(
            "In {share} of the draws the plan as things stand cannot be carried out (money, people "
            "or a rule); in the others it is on average {short} of the best plan of each draw."
        )
        return text.format(share=percent(1 - regret.holds, 1), short=short)
    text = _("The plan as things stand is on average {short} of the best plan of each draw.")
    return text.format(short=short)


def _short(low: float, high: float) -> str:
    one, two = points(low, 2), points(high, 2)
    if one == two:
        return _("{points} points short").format(points=one)
    return _("{low} to {high} points short").format(low=one, high=two)


def _holding(found: Simulation) -> Iterator[str]:
    if found.nominal.choices is None:
        return
    if not np.isnan(found.promised).any():
        yield _("It can be carried out in every draw.")
        return
    yield _("Comparisons leave out the draws in which it cannot be carried out.")
    left = spreading("", found.kept)
    if left is not None:
        yield _("What can still be done of it is then worth {mean} points on average.").format(
            mean=points(left.mean, 1)
        )


def _promise(found: Simulation) -> Iterator[str]:
    spread = spreading("", found.promised)
    if spread is None or found.nominal.value is None:
        return
    less = found.nominal.value - spread.mean
    text = _(
        "It promises {promise} points; over the draws it brings {mean} on average, between {low} "
        "and {high} in nine draws out of ten"
    ).format(
        promise=points(found.nominal.value, 2),
        mean=points(spread.mean, 2),
        low=points(spread.low, 1),
        high=points(spread.high, 1),
    )
    error = LIKELY * float(np.nanstd(found.promised)) / sqrt(max(1, spread.draws))
    if abs(less) <= max(error, POINTLESS):
        yield _("{text}: no disappointment that the draws can tell from chance.").format(text=text)
    elif less > 0:
        end = _("{text}: expect {less} points less than promised.")
        yield end.format(text=text, less=points(less, 2))
    else:
        end = _("{text}: expect {more} points more than promised.")
        yield end.format(text=text, more=points(-less, 2))


def regret_sentences(found: Simulation) -> Iterator[str]:
    """Yield which plan has the least worst regret: of all there are, and of those compared."""
    if found.least is not None:
        yield from _least(found, found.least)
    least = found.least_regret
    if least is None or len(found.followed) < 2:
        return
    regret = found.regret(least)
    assert regret is not None
    holding = [float(plan.holds.mean()) for plan in found.followed]
    firm = sum(share == regret.holds for share in holding)
    if firm == len(holding):
        text = _(
            "Of the {number} plans compared, {plan} has the least worst regret: at most {worst} "
            "points."
        )
    elif firm > 1:
        text = _(
            "Of the {firm} plans that can be carried out most often, in {share} of the draws, {plan} "
            "has the least worst regret: at most {worst} points."
        )
    else:
        text = _(
            "Of the {number} plans compared, {plan} can be carried out most often, in {share} of the "
            "draws; there it falls short by at most {worst} points."
        )
    yield text.format(
        number=len(holding),
        firm=firm,
        plan=named(found, least),
        share=percent(regret.holds),
        worst=points_above(regret.worst[1]),
    )
    if any(plan.share > holds for plan, holds in zip(found.followed, holding, strict=True)):
        yield _(
            "A plan is counted as best wherever its options are, in whatever years; it holds where "
            "its very years can be carried out. So it may be best more often than it holds."
        )


def _least(found: Simulation, least: LeastRegret) -> Iterator[str]:
    """Yield which of all plans has the least worst regret, and how far that is known."""
    if not least.compared:
        yield _("No draw can be compared, so that no plan of least worst regret can be told.")
        return
    if least.impossible:
        text = _("No plan can be carried out in all {number} draws that are compared: proved.")
        yield text.format(number=least.compared)
        return
    low = points(max(0, int(least.low * 100) / 100), 2)
    if least.plan is None:
        text = _(
            "No plan was found so far that can be carried out in all {number} draws that are compared; "
            "more time may find one."
        )
        yield text.format(number=least.compared)
        if low != "0":
            yield _("None falls short by less than {least} points at worst: proved.").format(
                least=low
            )
        return
    yield from _least_plan(found, least, least.plan, low)
    yield from _against_nominal(found, least.plan)


def _least_plan(
    found: Simulation, least: LeastRegret, plan: FollowedPlan, low: str
) -> Iterator[str]:
    """Yield what the plan of least worst regret falls short by, and how far that is proved."""
    settled = least.proved and least.worst[1] - least.low < POINTLESS * least.unit
    if settled:
        text = _(
            "Of all plans that can be carried out in all {number} draws that are compared, none has "
            "less worst regret than {plan}: proved. It falls short by {worst} points at most."
        )
    else:
        text = _(
            "Of the plans found that can be carried out in all {number} draws that are compared, "
            "{plan} has the least worst regret. It falls short by {worst} points at most."
        )
    worst = points_above(least.worst[1])
    yield text.format(number=least.compared, plan=named(found, plan), worst=worst)
    if settled:
        return
    if low != "0":
        text = _("No plan falls short by less than {least} points at worst: proved.")
        yield text.format(least=low)
    if least.proved:
        yield _(
            "Nothing better can be told while the best plan of each draw is known within {gap} "
            "only; --gap 0 tells more."
        ).format(gap=percent(found.options.gap, 1))


def _against_nominal(found: Simulation, plan: FollowedPlan) -> Iterator[str]:
    changes = (
        (_("it adds {options}"), plan.taken - found.nominal.taken),
        (_("it leaves {options} out"), found.nominal.taken - plan.taken),
    )
    parts = [text.format(options=listed(sorted(options))) for text, options in changes if options]
    if found.nominal.choices is not None and parts:
        text = _("Against the plan as things stand, {changes}.")
        yield text.format(changes=_("; ").join(parts))


def option_sentence(found: Simulation) -> Iterator[str]:
    """Yield how many options nearly all best plans take, hardly any, or some."""
    safe, some, out = classes(found)
    if not found.plans:
        return
    text = _(
        "Of {number} options, at least {most} of the best plans take {safe}, and at most {least} "
        "take {out} others"
    ).format(
        number=len(found.case.options),
        safe=len(safe),
        most=percent(SAFE),
        out=len(out),
        least=percent(1 - SAFE),
    )
    if not some:
        yield _("{text}; none lies between the two.").format(text=text)
    elif len(some) <= FEW:
        yield _("{text}; between the two: {options}.").format(
            text=text, options=listed(sorted(some))
        )
    else:
        yield _("{text}; {number} lie between the two.").format(text=text, number=len(some))


def input_sentence(found: Simulation) -> Iterator[str]:
    """Yield which inputs the answer goes most with."""
    first = [row.name for row in mattering(found)[:3] if row.most >= SHOWN]
    if first and len(found.inputs) > 1:
        yield _("The answer moves most with {names}.").format(names=listed(first))


def _left_out(found: Simulation) -> Iterator[str]:
    if found.planless:
        text = several(
            "In {number} draw no plan meets all demands: proved.",
            "In {number} draws no plan meets all demands: proved.",
            found.planless,
        )
        yield text.format(number=found.planless)
    if found.late:
        text = several(
            "{number} draw was given up before its answer was as exact as was asked, and is left out "
            "of every comparison; --per-solve gives it more time.",
            "{number} draws were given up before their answers were as exact as was asked, and are "
            "left out of every comparison; --per-solve gives them more time.",
            found.late,
        )
        yield text.format(number=found.late)


SHAPES = {
    Shape.PERT: _("PERT distributions (values near the likely one are likeliest)"),
    Shape.TRIANGULAR: _("triangular distributions"),
    Shape.UNIFORM: _("uniform distributions (all values from low to high alike)"),
    Shape.NORMAL: _("normal distributions (5 % below low, 5 % above high)"),
    Shape.LOGNORMAL: _("lognormal distributions (5 % below low, 5 % above high)"),
    Shape.LIST: _("lists of values"),
}


def _shapes(uncertain: Uncertainty) -> Iterator[str]:
    """Yield from which distributions how many ranges were drawn, the most frequent first."""
    kinds = Counter(_shape(row.distribution or uncertain.shape) for row in uncertain.ranges)
    for shape, number in sorted(kinds.items(), key=lambda item: -item[1]):
        text = several(
            "{number} range was drawn from {shape}.",
            "{number} ranges were drawn from {shape}.",
            number,
        )
        yield text.format(number=number, shape=shape)


def _shape(distribution: Distribution) -> str:
    if isinstance(distribution, Listed):
        return SHAPES[Shape.LIST]
    if isinstance(distribution, Shape):
        return SHAPES[distribution]
    return _("distributions that were given from Python")


def assumptions(found: Simulation) -> Iterator[str]:
    """Yield what was drawn, and how."""
    uncertain = found.uncertainty
    yield from _shapes(uncertain)
    for group in uncertain.correlated:
        text = _("{names} were drawn together, as the sheet Correlations says.")
        yield text.format(names=listed(group.names))
    costly = sum(row.costly for row in uncertain.ranges)
    if costly > 1 and uncertain.common:
        text = _(
            "{share} of the uncertainty of costs is shared: they tend to overrun together "
            "(--common-cost)."
        )
        yield text.format(share=percent(uncertain.common))
    if WEIGHTS in uncertain.names:
        yield {
            Weights.INTERVALS: _("Weights were drawn evenly within Weight low and Weight high."),
            Weights.SIMPLEX: _("All weights of the objectives were drawn alike."),
        }[uncertain.weights]
    text = _("Each answer is within {gap} of the best: an option at the edge may change with it.")
    if found.options.gap:
        yield text.format(gap=percent(found.options.gap, 1))
    yield _("Seed {seed}; the same seed and workbook give the same draws.").format(
        seed=uncertain.seed
    )
