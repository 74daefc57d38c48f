"""Answers made by hand: a case, a plan, who pays, and the audit's own recount of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from choosebattles.audit.option_by_year import Taken
from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Accrual
from choosebattles.case.evidence import Source
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Payment, Payments, Plan
from choosebattles.case.rule import RuleKind
from choosebattles.report.provenance import Provenance, ReadFile
from choosebattles.solving.outcome import Outcome, Stage, Stop, TieAnswer, Ties
from small_cases import (
    case,
    criterion,
    fund,
    investment,
    limit,
    objective,
    option,
    plan,
    provider,
    rule,
    service,
    shock,
    skill,
    synergy,
)

PROVENANCE = Provenance(
    files=(
        ReadFile(
            "illyria.xlsx", "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
        ),
    ),
    doubts=("CB-C09 Funds!B3 (2026): found 4000; expected an amount in millions.",),
    notices=("CB-W03 Criteria!E3 (50 means): found an empty cell. It is printed in the results.",),
    totals=(("Rows read on Investments", 9), ("STATE 2026", 6.0)),
)

TAKEN = ("CLOUD.S", ("VAULT", 2026), ("CSIRT", 2027), "LAW", "TRAIN", ("EXIT", 2030))


_ILLYRIA: dict[str, Any] = {
    "country": "Illyria",
    "currency": "EUR",
    "name": "illyria.xlsx",
    "prices": "2026 prices, VAT included",
    "first_year": 2026,
    "years": 5,
    "points_for_100": None,
    "accrual": Accrual.FINAL_YEAR,
    "objectives": (objective("autonomy", 3), objective("resilience", 2)),
    "criteria": (
        criterion(
            "technical",
            2,
            "autonomy",
            title="Control of technology",
            anchor_0="changes nothing",
            anchor_50="can leave a supplier within a year",
            anchor_100="runs without any foreign supplier",
        ),
        criterion("legal", 1, "autonomy", title="Legal control"),
        criterion("continuity", 1, "resilience", title="Goes on working"),
    ),
    "funds": (
        fund(2026, "2.5", "2.5", "2.5", "2.5", "2.5", title="State budget"),
        fund(
            2026,
            "1.2",
            "1.2",
            "0.6",
            "0",
            "0",
            id="DONOR",
            title="Donor grant",
            carry_over=Decimal("0.5"),
            pays_at_most=Decimal("0.6"),
        ),
    ),
    "rules": (
        rule(RuleKind.REQUIRES_ALL, "AI", needs=("CLOUD.L",)),
        rule(RuleKind.EXCLUDES, "LAW", "LOCAL"),
    ),
    "skills": (skill("IT", 2026, 8, 9, 9, 9, 9, title="IT staff", retention=Decimal("0.9")),),
    "sources": (Source(id="EE2017", text="Data embassy, 2017 plan", year="2017", grade="B"),),
}


def illyria(**facts: Any) -> Case:
    """Return a case of five years, two funds and nine options: figures for illustration."""
    return case(
        investment(
            "CLOUD",
            option(
                "CLOUD.S",
                (1.2, 0.6),
                {"technical": 30, "legal": 20, "continuity": 10},
                running_cost=Decimal("0.4"),
                budget_line="17.04.01",
                build_staff={"IT": Decimal(4)},
                run_staff={"IT": Decimal(3)},
                evidence="D",
                own_plan=True,
            ),
            option(
                "CLOUD.L",
                (4.8, 4.2),
                {"technical": 70, "legal": 55, "continuity": 25},
                running_cost=Decimal("1.6"),
                evidence="D",
            ),
            owner="Digital agency",
            pillar="cloud",
            layer="hosting",
        ),
        investment(
            "VAULT",
            option(
                "VAULT",
                (0.45,),
                {"continuity": 40},
                running_cost=Decimal("0.08"),
                source="EE2017",
                own_plan=2026,
            ),
            owner="Digital agency",
            pillar="cloud",
            layer="data",
        ),
        investment(
            "CSIRT",
            option(
                "CSIRT",
                (0.8, 0.8),
                {"technical": 10, "continuity": 35},
                running_cost=Decimal("0.45"),
                build_staff={"IT": Decimal(2)},
                run_staff={"IT": Decimal(6)},
                evidence="C",
            ),
            owner="Interior",
            pillar="platform",
        ),
        investment(
            "LAW",
            option("LAW", (0.15, 0.15), {"legal": 25}, earliest_start=2026, evidence="B"),
            owner="Justice",
            pillar="regulation",
        ),
        investment(
            "TRAIN",
            option(
                "TRAIN",
                (0.1,),
                {"technical": 8},
                running_cost=Decimal("0.35"),
                trains={"IT": Decimal(3)},
                decision=Decision.MUST,
                reason="Agreed with the university",
                evidence="B",
            ),
            owner="Education",
            pillar="training",
        ),
        investment(
            "EXIT",
            option("EXIT", (0.25, 0.25), {"legal": 5}, latest_start=2030, source="illustrative"),
            pillar="cloud",
        ),
        investment(
            "ROUTE",
            option("ROUTE", (9.5, 9.5), {"continuity": 60}, evidence="A"),
            pillar="comms",
        ),
        investment("AI", option("AI", (0.7,), {"technical": 30}, evidence="C"), pillar="ai"),
        investment(
            "LOCAL",
            option("LOCAL", (0.15,), {"legal": 12}, own_plan=True),
            pillar="regulation",
        ),
        investment(
            "HYPER",
            option(
                "HYPER",
                (0.6,),
                {"technical": 15, "legal": -20},
                decision=Decision.NEVER,
                reason="Parliament's decision of 2025",
            ),
            pillar="cloud",
        ),
        investment("LINK", option("LINK", (0.3,), {}), pillar="+1"),
        **_ILLYRIA | facts,
    )


def shaken() -> Case:
    """Return the same case with services, shocks, a synergy, a limit and a reserve."""
    return illyria(
        services=(
            service("EID", "hosting", "data", title="Identity card", must_hold=Decimal("0.2")),
            service("PAY", "hosting", title="Payments", against=("LEGAL",)),
        ),
        shocks=(
            shock("LEGAL", "law:US", objective="autonomy", title="Foreign legal order"),
            shock("CABLE", "route:sea", objective="resilience", severity=Decimal("0.6")),
        ),
        providers=(
            provider("AWS", "hosting", "0.7", "law:US", "route:sea"),
            provider("OWN", "hosting", "0.3"),
            provider("ARCHIVE", "data", "0.8", "route:sea"),
        ),
        rules=(
            rule(RuleKind.REQUIRES_ALL, "AI", needs=("CLOUD.L",)),
            synergy("CLOUD", "VAULT", criterion="continuity", bonus=Decimal(5)),
        ),
        limits=(limit(Metric.COUNT, "pillar: cloud", minimum=Decimal(1)),),
        accrual=Accrual.OVER_TIME,
    )


def chosen(world: Case, *options: str | tuple[str, int]) -> Plan:
    """Return a plan in which every fund pays as much as it may, donors first."""
    choices = plan(world, *(options or TAKEN))
    left = {
        (each.id, year): Decimal(each.amount[year])
        for each in world.funds
        for year in world.calendar
    }
    paid = [
        payment
        for choice in choices.choices
        for payment in _paid(world, choice.option, choice.start, left)
    ]
    return Plan(choices.choices, Payments(tuple(paid)))


def _paid(
    world: Case, name: str, start: int, left: dict[tuple[str, int], Decimal]
) -> Iterable[Payment]:
    it = Taken(world, world.options[name], start - world.first_year)
    for t, year in enumerate(world.calendar):
        for part, due in (("build", it.build(t)), ("running", it.run(t))):
            asked = Decimal(int(due)) / 1000
            whole = asked
            for each in sorted(world.funds, key=lambda each: each.pays_at_most):
                share = min(asked, left[each.id, year], whole * each.pays_at_most)
                if share > 0:
                    left[each.id, year] -= share
                    asked -= share
                    yield Payment(each.id, name, part, year, share)


def outcome(world: Case | None = None, held: Plan | None = None, **facts: Any) -> Outcome:
    """Return an answer that is proved, unless said otherwise."""
    world = world or illyria()
    held = held or chosen(world)
    counted = recount(world, held)
    value = float(counted.after.value)
    answer: dict[str, Any] = {
        "case": world,
        "stop": Stop.OPTIMAL,
        "proven": True,
        "plan": held,
        "recount": counted,
        "objective": value,
        "bound": value,
        "gap": 0.0,
        "stages": (Stage("the weighted sum of the indices", Stop.OPTIMAL, value, value, 0.2),),
        "solver": "HiGHS 1.15.1",
        "seconds": 0.25,
        "ties": Ties(TieAnswer.ONLY),
    }
    return Outcome(**answer | facts)


def no_plan(world: Case | None = None, **facts: Any) -> Outcome:
    """Return the answer that there is no plan, proved unless said otherwise."""
    nothing: dict[str, Any] = {
        "case": world or illyria(),
        "stop": Stop.INFEASIBLE,
        "proven": True,
        "plan": None,
        "recount": None,
        "objective": None,
        "bound": None,
        "gap": None,
        "stages": (),
        "solver": "HiGHS 1.15.1",
        "seconds": 0.1,
    }
    return Outcome(**nothing | facts)
