"""Addresses of news by mail."""

from django.urls import path

from dialogue.following import views

app_name = "following"
urlpatterns = [
    path("hoi-nghi/<int:pk>/", views.follow, name="follow"),
    path("xac-nhan/<str:proof>/", views.confirm, name="confirm"),
    path("thoi-nhan/<str:proof>/", views.stop, name="stop"),
]
