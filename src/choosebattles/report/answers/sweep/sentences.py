"""A sweep in words: its points, what each number does to the answer, what stays and what goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from choosebattles.case.units import Id
from choosebattles.execution.run_pieces import Ending
from choosebattles.report.number_wording import plain, points, rounded_up
from choosebattles.report.plan_parts.earlier_run import taken_over_sentence
from choosebattles.solving.outcome import Stop
from choosebattles.translation import _, listed, several
from choosebattles.uncertainty.sweep import Sweep, SweepPoint
from choosebattles.uncertainty.sweep_design import Design

NAMED = 12
"""Options that a sentence names; of more it gives the number."""


@dataclass(frozen=True)
class Swing:
    """What one number does to the objective when it alone is varied.

    ``least`` and ``most`` are bounds: no more is proved than that the objective moves between
    ``low`` and ``high``, each known within the gap.
    """

    name: str
    now: float
    start: float
    stop: float
    at_start: SweepPoint
    at_stop: SweepPoint
    low: float
    high: float

    @property
    def width(self) -> float:
        """Return by how much the objective moves."""
        return self.high - self.low


def swings(sweep: Sweep) -> list[Swing]:
    """Return what each number does alone, the one that moves the objective most first."""
    if sweep.plan.design is not Design.ONE:
        return []
    found = []
    for place, name in enumerate(sweep.names):
        steps = alone(sweep, place)
        worth = [step.value for step in steps if step.value is not None and step.comparable]
        if len(steps) > 1 and worth:
            ends = sorted(steps, key=lambda step: at(sweep, step, place))
            found.append(
                Swing(
                    name,
                    plain(sweep.laid.now[place]),
                    at(sweep, ends[0], place),
                    at(sweep, ends[-1], place),
                    ends[0],
                    ends[-1],
                    min(worth),
                    max(worth),
                )
            )
    return sorted(found, key=lambda swing: (-swing.width, swing.name))


def alone(sweep: Sweep, place: int) -> list[SweepPoint]:
    """Return the points in which a number is varied, of a sweep of one at a time."""
    return [step for step in sweep.steps if step.numbers[place] is not None]


def at(sweep: Sweep, step: SweepPoint, place: int) -> float:
    """Return what a number is at a point."""
    number = step.numbers[place]
    return plain(sweep.laid.now[place] if number is None else number)


def how_sure(step: SweepPoint) -> str:
    """Return in words how sure the answer to a point is."""
    return {
        Stop.OPTIMAL: _("proved"),
        Stop.GAP: _("within the gap"),
        Stop.TIME_LIMIT: _("ran out of time"),
        Stop.WORK_LIMIT: _("given up"),
        Stop.INFEASIBLE: _("no plan: proved"),
    }.get(step.stop, _("no answer"))


def sentences(sweep: Sweep) -> Iterator[str]:
    """Yield what a sweep says as a whole; the first sentence is its headline."""
    yield headline(sweep)
    yield from worth_sentences(sweep)
    if len(sweep.names) > 1:
        for first in swings(sweep)[:1]:
            text = _("{name} moves it most: from {low} to {high} points.")
            low, high = points(first.low, 2), points(first.high, 2)
            yield text.format(name=first.name, low=low, high=high)
    yield from option_sentence(sweep, where=_(" (sheet Options)"))
    late = sum(not step.comparable for step in sweep.steps)
    if late:
        text = several(
            "{number} point was given up before its answer was as exact as was asked, and is left "
            "out of every comparison; --per-solve gives it more time.",
            "{number} points were given up before their answers were as exact as was asked, and are "
            "left out of every comparison; --per-solve gives them more time.",
            late,
        )
        yield text.format(number=late)
    if sweep.ending is Ending.LOST:
        yield _("Workers were lost again and again, perhaps for want of memory.")
    yield from standing_sentences(sweep)


def standing_sentences(sweep: Sweep) -> Iterator[str]:
    """Yield what rests on an earlier run, how much is done, and why it is more than was asked."""
    yield from taken_over_sentence(sweep.taken_over, _("points"), sweep.options)
    whole, done = len(sweep.laid.points), len(sweep.steps)
    if done < whole:
        yield _("Stopped: {done} of {whole} points are done.").format(done=done, whole=whole)
    if sweep.plan.design is Design.SOBOL and whole > sweep.plan.points:
        text = _(
            "{whole:,} points instead of {points:,}: a Sobol sequence is even at powers of 2 alone."
        )
        yield text.format(whole=whole, points=sweep.plan.points)


def headline(sweep: Sweep) -> str:
    """Return what was varied, and what the plan is worth as things stand."""
    text = several(
        "{names} varied over {number:,} point: {base}",
        "{names} varied over {number:,} points: {base}",
        len(sweep.laid.points),
    )
    base = _("no plan as things stand.")
    if sweep.nominal.value is not None:
        base = _("the objective is {value} points as things stand.").format(
            value=points(sweep.nominal.value, 2)
        )
    return text.format(names=_names(sweep), number=len(sweep.laid.points), base=base)


def _names(sweep: Sweep) -> str:
    if len(sweep.names) > 3:
        return _("{number} numbers").format(number=len(sweep.names))
    return listed(sweep.names)


def worth_sentences(sweep: Sweep) -> Iterator[str]:
    """Yield between what the best plan is worth over all points, and where there is none."""
    sure = [step for step in sweep.steps if step.comparable and step.value is not None]
    none = sum(step.stop is Stop.INFEASIBLE for step in sweep.steps)
    if sure:
        values = [step.value for step in sure if step.value is not None]
        digits = 1 if max(_off(step) for step in sure) >= 0.05 else 2
        bounds = [
            rounded_up(step.bound, digits)
            for step in sure
            if step.stop is not Stop.OPTIMAL and step.bound is not None
        ]
        whole = len(sweep.laid.points) == sum(step.comparable for step in sweep.steps)
        text = (
            _("Over all points the best plan is worth between {low} and {high} points.")
            if whole
            else _(
                "Over the points that are answered the best plan is worth between {low} and {high} "
                "points."
            )
        )
        low, high = points(min(values), digits), points(max((*values, *bounds)), digits)
        if low == high:
            text = (
                _("At every point that has a plan the best one is worth {low} points.")
                if whole
                else _(
                    "At every point answered that has a plan the best one is worth {low} points."
                )
            )
        yield text.format(low=low, high=high)
    if none:
        text = several(
            "At {number} point no plan meets all demands: proved.",
            "At {number} points no plan meets all demands: proved.",
            none,
        )
        yield text.format(number=none)


def _off(step: SweepPoint) -> float:
    if step.value is None or step.bound is None:
        return 0.0
    return max(0.0, step.bound - step.value)


def option_sentence(sweep: Sweep, where: str) -> Iterator[str]:
    """Yield how many options are in every plan, and which are in some only, or where they stand."""
    plans = [step.starts.keys() for step in sweep.steps if step.comparable and step.starts]
    if len(plans) < 2:
        return
    ever = set().union(*plans)
    always = ever.intersection(*plans)
    sometimes = sorted(ever - always)
    text = several(
        "{number} option is in every plan", "{number} options are in every plan", len(always)
    ).format(number=len(always))
    if not sometimes:
        yield _("{text}; nothing else ever is.").format(text=text)
    elif len(sometimes) <= NAMED:
        yield _("{text}; in some only: {options}.").format(text=text, options=listed(sometimes))
    else:
        more = _("{text}; {number} are in some only{where}.")
        yield more.format(text=text, number=len(sometimes), where=where)


def share_of_plans(sweep: Sweep, options: Sequence[Id]) -> dict[Id, float]:
    """Return in which share of the plans that are comparable an option is."""
    plans = [step.starts for step in sweep.steps if step.comparable and step.starts is not None]
    return {
        name: sum(name in starts for starts in plans) / len(plans) if plans else 0.0
        for name in options
    }
