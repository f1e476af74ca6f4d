"""Every address of the site."""

from allauth.account.urls import urlpatterns as account_pages
from django.urls import URLPattern, URLResolver, include, path

from conferences.urls import hall
from conferences.views.arriving import code_page
from conferences.views.inviting import answer_page
from dialogue.views import proof, staff, styleguide
from organisations import views as people

# An address is the administrator's to give: no pages on which people change theirs.
NOT_HERE = {"account_email", "account_email_verification_sent", "account_confirm_email"}
account = [page for page in account_pages if page.name not in NOT_HERE]
urlpatterns: list[URLPattern | URLResolver] = [
    path("y-kien/", include("feedback.urls")),
    path("", include("dialogue.portal_urls")),
    path(
        "tai-khoan/2fa/recovery-codes/download/",
        people.download_codes,
        name="mfa_download_recovery_codes",
    ),
    path("tai-khoan/2fa/", include("allauth.mfa.urls")),
    path("tai-khoan/password/reset/", people.reset_password, name="account_reset_password"),
    path("tai-khoan/", include(account)),
    path("viec-cua-toi/", staff.home, name="home"),
    path("tim/", staff.search, name="search"),
    path("hop-thu/", staff.inbox, name="inbox"),
    path("dau-vet/<slug:kind>/<int:pk>/", staff.trace, name="trace"),
    path("ai-sua-gi/<slug:kind>/<int:pk>/", proof.changes, name="changes"),
    path("so-kiem-toan/", proof.journal, name="journal"),
    path("don-vi/", include("organisations.urls")),
    path("van-ban/", include("documents.urls")),
    path("nhiem-vu/", include("assignments.urls")),
    path("ke-hoach/", include("plans.urls")),
    path("hoi-nghi/", include("conferences.urls")),
    path("v/<str:code>/", code_page, name="code"),
    path("v/<str:code>/<str:key>/", answer_page, name="answer"),
    path("hoi-truong/", include((hall, "hall"))),
    path("ket-luan/", include("conclusions.urls")),
    path("bao-cao/", include("dialogue.report_urls")),
    path("", include("dialogue.api.urls")),
    path("kenh-gui/", include("dialogue.channels.urls")),
    path("cong-khai/theo-doi/", include("dialogue.following.urls")),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz", staff.healthz, name="healthz"),
]
