"""The demonstration as one world to look at: built once, never changed.

Asking for `world` gives the rows and people by name; whatever a test does to them is rolled back.
The world is a database of its own (tests/world_database.py), in which only these tests work.
"""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.known import client_of, sessions_of
from tests.snapshot import files_of_tables, snapshot, written_to

ROLES = {
    "anonymous": None,
    "stranger": "phuong",  # a clerk of another commune
    "clerk": "vanphong",
    "head": "bithu",
    "asked": "kinhte",  # an officer of the agency that was asked and has tasks
    "other": "dangvu",  # an officer of an agency that was not asked
    "collector": "thon",
    "overseer": "mattran",
    "reception": "tiepdan",
    "admin": "quantri",
}
# Words that stand in one kind of place only; who may read them is for test_privacy.py to say.
SENDER = {
    "full_name": "Zyxwvu Ngườigửi",
    "phone": "0987650123",
    "email": "zyxwvu@bi-mat.example",
    "address": "ngõ 77 Zyxwvu",
}
REPORTER = {
    "full_name": "Plokij Ngườitốcáo",
    "phone": "0976540321",
    "email": "plokij@bi-mat.example",
    "address": "ngõ 88 Plokij",
}
DENUNCIATION = "Qwertz tố cáo ông trưởng bản nhận tiền"
SHEET = "Thôn, xóm, tổ dân phố;Nội dung;Lĩnh vực\n?;Cầu hỏng;?\n"
EMBARGOED = "Embargo-Jklmno vật tư đã mua"
GUEST_PHONE = "0965432107"
GUEST, SPEAKER, RAISER = "Vbnmqw Kháchmời", "Dfghrt Ngườinói", "Hnjuik Ngườinêu"


@dataclass
class World:
    """Rows and address arguments by the name the tables use, one logged-in client per role."""

    users: dict[str, Any]
    bodies: dict[str, Any]
    units: dict[str, Any]
    ticket: Any
    rows: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    sender_ticket: Any = None
    baseline: dict[str, str] = field(default_factory=dict)
    files: dict[int, int] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A new browser of that role (a key of ROLES), logged in."""
        return client_of(self.sessions, role)

    def touched(self) -> set[str]:
        """The tables that are no longer as they were built.

        PostgreSQL counts what the transaction of a test writes: only those tables are read.
        """
        written = written_to(self.files) & set(self.baseline)
        return {name for name, rows in snapshot(written).items() if rows != self.baseline[name]}

    def address(self, name: str, of: str = "-") -> str:
        """The address of a page for named rows: `draft+draft.clause` is the draft, then its clause.

        `=word` stands for itself, `?opinion:loose` is a query, `-` is a page without row.
        """
        if of == "-":
            return reverse(name)
        if of.startswith("?"):
            key, row = of[1:].split(":")
            return f"{reverse(name)}?{key}={self._value(row)}"
        return reverse(name, args=[self._value(part) for part in of.split("+")])

    def _value(self, name: str) -> object:
        if name.startswith("="):
            return name[1:]
        row = self.rows[name]
        return getattr(row, "pk", row)


def build() -> World:
    """The demonstration and the few rows it lacks, in the current transaction."""
    from dialogue.demo import build_people, build_stages
    from tests.world_hall import name_conferences
    from tests.world_work import name_tasks

    people = build_people()
    ticket = build_stages(people, timezone.localdate())
    world = World(people.users, people.bodies, people.units, ticket)
    parts = (_papers, _plans, _preparation, _opinions, _matter)
    for add in (*parts, name_conferences, name_tasks, _office, _keeping):
        add(world)
    accounts = {role: world.users[key] for role, key in ROLES.items() if key is not None}
    world.sessions = sessions_of(accounts)
    tables = connection.introspection.table_names()
    world.baseline = snapshot(set(tables) - {"django_session"})
    world.files = files_of_tables()
    return world


def stored(name: str) -> Any:
    from core.models import StoredFile

    return StoredFile.objects.create(
        file=ContentFile(b"text", name=name), name=name, content_type="text/plain", size=4
    )


def _papers(world: World) -> None:
    from documents.actions import submit_document
    from documents.models import Attachment, Document
    from plans.actions import create_plan

    clerk = world.users["vanphong"]
    document = Document.objects.order_by("pk")
    rows = world.rows
    rows["paper"] = document.get(plan__isnull=False, state="issued")
    rows["draft"] = document.get(plan__isnull=False, state="draft")
    rows["invitation"] = document.get(type_id="GM")
    rows["minutes"] = document.get(type_id="BB")
    plan = create_plan(
        by=clerk,
        organisation=world.bodies["dang_uy"],
        year=timezone.localdate().year,
        host="Bí thư",
        counterpart="công nhân",
        today=timezone.localdate(),
        rhythm=1,
    )
    submit_document(plan.document, by=clerk)
    rows["submitted"] = Document.objects.get(pk=plan.document_id)
    for name in ("paper", "draft", "submitted", "invitation", "minutes"):
        rows[f"{name}.clause"] = rows[name].clauses.order_by("pk").first()
        rows[f"{name}.file"] = Attachment.objects.create(
            document=rows[name], file=stored(f"{name}.txt"), title="Phụ lục"
        )
    rows["skin"] = rows["paper"].skin.code


def _keeping(world: World) -> None:
    """What gathers around papers: a comment, an amendment, numbers, a signed copy, a relation."""
    from documents import actions
    from documents.models import Comment, DocumentRelation, LegalBasis, SignedCopy

    rows, clerk = world.rows, world.users["vanphong"]
    rows["draft.waiver"] = rows["draft"].waivers.get()
    rows["draft.comment"] = Comment.objects.create(document=rows["draft"], text="?", by=clerk)
    rows["amendment"] = actions.amend_document(
        rows["paper"], by=clerk, today=timezone.localdate(), style="points"
    )
    rows["minutes.copy"] = SignedCopy.objects.create(
        document=rows["minutes"], file=stored("ky.pdf"), attached_by=clerk
    )
    rows["draft.tie"] = DocumentRelation.objects.create(
        source=rows["draft"], target=rows["paper"], kind="bundle", added_by=clerk
    )
    rows["number"] = rows["paper"].register_line
    rows["kept"] = actions.reserve_number(
        world.bodies["dang_uy"], by=clerk, type_code="KH", today=timezone.localdate(), abstract="x"
    )
    rows["basis"] = LegalBasis.objects.create(kind="Luật", title="Tiếp công dân")


def _plans(world: World) -> None:
    from plans.models import DialogueSession, Plan

    rows = world.rows
    rows["plan"] = Plan.objects.get(document=rows["paper"])
    rows["draft_plan"] = Plan.objects.get(document=rows["draft"])
    sessions = DialogueSession.objects.filter(plan=rows["plan"]).order_by("pk")
    rows |= zip(
        ("session_past", "session_today", "session", "session_later"), sessions, strict=True
    )
    rows["draft_session"] = DialogueSession.objects.filter(plan=rows["draft_plan"]).first()


def _preparation(world: World) -> None:
    """Steps of the coming session, a chain of one's own, a demanded plan, a calendar's address."""
    from organisations.models import Role
    from plans import actions
    from plans.models import ChainStep, ChildPlanObligation, Duty, Obligation, PreparationStep

    rows, clerk = world.rows, world.users["vanphong"]
    rows["office"] = world.bodies["dang_uy"]
    actions.copy_chain(rows["office"], by=clerk)
    rows["chain"] = ChainStep.objects.filter(organisation=rows["office"]).earliest("position")
    steps = PreparationStep.objects.filter(session=rows["session"])
    rows["step"] = steps.get(code="archive")
    rows["step_done"] = steps.filter(state="done").earliest("pk")
    rows["demand"] = Obligation.objects.order_by("pk").first()
    ward = world.users["phuong"].memberships.get(role=Role.CLERK).organisation
    rows["owed"] = ChildPlanObligation.objects.create(
        plan=rows["plan"],
        duty=Duty.objects.filter(plan=rows["plan"]).earliest("pk"),
        organisation=ward,
    )
    rows["secret"] = actions.make_calendar_key(by=clerk, organisation=None, now=timezone.now())


def _send(world: World, text: str, contact: dict[str, str]) -> Any:
    from core.files import CheckedFile
    from feedback import actions
    from feedback.models import ConsentText, Consultation, Field

    consultation = Consultation.objects.get(session=world.rows["session"])
    return actions.send_opinions(
        consultation,
        actions.Intake(
            matters=[
                actions.Matter(text=text, kind="proposal", field=Field.objects.get(pk="TRANS"))
            ],
            area=world.units["thon_1"],
            audience="citizen",
            token=uuid.uuid4(),
            contact=actions.Contact(**contact),
            consent=ConsentText.objects.first(),
            files=[CheckedFile("anh.jpg", "jpeg", "image/jpeg", b"picture")],
        ),
        now=timezone.now(),
        today=timezone.localdate(),
    )


def _opinions(world: World) -> None:
    from core.files import CheckedFile
    from feedback import actions
    from feedback.actions.voices import ask_about_data
    from feedback.http import proof_for
    from feedback.models import Answer, Consultation, IssueGroup, Opinion, Question, RetentionRule
    from tests.answering import add_answering

    clerk, rows = world.users["vanphong"], world.rows
    rows["group"] = IssueGroup.objects.get(consultation__session=rows["session"])
    receipt = world.sender_ticket = _send(world, "Cột điện đầu đường vào trường bị nghiêng", SENDER)
    opinion = Opinion.objects.get(submission=receipt.submission)
    actions.classify_opinion(
        opinion, by=clerk, kind="proposal", field=opinion.field, competence="commune"
    )
    actions.add_to_group(rows["group"], [Opinion.objects.get(pk=opinion.pk)], by=clerk)
    rows["opinion"] = Opinion.objects.get(pk=opinion.pk)
    rows["opinion.file"] = receipt.submission.files.get()
    rows["form"] = receipt.submission
    rows["form.request"] = ask_about_data(
        receipt.submission, kind="access", note=SENDER["full_name"], today=timezone.localdate()
    )
    rows["period"] = RetentionRule.objects.earliest("pk")
    rows["loose"] = Opinion.objects.filter(state="received", group=None).order_by("pk").first()
    rows["consultation"] = Consultation.objects.get(session=rows["session"])
    rows["closed"] = Consultation.objects.get(session=rows["session_today"])
    rows["proof"] = proof_for(receipt.submission.sender)
    rows["office"] = rows["consultation"].organisation
    rows["question"] = Question.objects.create(
        consultation=rows["consultation"], label="Có đi xe buýt không?", kind="text"
    )
    rows["list"] = _list_to_the_province(world)
    rows["list.line"] = rows["list"].items.get()
    rows["slug"], rows["closed.slug"] = rows["consultation"].slug, rows["closed"].slug
    answered = Answer.objects.filter(group__lead=world.bodies["kinh_te"]).get()
    Answer.objects.filter(pk=answered.pk).update(text=EMBARGOED)
    rows["answered"] = answered.group
    rows["filter"] = actions.save_filter(by=clerk, name="Đường", query="q=duong")
    add_answering(world, answered)
    rows["sheet"] = actions.start_import(
        rows["consultation"],
        CheckedFile("y-kien.csv", "csv", "text/csv", SHEET.encode()),
        by=clerk,
        source=rows["consultation"].organisation,
        received_on=timezone.localdate(),
    )


def _list_to_the_province(world: World) -> Any:
    """A draft of one line for a body that does not work with this installation."""
    from feedback import actions
    from feedback.actions import forwarding
    from feedback.models import Opinion

    clerk = world.users["vanphong"]
    receipt = _send(world, "Mở rộng quốc lộ qua địa bàn", {})
    row = Opinion.objects.get(submission=receipt.submission)
    actions.classify_opinion(row, by=clerk, kind="proposal", field=row.field, competence="province")
    return forwarding.start_forwarding(
        forwarding.Chosen([row]),
        by=clerk,
        organisation=row.submission.consultation.organisation,
        receiver=None,
        receiver_name="UBND tỉnh",
        today=timezone.localdate(),
    )


def _matter(world: World) -> None:
    from feedback import actions
    from feedback.models import Opinion

    receipt = _send(world, DENUNCIATION, REPORTER)
    world.rows["matter"] = actions.route_out_opinion(
        Opinion.objects.get(submission=receipt.submission),
        by=world.users["vanphong"],
        kind="denunciation",
        receiving_body="Ủy ban Kiểm tra",
        reason="",
        today=timezone.localdate(),
    )
    world.rows["matter.file"] = receipt.submission.files.get()
    world.rows["routed"] = Opinion.objects.get(submission=receipt.submission)


def _office(world: World) -> None:
    from core.models import Heartbeat, Message, WorkingDay
    from dialogue.health import SWEEPS
    from organisations.models import Absence, DeadlineRule, Membership

    rows = world.rows
    rows["body"], rows["unit"] = world.bodies["kinh_te"], world.units["thon_1"]
    rows["person"] = world.users["vanphong"]
    rows["membership"] = Membership.objects.get(user=world.users["vanhoa"])
    rows["absence"] = Absence.objects.create(
        absent=world.users["vanphong"],
        substitute=world.users["tiepdan"],
        starts_on=timezone.localdate() + datetime.timedelta(days=300),
        ends_on=timezone.localdate() + datetime.timedelta(days=301),
        entered_by=world.users["vanphong"],
    )
    rows["clock"] = DeadlineRule.objects.order_by("pk").first()
    rows["year"] = timezone.localdate().year
    rows["day"] = f"{rows['year'] + 1}-03-03"
    WorkingDay.objects.create(
        date=datetime.date.fromisoformat(rows["day"]),
        kind="day_off",
        name="Nghỉ",
        source="Thông báo",
    )
    told = Message.objects.filter(recipient=world.users["kinhte"])
    rows["told"] = told.filter(channel="in_app").earliest("pk")
    rows["letter"] = told.filter(channel="email").earliest("pk")
    Message.objects.filter(pk=rows["letter"].pk).update(state="failed")
    _channels(world)
    # The sweeps are on time however long the tests take.
    soon = timezone.now() + datetime.timedelta(days=1)
    Heartbeat.objects.bulk_create(Heartbeat(name=name, last_ok_at=soon) for name in SWEEPS)


def _channels(world: World) -> None:
    from core import outbox, webhooks
    from core.models import Endpoint, Message, SendingPause
    from dialogue.channels import events
    from dialogue.channels.models import EventHook

    rows, head = world.rows, world.users["bithu"]
    fields = {"url": "https://8.8.8.8/", "secret": webhooks.new_secret()}
    rows["gateway"] = Endpoint.objects.create(kind="sms", name="SMS", **fields)
    system = Endpoint.objects.create(kind="system", name="Một cửa", is_active=False, **fields)
    rows["hook"] = EventHook.objects.create(
        organisation=rows["office"], endpoint=system, made_by=head
    )
    outbox.write_all([events.test_event(rows["hook"])])
    Message.objects.filter(endpoint=system).update(state="failed")
    rows["delivery"] = Message.objects.get(endpoint=system)
    rows["pause"] = SendingPause.objects.create(scope="kind", value="x", reason="?", by=head)
