"""Charts as SVG: every form whole, inside its frame, told apart without colour."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from choosebattles.report.document import Chart, Document, Form, Role, Series, Tone
from choosebattles.report.outputs.axis import ChartAxis
from choosebattles.report.outputs.colours import shade
from choosebattles.report.outputs.svg import HEIGHT, WIDTH, draw_svg, number_text
from report.outputs.everything import (
    BARS,
    CHARTS,
    COLUMNS,
    CURVES,
    DOTS,
    EVERYTHING,
    STACK,
    WATERFALL,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart, document: Document = EVERYTHING) -> ET.Element:
    return ET.fromstring(draw_svg(chart, document, "c"))


def texts(svg: ET.Element) -> list[str]:
    return [it.text or "" for it in svg.iter(f"{SVG}text")]


def test_every_form_is_drawn() -> None:
    assert {chart.form for chart in CHARTS} == set(Form)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{chart.form} {chart.title[:9]}")
def test_it_has_a_title_a_description_and_stays_inside(chart: Chart) -> None:
    svg = drawn(chart)

    assert (svg[0].text, svg[1].text) == (chart.title, chart.says)
    for element in svg.iter():
        for name, most in (
            ("x", WIDTH),
            ("cx", WIDTH),
            ("x2", WIDTH),
            ("y", HEIGHT),
            ("y2", HEIGHT),
        ):
            assert -0.1 <= float(element.get(name, 0)) <= most + 0.1
        if element.tag == f"{SVG}rect":
            assert float(element.attrib["width"]) >= 0
            assert float(element.attrib["height"]) >= 0


@pytest.mark.parametrize("values", [(), (None, None, None, None), (0, 0, 0, 0), (1e9, -1e-9, 0, 5)])
@pytest.mark.parametrize("form", [Form.COLUMNS, Form.STACK, Form.CURVES, Form.POINTS, Form.BARS])
def test_odd_numbers_are_drawn(form: Form, values: tuple[float | None, ...]) -> None:
    names = ("a", "b", "c", "d")[: len(values)]
    svg = drawn(Chart(form, "t", "u", "s", (Series("n", values, values),), names))

    assert "nan" not in ET.tostring(svg, encoding="unicode")


def test_parts_are_told_apart_without_colour() -> None:
    fills = [it.get("fill") for it in drawn(STACK).iter(f"{SVG}rect") if it.get("stroke")]

    assert len({fill for fill in fills if f"{fill}".startswith("url")}) == 3


def test_a_column_is_as_high_as_its_number() -> None:
    # 10 stands on 0, -2.5 hangs from it: a quarter as long.
    svg = drawn(COLUMNS)
    found = {it.findtext(f"{SVG}title"): it for it in svg.iter(f"{SVG}rect")}
    one, other = (
        next(it for says, it in found.items() if f"{says}".startswith(f"{year}, <script>"))
        for year in (2027, 2028)
    )

    assert float(other.attrib["height"]) == pytest.approx(float(one.attrib["height"]) / 4, abs=0.1)
    foot = float(one.attrib["y"]) + float(one.attrib["height"])
    assert float(other.attrib["y"]) == pytest.approx(foot, abs=0.11)


def test_what_is_not_there_is_not_drawn() -> None:
    names = [it.findtext(f"{SVG}title") for it in drawn(COLUMNS).iter(f"{SVG}rect")]

    assert "2028, EU: 5.0" in names
    assert not [name for name in names if f"{name}".startswith("2029, EU")]


def test_curves_bear_their_names_where_they_end() -> None:
    svg = drawn(CURVES)
    heights = [
        float(it.attrib["y"]) for it in svg.iter(f"{SVG}text") if f"{it.text}"[:5] == "plan "
    ]

    assert len(heights) == 5
    assert all(high - low >= 14.9 for low, high in pairwise(heights))


def test_a_point_alone_bears_its_name_and_points_are_joined() -> None:
    svg = drawn(DOTS)

    assert "own" in texts(svg)
    assert len(list(svg.iter(f"{SVG}polyline"))) == sum(
        series.role is Role.JOINED for series in DOTS.series
    )


def test_a_name_that_is_cut_is_whole_on_hovering() -> None:
    svg = drawn(BARS)
    cut = [it for it in svg.iter(f"{SVG}text") if f"{it.text}".endswith("…")]

    assert cut
    assert all(re.match(r"(unbreakable)+$", f"{it.findtext(f'{SVG}title')}") for it in cut)


@pytest.mark.parametrize(
    ("amount", "number", "digits", "text"),
    [
        (0.456, "0 %", 0, "46 %"),
        (0.456, "0.0 %", 0, "45.6 %"),
        (1234.5, "#,##0.0", 0, "1,234.5"),
        (2.25, "0", 2, "2.25"),
        (2, "0", 0, "2"),
    ],
)
def test_numbers_stand_in_the_format_of_the_chart(
    amount: float, number: str, digits: int, text: str
) -> None:
    assert number_text(amount, number, digits) == text


@pytest.mark.parametrize(
    "amounts", [(), (0,), (5, 5), (-3, 7), (0.5, 1.2), (1e6, 2e6), (96.1, 96.2)]
)
def test_an_axis_has_room_for_all_and_a_few_steps(amounts: tuple[float, ...]) -> None:
    axis = ChartAxis.over("points", amounts)

    assert 3 <= len(list(axis.marks())) <= 9
    for amount in amounts:
        assert axis.low <= amount <= axis.high
        assert 0 <= axis.at(amount, 100) <= 100


def test_columns_stand_on_nothing_however_alike_they_are() -> None:
    # 99 is as much higher than 98 as its number says: nothing of the axis is cut away.
    alike = Chart(Form.COLUMNS, "t", "u", "s", (Series("n", (98, 99)),), ("a", "b"))
    svg = drawn(alike)
    bars = [it for it in svg.iter(f"{SVG}rect") if len(it)]
    heights = [float(it.attrib["height"]) for it in bars]
    feet = {round(float(it.attrib["y"]) + height) for it, height in zip(bars, heights, strict=True)}
    (nothing,) = {round(float(it.attrib["y"])) for it in svg.iter(f"{SVG}text") if it.text == "0"}

    assert heights[0] / heights[1] == pytest.approx(98 / 99, abs=0.002)
    assert feet == {nothing - 4}


def test_shares_are_drawn_against_all() -> None:
    shares = (0.25, 0.7)
    series = (Series("share", shares),)
    svg = drawn(Chart(Form.BARS, "t", "u", "s", series, ("a", "b"), number="0 %", most=1))
    lines = [float(it.attrib["x1"]) for it in svg.iter(f"{SVG}line")]
    bars = [float(it.attrib["width"]) for it in svg.iter(f"{SVG}rect") if len(it)]

    assert bars == pytest.approx([share * (max(lines) - min(lines)) for share in shares], abs=0.2)


def test_what_takes_looks_otherwise_than_what_adds() -> None:
    looks = {
        f"{it.findtext(f'{SVG}title')}".split()[0]: it.get("stroke")
        for it in drawn(WATERFALL).iter(f"{SVG}rect")
        if len(it)
    }

    assert len({looks[name] for name in ("before", "CLOUD", "CSIRT")}) == 3
    assert looks["CLOUD"] == looks["LAW"]


def test_what_keeps_nothing_is_warm_and_what_keeps_all_is_cold() -> None:
    nothing, all_ = (shade(Tone.KEPT, share) for share in (0.0, 1.0))

    def redder(colour: str) -> int:
        return int(colour[1:3], 16) - int(colour[5:7], 16)

    assert redder(nothing) > 0 > redder(all_)
    assert shade(Tone.KEPT, 0.1) == nothing
    assert shade(Tone.KEPT, 0.95) == all_
