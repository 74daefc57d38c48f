"""Many questions that differ in their scores, against making and solving each anew."""

import statistics
from collections import Counter
from collections.abc import Iterator

from benchmarks.clock import Series, clocked, ratio, short
from benchmarks.finding import Finding
from benchmarks.generator import generate, noisy
from benchmarks.rebuilt import rebuilt
from choosebattles.solving.question import SolverQuestion
from choosebattles.solving.resolve import Resolver

SEEDS = (201, 202)
GAP = 0.01
MUST = {0.02: 30, 0.05: 5}
MOONSHOT = {0.02: 100, 0.05: 30}
NUMBER = {0.02: 1000, 0.05: 500}
"""Questions of a whole run, of every case."""


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield how many times faster the re-solver is, for both spreads of the scores."""
    for spread, must in MUST.items():
        yield _at(spread, must, SEEDS[:1] if fast else SEEDS, 20 if fast else NUMBER[spread], 2)


def _at(spread: float, must: int, seeds: tuple[int, ...], number: int, anew: int) -> Finding:
    """Compare: after every so many questions, one of them is also solved anew."""
    ratios, hows = [], Counter[str]()
    mine, theirs = Series(), Series()
    for seed in seeds:
        case = generate("small", seed)
        one, two = Series(), Series()
        with clocked() as spent:
            resolver = Resolver(case)
        for position in range(number):
            other = noisy(case, 1000 * seed + position, spread)
            with clocked() as spent_here:
                reply = resolver.ask(SolverQuestion(case=other, gap=GAP))
            if not position:
                spent_here.cpu += spent.cpu
            one.add(spent_here)
            hows[reply.how.name] += 1
            assert reply.gap is not None
            assert reply.gap <= GAP * 1.000001
            if position % (number // anew) == 0:
                with clocked() as spent_anew:
                    value = rebuilt(other, GAP)
                two.add(spent_anew)
                assert reply.bound is not None
                assert value <= reply.bound * 1.000001
        ratios.append(two.mean / one.mean)
        mine.seconds += one.seconds
        theirs.seconds += two.seconds
    told = ", ".join(f"{number} {how.lower()}" for how, number in hows.most_common())
    return Finding(
        f"score re-solves against rebuild + CBC, {spread:.0%} noise, gap 1 %",
        f"{must}x",
        f"{MOONSHOT[spread]}x",
        ratio(ratios),
        f"soft small, {len(seeds)} cases of {number:,} questions, {anew} of each solved anew; mean "
        f"{short(mine.mean)} s against {short(theirs.mean)} s CPU; {told}",
        statistics.median(ratios) >= must,
    )
