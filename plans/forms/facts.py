"""What people type about the fact on a clause of a plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.models import Stage
from core.fields import LineField, TextField
from core.timephrase import TimePhraseFormField
from documents import queries as paper_queries
from documents.models import Clause, ClauseKind
from organisations.models import AdministrativeUnit
from plans import queries
from plans.forms.fields import (
    OrganisationField,
    OrganisationsField,
    TickedField,
    bodies_for,
    look_up,
)
from plans.models import DialogueSession, Duty

CHAIRS_LIMIT = 6


lazy_sums = lazy(queries.sums_around, str)


class FactForm(forms.Form):
    """What the fact forms of a plan share: the clause they belong to and the lists they offer."""

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        """Fill the lists and tell phrases the plan's year."""
        super().__init__(*args, **kwargs)
        self.clause = clause
        self.plan = queries.plan_beside(clause)
        named = {
            name
            for name, field in self.fields.items()
            if isinstance(field, OrganisationsField | OrganisationField)
        }
        if named:
            look_up(self, named, bodies_for(clause, timezone.localdate()))
        for field in self.fields.values():
            if isinstance(field, TimePhraseFormField):
                field.year = self.plan.year if self.plan else None


class SessionForm(FactForm):
    """One conference the plan foresees."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại hội nghị"), choices=DialogueSession.Kind, initial="periodic"
    )
    theme = LineField(500, label=gettext_lazy("Chủ đề, nội dung đối thoại"))
    audience = LineField(
        300,
        label=gettext_lazy("Đối tượng đối thoại"),
        help_text=gettext_lazy("Ví dụ: công dân xã Tân Hòa; hội viên Hội Cựu chiến binh."),
    )
    time = TimePhraseFormField(
        label=gettext_lazy("Thời gian"),
        required=False,
        help_text=gettext_lazy("Ví dụ: Tháng 5/2026; Quý II; dự kiến ngày 11/8/2026."),
    )
    place = LineField(250, label=gettext_lazy("Địa điểm"), required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("Hình thức"), choices=DialogueSession.Form, initial="in_person"
    )
    chairs = TextField(
        1500,
        label=gettext_lazy("Chủ trì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Mỗi người một dòng: chức vụ, dấu hai chấm, họ tên (nếu ghi)."),
    )
    units = TickedField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Địa bàn"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the units in force."""
        super().__init__(*args, **kwargs)
        units = AdministrativeUnit.objects.current(timezone.localdate())
        known = paper_queries.ties_of(self.clause).get("units") if self.clause.pk else None
        if known:
            units = units | AdministrativeUnit.objects.filter(pk__in=known)
        look_up(self, ["units"], units.order_by("level", "name"))

    def clean_chairs(self) -> list[tuple[str, str]]:
        """Pairs of post and name."""
        lines = [line for line in self.cleaned_data["chairs"].split("\n") if line.strip()]
        if len(lines) > CHAIRS_LIMIT:
            raise ValidationError(_("Nhiều nhất %(n)s người chủ trì.") % {"n": CHAIRS_LIMIT})
        return [read_chair(line) for line in lines]


class ParticipantGroupForm(FactForm):
    """How many people of a group come, and who chooses them."""

    exact = forms.IntegerField(
        label=gettext_lazy("Đúng số"), required=False, min_value=1, max_value=100_000
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("hoặc từ"), required=False, min_value=1, max_value=100_000
    )
    maximum = forms.IntegerField(
        label=gettext_lazy("đến"), required=False, min_value=1, max_value=100_000
    )
    per_unit = forms.IntegerField(
        label=gettext_lazy("hoặc mỗi đơn vị"), required=False, min_value=1, max_value=10_000
    )
    unit_level = forms.ChoiceField(
        label=gettext_lazy("đơn vị là"),
        required=False,
        choices=[
            ("", gettext_lazy("Không ghi")),
            *(row for row in AdministrativeUnit.Level.choices if row[0] in ("hamlet", "commune")),
        ],
    )
    unit_count = forms.IntegerField(
        label=gettext_lazy("số đơn vị"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("Để trống: đếm theo danh sách đơn vị."),
    )
    is_approximate = forms.BooleanField(label=gettext_lazy("Là số khoảng chừng"), required=False)
    selector = OrganisationField(label=gettext_lazy("Cơ quan lựa chọn, cử đại biểu"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beside the number what the groups around it come to."""
        super().__init__(*args, **kwargs)
        if self.plan is not None:
            self.fields["exact"].help_text = lazy_sums(self.plan, self.clause)

    def clean(self) -> dict[str, Any]:
        """One shape of quota only."""
        cleaned = super().clean() or {}
        low, high = cleaned.get("minimum"), cleaned.get("maximum")
        shapes = [cleaned.get("exact"), low or high, cleaned.get("per_unit")]
        if sum(shape is not None for shape in shapes) > 1:
            raise ValidationError(
                _("Chỉ ghi một kiểu số lượng: đúng số, hoặc từ … đến …, hoặc mỗi đơn vị.")
            )
        if low and high and low > high:
            self.add_error("maximum", _("Số “đến” phải không nhỏ hơn số “từ”."))
        if cleaned.get("unit_count") and not cleaned.get("per_unit"):
            self.add_error("per_unit", _("Ghi mỗi đơn vị bao nhiêu đại biểu."))
        return cleaned


class AssigneeForm(FactForm):
    """Which bodies the duties below belong to."""

    organisations = OrganisationsField(
        label=gettext_lazy("Cơ quan được phân công"),
        required=True,
        error_messages={"required": gettext_lazy("Chọn ít nhất một cơ quan.")},
    )


class DutyForm(FactForm):
    """Part, deadline, product of one duty."""

    part = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=Duty.Part, initial="lead")
    due = TimePhraseFormField(label=gettext_lazy("Thời hạn"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Giai đoạn"),
        required=False,
        choices=[("", gettext_lazy("Không ghi")), *Stage.choices],
    )
    deliverable = LineField(
        200,
        label=gettext_lazy("Sản phẩm"),
        required=False,
        help_text=gettext_lazy("Ví dụ: bảng tổng hợp ý kiến; dự thảo thông báo kết luận."),
    )
    send_to = OrganisationField(label=gettext_lazy("Gửi đến"))
    via = OrganisationField(label=gettext_lazy("Gửi qua"))
    sessions = TickedField(
        DialogueSession.objects.none(),
        label=gettext_lazy("Phục vụ hội nghị"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Thời hạn tính theo hội nghị (“trước khi…”, “kể từ khi kết thúc…”) cần chọn ở đây."
        ),
    )
    wants_plan = forms.BooleanField(
        label=gettext_lazy("Cơ quan được giao phải xây dựng kế hoạch riêng"),
        required=False,
        help_text=gettext_lazy("Phần mềm theo dõi cơ quan nào đã ban hành, cơ quan nào chưa."),
    )
    cooperating = OrganisationsField(label=gettext_lazy("Phối hợp với"))
    organisations = OrganisationsField(
        label=gettext_lazy("Cơ quan thực hiện"),
        help_text=gettext_lazy(
            "Chỉ chọn khi đoạn này tự nêu cơ quan; để trống thì việc thuộc cơ quan ở mục bên trên."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sessions of the same plan; leave the list out while there are none."""
        super().__init__(*args, **kwargs)
        sessions = DialogueSession.objects.filter(plan=self.plan).select_related("clause")
        look_up(self, ["sessions"], sessions.order_by("latest_on", "id"))
        if not self.is_bound and not sessions.exists():
            del self.fields["sessions"]
        parent = self.clause.parent
        is_below = parent is not None and parent.kind == ClauseKind.ASSIGNEE
        if is_below and not self.is_bound and not self.initial.get("organisations"):
            del self.fields["organisations"]


class ProgrammeItemForm(FactForm):
    """Who conducts an item of the programme and how long it takes."""

    conductor = LineField(120, label=gettext_lazy("Điều hành"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút"), min_value=1, max_value=600, initial=10
    )


def read_chair(line: str) -> tuple[str, str]:
    """ "Bí thư Đảng ủy: Nguyễn Văn A" as (post, name)."""
    post, _colon, name = line.partition(":")
    if len(post.strip()) > 200 or len(name.strip()) > 120:
        raise ValidationError(_("Chức vụ tối đa 200 ký tự, họ tên tối đa 120 ký tự."))
    return post.strip(), name.strip()
