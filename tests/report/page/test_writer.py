"""The page as a file: what it allows, what it holds, what it leaves out."""

import base64
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.parameter import budget
from choosebattles.explain.precomputed import SHARES, precompute
from choosebattles.report.page import writer
from choosebattles.report.page.page_text import heat, price
from choosebattles.report.page.program import Live, as_tree
from choosebattles.report.page.writer import LARGEST, PageRequest, render, write_page
from choosebattles.report.provenance import Provenance, ReadFile
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.solve import solve
from report.page.moves import held
from small_cases import case, criterion, fund, objective, option, provider, service, shock

HIGHS = Path(writer.__file__).parent / "highs"
FROM = Provenance(files=(ReadFile("illyria.xlsx", "ab" * 32),))
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def world(score: float = 20.1, first: int = 1, **facts: Any) -> Case:
    return held(
        case(
            option(
                "CLOUD", 60, {"value": 70, "use": 5}, covers={"hosting": 1},
                exposures=("law:US",),
            ).model_copy(update={"title": HOSTILE}),
            option("CSIRT", 50, {"value": score, "use": 60}, own_plan=True),
            option("VAULT", 40, {"value": 10, "use": 30}, covers={"hosting": "0.5"}),
            criteria=(criterion("value"), criterion("use", objective="resilience")),
            objectives=(objective("autonomy", weight=first), objective("resilience")),
            funds=(fund(2027, 100),),
            services=(service("ID", "hosting"),),
            shocks=(shock("ORDER", "law:US"),),
            providers=(provider("AWS", "hosting", "0.2", "law:US"),),
            name="illyria.xlsx",
            **facts,
        )
    )  # fmt: skip


@cache
def answered(score: float = 20.1) -> tuple[Outcome, PageRequest]:
    outcome = solve(world(score), Options(gap=0))
    return outcome, PageRequest(precompute(outcome, gap=0), FROM)


@cache
def page(*, redact: bool = False, score: float = 20.1) -> str:
    outcome, made = answered(score)
    return render(replace(outcome, seconds=0.0), replace(made, redact=redact))


class Found(HTMLParser):
    """Scripts and what loads: every tag with its attributes, every inline script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and "type" not in self.tags[-1][1]:
            self.scripts.append(data)


def test_the_solver_is_the_one_whose_checksums_are_kept() -> None:
    for line in (HIGHS / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split()
        assert sha256((HIGHS / name).read_bytes()).hexdigest() == digest, name
    assert len((HIGHS / "SHA256SUMS").read_text("utf-8").splitlines()) == 3


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    found = Found(page())
    (policy,) = [a["content"] for t, a in found.tags if t == "meta" and "http-equiv" in a]
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    (script,) = [each for each in found.scripts if each.strip()]

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {digest(style)}; script-src {digest(script)} 'wasm-unsafe-eval'; "
        "worker-src blob:"
    )


def test_no_two_files_of_the_script_declare_the_same_name() -> None:
    """They become one script, which a name declared twice would keep from running at all."""
    declared = re.compile(r"^(?:(?:async )?function\*?|const|let|class) +(\w+)", re.MULTILINE)
    names = [
        name
        for file in writer.SCRIPTS
        for name in declared.findall((writer.PAGE / file).read_text("utf-8"))
    ]

    assert len(names) > 100
    assert sorted(names) == sorted(set(names))


def test_nothing_is_loaded_from_anywhere() -> None:
    for tag, attributes in Found(page()).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "form", "base")
        assert not {"src", "style", "onclick", "onerror", "action"} & attributes.keys(), tag
        assert (attributes.get("href") or "#").startswith("#")


def test_names_from_the_workbook_are_text() -> None:
    assert HOSTILE not in page()
    assert "&lt;/script&gt;" in page()
    assert "\\u003c/script>" in page()


def test_the_page_is_small_and_complete_without_scripts() -> None:
    text = page()

    assert len(text.encode()) < LARGEST
    assert "<noscript>" in text
    for share in SHARES:
        assert f">{share} %<" in text
    assert text.count('class="picture"') == 2
    assert "P: your own plan" in text


def test_the_page_holds_the_licence_of_the_solver() -> None:
    assert "Copyright (c) 2023 highs-js" in page()


@pytest.mark.parametrize("score", [20.2, 20.3])
def test_a_redacted_page_tells_nothing_of_a_score(score: float) -> None:
    """The same plans with another score, of which no whole point changes: the same page."""
    one, other = answered()[0], answered(score)[0]
    assert one.plan == other.plan
    assert one.objective != other.objective

    assert page(redact=True, score=score) == page(redact=True)
    assert page(score=score) != page()


def test_a_redacted_page_has_no_script_and_no_program() -> None:
    text = page(redact=True)

    assert "<script" not in text
    assert "script-src" not in text
    assert "Scores are left out" in text


def test_other_methods_are_shown_and_not_searched() -> None:
    outcome = solve(world(method="balanced"), Options(gap=0))
    text = render(outcome, PageRequest(answered()[1].precomputed.__class__(), FROM))

    assert "<script" not in text
    assert "searches no other" in text


@pytest.mark.parametrize("method", ["balanced", "lexicographic"])
def test_other_methods_have_their_plans_computed_in_advance(method: str) -> None:
    """Of each amount of money the plan is the method's own; no single number prices a decision."""
    facts = world(method=method, first=2)
    outcome = solve(facts, Options(gap=0))
    found = precompute(outcome, gap=0)
    text = render(outcome, PageRequest(found, FROM))

    assert sorted(found.budgets) == list(SHARES)
    assert found.otherwise == {}
    assert found.complete
    for percent, known in found.budgets.items():
        alone = solve(budget(facts, Decimal(percent) / 100), Options(gap=0))
        assert known.plan == alone.plan
        assert known.proven == (alone.plan is not None)
    assert "Deciding otherwise" not in text
    assert "step by step" in text
    assert ("<script" in text) == (method == "lexicographic")


def test_the_page_is_written_whole(tmp_path: Path) -> None:
    outcome, made = answered()
    written = write_page(outcome, tmp_path / "page.html", made)

    page, _html, mark = written.path.read_text("utf-8").partition("</html>")
    assert page.startswith("<!doctype html>")
    assert mark.strip().startswith("<!-- as written by choosebattles")


def test_nothing_in_json_ends_a_script() -> None:
    text = writer._json({"a": "</script>\u2028<!--"})

    assert "<" not in text
    assert json.loads(text) == {"a": "</script>\u2028<!--"}


def test_the_program_has_no_infinity() -> None:
    json.dumps(as_tree(Live(world())), allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (0.0, 0.0, "costs less than 0.01 points"),
        (0.0, 0.004, "costs less than 0.01 points"),
        (0.0, 0.123, "costs less than 0.13 points"),
        (1.234, 1.2341, "costs 1.23 points"),
        (0.3444, 0.4222, "costs 0.34 to 0.43 points"),
        (15.0249, 15.0251, "costs 15.0 points"),
        (1.29, 1.71, "costs 1.2 to 1.8 points"),
        (0.012, 0.034, "costs 0.01 to 0.04 points"),
    ],
)
def test_a_price_has_no_more_digits_than_its_bounds(low: float, high: float, says: str) -> None:
    assert price(low, high) == says


def test_the_five_steps_of_the_heat_map() -> None:
    assert [heat(each) for each in (0, 0.19, 0.2, 0.6, 0.99, 1)] == [0, 0, 1, 3, 4, 4]


def test_a_changed_workbook_is_said_at_the_top() -> None:
    outcome, page = answered()
    note = "Every fund was set to 60 % of what the workbook says."

    plain = render(outcome, page)
    changed = render(outcome, replace(page, notes=(note,)))
    redacted = render(outcome, replace(page, notes=(note,), redact=True))

    assert "Not the workbook as it stands" not in plain.partition("<main>")[0]
    head = changed.partition("<main>")[0]
    assert "Not the workbook as it stands" in head
    assert note in head
    assert note not in redacted
