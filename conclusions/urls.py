"""Addresses of conclusions, petitions and results."""

from django.urls import include, path

from conclusions.views import archives, notices, petitions, results

app_name = "conclusions"
petition_paths = [
    path("", petitions.petitions, name="petitions"),
    path("moi/<int:notice_pk>/", petitions.petition_create, name="petition_create"),
    path("<int:pk>/", petitions.petition, name="petition"),
    path("<int:pk>/van-ban.pdf", petitions.petition_paper, name="petition_paper"),
    path("<int:pk>/huy/", petitions.petition_cancel, name="petition_cancel"),
    path("<int:pk>/tiep-nhan/", petitions.petition_receive, name="petition_receive"),
    path("<int:pk>/tra-lai/", petitions.petition_return, name="petition_return"),
    path("<int:pk>/<int:item_pk>/sua/", petitions.line_edit, name="line_edit"),
    path("<int:pk>/<int:item_pk>/giao/", petitions.line_give, name="line_give"),
    path("<int:pk>/<int:item_pk>/tra-loi/", petitions.line_answer, name="line_answer"),
]
urlpatterns = [
    path("", notices.list_, name="list"),
    path("kien-nghi/", include(petition_paths)),
    path("diem/<int:pk>/tra-loi/", results.result_tell, name="result_tell"),
    path("ket-qua/<int:pk>/", results.result, name="result"),
    path("ket-qua/<int:pk>/da-bao/<int:reply_pk>/", results.result_told, name="result_told"),
    path("<int:pk>/", notices.detail, name="detail"),
    path("<int:pk>/giao-soan/", notices.hand_drafting, name="hand_drafting"),
    path("<int:pk>/gui-van-phong/", notices.finish_drafting, name="finish_drafting"),
    path("<int:pk>/them-diem/", notices.add_points, name="add_points"),
    path("<int:pk>/khong-ket-luan/", notices.leave_out, name="leave_out"),
    path("<int:pk>/khong-ket-luan/<int:left_pk>/", notices.take_back_in, name="take_back_in"),
    path("hoi-nghi/<int:conference_id>/soan/", notices.draft, name="draft"),
    path("hoi-nghi/<int:conference_id>/ho-so/", archives.case_file, name="case_file"),
    path(
        "hoi-nghi/<int:conference_id>/ho-so/<int:pk>.zip",
        archives.case_file_taken,
        name="case_file_taken",
    ),
]
