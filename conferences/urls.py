"""Addresses of conferences."""

from django.urls import path

from conferences.views import preparing, running

app_name = "conferences"
urlpatterns = [
    path("", preparing.list_, name="list"),
    path("ky-hop/<int:session_id>/tao/", preparing.create, name="create"),
    path("<int:pk>/", preparing.detail, name="detail"),
    path("<int:pk>/sua/", preparing.edit, name="edit"),
    path("<int:pk>/huy/", preparing.cancel, name="cancel"),
    path("<int:pk>/chuong-trinh/them/", preparing.agenda_add, name="agenda_add"),
    path("<int:pk>/chuong-trinh/<int:item_id>/sua/", preparing.agenda_edit, name="agenda_edit"),
    path("<int:pk>/chuong-trinh/<int:item_id>/chuyen/", preparing.agenda_move, name="agenda_move"),
    path("<int:pk>/chuong-trinh/<int:item_id>/xoa/", preparing.agenda_remove, name="agenda_remove"),
    path("<int:pk>/dai-bieu/", preparing.participants, name="participants"),
    path(
        "<int:pk>/dai-bieu/<int:participant_id>/xoa/",
        preparing.participant_remove,
        name="participant_remove",
    ),
    path("<int:pk>/giay-moi/soan/", preparing.draft_invitation, name="draft_invitation"),
    path("<int:pk>/giay-moi/", preparing.invitations, name="invitations"),
    path("<int:pk>/giay-moi/in/", preparing.order_invitations, name="order_invitations"),
    path(
        "<int:pk>/giay-moi/<int:order_id>.pdf",
        preparing.invitations_file,
        name="invitations_file",
    ),
    path("<int:pk>/bien-ban/soan/", preparing.draft_minutes, name="draft_minutes"),
    path("<int:pk>/dieu-hanh/", running.run, name="run"),
    path("<int:pk>/dieu-hanh/bat-dau/", running.start, name="start"),
    path("<int:pk>/dieu-hanh/ket-thuc/", running.close, name="close"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/bat-dau/", running.item_start, name="item_start"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/ket-thuc/", running.item_end, name="item_end"),
    path("<int:pk>/phat-bieu/them/", running.turn_add, name="turn_add"),
    path("<int:pk>/phat-bieu/<int:turn_id>/moi/", running.turn_start, name="turn_start"),
    path("<int:pk>/phat-bieu/<int:turn_id>/ket-thuc/", running.turn_end, name="turn_end"),
    path("<int:pk>/phat-bieu/<int:turn_id>/xoa/", running.turn_remove, name="turn_remove"),
    path("<int:pk>/trao-doi/them/", running.exchange_add, name="exchange_add"),
    path("<int:pk>/trao-doi/<int:exchange_id>/sua/", running.exchange_edit, name="exchange_edit"),
]
