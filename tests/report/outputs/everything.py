"""A document with every block, every form of chart and every kind of column, of hostile texts."""

from choosebattles.report.document import (
    FILES,
    WORDS,
    Cell,
    Cells,
    Chart,
    Column,
    Document,
    Figure,
    Figures,
    Form,
    Formula,
    Kind,
    Link,
    Manner,
    Role,
    Section,
    Sentences,
    Series,
    Shown,
    Table,
    Tone,
)

MARKUP = "<script>alert('x')</script> & {{ x }} **b** [a](b) | `c`"
FORMULA = '=HYPERLINK("http://example.org")'
ARABIC = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645"
LONG = "unbreakable" * 28
HOSTILE = (MARKUP, FORMULA, ARABIC, LONG, "")
YEARS = ("2027", "2028", "2029", "2030")

COLUMNS = Chart(
    Form.COLUMNS,
    "Columns",
    "million EUR",
    "Columns below a ceiling.",
    (
        Series(MARKUP, (10, -2.5, 7, 3)),
        Series("EU", (4, 5, None, 0)),
        Series("ceiling", (25, 25, 25, 20), role=Role.CEILING),
    ),
    YEARS,
    across="year",
    number="#,##0.0",
)
STACK = Chart(
    Form.STACK,
    "Stack",
    "million EUR",
    "Parts that add up.",
    (
        Series("STATE", (10, 20.5, 7, 3)),
        Series("EU", (4, 5, 6, -2)),
        Series("held", (1, 1, 1, 1), role=Role.LEFT),
        Series("left", (3, 0, 1, 9), role=Role.LEFT),
    ),
    YEARS,
    number="#,##0.0",
)
CURVES = Chart(
    Form.CURVES,
    "Curves",
    "points",
    "Each plan over the money.",
    tuple(Series(f"plan {n}", (1 + n, 4 - n, None, 9), (0.5, 0.8, 1.0, 1.2)) for n in range(5)),
    across="share of the money",
    number="0.0",
)
DOTS = Chart(
    Form.POINTS,
    "Points",
    "resilience",
    "What one costs the other.",
    (
        Series("all", (1, 2, 3), (4, 3, 2), Role.JOINED),
        Series("plans", (1, 2, 3), (4, 3, 2)),
        Series("weak", (1, 1.5), (2, 2.5), Role.LIGHT),
        Series(ARABIC, (3.5,), (3.9,), Role.ALONE),
        Series("own", (2.5,), (1.9,)),
    ),
    across="autonomy",
)
BARS = Chart(
    Form.BARS,
    LONG,
    "points",
    "What moves the objective.",
    (Series("lower", (-3.2, -1, 0)), Series("higher", (2.2, None, 0.1))),
    ("fund.STATE.2028", LONG, ""),
    number="0.0",
)
SHARES = Chart(
    Form.BARS,
    "Shares",
    "share of the plans",
    "How often each is taken.",
    (Series("share", Cells("Small", "Kept")),),
    Cells("Small", "Option"),
    number="0 %",
    most=1,
)
WATERFALL = Chart(
    Form.WATERFALL,
    "Waterfall",
    "points",
    "From before to after.",
    (Series("autonomy", (10, 5, -3, -14, 8, 6)),),
    ("before", "CLOUD", "CSIRT", LONG, "LAW", "after"),
)
CHARTS = (COLUMNS, STACK, CURVES, DOTS, BARS, SHARES, WATERFALL)

SMALL = Table(
    "Small",
    (
        Column("Option", Kind.NAME, 14),
        Column("What it is", Kind.TEXT, 40),
        Column("Cost", Kind.MONEY, 10),
        Column("Kept", Kind.KEPT, 10),
    ),
    [
        ("CLOUD", MARKUP, 12.5, Shown(0.3, Kind.KEPT, Tone.KEPT)),
        ("CSIRT", FORMULA, 0, Shown(0.95, Kind.KEPT, Tone.KEPT)),
        ("LAW", ARABIC, None, Shown("much", Kind.NAME, Tone.GAINED, 0.7)),
    ],
    title="A small table",
    totals=[("Total", None, Formula("SUM({0})", 12.5, (Cells("Small", "Cost"),)), None)],
    note="A note on what is not in it.",
)
WIDE = Table(
    "Wide",
    (Column("Option", Kind.NAME, 12), *(Column(f"Measure {n}", Kind.MONEY) for n in range(40))),
    [(f"OPTION-{r}", *(1000.5 * r * n for n in range(40))) for r in range(60)],
)


def _cell(kind: Kind) -> Cell:
    if kind in WORDS or kind is Kind.FIGURES:
        return LONG if kind is Kind.TEXT else "as it is"
    return 0.4567 if kind in {Kind.SHARE, Kind.KEPT, Kind.FLOORED, Kind.GAIN} else 2027


KINDS = Table(
    "Kinds",
    tuple(Column(f"kind {kind}", kind, 12) for kind in Kind),
    [tuple(map(_cell, Kind)), (Link("Small"), *(None for _kind in list(Kind)[1:]))],
)

EVERYTHING = Document(
    f"Everything, {MARKUP}",
    (
        Section(
            "Small",
            (
                Figures((Figure(MARKUP, "85.0", "of 100"), Figure("Worth", "62.5", ARABIC))),
                Sentences((MARKUP, FORMULA, ARABIC, LONG), manner=Manner.LIST),
                SMALL,
            ),
            title=f"A title: {MARKUP}",
            leads=("Help below the title.",),
            message=f"The finding: {MARKUP}",
            sources=(MARKUP, FORMULA),
            on=FILES,
        ),
        *(
            Section(f"Chart {n}", (chart,), message=f"{chart.says} Slide {n}.", on=FILES)
            for n, chart in enumerate(CHARTS)
        ),
        Section("Beside", (SHARES, BARS, DOTS, STACK), message="Four charts.", on=FILES),
        Section("Wide", (WIDE,), message="A table that is wide and long.", on=FILES),
        Section("Kinds", (KINDS, Sentences(("Plain.",), "A heading")), on=FILES),
        Section("Nothing", (Table("None", (Column("Empty", Kind.TEXT),), []),), on=FILES),
    ),
    subtitle=f"Money in million EUR. {MARKUP}",
    country="Illyria",
    illustrative=True,
    origin=f"illyria.xlsx {MARKUP}",
    headline="The answer in a sentence.",
    doubts=(f"a doubt about {MARKUP}",),
    notes=("CLOUD was set to 3; it was 2.",),
)

NOTHING = Document("", ())
"""A document that says nothing."""
