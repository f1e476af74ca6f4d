"""The directory as a spreadsheet: the file, and its rows confirmed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files import CheckedFile, FileError, UploadField, print_size
from organisations.models import User


class SheetField(UploadField):
    """An Excel or CSV file; `cleaned_data` holds a CheckedFile."""

    def __init__(self, **kwargs: Any) -> None:
        """Say what is accepted."""
        limit = print_size(settings.UPLOAD_MAX_BYTES)
        text = _("Nhận tệp Excel (.xlsx) hoặc CSV mã UTF-8, tối đa %(limit)s.") % {"limit": limit}
        super().__init__(kinds=("xlsx",), help_text=text, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer both."""
        return {"accept": ".xlsx,.csv"}

    def to_python(self, data: Any) -> Any:
        """A CSV file has no mark of its own: it is text without zero bytes."""
        name = str(getattr(data, "name", ""))[-150:]
        if not name.lower().endswith(".csv"):
            return super().to_python(data)
        if not 0 < data.size <= settings.UPLOAD_MAX_BYTES:
            raise ValidationError(_("Tệp “%(name)s” rỗng hoặc quá lớn."), params={"name": name})
        content = data.read()
        if b"\0" in content:
            raise ValidationError(_("Tệp “%(name)s” không phải tệp CSV."), params={"name": name})
        return CheckedFile(name, "csv", "text/csv", content)


class SheetForm(forms.Form):
    """A spreadsheet of units and bodies; `rows` holds what was read from it."""

    file = SheetField(label=gettext_lazy("Tệp bảng tính"))

    def __init__(self, *args: Any, read: Callable[[CheckedFile], Any], **kwargs: Any) -> None:
        """Take what reads a file (resources.sheets.read_sheet)."""
        super().__init__(*args, **kwargs)
        self.read = read

    def clean_file(self) -> Any:
        """The rows of the file."""
        try:
            return self.read(self.cleaned_data["file"])
        except FileError as error:
            raise ValidationError(str(error)) from error


class ConfirmSheetForm(forms.Form):
    """The rows a person has seen tried, signed so that nothing else can come back."""

    rows = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        """Remember who saw them."""
        super().__init__(*args, **kwargs)
        self.salt = f"organisations.sheet.{by.pk}"

    def clean_rows(self) -> Any:
        """The rows, if this person saw them within the hour."""
        try:
            return signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=3600)
        except signing.BadSignature as error:
            raise ValidationError(_("Hãy tải tệp lên lại.")) from error

    @classmethod
    def sign(cls, rows: Any, by: User) -> "ConfirmSheetForm":
        """The form that brings the rows back."""
        form = cls(by=by)
        form.initial["rows"] = signing.dumps(rows, salt=form.salt, compress=True)
        return form
