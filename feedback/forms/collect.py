"""What collectors type in: paper slips and the collective sheets of unions and hamlets."""

import datetime
import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField, VietDateField
from core.files import MultiUploadField
from core.text import sort_key
from feedback.actions.intake import Contact, Intake, Matter, Sheet
from feedback.forms.matters import EMPTY, MATTER_LENGTH
from feedback.forms.public import FILE_KINDS
from feedback.forms.questions import field_for
from feedback.models import ConsentText, Consultation, Field, Opinion, Submission
from feedback.queries.asking import answers_of, frame_of, name_of
from organisations.models import AdministrativeUnit, Organisation

SHEET_ROWS = 5


class CollectedForm(forms.Form):
    """Who collected what came on paper, and when; the places it can come from."""

    source = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Nơi thu phiếu"),
        empty_label=gettext_lazy("Chọn…"),
    )
    received_on = VietDateField(label=gettext_lazy("Ngày nhận"))

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        sources: Any,
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        """Take the consultation's areas and the bodies the person collects for."""
        super().__init__(*args, **kwargs)
        areas = sorted(consultation.areas(today), key=lambda area: sort_key(area.name))
        self.areas: dict[str, AdministrativeUnit] = {str(area.pk): area for area in areas}
        source: Any = self.fields["source"]
        source.queryset = sources
        received: Any = self.fields["received_on"]
        received.latest = today

    @property
    def area_choices(self) -> list[tuple[str, Any]]:
        """The places to choose from."""
        return [EMPTY, *[(key, str(area)) for key, area in self.areas.items()]]


class SourceForm(CollectedForm):
    """Where the paper came from, and the scan of it."""

    area = forms.ChoiceField(label=gettext_lazy("Thôn, xóm, tổ dân phố"))
    audience = forms.ChoiceField(
        label=gettext_lazy("Đối tượng"),
        choices=[EMPTY, *Submission.Audience.choices],
    )
    scan = MultiUploadField(label=gettext_lazy("Bản chụp phiếu"), kinds=FILE_KINDS, required=False)

    field_order: Sequence[str] = ("area", "audience", "source", "received_on", "scan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the places."""
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.choices = self.area_choices

    def shared(self, token: uuid.UUID) -> dict[str, Any]:
        """What slip and sheet have in common."""
        typed = self.cleaned_data
        return {
            "area": self.areas[typed["area"]],
            "audience": typed["audience"],
            "sender_organisation": typed["source"],
            "files": typed["scan"],
            "token": token,
        }


class PaperForm(SourceForm):
    """One paper slip."""

    text = TextField(
        MATTER_LENGTH, label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 5})
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        empty_label=gettext_lazy("Chọn…"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Loại ý kiến"), choices=Opinion.Kind.choices)
    proposal = TextField(
        2000,
        label=gettext_lazy("Đề xuất, hướng giải quyết"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    full_name = LineField(120, label=gettext_lazy("Họ và tên"), required=False)
    phone = LineField(20, label=gettext_lazy("Điện thoại"), required=False)
    address = LineField(250, label=gettext_lazy("Địa chỉ nhận trả lời"), required=False)
    attested = forms.BooleanField(
        label=gettext_lazy(
            "Tôi xác nhận người gửi đã đánh dấu đồng ý và ký trên phiếu giấy cho xử lý dữ liệu "
            "cá nhân"
        ),
        required=False,
    )
    field_order = (
        "area", "audience", "text", "field", "kind", "proposal", "full_name", "phone", "address",
        "attested", "source", "received_on", "scan",
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        """Ask what the slip asks; a paper may leave any of the office's own questions out."""
        super().__init__(*args, consultation=consultation, **kwargs)
        self.questions = frame_of(consultation.pk).questions
        for question in self.questions:
            field = self.fields[name_of(question)] = field_for(question)
            field.required = False
        order, asked = list(self.field_order), [name_of(question) for question in self.questions]
        after = order.index("proposal") + 1
        self.order_fields([*order[:after], *asked, *order[after:]])

    def contact(self) -> Contact:
        """The person on the slip, if named."""
        typed = self.cleaned_data
        return Contact(
            **{name: typed.get(name) or "" for name in ("full_name", "phone", "address")}
        )

    def clean(self) -> dict[str, Any]:
        """Personal data are typed in only with the sender's consent on paper."""
        typed = super().clean() or self.cleaned_data
        if self.contact() and not typed.get("attested"):
            self.add_error(
                "attested",
                _("Phiếu không có đánh dấu đồng ý thì không nhập họ tên và cách liên hệ."),
            )
        return typed

    def intake(self, token: uuid.UUID, consent: ConsentText | None) -> Intake:
        """What the action takes in."""
        typed, contact = self.cleaned_data, self.contact()
        matter = Matter(
            text=typed["text"],
            kind=typed["kind"],
            field=typed["field"],
            proposal=typed["proposal"],
        )
        return Intake(
            matters=[matter],
            channel=Submission.Channel.PAPER,
            contact=contact,
            consent=consent if contact else None,
            answers=answers_of(self.questions, typed),
            **self.shared(token),
        )


class RowForm(forms.Form):
    """One row of a collective sheet."""

    text = TextField(
        MATTER_LENGTH,
        label=gettext_lazy("Nội dung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        empty_label=gettext_lazy("Chọn…"),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=Opinion.Kind.choices, required=False
    )
    supporters = forms.IntegerField(
        label=gettext_lazy("Số người cùng ý kiến"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        required=False,
    )

    def has_changed(self) -> bool:
        """A row counts as soon as it has words."""
        return bool(str(self["text"].value() or "").strip())

    def clean(self) -> dict[str, Any]:
        """Words need a field and a kind; how many share them is one if nobody counted."""
        typed = super().clean() or self.cleaned_data
        if typed.get("text"):
            for name in ("field", "kind"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Hãy chọn một mục."))
            typed["supporters"] = typed.get("supporters") or 1
        return typed


class SheetForm(SourceForm):
    """The frame of a collective sheet."""

    meeting_on = VietDateField(label=gettext_lazy("Ngày họp"))
    attendance = forms.IntegerField(
        label=gettext_lazy("Số người dự"), min_value=1, max_value=1_000_000
    )
    slips_out = forms.IntegerField(
        label=gettext_lazy("Số phiếu phát ra"), min_value=0, max_value=1_000_000, initial=0
    )
    slips_in = forms.IntegerField(
        label=gettext_lazy("Số phiếu thu về"), min_value=0, max_value=1_000_000, initial=0
    )
    compiled_by = LineField(120, label=gettext_lazy("Người tổng hợp"))
    signed_by = LineField(120, label=gettext_lazy("Người đứng đầu ký"))
    field_order = (
        "source", "area", "audience", "meeting_on", "attendance", "slips_out", "slips_in",
        "compiled_by", "signed_by", "received_on", "scan",
    )  # fmt: skip

    @cached_property
    def rows(self) -> list[RowForm]:
        """The rows, typed or empty."""
        source = self.data if self.is_bound else None
        return [RowForm(source, prefix=f"row-{place}") for place in range(self.row_count)]

    @property
    def row_count(self) -> int:
        """How many rows the page shows; the button asks for more."""
        shown = str(self.data.get("rows", "")) if self.is_bound else ""
        count = int(shown) if shown.isdecimal() and len(shown) < 4 else SHEET_ROWS
        return min(100, count + (SHEET_ROWS if "more" in self.data else 0))

    def clean(self) -> dict[str, Any]:
        """No more slips come back than went out; the rows are judged with the frame."""
        typed = super().clean() or self.cleaned_data
        if (typed.get("slips_in") or 0) > (typed.get("slips_out") or 0):
            self.add_error("slips_in", _("Số phiếu thu về không thể nhiều hơn số phiếu phát ra."))
        good = [row.is_valid() for row in self.rows]
        if not any(row.has_changed() for row in self.rows):
            self.add_error(None, _("Hãy ghi ít nhất một nội dung."))
        elif not all(good):
            self.add_error(None, _("Có dòng nội dung cần sửa ở bảng bên dưới."))
        return typed

    def intake(self, token: uuid.UUID) -> Intake:
        """What the action takes in."""
        typed = self.cleaned_data
        names = ("meeting_on", "attendance", "slips_out", "slips_in", "compiled_by", "signed_by")
        return Intake(
            matters=[Matter(**row.cleaned_data) for row in self.rows if row.has_changed()],
            channel=Submission.Channel.COLLECTIVE,
            sheet=Sheet(**{name: typed[name] for name in names}),
            **self.shared(token),
        )
