"""Addresses of tasks, the inbox and the outbox."""

from django.urls import URLPattern

app_name = "assignments"
urlpatterns: list[URLPattern] = []
