"""The minutes: drafted from what happened, with the passages the office picks."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import lock
from conferences.documents import minutes_clauses
from conferences.models import Conference, Passage
from core.access import require
from core.transitions import record
from documents.actions import add_clauses, create_document
from documents.actions.drafting import hold_draft, write_drafts
from documents.actions.steps import recorded
from documents.models import Clause, ClauseKind, Document
from organisations.models import Organisation, User


@transaction.atomic
def draft_minutes(
    conference: Conference,
    *,
    by: User,
    today: datetime.date,
    passages: Sequence[Passage] = (),
) -> Document:
    """Draft the minutes from what happened; they are edited and approved like every document."""
    lock(conference)
    conference.refresh_from_db()
    require(
        rules.may_draft_minutes(by, conference),
        _(
            "Chuyên viên của cơ quan tổ chức lập biên bản sau khi hội nghị kết thúc, "
            "và mỗi hội nghị một biên bản."
        ),
    )
    document = create_document(
        by=by,
        today=today,
        organisation=conference.organisation,
        type_code="BB",
        abstract=conference.title,
        clauses=minutes_clauses(conference, passages),
        secretary_name=_who_signs(conference),
        relates_to=conference.session.plan.document,
    )
    Conference.objects.filter(pk=conference.pk).update(version=F("version") + 1, minutes=document)
    conference.refresh_from_db()
    return document


def _who_signs(conference: Conference) -> str:
    """The secretary; too long for a signature, they are several with their posts: the clerk says who."""
    most = Document._meta.get_field("secretary_name").max_length or 0
    return conference.secretary if len(conference.secretary) <= most else ""


@transaction.atomic
def redraft_minutes(conference: Conference, *, by: User) -> Document:
    """Write the draft anew from what is recorded now; undo in the editor brings the old words back.

    For a conference that went on after a wrong click, or what was recorded after the first draft.
    """
    lock(conference)
    conference.refresh_from_db()
    _require_draft(conference, by)
    assert conference.minutes is not None
    document = hold_draft(conference.minutes, by)
    rows = Clause.objects.filter(document=document)
    said = _("Lập lại biên bản từ diễn biến")
    with recorded(document, by=by, words=said) as notes:
        notes.hold_facts(rows.values_list("pk", flat=True))
        rows.delete()
        write_drafts(document, minutes_clauses(conference), parent=None, first=1, by=by)
    record(document, by=by, note=said)
    return document


@transaction.atomic
def insert_passages(
    conference: Conference, *, by: User, passages: Sequence[Passage], heading: Clause
) -> None:
    """Put passages behind what stands under a heading of the draft minutes, in their order."""
    _require_draft(conference, by)
    assert conference.minutes is not None
    add_clauses(
        conference.minutes,
        by=by,
        kind=ClauseKind.TEXT,
        texts=[passage.text for passage in passages],
        parent=heading,
    )


def _require_draft(conference: Conference, by: User) -> None:
    require(
        rules.may_redraft_minutes(by, conference),
        _(
            "Biên bản chỉ sửa được khi còn là dự thảo và hội nghị đã kết thúc. "
            "Biên bản đã ban hành thì lập bản sửa đổi kèm lý do."
        ),
    )


@transaction.atomic
def save_passages(
    organisation: Organisation, use: str, rows: Sequence[tuple[str, str]], *, by: User
) -> None:
    """Give an office passages of its own, as (title, text) in order; none bring back the common ones."""
    require(
        rules.may_keep_passages(by, organisation),
        _("Chỉ văn phòng được sửa đoạn mẫu của cơ quan mình."),
    )
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    Passage.objects.filter(organisation=organisation, use=use).delete()
    Passage.objects.bulk_create(
        Passage(organisation=organisation, use=use, position=position, title=title, text=text)
        for position, (title, text) in enumerate(rows, start=1)
    )
