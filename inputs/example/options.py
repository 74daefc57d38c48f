"""What the state may do: one investment with one option for each row of the table."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby

from choosebattles.case.investment import Decision, Investment, Option
from example import continuity, evidence, money, people
from example.tables import Line, Sources, amount, full_id, items, rounded

MITIGATION = "mitigation"
"""The criterion that is worked out from the shocks an option helps against."""


_DECISIONS = {"no": Decision.NEVER, "decided": Decision.MUST}
"""What is settled: a seat that the state cannot hold, a project that was decided on."""


def investments(tables: Sources, *, full: bool) -> tuple[Investment, ...]:
    """Return every investment; with ``full``, with coverage and people too."""
    return tuple(
        _investment(tables, tuple(lines), full=full)
        for _id, lines in groupby(tables.options, lambda line: line["investment"])
    )


def _investment(tables: Sources, lines: tuple[Line, ...], *, full: bool) -> Investment:
    first = lines[0]
    return Investment(
        id=first["investment"],
        owner=first["owner"],
        pillar=first["pillar"],
        layer=first["layer"],
        options=tuple(_option(tables, line, full=full) for line in lines),
    )


def _option(tables: Sources, line: Line, *, full: bool) -> Option:
    running = amount(line["running_cost"])
    own_staff = amount(line["staff"]) * amount(tables.country["staff_cost"])
    running = rounded(running + own_staff, "0.001")
    income = items(line.get("income_by_year", ""))
    return Option(
        id=full_id(line),
        title=line["title"],
        budget_line=line["budget_line"],
        decision=_DECISIONS.get(line["eligible"], Decision.OPEN),
        reason=line["reason"],
        latest_start=tables.years[0] if line["eligible"] == "decided" else None,
        cost=tuple(rounded(amount(item), "0.001") for item in items(line["cost_by_year"])),
        running_cost=running,
        income=tuple(amount(item) for item in income),
        score=_scores(tables, line, full=full),
        covers=continuity.covers(tables, line) if full else (),
        exposures=(
            *(f"law:{item}" for item in items(line["law"])),
            *(f"route:{item}" for item in items(line["route"])),
        ),
        build_staff=people.build_staff(tables, line) if full else {},
        run_staff=people.run_staff(tables, line) if full else {},
        trains=people.trains(tables, line) if full else {},
        revenue_to=money.earns_into(tables, line) if running < 0 or income else None,
        source=line["source"] or evidence.ILLUSTRATIVE,
        evidence=evidence.grade(line),
        note=evidence.note(line),
    )


def _scores(tables: Sources, line: Line, *, full: bool) -> Mapping[str, Decimal]:
    effect = tables.effect(line)
    return {
        criterion["criterion"]: mitigation(tables, effect)
        if criterion["criterion"] == MITIGATION
        else amount(effect[criterion["criterion"]])
        for criterion in tables.criteria(full=full)
    }


def mitigation(tables: Sources, effect: Line) -> Decimal:
    """Return the loss avoided, 0 to 100: mean over the shocks, times the share of services."""
    factors = continuity.mitigations(effect).values()
    if not factors:
        return Decimal(0)
    mean = sum(factors, Decimal(0)) / len(factors)
    reached = len(continuity.reached(tables, effect))
    return rounded(100 * mean * reached / len(tables.services), "0.1")
