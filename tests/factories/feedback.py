"""Consultations and what people sent, for tests."""

import datetime
import uuid

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from feedback.actions.intake import Contact, Intake, Matter, Receipt, send_opinions
from feedback.actions.voices import confirm_email
from feedback.models import ConsentText, Consultation, Field, IssueGroup, Opinion, TableOrder
from feedback.states import ConsultationState
from organisations.models import AdministrativeUnit, User
from plans.models import DialogueSession, Plan
from tests.factories.documents import ClauseFactory, DocumentFactory
from tests.factories.organisations import UnitFactory

NOTICE = "Dữ liệu và mục đích\nĐể trả lời.\n\nBên xử lý\nĐảng ủy xã.\n\nQuyền\nXem, sửa, xóa."


class SessionFactory(DjangoModelFactory):
    """A session of a draft plan."""

    clause = factory.LazyFunction(
        lambda: ClauseFactory(document=DocumentFactory(), kind="session", text="Quý II")
    )
    plan = factory.LazyAttribute(
        lambda row: Plan.objects.get_or_create(
            document=row.clause.document,
            defaults={"year": 2026, "host": "Bí thư Đảng ủy", "counterpart": "Nhân dân"},
        )[0]
    )
    theme = "Đất đai, môi trường"
    audience = "Nhân dân các thôn"

    class Meta:
        model = DialogueSession


class ConsultationFactory(DjangoModelFactory):
    """Open since yesterday, for another ten days; the commune has one hamlet."""

    session = factory.SubFactory(SessionFactory)
    organisation = factory.LazyAttribute(lambda row: row.session.plan.document.organisation)
    slug = factory.Sequence(lambda n: f"dat-dai-{n}")
    title = "Lấy ý kiến về đất đai, môi trường"
    opens_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=10))
    state = ConsultationState.OPEN

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    @factory.post_generation
    def surroundings(self, create, extracted, **kwargs):
        unit = self.organisation.unit
        AdministrativeUnit.objects.filter(parent=unit).exists() or UnitFactory(
            name="Phúc Hậu", kind="thôn", level=AdministrativeUnit.Level.HAMLET, parent=unit
        )
        ConsentText.objects.get_or_create(
            organisation=self.organisation, version=1, defaults={"text": NOTICE}
        )


def sent(consultation: Consultation | None = None, *texts: str, **given: object) -> Receipt:
    """A citizen's form sent the way citizens send it; `has_confirmed` her e-mail."""
    has_confirmed = given.pop("has_confirmed", False)
    consultation = consultation or ConsultationFactory()
    contact = Contact(**given.pop("contact", {}))
    consent = ConsentText.objects.filter(organisation=consultation.organisation).first()
    field = Field.objects.get(pk="LAND")
    intake = Intake(
        matters=[
            Matter(text=text, kind=Opinion.Kind.PROPOSAL, field=field)
            for text in texts or ("Đường vào thôn lầy lội từ năm 2024",)
        ],
        area=AdministrativeUnit.objects.get(parent=consultation.organisation.unit),
        audience="citizen",
        token=uuid.uuid4(),
        contact=contact,
        consent=consent if contact else None,
        **given,
    )
    receipt = send_opinions(consultation, intake, now=timezone.now(), today=timezone.localdate())
    if has_confirmed:
        confirm_email(receipt.submission.sender, now=timezone.now())
    return receipt


def opinion(consultation: Consultation | None = None, *texts: str, **given: object) -> Opinion:
    """The first opinion of a form that was sent."""
    return sent(consultation, *texts, **given).submission.opinions.get(position=1)


class IssueGroupFactory(DjangoModelFactory):
    """A matter without opinions yet."""

    consultation = factory.SubFactory(ConsultationFactory)
    title = "Đường liên thôn xuống cấp"
    field_id = "TRANS"
    competence = "commune"

    class Meta:
        model = IssueGroup


def made_table(session: DialogueSession, *, by: User) -> TableOrder:
    """A file of the consolidated table that somebody ordered."""
    file = ContentFile(b"PK", name="bang-tong-hop.xlsx")
    return TableOrder.objects.create(
        session=session, kind="xlsx", asked={}, rows=200, ordered_by=by, state="done", file=file
    )
