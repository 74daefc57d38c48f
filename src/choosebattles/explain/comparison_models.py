"""The same facts under several decision models: how the plan changes with what is wanted.

Every plan is also counted under every other model, so that it is seen what it costs to follow one
strategy if another one turns out to be right. Points for 100 are held throughout.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.parameter import hold_scale
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import InputError
from choosebattles.notebook_display import Tabular, starts
from choosebattles.shipped_files import shipped
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.payments import pay
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.solve import solve
from choosebattles.translation import _
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.decision_model_overlay import apply, without_scores, without_services
from choosebattles.workbook.reader import as_case


@dataclass(frozen=True)
class Strategy:
    """A decision model laid over the facts, and the best plan under it.

    ``model`` is empty for the one of the workbook; ``notes`` say what the model replaced.
    """

    model: str
    title: str
    outcome: Outcome
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanSeen:
    """The plan of one strategy as another one sees it.

    ``value`` is its objective there, None where it cannot be followed, because of what it
    ``breaks``; ``loss`` lies between two proved bounds, None where the other method does not
    raise the objective alone.
    """

    value: float | None
    loss: tuple[float, float] | None
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A decision model that does not fit the facts.

    It asks for ``criteria`` that have no scores, and for ``services`` that are not there.
    """

    model: str
    criteria: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Return why it does not fit, in a sentence or two."""
        sentences = []
        if self.criteria:
            text = _("These criteria have no scores: {criteria}.")
            sentences.append(text.format(criteria=", ".join(self.criteria)))
        if self.services:
            text = _("These services are not there: {services}.")
            sentences.append(text.format(services=", ".join(self.services)))
        return " ".join(sentences)


@dataclass(frozen=True, repr=False)
class Strategies(Tabular):
    """One table of strategies.

    ``followed[i][j]`` is the plan of strategy i seen by strategy j; None where either has no plan.
    ``refused`` are models that do not fit the facts.
    """

    case: Case
    strategies: tuple[Strategy, ...]
    followed: tuple[tuple[PlanSeen | None, ...], ...]
    refused: tuple[Refused, ...]
    seconds: float

    @property
    def summary(self) -> str:
        """Return which decision models were laid over the facts."""
        return _("Decision models over {case}: {models}; {refused} do not fit").format(
            case=self.case.name or _("a case"),
            models=", ".join(strategy.model or strategy.title for strategy in self.strategies),
            refused=len(self.refused),
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the strategies as one array for each column, a row for each decision model.

        ``model`` (empty for the workbook's own), ``stop``, ``objective`` in points,
        ``total_cost`` in millions, ``start.OPTION``, a year, or 0.
        """
        rows = [outcome.outcome for outcome in self.strategies]
        costs = [outcome.recount and float(outcome.recount.total_cost) for outcome in rows]
        return {
            "model": np.array([strategy.model for strategy in self.strategies]),
            "stop": np.array([outcome.stop.value for outcome in rows]),
            "objective": np.array([outcome.objective for outcome in rows], dtype=float),
            "total_cost": np.array(costs, dtype=float),
        } | starts(self.case.options, (outcome.plan for outcome in rows))

    @property
    def taken(self) -> tuple[Id, ...]:
        """Return the options that any strategy takes, in the order of the workbook."""
        plans = [
            strategy.outcome.plan.taken for strategy in self.strategies if strategy.outcome.plan
        ]
        return tuple(
            option for option in self.case.options if any(option in taken for taken in plans)
        )

    @property
    def always(self) -> tuple[Id, ...]:
        """Return the options that every strategy with a plan takes."""
        plans = [
            strategy.outcome.plan.taken for strategy in self.strategies if strategy.outcome.plan
        ]
        return tuple(option for option in self.taken if all(option in taken for taken in plans))


Watcher = Callable[[int, int], None]
"""Told how many of how many strategies are solved."""


def shipped_models() -> tuple[str, ...]:
    """Return the names of the shipped decision models."""
    return tuple(sorted(file.stem for file in shipped("models").glob("*.toml")))


def compare_models(
    case: Case | Path | str,
    models: Sequence[str],
    options: Options | None = None,
    *,
    lenient: bool = False,
    watch: Watcher | None = None,
) -> Strategies:
    """Return the best plan of the same facts under the workbook's own and other models.

    Parameters
    ----------
    case
        The facts, with the decision model of the workbook.
    models
        Names or files of other decision models.
    options
        Gap and time limit of each solve.
    lenient
        Whether models that do not fit the facts are left out, and not an error.
    watch
        Told of progress.

    Raises
    ------
    InputError
        Where a model is not there or does not fit, unless ``lenient``.
    """
    case = as_case(case)
    watched = Stopwatch()
    options = options or Options()
    case = _on_fixed_scale(case)
    applied: list[tuple[str, str, Case, tuple[str, ...]]] = [
        ("", _("the workbook's own"), case, ())
    ]
    refused: list[Refused] = []
    for name in dict.fromkeys(models):
        file = read_model(name)
        try:
            changed, notes = apply(case, file)
        except InputError:
            if not lenient:
                raise
            missing = without_scores(case, file), without_services(case, file)
            refused.append(Refused(name, *missing))
        else:
            names = [name for name, *_others in applied]
            applied.append(
                (_unique_name(file.name, names), file.title or file.name, changed, notes)
            )
    strategies = []
    for number, (name, title, changed, notes) in enumerate(applied):
        if watch is not None:
            watch(number, len(applied))
        strategies.append(Strategy(name, title, solve(changed, options), notes))
    return Strategies(
        case,
        tuple(strategies),
        tuple(tuple(_followed(strategies)) for strategies in _pairs(strategies)),
        tuple(refused),
        watched.seconds,
    )


def _unique_name(name: str, known: Sequence[str]) -> str:
    """Return a name that no other strategy has: models of one name may lie in two folders."""
    names = (name, *(f"{name} ({number})" for number in range(2, len(known) + 2)))
    return next(candidate for candidate in names if candidate not in known)


def _on_fixed_scale(case: Case) -> Case:
    scale = ScoreScale(case).points_for_100
    return hold_scale(case, scale) if scale > 0 else case


def _pairs(strategies: Sequence[Strategy]) -> Iterator[list[tuple[Strategy, Strategy]]]:
    for one in strategies:
        yield [(one, other) for other in strategies]


def _followed(pairs: Iterable[tuple[Strategy, Strategy]]) -> Iterator[PlanSeen | None]:
    for one, other in pairs:
        plan, followed = one.outcome.plan, other.outcome
        if plan is None or followed.plan is None:
            yield None
            continue
        payments = pay(followed.case, plan.choices)
        if payments is None:
            yield PlanSeen(None, None, (_("it cannot be paid for"),))
            continue
        counted = recount(followed.case, Plan(plan.choices, payments))
        if not counted.passed:
            yield PlanSeen(None, None, tuple(violation.text for violation in counted.violations))
            continue
        value = float(counted.after.value)
        yield PlanSeen(value, _loss(followed, value))


def _loss(outcome: Outcome, value: float) -> tuple[float, float] | None:
    if outcome.case.model.method is not Method.WEIGHTED or outcome.objective is None:
        return None
    if outcome.bound is None:
        return None
    return max(0.0, outcome.objective - value), max(0.0, outcome.bound - value)
