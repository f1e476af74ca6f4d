"""Addresses of consultations and opinions, below /y-kien/; the citizens' own are the short ones."""

from django.urls import path

from feedback.views import (
    collect,
    consultations,
    groups,
    imports,
    matters,
    opinions,
    public,
    sorting,
    voices,
)

app_name = "feedback"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("tra-cuu/", public.track, name="track"),
    path("tra-cuu/<int:pk>/bo-sung/", voices.track_add, name="track_add"),
    path("tra-cuu/<int:pk>/rut/", voices.track_withdraw, name="track_withdraw"),
    path("tra-cuu/<int:pk>/ket-qua/", voices.track_verdict, name="track_verdict"),
    path("tra-cuu/du-lieu/", voices.track_data, name="track_data"),
    path("xac-nhan-thu/<str:proof>/", voices.email_confirm, name="email_confirm"),
    path("van-phong/", opinions.list_, name="list"),
    path("van-phong/dot/", consultations.consultations, name="consultations"),
    path(
        "van-phong/dot/moi/<int:session_id>/",
        consultations.consultation_create,
        name="consultation_create",
    ),
    path("van-phong/dot/<int:pk>/", consultations.consultation, name="consultation"),
    path("van-phong/dot/<int:pk>/sua/", consultations.consultation_edit, name="consultation_edit"),
    path("van-phong/dot/<int:pk>/mo/", consultations.consultation_open, name="consultation_open"),
    path(
        "van-phong/dot/<int:pk>/dong/", consultations.consultation_close, name="consultation_close"
    ),
    path(
        "van-phong/dot/<int:pk>/gia-han/",
        consultations.consultation_extend,
        name="consultation_extend",
    ),
    path("van-phong/dot/<int:pk>/phieu.pdf", consultations.slip, name="slip"),
    path("van-phong/dot/<int:consultation_pk>/phieu/", collect.paper_create, name="paper_create"),
    path("van-phong/dot/<int:consultation_pk>/bang/", collect.sheet_create, name="sheet_create"),
    path(
        "van-phong/dot/<int:consultation_pk>/bang-tinh/", imports.import_create, name="import_create"
    ),
    path(
        "van-phong/dot/<int:consultation_pk>/bang-tinh/mau.xlsx",
        imports.import_template,
        name="import_template",
    ),
    path("van-phong/dot/<int:consultation_pk>/luoi/", collect.grid, name="grid"),
    path("van-phong/bang-tinh/<int:pk>/", imports.import_sheet, name="import_sheet"),
    path("van-phong/bang-tinh/<int:pk>/nhan/", imports.import_accept, name="import_accept"),
    path("van-phong/bang-tinh/<int:pk>/bo/", imports.import_drop, name="import_drop"),
    path("van-phong/bang-tinh/<int:pk>/can-sua.xlsx", imports.import_rest, name="import_rest"),
    path("van-phong/dot/<int:consultation_pk>/cong-bo/", groups.release, name="release"),
    path("van-phong/phieu-cua-toi/", collect.my_entries, name="my_entries"),
    path("van-phong/<int:pk>/", opinions.opinion, name="opinion"),
    path("van-phong/<int:pk>/phan-loai/", opinions.classify, name="classify"),
    path("van-phong/<int:pk>/de-ngoai/", opinions.decline, name="decline"),
    path("van-phong/<int:pk>/mo-lai/", opinions.reopen, name="reopen"),
    path("van-phong/<int:pk>/chuyen-ngoai/", opinions.route_out, name="route_out"),
    path("van-phong/<int:pk>/gop/", groups.group_add, name="group_add"),
    path("van-phong/<int:pk>/tach/", groups.ungroup, name="ungroup"),
    path("van-phong/<int:pk>/tep/<int:file_pk>/", opinions.file, name="file"),
    path("van-phong/van-de/", groups.groups, name="groups"),
    path("van-phong/van-de/moi/", groups.group_create, name="group_create"),
    path("van-phong/van-de/<int:pk>/", groups.group, name="group"),
    path("van-phong/van-de/<int:pk>/giao/", groups.ask, name="ask"),
    path("van-phong/van-de/<int:pk>/tra-loi/", groups.answer, name="answer"),
    path("van-phong/van-de/<int:pk>/tra-loi/gui/", groups.answer_submit, name="answer_submit"),
    path("van-phong/van-de/<int:pk>/tra-loi/lai/", groups.answer_return, name="answer_return"),
    path("van-phong/van-de/<int:pk>/tra-loi/duyet/", groups.answer_accept, name="answer_accept"),
    path("van-phong/van-de/<int:pk>/nhap/", sorting.group_merge, name="group_merge"),
    path("van-phong/van-de/<int:pk>/tach-ra/", sorting.group_unmerge, name="group_unmerge"),
    path("van-phong/van-de/<int:pk>/cong-khai/", sorting.group_publish, name="group_publish"),
    path("van-phong/van-de/<int:pk>/da-neu/", sorting.group_remember, name="group_remember"),
    path("van-phong/van-de/<int:pk>/khong-phai/", sorting.group_forget, name="group_forget"),
    path("van-phong/bo-loc/", sorting.filter_save, name="filter_save"),
    path("van-phong/bo-loc/<int:pk>/xoa/", sorting.filter_forget, name="filter_forget"),
    path("van-phong/tiep-cong-dan/", matters.matters, name="matters"),
    path("van-phong/tiep-cong-dan/<int:pk>/", matters.matter, name="matter"),
    path(
        "van-phong/tiep-cong-dan/<int:pk>/tep/<int:file_pk>/",
        matters.matter_file,
        name="matter_file",
    ),
    path("van-phong/tiep-cong-dan/<int:pk>/ban-giao/", matters.hand_over, name="hand_over"),
    path("<slug:slug>/", public.public_form, name="public_form"),
]
