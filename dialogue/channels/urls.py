"""Addresses of the ways out."""

from django.urls import path

from dialogue.channels.views import hooks, ways

app_name = "channels"
urlpatterns = [
    path("", ways.list_, name="list"),
    path("tam-dung/", ways.begin_pause, name="begin_pause"),
    path("tam-dung/<int:pk>/gui-tiep/", ways.end_pause, name="end_pause"),
    path("cong/them/", ways.add_gateway, name="add_gateway"),
    path("cong/<int:pk>/", ways.edit_gateway, name="edit_gateway"),
    path("cong/<int:pk>/thu-lai/", ways.wake, name="wake_gateway"),
    path("cach-nhan-cua-toi/", ways.my_texts, name="my_texts"),
    path("he-thong/", hooks.list_, name="hooks"),
    path("he-thong/them/<int:pk>/", hooks.add, name="add_hook"),
    path("he-thong/<int:pk>/", hooks.detail, name="hook"),
    path("he-thong/<int:pk>/sua/", hooks.edit, name="edit_hook"),
    path("he-thong/<int:pk>/gui-thu/", hooks.test, name="test_hook"),
    path("he-thong/<int:pk>/khoa-moi/", hooks.change_secret, name="change_secret"),
    path("he-thong/<int:pk>/thu-lai/", hooks.wake, name="wake_hook"),
    path("he-thong/<int:pk>/gui-lai/<int:message_pk>/", hooks.replay, name="replay"),
]
