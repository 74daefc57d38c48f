"""Terminal, results workbook, document and slides say the same of money, prices and reasons."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.report.answers.plan.document import document as plan_document
from choosebattles.report.outputs.markdown import as_markdown
from choosebattles.report.outputs.screen import lines
from choosebattles.report.outputs.slides.deck import contents as slide_contents
from choosebattles.report.outputs.slides.deck import write_slides
from choosebattles.report.outputs.word import contents as document_contents
from choosebattles.report.outputs.word import write_word
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import tell
from choosebattles.solving.outcome import Outcome
from report.outcomes import PROVENANCE, chosen, outcome
from report.presented import MADE, document_of
from small_cases import case, criterion, fund, option


def world(growth: str) -> Outcome:
    """Three options of which one is too dear and one does harm; costs of one, two, three digits."""
    made = case(
        option("CLOUD", ["1.5", "2.25"], 70, running_cost=Decimal("0.125"), build_years=2),
        option("FEES", 1, 5, running_cost=Decimal(-1), build_years=0, revenue_to="STATE"),
        option("DEAR", 40, 90),
        option("HARM", 1, -9),
        criteria=(criterion("value"),),
        first_year=2027,
        years=4,
        currency="EUR",
        country="Illyria",
        prices="2027 prices, VAT included",
        cost_growth=Decimal(growth),
        funds=(fund(2027, 3, 3, 2, 2), fund(2027, 1, 1, 1, 1, id="LOAN", eligible=())),
    )
    return outcome(made, chosen(made, "CLOUD", "FEES"))


@pytest.fixture(params=["0", "0.1"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Outcome, dict[str, str]]:
    """Return the growth of costs, an outcome, and the whole text of every product of it."""
    held = world(request.param)
    document = document_of(held)
    write_results(held, tmp_path / "r.xlsx", provenance=PROVENANCE)
    write_word(document, tmp_path / "r.docx", made=MADE)
    write_slides(document, tmp_path / "r.pptx", made=MADE)
    book = load_workbook(tmp_path / "r.xlsx", data_only=True)
    cells = [f"{it.value}" for sheet in book for row in sheet.iter_rows() for it in row if it.value]
    texts = {
        "terminal": "\n".join(lines(plan_document(held, tell(held, PROVENANCE)))),
        "workbook": "\n".join(cells),
        "word": "\n".join(map(str, document_contents(Document(str(tmp_path / "r.docx"))))),
        "slides": "\n".join(map(str, slide_contents(Presentation(str(tmp_path / "r.pptx"))))),
        "markdown": as_markdown(document).replace("\\", ""),
    }
    return request.param, held, texts


def test_all_say_the_same_of_money(told: tuple[str, Outcome, dict[str, str]]) -> None:
    _growth, held, texts = told
    story = tell(held, PROVENANCE)
    assert story.answer is not None

    for product, text in texts.items():
        for sentence in (story.spending, *story.answer.left):
            assert sentence in text, (product, sentence)


def test_all_say_the_same_of_prices(told: tuple[str, Outcome, dict[str, str]]) -> None:
    growth, _held, texts = told
    grows = growth != "0"

    for product, text in texts.items():
        assert ("money of each year" in text) == grows, product
        assert ("prices of 2027" in text) == grows, product
    wrong = "Money in million EUR; 2027 prices, VAT included"
    assert (wrong in texts["workbook"]) == (not grows)


def test_all_say_the_same_of_reasons(told: tuple[str, Outcome, dict[str, str]]) -> None:
    _growth, held, texts = told
    story = tell(held, PROVENANCE)
    assert story.answer is not None
    reasons = {each.option: each.reason for each in story.answer.rejected}

    # Started in 2030 it works in one year of four: 9 / 4 = 2.25 points.
    assert reasons["HARM"] == "It would lower the objective by at least 2.2 points."
    assert reasons["DEAR"].startswith("It costs ")
    for product in ("workbook", "word", "markdown"):
        for reason in reasons.values():
            assert reason in texts[product], (product, reason)
    for row in story.answer.rejected:
        assert row.brief in texts["slides"], row


def test_money_of_a_column_has_one_number_of_decimals(
    told: tuple[str, Outcome, dict[str, str]], tmp_path: Path
) -> None:
    _growth, held, texts = told

    costs = re.findall(r"([\d.,]+) million EUR$", texts["terminal"], re.MULTILINE)
    assert {len(cost.partition(".")[2]) for cost in costs} == {3}
    formats = money_formats(held, tmp_path)
    assert formats == {"#,##0.000;-#,##0.000;0"}


def money_formats(held: Outcome, folder: Path) -> set[str]:
    """Return the number formats of costs on the sheet Plan."""
    write_results(held, folder / "again.xlsx", provenance=PROVENANCE)
    sheet: Any = load_workbook(folder / "again.xlsx")["Plan"]
    heads = [each.value for each in sheet[5]]
    return {row[heads.index("Total")].number_format for row in sheet.iter_rows(min_row=6)}
