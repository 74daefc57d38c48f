"""Counts again what a study file says of plans: a file may be damaged, or changed by hand.

That a plan is allowed and what it is worth follows from the case alone. That no other plan is
worth more was proved by the run that wrote the file, and cannot be seen from a number in it.
"""

from collections.abc import Callable, Iterable

from choosebattles.case.case import Case
from choosebattles.execution.study import Study
from choosebattles.execution.task import Row
from choosebattles.solving.outcome import Stop
from choosebattles.uncertainty.nominal_plan import read_choices, recounted
from choosebattles.uncertainty.recount_in_each_case import PlanInCase, Recounting


def recheck(rows: Iterable[Row], at: Callable[[int], Case], study: Study) -> None:
    """Count every plan of the rows of a study again, where an earlier run has written some.

    Parameters
    ----------
    rows
        What the study says.
    at
        Returns the case of a row, by its number.
    study
        The study.

    Raises
    ------
    InputError
        Where a plan is not allowed, or not worth what the study says.
    """
    if not study.taken_over:
        return
    recounting = Recounting()
    if not all(_agrees(row, at, recounting) for row in rows):
        raise study.refused()


def _agrees(row: Row, at: Callable[[int], Case], recounting: Recounting) -> bool:
    try:
        Stop(row["stop"])
        if row["plan"] is None:
            return row["value"] is None
        counted = recounting.recount_if_allowed(at(row["number"]), read_choices(row["plan"]))
        return counted is not None and _same(row, counted)
    except (KeyError, TypeError, ValueError, IndexError, StopIteration, ArithmeticError):
        return False


def _same(row: Row, counted: PlanInCase) -> bool:
    bound = row["bound"]
    below = bound is not None and bound < counted.value and not recounted(counted.value, bound)
    pairs = [(row["value"], counted.value), (row["cost"], counted.cost)]
    pairs += [(row["indices"][name], index) for name, index in counted.indices.items()]
    return not below and all(recounted(counted_anew, claimed) for claimed, counted_anew in pairs)
