"""Addresses of bodies, accounts, the calendar and the clocks."""

from django.urls import path

from organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.list_, name="list"),
    path("don-vi/them/", views.create_unit, name="create_unit"),
    path("don-vi/<int:pk>/sua/", views.edit_unit, name="edit_unit"),
    path("bang-tinh/nap/", views.import_, name="import_"),
    path("bang-tinh/nap/xac-nhan/", views.confirm_import, name="confirm_import"),
    path("bang-tinh/tai/<slug:kind>/", views.export, name="export"),
    path("them/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/chuc-vu/them/", views.add_post, name="add_post"),
    path("<int:pk>/nhiem-ky/them/", views.add_term, name="add_term"),
    path("<int:pk>/thanh-vien/them/", views.add_member, name="add_member"),
    path("thanh-vien/<int:pk>/ket-thuc/", views.end_membership, name="end_membership"),
    path("vang-mat/", views.absences, name="absences"),
    path("vang-mat/<int:pk>/ket-thuc/", views.cancel_absence, name="cancel_absence"),
    path("lich/<int:year>/", views.calendar, name="calendar"),
    path("lich/ngay/<slug:date>/xoa/", views.remove_day, name="remove_day"),
    path("lich/<int:year>/xac-nhan/", views.sign_off, name="sign_off"),
    path("thoi-han/", views.deadline_rules, name="deadline_rules"),
    path("thoi-han/<int:pk>/sua/", views.edit_deadline_rule, name="edit_deadline_rule"),
]
