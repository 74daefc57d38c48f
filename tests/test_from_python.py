"""What somebody from Python hands over and gets back: our own words, tables, a few lines."""

import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import choosebattles as cb
from choosebattles.notebook_display import SHOWN_ROWS
from workbook.sheets import settings, sheets, write

# The types say Decimal and Case, as what comes back is; what is handed over may be otherwise.
Axis: Any = cb.Axis
Spread: Any = cb.Spread
Options: Any = cb.Options
Fund: Any = cb.Fund
Option: Any = cb.Option
replaced: Any = cb.replaced
recount: Any = cb.recount
Case: Any = cb.Case


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("python") / "mine.xlsx", sheets())


@pytest.fixture(scope="module")
def case(path: Path) -> cb.Case:
    return cb.read_case(path)


@pytest.fixture(scope="module")
def outcome(case: cb.Case) -> cb.Outcome:
    return cb.solve(case, Options(gap=0))


def alone() -> cb.StudyOptions:
    return cb.StudyOptions(gap=0, workers=1)


def swept(case: cb.Case | str | Path) -> cb.Sweep:
    return cb.sweep(case, cb.SweepPlan((Axis("fund.STATE", 40, 100.0, steps=2),)), alone())


def uncertain(case: cb.Case | str | Path) -> object:
    return cb.what_varies(case, spreads=[Spread("cost", 0.1, 0.2)])


TAKES_A_CASE: dict[str, Callable[[cb.Case | str | Path], object]] = {
    "solve": cb.solve,
    "trace": cb.trace,
    "alternatives": cb.alternatives,
    "explain_plan": cb.explain_plan,
    "own_plan": lambda case: cb.own_plan(case, {"CLOUD": None}),
    "budget_path": lambda case: cb.budget_path(case, [-0.5]),
    "compare": lambda case: cb.compare(case, case),
    "compare_models": lambda case: cb.compare_models(case, []),
    "robustness": lambda case: cb.robustness(case, weights={"autonomy": (0.3, 0.7)}),
    "what_varies": uncertain,
    "sweep": swept,
}


@pytest.mark.parametrize("name", TAKES_A_CASE)
def test_whatever_takes_a_case_takes_the_path_of_a_workbook(
    name: str, path: Path, case: cb.Case
) -> None:
    ask = TAKES_A_CASE[name]

    assert repr(ask(str(path))) == repr(ask(path)) == repr(ask(case))


@pytest.mark.parametrize("name", TAKES_A_CASE)
def test_whatever_takes_a_case_says_so_where_it_gets_something_else(name: str) -> None:
    something: Any = 7

    with pytest.raises(cb.InputError, match="expected a case, or the path of a workbook"):
        TAKES_A_CASE[name](something)


WRONG: dict[str, Callable[[cb.Case], object]] = {
    "a gap below 0": lambda _case: Options(gap=-1),
    "a gap as text": lambda _case: Options(gap="1%"),
    "no number": lambda _case: Options(gap=math.nan),
    "a time below 0": lambda _case: Options(time_limit=-5),
    "half a thread": lambda _case: Options(threads=0.5),
    "no worker": lambda _case: cb.StudyOptions(workers=0),
    "a draw less than one": lambda _case: cb.Draws(0),
    "a limit below 0": lambda _case: cb.Limits(time_limit=-1),
    "a text as an end": lambda _case: Axis("budget", "low", 1),
    "a text as a spread": lambda _case: Spread("cost", "10%", 1),
    "an unknown number": lambda case: cb.value(case, "cost.CLUOD"),
    "a text as a number": lambda case: replaced(case, "cost.CLOUD", "abc"),
    "infinity": lambda case: replaced(case, "cost.CLOUD", math.inf),
    "a cost below 0": lambda case: replaced(case, "cost.CLOUD", -5),
    "a share below 0": lambda case: cb.budget(case, -0.5),
    "an unknown option to explain": lambda case: cb.explain_plan(case, ["NOPE"]),
    "an unknown option of one's own": lambda case: cb.own_plan(case, {"NOPE": None}),
    "an unknown option in question": lambda case: cb.robustness(
        case, weights={"autonomy": (0.3, 0.7)}, plan={"NOPE": None}
    ),
    "an unknown weight": lambda case: cb.robustness(case, weights={"nope": (0.3, 0.7)}),
    "an unknown measure": lambda case: cb.trace(case, objectives=("nope", "cost")),
    "a resolution below 0": lambda case: cb.trace(case, resolution=-1),
    "no alternative": lambda case: cb.alternatives(case, count=0),
    "a loss below 0": lambda case: cb.alternatives(case, loss=-0.1),
    "no money at all": lambda case: cb.budget_path(case, [-1]),
    "an unknown model": lambda case: cb.compare_models(case, ["nope"]),
    "an unknown solver": lambda case: cb.solve(case, Options(solver="nope")),
    "an unknown axis": lambda case: cb.sweep(
        case, cb.SweepPlan((Axis("budgit", 0.4, 1.2),)), alone()
    ),
    "an unknown quantity": lambda case: cb.what_varies(case, spreads=[Spread("nope", 1, 1)]),
    "a recount of a path": lambda _case: recount("mine.xlsx", cb.Plan(())),
    "a recount of nothing": lambda case: recount(case, None),
    "a file that is not there": lambda _case: cb.solve("nothere.xlsx"),
    "a case of nothing": lambda _case: Case(),
    "an option that costs a text": lambda _case: Option(id="A", title="A", cost=("dear",)),
    "an unknown field": lambda _case: Fund(id="A", amount={2027: 1}, colour="red"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_makes_no_sense_is_refused_in_our_own_words(what: str, case: cb.Case) -> None:
    with pytest.raises(cb.InputError) as caught:
        WRONG[what](case)

    assert all(fault.code.startswith("CB-") for fault in caught.value.faults)
    assert caught.value.faults


def test_floats_are_the_decimals_that_they_are_typed_as(case: cb.Case) -> None:
    assert cb.value(replaced(case, "cost.CLOUD", 0.1 + 0.2), "cost.CLOUD") == Decimal("0.3")
    assert cb.budget(case, 0.8) == cb.budget(case, Decimal("0.8"))
    assert Axis("budget", 0.4, 1.2, steps=3).start == Decimal("0.4")


def test_results_are_written_to_a_name_as_text(
    outcome: cb.Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert cb.write_results(outcome, "r.xlsx").path == Path("r.xlsx")
    assert (tmp_path / "r.xlsx").stat().st_size > 0


def answers(case: cb.Case, outcome: cb.Outcome) -> dict[str, object]:
    varying = cb.what_varies(case, spreads=[Spread("cost", 0.1, 0.2)])
    simulated = cb.simulate(case, varying, 8, alone())
    return {
        "outcome": outcome,
        "frontier": cb.trace(case),
        "alternatives": cb.alternatives(case),
        "why": cb.explain_plan(case),
        "own": cb.own_plan(case, {"CLOUD": None}),
        "path": cb.budget_path(case, [-0.5]),
        "compared": cb.compare(case, cb.budget(case, 0.5)),
        "strategies": cb.compare_models(case, []),
        "robustness": cb.robustness(case, weights={"autonomy": (0.3, 0.7)}),
        "sweep": swept(case),
        "simulation": simulated,
        "sensitivity": cb.sensitivity(simulated, 16, best=False),
    }


def test_answers_show_themselves(case: cb.Case, outcome: cb.Outcome) -> None:
    for name, answer in answers(case, outcome).items():
        lines = repr(answer).splitlines()
        assert 1 <= len(lines) <= 6, name
        assert str(answer) == repr(answer)
        assert "<p>" in answer._repr_html_(), name  # type: ignore[attr-defined]
        frame = answer.to_frame()  # type: ignore[attr-defined]
        arrays = answer.arrays  # type: ignore[attr-defined]
        assert frame.columns == list(arrays), name
        assert {len(column) for column in arrays.values()} == {frame.height}, name
    assert len(repr(case).splitlines()) == 3


def test_the_table_of_an_outcome_adds_up(outcome: cb.Outcome) -> None:
    # 60 + 40 = 100: both are taken.
    table = outcome.to_frame()

    assert sorted(table["option"]) == ["CLOUD", "CSIRT"]
    assert table["cost"].sum() == 100
    assert repr(outcome).startswith("mine.xlsx: proved to be the best plan: objective ")
    assert "takes 2 of 2 investments for 100 million" in repr(outcome)


def test_a_notebook_shows_the_first_rows_and_says_how_many_there_are() -> None:
    options = [
        Option(id=f"I{n}", title=f"<b>{n}</b>", cost=(1,), score={"autonomy": 1})
        for n in range(SHOWN_ROWS + 5)
    ]
    case = Case(
        first_year=2027,
        years=1,
        funds=(Fund(id="STATE", amount={2027: 100}),),
        investments=tuple(cb.Investment(id=option.id, options=(option,)) for option in options),
    )

    shown = cb.solve(case)._repr_html_()

    assert shown.count("<tr>") == 1 + SHOWN_ROWS
    assert "<b>" not in shown
    assert f"{SHOWN_ROWS + 5} rows" in shown


def test_a_frame_of_pandas_where_only_that_is_there(
    outcome: cb.Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pandas:
        DataFrame = dict

    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", Pandas)

    assert np.array_equal(outcome.to_frame()["option"], outcome.arrays["option"])


def test_the_default_model_is_that_of_a_workbook_without_the_sheets(case: cb.Case) -> None:
    assert case.model == cb.Case.model_fields["model"].default


def test_doubts_are_warnings_of_python(tmp_path: Path) -> None:
    doubtful = write(tmp_path / "d.xlsx", sheets(Settings=settings(cost_growth=0.5)))

    with pytest.warns(cb.DoubtWarning, match=r"CB-C31 Settings!B4 \(Cost growth\)"):
        case = cb.read_case(doubtful)
    with pytest.warns(cb.DoubtWarning):
        assert cb.solve(doubtful).case == case
