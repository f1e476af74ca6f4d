"""The signed copies of a paper, the authoritative one first."""

import datetime
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime

from documents.models import Document, SignedCopy


@dataclass(frozen=True)
class SignatureLine:
    """What a signature inside the file says about itself."""

    name: str
    issuer: str
    at: datetime.datetime | None
    reason: str
    is_whole: bool


@dataclass(frozen=True)
class CopyLine:
    """A signed copy with its signatures as a page shows them."""

    copy: SignedCopy
    signatures: list[SignatureLine]


def signed_copies_of(document: Document) -> list[CopyLine]:
    """All signed copies, latest (authoritative) first; one question."""
    rows = SignedCopy.objects.filter(document=document).select_related("file", "attached_by")
    return [
        CopyLine(
            row,
            [
                SignatureLine(
                    name=one.get("name", ""),
                    issuer=one.get("issuer", ""),
                    at=parse_datetime(one.get("at", "")),
                    reason=one.get("reason", ""),
                    is_whole=bool(one.get("is_whole")),
                )
                for one in row.signatures
            ],
        )
        for row in rows.order_by("-id")
    ]


def authoritative_copy(document: Document) -> SignedCopy | None:
    """The signed file that stands for the paper, if one was attached."""
    return SignedCopy.objects.filter(document=document).select_related("file").order_by("id").last()
