"""Which elements of a workbook's parts may stand in which, and which attributes they may have.

Only what decides what a cell holds is listed. A reader that looks for names alone would leave out
an element of another namespace, in another place or with another spelling, and say nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

ASIDE = frozenset(
    {
        f"{MAIN} extLst",
        f"{MAIN} controls",
        f"{MAIN} oleObjects",
        f"{COMPATIBILITY} AlternateContent",
    }
)
"""What is inside these belongs to later versions or to drawings."""


def _named(names: str) -> frozenset[str]:
    return frozenset(f"{MAIN} {word}" for word in names.split())


@dataclass(frozen=True)
class Grammar:
    """The elements of one kind of part that are read.

    Parameters
    ----------
    root
        The outermost element.
    within
        The elements that each may stand in.
    sealed
        Elements that hold nothing but what ``within`` says.
    extended
        What else a sealed element may hold, which is not read: the inner and the outer element.
    attributes
        The attributes without a namespace that an element may have.
    texts
        Elements between whose children no text may stand.
    """

    root: str = ""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sealed: frozenset[str] = frozenset()
    extended: frozenset[tuple[str, str]] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    local: frozenset[str] = field(init=False, default=frozenset())
    """The names of all these elements without their namespace."""

    def __post_init__(self) -> None:
        """Gather the names."""
        names = frozenset(
            element.rpartition(" ")[2] for element in (self.root, *self.within) if element
        )
        object.__setattr__(self, "local", names)


def _grammar(
    root: str, within: Mapping[str, str], sealed: str, attributes: Mapping[str, str]
) -> Grammar:
    return Grammar(
        f"{MAIN} {root}",
        {f"{MAIN} {element}": _named(outer) for element, outer in within.items()},
        _named(sealed),
        frozenset((f"{MAIN} extLst", element) for element in _named("row c")),
        {f"{MAIN} {element}": frozenset(names.split()) for element, names in attributes.items()},
    )


_TEXT = {"r": "si is", "rPh": "si is", "phoneticPr": "si is worksheet", "rPr": "r"}

SHEET = _grammar(
    "worksheet",
    {
        "sheetData": "worksheet",
        "row": "sheetData",
        "c": "row",
        "v": "c",
        "f": "c",
        "is": "c",
        "t": "is r rPh",
        "mergeCells": "worksheet",
        "mergeCell": "mergeCells worksheet",
        "cols": "worksheet customSheetView",
        "col": "cols",
        **_TEXT,
    },
    "sheetData row c v f is t r rPh mergeCells cols",
    {
        "row": "r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop "
        "thickBot ph",
        "c": "r s t cm vm ph",
        "v": "",
        "is": "",
        "t": "",
        "f": "t aca ref dt2D dtr del1 del2 r1 r2 ca si bx",
        "mergeCell": "ref",
        "col": "min max width style hidden bestFit customWidth phonetic outlineLevel collapsed",
    },
)
"""A sheet of cells."""

TEXTS = _grammar(
    "sst",
    {"si": "sst", "t": "si r rPh", **_TEXT},
    "si t r rPh",
    {"si": "", "t": ""},
)
"""The texts that cells share."""

WORKBOOK = _grammar(
    "workbook",
    {"sheets": "workbook", "sheet": "sheets", "workbookPr": "workbook"},
    "sheets sheet",
    {
        "sheet": "name sheetId state",
        "workbookPr": "date1904 dateCompatibility showObjects showBorderUnselectedObjects "
        "filterPrivacy promptedSolutions showInkAnnotation backupFile saveExternalLinkValues "
        "updateLinks codeName hidePivotFieldList showPivotChartFilter allowRefreshQuery "
        "publishItems checkCompatibility autoCompressPictures refreshAllConnections "
        "defaultThemeVersion",
    },
)
"""The list of sheets."""

STYLES = _grammar(
    "styleSheet",
    {
        "cellXfs": "styleSheet",
        "cellStyleXfs": "styleSheet",
        "xf": "cellXfs cellStyleXfs",
        "numFmts": "styleSheet",
        "numFmt": "numFmts dxf",
    },
    "cellXfs numFmts",
    {
        "xf": "numFmtId fontId fillId borderId xfId quotePrefix pivotButton applyNumberFormat "
        "applyFont applyFill applyBorder applyAlignment applyProtection",
        "numFmt": "numFmtId formatCode",
    },
)
"""The looks of cells."""

ANY = Grammar()
"""A part of which nothing is read."""
