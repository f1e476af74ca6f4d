"""Addresses of plans and their sessions."""

from django.urls import path

from plans.views import planning, sessions

app_name = "plans"
urlpatterns = [
    path("", planning.list_, name="list"),
    path("soan/", planning.create, name="create"),
    path("lich/", sessions.calendar, name="calendar"),
    path("<int:pk>/", planning.detail, name="detail"),
    path("<int:pk>/thong-tin/", planning.edit, name="edit"),
    path("ky-doi-thoai/<int:pk>/", sessions.session, name="session"),
]
