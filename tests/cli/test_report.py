"""``report``: a page, slides, documents, or a sentence why there is none; ``solve --scenario`` reads what it saves."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pptx import Presentation

from choosebattles.cli import report
from choosebattles.explain.precomputed import Precomputed, precompute, trade_off
from choosebattles.frontier.points import Frontier
from choosebattles.optional_libraries import extra
from choosebattles.solving import search_limits
from choosebattles.solving.outcome import Stop
from cli.conftest import Run
from workbook.sheets import sheets, write


def test_a_page_is_written(run: Run, small: Path, here: Path) -> None:
    ended = run("report", small, "--html", "page.html", "--gap", "0")

    assert ended.exit_code == 0, ended.output
    assert "Page: page.html" in ended.stdout
    assert "<noscript>" in (here / "page.html").read_text("utf-8")


def test_a_redacted_page_is_written(run: Run, small: Path, here: Path) -> None:
    ended = run("report", small, "--html", "page.html", "--redact")

    assert ended.exit_code == 0, ended.output
    assert "<script" not in (here / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            (),
            "CB-R04 --html: found nothing to write; expected a file, such as --html page.html or --pptx slides.pptx.",
        ),
        (
            ("--html", "page.pdf"),
            "--html: found page.pdf; expected a name that ends in .html or .htm.",
        ),
    ],
)
def test_what_cannot_be_written_is_said(
    run: Run, small: Path, options: tuple[str, ...], says: str
) -> None:
    ended = run("report", small, *options)

    assert ended.exit_code == 2
    assert says in ended.output


def test_without_a_plan_there_is_no_page(run: Run, here: Path) -> None:
    needs = [{"Metric": "count", "Minimum": 9}]
    path = write(here / "none.xlsx", sheets(Limits=needs))
    ended = run("report", path, "--html", "page.html")

    assert ended.exit_code == 3, ended.output
    assert not (here / "page.html").exists()


def scenario(here: Path, **content: Any) -> Path:
    path = here / "scenario.json"
    path.write_text(json.dumps({"schema": 1, **content}), "utf-8")
    return path


def answer(run: Run, small: Path, path: Path, *options: object) -> Any:
    return run("solve", small, "--scenario", path, "--json", "-", "--gap", "0", *options)


def test_a_scenario_is_solved(run: Run, small: Path, here: Path) -> None:
    path = scenario(here, budget="50%", set={"cost.CSIRT": 45}, must=["CSIRT"], never=["CLOUD"])
    ended = answer(run, small, path)

    assert ended.exit_code == 0, ended.output
    found = json.loads(ended.stdout)
    assert [each["option"] for each in found["chosen"]] == ["CSIRT"]
    assert found["total_cost"] == 45


def test_a_scenario_of_another_workbook_is_told(run: Run, small: Path, here: Path) -> None:
    path = scenario(here, files=[{"name": "small.xlsx", "sha256": "00"}])
    ended = run("solve", small, "--scenario", path)

    assert "The scenario was made for another version of small.xlsx." in ended.stdout


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"must": ["CLUOD"]}, "CB-R31 CLUOD: found no such investment or option"),
        ({"msut": []}, "CB-R30 scenario.json: found msut; expected one of"),
        ({"must": "CSIRT"}, "found must; expected a list of ids"),
        ({"schema": 2}, "found schema 2; expected schema 1"),
        ({"set": []}, "found set; expected names of numbers, each with a number"),
        ({"set": {"fund.NOWHERE": 3}}, "CB-R02"),
        ({"budget": 0.8}, "CB-R04 --budget: found 0.8"),
        ({"files": 3}, "found files; expected a list of name and sha256"),
    ],
)
def test_a_faulty_scenario_is_refused(
    run: Run, small: Path, here: Path, content: dict[str, Any], says: str
) -> None:
    ended = run("solve", small, "--scenario", scenario(here, **content))

    assert ended.exit_code == 2
    assert says in ended.output


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": NaN}', "\ufeff\u0000", "[" * 100_000])
def test_what_is_no_scenario_is_refused(run: Run, small: Path, here: Path, text: str) -> None:
    path = here / "odd.json"
    path.write_text(text, "utf-8")
    ended = run("solve", small, "--scenario", path)

    assert ended.exit_code == 2, ended.output
    assert "CB-R30" in ended.output


def test_a_missing_scenario_is_said(run: Run, small: Path) -> None:
    ended = run("solve", small, "--scenario", "nowhere.json")

    assert ended.exit_code == 2
    assert "CB-F22 nowhere.json: found no such file" in ended.output


def test_two_budgets_are_refused(run: Run, small: Path, here: Path) -> None:
    ended = answer(run, small, scenario(here, budget="50%"), "--budget", "60%")

    assert ended.exit_code == 2


def test_all_products_come_of_one_search(run: Run, small: Path, here: Path) -> None:
    products = ("--pptx", "s.pptx", "--docx", "p.docx", "--md", "p.md", "--html", "p.html")
    ended = run("report", small, *products, "--gap", "0")

    assert ended.exit_code == 0, ended.output
    for line in ("Slides: s.pptx", "Document: p.docx", "Document: p.md", "Page: p.html"):
        assert line in ended.stdout
    told = (here / "p.md").read_text("utf-8")
    assert "## Priorities and timeline" in told
    assert len(Presentation(str(here / "s.pptx")).slides) == 6


def test_one_objective_has_no_trade_off(run: Run, here: Path) -> None:
    one = [{"Investment": "CLOUD", "Title": "Cloud", "Cost year 1": 60, "Score: autonomy": 30}]
    goals = [{"Objective": "autonomy"}]
    criteria = [{"Criterion": "autonomy", "Objective": "autonomy"}]
    facts = sheets(Investments=one, Objectives=goals, Criteria=criteria)
    path = write(here / "one.xlsx", facts)
    ended = run("report", path, "--md", "p.md", "--prices", "--frontier", "--gap", "0")

    assert ended.exit_code == 0, ended.output
    assert "There is one objective, so there is no trade-off to show." in ended.stdout
    assert "What one objective costs" not in (here / "p.md").read_text("utf-8")


def test_the_trade_off_and_prices_are_told_where_asked_for(run: Run, here: Path) -> None:
    both = [
        {"Investment": "CLOUD", "Title": "Cloud", "Cost year 1": 60}
        | {"Score: autonomy": 30, "Score: resilience": 20},
        {"Investment": "CSIRT", "Title": "Team", "Cost year 1": 60}
        | {"Score: autonomy": 10, "Score: resilience": 50},
    ]
    path = write(here / "two.xlsx", sheets(Investments=both))
    asked = ("--md", "p.md", "--pptx", "s.pptx", "--frontier", "--prices", "--gap", "0")
    ended = run("report", path, *asked)

    assert ended.exit_code == 0, ended.output
    # 60 + 60 > 100, so one of the two is taken. 70 points are the largest ideal: 10 and 50 make
    # 14.3 and 71.4, 30 and 20 make 42.9 and 28.6; with CLOUD the mean is 7.14 lower.
    told = (here / "p.md").read_text("utf-8")
    assert "## What one objective costs the other" in told
    assert "| 1 | 14.3 | 71.4 | 60.0 |" in told
    assert "| 2 | 42.9 | 28.6 | 60.0 |" in told
    assert "| CLOUD | Cloud | 60.0 | 0.60 | 7.14 points |" in told
    assert len(Presentation(str(here / "s.pptx")).slides) == 8


def test_a_trade_off_without_time_is_told(
    run: Run, small: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hurried(*asked: Any, **terms: Any) -> Frontier:
        found = trade_off(*asked, **terms)
        assert found is not None
        return replace(found, points=(), complete=False, stop=Stop.TIME_LIMIT)

    monkeypatch.setattr(report, "trade_off", hurried)
    ended = run("report", small, "--md", "p.md", "--frontier", "--gap", "0")

    assert ended.exit_code == 0, ended.output
    assert (
        "The trade-off is not shown: the search for it ended before its first point" in ended.stdout
    )
    assert "What one objective costs" not in (here / "p.md").read_text("utf-8")


def test_slides_and_documents_are_there_before_the_page_is_computed(
    run: Run, small: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[bool] = []

    def looking(*asked: Any, **terms: Any) -> Precomputed:
        there.extend((here / name).is_file() for name in ("s.pptx", "p.md", "p.html"))
        return precompute(*asked, **terms)

    monkeypatch.setattr(report, "precompute", looking)
    ended = run("report", small, "--pptx", "s.pptx", "--md", "p.md", "--html", "p.html")

    assert ended.exit_code == 0, ended.output
    assert there == [True, True, False]


def test_the_time_limit_holds_for_all_of_it_and_what_it_ended_is_said(
    run: Run, small: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every look at the clock finds a second more gone by: after some 40 the user's time is over.
    seconds = iter(range(1_000_000))
    monkeypatch.setattr(search_limits, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    files = ("--md", "p.md", "--html", "p.html")
    ended = run("report", small, *files, "--frontier", "--prices", "--time-limit", "40s")

    assert ended.exit_code == 0, ended.output
    assert "The page lacks some of what it would show at once." in ended.stdout
    assert "Allow more with --time-limit." in ended.stdout
    assert "parts are missing" in (here / "p.html").read_text("utf-8")
    assert (here / "p.md").is_file()


def test_without_a_time_limit_no_time_counts(
    run: Run, small: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = iter(range(0, 10**9, 3600))
    monkeypatch.setattr(search_limits, "time", SimpleNamespace(monotonic=lambda: next(hours)))
    ended = run("report", small, "--html", "p.html", "--md", "p.md", "--prices", "--frontier")

    assert ended.exit_code == 0, ended.output
    assert "--time-limit" not in ended.stdout
    assert "parts are missing" not in (here / "p.html").read_text("utf-8")


def test_without_a_plan_slides_say_why(run: Run, here: Path) -> None:
    needs = [{"Metric": "count", "Minimum": 9}]
    path = write(here / "none.xlsx", sheets(Limits=needs))
    ended = run("report", path, "--pptx", "s.pptx", "--md", "p.md", "--html", "p.html")

    assert ended.exit_code == 3, ended.output
    assert not (here / "p.html").exists()
    assert "There is no page, because there is no plan to show." in ended.stdout
    assert "no plan meets all demands" in (here / "p.md").read_text("utf-8")
    first, second = Presentation(str(here / "s.pptx")).slides
    assert first.shapes.title.text.endswith("no plan meets all demands at once.")
    assert "Limits" in second.notes_slide.notes_text_frame.text


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ("--pptx", "s.ppt"),
            "CB-R04 --pptx: found s.ppt; expected a name that ends in .pptx.",
        ),
        (("--md", "p.txt"), "--md: found p.txt; expected a name that ends in .md."),
        (("--docx", "p.doc"), "--docx: found p.doc; expected a name that ends in .docx."),
        (
            ("--md", "p.md", "--redact"),
            "--redact: found --pptx, --md or --docx; expected --html alone",
        ),
        (
            ("--html", "p.html", "--frontier"),
            "--frontier, --prices: found --html alone; expected --pptx, --md or --docx as well",
        ),
    ],
)
def test_what_means_nothing_is_refused(
    run: Run, small: Path, here: Path, options: tuple[str, ...], says: str
) -> None:
    ended = run("report", small, *options)

    assert ended.exit_code == 2
    assert says in ended.output
    assert list(here.iterdir()) == [small]


@pytest.mark.parametrize(
    ("option", "name", "library"),
    [("--pptx", "s.pptx", "pptx"), ("--docx", "p.docx", "docx")],
)
def test_a_missing_extra_is_told_before_anything_is_solved(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, option: str, name: str, library: str
) -> None:
    for module in list(sys.modules):
        if module.partition(".")[0] == library or module in (
            "choosebattles.report.outputs.slides.deck",
            "choosebattles.report.outputs.word",
        ):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    ended = run("report", small, option, name)

    assert ended.exit_code == 2
    assert (
        f"CB-R04 {option}: found that it is not installed; expected python-{library}"
        in ended.output
    )
    assert "Install it: pip install 'choosebattles[slides]'" in ended.output


def test_a_fault_of_our_own_is_not_called_a_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"choosebattles\.nowhere"):
        extra("--pptx", "choosebattles.nowhere")
