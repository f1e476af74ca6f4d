"""Addresses everybody may open."""

from django.urls import path, re_path

from dialogue.views import portal, published

app_name = "portal"
urlpatterns = [
    path("", portal.home, name="home"),
    path("cong-khai/ke-hoach/<int:pk>/", portal.plan, name="plan"),
    path("cong-khai/hoi-nghi/<int:pk>/", portal.conference, name="conference"),
    path("cong-khai/ket-luan/<int:pk>/", portal.conclusion, name="conclusion"),
    path("cong-khai/van-ban/<int:pk>.pdf", portal.paper, name="paper"),
    path("cong-khai/lich/", published.calendar, name="calendar"),
    path("cong-khai/lich.ics", published.calendar_file, name="calendar_file"),
    path("cong-khai/viec-da-hua/", published.promises_list, name="promises"),
    path("cong-khai/tra-loi/", published.answers, name="answers"),
    path("cong-khai/so-lieu/", published.numbers, name="numbers"),
    path("cong-khai/tin.atom", published.news, name="news"),
    path("cong-khai/du-lieu/", published.data, name="data"),
    re_path(
        r"^cong-khai/du-lieu/(?P<name>[a-z-]+)\.(?P<kind>csv|json)$",
        published.dataset,
        name="dataset",
    ),
    path("robots.txt", published.robots, name="robots"),
]
