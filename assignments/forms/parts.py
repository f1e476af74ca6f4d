"""What people type when work is divided or handed over: parts, helpers, talk, heirs."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments import actions, rules
from assignments.models import Cooperation, Task
from core.fields import LineField, OneRowField, TextField, VietDateField
from core.files import MultiUploadField
from organisations.forms.fields import BodyField, offer
from organisations.models import Membership, Organisation, User

ROWS = forms.Textarea(attrs={"rows": 4})
JUST_ENDED = datetime.timedelta(days=60)
"""How long a body that has ended is still offered, to say who has taken over."""


class SplitForm(forms.Form):
    """A part of a task: what, who, until when, how much of the whole."""

    title = LineField(300, min_length=5, label=_("Việc"))
    details = TextField(4000, label=_("Nội dung"), required=False, widget=ROWS)
    lead = BodyField(
        Organisation.objects.none(), label=_("Đơn vị thực hiện"), empty_label=_("Chọn…")
    )
    due_on = VietDateField(label=_("Xong trong ngày"))
    weight = forms.IntegerField(
        label=_("Trọng số"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=_("Phần việc nặng gấp đôi thì ghi gấp đôi; tiến độ chung tính theo trọng số."),
    )

    def __init__(
        self, *args: Any, task: Task, today: datetime.date, obstacle: str = "", **kwargs: Any
    ) -> None:
        """Know the task; offer the bodies of the lead's place, those below it and the helpers."""
        super().__init__(*args, **kwargs)
        self.task, self.today, self.obstacle = task, today, obstacle
        near = Q(unit=task.lead.unit_id) | Q(unit__parent=task.lead.unit_id)
        helps = Cooperation.objects.filter(task=task).values("organisation")
        bodies = Organisation.objects.current(today - JUST_ENDED).filter(near | Q(pk__in=helps))
        offer(self, "lead", bodies.select_related("unit").order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        """A body that still exists, a day not gone by and not after the day of the whole."""
        values: dict[str, Any] = super().clean() or {}
        if self.obstacle:
            self.add_error(None, self.obstacle)
        if values.get("lead") and (why := actions.why_no_lead(values["lead"], self.today)):
            self.add_error("lead", why)
        if values.get("due_on"):
            why = actions.why_not_due(self.task, values["due_on"], self.today)
            if why:
                self.add_error("due_on", why)
        return values


class ShareForm(forms.Form):
    """One box for each body that helps; `parts` is what was typed, by body."""

    def __init__(self, *args: Any, helpers: Iterable[Cooperation], **kwargs: Any) -> None:
        """Make the boxes."""
        super().__init__(*args, **kwargs)
        for row in helpers:
            box = TextField(1000, label=str(row.organisation), required=False, widget=ROWS)
            self.fields[f"part-{row.organisation_id}"] = box
            self.initial[f"part-{row.organisation_id}"] = row.part

    @property
    def parts(self) -> dict[int, str]:
        """What each body is to do."""
        return {int(name[5:]): words for name, words in self.cleaned_data.items()}


class HelperForm(forms.Form):
    """One more body that helps, and what it does."""

    body = BodyField(
        Organisation.objects.none(), label=_("Đơn vị phối hợp"), empty_label=_("Chọn…")
    )
    part = TextField(1000, label=_("Phần việc"), required=False, widget=ROWS)

    def __init__(self, *args: Any, task: Task, today: datetime.date, **kwargs: Any) -> None:
        """Offer the bodies near the owner and the lead that do not work on it yet."""
        super().__init__(*args, **kwargs)
        units = [task.owner.unit_id, task.lead.unit_id]
        near = Q(unit__in=units) | Q(unit__parent__in=units)
        there = Cooperation.objects.filter(task=task).values("organisation")
        bodies = Organisation.objects.current(today).filter(near)
        bodies = bodies.exclude(pk=task.lead_id).exclude(pk__in=there)
        offer(self, "body", bodies.select_related("unit").order_by("name", "pk"))


class PersonForm(forms.Form):
    """Who of the lead does it."""

    person = OneRowField(
        User.objects.none(),
        label=_("Người làm"),
        required=False,
        empty_label=_("Không ai riêng"),
    )

    def __init__(self, *args: Any, task: Task, today: datetime.date, **kwargs: Any) -> None:
        """Offer the people who work in the lead."""
        super().__init__(*args, **kwargs)
        roles = Membership.objects.current(today).filter(
            organisation=task.lead_id, role__in=rules.DOERS
        )
        people = User.objects.filter(pk__in=roles.values("user"), is_active=True)
        offer(self, "person", people.order_by("full_name", "pk"))


class PartForm(forms.Form):
    """What a body that helps has done."""

    result = TextField(4000, min_length=5, label=_("Đã làm được gì"), widget=ROWS)
    evidence = MultiUploadField(label=_("Tài liệu kèm theo"), required=False)


class TalkForm(forms.Form):
    """Something said to the others."""

    text = TextField(4000, min_length=2, label=_("Nội dung"), widget=ROWS)


class SucceedForm(forms.Form):
    """Which tasks go to which of the bodies that take over."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Cơ quan kế thừa"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Hãy chọn cơ quan kế thừa.")},
    )
    tasks = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Hãy chọn ít nhất một việc.")}
    )

    def __init__(
        self, *args: Any, heirs: list[Organisation], tasks: list[Task], **kwargs: Any
    ) -> None:
        """Offer the heirs and the tasks; a sole heir is chosen already."""
        super().__init__(*args, **kwargs)
        offer(self, "to", Organisation.objects.filter(pk__in=[body.pk for body in heirs]))
        if len(heirs) == 1:
            self.initial["to"] = heirs[0].pk
        field = self.fields["tasks"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(task.pk, task.title) for task in tasks]
