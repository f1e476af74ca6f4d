"""Who comes to the conference of today: pasted, named by two units, invited, one change too late."""

import datetime

from django.utils import timezone

from conferences.actions.inviting import answer_invitation, send_invitations
from conferences.actions.nominating import (
    Unit,
    ask_units,
    name_delegate,
    replace_delegate,
    send_nominations,
    set_last_day,
)
from conferences.actions.people import add_participants, edit_participant
from conferences.actions.seating import set_hall
from conferences.models import Conference, Participant
from dialogue.demo.people import People
from plans.models import ParticipantGroup

NAMED = (("Ngô Văn Sáu", "Trưởng thôn"), ("Trần Thị Mơ", "Chi hội trưởng Phụ nữ"))
OFFICIALS = ("kinhte", "vanhoa")
ADDRESSES = tuple(f"thon{number}@lamgiang.example" for number in range(1, 5))
ANSWERS = (
    ("yes", "", ""),
    ("yes", "", ""),
    ("no", "", ""),
    ("substitute", "Đinh Thị Hòa", "Phó trưởng thôn"),
)
BY_LINK = (("Lê Quang Tám", "Trưởng Ban công tác Mặt trận"), ("Ngô Văn Sáu", "Hội viên nông dân"))


def invite_people(people: People, conference: Conference, today: datetime.date) -> None:
    """Thirty-six by the office, four by their hamlets (two of one name); everybody has a seat."""
    clerk = people.users["vanphong"]
    group = ParticipantGroup.objects.get(plan=conference.session.plan, per_unit=12)
    add_participants(
        conference,
        [
            (f"Đại biểu số {number:02d}", "", f"thôn {people.units[f'thon_{number % 4 + 1}'].name}")
            for number in range(1, 37)
        ],
        by=clerk,
        group=group,
    )
    last = today - datetime.timedelta(days=3)
    set_last_day(conference, by=clerk, day=last)
    home = Unit(str(people.units["thon_1"]), people.bodies["chi_bo_1"])
    other = Unit(str(people.units["thon_2"]), None, "truongthon.gomay@lamgiang.example")
    first, second = ask_units(conference, [home, other], by=clerk, group=group, quota=2)
    send_nominations([first, second], by=clerk)
    collector = people.users["thon"]
    for name, post in NAMED:
        name_delegate(first, by=collector, today=last, name=name, post=post)
    for name, post in BY_LINK:
        name_delegate(second, by=None, today=last, name=name, post=post)
    set_hall(conference, by=clerk, kind="row", blocks=6, seats_each=10)
    ill = Participant.objects.get(nomination=first, name="Trần Thị Mơ")
    replace_delegate(
        ill, by=collector, today=timezone.localdate(), name="Vũ Thị Lành", post="Hội viên Phụ nữ"
    )


def send_letters(people: People, conference: Conference, now: datetime.datetime) -> None:
    """Six get their invitation by mail, two also in the software; four have answered since."""
    clerk = people.users["vanphong"]
    guests = list(conference.participants.filter(nomination=None).order_by("pk")[19:25])
    addresses = [people.users[key].email for key in OFFICIALS] + list(ADDRESSES)
    for guest, address in zip(guests, addresses, strict=True):
        edit_participant(guest, by=clerk, email=address)
    send_invitations(conference, [guest.pk for guest in guests], by=clerk)
    for guest, (answer, name, post) in zip(guests, ANSWERS, strict=False):
        answer_invitation(guest, now=now, answer=answer, name=name, post=post)
