"""The citizen's form (domain.md §3.1): matters, where from, how to answer, contact, consent."""

import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, PhoneField, RowField, adapts_only
from core.files import MultiUploadField
from feedback import queries
from feedback.actions.intake import Contact, Intake
from feedback.forms.matters import EMPTY, MatterForm
from feedback.forms.questions import field_for, initial_of
from feedback.models import (
    ConsentText,
    Consultation,
    IssueGroup,
    PendingFile,
    Question,
    Submission,
)
from feedback.queries.asking import answers_of, is_asked, name_of
from organisations.models import AdministrativeUnit, Organisation

MAX_MATTERS = 10
FILE_KINDS = ("jpeg", "png", "webp", "pdf", "docx")
# What has to be said for each way to be answered.
NEEDED = {
    Submission.ReplyMode.WRITTEN.value: (
        "address",
        gettext_lazy("Hãy ghi địa chỉ để nhận trả lời bằng văn bản."),
    ),
    Submission.ReplyMode.PHONE.value: (
        "phone",
        gettext_lazy("Hãy ghi số điện thoại để nhận trả lời."),
    ),
    Submission.ReplyMode.EMAIL.value: (
        "email",
        gettext_lazy("Hãy ghi thư điện tử để nhận trả lời."),
    ),
}
AGREED = gettext_lazy("Tôi đồng ý cho {office} xử lý dữ liệu cá nhân nêu trên cho mục đích đã nêu.")


@adapts_only("area", "consent")
class SenderForm(forms.Form):
    """What is asked once: where from, who, how to answer, files, consent."""

    area = RowField(
        label=gettext_lazy("Ông/Bà ở"),
        help_text=gettext_lazy("Thôn, xóm, tổ dân phố; chỉ để biết ý kiến từ địa bàn nào."),
        error_messages={"required": gettext_lazy("Hãy chọn nơi Ông/Bà ở.")},
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Ông/Bà gửi ý kiến với tư cách"),
        choices=[EMPTY, *Submission.Audience.choices],
        error_messages={"required": gettext_lazy("Hãy chọn Ông/Bà gửi với tư cách nào.")},
    )
    reply_mode = forms.ChoiceField(
        label=gettext_lazy("Ông/Bà muốn được trả lời"),
        choices=Submission.ReplyMode.choices,
        initial=Submission.ReplyMode.CONFERENCE,
        widget=forms.RadioSelect,
        required=False,
    )
    wants_to_speak = forms.BooleanField(
        label=gettext_lazy("Tôi muốn phát biểu tại hội nghị"), required=False
    )
    uploads = MultiUploadField(
        label=gettext_lazy("Ảnh hoặc giấy tờ kèm theo (không bắt buộc)"),
        kinds=FILE_KINDS,
        required=False,
    )
    full_name = LineField(
        120,
        label=gettext_lazy("Họ và tên"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=gettext_lazy("Điện thoại"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ ten@vidu.vn.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = LineField(
        250,
        label=gettext_lazy("Địa chỉ nhận trả lời bằng văn bản"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    consent = forms.BooleanField(required=False)
    website = forms.CharField(
        label=gettext_lazy("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        *args: Any,
        areas: Mapping[str, AdministrativeUnit],
        office: str,
        questions: Sequence[Question] = (),
        bodies: Sequence[Organisation] = (),
        **kwargs: Any,
    ) -> None:
        """Take places, the office that asks for consent, its questions, the bodies it invited."""
        super().__init__(*args, **kwargs)
        self.areas, self.questions = areas, questions
        self.bodies = {str(body.pk): body for body in bodies}
        for question in questions:
            self.fields[name_of(question)] = field_for(question)
        if bodies:
            names = [EMPTY, *[(key, body.name) for key, body in self.bodies.items()]]
            self.fields["body"] = forms.ChoiceField(
                label=_("Cơ quan, tổ chức gửi ý kiến"), choices=names
            )
        area_field: Any = self.fields["area"]
        area_field.offer(areas, EMPTY)
        self.fields["consent"].label = format_lazy(AGREED, office=office)

    @property
    def has_contact(self) -> bool:
        """Whether something personal was typed (then the contact part is shown open)."""
        return any(self[name].value() for name in ("full_name", "phone", "email", "address"))

    @property
    def is_asking_reply(self) -> bool:
        """Whether the person wants more than an answer in the hall, or something there is wrong."""
        modes = (None, "", Submission.ReplyMode.CONFERENCE)
        names = ("consent", "full_name", "phone", "email", "address", "reply_mode")
        return (
            self["reply_mode"].value() not in modes
            or bool(self["wants_to_speak"].value())
            or (self.is_bound and any(name in self.errors for name in names))
        )

    def clean_website(self) -> str:
        """Only programs fill what people cannot see; a person gets her text back."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Hãy để trống ô này rồi bấm Gửi lần nữa."))
        return ""

    def clean(self) -> dict[str, Any]:
        """Personal data need consent; a reply needs somewhere to go."""
        typed = super().clean() or self.cleaned_data
        if self.contact() and not typed.get("consent"):
            self.add_error(
                "consent",
                _("Ông/Bà có ghi thông tin cá nhân: hãy đánh dấu đồng ý, hoặc xóa thông tin đó."),
            )
        self._check_reply(typed)
        for question in self.questions:
            name = name_of(question)
            is_missing = typed.get(name) in (None, "", []) and name not in self.errors
            if question.is_required and is_missing and is_asked(question, typed):
                self.add_error(name, _("Hãy trả lời câu này."))
        return typed

    @property
    def asked(self) -> list[tuple[Question, forms.BoundField]]:
        """The office's questions with the fields they are answered in."""
        return [(question, self[name_of(question)]) for question in self.questions]

    def _check_reply(self, typed: dict[str, Any]) -> None:
        name, words = NEEDED.get(str(typed.get("reply_mode")), ("", ""))
        if name and not typed.get(name) and name not in self.errors:
            self.add_error(name, words)

    def contact(self) -> Contact:
        """What was said about the person; every field read as typed and found good."""
        typed = self.cleaned_data
        return Contact(
            **{name: typed.get(name) or "" for name in ("full_name", "phone", "email", "address")}
        )


class OpinionForm:
    """The whole citizen's form: matters and sender, mended together, kept together."""

    def __init__(
        self,
        consultation: Consultation,
        today: Any,
        data: Any = None,
        files: Any = None,
    ) -> None:
        """Read what was posted; without data it is an empty form with one matter."""
        self.consultation, self.today, self.data, self.files = consultation, today, data, files
        self.token = _token(data)
        self.places = _places(data)
        self.shows_errors = data is not None
        self.has_kept = data is not None and "kept" in data
        if data is not None and "add" in data and len(self.places) < MAX_MATTERS:
            self.places.append(max(self.places) + 1)
        if data is not None and "remove" in data and len(self.places) > 1:
            self.places = [place for place in self.places if str(place) != data["remove"]]

    @property
    def is_being_arranged(self) -> bool:
        """Whether the person asked for one more or one less matter, not to send."""
        return any(name in (self.data or ()) for name in ("add", "remove", "drop"))

    @cached_property
    def matters(self) -> list[MatterForm]:
        """One form per matter; not judged while the person is still arranging them."""
        fields, topics = queries.fields_by_code(), self.frame.topics
        if topics:
            fields = {code: field for code, field in fields.items() if code in topics}
        return [
            self._build(MatterForm, f"matter-{place}", fields_by_code=fields)
            for place in self.places
        ]

    @cached_property
    def sender(self) -> SenderForm:
        """The part that is asked once."""
        organisation, open_to = self.consultation.organisation, self.consultation.open_to
        areas = queries.areas_by_key(organisation.unit_id, self.today)
        if open_to == Consultation.OpenTo.UNITS:
            areas = {key: area for key, area in areas.items() if area.pk in self.frame.units}
        is_by_invitation = open_to == Consultation.OpenTo.INVITED
        built: SenderForm = self._build(
            SenderForm,
            "",
            areas=areas,
            office=organisation.name,
            questions=self.frame.questions,
            bodies=self.frame.invited if is_by_invitation else (),
        )
        return built

    @cached_property
    def frame(self) -> queries.Frame:
        """Whom the consultation asks, about what, with which questions."""
        return queries.frame_of(self.consultation.pk)

    @cached_property
    def consent(self) -> ConsentText | None:
        """The notice on the form: the one that was shown, else the newest."""
        texts = ConsentText.objects.filter(organisation=self.consultation.organisation_id)
        shown = str((self.data or {}).get("notice", ""))
        found = (
            texts.filter(pk=int(shown)).first() if shown.isdecimal() and len(shown) < 10 else None
        )
        return found or texts.order_by("-version").first()

    @property
    def kept(self) -> list[PendingFile]:
        """Files that are already here from an earlier try."""
        if not self.has_kept:
            return []
        rows = PendingFile.objects.filter(form_token=self.token)
        return list(rows.select_related("file").order_by("pk"))

    @property
    def can_add(self) -> bool:
        """Whether there is room for one more matter."""
        return len(self.places) < MAX_MATTERS

    @property
    def forms(self) -> list[forms.Form]:
        """Every part, for the error summary."""
        return [*self.matters, self.sender] if self.shows_errors else []

    def is_valid(self) -> bool:
        """Judge every part, so that all that must be mended is named at once."""
        good = [form.is_valid() for form in (*self.matters, self.sender)]
        return all(good) and self._files_fit()

    def offer_joining(self) -> bool:
        """Look for matters others raised already; True if the person has to be asked about one."""
        for form in self.matters:
            if not form.has_chosen:
                form.offers = queries.groups_to_join(form.cleaned_data["text"], self.consultation)
        has_offers = any(form.offers for form in self.matters)
        self.shows_errors = self.shows_errors and not has_offers
        return has_offers

    @cached_property
    def joined(self) -> dict[str, IssueGroup]:
        """The groups the person stands behind, by what the form says of them."""
        numbers = [form.join for form in self.matters if is_number(form.join)]
        if not numbers:
            return {}
        groups = IssueGroup.objects.joinable().filter(consultation=self.consultation)
        return {str(group.pk): group for group in groups.filter(pk__in=numbers)}

    def refuse(self, words: str) -> None:
        """Say why the form as a whole was not taken; everything typed stays."""
        self.sender.add_error(None, words)

    def intake(self) -> Intake:
        """What the action takes in."""
        typed = self.sender.cleaned_data
        contact = self.sender.contact()
        return Intake(
            matters=[form.matter() for form in self.matters if form.join not in self.joined],
            joins=list(self.joined.values()),
            area=self.sender.areas[typed["area"]],
            audience=typed["audience"],
            reply_mode=typed["reply_mode"] or Submission.ReplyMode.CONFERENCE,
            wants_to_speak=typed["wants_to_speak"],
            contact=contact,
            consent=self.consent if contact else None,
            files=typed["uploads"],
            token=self.token,
            has_kept=self.has_kept,
            sender_organisation=self.sender.bodies.get(typed.get("body", "")),
            answers=answers_of(self.frame.questions, typed),
        )

    def good_files(self) -> list[Any]:
        """Chosen files worth keeping while the rest is mended."""
        field = self.sender.fields["uploads"]
        chosen = self.files.getlist("uploads") if self.files else []
        room = settings.SUBMISSION_MAX_FILES - len(self.kept)
        checked = []
        for one in chosen[: max(0, room)]:
            try:
                checked.extend(field.clean([one]))
            except forms.ValidationError:
                continue
        return checked

    def _files_fit(self) -> bool:
        count = len(self.kept) + len(self.sender.cleaned_data["uploads"])
        if count <= settings.SUBMISSION_MAX_FILES:
            return True
        self.sender.add_error(
            "uploads",
            _("Có %(count)s tệp, tối đa %(limit)s tệp. Hãy bỏ bớt.")
            % {"count": count, "limit": settings.SUBMISSION_MAX_FILES},
        )
        return False

    def _build(self, form: Any, prefix: str, **more: Any) -> Any:
        if self.data is None:
            return form(prefix=prefix or None, **more)
        if not self.is_being_arranged:
            # No page puts a sign behind our labels, so none is translated for each form.
            return form(self.data, self.files, prefix=prefix or None, label_suffix="", **more)
        start = f"{prefix}-" if prefix else ""
        typed = {name: self.data.get(f"{start}{name}") for name in form.base_fields}
        if not prefix:
            typed |= {"body": self.data.get("body")} | initial_of(self.frame.questions, self.data)
        return form(initial=typed, prefix=prefix or None, **more)


def is_number(text: str) -> bool:
    """Whether a text can be the number of a row."""
    return text.isdecimal() and text.isascii() and len(text) < 19


def _token(data: Any) -> uuid.UUID:
    try:
        return uuid.UUID((data or {}).get("token", ""))
    except ValueError:
        return uuid.uuid4()


def _places(data: Any) -> list[int]:
    """The matters on the form, by the number each was given when it was added."""
    if data is None:
        return [0]
    listed = [place for place in data.getlist("place") if place.isdecimal() and len(place) < 4]
    return [int(place) for place in dict.fromkeys(listed)][:MAX_MATTERS] or [0]
