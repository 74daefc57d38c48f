"""A model file asks what solve asks: read back by HiGHS and by CBC, array by array and answer."""

import subprocess
import warnings
from pathlib import Path
from typing import Any

import highspy
import pulp
import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.place import Origin, Place
from choosebattles.errors import InputError, OutputError
from choosebattles.execution.overwriting import is_ours
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.solving.lp_and_mps_file import ModelFile
from choosebattles.solving.model_endings import MODEL_ENDINGS
from choosebattles.solving.pulp_solver import available
from choosebattles.workbook.reader import read_case
from programs import best, changed
from random_cases import draft
from small_cases import case, fund, option

EXAMPLES = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))

# 60 + 50 > 100: the best that fits is 60 + 40, worth 70 + 20 = 90.
THREE = case(
    option("CLOUD", 60, 70),
    option("DATA-1", 50, 40),
    option("CSIRT", 40, 20),
    funds=(fund(2027, 100),),
)

SIGN = {".mps": -1, ".lp": 1}
"""An MPS file is minimised, an LP file maximised."""


def weighted(seed: int) -> Case:
    """Return a random case whose method asks one question."""
    world = draft(seed)
    model = world.model.model_copy(update={"method": Method.WEIGHTED})
    return changed(world, model=model)


def read_back(path: Path) -> Any:
    """Read a model file with HiGHS."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    return solver.getLp()


def answer_of(path: Path) -> tuple[float, dict[str, float]]:
    """Solve a model file with HiGHS, in the direction that it says."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.readModel(str(path))
    solver.run()
    values = dict(zip(solver.getLp().col_names_, solver.getSolution().col_value, strict=True))
    return float(solver.getInfo().objective_function_value), values


def assert_alike(world: Case, path: Path) -> None:
    """See that every column and row of a file is that of the arrays that HiGHS gets from us.

    A column or a coefficient that is zero everywhere may be left out; numbers have twelve digits.
    """
    model = ModelFile.of(world)
    model.write(path)
    program = formulate(world)
    arrays, lp = as_arrays(program), read_back(path)
    goal = program.quantities.objective
    column = {name: number for number, name in enumerate(lp.col_names_)}
    row = {name: number for number, name in enumerate(lp.row_names_)}
    named = [model.column_names[name] for name in arrays.names]
    rows = [model.row_names[name] for name in program.rows]

    entries = {
        (rows[at], named[number]): value
        for at, number, value in zip(arrays.rows, arrays.columns, arrays.values, strict=True)
        if value
    }
    used = {name for _row, name in entries}
    used |= {model.column_names[name] for name, number in goal.terms.items() if number}
    assert used <= column.keys() <= {*named}
    assert row.keys() == {*rows}
    starts, index, value = lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_
    found = {}
    for outer in range(len(starts) - 1):
        for at in range(starts[outer], starts[outer + 1]):
            by_column = lp.a_matrix_.format_ == highspy.MatrixFormat.kColwise
            inner, other = (index[at], outer) if by_column else (outer, index[at])
            found[lp.row_names_[inner], lp.col_names_[other]] = value[at]
    assert found == pytest.approx(entries, rel=1e-11, abs=0)
    for number, name in enumerate(named):
        if name in column:
            at = column[name]
            assert (lp.col_lower_[at], lp.col_upper_[at]) == pytest.approx(
                (arrays.low[number], arrays.high[number]), rel=1e-11
            ), name
            whole = lp.integrality_[at] == highspy.HighsVarType.kInteger
            assert whole == arrays.integer[number], name
    for number, name in enumerate(rows):
        bounds = lp.row_lower_[row[name]], lp.row_upper_[row[name]]
        assert bounds == pytest.approx((arrays.row_low[number], arrays.row_high[number]), rel=1e-11)
    sign = SIGN[path.suffix]
    costs = {model.column_names[name]: sign * float(number) for name, number in goal.terms.items()}
    there = {name: lp.col_cost_[at] for name, at in column.items() if lp.col_cost_[at]}
    assert there == pytest.approx({n: c for n, c in costs.items() if c}, rel=1e-11, abs=0)
    assert lp.sense_ == (highspy.ObjSense.kMinimize if sign < 0 else highspy.ObjSense.kMaximize)


@pytest.mark.parametrize("ending", MODEL_ENDINGS)
@pytest.mark.parametrize("seed", range(6))
def test_random_cases_are_alike_in_the_file(seed: int, ending: str, tmp_path: Path) -> None:
    assert_alike(weighted(seed), tmp_path / f"model{ending}")


@pytest.mark.parametrize("ending", MODEL_ENDINGS)
@pytest.mark.parametrize("file", EXAMPLES[:2], ids=lambda file: file.stem)
def test_examples_are_alike_in_the_file(file: Path, ending: str, tmp_path: Path) -> None:
    assert_alike(read_case(file), tmp_path / f"model{ending}")


@pytest.mark.parametrize("ending", MODEL_ENDINGS)
def test_highs_finds_in_the_file_what_solve_finds(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"model{ending}"
    ModelFile.of(THREE).write(path)

    worth, values = answer_of(path)

    assert SIGN[ending] * worth == pytest.approx(90)
    assert best(THREE).objective == pytest.approx(90)
    starts = {name for name, number in values.items() if name.startswith("start_") and number > 0.5}
    assert starts == {"start_CLOUD_2027", "start_CSIRT_2027"}


@pytest.mark.parametrize("ending", MODEL_ENDINGS)
@pytest.mark.parametrize("seed", range(3))
def test_the_optimum_of_a_file_is_that_of_solve(seed: int, ending: str, tmp_path: Path) -> None:
    world, path = weighted(seed), tmp_path / f"model{ending}"
    ModelFile.of(world).write(path)
    outcome = best(world)

    if outcome.objective is not None:
        assert SIGN[ending] * answer_of(path)[0] == pytest.approx(outcome.objective, abs=1e-6)


@pytest.mark.parametrize(("ending", "worth"), [(".mps", "-90"), (".lp", "90")])
def test_cbc_reads_the_file(ending: str, worth: str, tmp_path: Path) -> None:
    there = [name for name in ("PULP_CBC_CMD", "COIN_CMD") if name in available()]
    if not there:
        pytest.skip("no CBC on this machine")
    path = tmp_path / f"model{ending}"
    ModelFile.of(THREE).write(path)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PuLP 3 says that PuLP 4 brings no CBC
        cbc = pulp.getSolver(there[0]).path
    answer = tmp_path / "answer.txt"
    subprocess.run([cbc, path, "-solve", "-solution", answer], capture_output=True, check=True)

    assert answer.read_text("utf-8").startswith(f"Optimal - objective value {worth}.0000")


def test_a_constant_is_a_column_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Readers differ on constants in the objective: some forget them."""
    program = formulate(THREE)
    monkeypatch.setitem(program.quantities.__dict__, "objective", program.quantities.objective + 7)
    monkeypatch.setattr("choosebattles.solving.lp_and_mps_file.formulate", lambda _case: program)
    for ending in MODEL_ENDINGS:
        path = tmp_path / f"model{ending}"
        ModelFile.of(THREE).write(path)

        assert SIGN[ending] * answer_of(path)[0] == pytest.approx(97)


@pytest.mark.parametrize("method", [Method.LEXICOGRAPHIC, Method.BALANCED])
def test_a_method_of_several_questions_is_refused(method: Method) -> None:
    model = THREE.model.model_copy(
        update={
            "method": method,
            "origin": Origin(cells={"method": Place("in.xlsx", "Settings", "B9", "Method")}),
        }
    )

    with pytest.raises(InputError) as refused:
        ModelFile.of(changed(THREE, model=model))

    assert str(refused.value).endswith(
        f"CB-R10 Settings!B9 (Method): found {method}; expected weighted. A model file asks one "
        "question, and this method asks several, each with the answers of those before it. Choose "
        "another method, or name a model that weighs: --model NAME."
    )


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    """In comments: the sense, what was changed, and names that lost more than brackets."""
    for ending, sense in ((".mps", "To be minimised"), (".lp", "To be maximised")):
        path = tmp_path / f"model{ending}"
        ModelFile.of(THREE).write(path, ["Every fund was set to 80 %."])
        mark = {".mps": "* ", ".lp": "\\ "}[ending]
        comments = [
            line.removeprefix(mark)
            for line in path.read_text("utf-8").splitlines()
            if line.startswith(mark)
        ]

        assert any(line.startswith(sense) for line in comments)
        assert "Every fund was set to 80 %." in comments
        assert "start_DATA_1_2027 = start[DATA-1,2027]" in comments
        assert not any(line.startswith("start_CLOUD") for line in comments)


@pytest.mark.parametrize("ending", MODEL_ENDINGS)
def test_a_file_that_somebody_changed_is_not_replaced(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"model{ending}"
    model = ModelFile.of(THREE)
    model.write(path)
    model.write(path)
    assert is_ours(path)
    path.write_text(path.read_text("utf-8").replace("CLOUD", "CLOUDY"), encoding="utf-8")

    assert not is_ours(path)
    with pytest.raises(OutputError, match="CB-O05"):
        model.write(path)
    model.write(path, overwrite=True)
    assert is_ours(path)
