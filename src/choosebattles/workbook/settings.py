"""The rows of the sheet Settings, declared once."""

from choosebattles.case.decision_model import Accrual, ContingencyKind, DecisionModel, Method
from choosebattles.case.facts import Facts
from choosebattles.words import _
from choosebattles.workbook.column import Kind, Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "country",
        "Country",
        Kind.TEXT,
        _("Whose decisions these are; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "currency",
        "Currency",
        Kind.TEXT,
        _(
            "The one currency of all amounts, such as EUR. Convert others at your planning rate "
            "and note it."
        ),
        Facts,
        default=_("amounts are printed without one"),
    ),
    Setting(
        "first_year",
        "First year",
        Kind.YEAR,
        _("The first year of the plan, such as 2027; 2027/28 means 2027."),
        Facts,
        required=True,
    ),
    Setting(
        "years",
        "Years",
        Kind.WHOLE,
        _("How many years the plan covers, 1 to 30."),
        Facts,
        required=True,
    ),
    Setting(
        "cost_growth",
        "Cost growth",
        Kind.SHARE,
        _("By how much costs and income typed in first-year prices grow each year."),
        Facts,
        default="0%",
    ),
    Setting(
        "discount_rate",
        "Discount rate",
        Kind.SHARE,
        _("How much less a later year counts in the indices than the year before it."),
        DecisionModel,
        default="0%",
    ),
    Setting(
        "accrual",
        "Accrual",
        Kind.CHOICE,
        _("Whether every year of the plan counts, or only the final one."),
        DecisionModel,
        default=str(Accrual.OVER_TIME),
        choices=tuple(Accrual),
    ),
    Setting(
        "method",
        "Method",
        Kind.CHOICE,
        _(
            "How several objectives become one choice: by their weights, one after the other, "
            "or so that the one that gains least gains most."
        ),
        DecisionModel,
        default=str(Method.WEIGHTED),
        choices=tuple(Method),
    ),
    Setting(
        "tolerance",
        "Tolerance",
        Kind.SHARE,
        _("Method lexicographic: how much of an objective may be given up for the next one."),
        DecisionModel,
        default="1%",
    ),
    Setting(
        "tail_share",
        "Tail share",
        Kind.SHARE,
        _("Which share of the worst shocks counts as the tail; 0% is the worst one alone."),
        DecisionModel,
        default="10%",
    ),
    Setting(
        "tail_weight",
        "Tail weight",
        Kind.SHARE,
        _("How much the tail counts in continuity, against the average of all shocks."),
        DecisionModel,
        default="50%",
    ),
    Setting(
        "contingency",
        "Contingency",
        Kind.CHOICE,
        _(
            "The reserve for overruns: none, a flat share of each year's cost, or enough for a "
            "number of options to overrun together."
        ),
        DecisionModel,
        default=str(ContingencyKind.NONE),
        choices=tuple(ContingencyKind),
    ),
    Setting(
        "contingency_amount",
        "Contingency amount",
        Kind.NUMBER_OR_SHARE,
        _("A share of the cost if flat, a number of options if budgeted."),
        DecisionModel,
        default="0",
    ),
    Setting(
        "revenue_haircut",
        "Revenue haircut",
        Kind.SHARE,
        _("Which share of the expected income is not counted on."),
        Facts,
        default="0%",
    ),
    Setting(
        "points_for_100",
        "Points for 100",
        Kind.NUMBER,
        _(
            "How many points make an index of 100. Type it where an objective has a floor or a "
            "continuity part: otherwise one more row with high scores moves both."
        ),
        Facts,
        default=_("the largest total that any objective could reach"),
    ),
    Setting(
        "prices",
        "Prices",
        Kind.TEXT,
        _("A text printed on every result, such as: 2027 prices, VAT included."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "version",
        "Version",
        Kind.TEXT,
        _("Which version of this workbook it is, such as 3 or draft 2; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "date",
        "Date",
        Kind.DATE,
        _("The day of this version, such as 2026-11-30; printed on every result."),
        Facts,
        default=_("nothing is printed"),
    ),
    Setting(
        "approved_by",
        "Approved by",
        Kind.TEXT,
        _("Who approved what is typed here, with the number of the decision if there is one."),
        Facts,
        default=_("nothing is printed"),
    ),
)
