"""The yearly plan of the demonstration, with every kind of clause a real one has."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from assignments.models import Task
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.models import HistoryEntry
from dialogue.demo import words
from dialogue.demo.duties import DUTIES, DutyRow
from dialogue.demo.people import People
from documents.actions import RecipientDraft, issue_document, set_recipients, submit_document
from documents.models import Clause, ClauseKind, Document, LegalBasis
from organisations.models import AdministrativeUnit
from plans.actions import create_plan, write_clause
from plans.models import DialogueSession, Plan

K = ClauseKind
CHAIRS = [("Bí thư Đảng ủy, Chủ tịch HĐND xã", ""), ("Chủ tịch UBND xã", "")]


@dataclass(frozen=True)
class Days:
    """The days everything hangs on, relative to the day the demonstration is loaded."""

    today: datetime.date

    def after(self, days: int) -> datetime.date:
        """`days` calendar days from today (negative: before)."""
        return self.today + datetime.timedelta(days=days)

    def month(self, months: int) -> str:
        """`Tháng 5/2026`, so many months from this one."""
        place = self.today.year * 12 + self.today.month - 1 + months
        return f"Tháng {place % 12 + 1}/{place // 12}"

    def coming(self) -> str:
        """`Ngày 11/12/2026`: the first working day from the eighteenth after today.

        A whole month would begin after a deadline of thirty days on the first of most months, and
        what is counted from its end would leave the year of the plan in December.
        """
        day = self.after(18)
        calendar = WorkingCalendar.load(day.year)
        return f"Ngày {written_day(calendar.next_working_day(day))}"


def backdate(document: Document, by: datetime.timedelta) -> None:
    """Move what happened to a paper of the past to its own days, where it would have happened."""
    subject = ContentType.objects.get_for_model(Document)
    HistoryEntry.objects.filter(subject_type=subject, subject_id=document.pk).update(
        at=F("at") - by
    )
    Document.objects.filter(pk=document.pk).update(
        issued_at=F("issued_at") - by, created_at=F("created_at") - by
    )
    Task.objects.filter(clause__document=document).update(created_at=F("created_at") - by)


class PlanWriter:
    """Writes the clauses of one plan as its clerk."""

    def __init__(self, people: People, days: Days) -> None:
        """Keep who writes and when."""
        self.people, self.days = people, days
        self.clerk = people.users["vanphong"]
        self.plan: Plan
        self.document: Document

    def write(self) -> tuple[Plan, list[DialogueSession]]:
        """Write, submit and issue the plan sixty days ago; sessions in order: past, today, next, later."""
        issued_on = self.days.after(-60)
        self.plan = create_plan(
            by=self.clerk,
            organisation=self.people.bodies["dang_uy"],
            year=self.days.today.year,
            host="Bí thư Đảng ủy, Chủ tịch UBND xã",
            counterpart="Nhân dân",
            today=issued_on,
            is_blank=True,
        )
        self.document = self.plan.document
        self._bases()
        self._aims()
        sessions = self._sessions()
        self._participants()
        self._programme()
        self._duties(sessions)
        self._clause(K.CLOSING, words.CLOSING)
        self._recipients()
        submit_document(self.document, by=self.clerk)
        self.document.refresh_from_db()
        issue_document(self.document, by=self.people.users["bithu"], today=issued_on)
        self.document.refresh_from_db()
        backdate(self.document, self.days.today - issued_on)
        stored = DialogueSession.objects.filter(plan=self.plan).order_by("pk")
        return self.plan, list(stored.select_related("plan__document__organisation"))

    def _clause(self, kind: str, text: str, parent: Clause | None = None, **fact: object) -> Clause:
        return write_clause(self.document, kind, text, by=self.clerk, parent=parent, **fact)

    def _bases(self) -> None:
        for kind, number, body, date, title in (
            (
                "Quy định",
                "11-QĐi/TW",
                "Bộ Chính trị",
                datetime.date(2019, 2, 18),
                "về trách nhiệm của người đứng đầu cấp ủy trong việc tiếp dân, đối thoại với dân",
            ),
            (
                "Luật",
                "72/2025/QH15",
                "Quốc hội",
                datetime.date(2025, 6, 16),
                "Tổ chức chính quyền địa phương",
            ),
        ):
            basis = LegalBasis.objects.create(
                kind=kind, number=number, body=body, date=date, title=title
            )
            self._clause(
                K.LEGAL_BASIS,
                f"Luật {title} số {number} ngày {written_day(date)} của {body}"
                if kind == "Luật"
                else f"{kind} số {number} ngày {written_day(date)} của {body} {title}",
                basis=basis,
            )
        self._clause(
            K.INTRODUCTION,
            "Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch đối thoại giữa người đứng đầu cấp ủy, chính "
            f"quyền xã với Nhân dân năm {self.plan.year}, cụ thể như sau:",
        )

    def _aims(self) -> None:
        section = self._clause(K.HEADING, "Mục đích, yêu cầu")
        purposes = self._clause(K.HEADING, "Mục đích", section)
        for text in words.PURPOSES:
            self._clause(K.PURPOSE, text, purposes)
        requirements = self._clause(K.HEADING, "Yêu cầu", section)
        for text in words.REQUIREMENTS:
            self._clause(K.REQUIREMENT, text, requirements)

    def _sessions(self) -> list[DialogueSession]:
        section = self._clause(K.HEADING, "Nội dung, thời gian, địa điểm")
        topics = self._clause(K.HEADING, "Nội dung đối thoại", section)
        for text in words.TOPICS:
            self._clause(K.TOPIC, text, topics)
        units = self.people.units
        rows: list[tuple[str, str, str, list[AdministrativeUnit]]] = [
            (
                "nước sạch, an sinh xã hội, an ninh trật tự",
                self.days.month(-1),
                "Hội trường UBND xã",
                [units["xa"]],
            ),
            (
                "chiếu sáng công cộng và các khoản đóng góp ở thôn",
                self.days.month(0),
                "Hội trường UBND xã",
                [units["xa"]],
            ),
            (
                "giao thông, thủy lợi, môi trường nông thôn",
                self.days.coming(),
                "Nhà văn hóa thôn Đầm Sen",
                [units["thon_1"], units["thon_2"]],
            ),
            (
                "phát triển sản xuất cùng hội viên Hội Nông dân",
                "Quý IV",
                "Hội trường UBND xã",
                [units["xa"]],
            ),
        ]
        sessions = []
        for theme, time, place, where in rows:
            clause = self._clause(
                K.SESSION,
                f"Đối thoại về {theme}",
                section,
                theme=f"Đối thoại về {theme}",
                audience="Đại diện Nhân dân các thôn, hội viên các đoàn thể",
                time=time,
                place=place,
                chairs=CHAIRS,
                units=where,
            )
            for line in (
                "Đối tượng: đại diện Nhân dân các thôn, hội viên các đoàn thể",
                f"Thời gian: {time}",
                f"Địa điểm: {place}, hình thức trực tiếp",
            ):
                self._clause(K.FACT_LINE, line, clause)
            sessions.append(clause.session)
        self._clause(
            K.AD_HOC,
            "Đối thoại đột xuất khi có vấn đề phát sinh được nhiều người quan tâm",
            section,
        )
        return sessions

    def _participants(self) -> None:
        section = self._clause(K.HEADING, "Thành phần, số lượng")
        whole = self._clause(
            K.PARTICIPANT_GROUP,
            "Mỗi hội nghị: dự kiến từ 60 đến 80 đại biểu",
            section,
            minimum=60,
            maximum=80,
        )
        commune = self._clause(K.PARTICIPANT_GROUP, "Cấp xã: 20 đại biểu", whole, exact=20)
        self._clause(
            K.PARTICIPANT_GROUP,
            "Thường trực Đảng ủy, lãnh đạo HĐND, UBND, Ủy ban MTTQ xã: 08 đại biểu",
            commune,
            exact=8,
        )
        self._clause(
            K.PARTICIPANT_GROUP,
            "Lãnh đạo các cơ quan chuyên môn, đoàn thể xã: 12 đại biểu",
            commune,
            exact=12,
        )
        self._clause(
            K.PARTICIPANT_GROUP,
            "Đại diện Nhân dân: mỗi thôn 12 đại biểu, do chi bộ và trưởng thôn lựa chọn",
            whole,
            per_unit=12,
            unit_count=4,
            selector=self.people.bodies["mttq"],
        )

    def _programme(self) -> None:
        section = self._clause(K.HEADING, "Chương trình hội nghị")
        for text, conductor, minutes in words.PROGRAMME:
            self._clause(K.PROGRAMME_ITEM, text, section, conductor=conductor, minutes=minutes)

    def _duties(self, sessions: list[DialogueSession]) -> None:
        section = self._clause(K.HEADING, "Tổ chức thực hiện")
        assignees: dict[str, Clause] = {}
        for row in DUTIES:
            body = self.people.bodies[row.body]
            if row.body not in assignees:
                assignees[row.body] = self._clause(
                    K.ASSIGNEE, body.name, section, organisations=[body]
                )
            self._duty(row, assignees[row.body], sessions[2])

    def _duty(self, row: DutyRow, assignee: Clause, coming: DialogueSession) -> None:
        bodies = self.people.bodies
        due = row.phrase
        if row.bound:
            due = f"{row.bound} ngày {written_day(self.days.after(row.days))}"
        self._clause(
            K.DUTY,
            f"{row.text} {due}".strip(),
            assignee,
            part=row.part,
            stage=row.stage,
            deliverable=row.deliverable,
            cooperating=[bodies[key] for key in row.cooperating],
            send_to=bodies.get(row.send_to),
            via=bodies.get(row.via),
            sessions=[coming] if due else [],
            due=due or None,
        )

    def _recipients(self) -> None:
        bodies = self.people.bodies
        set_recipients(
            self.document,
            by=self.clerk,
            recipients=[
                RecipientDraft("Thường trực Tỉnh ủy", "report", bodies["tinh_uy"]),
                RecipientDraft(
                    "Ban Tuyên giáo và Dân vận Tỉnh ủy", "report", bodies["ban_dan_van"]
                ),
                RecipientDraft("UBND xã, Ủy ban MTTQ và các đoàn thể xã", "carry_out"),
                RecipientDraft("Các cơ quan, đơn vị được phân công", "carry_out"),
                RecipientDraft("Các chi bộ trực thuộc"),
                RecipientDraft("Lưu Văn phòng Đảng ủy", "archive"),
            ],
        )
