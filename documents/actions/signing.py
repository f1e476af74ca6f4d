"""Attaching the signed scan or the digitally signed PDF as the authoritative copy."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.files import CheckedFile, store
from core.transitions import record
from documents import rules
from documents.models import Document, SignedCopy
from documents.queries.signatures import is_own_print, read_signatures
from organisations.models import User


@transaction.atomic
def attach_signed_copy(
    document: Document, *, by: User, file: CheckedFile, note: str = ""
) -> SignedCopy:
    """Keep the signed file of an issued paper; from now on it is what people download first.

    Earlier copies stay listed. The signature fields of a PDF are read and kept, not verified.
    """
    require(rules.may_attach_signed_copy(by, document), rules.NOT_SIGNED)
    sha256 = hashlib.sha256(file.content).hexdigest()
    signatures = read_signatures(file.content)
    if sha256 == document.pdf_sha256 or (not signatures and is_own_print(file.content)):
        raise RefusedError(
            _("Tệp này là bản PDF chưa ký do phần mềm lập. Hãy chọn bản quét hoặc bản đã ký số.")
        )
    if document.signed_copies.filter(file__sha256=sha256).exists():
        raise RefusedError(_("Tệp này đã được gắn vào văn bản rồi."))
    copy = SignedCopy.objects.create(
        document=document,
        file=store(file, by),
        signatures=signatures,
        note=note,
        attached_by=by,
    )
    words = _("Gắn bản có chữ ký “%(name)s”, SHA-256 %(hash)s")
    record(document, by=by, note=words % {"name": file.name, "hash": sha256})
    return copy
