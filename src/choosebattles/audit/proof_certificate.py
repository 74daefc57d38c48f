"""What is proved of an answer, in words that a minister can sign, and what it rests on."""

import hashlib
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from importlib.metadata import version as version_of
from math import isfinite
from pathlib import Path

from choosebattles.case.decision_model import Method
from choosebattles.translation import _


@dataclass(frozen=True)
class Certificate:
    """Why the solver stopped, what is proved, and what anybody needs to check it.

    ``stop`` is the word for why the last solve stopped; ``objective``, ``bound`` and ``gap``
    (relative to the larger of 1 and the objective) are those of the last solve and None where
    there is none; ``solver`` has its version; ``inputs`` is what ``input_hash`` returns;
    ``confirmed`` says whether the recount confirmed the plan. Nothing depends on the machine.
    """

    stop: str
    proven: bool
    objective: float | None
    bound: float | None
    gap: float | None
    solver: str
    inputs: str
    confirmed: bool
    seconds: float
    method: Method = Method.WEIGHTED
    version: str = field(default_factory=lambda: version_of("choosebattles"))
    python: str = field(default_factory=platform.python_version)

    @property
    def points(self) -> float | None:
        """Return by how many points the best plan may be worth more, where that is known."""
        if self.objective is None or self.bound is None or self.method is not Method.WEIGHTED:
            return None
        return max(0.0, self.bound - self.objective)

    def sentences(self) -> tuple[str, ...]:
        """Return the proof, the recount and the means, one sentence or two each.

        A gap is rounded up, so that what is said of it stays true.
        """
        if self.objective is None:
            return (self._without_plan(), self._means())
        if not self.confirmed:
            refused = _("The recount did not confirm this plan, so nothing is claimed of it.")
            return (refused, self._means())
        confirmed = _(
            "The plan was recounted from the input alone, in exact fractions and without the "
            "solver: it meets all the demands."
        )
        return (" ".join(self._proof()), confirmed, self._means())

    def _proof(self) -> Iterator[str]:
        if self.proven:
            yield _best(self.method)
        elif self.stop == "gap":
            yield from self._within()
        else:
            yield _why(self.stop)
            yield from self._left()

    def _within(self) -> Iterator[str]:
        size = self._size()
        if size is None:
            yield _("Not proved best.")
        elif self.method is Method.WEIGHTED:
            yield _("Within {size} of the best possible: proved.").format(size=size)
            yield _("If a better plan exists, it is better by no more than that.")
        else:
            text = _("Not proved best: the last step is within {size} of the best possible.")
            yield text.format(size=size)

    def _left(self) -> Iterator[str]:
        size = self._size()
        if size is None:
            yield _("How much better the best plan may be is not known.")
        elif self.method is Method.WEIGHTED:
            text = _("Proved: no plan that meets all the demands is better by more than {size}.")
            yield text.format(size=size)
        else:
            text = _("In the last step nothing is better by more than {size}.")
            yield text.format(size=size)

    def _size(self) -> str | None:
        """Return the gap as percent and points; of a value below 1 a percentage says nothing."""
        if self.gap is None or self.objective is None or not isfinite(self.gap):
            return None
        percent = _("{number} %").format(number=rounded_up(100 * self.gap))
        if self.points is None:
            return percent
        points = _("{number} points").format(number=rounded_up(self.points))
        if abs(self.objective) < 1:
            return points
        return _("{percent} ({points})").format(percent=percent, points=points)

    def _without_plan(self) -> str:
        match self.stop:
            case "infeasible" if self.proven:
                return _("Proved: no plan meets all the demands together.")
            case "infeasible":
                return _("No plan was found that meets all the demands; that is not proved.")
            case "time limit":
                return _("The time ran out before a plan was found; one may exist.")
            case "work limit":
                return _("The work allowed was done before a plan was found; one may exist.")
            case "interrupted":
                return _("Stopped by hand before a plan was found; one may exist.")
            case _:
                return _("The solver ended without a statement; nothing is known.")

    def _means(self) -> str:
        text = _(
            "Solved by {solver} in {seconds} s; choosebattles {version}, Python {python}; "
            "input SHA-256 {inputs}."
        )
        return text.format(
            solver=self.solver,
            seconds=_rounded(self.seconds),
            version=self.version,
            python=self.python,
            inputs=self.inputs,
        )


def input_hash(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the input.

    Of one file it is the file's own, as ``sha256sum`` prints it; of several, that of the list
    of their hashes and names, one a line, sorted. Folders and the order of the files are nothing
    to it.
    """
    hashes = [(hashlib.sha256(path.read_bytes()).hexdigest(), path.name) for path in paths]
    if len(hashes) == 1:
        return hashes[0][0]
    lines = "".join(f"{digest}  {name}\n" for digest, name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def rounded_up(number: float) -> str:
    """Return a number rounded up to a hundredth, from 1 on to a tenth, from 10 on to a whole.

    What lies beyond the ninth digit is noise of the arithmetic and not rounded up.
    """
    if number == 0:
        return "0"
    step = "1" if number >= 10 else "0.1" if number >= 1 else "0.01"
    return str(Decimal(format(number, ".9g")).quantize(Decimal(step), ROUND_CEILING))


def _rounded(seconds: float) -> str:
    step = "1" if seconds >= 10 else "0.1"
    return str(Decimal(repr(seconds)).quantize(Decimal(step), ROUND_HALF_UP))


def _best(method: Method) -> str:
    match method:
        case Method.WEIGHTED:
            return _("Proved: no plan that meets all the demands is worth more.")
        case Method.LEXICOGRAPHIC:
            return _(
                "Proved: taking the objectives in their order, within the tolerance, no plan that "
                "meets all the demands does better at less cost."
            )
        case Method.BALANCED:
            return _(
                "Proved: no plan that meets all the demands has a larger smallest gain, and none "
                "that keeps it is worth more."
            )


def _why(stop: str) -> str:
    match stop:
        case "optimal":
            return _("Not proved best: the last step was, but not every earlier one.")
        case "time limit":
            return _("Not proved best: the time ran out.")
        case "work limit":
            return _("Not proved best: the work allowed was done.")
        case "interrupted":
            return _("Not proved best: the search was stopped by hand.")
        case _:
            return _("Not proved best: the solver ended without a statement.")
