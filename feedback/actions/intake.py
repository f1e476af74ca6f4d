"""Taking in what people send: the public form, paper slips, collective sheets."""

import datetime
import hashlib
import hmac
import json
import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.access import require
from core.codes import grouped_code, keyed_hash, random_code
from core.files import CheckedFile, store
from core.models import StoredFile
from core.setwise import insert_with_parts
from feedback import rules
from feedback.http import proof_for
from feedback.models import (
    CollectiveSheet,
    ConsentText,
    Consultation,
    Field,
    IssueGroup,
    Opinion,
    PendingFile,
    QuestionAnswer,
    Sender,
    Submission,
    SubmissionFile,
    Support,
)
from organisations.models import AdministrativeUnit, Organisation, User

CODE_LENGTH = 8
CODE_ATTEMPTS = 3


class ConsultationClosedError(Exception):
    """The window closed while the person was writing."""


@dataclass(frozen=True)
class Matter:
    """One matter as it was typed."""

    text: str
    kind: str
    field: Field
    proposal: str = ""
    raised_before: str = ""
    wished_competence: str = ""
    supporters: int = 1

    def words(self) -> list[object]:
        """Everything that was typed, for comparing two forms."""
        typed = [self.text, self.kind, self.proposal, self.raised_before, self.wished_competence]
        return [*typed, self.field.pk, self.supporters]


@dataclass(frozen=True)
class Contact:
    """Who sent it, as far as they said."""

    full_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """Whether anything personal was given."""
        return any((self.full_name, self.phone, self.email, self.address))


@dataclass(frozen=True)
class Sheet:
    """The frame of a collective sheet (domain.md §3.1, end)."""

    meeting_on: datetime.date
    attendance: int
    slips_out: int
    slips_in: int
    compiled_by: str
    signed_by: str


@dataclass(frozen=True)
class Intake:
    """One form, slip or sheet: what is on it and what the sender chose.

    `joins` are matters others raised already, which the sender stands behind in place of a copy.
    """

    matters: Sequence[Matter]
    area: AdministrativeUnit
    audience: str
    token: uuid.UUID
    channel: str = Submission.Channel.WEB
    reply_mode: str = Submission.ReplyMode.CONFERENCE
    wants_to_speak: bool = False
    contact: Contact = field(default_factory=Contact)
    consent: ConsentText | None = None
    files: Sequence[CheckedFile] = ()
    has_kept: bool = False
    sender_organisation: Organisation | None = None
    sheet: Sheet | None = None
    joins: Sequence[IssueGroup] = ()
    noted_by: str = ""
    answers: Sequence[dict[str, Any]] = ()

    @property
    def has_more(self) -> bool:
        """Whether anything but matters has to be written."""
        more = (self.contact, self.sheet, self.answers, self.joins, self.files, self.has_kept)
        return any(more)

    @cached_property
    def fingerprint(self) -> uuid.UUID:
        """Stands for this form with this content; the same for a double click, not for an edit."""
        words = [
            str(self.token),
            [matter.words() for matter in self.matters],
            [self.area.pk, self.audience, self.reply_mode, self.wants_to_speak],
            vars(self.contact),
            *[group.pk for group in self.joins],
            *[str(answer) for answer in self.answers],
        ]
        pepper = settings.TRACKING_PEPPER.encode()
        return uuid.UUID(bytes=hmac.digest(pepper, json.dumps(words).encode(), "sha256")[:16])


@dataclass(frozen=True)
class Receipt:
    """What the sender takes home."""

    submission: Submission
    secret: str

    @property
    def code(self) -> str:
        """The public code as it is shown."""
        return grouped_code(self.submission.code)

    @property
    def shown_secret(self) -> str:
        """The secret as it is shown, once."""
        return grouped_code(self.secret)


def send_opinions(
    consultation: Consultation, intake: Intake, *, now: datetime.datetime, today: datetime.date
) -> Receipt:
    """Take in a citizen's form; the same form sent twice gives the same receipt.

    Raises ConsultationClosedError outside the window, unless the form had arrived before.
    """
    if not consultation.is_answerable(now) and _earlier(intake) is None:
        raise ConsultationClosedError
    return _take_in(consultation, intake, by=None, received_on=today)


def enter_paper(
    consultation: Consultation, intake: Intake, *, by: User, received_on: datetime.date
) -> Receipt:
    """Type in a paper slip or a collective sheet; allowed after the window, slips come late."""
    require(
        rules.may_collect(by, consultation),
        _("Chỉ người thu phiếu của địa bàn và văn phòng được nhập phiếu của đợt này."),
    )
    return _take_in(consultation, intake, by=by, received_on=received_on)


def keep_files(token: uuid.UUID, files: Sequence[CheckedFile]) -> None:
    """Keep files of a form that is still being mended, so that nobody has to choose them again."""
    with transaction.atomic():
        PendingFile.objects.bulk_create(
            [
                PendingFile(file=store(file, by=None, is_sealed=True), form_token=token)
                for file in files
            ]
        )


def drop_files(pending: Sequence[PendingFile]) -> None:
    """Throw kept files away, from the disk too."""
    delete_stored([row.file for row in pending])


def delete_stored(files: Sequence[StoredFile]) -> None:
    """Delete files and, once that is certain, their content."""
    for file in files:
        storage, name = file.file.storage, file.file.name
        file.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def _earlier(intake: Intake) -> Submission | None:
    return Submission.objects.filter(form_token=intake.fingerprint).first()


def _take_in(
    consultation: Consultation, intake: Intake, *, by: User | None, received_on: datetime.date
) -> Receipt:
    """Write everything in one commit; of two equal forms at once the second finds the first.

    A server that was started anew since this process last asked it is asked again: whether the form
    was written before is told by its token.
    """
    submission = _submission(consultation, intake, by=by, received_on=received_on)
    secret = submission.secret
    submission.secret_hash = keyed_hash(settings.TRACKING_PEPPER, secret)
    for attempt in range(CODE_ATTEMPTS):
        submission.code = random_code(CODE_LENGTH)
        try:
            _write(submission, intake, by=by)
            break
        except IntegrityError:
            earlier = _earlier(intake)
            if earlier is not None:
                _add_files(earlier, intake, by=by)
                submission = earlier
                break
            if attempt + 1 == CODE_ATTEMPTS:
                raise
        except OperationalError:
            if connection.in_atomic_block or attempt > 0:
                raise
            connection.close()
    return Receipt(submission, secret)


def _submission(
    consultation: Consultation, intake: Intake, *, by: User | None, received_on: datetime.date
) -> Submission:
    return Submission(
        consultation=consultation,
        channel=intake.channel,
        area=intake.area,
        audience=intake.audience,
        reply_mode=intake.reply_mode,
        wants_to_speak=intake.wants_to_speak,
        form_token=intake.fingerprint,
        sender_organisation=intake.sender_organisation,
        entered_by=by,
        noted_by=intake.noted_by,
        consent=intake.consent,
        consented_at=timezone.now() if intake.consent else None,
        received_on=received_on,
    )


def _write(submission: Submission, intake: Intake, *, by: User | None) -> None:
    # Matters alone are one statement: where nobody began a transaction, it is one by itself.
    is_whole = not intake.has_more and not connection.in_atomic_block
    with nullcontext() if is_whole else transaction.atomic():
        _write_matters(submission, intake)
        _write_more(submission, intake, by=by)


def _write_matters(submission: Submission, intake: Intake) -> None:
    if intake.matters:
        opinions = [_opinion(place, matter) for place, matter in enumerate(intake.matters, start=1)]
        insert_with_parts(submission, opinions, by="submission")
    else:
        submission.save(force_insert=True)


def _write_more(submission: Submission, intake: Intake, *, by: User | None) -> None:
    if intake.contact:
        sender = Sender.objects.create(submission=submission, **asdict(intake.contact))
        ask_to_confirm(sender)
    if intake.sheet:
        CollectiveSheet.objects.create(submission=submission, **asdict(intake.sheet))
    if intake.answers:
        QuestionAnswer.objects.bulk_create(
            QuestionAnswer(submission=submission, **answer) for answer in intake.answers
        )
    if intake.joins:
        _join(submission, intake)
    _add_files(submission, intake, by=by)


def ask_to_confirm(sender: Sender) -> None:
    """The only letter an address gets before its owner has pressed the button behind the link."""
    if not sender.email:
        return
    outbox.write(
        key=f"email-confirm:{sender.submission_id}",
        address=sender.email,
        subject=_("Xác nhận thư điện tử để nhận trả lời"),
        body=_(
            "Có người ghi địa chỉ này khi gửi ý kiến và muốn nhận tin ở đây. Nếu là Ông/Bà, xin mở "
            "liên kết dưới đây rồi bấm “Xác nhận”. Nếu không phải, xin bỏ qua: sẽ không có thư nào "
            "nữa."
        ),
        reason=_("đã ghi thư điện tử khi gửi ý kiến."),
        link=reverse("feedback:email_confirm", args=[proof_for(sender)]),
    )


def _join(submission: Submission, intake: Intake) -> None:
    """Stand behind what others raised; a title taken back meanwhile is not joined any more."""
    standing = IssueGroup.objects.joinable().filter(consultation=submission.consultation)
    groups = standing.filter(pk__in=[group.pk for group in intake.joins]).order_by("pk")
    Support.objects.bulk_create(
        Support(submission=submission, position=place, group=group)
        for place, group in enumerate(groups, start=len(intake.matters) + 1)
    )


def _opinion(place: int, matter: Matter) -> Opinion:
    return Opinion(
        position=place,
        text=matter.text,
        proposal=matter.proposal,
        kind=matter.kind,
        field=matter.field,
        wished_competence=matter.wished_competence,
        supporters=matter.supporters,
        raised_before=matter.raised_before,
    )


def _add_files(submission: Submission, intake: Intake, *, by: User | None) -> None:
    """Hang the form's files on the submission, those kept while it was mended included."""
    if intake.files or intake.has_kept:
        with transaction.atomic():
            _store_files(submission, intake, by=by)


def _store_files(submission: Submission, intake: Intake, *, by: User | None) -> None:
    pending = list(PendingFile.objects.filter(form_token=intake.token).select_related("file"))
    known = set(submission.files.values_list("file__sha256", flat=True))
    fresh = [file for file in intake.files if hashlib.sha256(file.content).hexdigest() not in known]
    stored = [row.file for row in pending] + [store(file, by=by, is_sealed=True) for file in fresh]
    is_scan = intake.channel in (Submission.Channel.PAPER, Submission.Channel.COLLECTIVE)
    SubmissionFile.objects.bulk_create(
        [SubmissionFile(submission=submission, file=file, is_scan=is_scan) for file in stored]
    )
    PendingFile.objects.filter(pk__in=[row.pk for row in pending]).delete()
