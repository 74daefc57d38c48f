"""Random cases without faults, small and with every feature."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from choosebattles.case.case import Case
from choosebattles.case.decision_model import (
    Accrual,
    ContingencyKind,
    Criterion,
    DecisionModel,
    Method,
    Objective,
)
from choosebattles.case.evidence import Range, Source, StoryRow, SweepRow
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Cover, Decision, Investment, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit, Metric, ScopeItem, ScopeKind
from choosebattles.case.provider import Provider
from choosebattles.case.rule import FORBIDDEN, REQUIRED, Rule, RuleKind, When
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill

LAYERS = ("hosting", "data", "applications and AI")
PILLARS = ("", "Security", "Core services")
OWNERS = ("", "Ministry A", "agency-b")
TAGS = ("law:US", "vendor:AWS", "place:coast")
ODD_TEXTS = ("=1+1", "+355 4", "-", "@x", "12", "TRUE", "n/a", "a; b", "\u00cbnergjia \u2014 2")


def money() -> st.SearchStrategy[Decimal]:
    return st.decimals(0, 9_999, places=3)


def numbers(low: int = 0, high: int = 50) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=2)


def shares() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 1000).map(lambda each: Decimal(each) / 1000)


def texts() -> st.SearchStrategy[str]:
    words = st.text("abcXYZ019.,;:=+-'\"<&\u00eb\u0416", max_size=12)
    return st.one_of(st.sampled_from(ODD_TEXTS), words)


def ids(most: int, least: int = 1) -> st.SearchStrategy[list[str]]:
    name = st.text("ABCXYZ012_-", min_size=1, max_size=6).filter(lambda each: each[0] != "-")
    return st.lists(name, min_size=least, max_size=most, unique=True)


def some(names: Any, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True).map(tuple)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def scopes(draw: st.DrawFn, members: list[str], options: list[Option]) -> tuple[ScopeItem, ...]:
    tags = sorted({tag for option in options for tag in option.exposures})
    items = [ScopeItem(kind=ScopeKind.ID, name=member) for member in members]
    items += [ScopeItem(kind=ScopeKind.EXPOSURE, name=each) for each in tags]
    items += [ScopeItem(kind=ScopeKind.LAYER, name=layer) for layer in LAYERS]
    return draw(st.lists(st.sampled_from(items), max_size=3, unique_by=str).map(tuple))


@st.composite
def objectives_and_criteria(draw: st.DrawFn) -> tuple[tuple[Objective, ...], tuple[Criterion, ...]]:
    names = draw(st.lists(st.sampled_from(("resilience", "openness")), unique=True))
    objectives = tuple(
        Objective(
            id=name,
            weight=Decimal(index + 1),
            weight_low=draw(maybe(st.just(Decimal("0.5")))),
            weight_high=draw(maybe(st.just(Decimal(9)))),
            floor=draw(maybe(numbers(-10))),
            continuity_share=draw(maybe(shares())),
        )
        for index, name in enumerate(("autonomy", *names))
    )
    criteria = tuple(
        Criterion(
            id=f"{goal.id}{index}",
            title=draw(texts()),
            objective=goal.id,
            weight=draw(numbers(1)),
            anchor_0=draw(texts()),
            anchor_100=draw(texts()),
        )
        for goal in objectives
        for index in range(draw(st.integers(1, 2)))
    )
    return objectives, criteria


@st.composite
def options(draw: st.DrawFn, name: str, about: dict[str, Any]) -> Option:
    first, years = about["first_year"], about["years"]
    cost = draw(st.lists(money(), max_size=years).map(tuple))
    decision = draw(st.sampled_from((Decision.OPEN, Decision.OPEN, Decision.NEVER, Decision.MUST)))
    income = draw(st.booleans())
    people = st.dictionaries(st.sampled_from(about["skills"] or ["-"]), numbers())
    staff = people if about["skills"] else st.just({})
    return Option(
        id=name,
        title=draw(texts().filter(bool)),
        budget_line=draw(texts()),
        decision=decision,
        reason="decided" if decision is not Decision.OPEN else draw(texts()),
        earliest_start=draw(maybe(st.just(first))),
        latest_start=first + draw(st.integers(0, years - 1)),
        build_years=draw(maybe(st.integers(0, 3))),
        lifetime=draw(maybe(st.integers(1, 9))),
        cost=cost,
        running_cost=-draw(money()) if income else draw(money()),
        income=draw(st.lists(money(), max_size=years).map(tuple)) if income else (),
        overrun=draw(shares()),
        score=draw(st.dictionaries(st.sampled_from(about["criteria"]), numbers(-100, 100))),
        delay_loss=draw(shares()),
        covers=tuple(Cover(layer=layer, share=draw(shares())) for layer in draw(some(LAYERS))),
        exposures=draw(some(TAGS)),
        build_staff=draw(staff),
        run_staff=draw(staff),
        trains=draw(staff),
        revenue_to=about["funds"][0] if income else None,
        own_plan=draw(st.sampled_from((False, True, first))),
        source=draw(texts()),
        evidence=draw(texts()),
        note=draw(texts()),
    )


@st.composite
def investments(draw: st.DrawFn, about: dict[str, Any]) -> tuple[Investment, ...]:
    found = []
    for name in draw(ids(4)):
        shorts = draw(ids(2, least=0))
        names = [f"{name}.{short}" for short in shorts] or [name]
        found.append(
            Investment(
                id=name,
                owner=draw(st.sampled_from(OWNERS)),
                pillar=draw(st.sampled_from(PILLARS)),
                layer=draw(st.sampled_from(("", *LAYERS))),
                options=tuple(draw(options(each, about)) for each in names),
            )
        )
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn, about: dict[str, Any], names: list[str]) -> Rule:
    kind = draw(st.sampled_from(tuple(RuleKind)))
    listed = draw(some(names, least=1))
    others = [name for name in names if name not in listed]
    requiring = kind.declared.needs is REQUIRED
    if requiring and not others:
        kind, requiring = RuleKind.TOGETHER, False
    timed = kind.declared.when is not FORBIDDEN
    return Rule(
        kind=kind,
        investments=listed,
        needs=draw(some(others, least=1)) if requiring else (),
        when=draw(st.sampled_from(tuple(When))) if timed else When.OPERATING,
        number=draw(st.integers(1, len(listed))) if kind.declared.number is not FORBIDDEN else None,
        criterion=draw(maybe(st.sampled_from(about["criteria"]))),
        saving=draw(money()),
        saving_to=draw(maybe(st.sampled_from(about["funds"]))),
        priority=draw(maybe(st.integers(1, 9))),
        note=draw(texts()),
    )


@st.composite
def limits(draw: st.DrawFn, about: dict[str, Any], scope: st.SearchStrategy[Any]) -> Limit:
    metric = draw(st.sampled_from(tuple(Metric)))
    return Limit(
        metric=metric,
        criterion=draw(st.sampled_from(about["criteria"])) if metric is Metric.POINTS else None,
        scope=draw(scope),
        minimum=draw(shares()),
        maximum=draw(maybe(shares())),
        priority=draw(maybe(st.integers(1, 9))),
        note=draw(texts()),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    objectives, criteria = draw(objectives_and_criteria())
    first, years = draw(st.integers(2020, 2090)), draw(st.integers(1, 4))
    calendar = range(first, first + years)
    about: dict[str, Any] = {
        "first_year": first,
        "years": years,
        "funds": draw(ids(3)),
        "skills": draw(ids(2, least=0)),
        "criteria": [criterion.id for criterion in criteria],
    }
    owners = draw(investments(about))
    every = [option for owner in owners for option in owner.options]
    harm = any(score < 0 for option in every for score in option.score.values())
    scope = scopes([owner.id for owner in owners], every)
    funds = tuple(
        Fund(
            id=name,
            title=draw(texts()),
            amount={year: draw(money()) for year in calendar},
            carry_over=draw(shares()),
            carry_at_most=draw(maybe(shares())),
            pays_at_most=draw(shares()) if index else Decimal(1),
            pays=draw(st.sampled_from(tuple(Pays))) if index else Pays.BOTH,
            eligible=draw(scope) if index else (),
            dependence=draw(numbers()),
            priority=draw(maybe(st.integers(1, 9))),
        )
        for index, name in enumerate(about["funds"])
    )
    shocks = tuple(
        Shock(
            id=name,
            title=draw(texts()),
            objective=draw(st.sampled_from(objectives)).id,
            hits=draw(some(TAGS)),
            severity=draw(shares()),
            likelihood=draw(numbers()),
        )
        for name in draw(ids(2, least=0))
    )
    return Case(
        name="random.xlsx",
        country=draw(texts()),
        currency=draw(st.sampled_from(("", "EUR", "ALL"))),
        first_year=first,
        years=years,
        cost_growth=draw(shares()),
        revenue_haircut=draw(shares()),
        # Where all may be harm, nothing but a number says what makes an index of 100.
        points_for_100=draw(numbers(1) if harm else maybe(numbers(1))),
        prices=draw(texts()),
        version=draw(texts()),
        date=draw(texts()),
        approved_by=draw(texts()),
        model=DecisionModel(
            objectives=objectives,
            criteria=criteria,
            method=draw(st.sampled_from(tuple(Method))),
            tolerance=draw(shares()),
            accrual=draw(st.sampled_from(tuple(Accrual))),
            discount_rate=draw(shares()),
            tail_share=draw(shares()),
            tail_weight=draw(shares()),
            contingency=draw(st.sampled_from(tuple(ContingencyKind))),
            contingency_amount=draw(shares()),
            limits=tuple(draw(st.lists(limits(about, scope), max_size=2))),
        ),
        funds=funds,
        investments=owners,
        rules=tuple(draw(st.lists(rules(about, [owner.id for owner in owners]), max_size=3))),
        skills=tuple(
            Skill(
                id=name,
                title=draw(texts()),
                supply={year: draw(numbers()) for year in calendar},
                retention=draw(shares()),
            )
            for name in about["skills"]
        ),
        layers=tuple(
            Layer(id=name, full_credit=draw(maybe(numbers())), rate_after=draw(shares()))
            for name in draw(some(LAYERS))
        ),
        providers=tuple(
            Provider(id="GOV", layer=name, coverage=draw(shares()), exposures=draw(some(TAGS)))
            for name in LAYERS
        ),
        services=tuple(
            Service(
                id=name,
                title=draw(texts()),
                weight=draw(numbers(1)),
                needs=draw(some(LAYERS, least=1)),
                must_hold=draw(maybe(shares())),
                against=draw(some([shock.id for shock in shocks])) if shocks else (),
            )
            for name in draw(ids(2, least=0))
        ),
        shocks=shocks,
        ranges=tuple(
            Range(id=each.id, quantity=f"score: {criteria[0].id}", low=-1, high=draw(numbers()))
            for each in every[:2]
        ),
        sources=tuple(
            Source(
                id=name,
                text=draw(texts()),
                year="2024",
                grade=draw(st.sampled_from(" ABCD")).strip(),
            )
            for name in draw(ids(2, least=0))
        ),
        sweeps=tuple(
            SweepRow(name=name, parameter="weight.autonomy", start=draw(numbers()), stop=9, steps=3)
            for name in draw(ids(1, least=0))
        ),
        story=tuple(
            StoryRow(title=name, change="budget=80%", note=draw(texts()))
            for name in draw(ids(1, least=0))
        ),
    )
