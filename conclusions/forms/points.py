"""What people type about a point of a conclusion notice."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conclusions.models import ConclusionPoint
from conferences.models import Exchange
from core.fields import LineField
from core.timephrase import TimePhraseFormField
from documents.models import Clause
from organisations.models import Organisation
from plans.forms import OrganisationField, OrganisationsField


class ConclusionPointForm(forms.Form):
    """How one matter was concluded; what is missing is said when the notice is to be issued."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), choices=ConclusionPoint.Kind, initial="assigned"
    )
    lead = OrganisationField(label=gettext_lazy("Cơ quan chủ trì giải quyết"))
    due = TimePhraseFormField(
        label=gettext_lazy("Thời hạn"),
        required=False,
        help_text=gettext_lazy(
            "Ví dụ: trước ngày 30/9/2026; trong thời hạn 15 ngày làm việc kể từ ngày ban hành."
        ),
    )
    cooperating = OrganisationsField(label=gettext_lazy("Cơ quan phối hợp"))
    deliverable = LineField(200, label=gettext_lazy("Sản phẩm"), required=False)
    report_to = LineField(200, label=gettext_lazy("Báo cáo kết quả về"), required=False)
    reason = LineField(300, label=gettext_lazy("Lý do không xem xét"), required=False)
    exchanges = forms.ModelMultipleChoiceField(
        Exchange.objects.none(),
        label=gettext_lazy("Ý kiến tại hội nghị được kết luận ở điểm này"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
    )

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        """Offer the bodies in force and what was said at the conference."""
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.current(timezone.localdate())
        if clause.pk:
            bodies = bodies | Organisation.objects.filter(conclusion_points__clause=clause)
        ordered = bodies.distinct().select_related("unit").order_by("unit__level", "name")
        choices: dict[str, Any] = {
            "lead": ordered,
            "cooperating": ordered,
            "exchanges": Exchange.objects.filter(
                Q(conference__conclusion_notice__document=clause.document_id)
                | Q(conference__conclusion_notice__versions__document=clause.document_id)
            )
            .distinct()
            .order_by("id"),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        if clause.document.type_id != "TB":
            # In minutes and other papers a point is words only: the notice gives the work.
            self.fields.clear()

    def clean(self) -> dict[str, Any]:
        """Somebody cannot co-operate with themselves; what is not considered has a reason."""
        cleaned = super().clean() or {}
        lead = cleaned.get("lead")
        if lead and lead in (cleaned.get("cooperating") or []):
            self.add_error("cooperating", _("Cơ quan chủ trì không đồng thời là cơ quan phối hợp."))
        if cleaned.get("kind") == ConclusionPoint.Kind.NOT_CONSIDERED and not cleaned.get("reason"):
            self.add_error("reason", _("Hãy ghi lý do không xem xét."))
        return cleaned
