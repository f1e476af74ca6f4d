"""The door of today's conference: some have come, one without invitation, the hall asks in writing."""

import datetime
import uuid

from django.utils import timezone

from conferences.actions.arriving import Act, Clock, receive_acts
from conferences.actions.questions import ask_question, move_question, take_questions
from conferences.models import Conference
from conferences.states import QuestionState
from dialogue.demo.people import People

QUESTIONS = (
    ("Tuyến đường từ nhà văn hóa ra trường học bao giờ có đèn chiếu sáng?", "thôn Vạn Thọ"),
    ("Quỹ đóng góp làm đường năm ngoái còn dư bao nhiêu, công khai ở đâu?", ""),
    ("Hộ neo đơn có được miễn khoản đóng góp không?", "thôn Cầu Gỗ"),
)
CAME = 9


def open_doors(people: People, conference: Conference) -> None:
    """Nine of the list have come and one guest; of three questions one has been let through."""
    clerk, now = people.users["vanphong"], timezone.now()
    opening = min(now, conference.starts_at) - datetime.timedelta(minutes=25)
    guests = conference.participants.order_by("pk")[1 : CAME + 1]
    acts = [
        Act(
            uuid.uuid4(),
            opening + datetime.timedelta(minutes=2 * place),
            code=guest.code,
            name=guest.name,
            desk="Bàn 1" if place % 2 else "Bàn 2",
        )
        for place, guest in enumerate(guests)
    ]
    stranger = Act(uuid.uuid4(), now, name="Lê Văn Khách", body="thôn Đầm Sen", desk="Bàn 1")
    receive_acts(conference, [*acts, stranger], by=clerk, clock=Clock(now, now))
    take_questions(conference, by=clerk, is_open=True)
    conference.refresh_from_db()
    for text, where in QUESTIONS:
        ask_question(conference, key=uuid.uuid4(), text=text, body=where, now=now)
    first = conference.questions.select_related("conference").earliest("pk")
    move_question(first, QuestionState.SHOWN, by=clerk)
