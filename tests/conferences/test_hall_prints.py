"""A guest whose name cannot be printed is put right from where the print was refused."""

import pytest
from django.urls import reverse

from conferences.actions.hall_prints import make_hall_print, order_hall_print
from conferences.actions.people import PRINTED, edit_participant, remove_participant
from conferences.actions.seating import set_hall
from conferences.models import Conference
from conferences.states import ConferenceState
from core.access import RefusedError
from organisations.models import Role
from tests.factories.conferences import ConferenceFactory, ParticipantFactory
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd():
    """A guest from before the forms refused such characters; the hall is set."""
    conference = ConferenceFactory()
    ParticipantFactory(conference=conference, name="Lê An")
    return ParticipantFactory(conference=conference, name="Trần 😀 Bình", email="b@vidu.vn")


@pytest.fixture
def clerk(odd):
    office = odd.conference.organisation
    set_hall(odd.conference, by=member(Role.HEAD, office), kind="row", blocks=1, seats_each=4)
    return member(Role.CLERK, office)


def now_in(state, odd):
    Conference.objects.filter(pk=odd.conference_id).update(state=state)
    odd.refresh_from_db()
    return odd.conference


def test_while_the_conference_runs_a_failed_print_leads_to_the_name(odd, clerk, client):
    conference = now_in(ConferenceState.RUNNING, odd)
    client.force_login(clerk)
    edit = reverse("conferences:participant_edit", args=[conference.pk, odd.pk])
    prints = reverse("conferences:hall_prints", args=[conference.pk])
    failed = order_hall_print(conference, by=clerk, kind="badges")
    make_hall_print(failed)

    told = client.get(prints).content.decode()
    form = client.get(edit).context["form"]
    typed = {"name": "Trần Bình", "post": "Bí thư", "body": ""}
    begun_before = client.post(edit, typed | {"email": "x@vidu.vn"})
    client.post(edit, typed)
    again = order_hall_print(conference, by=clerk, kind="badges")
    make_hall_print(again)

    odd.refresh_from_db()
    again.refresh_from_db()
    assert told.count("/sua/") == told.count(f'href="{edit}"') == 1
    assert tuple(form.fields) == PRINTED
    assert "Hội nghị vừa bắt đầu" in begun_before.text
    assert (odd.name, odd.post, odd.email) == ("Trần Bình", "Bí thư", "b@vidu.vn")
    assert (again.state, again.copies) == ("done", 2)
    assert edit not in client.get(prints).content.decode()
    assert (
        f'href="{edit}"' in client.get(prints.replace("in-hoi-truong", "dai-bieu")).content.decode()
    )


def test_once_it_runs_only_what_is_printed_is_put_right_and_later_nothing(odd, clerk):
    now_in(ConferenceState.RUNNING, odd)
    for refused in (
        lambda: edit_participant(odd, by=clerk, name="Trần Bình", email="x@vidu.vn"),
        lambda: remove_participant(odd, by=clerk),
    ):
        with pytest.raises(RefusedError):
            refused()

    edit_participant(odd, by=clerk, name="Trần Bình")
    now_in(ConferenceState.CLOSED, odd)

    with pytest.raises(RefusedError):
        edit_participant(odd, by=clerk, name="Trần Văn Bình")
    assert (odd.name, odd.email) == ("Trần Bình", "b@vidu.vn")
