"""Addresses of conferences."""

from django.urls import path

from conferences import views

app_name = "conferences"
urlpatterns = [
    path("", views.list_, name="list"),
    path("ky-hop/<int:session_id>/tao/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/huy/", views.cancel, name="cancel"),
    path("<int:pk>/chuong-trinh/them/", views.agenda_add, name="agenda_add"),
    path("<int:pk>/chuong-trinh/<int:item_id>/sua/", views.agenda_edit, name="agenda_edit"),
    path("<int:pk>/chuong-trinh/<int:item_id>/chuyen/", views.agenda_move, name="agenda_move"),
    path("<int:pk>/chuong-trinh/<int:item_id>/xoa/", views.agenda_remove, name="agenda_remove"),
    path("<int:pk>/dai-bieu/", views.participants, name="participants"),
    path(
        "<int:pk>/dai-bieu/<int:participant_id>/xoa/",
        views.participant_remove,
        name="participant_remove",
    ),
    path("<int:pk>/giay-moi/soan/", views.draft_invitation, name="draft_invitation"),
    path("<int:pk>/giay-moi/in.pdf", views.invitations, name="invitations"),
    path("<int:pk>/bien-ban/soan/", views.draft_minutes, name="draft_minutes"),
    path("<int:pk>/dieu-hanh/", views.run, name="run"),
    path("<int:pk>/dieu-hanh/bat-dau/", views.start, name="start"),
    path("<int:pk>/dieu-hanh/ket-thuc/", views.close, name="close"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/bat-dau/", views.item_start, name="item_start"),
    path("<int:pk>/dieu-hanh/muc/<int:item_id>/ket-thuc/", views.item_end, name="item_end"),
    path("<int:pk>/phat-bieu/them/", views.turn_add, name="turn_add"),
    path("<int:pk>/phat-bieu/<int:turn_id>/moi/", views.turn_start, name="turn_start"),
    path("<int:pk>/phat-bieu/<int:turn_id>/ket-thuc/", views.turn_end, name="turn_end"),
    path("<int:pk>/phat-bieu/<int:turn_id>/xoa/", views.turn_remove, name="turn_remove"),
    path("<int:pk>/trao-doi/them/", views.exchange_add, name="exchange_add"),
    path("<int:pk>/trao-doi/<int:exchange_id>/sua/", views.exchange_edit, name="exchange_edit"),
]
