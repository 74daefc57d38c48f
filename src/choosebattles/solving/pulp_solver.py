"""Any other solver that PuLP can reach, by name: CBC, SCIP, Gurobi, ..."""

import warnings
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import pulp

from choosebattles.errors import Fault, UnknownSolverError
from choosebattles.formulation.program import Program
from choosebattles.formulation.pulp_problem import pulp_problem
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.solver_answer import SolverAnswer, Watcher
from choosebattles.translation import _
from choosebattles.vocabulary import Linear, Row

_SHORT = {"cbc": ("PULP_CBC_CMD", "COIN_CMD"), "scip": ("SCIP_PY", "SCIP_CMD")}
_PROVED, _HELD, _INFEASIBLE = 1, 2, -1
"""What PuLP calls the state of a solution; its plain status says Optimal at a time limit too."""


def available() -> tuple[str, ...]:
    """Return the names of the solvers that PuLP finds on this machine."""
    return tuple(pulp.listSolvers(onlyAvailable=True))


class PulpSolver:
    """A program for a solver that PuLP calls by name.

    Raises
    ------
    UnknownSolverError
        Where no solver of that name is on this machine.
    """

    def __init__(self, program: Program, name: str) -> None:
        self._program = program
        self._solver = _found(name)
        self.name = f"{self._solver} (PuLP {version('pulp')})"

    def maximise(
        self,
        goal: Linear,
        options: Options,
        *,
        extra: Sequence[Row] = (),
        start: Mapping[str, float] | None = None,  # noqa: ARG002 - not all of them take one
        watch: Watcher | None = None,  # noqa: ARG002 - nor do they tell of progress
    ) -> SolverAnswer:
        """Find the solution with the largest goal.

        The solver is given half of the gap that is claimed, because each measures its gap in
        its own way.
        """
        watched = Stopwatch(options.time_limit)
        problem = pulp_problem(self._program, goal, extra)
        solver = self._called(options)
        state = _solved(problem, solver)
        seconds = watched.seconds
        if state == _INFEASIBLE:
            return SolverAnswer(Stop.INFEASIBLE, None, None, seconds)
        if state not in (_PROVED, _HELD):
            stop = Stop.TIME_LIMIT if watched.over else Stop.FAILED
            return SolverAnswer(stop, None, None, seconds)
        found = {variable.name: variable.varValue or 0.0 for variable in problem.variables()}
        names = self._program.quantities.columns
        values = {name: found.get(f"c{number}", 0.0) for number, name in enumerate(names)}
        if state == _HELD:
            return SolverAnswer(Stop.TIME_LIMIT, values, None, seconds)
        value = float(goal.constant) + sum(float(a) * values[n] for n, a in goal.terms.items())
        return SolverAnswer(Stop.OPTIMAL, values, value + options.gap * abs(value), seconds)

    def _called(self, options: Options) -> pulp.LpSolver:
        with warnings.catch_warnings():
            # PuLP 3 says of the CBC in its own box that PuLP 4 has no such box.
            warnings.filterwarnings("ignore", "PULP_CBC_CMD", DeprecationWarning)
            return pulp.getSolver(
                self._solver, msg=False, gapRel=options.gap / 2, timeLimit=options.time_limit
            )


def _solved(problem: pulp.LpProblem, solver: pulp.LpSolver) -> int:
    """Solve, and return what PuLP 3 calls the state of the solution.

    PuLP 4 tells why the solver stopped and whether it holds a solution.
    """
    answer = problem.solve(solver)
    if isinstance(answer, int):
        return _INFEASIBLE if answer == _INFEASIBLE else int(problem.sol_status)
    ended = str(getattr(answer.status, "name", answer.status))
    if ended in ("Optimal", "GapLimit") and answer.has_solution:
        return _PROVED
    if ended == "Infeasible":
        return _INFEASIBLE
    return _HELD if answer.has_solution else 0


def _found(name: str) -> str:
    installed = available()
    wanted = _SHORT.get(name.casefold(), (name,))
    for solver in installed:
        if solver.casefold() in {name.casefold() for name in wanted}:
            return solver
    raise UnknownSolverError(
        [
            Fault(
                "",
                "",
                "",
                _("--solver"),
                "CB-R01",
                _("{name}, which is not on this machine").format(name=name),
                _("one of: {names}").format(names=", ".join(("highs", *installed))),
                _("Leave the option out to use HiGHS, which is always there."),
            )
        ]
    )
