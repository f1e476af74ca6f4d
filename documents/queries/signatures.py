"""What a PDF says about the signatures inside it; nothing here proves them."""

import contextlib
import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(\d\d)?'?(\d\d)?)?")
_MAX_DEPTH = 20
PRINTER = "WeasyPrint"


def read_signatures(content: bytes) -> list[dict[str, Any]]:
    """The signed fields of a PDF: `field`, `name`, `issuer`, `at` (ISO), `reason`, `is_whole`.

    `is_whole`: the signature covers the file to its end; otherwise something was added after it.
    An unreadable part is left empty rather than guessed.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as paper:
            form = paper.Root.get("/AcroForm")
            fields = list(_fields(form.get("/Fields", []), "", 0)) if form is not None else []
            return [_read(name, field.V, content) for name, field in fields]
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        return []


def is_own_print(content: bytes) -> bool:
    """Whether this software printed the file (any of its variants), by what the file says itself."""
    try:
        with pikepdf.open(io.BytesIO(content)) as paper:
            return str(paper.docinfo.get("/Producer", "")).startswith(PRINTER)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        return False


def _fields(rows: Any, above: str, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    for field in rows:
        name = ".".join(part for part in (above, str(field.get("/T", ""))) if part)
        if field.get("/FT") == "/Sig" and isinstance(field.get("/V"), pikepdf.Dictionary):
            yield name, field
        elif "/Kids" in field:
            yield from _fields(field.Kids, name, depth + 1)


def _read(name: str, value: Any, content: bytes) -> dict[str, Any]:
    certificate = _certificate(bytes(value.get("/Contents", b"")))
    written = str(value.get("/Name", ""))
    return {
        "field": name,
        "name": (_common_name(certificate.subject) if certificate else "") or written,
        "issuer": _common_name(certificate.issuer) if certificate else "",
        "at": _moment(str(value.get("/M", ""))),
        "reason": str(value.get("/Reason", "")),
        "is_whole": _covers(value.get("/ByteRange"), content),
    }


def _certificate(blob: bytes) -> x509.Certificate | None:
    """The signer's certificate: the one in the envelope that issued none of the others."""
    found: list[x509.Certificate] = []
    with contextlib.suppress(ValueError, TypeError):
        found = pkcs7.load_der_pkcs7_certificates(_without_padding(blob))
    issuers = {row.issuer for row in found if row.issuer != row.subject}
    ends = [row for row in found if row.subject not in issuers]
    known = ends or found
    return known[0] if known else None


def _without_padding(blob: bytes) -> bytes:
    """The envelope alone: signers reserve room and fill the rest with zeros."""
    if len(blob) < 2 or not blob[1] & 0x80:
        return blob[: 2 + blob[1]] if len(blob) >= 2 else blob
    width = blob[1] & 0x7F
    return blob[: 2 + width + int.from_bytes(blob[2 : 2 + width], "big")] if width else blob


def _common_name(name: x509.Name) -> str:
    rows = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(rows[0].value) if rows else ""


def _moment(text: str) -> str:
    found = _DATE.match(text)
    if found is None:
        return ""
    given = [int(part or 0) for part in found.groups()[:6]]
    year, month, day, hour, minute, second = given
    sign, hours, minutes = found[7], int(found[8] or 0), int(found[9] or 0)
    shift = datetime.timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    zone = datetime.timezone(shift) if sign else None
    try:
        day_at = datetime.date(year, month or 1, day or 1)
        clock = datetime.time(hour, minute, second, tzinfo=zone)
        return datetime.datetime.combine(day_at, clock).isoformat()
    except ValueError:
        return ""


def _covers(pieces: Any, content: bytes) -> bool:
    if pieces is None or len(pieces) != 4:
        return False
    start, first, second, rest = (int(piece) for piece in pieces)
    gap = content[first:second].strip()
    is_envelope = gap.startswith(b"<") and gap.endswith(b">")
    return start == 0 and is_envelope and second + rest == len(content)
