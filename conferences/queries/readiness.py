"""What is missing for a conference, by whom, until when."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.models import Conference
from conferences.queries.agenda import agenda_lines, predicted_end
from conferences.queries.exchanges import READY_ANSWERS, groups_of
from conferences.queries.inviting import guests_of
from conferences.states import ChangeState
from documents.states import DocumentState
from plans.queries.chain import is_done, steps_of


@dataclass(frozen=True)
class Need:
    """One thing the conference needs: `missing` says in words what is left, empty when it is there."""

    name: str
    missing: str
    who: str
    until: datetime.date | None = None
    link: str = ""

    @property
    def is_met(self) -> bool:
        """Whether nothing is left to do."""
        return not self.missing


def needs_of(conference: Conference) -> list[Need]:
    """Everything a conference needs, what is missing first, by day; a fixed number of queries."""
    found = [
        *_agenda(conference),
        _people(conference),
        _changes(conference),
        _invitation(conference),
        *_letters(conference),
        *_answers(conference),
        _secretary(conference),
        *_steps(conference),
    ]
    return sorted(found, key=lambda need: (need.is_met, need.until or datetime.date.max))


def _page(name: str, conference: Conference) -> str:
    return reverse(f"conferences:{name}", args=[conference.pk])


def _day_of(conference: Conference) -> datetime.date:
    return timezone.localdate(conference.starts_at)


def _agenda(conference: Conference) -> Iterator[Need]:
    lines = agenda_lines(conference, conference.starts_at)
    office = conference.organisation.name
    until, link = _day_of(conference), _page("detail", conference) + "#agenda"
    missing = "" if lines else _("chưa có mục nào")
    end = predicted_end(lines, conference)
    if end > conference.ends_at:
        missing = _("dự kiến xong lúc %(end)s, sau giờ kết thúc %(planned)s") % {
            "end": f"{timezone.localtime(end):%H:%M}",
            "planned": f"{timezone.localtime(conference.ends_at):%H:%M}",
        }
    yield Need(_("Chương trình"), missing, office, until, link)
    alone = sum(1 for line in lines if not line.item.conductor)
    missing = _("%(count)s mục chưa có người điều hành") % {"count": alone} if alone else ""
    yield Need(_("Người điều hành từng mục"), missing, office, until, link)


def _people(conference: Conference) -> Need:
    named = Count("participants", distinct=True)
    asked = conference.nominations.filter(revoked_at=None).annotate(named=named)
    short = list(asked.filter(named__lt=F("quota")))
    link = _page("participants", conference)
    until = conference.nominate_until
    if short:
        names = ", ".join(row.body for row in short[:3]) + (", …" if len(short) > 3 else "")
        missing = _("%(count)s đơn vị chưa cử đủ đại biểu") % {"count": len(short)}
        return Need(_("Đại biểu"), missing, names, until, link)
    missing = "" if conference.participants.exists() else _("danh sách còn trống")
    return Need(_("Đại biểu"), missing, conference.organisation.name, until, link)


def _changes(conference: Conference) -> Need:
    waiting = conference.nominations.filter(changes__state=ChangeState.PROPOSED).count()
    missing = _("%(count)s thay đổi chờ duyệt") % {"count": waiting} if waiting else ""
    link = _page("participants", conference)
    who = conference.organisation.name
    return Need(_("Thay đổi đại biểu sau hạn"), missing, who, _day_of(conference), link)


def _invitation(conference: Conference) -> Need:
    paper = conference.invitation
    missing = ""
    if paper is None:
        missing = _("chưa soạn")
    elif paper.state != DocumentState.ISSUED:
        missing = _("chưa ban hành")
    link = paper.get_absolute_url() if paper else _page("detail", conference)
    return Need(_("Giấy mời"), missing, conference.organisation.name, _day_of(conference), link)


def _letters(conference: Conference) -> Iterator[Need]:
    """Who has an address and was not sent the invitation, once it is issued."""
    paper = conference.invitation
    if paper is None or paper.state != DocumentState.ISSUED:
        return
    waiting = sum(guest.way == "mail" and not guest.is_invited for guest in guests_of(conference))
    missing = _("%(count)s người có thư điện tử chưa được gửi") % {"count": waiting}
    link = _page("invitations_send", conference)
    who, until = conference.organisation.name, _day_of(conference)
    yield Need(_("Gửi giấy mời"), missing if waiting else "", who, until, link)


def _answers(conference: Conference) -> Iterator[Need]:
    open_ones = (
        groups_of(conference)
        .exclude(answer__state__in=READY_ANSWERS)
        .order_by()
        .values(body=F("lead__name"), due=F("task__due_on"))
        .annotate(count=Count("pk", distinct=True))
        .order_by(F("task__due_on").asc(nulls_last=True), "lead__name")
    )
    rows = list(open_ones)
    link = reverse("feedback:dossier", args=[conference.session_id])
    for row in rows:
        words = ngettext("%(count)s vấn đề chưa có", "%(count)s vấn đề chưa có", row["count"])
        who = row["body"] or _("Chưa giao cơ quan nào")
        yield Need(
            _("Trả lời chuẩn bị trước"), words % {"count": row["count"]}, who, row["due"], link
        )
    if not rows:
        yield Need(_("Trả lời chuẩn bị trước"), "", conference.organisation.name, None, link)


def _secretary(conference: Conference) -> Need:
    missing = "" if conference.secretary else _("chưa ghi tên")
    until, link = _day_of(conference), _page("edit", conference)
    return Need(_("Thư ký"), missing, conference.organisation.name, until, link)


def _steps(conference: Conference) -> Iterator[Need]:
    for step in steps_of(conference.session):
        if step.due_on is not None and step.due_on > _day_of(conference):
            continue
        who = str(step.organisation or conference.organisation.name)
        missing = "" if is_done(step) else _("chưa xong")
        link = reverse("plans:session", args=[conference.session_id])
        yield Need(step.name, missing, who, step.due_on, link)
