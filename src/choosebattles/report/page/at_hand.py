"""What the page answers with at once: plans as numbers of their starts, and lines that bound them."""

from typing import Any

from choosebattles.explain.precomputed import Precomputed
from choosebattles.report.page.program import Live

Tree = dict[str, Any]


def at_hand(live: Live, precomputed: Precomputed, starts: list[Tree]) -> Tree:
    """Return the plans known for many questions, and what no plan exceeds for any money.

    ``starts`` are those of the program's tree; a plan is the numbers of its starts among them.
    """
    number = {(start["option"], start["year"]): n for n, start in enumerate(starts)}
    return {
        "plans": [
            sorted(number[choice.option, choice.start] for choice in plan)
            for plan in precomputed.plans
        ],
        "lines": [
            {
                "weights": {name: float(weight) for name, weight in line.weights.items()},
                "fixed": line.fixed,
                "prices": {live.row[row]: price for row, price in line.prices.items() if price},
            }
            for line in precomputed.lines
        ],
    }
