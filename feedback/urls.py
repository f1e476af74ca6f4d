"""Addresses of consultations and opinions, below /y-kien/."""

from django.urls import path

from feedback.views import public

app_name = "feedback"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("tra-cuu/", public.track, name="track"),
    path("<slug:slug>/", public.public_form, name="public_form"),
]
