"""The style sheet of a skin, for the printer in mm and pt, for the screen scaled to its width."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

Length = Callable[[float], str]
PAGE_MM = (210, 297)
COLUMN_MM = range(5, 101)  # widths a printed table's column may have; pages carry no inline styles
LINE = 1.15  # a single-spaced line of Times New Roman in Word
REVISION = "6"  # raise when the rules below change, so that screens fetch them anew


def skin_version(profile: Mapping[str, Any]) -> str:
    """Changes with the profile and with this module; part of the style sheet's address."""
    words = json.dumps(profile, sort_keys=True, ensure_ascii=False) + REVISION
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def skin_css(profile: Mapping[str, Any], *, screen: bool) -> str:
    """All rules for papers of one skin."""
    if screen:
        mm, pt = (
            (lambda x: f"calc({x:g} * var(--mm))"),
            (lambda x: f"calc({x * 25.4 / 72:.4f} * var(--mm))"),
        )
    else:
        mm, pt = (lambda x: f"{x:g}mm"), (lambda x: f"{x:g}pt")
    parts = [
        _sheet(profile, mm, pt) if screen else _pages(profile),
        _head(profile, mm, pt),
        _body(profile, mm, pt),
        _end(profile, mm, pt),
        _beside(profile, pt),
        _form(mm, pt),
    ]
    return "\n".join(parts)


def page_size(profile: Mapping[str, Any]) -> tuple[int, int]:
    """Width and height of the sheet in mm."""
    return (PAGE_MM[1], PAGE_MM[0]) if profile.get("is_landscape") else PAGE_MM


def text_width(profile: Mapping[str, Any]) -> float:
    """Width between the margins in mm."""
    margins = profile["margins_mm"]
    return float(page_size(profile)[0] - margins["left"] - margins["right"])


def landscape(profile: Mapping[str, Any]) -> dict[str, Any]:
    """The skin for a wide table on A4 across: both columns of the heading grow, the table's letters
    shrink.
    """
    margins = {"top": 20, "bottom": 15, "left": 20, "right": 15}
    across = {**profile, "is_landscape": True, "margins_mm": margins, "duplex": False}
    grown = text_width(across) / sum(profile["columns_mm"])
    across["columns_mm"] = [round(width * grown, 1) for width in profile["columns_mm"]]
    across["table"] = {**profile["table"], "pt": 11}
    return across


def _type(rule: Mapping[str, Any], pt: Length) -> str:
    """Size and style of one component as declarations."""
    return (
        f"font-size:{pt(rule['pt'])};"
        f"font-weight:{'bold' if rule.get('bold') else 'normal'};"
        f"font-style:{'italic' if rule.get('italic') else 'normal'};"
        f"text-decoration:{'underline' if rule.get('underline') else 'none'};"
    )


def _pages(profile: Mapping[str, Any]) -> str:
    margin = profile["margins_mm"]
    number = profile["page_no"]
    hidden = "@top-center{content:none}" if number["hide_first"] else ""
    width, height = page_size(profile)
    return f"""
@page{{size:{width}mm {height}mm;
margin:{margin["top"]}mm {margin["right"]}mm {margin["bottom"]}mm {margin["left"]}mm;
@top-center{{content:counter(page);font:{number["pt"]}pt/1 "Times New Roman";
vertical-align:top;padding-top:{number.get("from_top_mm", 10)}mm}}}}
@page paper:nth(1 of paper){{counter-reset:page 1;{hidden}}}
html{{font-family:"Times New Roman"}}
body{{margin:0}}
.paper{{page:paper}}
.paper+.paper{{break-before:{"right" if profile.get("duplex") else "page"}}}
{_mirrored(margin) if profile.get("duplex") else ""}
@page appendix:nth(1 of appendix){{counter-reset:page 1;{hidden}}}
@page wide{{size:{PAGE_MM[1]}mm {PAGE_MM[0]}mm}}
@page wide:nth(1 of wide){{counter-reset:page 1;{hidden}}}
.appendix{{page:appendix;break-before:page}}
.appendix.wide{{page:wide}}
.contact{{position:running(contact)}}
@page paper:nth(1 of paper){{@bottom-center{{content:element(contact);vertical-align:top;
width:100%;padding-top:2mm}}}}
"""


def _mirrored(margin: Mapping[str, float]) -> str:
    """Left-hand pages of a paper printed on both sides: the wide margin lies at the fold."""
    return f"""@page:left{{margin-left:{margin["right"]}mm;margin-right:{margin["left"]}mm}}
@page:blank{{@top-center{{content:none}}}}"""


def _sheet(profile: Mapping[str, Any], mm: Length, pt: Length) -> str:
    margin = profile["margins_mm"]
    padding = " ".join(mm(margin[side]) for side in ("top", "right", "bottom", "left"))
    return f"""
:root{{--mm:min(1mm,calc(100vw / 216))}}
html{{background:#d9d6d0;color-scheme:light}}
body{{margin:0;padding:{mm(3)} 0}}
.paper{{position:relative;box-sizing:border-box;width:{mm(page_size(profile)[0])};min-height:{mm(page_size(profile)[1])};padding:{padding};
margin:0 auto {mm(6)};background:#fff;color:#000;box-shadow:0 1px 4px rgb(0 0 0/.35);
font-family:"Times New Roman","TeX Gyre Termes","Liberation Serif",Tinos,serif}}
.contact{{position:absolute;left:{mm(margin["left"])};right:{mm(margin["right"])};bottom:{mm(8)}}}
.appendix{{margin-top:{mm(16)};border-top:1px dashed #777;padding-top:{mm(12)}}}
@media print{{html{{background:none}}body{{padding:0}}.paper{{box-shadow:none;margin:0}}}}
"""


def _head(profile: Mapping[str, Any], mm: Length, pt: Length) -> str:
    left, right = profile["columns_mm"]
    heading = "".join(
        f".nation-{at}{{{_type(rule, pt)}}}" for at, rule in enumerate(profile["heading"], start=1)
    )
    urgency = profile["urgency"]
    boxes = "".join(
        f".urgency-{key}{{width:{mm(size[0])};height:{mm(size[1])};line-height:{mm(size[1])}}}"
        for key, size in urgency.get("boxes_mm", {}).items()
    )
    rule_width = profile["org"].get("rule", 0) * 100
    abstract_rule = profile["abstract"].get("rule", 0) * 100
    frame = f"{pt(0.75)} solid"
    return f"""
/* as Word sets Times New Roman: then screen, PDF and Word break the same lines */
.paper{{font-kerning:none;font-variant-ligatures:none;overflow-wrap:break-word}}
p,h1,h2,h3{{margin:0;font-size:inherit;font-weight:inherit}}
.head{{display:table;width:{mm(text_width(profile))};line-height:{LINE};margin:0}}
.row{{display:table-row}}
.issuer,.nation{{display:table-cell;vertical-align:top;text-align:center}}
.issuer{{width:{mm(left)}}}
.nation{{width:{mm(right)};white-space:nowrap}}
{heading}
.ruled,.short{{display:inline-block}}
.ruled::after,.short::after{{content:"";display:block;margin:{pt(1)} auto 0;border-top:{frame}}}
.short::after{{margin-top:{pt(3)}}}
.org .short::after{{width:{rule_width:g}%}}
.abstract .short::after{{width:{abstract_rule:g}%;margin-top:{pt(4)}}}
.parent-org{{{_type(profile["parent_org"], pt)}}}
.org{{{_type(profile["org"], pt)}}}
.star{{font-size:{pt(profile["org"]["pt"])}}}
.number{{{_type(profile["number"], pt)}white-space:nowrap}}
.below-rule .number,.below-rule .place-date{{padding-top:{pt(6)}}}
.place-date{{{_type(profile["place_date"], pt)}}}
.subject{{{_type(profile["letter_abstract"], pt)}padding:{pt(6)} {mm(3)} 0}}
.stamp{{display:inline-block;margin-top:{pt(6)}}}
.draft{{{_type(profile["draft"], pt)}}}
.urgency{{{_type(urgency, pt)}color:{urgency.get("color", "#e2001a")}}}
.boxed{{border:{frame};box-sizing:border-box;padding:0 {mm(3)}}}
.urgency.boxed{{padding:0;border-width:{pt(1)}}}
{boxes}
.name{{text-align:center;line-height:1.2;margin-top:{pt(20)};break-after:avoid}}
.type{{{_type(profile["type"], pt)}}}
.abstract{{{_type(profile["abstract"], pt)}}}
.dashes{{font-size:{pt(profile["abstract"]["pt"])}}}
.addressees{{display:table;margin:{pt(16)} auto 0;font-size:{pt(profile["addressees"]["pt"])};
line-height:1.3}}
.addressees>*{{display:table-cell;vertical-align:baseline}}
.addressees .label{{font-style:{"italic" if profile["addressees"]["label_italic"] else "normal"};
padding-right:{mm(3)};white-space:nowrap}}
"""


def _body(profile: Mapping[str, Any], mm: Length, pt: Length) -> str:
    columns = "".join(f".w{width}{{width:{mm(width)}}}" for width in COLUMN_MM)
    body = profile["body"]
    line = body["line"]
    exact = line["rule"] == "exactly"
    height = pt(line["pt"]) if exact else f"{line['x'] * LINE:.4g}"
    return f"""
.body{{font-size:{pt(body["pt"])};line-height:{height};text-align:{body["align"]};
margin-top:{pt(14)}}}
.body>p,.body>h2,.body>h3{{text-indent:{mm(body["indent_mm"])};margin:0 0 {pt(body["para_gap_pt"])};
orphans:2;widows:2}}
.body>h2,.body>h3{{break-after:avoid}}
.body>h2{{font-weight:bold;text-align:left}}
.body>p.centre{{text-align:center;text-indent:0}}
.body>p.enacting{{text-align:center;text-indent:0;break-after:avoid}}
.body>p.lead,.body>.kept{{break-after:avoid}}
.grid{{width:100%;border-collapse:collapse;font-size:{pt(profile["table"]["pt"])};line-height:1.25;
margin:{pt(4)} 0 {pt(10)};text-align:left;table-layout:fixed}}
{columns}
.grid caption{{font-weight:bold;padding-bottom:{pt(4)};text-align:center;break-after:avoid}}
.grid th,.grid td{{border:{pt(0.5)} solid #000;padding:{mm(1)} {mm(1.8)};vertical-align:top}}
.grid th{{text-align:center;font-weight:bold;vertical-align:middle}}
.grid tr{{break-inside:avoid}}
.grid tr.long{{break-inside:auto}}
.grid tr.lead{{break-after:avoid}}
.grid td{{white-space:pre-line}}
.grid .center{{text-align:center}}
.grid .right{{text-align:right}}
.body>p.loose{{text-align:left}}
"""


def _end(profile: Mapping[str, Any], mm: Length, pt: Length) -> str:
    left, right = profile["columns_mm"]
    name = profile["sign_name"]
    return f"""
.end{{display:table;table-layout:fixed;width:{mm(text_width(profile))};margin-top:{pt(12)};
line-height:{LINE};break-before:avoid;break-inside:avoid}}
.end>div{{display:table-cell;vertical-align:baseline}}
.end.long{{break-inside:auto}}
.end.long>div{{vertical-align:top}}
.copies{{width:{mm(left)}}}
.hand{{width:{mm(right)};text-align:center}}
.end.two>.hand{{width:50%}}
.after{{break-before:avoid;break-inside:avoid;margin-top:{pt(12)};line-height:{LINE}}}
.copies .label{{{_type(profile["recipients_label"], pt)}}}
.copies p.copy{{{_type(profile["recipients"], pt)}padding-left:{mm(2)};text-indent:{mm(-2)}}}
.hand .sign{{font-size:{pt(profile["sign_authority"]["pt"])}}}
.hand .post{{font-size:{pt(profile["sign_post"]["pt"])}}}
.hand .sign.strong{{font-weight:bold}}
.hand .signer{{{_type(name, pt)}margin-top:{mm(name.get("space_mm", 26))}}}
.qr{{display:table;margin-top:{pt(10)};break-inside:avoid}}
.qr>*{{display:table-cell;vertical-align:middle}}
.qr img{{width:{mm(24)};height:{mm(24)}}}
.qr span{{padding-left:{mm(3)};font-size:{pt(11)};line-height:1.25}}
"""


def _beside(profile: Mapping[str, Any], pt: Length) -> str:
    """Appendices and the address at the foot of page 1."""
    parts = "".join(
        f".appendix .{part}{{{_type(appendix_rule(profile, part), pt)}}}"
        for part in ("label", "title", "origin")
    )
    size = profile.get("contact", {}).get("pt", 11)
    return f"""
.appendix-head{{text-align:center;line-height:1.2;break-after:avoid}}
.appendix .body{{margin-top:{pt(14)}}}
{parts}
.contact{{font-size:{pt(size)};line-height:1.2;text-align:center;
border-top:{pt(0.75)} solid #000;padding-top:{pt(2)}}}
"""


def appendix_rule(profile: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Size and style of a line above an appendix; skins of older installations have none."""
    is_origin = part == "origin"
    usual = {"pt": 14, "bold": not is_origin, "italic": is_origin}
    found: Mapping[str, Any] = profile.get("appendix", {}).get(part, usual)
    return found


def _form(mm: Length, pt: Length) -> str:
    return f"""
.box{{display:inline-block;width:{mm(3.4)};height:{mm(3.4)};border:{pt(0.9)} solid #000;
margin-right:{mm(1.2)}}}
.body>p.field,.body>p.choices{{text-indent:0;text-align:left}}
.body>p.field{{display:table;width:100%}}
.field>span{{display:table-cell;vertical-align:bottom}}
.field .label{{width:1px;white-space:nowrap;padding-right:{mm(2)}}}
.dots{{border-bottom:{pt(0.9)} dotted #000}}
.line{{height:{mm(8)};border-bottom:{pt(0.9)} dotted #000}}
.lines{{margin-bottom:{pt(8)}}}
.choices .label{{padding-right:{mm(2)}}}
.choice{{display:inline-block;margin-right:{mm(6)}}}
.body>p.many{{columns:2;column-gap:{mm(4)};font-size:{pt(12)};line-height:1.3}}
.many .label{{display:block;column-span:all;font-size:{pt(14)}}}
.many .choice{{display:block;margin-right:0;padding-left:{mm(5.2)};text-indent:{mm(-5.2)}}}
.notice{{white-space:pre-line;border:{pt(0.75)} solid #000;padding:{mm(2)} {mm(3)};font-size:{pt(11)};line-height:1.25;
margin:{pt(6)} 0;break-inside:avoid}}
"""
