"""Preparing answers: who approves, who helps, until when, which words and bases can be put in."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assignments.models import Cooperation
from core.dates import written_day
from core.models import HistoryEntry
from core.timephrase import TimePhrase, parse
from documents.models import LegalBasis
from documents.queries import bases_matching
from feedback.models import (
    Answer,
    AnswerPart,
    AnswerRequest,
    AnswerTemplate,
    Consultation,
    Remark,
)
from feedback.models.requests import WRITERS
from feedback.states import AnswerState
from organisations.models import Membership, Organisation, Role, User
from plans.models import PreparationStep

STEP = "answer"
USUAL = "05 ngày làm việc"
SHOWN_BASES = 12


def has_head(organisation_id: int | None, today: datetime.date) -> bool:
    """Whether somebody can approve for a body: an active account with the role of its head."""
    return (
        Membership.objects.current(today)
        .filter(organisation=organisation_id, role=Role.HEAD, user__is_active=True)
        .exists()
    )


def helping_bodies(user: User, request: AnswerRequest) -> QuerySet[Organisation]:
    """The bodies the person writes for that help with a request."""
    helped = Cooperation.objects.filter(task=request.task_id).values("organisation")
    return Organisation.objects.filter(pk__in=user.organisation_ids(*WRITERS)).filter(pk__in=helped)


@dataclass(frozen=True)
class Due:
    """The deadline to offer, and where it comes from."""

    phrase: TimePhrase
    source: str = ""


def due_to_offer(consultation: Consultation, today: datetime.date) -> Due:
    """The day of the session's step "answer", unless it has passed or has no day; else some days."""
    step = (
        PreparationStep.objects.filter(session=consultation.session_id, code=STEP)
        .exclude(due_on=None)
        .first()
    )
    if step is None or step.due_on is None:
        return Due(parse(USUAL))
    values = {"name": step.name, "phrase": step.phrase.literal, "day": written_day(step.due_on)}
    if step.due_on < today:
        return Due(
            parse(USUAL),
            _("Chuỗi chuẩn bị ghi “%(name)s” xong trước hết ngày %(day)s, nay đã qua.") % values,
        )
    return Due(
        parse(_("chậm nhất ngày %(day)s") % values),
        _("Theo chuỗi chuẩn bị: “%(name)s”, %(phrase)s.") % values,
    )


def standing_request(group_id: int) -> AnswerRequest | None:
    """The request of a group that stands, with what its page shows."""
    rows = AnswerRequest.objects.standing().select_related("lead", "task", "group__consultation")
    return rows.filter(group=group_id).first()


def parts_of(request: AnswerRequest, user: User) -> "QuerySet[AnswerPart]":
    """Helpers' parts and kept texts the person may read."""
    rows: QuerySet[AnswerPart] = AnswerPart.objects.visible_to(user).filter(request=request)
    return rows.select_related("organisation", "by").order_by("is_kept", "pk")


def remarks_of(request: AnswerRequest, user: User) -> "QuerySet[Remark]":
    """The talk about a request, oldest first."""
    rows: QuerySet[Remark] = Remark.objects.visible_to(user).filter(request=request)
    return rows.select_related("by").order_by("pk")


def words_to_insert(
    request: AnswerRequest | None, user: User, lead_id: int | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a writer may put into a draft, grouped: (title, [(key, name)]); `words_of_key` reads one."""
    templates = AnswerTemplate.objects.visible_to(user).filter(organisation=lead_id)
    found = [
        (_("Câu trả lời mẫu"), [(f"t{row.pk}", row.title) for row in templates.order_by("title")])
    ]
    if request is not None:
        parts = [(f"p{row.pk}", str(row.organisation)) for row in parts_of(request, user)]
        found.append((_("Phần của cơ quan phối hợp"), parts))
    return [(title, rows) for title, rows in found if rows]


def words_of_key(key: str, user: User) -> str:
    """The words behind a key of `words_to_insert`; "" for one that is not the person's."""
    number = int(key[1:]) if key[1:].isdecimal() and len(key) < 19 else 0
    kinds = {"t": AnswerTemplate.objects.visible_to(user), "p": AnswerPart.objects.visible_to(user)}
    rows = kinds[key[0]].filter(pk=number) if key[:1] in kinds else None
    return (rows.values_list("text", flat=True).first() or "") if rows is not None else ""


def bases_to_quote(words: str) -> list[LegalBasis]:
    """Entries of the register that hold every word, for a short list."""
    return bases_matching(words, limit=SHOWN_BASES) if words.strip() else []


def last_return(answer: Answer | None) -> str:
    """Why a draft was given back the last time, if it stands as a draft again."""
    if answer is None or answer.state != AnswerState.DRAFT:
        return ""
    kind = ContentType.objects.get_for_model(Answer)
    entries = HistoryEntry.objects.filter(subject_type=kind, subject_id=answer.pk)
    back = entries.filter(to_state=AnswerState.DRAFT).exclude(from_state="").order_by("-pk")
    return back.values_list("note", flat=True).first() or ""
