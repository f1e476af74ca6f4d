"""The part of the demonstrated world that meets: conferences, who comes, and their papers."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from conclusions.models import CaseFile, ConclusionNotice, LeftOut, Petition, PointResult
from conferences.models import Conference, HallPrint, InvitationPrint
from conferences.queries.nominations import token_of
from core.codes import grouped_code
from dialogue.models import Report
from feedback.models import Reopening
from tests.factories.feedback import made_table
from tests.world import GUEST, GUEST_PHONE, RAISER, SPEAKER, World


def _report(world: World) -> Report:
    """A report as a row to be asked for; it hangs on a draft."""
    draft, day = world.rows["draft"], timezone.localdate()
    return Report.objects.create(
        document=draft, organisation=draft.organisation, kind="month", first_on=day, last_on=day,
        as_of=day, asked="", figures={"key": [], "statuses": []}, drafted_by=draft.created_by,
    )  # fmt: skip


def name_conferences(world: World) -> None:
    """Today's conference, a past one with its notice, and what was printed of them."""
    rows = world.rows
    rows["today"] = today = Conference.objects.get(session=rows["session_today"])
    rows["past"] = past = Conference.objects.get(session=rows["session_past"])
    rows["today.item"] = today.agenda.order_by("position").first()
    rows["today.hall"], rows["past.hall"] = today.hall_code, rows["past"].hall_code
    rows["today.guest"] = today.participants.order_by("pk").first()
    rows["today.code"] = rows["today.guest"].code
    rows["today.question"] = today.questions.order_by("pk").last()
    rows["today.turn"] = today.turns.order_by("position").first()
    asked = rows["today.nomination"] = today.nominations.order_by("pk").first()
    rows["today.token"] = grouped_code(token_of(today.nominations.order_by("pk").last()))
    rows["today.change"] = asked.changes.get()
    rows["past.item"] = past.agenda.order_by("position").first()
    rows["past.exchange"] = past.exchanges.order_by("pk").first()
    by, file = world.users["vanphong"], ContentFile(b"%PDF-1.7", name="giay-moi.pdf")
    rows["today.print"] = InvitationPrint.objects.create(
        conference=today, fingerprint="0" * 64, ordered_by=by, copies=40, state="done", file=file
    )
    rows["today.badges"] = HallPrint.objects.create(
        conference=today, kind="badges", fingerprint="0" * 64, ordered_by=by, copies=40,
        state="done", file=ContentFile(b"%PDF-1.7", name="the.pdf"),
    )  # fmt: skip
    guest = today.participants.get(pk=rows["today.guest"].pk)
    guest.name, guest.phone = GUEST, GUEST_PHONE
    guest.save(update_fields=["name", "phone"])
    today.turns.filter(pk=rows["today.turn"].pk).update(name=SPEAKER)
    past.exchanges.filter(pk=rows["past.exchange"].pk).update(raised_by=RAISER)
    rows["notice"] = ConclusionNotice.objects.get(conference=past)
    rows["report"] = _report(world)
    rows["table"] = made_table(rows["session_past"], by=by)
    rows["past.case_file"] = CaseFile.objects.create(
        conference=past, ordered_by=by, state="done", file=ContentFile(b"PK", name="ho-so.zip")
    )
    _follow_up(world, past, by)


def _follow_up(world: World, past: Conference, by: Any) -> None:
    """The petition of the past notice, a result that was told, a doubt, a matter left out."""
    rows = world.rows
    rows["petition"] = Petition.objects.get(notice=rows["notice"])
    rows["petition.item"] = rows["petition"].items.get()
    rows["result"] = PointResult.objects.get()
    rows["result.reply"] = rows["result"].replies.get()
    rows["told.point"] = rows["result"].point
    rows["doubt"] = Reopening.objects.get()
    rows["left_out"] = LeftOut.objects.create(
        notice=rows["notice"], exchange=past.exchanges.latest("pk"), reason="?", by=by
    )
