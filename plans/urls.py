"""Addresses of plans and their sessions."""

from django.urls import path

from plans import views

app_name = "plans"
urlpatterns = [
    path("", views.list_, name="list"),
    path("soan/", views.create, name="create"),
    path("lich/", views.calendar, name="calendar"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/thong-tin/", views.edit, name="edit"),
    path("ky-doi-thoai/<int:pk>/", views.session, name="session"),
]
