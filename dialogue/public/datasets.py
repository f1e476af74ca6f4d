"""Open data: tables anybody may use again, each column with its meaning; no personal data."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conclusions.queries import with_tasks
from conferences.models import Conference
from conferences.states import ConferenceState
from core.sheets import csv_parts
from dialogue.public.answers import public_answers
from dialogue.public.promises import Stage, promises
from feedback.models import Field, Opinion
from organisations.models import Organisation

BATCH = 1_000


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, the type of its values (JSON's), what it says."""

    name: str
    type: str
    meaning: object


@dataclass(frozen=True)
class Dataset:
    """A table by the name in its address; `rows(today)` gives values in the order of the columns."""

    name: str
    title: object
    columns: Sequence[Column]
    rows: Callable[[datetime.date], Iterator[list[Any]]]

    def records(self, today: datetime.date) -> Iterable[dict[str, Any]]:
        """The rows as objects."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows(today))


def _address(name: str, pk: int) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=[pk])}"


def _conferences(_today: datetime.date) -> Iterator[list[Any]]:
    rows = Conference.objects.exclude(state=ConferenceState.CANCELLED).select_related(
        "organisation__unit", "session"
    )
    numbered: QuerySet[Any] = rows.annotate(said=Count("exchanges"))
    for row in numbered.order_by("starts_at", "pk").iterator(BATCH):
        is_over = row.state == ConferenceState.CLOSED
        yield [
            row.pk,
            row.title,
            row.organisation.name,
            str(row.organisation.unit or ""),
            timezone.localtime(row.starts_at).isoformat(),
            row.place,
            str(row.get_state_display()),
            row.invited if is_over else None,
            row.present if is_over else None,
            row.said if is_over else None,
            _address("portal:conference", row.pk),
        ]


def _promises(today: datetime.date) -> Iterator[list[Any]]:
    rows = promises(today).select_related(
        "clause", "lead", "notice__document__organisation__unit", "notice__document__type"
    )
    for batch in _batches(rows.order_by("notice__document__dated_on", "pk")):
        for line in with_tasks(batch):
            point: Any = line.point
            paper = point.notice.document
            done = [task.accepted_at for task in line.tasks if task.accepted_at]
            due = [task.due_on for task in line.tasks if task.due_on]
            yield [
                point.pk,
                paper.register_code,
                paper.dated_on,
                paper.organisation.name,
                str(paper.organisation.unit or ""),
                point.clause.plain_text,
                point.kind,
                point.stage,
                str(Stage(point.stage).label),
                point.lead.name if point.lead else None,
                min(due, default=None),
                line.percent if line.tasks else None,
                timezone.localdate(max(done)) if done and len(done) == len(line.tasks) else None,
                _address("portal:conclusion", point.notice_id),
            ]


def _batches(rows: Any) -> Iterator[list[Any]]:
    """Rows a thousand at a time, by key, so that a large table costs no memory."""
    batch = []
    for row in rows.iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _answers(_today: datetime.date) -> Iterator[list[Any]]:
    bodies = Organisation.objects.select_related("unit").in_bulk()
    fields = dict(Field.objects.values_list("pk", "name"))
    rows = public_answers().values_list(
        "pk",
        "group__consultation__organisation",
        "group__field",
        "group__title",
        "text",
        "legal_basis",
        "group__lead",
        "released_at",
    )
    for pk, body, field, title, text, basis, lead, released_at in rows.iterator(BATCH):
        yield [
            pk,
            bodies[body].name,
            str(bodies[body].unit or ""),
            field,
            fields[field],
            title,
            text,
            basis or None,
            bodies[lead].name if lead else None,
            timezone.localdate(released_at) if released_at else None,
        ]


def _opinions(_today: datetime.date) -> Iterator[list[Any]]:
    about = ("submission__consultation", "field")
    names = (
        "submission__consultation__title",
        "submission__consultation__organisation__name",
        "field__name",
    )
    rows = Opinion.objects.in_dialogue().order_by().values_list(*about, *names)
    for pk, field, title, body, name, number in rows.annotate(n=Count("pk")).order_by(*about):
        yield [pk, title, body, field, name, number]


S, N, D = "string", "integer", "date"
DATASETS = (
    Dataset(
        "hoi-nghi",
        gettext_lazy("Hội nghị đối thoại"),
        (
            Column("id", N, gettext_lazy("Số của hội nghị trong phần mềm, không đổi")),
            Column("title", S, gettext_lazy("Tên hội nghị")),
            Column("organisation", S, gettext_lazy("Cơ quan tổ chức")),
            Column("unit", S, gettext_lazy("Địa phương")),
            Column("starts_at", "datetime", gettext_lazy("Giờ bắt đầu, kèm múi giờ")),
            Column("place", S, gettext_lazy("Địa điểm")),
            Column("state", S, gettext_lazy("Đã ấn định, đang diễn ra hay đã kết thúc")),
            Column("invited", N, gettext_lazy("Số người được mời; trống khi chưa kết thúc")),
            Column("present", N, gettext_lazy("Số người có mặt; trống khi chưa kết thúc")),
            Column("exchanges", N, gettext_lazy("Số nội dung được nêu; trống khi chưa kết thúc")),
            Column("page", S, gettext_lazy("Trang công khai")),
        ),
        _conferences,
    ),
    Dataset(
        "ket-luan",
        gettext_lazy("Từng điểm kết luận và kết quả thực hiện"),
        (
            Column("id", N, gettext_lazy("Số của điểm kết luận trong phần mềm, không đổi")),
            Column("number", S, gettext_lazy("Số, ký hiệu của thông báo kết luận")),
            Column("dated_on", D, gettext_lazy("Ngày của thông báo")),
            Column("organisation", S, gettext_lazy("Cơ quan ban hành")),
            Column("unit", S, gettext_lazy("Địa phương")),
            Column("text", S, gettext_lazy("Nguyên văn điểm kết luận")),
            Column("kind", S, gettext_lazy("answered, assigned, petition hoặc not_considered")),
            Column(
                "stage",
                S,
                gettext_lazy("kept, working, late, answered, petition hoặc not_considered"),
            ),
            Column("stage_label", S, gettext_lazy("Cùng nội dung với stage, bằng tiếng Việt")),
            Column("lead", S, gettext_lazy("Cơ quan chủ trì; trống nếu không giao việc")),
            Column("due_on", D, gettext_lazy("Ngày cuối của thời hạn sớm nhất")),
            Column("percent", N, gettext_lazy("Tiến độ, phần trăm; trống nếu không giao việc")),
            Column("done_on", D, gettext_lazy("Ngày nghiệm thu xong mọi việc của điểm này")),
            Column("page", S, gettext_lazy("Trang công khai của thông báo")),
        ),
        _promises,
    ),
    Dataset(
        "tra-loi",
        gettext_lazy("Câu trả lời đã công bố"),
        (
            Column("id", N, gettext_lazy("Số của câu trả lời trong phần mềm, không đổi")),
            Column("organisation", S, gettext_lazy("Cơ quan lấy ý kiến")),
            Column("unit", S, gettext_lazy("Địa phương")),
            Column("field", S, gettext_lazy("Mã lĩnh vực")),
            Column("field_name", S, gettext_lazy("Lĩnh vực")),
            Column("matter", S, gettext_lazy("Vấn đề, do cơ quan đặt tên")),
            Column("answer", S, gettext_lazy("Nội dung trả lời")),
            Column("legal_basis", S, gettext_lazy("Căn cứ được dẫn")),
            Column("answered_by", S, gettext_lazy("Cơ quan chuẩn bị câu trả lời")),
            Column("released_on", D, gettext_lazy("Ngày công bố")),
        ),
        _answers,
    ),
    Dataset(
        "so-y-kien",
        gettext_lazy("Số ý kiến theo đợt và lĩnh vực"),
        (
            Column("consultation", N, gettext_lazy("Số của đợt lấy ý kiến trong phần mềm")),
            Column("title", S, gettext_lazy("Tên đợt lấy ý kiến")),
            Column("organisation", S, gettext_lazy("Cơ quan lấy ý kiến")),
            Column("field", S, gettext_lazy("Mã lĩnh vực")),
            Column("field_name", S, gettext_lazy("Lĩnh vực")),
            Column(
                "opinions",
                N,
                gettext_lazy("Số ý kiến, không kể khiếu nại, tố cáo và ý kiến đã rút"),
            ),
        ),
        _opinions,
    ),
)
BY_NAME = {one.name: one for one in DATASETS}


def note_of_data() -> str:
    """What may be done with the data."""
    return _("Được dùng lại tự do, ghi nguồn. Không có thông tin cá nhân của người gửi ý kiến.")


def csv_of(table: Dataset, today: datetime.date) -> Iterator[bytes]:
    """The table as a spreadsheet, in parts."""
    heads = [column.name for column in table.columns]
    rows = (["" if cell is None else cell for cell in row] for row in table.rows(today))
    return csv_parts(chain([heads], rows))


def json_of(table: Dataset, today: datetime.date) -> Iterator[str]:
    """The table with what its columns mean, in parts; `rows` comes last."""
    about = {"dataset": table.name, "title": table.title, "made_on": today, "note": note_of_data()}
    columns = [
        {"name": one.name, "type": one.type, "meaning": one.meaning} for one in table.columns
    ]
    yield f'{_json(about | {"columns": columns})[:-1]}, "rows": ['
    left, comma = iter(table.records(today)), ""
    while batch := list(islice(left, 100)):
        yield comma + ", ".join(map(_json, batch))
        comma = ", "
    yield "]}"


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, default=str)
