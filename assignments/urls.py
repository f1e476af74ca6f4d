"""Addresses of tasks, the inbox and the outbox."""

from django.urls import URLPattern, path

from assignments.views import contests, due, letters, tasks

app_name = "assignments"
urlpatterns: list[URLPattern] = [
    path("", tasks.list_, name="list"),
    path("<int:pk>/", tasks.detail, name="detail"),
    path("<int:pk>/tien-do/", tasks.note, name="note"),
    path("<int:pk>/bao-cao/", tasks.report, name="report"),
    path("<int:pk>/nghiem-thu/", tasks.accept, name="accept"),
    path("<int:pk>/tra-lai/", tasks.return_, name="return_"),
    path("<int:pk>/thoi-han/", tasks.change_due, name="change_due"),
    path("<int:pk>/thoi-han/de-nghi/", due.ask, name="ask_due"),
    path("<int:pk>/thoi-han/tinh-tiep/", due.resume, name="resume"),
    path("de-nghi-thoi-han/<int:pk>/", due.decide, name="decide_due"),
    path("de-nghi-thoi-han/<int:pk>/rut/", due.withdraw, name="withdraw_due"),
    path("<int:pk>/giam-sat/", tasks.comment, name="comment"),
    path("<int:pk>/xem-xet-lai/", contests.contest, name="contest"),
    path("de-nghi-xem-xet-lai/<int:pk>/", contests.answer, name="answer_contest"),
    path("<int:pk>/huy/", tasks.cancel, name="cancel"),
    path("minh-chung/<int:pk>/", tasks.evidence, name="evidence"),
    path("hop-thu/", letters.inbox, name="inbox"),
    path("hop-thu/<int:pk>/doc/", letters.read, name="read"),
    path("hop-thu/doc-het/", letters.read_all, name="read_all"),
    path("thu-da-gui/", letters.outbox, name="outbox"),
    path("thu-da-gui/<int:pk>/gui-lai/", letters.resend, name="resend"),
]
