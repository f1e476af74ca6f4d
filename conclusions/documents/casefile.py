"""The pieces of a case file (hồ sơ): issued papers, what happened, who came, evidence.

Only frozen files and plain tables, so that the same rows always give the same bytes.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from assignments.models import Evidence, Task
from conclusions.models import ConclusionNotice, ConclusionPoint, PetitionItem, PointResult
from conferences.models import Conference
from conferences.queries.exchanges import READY_ANSWERS, groups_of, tally
from core.files import read_stored
from core.sheets import csv_bytes
from core.text import fold
from documents.documents.amendments import citation_of
from documents.models import Document

Rows = Sequence[tuple[object, ...]]


@dataclass(frozen=True)
class Piece:
    """One file of the archive: its path there, what it is, its bytes."""

    path: str
    title: str
    content: bytes


def case_pieces(conference: Conference) -> list[Piece]:
    """Every piece, in the order of the dossier; a fixed number of queries beside the files."""
    notices = ConclusionNotice.objects.filter(conference=conference)
    notice = notices.select_related("document").first()
    shown = Document.objects.filter(agenda_items__conference=conference).order_by("pk").distinct()
    return [
        _table("00-hoi-nghi.csv", _("Thông tin hội nghị"), _facts(conference)),
        *_paper("01-ke-hoach", conference.session.plan.document),
        *_paper("02-giay-moi", conference.invitation),
        _table(
            "03-y-kien-gui-truoc.csv", _("Các vấn đề gửi trước và trả lời"), _groups(conference)
        ),
        _table("04-chuong-trinh.csv", _("Chương trình và giờ thực tế"), _agenda(conference)),
        *(piece for document in shown for piece in _paper("04-tai-lieu", document)),
        _table("05-dai-bieu.csv", _("Đại biểu và điểm danh"), _people(conference)),
        _table("06-phat-bieu.csv", _("Lượt phát biểu"), _turns(conference)),
        _table("07-trao-doi.csv", _("Ý kiến và trả lời tại hội nghị"), _exchanges(conference)),
        *_paper("08-bien-ban", conference.minutes),
        *_paper("09-thong-bao-ket-luan", notice.document if notice else None),
        *(_follow_up(notice) if notice else ()),
        *(_petitions(notice) if notice else ()),
    ]


def _table(path: str, title: str, rows: Rows) -> Piece:
    return Piece(path, title, csv_bytes(rows))


def _paper(folder: str, document: Document | None) -> Iterator[Piece]:
    """The frozen PDF of an issued paper and its signed copies: every version, the first one first."""
    first = document
    while first is not None and first.amends is not None:
        first = first.amends
    yield from _versions(folder, first)


def _versions(folder: str, document: Document | None) -> Iterator[Piece]:
    if document is None or not document.pdf:
        return
    title = f"{citation_of(document)}: {document.abstract} ({document.get_state_display()})"
    with document.pdf.open("rb") as file:
        yield Piece(f"{folder}/{_stem(document)}.pdf", title, file.read())
    for at, copy in enumerate(document.signed_copies.select_related("file").order_by("pk"), 1):
        suffix = PurePosixPath(str(copy.file.file)).suffix
        signed = _("Bản ký của %(paper)s") % {"paper": title}
        yield Piece(
            f"{folder}/{_stem(document)}-ban-ky-{at}{suffix}", signed, read_stored(copy.file)
        )
    for amendment in document.amendments.order_by("pk"):
        yield from _versions(folder, amendment)


def _stem(document: Document) -> str:
    """The number of a paper as a file name: `01-BB-DU`, with its key so that no two are one."""
    return f"{slugify(fold(document.register_code).replace('/', '-'))}-{document.pk}"


def _moment(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def _facts(conference: Conference) -> Rows:
    numbers = tally(conference)
    return [
        (_("Tên hội nghị"), conference.title),
        (_("Cơ quan tổ chức"), conference.organisation.name),
        (_("Bắt đầu"), _moment(conference.started_at or conference.starts_at)),
        (_("Kết thúc"), _moment(conference.closed_at)),
        (_("Địa điểm"), conference.place),
        (_("Chủ trì"), conference.chair),
        (_("Thư ký"), conference.secretary),
        (_("Số người được mời"), conference.invited or 0),
        (_("Số người có mặt"), conference.present or 0),
        (_("Nội dung được nêu"), numbers.exchanges),
        (_("Giải đáp tại chỗ"), numbers.answered),
    ]


def _groups(conference: Conference) -> Rows:
    rows: list[tuple[object, ...]] = [
        (_("Vấn đề"), _("Lĩnh vực"), _("Cơ quan trả lời"), _("Trả lời"))
    ]
    for group in groups_of(conference):
        answer = getattr(group, "answer", None)
        text = answer.text if answer and answer.state in READY_ANSWERS else ""
        field, lead = group.field, group.lead
        rows.append((group.title, field.name if field else "", lead.name if lead else "", text))
    return rows


def _agenda(conference: Conference) -> Rows:
    head = (_("TT"), _("Nội dung"), _("Điều hành"), _("Số phút"), _("Bắt đầu"), _("Kết thúc"))
    items = conference.agenda.order_by("position")
    return [
        head,
        *(
            (
                at,
                item.text,
                item.conductor,
                item.minutes,
                _moment(item.started_at),
                _moment(item.ended_at),
            )
            for at, item in enumerate(items, start=1)
        ),
    ]


def _people(conference: Conference) -> Rows:
    head = (_("Họ và tên"), _("Chức vụ"), _("Đơn vị"), _("Trả lời giấy mời"), _("Có mặt lúc"))
    return [
        head,
        *(
            (
                person.name,
                person.post,
                person.body,
                person.get_answer_display(),
                _moment(person.present_at),
            )
            for person in conference.participants.order_by("pk")
        ),
    ]


def _turns(conference: Conference) -> Rows:
    head = (
        _("Người phát biểu"),
        _("Đơn vị"),
        _("Bắt đầu"),
        _("Kết thúc"),
        _("Trả lời bằng văn bản"),
    )
    return [
        head,
        *(
            (
                turn.name,
                turn.body,
                _moment(turn.started_at),
                _moment(turn.ended_at),
                "x" if turn.in_writing else "",
            )
            for turn in conference.turns.order_by("position", "pk")
        ),
    ]


def _exchanges(conference: Conference) -> Rows:
    head = (
        _("Người nêu"),
        _("Đơn vị"),
        _("Nội dung"),
        _("Người trả lời"),
        _("Trả lời"),
        _("Kết quả"),
    )
    return [
        head,
        *(
            (
                said.raised_by,
                said.raised_body,
                said.question,
                said.answered_by,
                said.answer,
                said.get_outcome_display(),
            )
            for said in conference.exchanges.order_by("pk")
        ),
    ]


def _follow_up(notice: ConclusionNotice) -> Iterator[Piece]:
    """The tasks of the points and the files that show they were done."""
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    files = Evidence.objects.select_related("file").order_by("pk")
    tasks = list(
        Task.objects.filter(origin_type=kind, origin_id__in=notice.points.values("pk"))
        .select_related("lead")
        .prefetch_related(Prefetch("progress__evidence", files))
        .order_by("pk")
    )
    rows: list[tuple[object, ...]] = [
        (_("Nhiệm vụ"), _("Cơ quan"), _("Hạn"), _("Trạng thái"), _("Kết quả xử lý"))
    ]
    for task in tasks:
        due = f"{task.due_on:%d/%m/%Y}" if task.due_on else ""
        rows.append(
            (
                task.title,
                task.lead.name,
                due,
                task.get_state_display(),
                task.get_resolution_display(),
            )
        )
    yield _table("10-nhiem-vu.csv", _("Nhiệm vụ sau hội nghị"), rows)
    for task in tasks:
        for note in task.progress.all():
            for shown in note.evidence.all():
                suffix = PurePosixPath(str(shown.file.file)).suffix
                path = f"11-minh-chung/{task.pk}-{shown.pk}{suffix}"
                yield Piece(path, f"{task.title}: {shown.file.name}", read_stored(shown.file))


def _petitions(notice: ConclusionNotice) -> Iterator[Piece]:
    """What went up, each petition's paper, and what came back line by line; what people were told."""
    items = PetitionItem.objects.filter(petition__notice=notice, petition__sent_on__isnull=False)
    lines = list(items.select_related("petition__document").order_by("petition", "position"))
    if lines:
        head = (
            _("Văn bản"),
            _("Nơi nhận"),
            _("Ngày gửi"),
            _("Nội dung"),
            _("Ngày trả lời"),
            _("Trả lời"),
        )
        yield _table(
            "12-kien-nghi.csv", _("Kiến nghị cấp trên"), [head, *(_line(item) for item in lines)]
        )
    for document in {item.petition_id: item.petition.document for item in lines}.values():
        yield from _paper("12-kien-nghi", document)
    told = list(
        PointResult.objects.filter(point__notice=notice)
        .select_related("point__clause")
        .annotate(heard=Count("replies"))
        .order_by("pk")
    )
    if told:
        titles = (_("Ngày"), _("Điểm kết luận"), _("Kết quả"), _("Số người được báo"))
        rows: list[tuple[object, ...]] = [
            (_moment(one.at), one.point.clause.text, one.text, one.heard) for one in told
        ]
        yield _table("13-tra-loi.csv", _("Trả lời người nêu ý kiến"), [titles, *rows])


def _line(item: PetitionItem) -> tuple[object, ...]:
    sent, answered = item.petition.sent_on, item.answered_on
    return (
        item.petition.document.register_code,
        item.petition.receiver_name,
        f"{sent:%d/%m/%Y}" if sent else "",
        item.text,
        f"{answered:%d/%m/%Y}" if answered else "",
        item.answer,
    )
