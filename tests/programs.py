"""Programs and plans as text, so that a test shows what it expects as one would write it."""

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.number_path import fields
from choosebattles.case.plan import Choice, Plan
from choosebattles.formulation.program import formulate
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.payments import pay
from choosebattles.solving.solve import solve
from choosebattles.vocabulary import Coefficient, Linear, Row
from small_cases import plan


def changed(world: Case, **facts: object) -> Case:
    """Return a case with other facts, looked up afresh (``model_copy`` keeps what was looked up)."""
    return Case.model_validate({**fields(world), **facts})


def rows(world: Case, *words: str) -> dict[str, str]:
    """Return the rows of a case by name: ``{"at_most[R1]": "start[A,2027] <= 1"}``.

    With words, only the rows of these units or quantities.
    """
    program = formulate(world)
    return {
        str(name): written(row)
        for name, row in program.rows.items()
        if not words or name.unit in words
    }


def added(plain: Case, caused: Case) -> dict[str, str]:
    """Return the rows that a cause adds, once it is seen that all others stay as they are."""
    before, after = rows(plain), rows(caused)
    assert {name: after.get(name) for name in before} == before
    return {name: text for name, text in after.items() if name not in before}


def written(row: Row) -> str:
    """Return a row as it is written on paper, constants on the right."""
    limit, constant = row.constraint, row.constraint.expression.constant
    left = _sum(limit.expression)
    if limit.low is not None and limit.low == limit.high:
        return f"{left} = {_number(limit.low - constant)}"
    if limit.low is not None:
        return f"{left} >= {_number(limit.low - constant)}"
    assert limit.high is not None
    return f"{left} <= {_number(limit.high - constant)}"


def _sum(expression: Linear) -> str:
    parts = [_term(name, number) for name, number in expression.terms.items()]
    return " ".join(parts).removeprefix("+ ")


def _term(name: str, number: Coefficient) -> str:
    size = "" if number in (1, -1) else f"{_number(-number if number < 0 else number + 0)} "
    return f"{'-' if number < 0 else '+'} {size}{name}"


def _number(number: Coefficient) -> str:
    return f"{float(number):.12g}"


def told(world: Case, *chosen: str | tuple[str, int]) -> list[str]:
    """Return what the audit says of a plan that is paid for as well as it can be."""
    return told_of(world, paid(world, *chosen))


def told_of(world: Case, proposed: Plan) -> list[str]:
    """Return what the audit says of a plan, each sentence after its place."""
    return [
        f"{', '.join(str(place) for place in violation.asked_by)}: {violation.text}"
        for violation in recount(world, proposed).violations
    ]


def paid(world: Case, *chosen: str | tuple[str, int]) -> Plan:
    """Return a plan with payments; without, where it cannot be paid for."""
    choices: tuple[Choice, ...] = plan(world, *chosen).choices
    return Plan(choices, pay(world, choices) or Plan(()).payments)


def best(world: Case, solver: str = "highs") -> Outcome:
    """Return the proved answer to a case.

    What was proved of expressions meets what was recounted, in both directions.
    """
    outcome = solve(world, Options(gap=0, solver=solver))
    assert outcome.proven
    meets(outcome)
    return outcome


def meets(outcome: Outcome) -> None:
    """See that the bound of every stage is what the recount says, neither more nor less."""
    for stage in outcome.stages:
        if stage.value is not None:
            assert stage.bound is not None
            assert abs(stage.bound - stage.value) <= 1e-6 * max(1.0, abs(stage.value)), stage


def chosen(world: Case, solver: str = "highs") -> set[str]:
    """Return the options of the best plan; of plans worth the same, the cheapest."""
    held = best(world, solver).plan
    assert held is not None
    return set(held.taken)


def starts(world: Case, solver: str = "highs") -> dict[str, int]:
    """Return the start years of the best plan."""
    held = best(world, solver).plan
    assert held is not None
    return dict(held.starts)
