"""The rows of the sheet Settings, declared once."""

from choosebattles.case.decision_model import Accrual, ContingencyKind, DecisionModel, Method
from choosebattles.case.facts import Facts
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind, Setting, settings_with_numbers

SETTINGS = settings_with_numbers(
    (Facts, DecisionModel),
    Setting(
        "country",
        "Country",
        CellKind.TEXT,
        _("Whose decisions these are; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "currency",
        "Currency",
        CellKind.TEXT,
        _(
            "The one currency of all amounts, such as EUR. Convert others at your planning rate "
            "and note it."
        ),
        Facts,
        default=_("amounts are printed without one"),
    ),
    Setting(
        "accrual",
        "Accrual",
        CellKind.CHOICE,
        _("Whether every year of the plan counts, or only the final one."),
        DecisionModel,
        default=str(Accrual.OVER_TIME),
        choices=tuple(Accrual),
    ),
    Setting(
        "method",
        "Method",
        CellKind.CHOICE,
        _(
            "How several objectives become one choice: by their weights, one after the other, "
            "or so that the one that gains least gains most."
        ),
        DecisionModel,
        default=str(Method.WEIGHTED),
        choices=tuple(Method),
    ),
    Setting(
        "contingency",
        "Contingency",
        CellKind.CHOICE,
        _(
            "The reserve for overruns: none, a flat share of each year's cost, or enough for a "
            "number of options to overrun together."
        ),
        DecisionModel,
        default=str(ContingencyKind.NONE),
        choices=tuple(ContingencyKind),
    ),
    Setting(
        "prices",
        "Prices",
        CellKind.TEXT,
        _("A text printed on every result, such as: 2027 prices, VAT included."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "version",
        "Version",
        CellKind.TEXT,
        _("Which version of this workbook it is, such as 3 or draft 2; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "date",
        "Date",
        CellKind.DATE,
        _("The day of this version, such as 2026-11-30; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "approved_by",
        "Approved by",
        CellKind.TEXT,
        _("Who approved what is typed here, with the number of the decision if there is one."),
        Facts,
        default=_("nothing is printed"),
    ),
)
