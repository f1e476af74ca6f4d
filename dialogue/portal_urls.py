"""Addresses everybody may open."""

from django.urls import path

from dialogue.views import portal

app_name = "portal"
urlpatterns = [
    path("", portal.home, name="home"),
    path("cong-khai/ke-hoach/<int:pk>/", portal.plan, name="plan"),
    path("cong-khai/hoi-nghi/<int:pk>/", portal.conference, name="conference"),
    path("cong-khai/ket-luan/<int:pk>/", portal.conclusion, name="conclusion"),
    path("cong-khai/van-ban/<int:pk>.pdf", portal.paper, name="paper"),
]
