"""Notebooks of docs/notebooks: they run from top to bottom, in a folder of their own, on what is here.

What they show was written into them by ``jupyter execute --inplace docs/notebooks/*.ipynb``.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
NEEDED = (
    "ema_workbench",
    "SALib",
    "nbclient",
    "nbformat",
    "ipykernel",
    "pandas",
    "pyarrow",
    "matplotlib",
)
SECONDS = 300
"""More than enough for a cell on a loaded machine; what takes longer waits for something."""

by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    book = json.loads(path.read_text("utf-8"))
    return [cell for cell in book["cells"] if cell["cell_type"] == kind]


def test_there_is_one_for_each_program() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["prim_cart", "salib"]


@by_name
def test_it_is_short_and_shows_what_came_of_it(path: Path) -> None:
    code = cells(path, "code")

    assert len(code) + len(cells(path, "markdown")) <= 16
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = {out["output_type"] for cell in code for out in cell["outputs"]}
    assert "error" not in kinds
    shown = [out.get("data", {}) for cell in code for out in cell["outputs"]]
    assert sum("image/png" in data for data in shown) == 1
    assert path.stat().st_size < 150_000
    text = path.read_text("utf-8")
    assert str(Path.home()) not in text
    assert "/tmp/" not in text


@by_name
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: pip install 'choosebattles[notebooks]'")
    import nbclient  # noqa: PLC0415 - not there in every environment
    import nbformat  # noqa: PLC0415

    scripts = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    book = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}

    nbclient.NotebookClient(book, timeout=SECONDS, resources=resources).execute()

    assert {"small.xlsx", "draws.parquet", "draws.json"} <= {
        file.name for file in tmp_path.iterdir()
    }
    outputs = [out for cell in book.cells if cell.cell_type == "code" for out in cell.outputs]
    assert any("image/png" in out.get("data", {}) for out in outputs)
    frames = [out for out in outputs if "text/html" in out.get("data", {})]
    assert frames
    assert not any("NaN" in "".join(out["data"]["text/plain"]) for out in frames[1:])
