"""A sweep over budgets, against making and solving each anew."""

import statistics
from collections import Counter
from collections.abc import Iterator

from benchmarks.clock import Series, clocked, ratio, short
from benchmarks.finding import Finding
from benchmarks.generator import budgeted, generate
from benchmarks.rebuilt import rebuilt
from choosebattles.solving.question import SolverQuestion
from choosebattles.solving.resolve import Resolver, bracketed

SEEDS = (301,)
GAP = 0.01
LEAST, MOST = 0.7, 1.3


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield how many times faster the sweep is."""
    seeds, number, anew = (SEEDS, 11, 2) if fast else (SEEDS, 200, 3)
    ratios, hows = [], Counter[str]()
    mine, theirs = Series(), Series()
    for seed in seeds:
        case = generate("small", seed)
        one, two = Series(), Series()
        with clocked() as spent:
            resolver = Resolver(case)
        for turn, step in enumerate(bracketed(number)):
            share = MOST - (MOST - LEAST) * step / (number - 1)
            other = budgeted(case, share)
            with clocked() as spent_here:
                reply = resolver.ask(SolverQuestion(case=other, gap=GAP))
            if not turn:
                spent_here.cpu += spent.cpu
            one.add(spent_here)
            hows[reply.how.name] += 1
            assert reply.gap is not None
            assert reply.gap <= GAP * 1.000001
            if step % (number // anew) == number // anew // 2:
                with clocked() as spent_anew:
                    rebuilt(other, GAP)
                two.add(spent_anew)
        ratios.append(two.mean / one.mean)
        mine.seconds += one.seconds
        theirs.seconds += two.seconds
    told = ", ".join(f"{number} {how.lower()}" for how, number in hows.most_common())
    yield Finding(
        f"sweep of {number} budgets against rebuild + CBC, gap 1 %",
        "2x",
        "20x",
        ratio(ratios),
        f"soft small, {len(seeds)} cases, {LEAST:.0%} to {MOST:.0%} of the money, {anew} budgets "
        f"solved anew; mean {short(mine.mean)} s against {short(theirs.mean)} s CPU; {told}",
        statistics.median(ratios) >= 2,
    )
