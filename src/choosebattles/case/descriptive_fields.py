"""What no plan depends on: names, notes and sources, and what only studies and advice read."""

from collections.abc import Mapping

from choosebattles.case.decision_model import Criterion, Objective
from choosebattles.case.evidence import Correlation, Range, Source, StoryRow, SweepRow
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill

_FIELDS: Mapping[type[Fact], frozenset[str]] = {
    Facts: frozenset(
        {
            *("name", "country", "currency", "prices", "version", "date", "approved_by"),
            *("ranges", "correlations", "sources", "sweeps", "story"),
        }
    ),
    Objective: frozenset({"weight_low", "weight_high"}),
    Criterion: frozenset({"title", "anchor_0", "anchor_50", "anchor_100"}),
    Fund: frozenset({"title", "priority"}),
    Option: frozenset({"title", "budget_line", "reason", "own_plan", "source", "evidence", "note"}),
    Rule: frozenset({"note", "priority"}),
    Limit: frozenset({"note", "priority"}),
    Skill: frozenset({"title"}),
    Layer: frozenset({"title"}),
    Provider: frozenset({"title"}),
    Service: frozenset({"title"}),
    Shock: frozenset({"title"}),
    Range: frozenset(Range.model_fields),
    Correlation: frozenset(Correlation.model_fields),
    Source: frozenset(Source.model_fields),
    SweepRow: frozenset(SweepRow.model_fields),
    StoryRow: frozenset(StoryRow.model_fields),
}


def descriptive(kind: type[Fact]) -> frozenset[str]:
    """Return the fields of a kind of fact that no plan depends on."""
    return _FIELDS.get(Facts if issubclass(kind, Facts) else kind, frozenset()) | {"origin"}
