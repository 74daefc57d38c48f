"""Every sheet and column of the workbook, declared once.

The reader, the template and the page ``docs/workbook.md`` are made from this table.
"""

from choosebattles.case.checks.ids import EXAMPLE
from choosebattles.case.decision_model import Criterion, Objective
from choosebattles.case.evidence import (
    Correlation,
    Range,
    Shape,
    Source,
    StoryRow,
    SweepAs,
    SweepRow,
)
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit, Metric
from choosebattles.case.numbers import QUANTITIES
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule, RuleKind, When
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill
from choosebattles.translation import _
from choosebattles.workbook.column import (
    CellKind,
    ColumnLayout,
    SheetLayout,
    Space,
    by_name,
    with_examples,
    with_numbers,
)

READS_AS = "Reads as"
"""Heading of the column that puts a row into a sentence."""

_NOTE = ColumnLayout("note", "Note", CellKind.TEXT, _("Anything that a reader should know."))
_TITLE = ColumnLayout("title", "Title", CellKind.TEXT, _("The name that charts and tables show."))

SETTINGS_SHEET = SheetLayout(
    "Settings",
    Facts,
    _("One value a row. Only First year and Years must be filled."),
    (
        ColumnLayout(
            "label", "Setting", CellKind.TEXT, _("Which setting the row holds."), required=True
        ),
        ColumnLayout("value", "Value", CellKind.TEXT, _("Its value."), needed=True),
    ),
    required=True,
)

OBJECTIVES = SheetLayout(
    "Objectives",
    Objective,
    _(
        "What is to be raised. Weights say what 100 points on one index are worth against 100 on "
        "another. A missing sheet means autonomy and resilience with equal weights."
    ),
    with_numbers(
        Objective,
        ColumnLayout(
            "id",
            "Objective",
            CellKind.ID,
            _("The id of the objective, such as autonomy."),
            required=True,
            defines=Space.OBJECTIVE,
        ),
    ),
    first=("id", "weight"),
    adding=_("To add an objective: fill in the next row, and give it a criterion on Criteria."),
    example=with_examples(Objective, {"id": EXAMPLE}),
    rows=8,
)

CRITERIA = SheetLayout(
    "Criteria",
    Criterion,
    _(
        "What options are scored on, and what 0, 50 and 100 mean: the best plan is as good as "
        "these sentences. A missing sheet means one criterion per objective, of the same name."
    ),
    with_numbers(
        Criterion,
        ColumnLayout(
            "id",
            "Criterion",
            CellKind.ID,
            _("The id of the criterion, as in the header Score: technical."),
            required=True,
            defines=Space.CRITERION,
        ),
        _TITLE,
        ColumnLayout(
            "objective",
            "Objective",
            CellKind.ID,
            _("The objective that the criterion belongs to."),
            required=True,
            space=Space.OBJECTIVE,
        ),
        ColumnLayout("anchor_0", "0 means", CellKind.TEXT, _("What a score of 0 means in words.")),
        ColumnLayout(
            "anchor_50", "50 means", CellKind.TEXT, _("What a score of 50 means in words.")
        ),
        ColumnLayout(
            "anchor_100", "100 means", CellKind.TEXT, _("What a score of 100 means in words.")
        ),
    ),
    recommended=("anchor_0", "anchor_50", "anchor_100"),
    adding=_(
        "To add a criterion: fill in the next row here, and on Investments type Score: and its id "
        "as a heading in the first free column on the right."
    ),
    example=with_examples(
        Criterion,
        {
            "id": EXAMPLE,
            "title": _("Who can switch it off"),
            "objective": "autonomy",
            "anchor_0": _("others decide"),
            "anchor_50": _("we can leave within a year"),
            "anchor_100": _("nobody can stop us"),
        },
    ),
)

FUNDS = SheetLayout(
    "Funds",
    Fund,
    _(
        "Type what the approved framework gives for these decisions, in each year's money, after "
        "everything committed that has no row here."
    ),
    with_numbers(
        Fund,
        ColumnLayout(
            "id",
            "Fund",
            CellKind.ID,
            _("The id of the fund, such as STATE."),
            required=True,
            defines=Space.FUND,
        ),
        _TITLE,
        ColumnLayout(
            "pays",
            "Pays",
            CellKind.CHOICE,
            _("Whether the fund pays build costs, running costs or both."),
            default=str(Pays.BOTH),
            choices=tuple(Pays),
        ),
        ColumnLayout(
            "eligible",
            "Eligible",
            CellKind.SCOPE,
            _("What the fund may pay for: ids, pillar: X, layer: X, owner: X, separated by ;"),
            default=_("everything"),
            space=Space.MEMBER,
            takes_all=True,
        ),
    ),
    required=True,
    first=("id", "title", "amount"),
    adding=_(
        "To add a fund: fill in the next row. To add a year: raise Years on Settings, and type the "
        "year as a heading in the first free column on the right."
    ),
    example=with_examples(
        Fund,
        {
            "id": EXAMPLE,
            "title": _("State budget"),
            "pays": str(Pays.BUILD),
            "eligible": _("pillar: cloud; CSIRT"),
        },
    ),
)

INVESTMENTS = SheetLayout(
    "Investments",
    Option,
    _(
        "One row per option. Costs: prices of the first year, one VAT rule for all rows (funds "
        "that pay no VAT: make the VAT a row of its own); year 1 is the year the investment "
        "starts, not a calendar year; running cost is a full year's, without staff already on "
        "the payroll. One currency: convert at your planning rate and note it."
    ),
    with_numbers(
        Option,
        ColumnLayout(
            "investment",
            "Investment",
            CellKind.ID,
            _("The id of the investment, such as CLOUD; the same on all its rows."),
            required=True,
            defines=Space.INVESTMENT,
        ),
        ColumnLayout(
            "option",
            "Option",
            CellKind.ID,
            _("One way to do it, such as L: its full id is then CLOUD.L."),
            default=_("the only option, named as the investment"),
            defines=Space.MEMBER,
        ),
        ColumnLayout(
            "title",
            "Title",
            CellKind.TEXT,
            _("The name that charts and tables show."),
            required=True,
        ),
        ColumnLayout(
            "owner",
            "Owner",
            CellKind.TEXT,
            _("Who answers for the investment; rows of one investment agree or stay blank."),
            default=_("as on the other rows of the investment"),
            defines=Space.OWNER,
        ),
        ColumnLayout(
            "budget_line", "Budget line", CellKind.TEXT, _("The line of the state budget.")
        ),
        ColumnLayout(
            "pillar",
            "Pillar",
            CellKind.TEXT,
            _("The pillar of the strategy; rows of one investment agree or stay blank."),
            default=_("as on the other rows of the investment"),
            defines=Space.PILLAR,
        ),
        ColumnLayout(
            "layer",
            "Layer",
            CellKind.TEXT,
            _("The layer of the national stack; rows of one investment agree or stay blank."),
            default=_("as on the other rows of the investment; blank on all: no layer"),
            defines=Space.LAYER,
        ),
        ColumnLayout(
            "decision",
            "Decision",
            CellKind.CHOICE,
            _("What is already decided; anything but open needs a reason."),
            default=str(Decision.OPEN),
            choices=tuple(Decision),
        ),
        ColumnLayout(
            "reason",
            "Reason",
            CellKind.TEXT,
            _("Why the decision is must, never or ongoing, and who took it."),
            default=_("none needed while the decision is open"),
        ),
        ColumnLayout(
            "covers",
            "Covers",
            CellKind.COVERS,
            _("Which layers it supplies while it operates, such as hosting: 40%; data: 100%"),
            default=_("no layer"),
            defines=Space.LAYER,
        ),
        ColumnLayout(
            "exposures",
            "Exposures",
            CellKind.TAGS,
            _("What it depends on, such as law:US; vendor:AWS. Legal exposure follows the owner."),
            default=_("none"),
            defines=Space.EXPOSURE,
        ),
        ColumnLayout(
            "revenue_to",
            "Revenue to",
            CellKind.ID,
            _("The fund that receives the income, by year or as a negative running cost."),
            default=_("the only fund"),
            space=Space.FUND,
        ),
        ColumnLayout(
            "own_plan",
            "Own plan",
            CellKind.OWN_PLAN,
            _("Your own choice, for comparison: yes, or the year in which you would start it."),
            default=_("not in your own plan"),
        ),
        ColumnLayout(
            "source", "Source", CellKind.TEXT, _("Where the figures come from: ids of Sources.")
        ),
        ColumnLayout(
            "evidence", "Evidence", CellKind.TEXT, _("What supports the scores, in words.")
        ),
        _NOTE,
    ),
    required=True,
    first=("investment", "option", "title", "cost", "running_cost", "score"),
    recommended=("cost", "running_cost"),
    adding=_(
        "To add a column: type Cost year 4, Income year 4, Score: X, Build staff: X, Run staff: X or Trains: X (X: an "
        "id of Criteria or Skills) as a heading in the first free column on the right."
    ),
    example=with_examples(
        Option,
        {
            "investment": EXAMPLE,
            "option": "L",
            "title": _("Government cloud, everything"),
            "owner": _("Digital agency"),
            "budget_line": "230-4501",
            "pillar": _("cloud"),
            "layer": _("hosting"),
            "decision": str(Decision.MUST),
            "reason": _("Council decision 415 of 2026"),
            "covers": _("hosting: 40%; data: 100%"),
            "exposures": _("law:US; vendor:AWS"),
            "revenue_to": "STATE",
            "own_plan": "yes",
            "source": "BUDGET27",
            "evidence": _("pilot of 2025, ten offices"),
            "note": _("price offer of May"),
        },
    ),
    rows=22,
)

RULES = SheetLayout(
    "Rules",
    Rule,
    _(
        "What goes with what. An investment stands for any of its options. Operating means "
        "running in the year of the start (a lifetime may have ended it)."
    ),
    with_numbers(
        Rule,
        ColumnLayout(
            "kind",
            "Rule",
            CellKind.CHOICE,
            _("What the rule demands."),
            required=True,
            choices=tuple(RuleKind),
        ),
        ColumnLayout(
            "investments",
            "Investments",
            CellKind.IDS,
            _("The investments or options that the rule is about, separated by ;"),
            required=True,
            space=Space.MEMBER,
        ),
        ColumnLayout(
            "needs",
            "Needs",
            CellKind.IDS,
            _(
                "What they need or call for (requires, if then) or may not be with (excludes), separated by ;"
            ),
            default=_("none; a rule that requires, or says if then, must name them"),
            space=Space.MEMBER,
        ),
        ColumnLayout(
            "when",
            "When",
            CellKind.CHOICE,
            _("How far the needed ones must be in the year of the start."),
            default=str(When.OPERATING),
            choices=tuple(When),
        ),
        ColumnLayout(
            "criterion",
            "Criterion",
            CellKind.ID,
            _("The criterion to which a synergy adds its bonus."),
            default=_("none; a bonus needs one"),
            space=Space.CRITERION,
        ),
        ColumnLayout(
            "saving_to",
            "Saving to",
            CellKind.ID,
            _("The fund that receives the saving."),
            default=_("the first row of Funds"),
            space=Space.FUND,
        ),
        _NOTE,
    ),
    first=("kind", "investments", "needs", "when", "number"),
    adding=_("To add a rule: fill in the next row; a blank sheet means that there is none."),
    example=with_examples(
        Rule,
        {
            "kind": "requires all",
            "investments": "EID; CLOUD",
            "needs": "POWER",
            "when": str(When.STARTED),
            "note": _("agreed with the regulator"),
        },
    ),
    rows=18,
    calculated=(READS_AS,),
)

LIMITS = SheetLayout(
    "Limits",
    Limit,
    _("The least and the most of a measure over a part of the investments."),
    with_numbers(
        Limit,
        ColumnLayout(
            "metric",
            "Metric",
            CellKind.METRIC,
            _("What is measured; points: technical names a criterion."),
            required=True,
            choices=tuple(
                _("{metric}: <criterion>").format(metric=metric)
                if metric.declared.of_criterion
                else str(metric)
                for metric in Metric
            ),
            space=Space.CRITERION,
        ),
        ColumnLayout(
            "scope",
            "Scope",
            CellKind.SCOPE,
            _("Over what: ids, pillar: X, layer: X, owner: X or exposure: X, separated by ;"),
            default=_("all"),
            space=Space.MEMBER,
            takes_all=True,
        ),
        _NOTE,
    ),
    first=("metric", "scope", "minimum", "maximum"),
    recommended=("minimum", "maximum"),
    adding=_("To add a limit: fill in the next row; a blank sheet means that there is none."),
    example=with_examples(
        Limit,
        {
            "metric": "cost share",
            "scope": _("pillar: cloud; CSIRT"),
            "note": _("decided by the council"),
        },
    ),
    rows=18,
    calculated=(READS_AS,),
)

SKILLS = SheetLayout(
    "Skills",
    Skill,
    _(
        "People that the state can put to work. Trained people count from the next year; an "
        "option built and working in one year needs both staffs."
    ),
    with_numbers(
        Skill,
        ColumnLayout(
            "id",
            "Skill",
            CellKind.ID,
            _("The id of the skill, as in the header Build staff: cloud."),
            required=True,
            defines=Space.SKILL,
        ),
        _TITLE,
    ),
    full=True,
    adding=_(
        "To add a skill: fill in the next row here, and on Investments type Build staff: and its id "
        "(also Run staff: or Trains:) as a heading in the first free column on the right."
    ),
    example=with_examples(Skill, {"id": EXAMPLE, "title": _("Cloud engineers")}),
)

LAYERS = SheetLayout(
    "Layers",
    Layer,
    _("Layers of the national stack where more of the same is worth less."),
    with_numbers(
        Layer,
        ColumnLayout(
            "id",
            "Layer",
            CellKind.TEXT,
            _("The layer, as it is named under Investments."),
            required=True,
            defines=Space.LAYER,
        ),
        _TITLE,
    ),
    full=True,
    adding=_("To add a layer: fill in the next row. Layers without a row here count in full."),
    example=with_examples(Layer, {"id": EXAMPLE, "title": _("Data centres")}),
)

PROVIDERS = SheetLayout(
    "Providers",
    Provider,
    _("Who supplies each layer today; one row per provider and layer."),
    with_numbers(
        Provider,
        ColumnLayout(
            "id",
            "Provider",
            CellKind.ID,
            _("The id of the provider; one may fill several rows, one per layer."),
            required=True,
            defines=Space.PROVIDER,
        ),
        _TITLE,
        ColumnLayout(
            "layer",
            "Layer",
            CellKind.TEXT,
            _("The layer that it supplies."),
            required=True,
            defines=Space.LAYER,
        ),
        ColumnLayout(
            "exposures",
            "Exposures",
            CellKind.TAGS,
            _("What it depends on, such as law:US; vendor:AWS; route:Serbia; place:coast"),
            default=_("none"),
            defines=Space.EXPOSURE,
        ),
    ),
    full=True,
    adding=_("To add a provider, or a further layer of one: fill in the next row."),
    example=with_examples(
        Provider,
        {
            "id": EXAMPLE,
            "title": _("National data centre"),
            "layer": _("hosting"),
            "exposures": _("law:US; place:coast"),
        },
    ),
    rows=14,
)

SERVICES = SheetLayout(
    "Services",
    Service,
    _("Critical services: what must go on working under a shock."),
    with_numbers(
        Service,
        ColumnLayout(
            "id",
            "Service",
            CellKind.ID,
            _("The id of the service, such as IDCARD."),
            required=True,
            defines=Space.SERVICE,
        ),
        _TITLE,
        ColumnLayout(
            "needs",
            "Needs",
            CellKind.TAGS,
            _("The layers that it needs, all of them, separated by ;"),
            required=True,
            defines=Space.LAYER,
        ),
        ColumnLayout(
            "against",
            "Against",
            CellKind.IDS,
            _("The shocks under which it must hold, separated by ;"),
            default=_("all shocks"),
            space=Space.SHOCK,
            takes_all=True,
        ),
    ),
    full=True,
    first=("id", "title", "weight", "needs"),
    adding=_("To add a service: fill in the next row. Continuity also needs a row on Shocks."),
    example=with_examples(
        Service,
        {
            "id": EXAMPLE,
            "title": _("Identity cards"),
            "needs": _("hosting; data"),
            "against": "OUTAGE",
        },
    ),
)

SHOCKS = SheetLayout(
    "Shocks",
    Shock,
    _("What may happen, and what it takes away."),
    with_numbers(
        Shock,
        ColumnLayout(
            "id",
            "Shock",
            CellKind.ID,
            _("The id of the shock, such as OUTAGE."),
            required=True,
            defines=Space.SHOCK,
        ),
        _TITLE,
        ColumnLayout(
            "objective",
            "Objective",
            CellKind.ID,
            _("The objective that it tests."),
            required=True,
            space=Space.OBJECTIVE,
        ),
        ColumnLayout(
            "hits",
            "Hits",
            CellKind.TAGS,
            _("The exposures that it hits, separated by ;"),
            default=_("none: it changes nothing"),
            space=Space.EXPOSURE,
        ),
    ),
    full=True,
    adding=_("To add a shock: fill in the next row. It needs a row on Services to be felt."),
    example=with_examples(
        Shock,
        {
            "id": EXAMPLE,
            "title": _("Supplier leaves"),
            "objective": "resilience",
            "hits": "vendor:AWS",
        },
    ),
)

RANGES = SheetLayout(
    "Ranges",
    Range,
    _("How low and how high a number may turn out, for studies of uncertainty."),
    (
        ColumnLayout(
            "id",
            "Id",
            CellKind.ID,
            _("The investment, option, shock, provider or fund whose number it is."),
            required=True,
        ),
        ColumnLayout(
            "quantity",
            "Quantity",
            CellKind.TEXT,
            _("Which number: {quantities}.").format(
                quantities=", ".join(
                    f"{quantity}: X" if numbers[0].by_member else quantity
                    for quantity, numbers in QUANTITIES.items()
                )
            ),
            required=True,
        ),
        ColumnLayout(
            "low",
            "Low",
            CellKind.NUMBER,
            _(
                "The lowest plausible value; of normal and lognormal, what 5 draws out of 100 fall "
                "below."
            ),
            needed=True,
            default=_("for a list alone: its lowest value"),
        ),
        ColumnLayout(
            "high",
            "High",
            CellKind.NUMBER,
            _("The highest plausible value; of normal and lognormal, what 5 out of 100 exceed."),
            needed=True,
            default=_("for a list alone: its highest value"),
        ),
        ColumnLayout(
            "distribution",
            "Distribution",
            CellKind.CHOICE,
            _(
                "How likely what lies between is. Normal and lognormal are cut where the number "
                "itself ends."
            ),
            default=_("what --shape says, else pert"),
            choices=tuple(Shape),
        ),
        ColumnLayout(
            "values",
            "Values",
            CellKind.NUMBERS,
            _("Of a list: the values that the number may take, separated by ;"),
            default=_("none; a list needs them"),
        ),
        ColumnLayout(
            "shares",
            "Shares",
            CellKind.SHARES,
            _("Of a list: how likely each of its values is, 100% in all, separated by ;"),
            default=_("all values are as likely"),
        ),
    ),
    full=True,
    adding=_("To add a range: fill in the next row, in the unit of the number that it is of."),
    example={"id": EXAMPLE, "quantity": "cost", "low": 3, "high": 6},
    rows=14,
)

CORRELATIONS = SheetLayout(
    "Correlations",
    Correlation,
    _(
        "Which numbers of Ranges are high or low together, for studies of uncertainty. Numbers that "
        "are named in no pair have nothing to do with each other."
    ),
    with_numbers(
        Correlation,
        ColumnLayout(
            "first",
            "First",
            CellKind.TEXT,
            _("A number that has a range, by its plain name: cost.CLOUD.L, likelihood.OUTAGE."),
            required=True,
        ),
        ColumnLayout(
            "second", "Second", CellKind.TEXT, _("Another number that has one."), required=True
        ),
    ),
    full=True,
    adding=_("To add a pair: fill in the next row; each pair once."),
    example=with_examples(Correlation, {"first": "cost.CLOUD.L", "second": "cost.EID"}),
)

SOURCES = SheetLayout(
    "Sources",
    Source,
    _("Where the figures come from."),
    (
        ColumnLayout(
            "id",
            "Source",
            CellKind.ID,
            _("The id of the source, as under Investments."),
            required=True,
            defines=Space.SOURCE,
        ),
        ColumnLayout("text", "Text", CellKind.TEXT, _("Author, title and page.")),
        ColumnLayout("link", "Link", CellKind.TEXT, _("The address of the document.")),
        ColumnLayout("year", "Year", CellKind.TEXT, _("The year it was published.")),
        ColumnLayout(
            "grade",
            "Grade",
            CellKind.CHOICE,
            _("A official figure, B published estimate, C expert judgement, D illustrative."),
            default=_("not graded"),
            choices=("A", "B", "C", "D"),
        ),
    ),
    full=True,
    adding=_("To add a source: fill in the next row, and name its id under Source."),
    example={
        "id": EXAMPLE,
        "text": _("Budget law 2027, page 12"),
        "link": "https://example.org/budget.pdf",
        "year": "2026",
        "grade": "A",
    },
    rows=18,
)

SWEEPS = SheetLayout(
    "Sweeps",
    SweepRow,
    _("Numbers to be varied, one after the other."),
    with_numbers(
        SweepRow,
        ColumnLayout("name", "Name", CellKind.TEXT, _("The name of the sweep."), required=True),
        ColumnLayout(
            "parameter",
            "Parameter",
            CellKind.TEXT,
            _("The number's plain name, such as fund.STATE.2028, weight.autonomy, cost.CLOUD.L."),
            required=True,
        ),
        ColumnLayout("start", "From", CellKind.NUMBER, _("The first value."), required=True),
        ColumnLayout("stop", "To", CellKind.NUMBER, _("The last value."), required=True),
        ColumnLayout(
            "kind",
            "As",
            CellKind.CHOICE,
            _("Whether the numbers are values, or factors on the number in the case."),
            default=str(SweepAs.VALUE),
            choices=tuple(SweepAs),
        ),
    ),
    full=True,
    adding=_("To add a sweep: fill in the next row."),
    example=with_examples(
        SweepRow,
        {
            "name": EXAMPLE,
            "parameter": "fund.STATE.2028",
            "start": 0.5,
            "stop": 1.5,
            "kind": str(SweepAs.TIMES),
        },
    ),
)

STORY = SheetLayout(
    "Story",
    StoryRow,
    _(
        "Questions prepared for the room, in their order: the live page asks them, and shows what "
        "becomes of the plan."
    ),
    (
        ColumnLayout(
            "title", "Title", CellKind.TEXT, _("The question as it is asked."), required=True
        ),
        ColumnLayout(
            "change",
            "Change",
            CellKind.TEXT,
            _(
                "What it changes: numbers by their plain names, as in fund.STATE=30 or "
                "weight.autonomy=60; all money, as in budget=80%; and decisions, as in must=CLOUD or "
                "never=CSIRT. Several are separated by ;"
            ),
            default=_("nothing: the plan as it is"),
        ),
        ColumnLayout("note", "Note", CellKind.TEXT, _("What to say of it, in a sentence.")),
    ),
    full=True,
    adding=_("To add a question: fill in the next row."),
    example={
        "title": _("What do we lose with less money?"),
        "change": "budget=80%; never=CSIRT",
        "note": _("Ask first who would carry the loss."),
    },
)

SHEETS: tuple[SheetLayout, ...] = (
    SETTINGS_SHEET,
    OBJECTIVES,
    CRITERIA,
    FUNDS,
    INVESTMENTS,
    RULES,
    LIMITS,
    SKILLS,
    LAYERS,
    PROVIDERS,
    SERVICES,
    SHOCKS,
    RANGES,
    CORRELATIONS,
    SOURCES,
    SWEEPS,
    STORY,
)
"""All sheets, in the order of the workbook."""

BY_NAME = by_name(SHEETS)
"""The same by name."""
