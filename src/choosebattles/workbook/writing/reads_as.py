"""What a rule or a limit says, in one sentence that the spreadsheet keeps up to date."""

from collections.abc import Mapping

from choosebattles.case.limit import Measured, Metric
from choosebattles.case.rule import RuleKind
from choosebattles.constraints import RULE_UNITS
from choosebattles.constraints.limits import METRICS
from choosebattles.formula_sentences import (
    Cell,
    EitherPhrase,
    FixedWords,
    Phrase,
    Test,
    by_word,
    filled,
    items,
    sentence,
)
from choosebattles.objectives.synergy import Synergy
from choosebattles.translation import _
from choosebattles.workbook.layout import LIMITS, READS_AS, RULES

_RULE = by_word(
    "Rule",
    {str(kind): (RULE_UNITS.get(kind) or Synergy).kinds[kind] for kind in RuleKind},
    FixedWords(_("There is no rule of this name; choose one from the list")),
)


def _measured() -> Phrase:
    """Return what is measured: metrics that name a criterion only begin with their word."""
    other: Phrase = FixedWords(_("A measure that is not in the list,"))
    for metric in Metric:
        if metric.declared.of_criterion:
            test = Test("Metric", str(metric), begins=True)
            other = EitherPhrase(test, METRICS[metric].reads_as, other)
    plain = {str(it): METRICS[it].reads_as for it in Metric if not it.declared.of_criterion}
    return by_word("Metric", plain, other)


def _bound(heading: str) -> Phrase:
    bound: Phrase = Cell(heading)
    for metric in Metric:
        if metric.declared.unit is Measured.SHARE:
            bound = EitherPhrase(Test("Metric", str(metric)), Cell(heading, percent=True), bound)
    return bound


_LIMIT = filled(
    "Metric",
    sentence(
        _measured(),
        _(" over "),
        filled("Scope", items("Scope"), _("everything")),
        filled(
            "Minimum",
            sentence(_(" is at least "), _bound("Minimum")),
            filled("Maximum", FixedWords(_(" is"))),
        ),
        filled(
            "Maximum",
            sentence(filled("Minimum", FixedWords(_(" and"))), _(" at most "), _bound("Maximum")),
            filled("Minimum", FixedWords(""), _(" has neither a minimum nor a maximum yet")),
        ),
    ),
)

SENTENCES: Mapping[str, Mapping[str, Phrase]] = {
    RULES.name: {READS_AS: _RULE},
    LIMITS.name: {READS_AS: _LIMIT},
}
"""The calculated columns of each sheet that has some."""
