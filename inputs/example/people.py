"""People by class: who is needed to build and to run, who is there, who is trained."""

from collections.abc import Mapping
from decimal import Decimal

from choosebattles.case.skill import Skill
from example.tables import Line, Sources, amount, items, rounded

HALF = Decimal("0.5")
"""Of the people who run a system later, so many are needed while it is built."""


def skills(tables: Sources) -> tuple[Skill, ...]:
    """Return the classes; the posts grow to the country's cap and are shared out by class."""
    cap = amount(tables.country["new_staff_cap"])
    growth = [amount(each["share_of_cap"]) for each in tables.shared("supply")]
    return tuple(
        Skill(
            id=skill["skill"],
            title=f"{skill['title']} (illustrative)",
            supply={
                year: rounded(cap * share * amount(skill["share"]), "0.1")
                for year, share in zip(tables.years, growth, strict=True)
            },
            retention=amount(tables.country["retention"] or skill["retention"]),
        )
        for skill in tables.skills
    )


def build_staff(tables: Sources, line: Line) -> Mapping[str, Decimal]:
    """Return who builds an option: nobody where it is built and works in its first year.

    Those who run it are at work in that year already.
    """
    if len(items(line["cost_by_year"])) < 2:
        return {}
    return {_class(tables, line): rounded(amount(line["staff"]) * HALF, "0.1")}


def run_staff(tables: Sources, line: Line) -> Mapping[str, Decimal]:
    """Return who runs an option."""
    return {_class(tables, line): amount(line["staff"])}


def trains(tables: Sources, line: Line) -> Mapping[str, Decimal]:
    """Return how many of those trained in a year join the state."""
    if not line["trains"]:
        return {}
    joined = amount(line["persons_trained"]) * amount(tables.country["trained_who_join"])
    return {line["trains"]: rounded(joined, "0.1")}


def _class(tables: Sources, line: Line) -> str:
    """Return the class of those who work on an option: by its layer, or whom it trains."""
    return line["trains"] or tables.layers[line["layer"]]["skill"]
