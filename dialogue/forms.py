"""What a reader of the public side may choose; every choice stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conclusions.models import ConclusionNotice
from dialogue.public.promises import Chosen, Stage, years_of_promises
from feedback.models import Field
from organisations.models import AdministrativeUnit

ANY = _("Tất cả")


class ChoiceOfReader(forms.Form):
    """Unit, field, year and what became of it; what cannot be read chooses everything."""

    unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(), label=_("Địa phương"), empty_label=ANY, required=False
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"), label=_("Lĩnh vực"), empty_label=ANY, required=False
    )
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int, empty_value=None, required=False)
    stage = forms.ChoiceField(
        label=_("Kết quả"), choices=[("", ANY), *Stage.choices], required=False
    )

    def __init__(self, *args: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Offer the units and years that have concluded something; `only` names the fields to keep."""
        super().__init__(*args, **kwargs)
        concluded = ConclusionNotice.objects.issued()
        unit: Any = self.fields["unit"]
        unit.queryset = AdministrativeUnit.objects.filter(
            pk__in=concluded.values("document__organisation__unit")
        ).order_by("name")
        year: Any = self.fields["year"]
        year.choices = [("", ANY), *((one, one) for one in years_of_promises())]
        for name in set(self.fields) - set(only or self.fields):
            del self.fields[name]

    @property
    def chosen(self) -> Chosen:
        """The choice as far as it could be read."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        unit, field = values.get("unit"), values.get("field")
        return Chosen(
            unit=unit.pk if unit else None,
            field=field.pk if field else "",
            year=values.get("year"),
            stage=values.get("stage", ""),
        )
