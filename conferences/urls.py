"""Addresses of conferences."""

from django.urls import path

from conferences.views import agenda, conference, exchanges, papers, people, queue, running

app_name = "conferences"
urlpatterns = [
    path("", conference.list_, name="list"),
    path("ky-hop/<int:session_id>/tao/", conference.create, name="create"),
    path("<int:pk>/", conference.detail, name="detail"),
    path("<int:pk>/sua/", conference.edit, name="edit"),
    path("<int:pk>/huy/", conference.cancel, name="cancel"),
    path("<int:pk>/chuong-trinh/them/", agenda.agenda_add, name="agenda_add"),
    path("<int:pk>/chuong-trinh/<int:item_id>/sua/", agenda.agenda_edit, name="agenda_edit"),
    path("<int:pk>/chuong-trinh/<int:item_id>/chuyen/", agenda.agenda_move, name="agenda_move"),
    path("<int:pk>/chuong-trinh/<int:item_id>/xoa/", agenda.agenda_remove, name="agenda_remove"),
    path("<int:pk>/dai-bieu/", people.participants, name="participants"),
    path(
        "<int:pk>/dai-bieu/<int:participant_id>/xoa/",
        people.participant_remove,
        name="participant_remove",
    ),
    path("<int:pk>/giay-moi/soan/", papers.draft_invitation, name="draft_invitation"),
    path("<int:pk>/giay-moi/", papers.invitations, name="invitations"),
    path("<int:pk>/giay-moi/in/", papers.order_invitations, name="order_invitations"),
    path(
        "<int:pk>/giay-moi/<int:order_id>.pdf",
        papers.invitations_file,
        name="invitations_file",
    ),
    path("<int:pk>/bien-ban/soan/", papers.draft_minutes, name="draft_minutes"),
    path("<int:pk>/dieu-hanh/", running.run, name="run"),
    path("<int:pk>/dieu-hanh/bat-dau/", running.start, name="start"),
    path("<int:pk>/dieu-hanh/ket-thuc/", running.close, name="close"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/bat-dau/", running.item_start, name="item_start"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/ket-thuc/", running.item_end, name="item_end"),
    path("<int:pk>/phat-bieu/them/", queue.turn_add, name="turn_add"),
    path("<int:pk>/phat-bieu/<int:turn_id>/moi/", queue.turn_start, name="turn_start"),
    path("<int:pk>/phat-bieu/<int:turn_id>/ket-thuc/", queue.turn_end, name="turn_end"),
    path("<int:pk>/phat-bieu/<int:turn_id>/xoa/", queue.turn_remove, name="turn_remove"),
    path("<int:pk>/trao-doi/them/", exchanges.exchange_add, name="exchange_add"),
    path("<int:pk>/trao-doi/<int:exchange_id>/sua/", exchanges.exchange_edit, name="exchange_edit"),
]
