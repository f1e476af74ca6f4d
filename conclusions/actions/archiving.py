"""The case file: everything kept of a conference in one archive with its index and hashes."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from conclusions import rules
from conclusions.documents import Piece, case_pieces
from conclusions.models import CaseFile
from conferences.models import Conference
from conferences.states import PrintState
from core.access import require
from core.sheets import csv_bytes
from core.transitions import move
from organisations.models import User

EPOCH = (1980, 1, 1, 0, 0, 0)
INDEX, SUMS = "00-muc-luc.csv", "SHA256SUMS"


@transaction.atomic
def order_case_file(conference: Conference, *, by: User) -> CaseFile:
    """Ask for the archive as things stand; one that is being made already is not ordered twice."""
    require(
        rules.may_keep_case_file(by, conference),
        _("Chỉ cơ quan tổ chức lập hồ sơ, sau khi hội nghị kết thúc."),
    )
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    waiting = conference.case_files.filter(state=PrintState.WAITING).first()
    return waiting or CaseFile.objects.create(conference=conference, ordered_by=by)


def make_case_file(pk: int) -> None:
    """Put an ordered archive together; of two workers the second gives way.

    A file that cannot be read is named on the page: an archive with a gap would be none.
    """
    with transaction.atomic():
        waiting = CaseFile.objects.select_for_update(of=("self",), skip_locked=True)
        order = waiting.filter(pk=pk, state=PrintState.WAITING).first()
        if order is None:
            return
        try:
            content = pack(case_pieces(order.conference))
        except OSError as error:
            name = PurePath(str(error.filename or error)).name
            words = _("Không đọc được tệp đã lưu: %(file)s. Hãy báo quản trị, rồi lập lại hồ sơ.")
            move(order, PrintState.FAILED, by=None, error=words % {"file": name})
            return
        order.file.save(f"ho-so-{order.conference_id}.zip", ContentFile(content), save=False)
        digest = hashlib.sha256(content).hexdigest()
        move(order, PrintState.DONE, by=None, file=order.file, sha256=digest)


def pack(pieces: Sequence[Piece]) -> bytes:
    """A ZIP of the pieces in their order, an index and the sums; the same pieces give the same bytes."""
    sums = {piece.path: hashlib.sha256(piece.content).hexdigest() for piece in pieces}
    index = csv_bytes(
        [
            (_("TT"), _("Tệp"), _("Nội dung"), _("Số byte"), "SHA-256"),
            *(
                (str(at), piece.path, piece.title, str(len(piece.content)), sums[piece.path])
                for at, piece in enumerate(pieces, start=1)
            ),
        ]
    )
    sums[INDEX] = hashlib.sha256(index).hexdigest()
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in [
            (INDEX, index),
            *((piece.path, piece.content) for piece in pieces),
            (SUMS, lines.encode()),
        ]:
            archive.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
