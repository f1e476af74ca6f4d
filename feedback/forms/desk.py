"""What sorting types: one opinion at the desk, several at once, and what an office writes down once."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from feedback.models import Competence, Field, Opinion, ReceivingBody, RestrictedMatter
from organisations.models import Organisation

KEEP = ("", gettext_lazy("Giữ như đang có"))
FIRST_KIND, FIRST_COMPETENCE = 1, 5
TEMPLATED = [
    Opinion.Resolution.OUT_OF_SCOPE,
    Opinion.Resolution.VOTERS,
    Opinion.Resolution.REJECTED,
]


class KeyedRadio(forms.RadioSelect):
    """Radio buttons that a digit chooses; the first has the digit `first`."""

    def __init__(self, *args: Any, first: int, **kwargs: Any) -> None:
        """Take the digit of the first choice."""
        super().__init__(*args, **kwargs)
        self.first = first

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Write the key on the button."""
        option = super().create_option(*args, **kwargs)
        digit = self.first + int(option["index"])
        option["attrs"] |= {"data-key": f"Digit{digit}", "data-cap": str(digit)}
        return option


def leads_near(organisation: Organisation, today: datetime.date) -> QuerySet[Organisation]:
    """The bodies an office asks: those of its own place and of the one above, without itself."""
    unit = organisation.unit
    near = Q(unit=unit) | Q(unit=unit.parent_id)
    rows = Organisation.objects.current(today).filter(near).exclude(pk=organisation.pk)
    return rows.exclude(function=Organisation.Function.HAMLET).order_by("unit__level", "name")


class _SortingForm(forms.Form):
    """What the desk and the table share: the bodies near the office, and the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, organisation: Organisation, today: datetime.date, **kwargs: Any
    ) -> None:
        """Offer the bodies near the office."""
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        lead.queryset = leads_near(organisation, today)


class DeskForm(_SortingForm):
    """One opinion on one screen; `seen` is the newest line of its history the page knew."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại ý kiến"),
        choices=Opinion.Kind.choices,
        widget=KeyedRadio(first=FIRST_KIND),
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực chính"),
        empty_label=gettext_lazy("Chọn…"),
        widget=forms.Select({"data-key": "KeyF"}),
    )
    other_fields = forms.ModelMultipleChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực liên quan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    competence = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền giải quyết"),
        choices=Competence.choices,
        widget=KeyedRadio(first=FIRST_COMPETENCE),
    )
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan dự kiến trả lời"),
        empty_label=gettext_lazy("Chưa chọn"),
        required=False,
        widget=forms.Select({"data-key": "KeyL"}),
    )
    supporters = forms.IntegerField(
        label=gettext_lazy("Số người cùng ý kiến"), min_value=1, max_value=1_000_000
    )


class BulkForm(_SortingForm):
    """The same for several opinions; what stays empty stays as each has it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại ý kiến"), choices=[KEEP, *Opinion.Kind.choices], required=False
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực chính"),
        empty_label=KEEP[1],
        required=False,
    )
    competence = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền giải quyết"),
        choices=[KEEP, *Competence.choices],
        required=False,
    )
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan dự kiến trả lời"),
        empty_label=KEEP[1],
        required=False,
    )


class LeaveOutForm(forms.Form):
    """Why an opinion stays out, where it goes if somewhere, and the words its sender reads."""

    resolution = forms.ChoiceField(
        label=gettext_lazy("Vì sao để ngoài"),
        choices=[(one.value, one.label) for one in TEMPLATED],
        initial=Opinion.Resolution.OUT_OF_SCOPE,
        widget=forms.RadioSelect,
    )
    target = LineField(
        200,
        label=gettext_lazy("Nơi chuyển đến, nơi nên hỏi"),
        required=False,
        help_text=gettext_lazy("Bắt buộc với nội dung tiếp xúc cử tri."),
    )
    reason = TextField(
        1000,
        label=gettext_lazy("Lời trả lời người gửi"),
        required=False,
        min_length=10,
        help_text=gettext_lazy(
            "Người gửi đọc được khi tra cứu. Để trống thì dùng lời mẫu của loại đã chọn."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        """Show with each choice the words that are sent when nothing else is written."""
        super().__init__(*args, **kwargs)
        resolution: Any = self.fields["resolution"]
        resolution.choices = [
            (one.value, f"{one.label}: “{words[one.value]}”" if one.value in words else one.label)
            for one in TEMPLATED
        ]

    def clean(self) -> dict[str, Any]:
        """What belongs to voters' meetings goes somewhere."""
        typed = super().clean() or self.cleaned_data
        if typed.get("resolution") == Opinion.Resolution.VOTERS and not typed.get("target"):
            self.add_error("target", _("Hãy ghi nơi tiếp nhận nội dung tiếp xúc cử tri."))
        return typed


class RouteOutForm(forms.Form):
    """Where a matter goes that the law leads elsewhere."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Đây là"),
        choices=RestrictedMatter.Kind.choices,
        widget=forms.RadioSelect,
    )
    receiving_body = LineField(
        200,
        label=gettext_lazy("Cơ quan tiếp nhận"),
        required=False,
        help_text=gettext_lazy(
            "Người gửi đọc được tên cơ quan này khi tra cứu. Để trống thì dùng nơi ghi sau loại "
            "đã chọn."
        ),
    )
    reason = TextField(
        1000,
        label=gettext_lazy("Lý do chuyển"),
        help_text=gettext_lazy("Chỉ bộ phận tiếp công dân đọc được."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, bodies: Mapping[str, ReceivingBody], **kwargs: Any) -> None:
        """Say after each kind where its matters go."""
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        kind: Any = self.fields["kind"]
        kind.choices = [
            (value, f"{label} → {bodies[value].name}" if value in bodies else label)
            for value, label in RestrictedMatter.Kind.choices
        ]

    def clean(self) -> dict[str, Any]:
        """The body of the kind, unless another was written."""
        typed = super().clean() or self.cleaned_data
        known = self.bodies.get(typed.get("kind", ""))
        if not typed.get("receiving_body") and known is not None:
            typed["receiving_body"] = known.name
        if not typed.get("receiving_body"):
            self.add_error("receiving_body", _("Hãy ghi cơ quan tiếp nhận."))
        return typed


class HabitsForm(forms.Form):
    """Who answers in which field, where matters of a kind go, the words for what stays out."""

    def __init__(
        self,
        *args: Any,
        fields_of: list[Field],
        leads: QuerySet[Organisation],
        bodies: Mapping[str, ReceivingBody],
        **kwargs: Any,
    ) -> None:
        """One choice a field, two lines a kind of matter (`bodies`: if empty), a text a resolution."""
        super().__init__(*args, **kwargs)
        agencies = [("", _("Chưa phân công")), *((str(row.pk), row.name) for row in leads)]
        self.leads = {str(row.pk): row for row in leads}
        for row in fields_of:
            self.fields[f"lead-{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=agencies, required=False
            )
        for kind in RestrictedMatter.Kind:
            known = bodies.get(kind.value) or ReceivingBody(kind=kind.value)
            self._line(f"body-{kind.value}", 200, kind.label, known.name)
            self._line(f"basis-{kind.value}", 250, _("Căn cứ chuyển"), known.basis)
        for resolution in TEMPLATED:
            self.fields[f"words-{resolution.value}"] = TextField(
                1000,
                label=resolution.label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def _line(self, name: str, length: int, label: Any, instead: str) -> None:
        """A line that shows what holds while it is empty."""
        field = self.fields[name] = LineField(length, label=label, required=False)
        field.widget.attrs["placeholder"] = instead

    def of(self, part: str) -> list[forms.BoundField]:
        """The fields of one part of the page."""
        return [self[name] for name in self.fields if name.partition("-")[0] == part]

    @property
    def leads_part(self) -> list[forms.BoundField]:
        """Who answers in which field."""
        return self.of("lead")

    @property
    def bodies_part(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Where matters of each kind go, and by which law."""
        return list(zip(self.of("body"), self.of("basis"), strict=True))

    @property
    def words_part(self) -> list[forms.BoundField]:
        """The words for what stays out."""
        return self.of("words")

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        leads = {
            name.removeprefix("lead-"): self.leads.get(value)
            for name, value in typed.items()
            if name.startswith("lead-")
        }
        kinds = [kind.value for kind in RestrictedMatter.Kind]
        return {
            "mandates": leads,
            "bodies": {kind: (typed[f"body-{kind}"], typed[f"basis-{kind}"]) for kind in kinds},
            "templates": {one.value: typed[f"words-{one.value}"] for one in TEMPLATED},
        }
