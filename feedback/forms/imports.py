"""Sending in a spreadsheet of opinions."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import VietDateField
from core.files import CheckedFile, FileError, print_size
from core.sheets import check_sheet
from organisations.models import Organisation


class SheetField(forms.FileField):
    """An Excel, OpenDocument or CSV file; `cleaned_data` holds a CheckedFile."""

    default_error_messages = {"required": gettext_lazy("Hãy chọn tệp.")}

    def __init__(self, **kwargs: Any) -> None:
        """Say what is accepted."""
        limits = {
            "size": print_size(settings.IMPORT_MAX_BYTES),
            "rows": number_format(settings.IMPORT_MAX_ROWS, force_grouping=True),
        }
        text = _(
            "Nhận Excel (.xlsx), OpenDocument (.ods) hoặc CSV mã UTF-8; tối đa %(size)s, "
            "%(rows)s dòng."
        )
        super().__init__(help_text=text % limits, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer only these."""
        return {"accept": ".xlsx,.ods,.csv"}

    def to_python(self, data: Any) -> Any:
        """Judge the content."""
        if data in self.empty_values or isinstance(data, CheckedFile):
            return data or None
        try:
            return check_sheet(data)
        except FileError as error:
            raise ValidationError(str(error), code="file") from error


class ImportForm(forms.Form):
    """The file, where the slips were collected and when they came."""

    file = SheetField(label=gettext_lazy("Tệp bảng tính"))
    source = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Nơi thu phiếu"),
        empty_label=gettext_lazy("Chọn…"),
    )
    received_on = VietDateField(
        label=gettext_lazy("Ngày nhận"),
        help_text=gettext_lazy("Dùng cho những dòng không ghi ngày nhận."),
    )

    def __init__(self, *args: Any, sources: Any, today: datetime.date, **kwargs: Any) -> None:
        """Take the bodies the person collects for."""
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.queryset = sources
        received: Any = self.fields["received_on"]
        received.latest = today
