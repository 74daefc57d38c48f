"""Goals that need longer than a whole run may take, or more than is installed for it."""

from collections.abc import Iterator

from benchmarks.finding import Finding


def measure(*, fast: bool) -> Iterator[Finding]:  # noqa: ARG001 - every benchmark takes it
    """Yield the goals, each with the reason."""
    yield Finding.missing(
        "huge (2,000 investments), certified gap within 10 minutes and 2 GB",
        "2 %",
        "1 %",
        "one case takes as long as a whole run",
    )
    yield Finding.missing(
        "time to a plan within 1 % of the best known, tight medium",
        "a fifth of plain HiGHS's",
        "1 s",
        "the best known plan takes hours of search, and nothing here searches differently",
    )
