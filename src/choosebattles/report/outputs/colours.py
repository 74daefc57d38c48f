"""The face and the colours of every output: neighbours differ in lightness, not only in hue."""

from choosebattles.report.document import Tone

FACE = "Arial"

INK = "#1B2A41"
TEXT = "#1F2933"
RULE = "#B8C2CE"
FAINT = "#6B7480"
PALE = "#9AA5B1"
WHITE = "#FFFFFF"

SERIES = ("#1B4B7A", "#E0A030", "#4FA3A5", "#A8456B", "#7A7A7A", "#8FB8DE", "#6B8E23", "#C9A0DC")
"""Fills of a chart in the order of its series."""

GRID = "#DDE3EA"
PANEL = "#EEF2F6"
"""Behind what stands together."""
LIGHT = "#8FB3D9"
"""What counts less than the main series."""
WORKS, BUILDS = SERIES[0], SERIES[1]
"""Bars of a timeline; what is built is hatched too."""
ADDS, TAKES = SERIES[2], SERIES[1]
"""Steps of a waterfall up and down; those down are hatched too."""

SHADES = {
    Tone.KEPT: ("#EFA368", "#F7CDA6", "#F3F1EC", "#C9DEEF", "#96BEDF"),
    Tone.GAINED: (WHITE, "#E6F0F8", "#CFE2F1", "#A9CBE6", "#7FB2DC"),
}
"""From nothing to all: told apart in grey too, and never without the number."""


def shade(tone: Tone, share: float) -> str:
    """Return the colour behind a share from 0 to 1."""
    shades = SHADES[tone]
    return shades[min(len(shades) - 1, int(len(shades) * max(0.0, share) + 1e-9))]
