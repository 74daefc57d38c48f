"""Seven small cases, as a stranger would type them: what every command is recorded on.

Scores and costs are odd on purpose, so that the best plan has no equal and every solver, on every
machine, finds the same one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.sheets import Rows, settings, sheets, write

Workbook = Mapping[str, Rows]
Typed = list[dict[Any, Any]]

_EDITION = {
    "country": "Illyria",
    "currency": "EUR",
    "prices": "2027 prices, VAT included",
    "version": "draft 3",
    "date": "2025-03-14",
    "approved_by": "Council of Ministers, decision 41",
}

_OBJECTIVES: Typed = [
    {"Objective": "autonomy", "Weight": 60, "Weight low": 30, "Weight high": 80, "Floor": 5}
    | {"Continuity share": 0.25},
    {"Objective": "resilience", "Weight": 40},
]

_CRITERIA: Typed = [
    {"Criterion": "technical", "Title": "Control of technology", "Objective": "autonomy"}
    | {"Weight": 2, "0 means": "changes nothing", "50 means": "leaves a supplier within a year"}
    | {"100 means": "runs without any foreign supplier"},
    {"Criterion": "legal", "Title": "Legal control", "Objective": "autonomy", "Weight": 1},
    {"Criterion": "continuity", "Title": "Goes on working", "Objective": "resilience"},
]


def _scores(technical: float, legal: float, continuity: float) -> dict[str, float]:
    return {
        "Score: technical": technical,
        "Score: legal": legal,
        "Score: continuity": continuity,
    }


_INVESTMENTS: Typed = [
    {"Investment": "CLOUD", "Option": "S", "Title": "Government cloud, small"}
    | {"Owner": "Digital agency", "Budget line": "17.04", "Pillar": "cloud", "Layer": "hosting"}
    | {"Latest start": 2028, "Cost year 1": 8.3, "Cost year 2": 2.1, "Running cost": 1.4}
    | {"Overrun": 0.2, "Covers": "hosting: 40%", "Build staff: IT": 3, "Run staff: IT": 2}
    | {"Own plan": "yes", "Source": "EE2017", "Evidence": "Built so in one country"}
    | {"Delay loss": 0.05}
    | _scores(31, 22, 12),
    {"Investment": "CLOUD", "Option": "L", "Title": "Government cloud, large"}
    | {"Latest start": 2028, "Cost year 1": 17.9, "Cost year 2": 9.7, "Running cost": 3.2}
    | {"Overrun": 0.35, "Covers": "hosting: 85%", "Build staff: IT": 5, "Run staff: IT": 4}
    | {"Source": "EE2017", "Delay loss": 0.05}
    | _scores(67, 53, 24),
    {"Investment": "VAULT", "Title": "Data embassy", "Owner": "Digital agency"}
    | {"Pillar": "cloud", "Layer": "data", "Cost year 1": 4.6, "Running cost": 0.7}
    | {"Covers": "data: 60%", "Exposures": "place:abroad", "Own plan": 2028, "Source": "MEMO"}
    | _scores(3, 17, 41),
    {"Investment": "CSIRT", "Title": "Incident team", "Owner": "Interior", "Pillar": "people"}
    | {"Cost year 1": 3.1, "Cost year 2": 2.9, "Running cost": 1.9, "Build staff: IT": 1}
    | {"Run staff: IT": 3, "Overrun": 0.1, "Own plan": "yes"}
    | _scores(9, 2, 39),
    {"Investment": "LAW", "Title": "Data law", "Owner": "Justice", "Pillar": "law"}
    | {"Decision": "must", "Reason": "Act 12 of 2026", "Cost year 1": 0.4, "Running cost": 0.1}
    | _scores(0, 29, 1),
    {"Investment": "SCHOOL", "Title": "School of administrators", "Owner": "Education"}
    | {"Pillar": "people", "Cost year 1": 1.2, "Running cost": 0.9, "Trains: IT": 2}
    | {"Note": "The building is there already"}
    | _scores(6, 0, 7),
    {"Investment": "SPEECH", "Title": "Own speech recognition", "Owner": "Digital agency"}
    | {"Pillar": "cloud", "Layer": "hosting", "Build years": 1, "Lifetime": 2}
    | {"Cost year 1": 11.3, "Running cost": 0.6, "Latest start": 2027}
    | _scores(13, 4, 2),
]

FULL: Workbook = {
    "Settings": settings(
        years=3,
        **_EDITION,
        cost_growth=0.02,
        discount_rate=0.03,
        contingency="flat",
        contingency_amount=0.05,
        points_for_100=150,
    ),
    "Objectives": _OBJECTIVES,
    "Criteria": _CRITERIA,
    "Funds": [
        {"Fund": "STATE", "Title": "State budget", 2027: 14, 2028: 13, 2029: 12}
        | {"Carry over": 0.5, "Priority": 2},
        {"Fund": "EU", "Title": "Structural fund", 2027: 7.5, 2028: 6, 2029: 0}
        | {"Pays at most": 0.6, "Pays": "build", "Eligible": "pillar: cloud", "Dependence": 0.3},
    ],
    "Investments": _INVESTMENTS,
    "Rules": [
        {"Rule": "requires all", "Investments": "CLOUD.L", "Needs": "LAW", "When": "started"}
        | {"Note": "No cloud without its law"},
        {"Rule": "excludes", "Investments": "SPEECH", "Needs": "CLOUD.L"},
        {"Rule": "at most", "Investments": "VAULT; CSIRT; SCHOOL", "Number": 2, "Priority": 1},
        {"Rule": "synergy", "Investments": "CLOUD; VAULT", "Criterion": "continuity"}
        | {"Bonus": 6, "Saving per year": 0.25, "Saving to": "STATE"},
    ],
    "Limits": [
        {"Metric": "cost in a year", "Scope": "pillar: cloud", "Maximum": 19, "Priority": 1},
        {"Metric": "later cost", "Maximum": 25},
        {"Metric": "points: legal", "Minimum": 20, "Note": "Asked for by the court"},
    ],
    "Skills": [
        {"Skill": "IT", "Title": "IT staff", 2027: 6, 2028: 7, 2029: 8, "Retention": 0.9},
    ],
    "Layers": [
        {"Layer": "hosting", "Title": "Hosting", "Full credit up to": 90, "Rate after": 0.5},
        {"Layer": "data", "Title": "Data"},
    ],
    "Providers": [
        {"Provider": "AWS", "Title": "Foreign cloud", "Layer": "hosting", "Coverage": 0.7}
        | {"Exposures": "law:US; vendor:AWS"},
        {"Provider": "OWN", "Title": "Own cellar", "Layer": "data", "Coverage": 0.5},
    ],
    "Services": [
        {"Service": "IDCARD", "Title": "Identity cards", "Weight": 2, "Needs": "hosting; data"}
        | {"Must hold": 0.2, "Against": "ORDER"},
        {"Service": "TAX", "Title": "Taxes", "Needs": "hosting"},
    ],
    "Shocks": [
        {"Shock": "ORDER", "Title": "A foreign court order", "Objective": "autonomy"}
        | {"Hits": "law:US", "Severity": 0.8, "Likelihood": 3},
        {"Shock": "SIEGE", "Title": "Places abroad are lost", "Objective": "autonomy"}
        | {"Hits": "place:abroad; vendor:AWS"},
    ],
    "Ranges": [
        {"Id": "CLOUD.S", "Quantity": "cost", "Low": 7.5, "High": 13, "Distribution": "lognormal"},
        {"Id": "CSIRT", "Quantity": "score: continuity", "Low": 15, "High": 45},
        {"Id": "SCHOOL", "Quantity": "cost", "Distribution": "list", "Values": "1.2; 2.4"}
        | {"Shares": "70%; 30%"},
    ],
    "Correlations": [
        {"First": "cost.CLOUD.S", "Second": "score.CSIRT.continuity", "Correlation": -0.4},
    ],
    "Sources": [
        {"Source": "EE2017", "Text": "Data embassy, 2017 plan", "Year": "2017", "Grade": "B"}
        | {"Link": "https://example.org/plan"},
        {"Source": "MEMO", "Text": "Memorandum of the agency", "Grade": "C"},
    ],
    "Sweeps": [
        {"Name": "state money", "Parameter": "fund.STATE", "From": 0.5, "To": 1.5, "Steps": 3}
        | {"As": "times"},
    ],
    "Story": [
        {"Title": "What if the state pays less?", "Change": "fund.STATE=20; never=CSIRT"}
        | {"Note": "Ask who would carry it."},
    ],
}
"""Every sheet filled: people, layers, services, shocks, rules, limits, an own plan, evidence."""


def _small(**changed: Any) -> Workbook:
    """Four investments over two years, with some sheets replaced."""
    rows: Typed = [
        {"Investment": "CLOUD", "Title": "Government cloud", "Cost year 1": 61.7}
        | {"Running cost": 2.3, "Score: autonomy": 33, "Score: resilience": 19},
        {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 37.9}
        | {"Running cost": 4.1, "Score: autonomy": 11, "Score: resilience": 48},
        {"Investment": "VAULT", "Title": "Data embassy", "Cost year 1": 23.3}
        | {"Score: autonomy": 7, "Score: resilience": 26},
        {"Investment": "LAW", "Title": "Data law", "Cost year 1": 3.1}
        | {"Score: autonomy": 13, "Score: resilience": 2},
    ]
    changes: dict[str, Rows] = {
        "Settings": settings(years=2, currency="EUR", discount_rate=0.04),
        "Funds": [{"Fund": "STATE", 2027: 71, 2028: 39}],
        "Investments": rows,
    }
    return sheets(**(changes | changed))


INFEASIBLE = _small(
    Funds=[{"Fund": "STATE", 2027: 50, 2028: 20, "Priority": 2}],
    Rules=[
        {"Rule": "at least", "Investments": "CLOUD; CSIRT", "Number": 2, "Priority": 1},
        {"Rule": "excludes", "Investments": "LAW", "Needs": "VAULT"},
    ],
    Limits=[{"Metric": "count", "Maximum": 3}],
)
"""Two of CLOUD and CSIRT are demanded, and there is no money for both."""

UNFINISHED = _small(Funds=[{"Fund": "STATE", 2027: 71, 2028: 39, "Dependence": 0.01}])
"""A search that is stopped before its proof; see `record.Unproved`."""

OWN = _small(
    Investments=[
        {**row, "Own plan": "yes" if row["Investment"] in {"CLOUD", "LAW"} else None}
        for row in _small()["Investments"]
    ]
)
"""A plan of one's own that another one beats at no more money."""

ONE_YEAR = sheets(
    Settings=settings(currency="EUR"),
    Investments=[
        {"Investment": "CLOUD", "Title": "Government cloud", "Cost year 1": 60}
        | {"Score: autonomy": 33, "Score: resilience": 19},
        {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 37}
        | {"Score: autonomy": 11, "Score: resilience": 48},
        {"Investment": "VAULT", "Title": "Data embassy", "Cost year 1": 23}
        | {"Score: autonomy": 7, "Score: resilience": 26},
    ],
)
"""The smallest workbook there is: one year, one fund, the sheets that must be there."""

FACTS = _small(
    Settings=settings(years=2, currency="EUR", cost_growth=0.5),
)
"""What the finance ministry sends; half as much again every year is a doubt."""

DEMANDS: Workbook = {
    "Rules": [{"Rule": "requires any", "Investments": "CLOUD", "Needs": "LAW; VAULT"}],
    "Limits": [{"Metric": "starts in a year", "Maximum": 2}],
}
"""What the digital ministry sends beside it."""

INCOME = _small(
    Settings=[
        *settings(years=3, currency="EUR", revenue_haircut=0.1),
        {"Setting": "Confirmed: CB-C32 Funds!E2", "Value": "It may pay all of an item"},
    ],
    Funds=[
        {"Fund": "STATE", 2027: 45, 2028: 40, 2029: 26, "Pays at most": 1, "Pays": "build"},
        {"Fund": "FEES", "Title": "Fees", 2027: 0, 2028: 0, 2029: 0, "Pays": "running"},
    ],
    Investments=[
        {"Investment": "DOMAIN", "Title": "Registry of names", "Cost year 1": 19.3}
        | {"Running cost": -13.7, "Revenue to": "FEES", "Score: autonomy": 17}
        | {"Score: resilience": 3},
        {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 37.9}
        | {"Running cost": 4.1, "Score: autonomy": 11, "Score: resilience": 48},
        {"Investment": "VAULT", "Title": "Data embassy", "Cost year 1": 23.3}
        | {"Running cost": 1.1, "Score: autonomy": 7, "Score: resilience": 26},
    ],
)
"""Fees of a registry pay what other things cost to run, a tenth of them not counted on."""

LATER = _small(
    Funds=[{"Fund": "STATE", 2027: 66, 2028: 45}],
    Rules=[{"Rule": "excludes", "Investments": "LAW", "Needs": "VAULT"}],
)
"""The own plan's workbook a year later: other money, a new rule."""

FAULTY = _small(
    Funds=[{"Fund": "STATE", 2027: -5, 2028: "much"}],
    Rules=[{"Rule": "excludes", "Investments": "LAWS", "Needs": "VAULT"}],
)
"""Three cells that need a correction."""

RESILIENT = """\
title = "Resilience first"
source = "made up"
when = "Shocks are near."
[[objective]]
id = "autonomy"
weight = 1
[[objective]]
id = "resilience"
weight = 3
[[criterion]]
id = "autonomy"
objective = "autonomy"
[[criterion]]
id = "resilience"
objective = "resilience"
"""
"""A decision model with other weights."""

STEPS = RESILIENT.replace("Resilience first", "Step by step").replace(
    "[[objective]]", '[settings]\nmethod = "lexicographic"\ntolerance = 0.1\n[[objective]]', 1
)
"""A decision model that raises one objective after the other."""

CASES: Mapping[str, Mapping[str, Workbook | str]] = {
    "full": {"full.xlsx": FULL},
    "infeasible": {"infeasible.xlsx": INFEASIBLE},
    "unfinished": {"unfinished.xlsx": UNFINISHED},
    "own-plan": {"own.xlsx": OWN, "later.xlsx": LATER},
    "one-year": {
        "one-year.xlsx": ONE_YEAR,
        "faulty.xlsx": FAULTY,
        "resilient.toml": RESILIENT,
        "steps.toml": STEPS,
        "choosebattles-demo/albania.xlsx": ONE_YEAR,
    },
    "several-files": {"facts.xlsx": FACTS, "demands.xlsx": DEMANDS},
    "income": {"income.xlsx": INCOME},
}
"""The files of every case."""


def put(case: str, folder: Path) -> None:
    """Write the files of a case into a folder."""
    for name, contents in CASES[case].items():
        if isinstance(contents, str):
            (folder / name).write_text(contents, encoding="utf-8")
        else:
            write(folder / name, contents)
