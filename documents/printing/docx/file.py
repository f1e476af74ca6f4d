"""The file around the words: pages, headers, properties, and the same bytes every time."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section
from docx.shared import Mm

from documents.printing.css import PAGE_MM, page_size, text_width
from documents.printing.docx.body import Body
from documents.printing.docx.end import end, qr
from documents.printing.docx.head import head
from documents.printing.docx.numbering import Numbering
from documents.printing.docx.styles import LANGUAGE, style_elements
from documents.printing.docx.xml import Element, Shape, element, flag, paragraph, run
from documents.printing.outline import Block
from documents.printing.paper import Appendix, Paper
from documents.printing.words import stays_with_next

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_AGO = date(2000, 1, 1)
_DROPPED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings", "fontTable")


def render_docx(paper: Paper) -> bytes:
    """The paper as .docx; the same paper gives the same bytes."""
    document = docx.Document()
    numbering = Numbering.of(_all_blocks(paper))
    _fill(document.styles.element, style_elements(paper.profile))
    _set_up(document.sections[0], paper)
    body = Body(paper.profile, paper.fill, numbering)
    _append(document, _content(paper, body, document))
    for appendix in paper.appendices:
        _new_section(document, paper.profile, appendix)
        _append(document, _appendix(appendix, paper.profile, body))
    lists = numbering.elements(paper.profile["body"]["indent_mm"], str(paper.profile["font"]))
    _fill(document.part.numbering_part.element, lists)
    _fill(document.settings.element, _settings(paper.profile))
    _describe(document, paper)
    return _same_bytes(document)


def _all_blocks(paper: Paper) -> list[Block]:
    return [*paper.blocks, *(block for appendix in paper.appendices for block in appendix.blocks)]


def _content(paper: Paper, body: Body, document: Document) -> Iterator[Element]:
    yield from head(paper)
    kept = {at for at in range(len(paper.blocks)) if stays_with_next(paper, at)}
    yield from body.draw(paper.blocks, kept=kept)
    yield from end(paper)
    if paper.qr:
        yield from qr(paper.qr, text_width(paper.profile), document)


def _appendix(appendix: Appendix, profile: Mapping[str, Any], body: Body) -> Iterator[Element]:
    yield paragraph("PhuLuc", [run(appendix.label)])
    yield paragraph("TenPhuLuc", [run(appendix.title)])
    yield paragraph("KemTheo", [run(appendix.origin)])
    room = text_width(profile)
    if appendix.is_landscape:
        margins = profile["margins_mm"]
        room = PAGE_MM[1] - margins["left"] - margins["right"]
    yield from body.draw(appendix.blocks, room=room)


def _append(document: Document, content: Iterator[Element]) -> None:
    last = document.element.body.sectPr
    for one in content:
        last.addprevious(one)


def _fill(part: Any, children: list[Element]) -> None:
    """Replace what the library's template says by our own."""
    for child in list(part):
        part.remove(child)
    part.extend(children)


def _set_up(section: Section, paper: Paper) -> None:
    """Paper size, margins, the page number in the header of all pages but the first."""
    profile = paper.profile
    section.page_width, section.page_height = (Mm(length) for length in page_size(profile))
    if profile.get("is_landscape"):
        section.orientation = WD_ORIENT.LANDSCAPE
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(profile["margins_mm"][side]))
    section.header_distance = Mm(profile["page_no"].get("from_top_mm", 10))
    section.footer_distance = Mm(8)
    section.gutter = 0
    section.different_first_page_header_footer = bool(profile["page_no"]["hide_first"])
    _replace(section.header._element, paragraph("Header", _page_number()))
    _replace(section.first_page_header._element, paragraph("Header", []))
    _replace(section.first_page_footer._element, _contact(paper.contact))
    _replace(section.footer._element, paragraph("Footer", []))
    for unwanted in section._sectPr.xpath("w:cols | w:docGrid"):
        section._sectPr.remove(unwanted)


def _contact(words: str) -> Element:
    """The address under a stroke as wide as the text, or nothing."""
    if not words:
        return paragraph("Footer", [])
    return paragraph("Footer", [run(words)], Shape(rule=0.75))


def _replace(part: Any, only: Element) -> None:
    _fill(part, [only])


def _page_number() -> Iterator[Element]:
    for kind in ("begin", "instruction", "separate", "result", "end"):
        if kind == "instruction":
            words = element("instrText")
            words.text = " PAGE "
            yield element("r", words)
        elif kind == "result":
            yield run("2")
        else:
            yield element("r", element("fldChar", fldCharType=kind))


def _new_section(document: Document, profile: Mapping[str, Any], appendix: Appendix) -> None:
    """An appendix begins a page and counts its pages from one; wide ones lie on the side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    before = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    before.style = "Vach"
    section.orientation = WD_ORIENT.LANDSCAPE if appendix.is_landscape else WD_ORIENT.PORTRAIT
    size = PAGE_MM[::-1] if appendix.is_landscape else PAGE_MM
    section.page_width, section.page_height = (Mm(length) for length in size)
    for old in section._sectPr.xpath("w:pgNumType"):
        section._sectPr.remove(old)
    section._sectPr.xpath("w:pgMar")[0].addnext(element("pgNumType", start=1))
    section.first_page_footer.is_linked_to_previous = False
    _replace(section.first_page_footer._element, paragraph("Footer", []))


def _settings(profile: Mapping[str, Any]) -> list[Element]:
    mode = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    wanted = [
        element("zoom", percent=100),
        flag("mirrorMargins", bool(profile.get("duplex"))),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", mode),
        element("themeFontLang", val=LANGUAGE),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    ]
    return [one for one in wanted if one is not None]


def _describe(document: Document, paper: Paper) -> None:
    """Title, language and dates; nothing of the library's template."""
    about = document.core_properties
    about.title = paper.title[:250]
    about.subject = paper.number
    about.author = paper.organisation[:250]
    about.last_modified_by = ""
    about.comments = ""
    about.keywords = ""
    about.language = LANGUAGE
    about.revision = 1
    moment = datetime.combine(paper.dated_on or LONG_AGO, time(), UTC)
    about.created = about.modified = moment
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_DROPPED):
                del part.rels[key]


def _same_bytes(document: Document) -> bytes:
    """The parts in order, each dated 1980: nothing of the clock is in the file."""
    first = io.BytesIO()
    document.save(first)
    written = io.BytesIO()
    with zipfile.ZipFile(first) as given, zipfile.ZipFile(written, "w") as kept:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            kept.writestr(entry, given.read(name))
    return written.getvalue()
