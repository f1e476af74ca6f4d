"""The styles of a Word file, made from the skin: every size and gap is the profile's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.printing.css import appendix_rule
from documents.printing.docx.xml import Element, element, flag, indent, properties, spacing

LANGUAGE = "vi-VN"


@dataclass(frozen=True)
class Style:
    """A paragraph style: what Word calls it, what the office calls it, how it looks.

    `multiple` and `exact` are two ways of giving the pitch; lengths in mm, gaps in pt.
    """

    code: str
    name: str
    alias: str = ""
    pt: float | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    color: str = ""
    align: str = ""
    before: float | None = None
    after: float | None = None
    exact: float | None = None
    multiple: float | None = None
    first: float | None = None
    left: float | None = None
    keep_next: bool = False
    outline: int | None = None


def _set(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Size, weight and slope as a rule of the profile gives them."""
    return {
        "pt": rule["pt"],
        "is_bold": bool(rule.get("bold")),
        "is_italic": bool(rule.get("italic")),
        "is_underlined": bool(rule.get("underline")),
    }


def styles_of(profile: Mapping[str, Any]) -> list[Style]:
    """All styles a paper of the skin may use."""
    return [
        *_head(profile),
        *_body(profile),
        *_end(profile),
        Style("Header", "header", pt=profile["page_no"]["pt"], align="center"),
        Style("Footer", "footer", pt=profile.get("contact", {}).get("pt", 11), align="center"),
        Style("Vach", "Vạch kẻ", pt=1, exact=1, first=0),
    ]


def _head(profile: Mapping[str, Any]) -> list[Style]:
    org = profile["org"]
    gap = 6 if org.get("rule") else 0
    nation = [
        Style(f"QuocHieu{at}", f"Tiêu đề bên phải {at}", align="center", **_set(rule))
        for at, rule in enumerate(profile["heading"], start=1)
    ]
    number, place = _set(profile["number"]), _set(profile["place_date"])
    place_gap = gap if profile["place_date"].get("beside") != "star" else 0
    return [
        *nation,
        Style("CapTren", "Cơ quan cấp trên", align="center", **_set(profile["parent_org"])),
        Style("CoQuan", "Cơ quan ban hành", align="center", **_set(org)),
        Style("DauSao", "Dấu sao", pt=org["pt"], align="center"),
        Style("SoKyHieu", "Số, ký hiệu", align="center", before=gap, **number),
        Style("DiaDanh", "Địa danh, ngày tháng", align="center", before=place_gap, **place),
        Style(
            "TrichYeuCV",
            "Trích yếu công văn",
            align="center",
            before=6,
            **_set(profile["letter_abstract"]),
        ),
        Style("DuThao", "Chỉ dẫn dự thảo", align="center", **_set(profile["draft"])),
        Style(
            "DoKhan",
            "Độ khẩn",
            align="center",
            **{**_set(profile["urgency"]), "color": profile["urgency"].get("color", "#e2001a")},
        ),
        Style(
            "Title", "Title", "Tên loại văn bản", align="center", keep_next=True, multiple=1.04,
            **_set(profile["type"]),
        ),
        Style(
            "Subtitle", "Subtitle", "Trích yếu", align="center", keep_next=True, multiple=1.04,
            **_set(profile["abstract"]),
        ),
        Style("GachDuoi", "Gạch dưới trích yếu", pt=profile["abstract"]["pt"], align="center"),
        Style("KinhGui", "Nơi được gửi", pt=profile["addressees"]["pt"], multiple=1.13),
        Style(
            "KinhGuiNhan", "Kính gửi", pt=profile["addressees"]["pt"], multiple=1.13,
            is_italic=bool(profile["addressees"]["label_italic"]),
        ),
    ]  # fmt: skip


def _pitch(profile: Mapping[str, Any]) -> dict[str, float]:
    line = profile["body"]["line"]
    return {"exact": line["pt"]} if line["rule"] == "exactly" else {"multiple": line["x"]}


def _body(profile: Mapping[str, Any]) -> list[Style]:
    body = profile["body"]
    text: dict[str, Any] = {
        "pt": body["pt"], "after": body["para_gap_pt"], "first": body["indent_mm"],
        "align": "both" if body["align"] == "justify" else body["align"], **_pitch(profile),
    }  # fmt: skip
    heading = {**text, "is_bold": True, "keep_next": True}
    basis = bool(profile["basis"].get("italic"))
    return [
        Style("BodyText", "Body Text", "Đoạn văn", **text),
        Style("Heading1", "heading 1", "Mục I", outline=0, **{**heading, "align": "left"}),
        Style("Heading2", "heading 2", "Mục 1", outline=1, **heading),
        Style("Heading3", "heading 3", "Mục 1.1", outline=2, **heading),
        Style("CanCu", "Căn cứ ban hành", **{**text, "is_italic": basis}),
        Style("GiuaTrang", "Giữa trang", **{**text, "align": "center", "first": 0}),
        Style("BanHanh", "Căn cứ quyết định, quyết nghị", keep_next=True,
              **{**text, "align": "center", "first": 0}),
        Style("DongDien", "Dòng điền", **{**text, "align": "left", "first": 0}),
        Style("DongKe", "Dòng kẻ", **{**text, "align": "left", "first": 0, "after": 0}),
        Style("ThongBao", "Khung thông báo", pt=11, align="left", multiple=1.09),
        Style("PhuLuc", "Phụ lục", align="center", keep_next=True, outline=0, multiple=1.04,
              **_set(appendix_rule(profile, "label"))),
        Style("TenPhuLuc", "Tên phụ lục", align="center", keep_next=True, multiple=1.04,
              **_set(appendix_rule(profile, "title"))),
        Style("KemTheo", "Kèm theo văn bản", align="center", keep_next=True, multiple=1.04,
              **_set(appendix_rule(profile, "origin"))),
        Style("Bang", "Chữ trong bảng", pt=profile["table"]["pt"], multiple=1.09),
        Style("DauBang", "Đầu bảng", pt=profile["table"]["pt"], is_bold=True, align="center",
              multiple=1.09),
        Style("TenBang", "Tên bảng", pt=profile["table"]["pt"], is_bold=True, align="center",
              after=4, keep_next=True),
    ]  # fmt: skip


def _end(profile: Mapping[str, Any]) -> list[Style]:
    label, name = profile["recipients_label"], profile["sign_name"]
    level = max(0.0, (profile["sign_authority"]["pt"] - label["pt"]) * 0.891)
    return [
        Style("QuyenHan", "Quyền hạn ký", align="center", **_signs(profile, "sign_authority")),
        Style("ChucVu", "Chức vụ", align="center", **_signs(profile, "sign_post")),
        Style("NguoiKy", "Người ký", align="center", **_set(name)),
        Style("NoiNhan", "Nơi nhận", align="left", keep_next=True, before=level, **_set(label)),
        Style("NoiNhanDong", "Nơi nhận, từng dòng", align="left", left=2, first=-2,
              **_set(profile["recipients"])),
        Style("Qr", "Mã QR", pt=11, align="left"),
    ]  # fmt: skip


def _signs(profile: Mapping[str, Any], part: str) -> dict[str, Any]:
    return {**_set(profile[part]), "is_bold": False}


def style_elements(profile: Mapping[str, Any]) -> list[Element]:
    """The content of `styles.xml`."""
    font = str(profile["font"])
    return [
        _defaults(font, profile["body"]["pt"]),
        element(
            "style", element("name", val="Normal"), element("qFormat"),
            type="paragraph", default=1, styleId="Normal",
        ),
        element(
            "style", element("name", val="Default Paragraph Font"), element("uiPriority", val=1),
            element("semiHidden"), type="character", default=1, styleId="DefaultParagraphFont",
        ),
        _plain_table(),
        *(_style(style) for style in styles_of(profile)),
    ]  # fmt: skip


def _defaults(font: str, pt: float) -> Element:
    letters = properties(
        "rPr",
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        element("sz", val=f"{pt * 2:g}"),
        element("szCs", val=f"{pt * 2:g}"),
        element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    shape = properties("pPr", spacing(0, 0, 1, "auto"))
    return element("docDefaults", element("rPrDefault", letters), element("pPrDefault", shape))


def _plain_table() -> Element:
    sides = ("top", "left", "bottom", "right")
    return element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        properties(
            "tblPr",
            element("tblInd", w=0, type="dxa"),
            element("tblCellMar", *(element(side, w=0, type="dxa") for side in sides)),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _style(style: Style) -> Element:
    is_own = style.name[:1].isupper() and style.name not in {"Title", "Subtitle", "Body Text"}
    return element(
        "style",
        element("name", val=style.name),
        element("aliases", val=style.alias) if style.alias else None,
        element("basedOn", val="Normal"),
        element("qFormat"),
        _shape(style),
        _letters(style),
        type="paragraph",
        customStyle=1 if is_own else None,
        styleId=style.code,
    )


def _shape(style: Style) -> Element:
    line, way = (style.exact, "exact") if style.exact else (style.multiple, "auto")
    return properties(
        "pPr",
        flag("keepNext", style.keep_next),
        element("widowControl"),
        spacing(style.before, style.after, line, way),
        indent(style.left, None, style.first),
        element("jc", val=style.align) if style.align else None,
        element("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _letters(style: Style) -> Element:
    size = None if style.pt is None else f"{style.pt * 2:g}"
    return properties(
        "rPr",
        flag("b", style.is_bold),
        flag("bCs", style.is_bold),
        flag("i", style.is_italic),
        flag("iCs", style.is_italic),
        element("color", val=style.color.lstrip("#").upper()) if style.color else None,
        element("sz", val=size) if size else None,
        element("szCs", val=size) if size else None,
        element("u", val="single") if style.is_underlined else None,
    )
