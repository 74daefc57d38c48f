"""The master of the slides: 16:9, two layouts, colours and fonts that stand on every Windows."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from choosebattles.report.outputs.colours import FACE, FAINT, INK, RULE, SERIES, TEXT
from choosebattles.translation import _

WIDTH, HEIGHT = 13.333, 7.5
"""Inches of a slide."""
LEFT, ACROSS = 0.6, 12.13
"""Where everything begins, and how wide it may be."""
TOP, BOTTOM = 1.62, 6.78
"""Between which heights the content stands."""
TITLE = (LEFT, 0.5, ACROSS, 1.02)
LARGE_TITLE = (LEFT, 0.5, ACROSS, 1.02)
"""Boxes of the titles: left, top, width, height."""
FOOTER = (LEFT, 7.0, ACROSS - 1.5, 0.3)
NUMBER = (LEFT + ACROSS - 1.0, 7.0, 1.0, 0.3)

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


def blank() -> Any:
    """Return a presentation without slides, whose first layout is that of the decision."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = deck.slide_layouts
    for layout in list(layouts)[2:]:
        layouts.remove(layout)
    master = deck.slide_master
    _dress_master(master)
    decision, finding = layouts
    _dress_layout(decision, _("Decision"), LARGE_TITLE)
    _dress_layout(finding, _("Finding"), TITLE)
    for relation in list(deck.part.rels.values()) + list(deck.part.package._rels.values()):  # noqa: SLF001
        if relation.reltype.endswith(("/printerSettings", "/thumbnail")):
            owner = deck.part if relation in deck.part.rels.values() else deck.part.package
            owner._rels.pop(relation.rId)  # noqa: SLF001
    return deck


def emu(inches: float) -> int:
    """Return inches in the unit of the file."""
    return int(Inches(inches))


def set_letters(paragraph: Any, size: float, *, bold: bool = False, colour: str = TEXT) -> None:
    """Set size, weight and colour of all that a paragraph says, and of what is typed into it.

    They stand at the words themselves: an empty cell would else be as high as the largest letters.
    """
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
        run.font.color.rgb = RGBColor.from_string(colour[1:])
    if not paragraph.runs:
        end = paragraph._p.get_or_add_endParaRPr()  # noqa: SLF001
        end.set("sz", f"{size * 100:.0f}")


def _dress_master(master: Any) -> None:
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            relation.target_part._blob = _theme(relation.target_part.blob)  # noqa: SLF001
    element = master.element
    new = parse_xml(_master())
    for name in ("cSld", "clrMap", "txStyles"):
        tag = f"{{http://schemas.openxmlformats.org/presentationml/2006/main}}{name}"
        element.replace(element.find(tag), new.find(tag))


def _dress_layout(layout: Any, name: str, title: tuple[float, ...]) -> None:
    xml = f"""<p:cSld {_SPACES} name="{name}"><p:spTree>{_GROUP}
{_placeholder(2, "Title", 'type="title"', title)}
{_placeholder(3, "Text", 'type="body" idx="1"', (LEFT, TOP, ACROSS, BOTTOM - TOP))}
{_placeholder(4, "Footer", 'type="ftr" sz="quarter" idx="11"', FOOTER)}
{_placeholder(5, "Number", 'type="sldNum" sz="quarter" idx="12"', NUMBER)}
</p:spTree></p:cSld>"""
    element = layout.element
    tag = "{http://schemas.openxmlformats.org/presentationml/2006/main}cSld"
    element.replace(element.find(tag), parse_xml(xml))
    element.set("userDrawn", "1")
    element.attrib.pop("type", None)


def _placeholder(number: int, name: str, kind: str, box: tuple[float, ...]) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{placed(box)}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def placed(box: tuple[float, ...]) -> str:
    """Return a box in inches as the file says it."""
    left, top, width, tall = (emu(inches) for inches in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{tall}"/></a:xfrm>'


def _master() -> str:
    body = (LEFT, TOP, ACROSS, BOTTOM - TOP)
    small = (
        f'<a:defRPr sz="900"><a:solidFill><a:srgbClr val="{FAINT[1:]}"/></a:solidFill></a:defRPr>'
    )
    return f"""<p:sldMaster {_SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/>
</a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>{_GROUP}
<p:sp><p:nvSpPr><p:cNvPr id="7" name="Edge"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
<p:spPr>{placed((0, 0, 0.18, HEIGHT))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>
<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>
<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="8" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr>
<p:spPr>{placed((LEFT, 6.95, ACROSS, 0))}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>
<a:ln w="9525"><a:solidFill><a:srgbClr val="{RULE[1:]}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>
{_box(2, "Title", 'type="title"', TITLE, 'anchor="t"')}
{_box(3, "Text", 'type="body" idx="1"', body, 'anchor="t"')}
{_box(4, "Footer", 'type="ftr" sz="quarter" idx="3"', FOOTER, 'anchor="ctr"', f'<a:lvl1pPr algn="l">{small}</a:lvl1pPr>')}
{_box(5, "Number", 'type="sldNum" sz="quarter" idx="4"', NUMBER, 'anchor="ctr"', f'<a:lvl1pPr algn="r">{small}</a:lvl1pPr>')}
</p:spTree></p:cSld>
<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"
 accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>
<p:txStyles>
<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>
<a:defRPr sz="2600" b="1"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle>
<p:bodyStyle><a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>
<a:defRPr sz="1600"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:bodyStyle>
<p:otherStyle><a:defPPr><a:defRPr lang="en-GB"/></a:defPPr><a:lvl1pPr algn="l"><a:defRPr sz="1400">
<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:otherStyle>
</p:txStyles></p:sldMaster>"""


def _box(
    number: int, name: str, kind: str, box: tuple[float, ...], anchor: str, style: str = ""
) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{placed(box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" {anchor}><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle>{style}</a:lstStyle><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def _theme(blob: bytes) -> bytes:
    """Return a theme in our colours and fonts."""
    root = parse_xml(blob)
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    root.set("name", "choosebattles")
    colours = {
        "dk1": "1F2933",
        "lt1": "FFFFFF",
        "dk2": INK[1:],
        "lt2": "EEF2F6",
        **{f"accent{n}": colour[1:] for n, colour in enumerate(SERIES[:6], 1)},
        "hlink": SERIES[0][1:],
        "folHlink": SERIES[3][1:],
    }
    scheme = root.find(f".//{space}clrScheme")
    scheme.set("name", "choosebattles")
    for name, colour in colours.items():
        slot = scheme.find(f"{space}{name}")
        for child in list(slot):
            slot.remove(child)
        slot.append(
            parse_xml(
                '<a:srgbClr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
                f'val="{colour}"/>'
            )
        )
    root.find(f".//{space}fontScheme").set("name", "choosebattles")
    for font in root.iter(f"{space}majorFont", f"{space}minorFont"):
        font.find(f"{space}latin").set("typeface", FACE)
    return bytes(_text(root))


def _text(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
