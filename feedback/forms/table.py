"""What the consolidated table can be asked: all in the address."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from feedback.forms.office import ANY
from feedback.models import Competence, Consultation, Field
from feedback.queries.table import ANSWERED, IN_TABLE, NONE, PENDING, Asked, left_labels
from organisations.models import AdministrativeUnit, Organisation
from plans.models import DialogueSession

PUBLIC = "public"
BY = (
    ("field", gettext_lazy("Theo lĩnh vực")),
    ("competence", gettext_lazy("Theo thẩm quyền")),
    ("area", gettext_lazy("Theo địa bàn")),
    ("unit", gettext_lazy("Theo đơn vị gửi")),
    (PUBLIC, gettext_lazy("Bản công khai")),
)
STAGES = ((ANSWERED, gettext_lazy("Đã trả lời")), (PENDING, gettext_lazy("Chưa trả lời")))


class TableForm(forms.Form):
    """How the table is grouped and what it leaves out."""

    by = forms.ChoiceField(choices=BY, required=False, widget=forms.HiddenInput)
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=gettext_lazy("Đợt lấy ý kiến"),
        empty_label=ANY,
        required=False,
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        empty_label=ANY,
        required=False,
    )
    competence = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền"),
        choices=[("", ANY), *Competence.choices, (NONE, gettext_lazy("Chưa xác định"))],
        required=False,
    )
    area = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Địa bàn"),
        empty_label=ANY,
        required=False,
    )
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị gửi"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Trả lời"), required=False)

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        """Offer the consultations of the session, and the places and bodies that sent something."""
        super().__init__(*args, **kwargs)
        found = Consultation.objects.for_session(session.pk).order_by("pk")
        ids = list(found.values_list("pk", flat=True))
        fields: dict[str, Any] = self.fields
        fields["consultation"].queryset = found
        if len(ids) < 2:
            fields["consultation"].widget = forms.HiddenInput()
        areas = AdministrativeUnit.objects.filter(submissions__consultation__in=ids)
        fields["area"].queryset = areas.distinct().order_by("name")
        bodies = Organisation.objects.filter(sent_submissions__consultation__in=ids).distinct()
        own = (NONE, gettext_lazy("Người dân tự gửi"))
        fields["unit"].choices = [
            ("", ANY),
            *((str(row.pk), row.short_name) for row in bodies.order_by("name")),
            own,
        ]
        fields["stage"].choices = [("", ANY), *STAGES, *left_labels().items()]

    def asked(self) -> Asked:
        """What is asked for, as far as it could be read."""
        chosen = self.cleaned_data if self.is_valid() else {}
        by = chosen.get("by") or "field"
        rows = {
            name: chosen[name].pk for name in ("consultation", "field", "area") if chosen.get(name)
        }
        words = {name: chosen[name] for name in ("competence", "unit", "stage") if chosen.get(name)}
        return Asked(by="field" if by == PUBLIC else by, is_public=by == PUBLIC, **rows, **words)

    @property
    def is_filtered(self) -> bool:
        """Whether anything was left out."""
        return any(self.data.get(name) for name in self.fields if name != "by")


class FigureForm(TableForm):
    """What the list behind a figure is asked: the table's filters, and perhaps one matter."""

    group = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    opinion = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A figure may count everything that stands in the table."""
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [*stage.choices, (IN_TABLE, gettext_lazy("Đưa vào bảng"))]

    def asked(self) -> Asked:
        """The same, narrowed to the matter."""
        asked = super().asked()
        chosen = self.cleaned_data if self.is_valid() else {}
        return replace(asked, group=chosen.get("group") or 0, opinion=chosen.get("opinion") or 0)

    def told(self) -> list[tuple[str, str]]:
        """The filters in words, to head the list."""
        chosen = self.cleaned_data if self.is_valid() else {}
        fields: dict[str, Any] = self.fields
        told = []
        for name in ("consultation", "field", "competence", "area", "unit", "stage"):
            if value := chosen.get(name):
                is_word = isinstance(value, str)
                words = dict(fields[name].choices).get(value, value) if is_word else value
                told.append((str(fields[name].label), str(words)))
        return told
