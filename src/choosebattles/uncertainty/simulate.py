"""Draws: what becomes of plans when the numbers turn out otherwise.

Every draw is answered anew, and the plan of the case as it stands is recounted in it; then the
plans that were found most often are each recounted in every draw. The first 64 draws are a pilot:
all others begin with what it found, and with nothing else. Draw *i*, and the answer to it, is the
same however many there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.parameter import hold_scale
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.execution.executor import Executor, choose_executor
from choosebattles.execution.progress import Pace, Watcher
from choosebattles.execution.run_pieces import Ending, run
from choosebattles.execution.study import Identity, Study
from choosebattles.execution.task import PILOT, OneStage, Row, Untaught, in_stages
from choosebattles.notebook_display import Tabular
from choosebattles.solving.outcome import Stop
from choosebattles.solving.own_plan_recount import own_recount
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import Draw, Uncertainty
from choosebattles.uncertainty.nominal_plan import Nominal, begin, read_choices, write_choices
from choosebattles.uncertainty.piece_solver import PieceSolver
from choosebattles.uncertainty.recount_in_each_case import Recounting
from choosebattles.uncertainty.regret import FollowedPlan, LeastRegret, Regret
from choosebattles.uncertainty.study_file_recount import recheck
from choosebattles.uncertainty.study_identity import identity
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.workbook.reader import as_case

CANDIDATES = 8
"""Plans that are recounted in every draw, the most frequent ones first."""

Choices = tuple[Choice, ...]


@dataclass(frozen=True)
class DrawTask:
    """The draws of a simulation as numbered pieces of work."""

    name: str
    case: Case
    nominal: Nominal
    uncertainty: Uncertainty
    gap: float
    limits: SearchLimits

    ends = PILOT

    def stages(self, count: int, most: int | None = None) -> list[Sequence[int]]:
        """Return the draws by stages: all but the first ones know of the same draws.

        Of the first ``most`` alone, where that is asked.
        """
        return in_stages(range(count)[:most], self.ends)

    def make_worker(self) -> "DrawWorker":
        """Return what answers draws, each from the same start."""
        return DrawWorker(self)

    def case_of(self, piece: int) -> Case:
        """Return the case of a draw, by its number."""
        return altered(self.case, self.uncertainty.draw(piece).all(self.case))


class DrawWorker:
    """Answers the draws of a simulation, and recounts the plan of the case as it stands in each."""

    def __init__(self, task: DrawTask) -> None:
        self._case_of = task.case_of
        self._nominal = task.nominal.choices
        self._others = frozenset(task.case.options) - task.nominal.taken
        self._solver = PieceSolver(task.case, task.nominal, task.case_of, task.gap, task.limits)

    def learn(self, rows: Sequence[Row]) -> None:
        """Take what came of other draws."""
        self._solver.learn(rows)

    def do(self, piece: int) -> Row:
        """Return the answer to a draw, and what the plan of the case as it stands is worth in it."""
        case = self._case_of(piece)
        answering = self._solver.begin()
        row = answering.row(piece, case)
        if self._nominal is None:
            return row
        counted = self._solver.recounting.recount_if_allowed(case, self._nominal)
        if counted is not None:
            return {**row, "nominal": counted.value, "nominal_indices": dict(counted.indices)}
        kept = answering.row(piece, case, leave=self._others)
        return {**row, "nominal": None, "kept": kept["value"]}


@dataclass(frozen=True)
class PlanTask(OneStage):
    """Plans recounted in every draw, as numbered pieces of work."""

    name: str
    case: Case
    plans: tuple[Choices, ...]
    uncertainty: Uncertainty

    def make_worker(self) -> "PlanWorker":
        """Return what recounts the plans in a draw."""
        return PlanWorker(self)


class PlanWorker(Untaught):
    """Recounts plans in draws."""

    def __init__(self, task: PlanTask) -> None:
        self._task = task
        self._recounting = Recounting()

    def do(self, piece: int) -> Row:
        """Return what the plans are worth in a draw, None where one cannot be carried out."""
        task = self._task
        case = altered(task.case, task.uncertainty.draw(piece).all(task.case))
        counted = [self._recounting.recount_if_allowed(case, plan) for plan in task.plans]
        return {
            "number": piece,
            "values": [None if found is None else found.value for found in counted],
        }


@dataclass(frozen=True, repr=False)
class Simulation(Tabular):
    """What the draws came to. Arrays have one entry for each draw that is done.

    ``nominal`` is the plan of the case as it stands, ``own`` the user's own.
    """

    case: Case
    uncertainty: Uncertainty
    draws: int
    nominal: Nominal
    own: Choices | None
    rows: tuple[Row, ...]
    followed: tuple[FollowedPlan, ...]
    """The nominal plan first, the user's own second where there is one, then the most frequent."""
    ending: Ending
    options: StudyOptions
    worked: float = field(compare=False)
    taken_over: int = field(default=0, compare=False, kw_only=True)
    """Draws that an earlier run of the study has written."""
    least: LeastRegret | None = None
    """The plan of least worst regret of all, where it was looked for."""

    @cached_property
    def sure(self) -> np.ndarray:
        """Say which draws have an answer as exact as was asked; others are in no comparison."""
        good = (Stop.OPTIMAL.value, Stop.GAP.value)
        return np.array([row["stop"] in good for row in self.rows], dtype=bool)

    @property
    def late(self) -> int:
        """Return how many answers were given up before they were as exact as was asked."""
        return sum(row["stop"] not in ("optimal", "gap", "infeasible") for row in self.rows)

    @property
    def planless(self) -> int:
        """Return in how many draws no plan meets all demands."""
        return sum(row["stop"] == "infeasible" for row in self.rows)

    @cached_property
    def value(self) -> np.ndarray:
        """Return the objective of the best plan found, in points."""
        return _numbers(self.rows, "value")

    @cached_property
    def bound(self) -> np.ndarray:
        """Return what no plan exceeds, in points."""
        return _numbers(self.rows, "bound")

    @cached_property
    def most(self) -> np.ndarray:
        """Return the same, but the objective itself where it is proved to be the best.

        A bound may exceed it there by what solvers round, which is no regret.
        """
        best = np.array([row["stop"] == Stop.OPTIMAL.value for row in self.rows], dtype=bool)
        return np.where(best, self.value, self.bound)

    @cached_property
    def promised(self) -> np.ndarray:
        """Return what the nominal plan is worth, not a number where it no longer holds."""
        return _numbers(self.rows, "nominal")

    @cached_property
    def kept(self) -> np.ndarray:
        """Return what is left of the nominal plan where it no longer holds: its best part."""
        return _numbers(self.rows, "kept")

    @cached_property
    def plans(self) -> Counter[frozenset[Id]]:
        """Return how often each set of options was the best plan found."""
        return Counter(
            frozenset(option for _owner, option, _start in row["plan"])
            for row, sure in zip(self.rows, self.sure, strict=True)
            if sure
        )

    @cached_property
    def acceptability(self) -> Mapping[Id, float]:
        """Return in which share of draws with a plan each option is in the best plan found."""
        whole = max(1, self.plans.total())
        return {
            option: sum(n for plan, n in self.plans.items() if option in plan) / whole
            for option in self.case.options
        }

    def index(self, objective: Id) -> tuple[np.ndarray, np.ndarray]:
        """Return an index of the nominal plan and of the best plans found, draw by draw."""
        none: dict[str, float] = {}
        mine = [row.get("nominal_indices", none).get(objective) for row in self.rows]
        best = [row.get("indices", none).get(objective) for row in self.rows]
        return _array(mine), np.where(self.sure, _array(best), np.nan)

    def regret(self, plan: FollowedPlan) -> Regret | None:
        """Return the regret of a plan; None where no draw can be compared."""
        size = len(plan.values)
        compared = self.sure[:size] & plan.holds
        if not compared.any():
            return None
        values = plan.values[compared]
        low = np.maximum(0, self.value[:size][compared] - values)
        high = np.maximum(low, self.most[:size][compared] - values)
        return Regret(
            (float(low.mean()), float(high.mean())),
            (float(np.quantile(low, 0.95)), float(np.quantile(high, 0.95))),
            (float(low.max()), float(high.max())),
            float(plan.holds.mean()),
        )

    @property
    def least_regret(self) -> FollowedPlan | None:
        """Return, of the plans followed, the one whose worst regret is least.

        Plans that hold in fewer draws than another one are not asked.
        """
        regrets = [(self.regret(plan), plan) for plan in self.followed]
        known = [(regret, plan) for regret, plan in regrets if regret is not None]
        if not known:
            return None
        most = max(regret.holds for regret, _each in known)
        firm = [
            (regret.worst[1], n) for n, (regret, _e) in enumerate(known) if regret.holds == most
        ]
        return known[min(firm)[1]][1]

    def central(self, taken: frozenset[Id]) -> Mapping[Id, float]:
        """Return the mean weights of the draws in which a set of options was best."""
        found = [
            self.draw(row["number"]).weights
            for row, sure in zip(self.rows, self.sure, strict=True)
            if sure and frozenset(option for _o, option, _s in row["plan"]) == taken
        ]
        if not found or not found[0]:
            return {}
        return {name: float(np.mean([weights[name] for weights in found])) for name in found[0]}

    def draw(self, number: int) -> Draw:
        """Return what was drawn, by the number of the draw from 0."""
        return self.uncertainty.draw(number)

    @cached_property
    def inputs(self) -> Mapping[str, np.ndarray]:
        """Return every number drawn, by its plain name, and the weights.

        Between which ends they lie is said by ``uncertainty.ends``, under the same names.
        """
        drawn = [self.draw(row["number"]) for row in self.rows]
        names = [parameter.name for row in self.uncertainty.ranges for parameter in row.parameters]
        columns = {
            name: np.array([float(value) for value in values])
            for name, values in zip(
                names,
                zip(*(draw.numbers.values() for draw in drawn), strict=True),
                strict=False,
            )
        }
        for name in drawn[0].weights if drawn else ():
            columns[f"weight.{name}"] = np.array([draw.weights[name] for draw in drawn])
        return columns

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the simulation as one array for each column, a row for each draw.

        ``draw`` counts from 1; numbers drawn stand under their plain names, weights as shares;
        then ``stop``, ``objective`` and ``bound`` of the best plan found, ``nominal`` (what the
        plan of the case as it stands is worth; not a number where it breaks a demand), ``kept``
        (what is then left of it), ``index.ID``, ``total_cost`` in millions, and ``start.OPTION``,
        a year, or 0.
        """
        found: dict[str, np.ndarray] = {"draw": np.array([e["number"] + 1 for e in self.rows])}
        found |= self.inputs
        found["stop"] = np.array([row["stop"] for row in self.rows])
        found |= {"objective": self.value, "bound": self.bound}
        found |= {"nominal": self.promised, "kept": self.kept}
        none: dict[str, float] = {}
        for name in (objective.id for objective in self.case.model.objectives):
            found[f"index.{name}"] = _array([e.get("indices", none).get(name) for e in self.rows])
        found["total_cost"] = _numbers(self.rows, "cost")
        starts = [{o: s for _i, o, s in row["plan"] or ()} for row in self.rows]
        for option in self.case.options:
            found[f"start.{option}"] = np.array([start.get(option, 0) for start in starts])
        return found

    @property
    def summary(self) -> str:
        """Return how many draws are done, and what became of them."""
        return _(
            "Simulation of {case}: {done:,} of {draws:,} draws done, seed {seed}\n"
            "  {late:,} were given up; in {planless:,} no plan meets all demands; "
            "{plans:,} sets of options were best at least once"
        ).format(
            case=self.case.name or _("a case"),
            done=len(self.rows),
            draws=self.draws,
            seed=self.uncertainty.seed,
            late=self.late,
            planless=self.planless,
            plans=len(self.plans),
        )


def _numbers(rows: Sequence[Row], key: str) -> np.ndarray:
    return _array([row.get(key) for row in rows])


def _array(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def simulate(
    case: Case | Path | str,
    uncertain: Uncertainty,
    draws: int = 1000,
    options: StudyOptions | None = None,
    *,
    candidates: int = CANDIDATES,
    watch: Watcher | None = None,
) -> Simulation:
    """Answer a case for numbers drawn from what is uncertain of it.

    Parameters
    ----------
    case
        Facts and decision model. Points for 100 are held at what they are in it.
    uncertain
        What is drawn, and how.
    draws
        How many; more of them leave the first ones as they are.
    options
        Gap (1 % unless said otherwise), times, workers, cluster, study file.
    candidates
        How many of the plans found are recounted in every draw, for regret.
    watch
        Told of progress after each draw.

    Raises
    ------
    InputError
        Where the study is one of something else.
    """
    case = as_case(case)
    check_number("draws", draws, 1, whole=True)
    check_number("candidates", candidates, whole=True)
    options = options or StudyOptions(gap=0.01)
    with open_simulation(case, uncertain, options) as (scaled, study, base, name):
        who = choose_executor(options.workers, options.cluster)
        task = DrawTask(name, scaled, base, uncertain, options.gap, options.limits)
        recheck(study.rows(draws), task.case_of, study)
        ending = run(task, draws, study, who, time_limit=options.time_limit, watch=watch)
        found = drawn_so_far(scaled, uncertain, draws, base, study, ending, options)
        followed, ending = _follow(found, study, who, name, candidates, watch)
        return replace(found, followed=followed, ending=ending, worked=study.seconds)


@contextmanager
def open_simulation(
    case: Case, uncertain: Uncertainty, options: StudyOptions
) -> Iterator[tuple[Case, Study, Nominal, str]]:
    """Open the study of a simulation, and solve the case as it stands unless that is done.

    Yields the case with its points for 100 held, the study, the plan, and the name of the work.

    Raises
    ------
    InputError
        Where the study is one of something else.
    """
    case = hold_scale(case, ScoreScale(case).points_for_100)
    sealed = _identity(case, uncertain, options)
    with Study(sealed, options.study) as study:
        base = begin(study, case, options.gap, options.limits)
        yield case, study, base, _name(sealed)


def drawn_so_far(
    case: Case,
    uncertain: Uncertainty,
    draws: int,
    base: Nominal,
    study: Study,
    ending: Ending,
    options: StudyOptions,
) -> Simulation:
    """Return a simulation of the draws that a study holds, no plan followed yet."""
    own = own_recount(case, Plan(base.choices or ()))
    rows = tuple(study.rows(draws))
    return Simulation(
        case,
        uncertain,
        draws,
        base,
        None if own is None else own.choices,
        rows,
        (),
        ending,
        options,
        study.seconds,
        taken_over=study.taken_over,
    )


def _follow(
    found: Simulation,
    study: Study,
    who: Executor,
    name: str,
    candidates: int,
    watch: Watcher | None,
) -> tuple[tuple[FollowedPlan, ...], Ending]:
    """Recount the plans found most often in every draw."""
    if found.ending is not Ending.DONE or not found.rows:
        return (), found.ending
    kinds = plans_to_follow(found, candidates)
    part = sha256(repr([write_choices(kind) for kind in kinds]).encode()).hexdigest()[:16]
    task = PlanTask(f"{name} {part}", found.case, kinds, found.uncertainty)

    def watch_recounts(pace: Pace) -> None:
        if watch is not None:
            watch(replace(pace, what=_("recounts of the plans found")))

    ending = run(task, len(found.rows), study, who, part=part, watch=watch_recounts)
    rows = list(study.rows(len(found.rows), part))
    whole = max(1, found.plans.total())
    return (
        tuple(
            FollowedPlan(
                choices,
                found.plans[frozenset(choice.option for choice in choices)] / whole,
                _array([row["values"][place] for row in rows]),
            )
            for place, choices in enumerate(kinds)
        ),
        ending,
    )


def plans_to_follow(found: Simulation, candidates: int = CANDIDATES) -> tuple[Choices, ...]:
    """Return the plan as things stand, the user's own, and those found most often."""
    plans: dict[frozenset[Id], Choices] = {}
    for choices in (found.nominal.choices, found.own):
        if choices is not None:
            plans.setdefault(frozenset(one.option for one in choices), choices)
    wanted = len(plans) + candidates
    ranked = sorted(found.plans.items(), key=lambda item: (-item[1], sorted(item[0])))
    for taken, _number in ranked:
        if len(plans) < wanted:
            plans.setdefault(taken, _usual(found, taken))
    return tuple(plans.values())


def _usual(found: Simulation, taken: frozenset[Id]) -> Choices:
    """Return the choices with which a set of options was found most often."""
    kinds = Counter(
        read_choices(row["plan"])
        for row, sure in zip(found.rows, found.sure, strict=True)
        if sure and frozenset(option for _o, option, _s in row["plan"]) == taken
    )
    return min(kinds.items(), key=lambda item: (-item[1], item[0]))[0]


def study_of(found: Simulation) -> Study:
    """Open the study of a simulation again, for what is to be added to it.

    Raises
    ------
    InputError
        Where the file is that of another study by now.
    """
    sealed = _identity(found.case, found.uncertainty, found.options)
    return Study(sealed, found.options.study)


def name_of(found: Simulation) -> str:
    """Return what tells the work of a simulation from that of others."""
    return _name(_identity(found.case, found.uncertainty, found.options))


def _name(sealed: Identity) -> str:
    return sha256(repr(sorted(sealed.items())).encode()).hexdigest()


def _identity(case: Case, uncertain: Uncertainty, options: StudyOptions) -> Identity:
    return identity(case, _settings(uncertain, options))


def _settings(uncertain: Uncertainty, options: StudyOptions) -> dict[str, object]:
    ranges = {
        f"range of {row.name}, {parameter.name}": f"{low:f}..{high:f}"
        + ("" if row.distribution is None else f", {row.distribution}")
        for row in uncertain.ranges
        for parameter, low, high in zip(row.parameters, row.low, row.high, strict=True)
    }
    weights = {
        f"weights of {objective.id}": f"{objective.weight_low}..{objective.weight_high}"
        for objective in uncertain.objectives
    }
    return {
        "kind": "simulation",
        "seed": uncertain.seed,
        "shape": uncertain.shape.value,
        "weights": uncertain.weights.value,
        "common share of costs": uncertain.common,
        **options.sealed,
        **ranges,
        **weights,
        **{f"together: {', '.join(it.names)}": repr(it.factor) for it in uncertain.correlated},
    }
