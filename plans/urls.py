"""Addresses of plans and their sessions."""

from django.urls import path

from plans.views import (
    announcing,
    boards,
    chains,
    children,
    feeds,
    planning,
    sessions,
    starting,
    steps,
)

app_name = "plans"
urlpatterns = [
    path("", planning.list_, name="list"),
    path("bat-dau/", starting.start, name="start"),
    path("soan/", planning.create, name="create"),
    path("<int:pk>/nam-moi/", starting.renew, name="renew"),
    path("<int:pk>/nam-moi/bao-cao/", starting.renewed, name="renewed"),
    path("<int:pk>/lam-mau/", starting.template, name="template"),
    path("<int:pk>/", planning.detail, name="detail"),
    path("<int:pk>/thong-tin/", planning.edit, name="edit"),
    path("yeu-cau/<int:pk>/soan/", children.answer, name="answer"),
    # sessions and their preparation
    path("ky-doi-thoai/<int:pk>/", sessions.session, name="session"),
    path("ky-doi-thoai/<int:pk>/thoi-gian/", sessions.move, name="move"),
    path("ky-doi-thoai/<int:pk>/chuoi-viec/", steps.lay_chain, name="lay_chain"),
    path("ky-doi-thoai/<int:pk>/them-buoc/", steps.add_step, name="add_step"),
    path("ky-doi-thoai/<int:pk>/thong-bao/", announcing.announcements, name="announcements"),
    path("ky-doi-thoai/<int:pk>/thong-bao/<slug:kind>/lap/", announcing.announce, name="announce"),
    path("ky-doi-thoai/<int:pk>/ban-doc/", announcing.loudspeaker, name="loudspeaker"),
    path("ky-doi-thoai/<int:pk>/ap-phich-<slug:size>.pdf", announcing.poster, name="poster"),
    path("buoc/<int:pk>/sua/", steps.edit_step, name="edit_step"),
    path("buoc/<int:pk>/giao/", steps.hand_step, name="hand_step"),
    path("buoc/<int:pk>/xong/", steps.tick_step, name="tick_step"),
    path("buoc/<int:pk>/mo-lai/", steps.reopen_step, name="reopen_step"),
    path("buoc/<int:pk>/bo-qua/", steps.drop_step, name="drop_step"),
    path("chuoi-viec/", chains.chain, name="chain"),
    path("chuoi-viec/co-quan/<int:pk>/chep/", chains.copy_chain, name="copy_chain"),
    path("chuoi-viec/co-quan/<int:pk>/bo/", chains.drop_chain, name="drop_chain"),
    path("chuoi-viec/co-quan/<int:pk>/them/", chains.add_chain_step, name="add_chain_step"),
    path("chuoi-viec/<int:pk>/sua/", chains.edit_chain_step, name="edit_chain_step"),
    path("chuoi-viec/<int:pk>/xoa/", chains.remove_chain_step, name="remove_chain_step"),
    # the year
    path("lich/", boards.calendar, name="calendar"),
    path("lich/quy-dinh/", boards.obligations, name="obligations"),
    path("lich/quy-dinh/<int:pk>/sua/", boards.edit_obligation, name="edit_obligation"),
    path("lich/dang-ky/", feeds.subscribe, name="subscribe"),
    path("lich/dang-ky/tao/", feeds.make_key, name="make_key"),
    path("lich/dang-ky/thu-hoi/", feeds.revoke_key, name="revoke_key"),
    path("lich/<slug:secret>.ics", feeds.feed, name="feed"),
]
