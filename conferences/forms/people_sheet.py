"""Spreadsheets of participants: the file to fill in, and what a filled one says row by row."""

import tempfile
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.people import Person
from conferences.forms.people import check_person
from core.files import CheckedFile, FileError
from core.sheets import book_bytes, open_sheet, typed_words, write_sheet
from core.text import TextError, clean_line, fold
from feedback.forms.imports import SheetField

HEADING_AMONG = 10


@dataclass
class ReadPeople:
    """The good rows, and for each of the others its number, its words and what is wrong."""

    people: list[Person] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def lines(self) -> str:
        """The good rows as they are pasted."""
        rows = (";".join(part.replace(";", ",") for part in row) for row in self.people)
        return "\n".join(row.rstrip(";") for row in rows)


def headings() -> dict[str, str]:
    """The columns in their order."""
    return {
        "name": _("Họ và tên"),
        "post": _("Chức vụ"),
        "body": _("Đơn vị"),
        "phone": _("Điện thoại"),
        "email": _("Thư điện tử"),
    }


def write_people_template() -> bytes:
    """The sheet to fill in, with one example."""
    example = [_("Nguyễn Văn A"), _("Trưởng thôn"), _("thôn Đầm Sen"), "", ""]
    return book_bytes(write_sheet(_("Đại biểu"), list(headings().values()), [example]))


def read_people(sheet: CheckedFile) -> ReadPeople:
    """Every row of a checked file; FileError says why the file as a whole cannot be used."""
    found = ReadPeople()
    with tempfile.NamedTemporaryFile(suffix=f".{sheet.kind}") as kept:
        kept.write(sheet.content)
        kept.flush()
        with open_sheet(kept.name, sheet.kind, sheet.name, most=settings.IMPORT_MAX_ROWS) as opened:
            columns: dict[str, int] = {}
            for at, (number, cells) in enumerate(opened.rows):
                if columns:
                    _read_row(found, number, cells, columns)
                elif not (columns := _columns(cells)) and at >= HEADING_AMONG:
                    break
    if not columns:
        raise FileError(
            _("Tệp “%(name)s” không có cột “Họ và tên”. Hãy dùng tệp mẫu tải về từ trang này.")
            % {"name": sheet.name}
        )
    if not found.people and not found.problems:
        raise FileError(_("Bảng trong tệp “%(name)s” chưa có dòng nào.") % {"name": sheet.name})
    return found


def _columns(cells: list[str]) -> dict[str, int]:
    """Where each column stands; empty if this is not the row of headings."""
    words = [fold(cell.rstrip(" *:")) for cell in cells]
    places = {
        name: words.index(fold(title)) for name, title in headings().items() if fold(title) in words
    }
    return places if "name" in places else {}


def _read_row(found: ReadPeople, number: int, cells: list[str], columns: dict[str, int]) -> None:
    typed = {
        name: typed_words(cells[at]) if at < len(cells) else "" for name, at in columns.items()
    }
    shown = ", ".join(word for word in typed.values() if word.strip())[:120]
    if not shown:
        return
    try:
        person, problem = check_person(
            Person(**{name: clean_line(word) for name, word in typed.items()})
        )
    except TextError as error:
        found.problems.append((number, shown, str(error)))
        return
    if problem:
        found.problems.append((number, shown, problem))
    else:
        found.people.append(person)


class PeopleSheetForm(forms.Form):
    """A spreadsheet of people; `cleaned_data["file"]` is what was read from it."""

    file = SheetField(label=gettext_lazy("Tệp bảng tính"))

    def clean_file(self) -> ReadPeople:
        """The rows, or ValidationError when the file as a whole is of no use."""
        try:
            return read_people(self.cleaned_data["file"])
        except FileError as error:
            raise ValidationError(str(error)) from error
