import json

import pytest

from choosebattles.errors import Fault
from choosebattles.report.json import as_json, errors_as_json
from choosebattles.solving.outcome import Stage, Stop
from report.outcomes import illyria, no_plan, outcome

KEYS = [
    "schema",
    "case",
    "edition",
    "stop",
    "proven",
    "objective",
    "bound",
    "gap",
    "scale",
    "indices",
    "before",
    "chosen",
    "spending",
    "total_cost",
    "violations",
    "stages",
    "warnings",
    "unfinished",
    "solver",
    "seconds",
    "conflict",
    "repairs",
]


def test_keys_are_those_that_scripts_rely_on() -> None:
    assert list(as_json(outcome())) == KEYS
    assert list(as_json(no_plan())) == KEYS


def test_a_plan() -> None:
    told = as_json(outcome(), ["CB-W03 Criteria!E3: blank"])

    assert told["schema"] == 1
    assert told["case"] == "illyria.xlsx"
    assert told["stop"] == "optimal"
    assert told["proven"] is True
    assert told["gap"] == 0
    # P is the larger ideal: 25 + 40 + 35 + 60 points of resilience.
    assert told["scale"] == 160
    # In 2030: (30 + 10 + 8) * 2/3 + (20 + 25) / 3 = 47 points of autonomy, 85 of resilience.
    assert told["indices"] == {"autonomy": 100 * 47 / 160, "resilience": 100 * 85 / 160}
    assert told["before"] == {"autonomy": 0, "resilience": 0}
    assert told["objective"] == pytest.approx(0.6 * 29.375 + 0.4 * 53.125)
    assert told["chosen"][0] == {"investment": "CLOUD", "option": "CLOUD.S", "start": 2026}
    assert {"investment": "VAULT", "option": "VAULT", "start": 2026} in told["chosen"]
    assert told["violations"] == []
    assert told["warnings"] == ["CB-W03 Criteria!E3: blank"]
    assert told["stages"][0]["stop"] == "optimal"


def test_every_fund_and_every_year_is_there() -> None:
    told = as_json(outcome())

    years = ["2026", "2027", "2028", "2029", "2030"]
    assert {fund: list(spent) for fund, spent in told["spending"].items()} == {
        "STATE": years,
        "DONOR": years,
    }
    assert told["spending"]["DONOR"]["2030"] == 0
    spent = sum(amount for by_year in told["spending"].values() for amount in by_year.values())
    assert spent == pytest.approx(told["total_cost"])


def test_no_plan() -> None:
    told = as_json(no_plan())

    assert told["stop"] == "infeasible"
    assert told["proven"] is True
    for key in ("objective", "bound", "gap", "indices", "total_cost"):
        assert told[key] is None
    assert told["chosen"] == []
    assert told["before"] == {"autonomy": 0, "resilience": 0}
    assert told["spending"]["STATE"]["2026"] == 0


def test_what_is_not_a_number_is_null() -> None:
    nothing = (Stage("the objective", Stop.TIME_LIMIT, None, float("inf"), 1.0),)
    stopped = no_plan(
        stop=Stop.TIME_LIMIT, proven=False, bound=float("inf"), gap=float("nan"), stages=nothing
    )

    told = as_json(stopped)

    assert told["bound"] is None
    assert told["stages"][0]["bound"] is None
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_titles_in_any_script_survive() -> None:
    told = as_json(outcome(illyria(name="Българія ë.xlsx")))

    assert json.loads(json.dumps(told))["case"] == "Българія ë.xlsx"


def test_errors() -> None:
    fault = Fault("a.xlsx", "Investments", "J3", "Cost year 2", "CB-C08", "-5", "0 or more", "")

    assert errors_as_json([fault]) == {
        "schema": 1,
        "errors": [
            {
                "code": "CB-C08",
                "file": "a.xlsx",
                "sheet": "Investments",
                "cell": "J3",
                "message": "found -5; expected 0 or more.",
            }
        ],
    }
