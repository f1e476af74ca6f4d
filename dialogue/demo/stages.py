"""One dossier per stage of the chain: a draft, an open consultation, today's conference, kept promises."""

import datetime
import uuid
from typing import NamedTuple

from django.utils import timezone

from assignments.actions import accept_task, note_progress, report_task
from assignments.models import Task
from conclusions.actions import draft_notice
from conclusions.models import ConclusionNotice
from conferences import actions as conferences
from conferences.models import Conference
from core.dates import written_day
from core.timephrase import parse
from dialogue.demo import past, words
from dialogue.demo.answers import answer_matter
from dialogue.demo.delegates import invite_people, send_letters
from dialogue.demo.door import open_doors
from dialogue.demo.hall import prepare_hall
from dialogue.demo.people import People
from dialogue.demo.plan import Days, PlanWriter, backdate
from documents import checks
from documents.actions import (
    edit_clause,
    issue_document,
    return_document,
    submit_document,
)
from documents.actions.checking import waive_finding
from documents.models import Document
from feedback import actions as feedback
from feedback.models import Consultation, Field, Opinion
from plans import actions as plans
from plans.actions import create_plan
from plans.actions.renewing import name_template
from plans.models import DialogueSession


class Ticket(NamedTuple):
    """A citizen's code and secret, to try the look-up with."""

    code: str
    secret: str


def build_stages(people: People, today: datetime.date) -> Ticket:
    """Build all dossiers; returns the code of a citizen whose opinion is being followed."""
    days = Days(today)
    plan, sessions = PlanWriter(people, days).write()
    name_template(plan, by=people.users["vanphong"], name="Bốn hội nghị trong năm")
    past, now, coming, _later = sessions
    _kept_promises(people, days, past)
    _conference_today(people, days, now)
    ticket = _open_consultation(people, days, coming)
    _returned_draft(people, days)
    return ticket


def _issue(people: People, document: Document, on: datetime.date) -> None:
    submit_document(document, by=people.users["vanphong"])
    document.refresh_from_db()
    issue_document(document, by=people.users["bithu"], today=on)
    document.refresh_from_db()
    backdate(document, timezone.localdate() - on)


def _at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def _hold(people: People, session: DialogueSession, day: datetime.date) -> Conference:
    return conferences.create_conference(
        session,
        by=people.users["vanphong"],
        starts_at=_at(day, 14),
        ends_at=_at(day, 17),
        place=session.place,
        chair="Đồng chí Bí thư Đảng ủy và đồng chí Chủ tịch UBND xã",
        secretary="Trần Thu Hà",
    )


def _kept_promises(people: People, days: Days, session: DialogueSession) -> None:
    """A conference held a month ago: minutes, notice, tasks done, due soon and overdue."""
    day = days.after(-28)
    clerk = people.users["vanphong"]
    consultation = _consult(people, days, session, -50, -31)
    groups = past.gather(people, consultation, days.after(-45))
    feedback.close_consultation(consultation, by=clerk)
    conference = _hold(people, session, day)
    past.seat(people, conference, _at(day, 13, 55))
    conferences.start_conference(conference, by=clerk, now=_at(day, 14))
    raised = {who: where for who, where, *_rest in words.PAST_EXCHANGES}
    past.speak(people, conference, raised, _at(day, 14, 45))
    minute = 0
    for item in conference.agenda.order_by("position"):
        conferences.start_item(
            item, by=clerk, now=_at(day, 14) + datetime.timedelta(minutes=minute)
        )
        minute += item.minutes
        if item.position == 5:  # the item of the answers
            for who, where, question, answered_by, answer, outcome in words.PAST_EXCHANGES:
                conferences.record_exchange(
                    conference,
                    by=clerk,
                    now=_at(day, 15, 45),
                    raised_by=who,
                    raised_body=where,
                    question=question,
                    answered_by=answered_by,
                    answer=answer,
                    outcome=outcome,
                    group=groups.get(question),
                )
    conferences.close_conference(conference, by=clerk, now=_at(day, 16, 45), invited=70, present=66)
    _issue(people, conferences.draft_minutes(conference, by=clerk, today=day), day)
    _conclude(people, days, conference)
    _prepare(people, session, days.today)


def _conclude(people: People, days: Days, conference: Conference) -> None:
    """The notice, the petition to the province, and what has been done since."""
    notice = draft_notice(conference, by=people.users["vanphong"], today=days.after(-21))
    _assign(people, days, notice)
    _issue(people, notice.document, days.after(-20))
    notice.refresh_from_db()
    _issue(people, past.petition(people, notice, days.after(-17)).document, days.after(-16))
    _work(people, notice)


def _prepare(people: People, session: DialogueSession, until: datetime.date) -> None:
    """The clerk has ticked every step of the chain that was due before a day."""
    waiting = session.steps.filter(state="waiting", due_on__lt=until).order_by("due_on")
    for step in waiting.select_related("session__plan__document"):
        plans.tick_step(step, by=people.users["vanphong"], today=step.due_on or until)


def _assign(people: People, days: Days, notice: ConclusionNotice) -> None:
    """Give the three assigned points lead and deadline, as a clerk does in the editor."""
    leads = (
        ("kinh_te", f"trước ngày {written_day(days.after(5))}", "Phương án sửa chữa"),
        ("van_xa", f"chậm nhất ngày {written_day(days.after(-6))}", "Văn bản trả lời"),
        ("cong_an", f"trước ngày {written_day(days.after(-3))}", "Báo cáo kết quả"),
    )
    points = notice.points.filter(kind="assigned").select_related("clause").order_by("pk")
    for point, (lead, due, deliverable) in zip(points, leads, strict=True):
        edit_clause(
            point.clause,
            by=people.users["vanphong"],
            version=point.clause.version,
            text=_given(point.clause.text, people.bodies[lead].name, due),
            fact={
                "kind": "assigned",
                "lead": people.bodies[lead],
                "due": parse(due),
                "deliverable": deliverable,
                "report_to": people.bodies["dang_uy"].name,
                "reason": "",
                "cooperating": [],
                "exchanges": list(point.exchanges.all()),
            },
        )


def _given(text: str, lead: str, due: str) -> str:
    return f"Giao {lead} chủ trì: {text[0].lower()}{text[1:].rstrip('.')}; hoàn thành {due}."


def _work(people: People, notice: ConclusionNotice) -> None:
    """One task done and accepted, one under way, one left to be late."""
    tasks = {
        task.lead_id: task
        for task in Task.objects.filter(clause__document=notice.document).select_related("lead")
    }
    done = tasks[people.bodies["van_xa"].pk]
    report_task(
        done,
        by=people.users["vanhoa"],
        result="Đã rà soát 17 hồ sơ tồn đọng, trả kết quả 15 hồ sơ, 02 hồ sơ bổ sung giấy tờ.",
        resolution="done",
        no_evidence_reason="Danh sách hồ sơ lưu tại phòng.",
    )
    done.refresh_from_db()
    accept_task(done, by=people.users["vanphong"], text="Đủ căn cứ, đồng ý nghiệm thu.")
    past.hear_back(people, done)
    note_progress(
        tasks[people.bodies["kinh_te"].pk],
        by=people.users["kinhte"],
        text="Đã khảo sát tuyến ống, đang lập dự toán thay máy bơm.",
        percent=40,
    )


def _consult(
    people: People, days: Days, session: DialogueSession, opens: int, closes: int
) -> Consultation:
    clerk = people.users["vanphong"]
    consultation = feedback.create_consultation(
        session,
        by=clerk,
        title=f"Lấy ý kiến phục vụ hội nghị: {session.theme}",
        introduction="Ông/Bà quan tâm việc gì ở thôn, ở xã, xin nêu cụ thể việc, địa điểm, thời gian.",
        exclusions="Không tổng hợp lại nội dung đã gửi tại các cuộc tiếp xúc cử tri.",
        opens_at=_at(days.after(opens), 7),
        closes_at=_at(days.after(closes), 17),
    )
    feedback.open_consultation(consultation, by=clerk)
    consultation.refresh_from_db()
    return consultation


def _matter(
    text: str, kind: str, field: str, proposal: str = "", people: int = 1
) -> feedback.Matter:
    return feedback.Matter(
        text=text,
        kind=kind,
        field=Field.objects.get(pk=field),
        proposal=proposal,
        supporters=people,
    )


def _conference_today(people: People, days: Days, session: DialogueSession) -> None:
    """A conference at two o'clock today: opinions answered and accepted, invitation issued."""
    clerk = people.users["vanphong"]
    consultation = _consult(people, days, session, -20, 1)
    _prepare(people, session, days.today)
    for text, field, hamlet, lead, answer in words.TODAY_OPINIONS:
        feedback.send_opinions(
            consultation,
            feedback.Intake(
                matters=[_matter(text, "proposal", field)],
                area=people.units[hamlet],
                audience="citizen",
                token=uuid.uuid4(),
                wants_to_speak=True,
            ),
            now=timezone.now(),
            today=days.today,
        )
        opinion = Opinion.objects.filter(submission__consultation=consultation).latest("pk")
        _answer(people, days, opinion, lead, answer)
    feedback.close_consultation(consultation, by=clerk)
    conference = _hold(people, session, days.today)
    invite_people(people, conference, days.today)
    invitation = conferences.draft_invitation(
        conference, by=clerk, today=days.after(-7), note="có mặt trước 15 phút"
    )
    _issue(people, invitation, days.after(-7))
    conference.refresh_from_db()
    send_letters(people, conference, _at(days.after(-5), 9))
    prepare_hall(people, conference)
    open_doors(people, conference)


def _answer(people: People, days: Days, opinion: Opinion, lead: str, text: str) -> None:
    clerk = people.users["vanphong"]
    feedback.classify_opinion(
        opinion,
        by=clerk,
        kind=opinion.kind,
        field=opinion.field,
        other_fields=[],
        competence="commune",
        supporters=1,
    )
    opinion.refresh_from_db()
    group = feedback.create_group(
        [opinion],
        by=clerk,
        title=opinion.text.split(",")[0][:120],
        field=opinion.field,
        competence="commune",
    )
    answer_matter(people, group, lead, text, due=days.today)


def _open_consultation(people: People, days: Days, session: DialogueSession) -> Ticket:
    """A consultation in its window: forms from the web, a paper slip, a collective sheet."""
    consultation = _consult(people, days, session, -5, 14)
    _prepare(people, session, days.after(-3))
    ticket = Ticket("", "")
    for text, proposal, kind, field, hamlet, audience in words.OPEN_OPINIONS:
        receipt = feedback.send_opinions(
            consultation,
            feedback.Intake(
                matters=[_matter(text, kind, field, proposal)],
                area=people.units[hamlet],
                audience=audience,
                token=uuid.uuid4(),
            ),
            now=timezone.now(),
            today=days.today,
        )
        ticket = Ticket(receipt.code, receipt.shown_secret)
    farmers = people.users["nongdan"]
    feedback.enter_paper(
        consultation,
        feedback.Intake(
            matters=[
                _matter(text, kind, field, "", many)
                for text, kind, field, many in words.SHEET_OPINIONS
            ],
            area=people.units["xa"],
            audience="union_member",
            token=uuid.uuid4(),
            channel="collective",
            sender_organisation=people.bodies["nong_dan"],
            sheet=feedback.Sheet(
                meeting_on=days.after(-4),
                attendance=45,
                slips_out=45,
                slips_in=41,
                compiled_by="Chi hội trưởng",
                signed_by="Chủ tịch Hội",
            ),
        ),
        by=farmers,
        received_on=days.today,
    )
    _sort_some(people, days, consultation)
    return ticket


def _sort_some(people: People, days: Days, consultation: Consultation) -> None:
    """The two opinions about one road are grouped and the agency is asked; the rest still waits."""
    clerk = people.users["vanphong"]
    alike = list(
        Opinion.objects.filter(submission__consultation=consultation, field="TRANS").order_by("pk")
    )
    for opinion in alike:
        feedback.classify_opinion(
            opinion,
            by=clerk,
            kind=opinion.kind,
            field=opinion.field,
            other_fields=[],
            competence="commune",
            supporters=1,
        )
        opinion.refresh_from_db()
    group = feedback.create_group(
        alike,
        by=clerk,
        title="Đường vào trường tiểu học Đầm Sen hỏng",
        field=alike[0].field,
        competence="commune",
    )
    feedback.ask_agency(
        group,
        by=clerk,
        lead=people.bodies["kinh_te"],
        due=parse(f"trước ngày {written_day(days.after(9))}"),
        today=days.today,
    )


def _returned_draft(people: People, days: Days) -> None:
    """A draft plan the head has sent back with a reason."""
    plan = create_plan(
        by=people.users["vanphong"],
        organisation=people.bodies["dang_uy"],
        year=days.today.year,
        host="Bí thư Đảng ủy",
        counterpart="đoàn viên, thanh niên",
        today=days.today,
        rhythm=1,
    )
    _waive_one(people, plan.document, days)
    submit_document(plan.document, by=people.users["vanphong"])
    plan.document.refresh_from_db()
    return_document(
        plan.document,
        by=people.users["bithu"],
        reason="Bổ sung chủ đề khởi nghiệp và thời gian cụ thể của hội nghị.",
    )


def _waive_one(people: People, document: Document, days: Days) -> None:
    """One finding of the linter is let stand with a reason; the others wait for the clerk."""
    rows = checks.report(document, today=days.today).rows
    finding = next(row for row in rows if row.rule == "group-selector")
    waive_finding(
        document,
        by=people.users["vanphong"],
        fingerprint=finding.fingerprint,
        reason="Đoàn xã tự lập danh sách đoàn viên, thanh niên tham dự.",
        today=days.today,
    )
