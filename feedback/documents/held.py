"""Everything held of one form, as its sender may take it home (domain.md §2.9)."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import readings_of
from core.files import read_stored
from core.models import AuditEvent, HistoryEntry
from feedback.models import DataRequest, Opinion, QuestionAnswer, Sender, Submission, Support
from feedback.queries.retention import letters_to

Line = tuple[object, object]


@dataclass(frozen=True)
class HeldFile:
    """A text, or a text with the files beside it."""

    name: str
    content_type: str
    content: bytes


def held_data(submission: Submission) -> HeldFile:
    """All of it in plain words; a ZIP when files came with the form."""
    text = "\r\n".join(_text(submission)).encode("utf-8-sig")
    files = list(submission.files.select_related("file").order_by("pk"))
    name = f"du-lieu-{submission.shown_code}"
    if not files:
        return HeldFile(f"{name}.txt", "text/plain; charset=utf-8", text)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.txt", text)
        for number, row in enumerate(files, start=1):
            archive.writestr(f"{number}-{row.file.own_name}", read_stored(row.file))
    return HeldFile(f"{name}.zip", "application/zip", out.getvalue())


def _text(submission: Submission) -> Iterator[str]:
    parts = {
        _("PHIẾU"): _form(submission),
        _("LIÊN HỆ"): _contact(submission),
        _("SỰ ĐỒNG Ý"): _consent(submission),
        _("Ý KIẾN"): _opinions(submission),
        _("TRẢ LỜI CÂU HỎI"): _answers(submission),
        _("THƯ ĐÃ GỬI"): _letters(submission),
        _("YÊU CẦU VỀ DỮ LIỆU"): _requests(submission),
        _("AI ĐÃ MỞ DỮ LIỆU NÀY"): _readings(submission),
    }
    for heading, lines in parts.items():
        found = [f"{label}: {value}" for label, value in lines if value not in ("", None)]
        yield from (heading, *(found or [_("Không có.")]), "")


def _form(submission: Submission) -> Iterator[Line]:
    yield _("Mã tra cứu"), submission.shown_code
    yield _("Đợt lấy ý kiến"), submission.consultation.title
    yield _("Cơ quan giữ dữ liệu"), submission.consultation.organisation
    yield _("Nhận ngày"), f"{submission.received_on:%d/%m/%Y}"
    yield _("Kênh"), submission.get_channel_display()
    yield _("Địa bàn"), submission.area
    yield _("Đối tượng"), submission.get_audience_display()
    yield _("Muốn nhận trả lời"), submission.get_reply_mode_display()
    yield _("Đăng ký phát biểu"), _("có") if submission.wants_to_speak else ""
    yield _("Người ghi lại"), submission.noted_by


def _contact(submission: Submission) -> Iterator[Line]:
    sender = Sender.objects.filter(submission=submission).first()
    if sender is not None:
        yield _("Họ và tên"), sender.full_name
        yield _("Điện thoại"), sender.phone
        yield _("Thư điện tử"), sender.email
        yield _("Địa chỉ"), sender.address


def _consent(submission: Submission) -> Iterator[Line]:
    if submission.consent and submission.consented_at:
        yield _("Đồng ý lúc"), _moment(submission.consented_at)
        yield _("Với thông báo số"), submission.consent.version
        yield _("Nội dung thông báo"), submission.consent.text
    if submission.consent_withdrawn_at:
        yield _("Rút lại lúc"), _moment(submission.consent_withdrawn_at)


def _opinions(submission: Submission) -> Iterator[Line]:
    rows = Opinion.objects.filter(submission=submission).select_related("field", "verdict")
    for row in rows.prefetch_related("additions").order_by("position"):
        yield row.code, f"{row.get_kind_display()}, {row.field}, {row.get_state_display()}"
        yield _("Nội dung"), row.text
        yield _("Đề xuất"), row.proposal
        yield _("Đã kiến nghị"), row.raised_before
        for addition in row.additions.all():
            yield _("Bổ sung"), addition.text
        yield from _verdict(row)
    supports = Support.objects.filter(submission=submission).select_related("group", "verdict")
    for support in supports:
        yield _("Cùng ý kiến với"), support.group.title
        yield from _verdict(support)


def _verdict(row: Opinion | Support) -> Iterator[Line]:
    said = getattr(row, "verdict", None)
    if said is not None:
        yield _("Ông/Bà cho biết"), _("đã được giải quyết") if said.is_settled else said.reason


def _answers(submission: Submission) -> Iterator[Line]:
    for row in QuestionAnswer.objects.filter(submission=submission).select_related("question"):
        yield row.question.label, row.shown


def _letters(submission: Submission) -> Iterator[Line]:
    for row in letters_to(submission).order_by("pk"):
        yield _moment(row.created_at), f"{row.subject} ({row.get_state_display()})"


def _requests(submission: Submission) -> Iterator[Line]:
    for row in DataRequest.objects.filter(submission=submission).order_by("pk"):
        said = f"{row.get_kind_display()}. {row.note} {row.get_state_display()}. {row.outcome}"
        yield f"{row.received_on:%d/%m/%Y}", " ".join(said.split())


def _readings(submission: Submission) -> Iterator[Line]:
    kind = ContentType.objects.get_for_model(Submission)
    rows = HistoryEntry.objects.filter(subject_type=kind, subject_id=submission.pk)
    lines: list[HistoryEntry | AuditEvent] = [*rows.select_related("by"), *readings_of(submission)]
    for row in sorted(lines, key=attrgetter("at")):
        who = row.by.get_full_name() if row.by else ""
        yield _moment(row.at), f"{row.note} {who}".strip()


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
