"""Pictures as SVG: points on two axes, readable without colour and without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from choosebattles.report.number_wording import rounded
from choosebattles.report.outputs.axis import ChartAxis

WIDTH, HEIGHT = 560, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 16, 48


@dataclass(frozen=True)
class Spot:
    """A point of a picture: where, what it is called on hovering, how it is drawn."""

    x: float
    y: float
    says: str
    look: str = "point"
    letter: str = ""


def drawn(
    name: str,
    title: str,
    says: str,
    axes: tuple[ChartAxis, ChartAxis],
    spots: Sequence[Spot],
    *,
    line: bool,
) -> str:
    """Return a picture of spots as SVG; ``line`` joins those that are plain points."""
    across, up = axes
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    svg = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-says",
            "id": name,
            "class": "picture",
            "data-x": f"{across.low} {across.high} {LEFT} {LEFT + wide}",
            "data-y": f"{up.low} {up.high} {TOP + tall} {TOP}",
        },
    )
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    ET.SubElement(svg, "desc", {"id": f"{name}-says"}).text = says

    def place(spot: Spot) -> tuple[float, float]:
        return LEFT + across.at(spot.x, wide), TOP + tall - up.at(spot.y, tall)

    _scales(svg, axes)
    joined = [place(spot) for spot in spots if spot.look != "own"]
    if line and len(joined) > 1:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in sorted(joined))
        ET.SubElement(svg, "polyline", {"class": "joined", "points": points})
    for spot in spots:
        x, y = place(spot)
        group = ET.SubElement(svg, "g", {"class": f"spot {spot.look}"})
        ET.SubElement(group, "title").text = spot.says
        ET.SubElement(group, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5"})
        if spot.letter:
            ET.SubElement(
                group, "text", {"x": f"{x + 9:.1f}", "y": f"{y - 7:.1f}"}
            ).text = spot.letter
    ET.SubElement(svg, "g", {"class": "now", "id": f"{name}-now"})
    return ET.tostring(svg, encoding="unicode", short_empty_elements=False)


def _scales(svg: ET.Element, axes: tuple[ChartAxis, ChartAxis]) -> None:
    across, up = axes
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    for axis, flat in ((across, True), (up, False)):
        for amount in axis.marks():
            far = axis.at(amount, wide if flat else tall)
            x = LEFT + far if flat else LEFT
            y = TOP + tall if flat else TOP + tall - far
            end = {"x2": f"{x:.1f}", "y2": str(TOP)} if flat else {"x2": str(LEFT + wide)}
            line = {"class": "grid", "x1": f"{x:.1f}", "y1": f"{y:.1f}", "y2": f"{y:.1f}"} | end
            ET.SubElement(svg, "line", line)
            spot = {"x": f"{x:.1f}", "y": f"{y + 18:.1f}", "class": "scale middle"}
            if not flat:
                spot = {"x": f"{x - 8:.1f}", "y": f"{y + 4:.1f}", "class": "scale end"}
            ET.SubElement(svg, "text", spot).text = rounded(amount, axis.digits)
    at = {"x": f"{LEFT + wide / 2:.1f}", "y": str(HEIGHT - 8), "class": "axis middle"}
    ET.SubElement(svg, "text", at).text = across.says
    turned = f"rotate(-90 14 {TOP + tall / 2:.1f})"
    at = {"x": "14", "y": f"{TOP + tall / 2:.1f}", "class": "axis middle", "transform": turned}
    ET.SubElement(svg, "text", at).text = up.says
