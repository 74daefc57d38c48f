"""What a rule or a limit says, in one sentence that the spreadsheet keeps up to date."""

from collections.abc import Mapping

from choosebattles.case.limit import Metric
from choosebattles.case.rule import RuleKind, When
from choosebattles.words import _
from choosebattles.workbook.layout import LIMITS, READS_AS, RULES
from choosebattles.workbook.writing.phrase import (
    Cell,
    Phrase,
    Test,
    Words,
    by_word,
    cell,
    filled,
    items,
    sentence,
    several,
)
from choosebattles.workbook.writing.phrase import When as Choice

_AND, _OR = ", ", _(" or ")

_WHEN = Choice(
    Test("When", str(When.STARTED)),
    Words(_(" started by the year it starts")),
    Words(_(" operating before it starts")),
)


def _list(between: str = _AND) -> Phrase:
    return items("Investments", between)


def _requires(between: str, all_of_them: str) -> Phrase:
    return sentence(
        _list(),
        several("Investments", _(" each need "), _(" needs ")),
        items("Needs", between),
        several("Needs", all_of_them, ""),
        _WHEN,
    )


_EXCLUDES = filled(
    "Needs",
    sentence(
        several("Investments", _("None of "), ""),
        _list(),
        several("Investments", _(" may be taken with "), _(" may not be taken with ")),
        several("Needs", _("any of "), ""),
        items("Needs", _AND),
    ),
    sentence(_("Only one of "), _list(), _(" may be taken")),
)

_SYNERGY = sentence(
    _("While "),
    filled("Number", sentence(cell("Number"), _(" of ")), _("all of ")),
    _list(),
    _(" operate:"),
    filled("Bonus", sentence(" ", cell("Bonus"), _(" points a year on "), cell("Criterion"))),
    filled(
        "Saving per year",
        sentence(
            filled("Bonus", Words(_(" and"))),
            " ",
            cell("Saving per year"),
            _(" million a year saved"),
            filled("Saving to", sentence(_(" for "), cell("Saving to"))),
        ),
    ),
)


def _counted(words: str, verb: str) -> Phrase:
    return sentence(words, cell("Number"), _(" of "), _list(), verb)


_RULE = by_word(
    "Rule",
    {
        str(RuleKind.REQUIRES_ALL): _requires(_AND, _(" (all of them)")),
        str(RuleKind.REQUIRES_ANY): _requires(_OR, ""),
        str(RuleKind.EXCLUDES): _EXCLUDES,
        str(RuleKind.AT_MOST): _counted(_("At most "), _(" may be taken")),
        str(RuleKind.AT_LEAST): _counted(_("At least "), _(" must be taken")),
        str(RuleKind.EXACTLY): _counted(_("Exactly "), _(" must be taken")),
        str(RuleKind.TOGETHER): sentence(_list(), _(": all are taken, or none")),
        str(RuleKind.SYNERGY): _SYNERGY,
    },
    Words(_("There is no rule of this name; choose one from the list")),
)

_METRICS: Mapping[str, str] = {
    str(Metric.COUNT): _("The number of investments taken"),
    str(Metric.STARTS): _("The number of starts in each year"),
    str(Metric.COST): _("The cost over the whole plan, in millions,"),
    str(Metric.COST_IN_A_YEAR): _("The cost in each year, in millions,"),
    str(Metric.COST_SHARE): _("The share of the total cost"),
    str(Metric.RUNNING_COST): _("The running cost in each year, in millions,"),
    str(Metric.LATER_COST): _("The building cost after the last year, in millions,"),
}


def _bound(heading: str) -> Phrase:
    share = Test("Metric", str(Metric.COST_SHARE))
    return Choice(share, Cell(heading, percent=True), Cell(heading))


_LIMIT = filled(
    "Metric",
    sentence(
        by_word(
            "Metric",
            {word: Words(text) for word, text in _METRICS.items()},
            Choice(
                Test("Metric", str(Metric.POINTS), begins=True),
                sentence(_("The sum of "), cell("Metric")),
                Words(_("A measure that is not in the list,")),
            ),
        ),
        _(" over "),
        filled("Scope", items("Scope", _AND), _("everything")),
        filled(
            "Minimum",
            sentence(_(" is at least "), _bound("Minimum")),
            filled("Maximum", Words(_(" is"))),
        ),
        filled(
            "Maximum",
            sentence(filled("Minimum", Words(_(" and"))), _(" at most "), _bound("Maximum")),
            filled("Minimum", Words(""), _(" has neither a minimum nor a maximum yet")),
        ),
    ),
)

SENTENCES: Mapping[str, Mapping[str, Phrase]] = {
    RULES.name: {READS_AS: _RULE},
    LIMITS.name: {READS_AS: _LIMIT},
}
"""The calculated columns of each sheet that has some."""
