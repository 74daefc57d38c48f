"""``export``: the question of a case as a model file."""

import json
from pathlib import Path

import highspy
import pytest

from cli.conftest import Run
from workbook.sheets import settings, sheets, write


def worth(path: str | Path) -> float:
    """Return the optimum of a model file."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    return float(solver.getInfo().objective_function_value)


def objective(run: Run, *words: object) -> float:
    """Return the objective that ``solve`` finds, in full."""
    ended = run("solve", *words, "--gap", "0", "--json", "answer.json")
    assert ended.exit_code == 0, ended.output
    tree = json.loads(Path("answer.json").read_text("utf-8"))
    return float(tree["objective"])


def test_a_model_is_written_under_the_name_of_the_workbook(run: Run, small: Path) -> None:
    # CLOUD and CSIRT, no rules: two columns for starts, one for what the fund pays.
    ended = run("export", small)

    assert ended.exit_code == 0, ended.output
    assert ended.stdout == (
        "The question in 3 columns, 2 of them whole numbers, and 4 rows.\n"
        "Results: small-model.mps\n"
    )
    assert worth("small-model.mps") == pytest.approx(-objective(run, small))


@pytest.mark.parametrize(
    "change",
    [(), ("--budget", "50%"), ("--set", "fund.STATE.2027=40"), ("--scenario", "scenario.json")],
)
def test_both_formats_ask_what_solve_asks(run: Run, small: Path, change: tuple[str, ...]) -> None:
    scenario = {"schema": 1, "never": ["CLOUD"]}
    Path("scenario.json").write_text(json.dumps(scenario), encoding="utf-8")
    ended = run("export", small, "-o", "both.mps", "-o", "both.lp", *change)

    assert ended.exit_code == 0, ended.output
    found = objective(run, small, *change)
    assert (worth("both.mps"), worth("both.lp")) == pytest.approx((-found, found))


def test_what_was_changed_is_told_and_stands_in_the_file(run: Run, small: Path) -> None:
    ended = run("export", small, "--budget", "50%", "-o", "less.lp")

    note = "Every fund was set to 50 % of what the workbook says."
    assert note in ended.stdout
    assert f"\\ {note}\n" in Path("less.lp").read_text("utf-8")


def test_a_method_of_several_questions_is_refused(run: Run, here: Path) -> None:
    book = write(here / "steps.xlsx", sheets(Settings=settings(method="balanced")))

    ended = run("export", book)

    assert ended.exit_code == 2
    assert "CB-R10 Settings!" in ended.output
    assert "A model file asks one question" in ended.output
    assert not Path("steps-model.mps").exists()


def test_another_ending_is_refused(run: Run, small: Path) -> None:
    ended = run("export", small, "-o", "model.xlsx")

    assert ended.exit_code == 2
    assert "expected a name that ends in .mps or .lp" in ended.output


def test_a_file_of_another_program_is_kept(run: Run, small: Path) -> None:
    Path("theirs.mps").write_text("NAME theirs\n", encoding="utf-8")

    assert run("export", small, "-o", "theirs.mps").exit_code == 2
    assert Path("theirs.mps").read_text("utf-8") == "NAME theirs\n"
    assert run("export", small, "-o", "theirs.mps", "--overwrite").exit_code == 0


def test_strict_takes_a_doubt_for_an_error(run: Run, here: Path) -> None:
    odd = write(here / "odd.xlsx", sheets(Settings=settings(discount_rate=0.5)))

    assert run("export", odd).exit_code == 0
    assert run("export", odd, "--strict").exit_code == 2
