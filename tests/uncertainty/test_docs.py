"""What docs/studies.md shows works as it stands."""

import re
from pathlib import Path

import pytest

from cli.conftest import Run
from workbook.sheets import sheets, write

PAGE = (Path(__file__).parents[2] / "docs" / "studies.md").read_text("utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

pytest_plugins = ("cli.conftest",)


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(PAGE) if kind == language]


def test_the_code_works(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(small.with_name("mine.xlsx"), sheets())
    told: dict[str, object] = {}
    for block in blocks("python"):
        exec(block, told)

    out = capsys.readouterr().out
    assert "40% of the money: 42.86 points" in out
    assert "120% of the money: 78.57 points" in out
    assert "{'CLOUD': " in out
    assert "Regret(mean=" in out
    assert "20 draws, " in out
    assert "CLOUD taken in 0" in out
    assert "worth ('weights',) " in out
    assert " hours on 16 processors, " in out
    assert "may fall short by " in out


def test_the_plan_works(run: Run, small: Path) -> None:
    (plan,) = blocks("toml")
    Path("plan.toml").write_text(plan, "utf-8")

    told = run("sweep", small.name, "--plan", "plan.toml", "--workers", 1)

    assert told.exit_code == 0
    assert "fund.STATE and weight.autonomy varied over 15 points" in told.stdout
