"""Conferences in each state, and what is said at them."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from conferences.models import AgendaItem, Conference, Exchange, Participant, SpeakingTurn
from plans.models import DialogueSession, Plan
from tests.factories.documents import ClauseFactory, DocumentFactory

START = datetime.datetime(2026, 5, 8, 8, 0, tzinfo=timezone.get_default_timezone())


class ConferenceFactory(DjangoModelFactory):
    """A planned conference of a party committee, on a session of a draft plan."""

    title = "Hội nghị đối thoại về giao thông nông thôn"
    starts_at = START
    ends_at = START + datetime.timedelta(hours=3)
    place = "Hội trường xã"
    chair = "Bí thư Đảng ủy"
    secretary = "Chuyên viên văn phòng"

    class Meta:
        model = Conference

    @factory.lazy_attribute
    def session(self) -> DialogueSession:
        document = DocumentFactory()
        plan = Plan.objects.create(
            document=document, year=2026, host="Bí thư", counterpart="Nhân dân"
        )
        clause = ClauseFactory(document=document, kind="session", text="Quý II")
        return DialogueSession.objects.create(
            clause=clause, plan=plan, theme="Giao thông", audience="Nhân dân"
        )

    @factory.lazy_attribute
    def organisation(self):
        return self.session.plan.document.organisation


class AgendaItemFactory(DjangoModelFactory):
    """A ten-minute item."""

    conference = factory.SubFactory(ConferenceFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Nội dung {n}")
    minutes = 10

    class Meta:
        model = AgendaItem


class ParticipantFactory(DjangoModelFactory):
    """Somebody invited."""

    conference = factory.SubFactory(ConferenceFactory)
    name = factory.Sequence(lambda n: f"Đại biểu {n}")

    class Meta:
        model = Participant


class SpeakingTurnFactory(DjangoModelFactory):
    """Somebody in the queue."""

    conference = factory.SubFactory(ConferenceFactory)
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Người phát biểu {n}")

    class Meta:
        model = SpeakingTurn


class ExchangeFactory(DjangoModelFactory):
    """A question answered on the spot."""

    conference = factory.SubFactory(ConferenceFactory)
    raised_by = "Ông A"
    raised_body = "thôn 1"
    question = factory.Sequence(lambda n: f"Đường số {n} hỏng")
    answered_by = "Chủ tịch UBND"
    answer = "Sẽ sửa trong tháng."
    outcome = Exchange.Outcome.ANSWERED
    at = START

    class Meta:
        model = Exchange
