"""Random cases of stated size, the same for the same seed.

A case has P investments of three options, T years, S shocks and V services; three funds, one
class of people, prerequisites, and a stack of layers that options and today's providers cover.

*Tight*: the same money every year, nothing of it carried over to the next, and people bind.
*Soft*: the money comes in the first half of the years and keeps, any fund pays for anything, and
people are plenty.
"""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Investment, Option
from choosebattles.case.rule import Rule, RuleKind
from small_cases import case as world
from small_cases import (
    criterion,
    fund,
    investment,
    number,
    objective,
    option,
    provider,
    rule,
    scope,
    service,
    shock,
    skill,
)

FIRST_YEAR = 2027
SIZES: Mapping[str, tuple[int, int, int, int, int]] = {
    "tiny": (5, 2, 3, 2, 2),
    "few": (14, 3, 5, 4, 5),
    "small": (30, 3, 5, 8, 10),
    "medium": (150, 3, 8, 15, 20),
    "large": (600, 3, 10, 30, 40),
    "huge": (2000, 3, 10, 50, 60),
}
"""Investments, options of each, years, shocks, services."""

SCALES = (0.5, 1.0, 2.0)


class Generator:
    """Draws the parts of one case."""

    def __init__(self, size: str, seed: int, *, tight: bool) -> None:
        self.random = Random(f"{size} {seed} {tight}")
        self.tight = tight
        self.owners, self.ways, self.years, self.shocks, self.services = SIZES[size]
        self.layers = [f"layer {each}" for each in range(max(3, min(14, self.owners // 3)))]
        self.tags = [f"law:{each}" for each in range(8)]

    def case(self) -> Case:
        """Return the case."""
        investments = [self.investment(f"I{each}") for each in range(self.owners)]
        middle = [self._middle(each) for each in investments]
        return world(
            *investments,
            years=self.years,
            first_year=FIRST_YEAR,
            funds=self.funds(sum(float(sum(each.cost)) for each in middle)),
            skills=(self.people(middle),),
            rules=self.rules(),
            providers=[
                provider(f"today-{position}", layer, 0.5, self.random.choice(self.tags))
                for position, layer in enumerate(self.layers)
            ],
            services=[
                service(f"V{each}", *self.random.sample(self.layers, 2))
                for each in range(self.services)
            ],
            shocks=[
                shock(
                    f"Z{each}",
                    self.random.choice(self.tags),
                    objective=("autonomy", "resilience")[each % 2],
                    severity=self.amount(0.3, 1),
                )
                for each in range(self.shocks)
            ],
            objectives=[
                objective(each, continuity_share=number("0.2"))
                for each in ("autonomy", "resilience")
            ],
            criteria=(
                criterion("technical"),
                criterion("legal"),
                criterion("recovery", objective="resilience"),
            ),
            points_for_100=20 * self.owners,
        )

    def amount(self, low: float, high: float) -> Decimal:
        """Return a number of three decimals."""
        return number(round(self.random.uniform(low, high), 3))

    def investment(self, name: str) -> Investment:
        """Return an investment in a small, a middle and a large option."""
        size = self.random.lognormvariate(1, 0.5)
        options = [
            self.option(f"{name}.{way}", size * SCALES[way % len(SCALES)])
            for way in range(self.ways)
        ]
        layer = self.random.choice(self.layers)
        return investment(name, *options, layer=layer, pillar=f"pillar {self.random.randrange(6)}")

    def option(self, name: str, size: float) -> Option:
        """Return an option whose worth grows less than its cost."""
        build = self.random.randint(1, min(3, self.years - 1))
        worth = 4 * size**0.75
        return option(
            name,
            [self.amount(0.3 * size, size) for _ in range(build)],
            {
                each: min(number(100), self.amount(0.5 * worth, 1.5 * worth))
                for each in ("technical", "legal", "recovery")
            },
            running_cost=self.amount(0.02 * size, 0.08 * size),
            delay_loss=number("0.03"),
            covers={self.random.choice(self.layers): self.amount(0.05, 0.4)},
            exposures=(self.random.choice(self.tags),),
            build_staff={"IT": self.amount(1, 4)},
            run_staff={"IT": self.amount(0, 1)},
        )

    def funds(self, everything: float) -> list[Fund]:
        """Return three funds: STATE for anything, EU and DONOR with strings if money is tight."""
        strings: Mapping[str, Mapping[str, object]] = {
            "STATE": {},
            "EU": {"pays_at_most": number("0.7")},
            "DONOR": {"eligible": scope("pillar: pillar 1", "pillar: pillar 2")},
        }
        shares = {"STATE": 0.6, "EU": 0.3, "DONOR": 0.1}
        part, paying = (0.35, self.years) if self.tight else (0.6, (self.years + 1) // 2)
        return [
            fund(
                FIRST_YEAR,
                *[round(everything * part * share / paying, 3)] * paying,
                *[0] * (self.years - paying),
                id=name,
                carry_over=number(0 if self.tight else 1),
                **(strings[name] if self.tight else {}),
            )
            for name, share in shares.items()
        ]

    def people(self, middle: list[Option]) -> object:
        """Return the people of one class: a part of what all middle options would take."""
        work = sum(float(each.build_staff["IT"]) * len(each.cost) for each in middle)
        plenty = 0.3 if self.tight else 2.0
        return skill("IT", FIRST_YEAR, *[round(plenty * work / self.years, 1)] * self.years)

    def rules(self) -> list[Rule]:
        """Return prerequisites: of every fourth investment, an earlier one in the list."""
        half = self.owners // 2
        return [
            rule(
                RuleKind.REQUIRES_ALL,
                f"I{self.random.randrange(half, self.owners)}",
                needs=(f"I{self.random.randrange(half)}",),
            )
            for _ in range(self.owners // 4)
        ]

    def _middle(self, owner: Investment) -> Option:
        return owner.options[min(1, len(owner.options) - 1)]


def generate(size: str, seed: int = 0, *, tight: bool = False) -> Case:
    """Return the case of a size ("small", "medium", "large"), a hardness and a seed."""
    return Generator(size, seed, tight=tight).case()


def noisy(case: Case, seed: int, spread: float) -> Case:
    """Return the case with every score times a normal draw around 1, one decimal kept."""
    random = Random(f"noise {seed}")

    def shaken(each: Option) -> Option:
        score = {
            name: Decimal(str(max(-100.0, min(100.0, float(points) * random.gauss(1, spread)))))
            for name, points in each.score.items()
        }
        return each.model_copy(update={"score": score})

    return changed(
        case,
        investments=tuple(
            owner.model_copy(update={"options": tuple(shaken(each) for each in owner.options)})
            for owner in case.investments
        ),
    )


def overrun(case: Case, seed: int, spread: float) -> Case:
    """Return the case with every cost, and the money of every fund, times a draw around 1."""
    random = Random(f"overrun {seed}")

    def times(amount: Decimal, factor: float) -> Decimal:
        return number(round(max(0.0, float(amount) * factor), 3))

    def dearer(option: Option) -> Option:
        factor = random.gauss(1, spread)
        cost = tuple(times(amount, factor) for amount in option.cost)
        running = times(option.running_cost, factor)
        return option.model_copy(update={"cost": cost, "running_cost": running})

    def scarcer(fund: Fund) -> Fund:
        factor = random.gauss(1, spread)
        amount = {year: times(money, factor) for year, money in fund.amount.items()}
        return fund.model_copy(update={"amount": amount})

    return changed(
        case,
        investments=tuple(
            owner.model_copy(update={"options": tuple(dearer(option) for option in owner.options)})
            for owner in case.investments
        ),
        funds=tuple(scarcer(fund) for fund in case.funds),
    )


def budgeted(case: Case, share: float) -> Case:
    """Return the case with a share of every fund, in whole thousandths."""

    def cut(each: Fund) -> Fund:
        amount = {year: number(round(float(a) * share, 3)) for year, a in each.amount.items()}
        return each.model_copy(update={"amount": amount})

    return changed(case, funds=tuple(cut(each) for each in case.funds))


def changed(case: Facts, **facts: object) -> Case:
    """Return the case with other facts, unchecked; nothing that it worked out is carried over."""
    fields = {name: getattr(case, name) for name in type(case).model_fields}
    return Case.model_construct(**(fields | facts))
