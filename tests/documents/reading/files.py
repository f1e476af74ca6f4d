"""Files for the tests of reading: a small Word file part by part, and files that are none."""

import io
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
BESIDE = Path(__file__).parents[4] / "shared" / "plans"
REAL_PLANS = {
    path.name[:3]: path
    for path in sorted(Path(os.environ.get("READING_PLANS", BESIDE)).glob("*.txt"))
    if path.name[:3] in {"000", "001", "003"}
}
"""Three plans of real offices, where their folder lies beside the checkout or READING_PLANS names it."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain words become one run."""
    shown = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{shown}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is a paragraph, or XML of its own."""
    shown = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{one if one.startswith('<') else p(one)}</w:tc>" for one in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{shown}</w:tbl>"


def counted(level: int, number: int = 1) -> str:
    """The properties of a paragraph in an automatic list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def lists(*levels: tuple[str, str], restarts: Mapping[int, int] | None = None) -> str:
    """`word/numbering.xml` with list 1; list 2 counts on in it, `restarts` (list → start) anew."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    others = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in (restarts or {}).items()
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{others}</w:numbering>'
    )


def styles(*shapes: str) -> str:
    """`word/styles.xml`."""
    return f'<w:styles xmlns:w="{W}">{"".join(shapes)}</w:styles>'


def word(*body: str, parts: Mapping[str, str | bytes] | None = None, types: str = TYPES) -> bytes:
    """A Word file; `parts` are further parts by name."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{''.join(body)}</w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": types, "word/document.xml": document, **(parts or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """The beginning of a compound file (Word before 2007, or encrypted) with streams of these names."""
    directory = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)
    )
    return OLE + b"\0" * 504 + directory


def picture(form: str = "PNG") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, form)
    return out.getvalue()


def heavy_paper() -> bytes:
    """A PDF of a few kilobytes whose one page unpacks to a hundred megabytes."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        drawn = zlib.compress(b"0 0 m 9 9 l S\n" * 8_000_000, 1)
        page.Contents = made.make_stream(zlib.compress(drawn))
        page.Contents.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        made.save(out, compress_streams=False)
    return out.getvalue()


def paper(*, pages: int, password: str = "") -> bytes:
    """A PDF of empty pages."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        locks = pikepdf.Encryption(owner=password, user=password) if password else None
        made.save(out, encryption=locks or False)
    return out.getvalue()
