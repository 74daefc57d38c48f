"""What is presented, for tests: of a small case, of one that is shaken, of names far too long."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from choosebattles.case.case import Case
from choosebattles.report.answers.plan.document import document
from choosebattles.report.answers.presented.sections import (
    Besides,
    presented,
    subject,
)
from choosebattles.report.document import Decimals, Document, Medium, Section, Sentences, Table
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.provenance import origin_line
from choosebattles.report.view_model import tell
from choosebattles.solving.outcome import Outcome
from report.outcomes import PROVENANCE, chosen, outcome
from small_cases import (
    case,
    criterion,
    fund,
    investment,
    objective,
    option,
    provider,
    service,
    shock,
)

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LONG = "Ministry for the digital transformation of all public administration and its registers " * 2


def document_of(found: Outcome, besides: Besides | None = None) -> Document:
    return document(found, tell(found, PROVENANCE), PROVENANCE, besides=besides, made=MADE.date())


def presented_of(found: Outcome, besides: Besides | None = None) -> Document:
    """Return slides and documents alone, of a plan that need not be paid for."""
    story = tell(found, PROVENANCE)
    return Document(
        subject(story),
        tuple(presented(found, story, PROVENANCE, MADE.date(), besides)),
        illustrative=story.illustrative,
        origin=origin_line(PROVENANCE.files, MADE.date(), story.edition, story.name),
        decimals=Decimals(story.decimals, story.share_decimals, story.point_decimals),
    )


def sections(document: Document, medium: Medium, name: str) -> list[Section]:
    return [section for section in document.shown(medium) if section.name == name]


def section(document: Document, medium: Medium, name: str) -> Section:
    return sections(document, medium, name)[0]


def grid(section: Section, document: Document) -> TextGrid:
    """Return the one table of a section as it is read."""
    (table,) = (table for table in section.of(Table) if table.rows)
    return TextGrid.of(table, document.decimals)


def said(section: Section) -> tuple[str, ...]:
    return tuple(text for block in section.of(Sentences) for text in block.texts)


def _named(number: int) -> Any:
    name = f"INVESTMENT-{number:02d}-{'X' * 18}"
    scores = dict.fromkeys("abcdef", (number * 7) % 60 + 5)
    costs = (1.0,) * (1 + number % 3)
    made = option(name, costs, scores, running_cost=Decimal("0.1"))
    long = made.model_copy(update={"title": LONG})
    return investment(name, long, layer="hosting", owner=LONG[:90], pillar=f"pillar {number % 7}")


def crowded() -> Case:
    """Return sixty options over fifteen years, with eight funds, twelve shocks and long names."""
    goals = [f"objective-with-a-long-name-{each}" for each in "abcdef"]
    return case(
        *(_named(number) for number in range(60)),
        country="The United Federated Islands of the Very Long Name",
        currency="XYZDOLLARS",
        name="a-very-long-file-name-of-a-ministry-" * 4 + ".xlsx",
        prices=LONG,
        first_year=2026,
        years=15,
        points_for_100=None,
        objectives=tuple(objective(each) for each in goals),
        criteria=tuple(
            criterion(each, 1, goal, title=LONG) for each, goal in zip("abcdef", goals, strict=True)
        ),
        funds=tuple(
            fund(2026, *(["40.125"] * 15), id=f"FUND-{n}-LONGNAME", title=LONG) for n in range(8)
        ),
        services=tuple(service(f"S{n}", "hosting", title=f"Service {n} {LONG}") for n in range(14)),
        shocks=tuple(
            shock(f"K{n}", "law:US", objective=goals[0], title=f"Shock {n} {LONG}")
            for n in range(12)
        ),
        providers=(
            provider("AWS", "hosting", "0.7", "law:US"),
            provider("OWN", "hosting", "0.3"),
        ),
    )


@cache
def crowded_outcome() -> Outcome:
    world = crowded()
    taken = [(name, 2026 + n % 6) for n, name in enumerate(world.options) if n % 5]
    return outcome(world, chosen(world, *taken))
