"""``choosebattles demo``: the whole main job on the shipped example."""

from pathlib import Path

from cli.conftest import Run

FOLDER = Path("choosebattles-demo")


def test_the_example_is_solved(run: Run, here: Path) -> None:
    told = run("demo")

    assert told.exit_code == 0
    assert str(FOLDER / "albania.xlsx") in told.stdout
    assert f"Results: {FOLDER / 'albania-results.xlsx'}" in told.stdout
    assert {file.name for file in (here / FOLDER).iterdir()} == {
        "albania.xlsx",
        "albania-results.xlsx",
    }


def test_what_a_user_changed_stays(run: Run, here: Path, small: Path) -> None:
    folder = here / FOLDER
    folder.mkdir()
    changed = small.rename(folder / "albania.xlsx").read_bytes()

    told = run("demo")

    assert told.exit_code == 0
    assert "was changed since it was made; it is solved as it stands." in told.stdout
    assert (folder / "albania.xlsx").read_bytes() == changed
