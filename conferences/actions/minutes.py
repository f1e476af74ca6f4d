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
from documents.actions import create_document
from documents.models import Document
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
        secretary_name=conference.secretary,
        relates_to=conference.session.plan.document,
    )
    Conference.objects.filter(pk=conference.pk).update(version=F("version") + 1, minutes=document)
    conference.refresh_from_db()
    return document


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
