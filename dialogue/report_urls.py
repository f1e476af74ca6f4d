"""Addresses of figures and reports."""

from django.urls import path

from dialogue.views import reports

app_name = "reports"
urlpatterns = [
    path("", reports.board, name="board"),
    path("so-lieu/", reports.figures, name="figures"),
    path("so-sanh/", reports.compare, name="compare"),
    path("so-lieu/y-kien/", reports.matters, name="matters"),
    path("so-lieu/viec/", reports.work, name="work"),
    path("so-lieu/hoi-nghi/", reports.held, name="held"),
    path("van-ban/", reports.list_, name="list"),
    path("van-ban/soan/", reports.draft, name="draft"),
    path("van-ban/soan/hoi-nghi/<int:pk>/", reports.draft_conference, name="draft_conference"),
    path("van-ban/<int:pk>/", reports.detail, name="detail"),
    path("van-ban/<int:pk>.xlsx", reports.sheet, name="sheet"),
    path("ky/", reports.periods, name="periods"),
    path("ky/<slug:kind>/", reports.period, name="period"),
]
