"""People pasted, typed, corrected, read from a sheet."""

from collections.abc import Set
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.people import PRINTED, Person
from conferences.forms.printed import PrintedField, not_printed
from conferences.models import Conference, Participant
from conferences.queries.people import short_title
from core.fields import PhoneField, TextField
from core.versions import WatchedForm
from plans.models import ParticipantGroup

if TYPE_CHECKING:
    _GroupChoice = forms.ModelChoiceField[ParticipantGroup]
else:
    _GroupChoice = forms.ModelChoiceField

LIMITS = {"name": 120, "post": 300, "body": 200, "phone": 30, "email": 254}


class RowsField(TextField):
    """Lines of cells: what a spreadsheet puts between cells counts as a semicolon."""

    def to_python(self, value: Any) -> str:
        """The lines, tabs turned into semicolons before cleaning makes spaces of them."""
        return super().to_python(str(value or "").replace("\t", ";"))


class GroupField(_GroupChoice):
    """A participant group of the plan, in one line."""

    def __init__(self, conference: Conference | None = None, **kwargs: Any) -> None:
        """Take the conference whose plan's groups are offered."""
        groups = ParticipantGroup.objects.none()
        if conference is not None:
            groups = conference.session.plan.participant_groups.select_related("clause").order_by(
                "clause__position", "pk"
            )
        super().__init__(
            groups,
            label=gettext_lazy("Thuộc nhóm trong kế hoạch"),
            required=False,
            empty_label=gettext_lazy("Không thuộc nhóm nào"),
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        """The words before the numbers."""
        return short_title(obj)


class ParticipantsForm(forms.Form):
    """People pasted one a line: name; post; body; telephone; mail."""

    people = RowsField(
        max_length=200_000,
        label=gettext_lazy("Danh sách"),
        help_text=gettext_lazy(
            "Mỗi dòng một người: Họ và tên; chức vụ; đơn vị; điện thoại; thư điện tử. Chỉ cần họ "
            "và tên. Dán được từ Excel."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_guest = forms.BooleanField(label=gettext_lazy("Khách mời đích danh"), required=False)
    twins = forms.ChoiceField(
        label=gettext_lazy("Những dòng giống hệt nhau"),
        choices=[
            ("skip", gettext_lazy("Là một người: chỉ giữ một dòng")),
            ("keep", gettext_lazy("Là hai người khác nhau: giữ cả hai")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        conference: Conference | None = None,
        known: Set[tuple[str, str, str]] = frozenset(),
        **kwargs: Any,
    ) -> None:
        """Take the groups and who is on the list already."""
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["group"] = GroupField(conference)
        self.order_fields(["people", "group", "is_guest", "twins"])
        self.alike: list[Person] = []

    @property
    def shown(self) -> list[forms.BoundField]:
        """The question about equal lines is asked only when there are some."""
        return [field for field in self if field.name != "twins" or self.alike]

    def clean_people(self) -> list[Person]:
        """The lines as people; ValidationError names each line that cannot be read."""
        people, problems = [], []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if line.strip(" ;"):
                person, problem = read_line(line)
                people.append(person)
                if problem:
                    problems.append(
                        _("Dòng %(number)s chưa đúng: “%(line)s”. %(problem)s")
                        % {"number": number, "line": line[:60], "problem": problem}
                    )
        if problems:
            raise ValidationError([ValidationError(words) for words in problems[:20]])
        return people

    def clean(self) -> dict[str, Any]:
        """Ask once about people nobody could tell apart."""
        values = super().clean() or {}
        seen = set(self.known)
        for person in values.get("people", []):
            if person.key in seen:
                self.alike.append(person)
            seen.add(person.key)
        if self.alike and not values.get("twins"):
            named = "; ".join(
                ", ".join(part for part in person[:3] if part) for person in self.alike[:5]
            )
            self.add_error(
                "twins",
                _(
                    "%(count)s dòng giống hệt một người đã có: %(named)s. Nếu là hai người, nên ghi "
                    "thêm điều phân biệt (năm sinh, thôn)."
                )
                % {"count": len(self.alike), "named": named},
            )
        return values


def read_line(line: str) -> tuple[Person, str]:
    """One line as a person, and what is wrong with it."""
    parts = [part.strip() for part in line.split(";")]
    while len(parts) > len(LIMITS) and not parts[-1]:
        parts.pop()
    person = Person(*(*parts, *[""] * len(LIMITS))[: len(LIMITS)])
    if len(parts) > len(LIMITS):
        return person, _("Hãy viết: Họ và tên; chức vụ; đơn vị; điện thoại; thư điện tử.")
    return check_person(person)


def check_person(person: Person) -> tuple[Person, str]:
    """A person with telephone and mail in their normal form, and what is wrong."""
    if not person.name:
        return person, _("Thiếu họ và tên.")
    for name, limit in LIMITS.items():
        if len(getattr(person, name)) > limit:
            return person, _("Dài quá %(limit)s ký tự.") % {"limit": limit}
    if problem := not_printed(" ".join((person.name, person.post, person.body))):
        return person, problem
    try:
        phone = PhoneField(required=False).clean(person.phone)
        email = forms.EmailField(required=False).clean(person.email)
    except ValidationError as error:
        return person, " ".join(error.messages)
    return person._replace(phone=phone or "", email=email), ""


class ParticipantForm(WatchedForm):
    """One person corrected."""

    name = PrintedField(max_length=120, label=gettext_lazy("Họ và tên"))
    post = PrintedField(
        max_length=300,
        label=gettext_lazy("Chức vụ"),
        required=False,
        help_text=gettext_lazy("Giữ hai chức vụ thì ghi cả hai, cách nhau bằng dấu phẩy."),
    )
    body = PrintedField(max_length=200, label=gettext_lazy("Đơn vị"), required=False)
    phone = PhoneField(label=gettext_lazy("Điện thoại"), required=False)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)
    is_guest = forms.BooleanField(label=gettext_lazy("Khách mời đích danh"), required=False)

    def __init__(
        self, *args: Any, person: Participant, is_printed_only: bool = False, **kwargs: Any
    ) -> None:
        """Start from what stands on the list; the rest is settled once the conference runs."""
        names = ("name", "post", "body", "phone", "email", "is_guest", "group")
        kwargs["initial"] = {name: getattr(person, name) for name in names}
        super().__init__(*args, **kwargs)
        self.settled: set[str] = set()
        if is_printed_only:
            self.settled = self.fields.keys() - set(PRINTED)
            self.fields = {name: self.fields[name] for name in PRINTED}
        else:
            self.fields["group"] = GroupField(person.conference)

    def clean(self) -> dict[str, Any]:
        """What was typed before the conference began and is settled now is not dropped in silence."""
        if any(name in self.data for name in self.settled):
            raise ValidationError(
                _(
                    "Hội nghị vừa bắt đầu: chỉ còn sửa được họ tên, chức vụ, đơn vị. Hãy xem lại rồi "
                    "bấm Lưu lần nữa."
                )
            )
        return super().clean() or self.cleaned_data
