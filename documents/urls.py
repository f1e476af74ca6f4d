"""Addresses of official documents."""

from django.urls import path

from documents import views
from documents.views import checking

app_name = "documents"
urlpatterns = [
    path("", views.register, name="register"),
    path("trinh-bay/<slug:code>/<str:version>.css", views.skin_css, name="skin_css"),
    path("so/", views.book, name="book"),
    path("so.pdf", views.book_pdf, name="book_pdf"),
    path("so.xlsx", views.book_xlsx, name="book_xlsx"),
    path("so/giu-so/", views.reserve, name="reserve"),
    path("so/<int:pk>/", views.number, name="number"),
    path("so/<int:pk>/ghi/", views.outside, name="outside"),
    path("so/<int:pk>/huy/", views.void, name="void"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/soan/", views.edit, name="edit"),
    path("<int:pk>/phan-dau/", views.header, name="header"),
    path("<int:pk>/noi-nhan/", views.recipients, name="recipients"),
    path("<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("<int:pk>/lam-lai/", views.redo, name="redo"),
    path("<int:pk>/co-mat/", views.presence, name="presence"),
    path("<int:pk>/hieu-cau-chu/", views.readings, name="readings"),
    path("<int:pk>/doan/them/", views.clause_add, name="clause_add"),
    path("<int:pk>/doan/<int:clause_pk>/", views.clause_edit, name="clause_edit"),
    path("<int:pk>/doan/<int:clause_pk>/dong/", views.clause_row, name="clause_row"),
    path("<int:pk>/doan/<int:clause_pk>/gop/", views.clause_merge, name="clause_merge"),
    path("<int:pk>/doan/<int:clause_pk>/tach/", views.clause_split, name="clause_split"),
    path("<int:pk>/doan/<int:clause_pk>/chuyen/", views.clause_move, name="clause_move"),
    path("<int:pk>/doan/<int:clause_pk>/xoa/", views.clause_remove, name="clause_remove"),
    path("<int:pk>/kiem-tra/", checking.check, name="check"),
    path("<int:pk>/kiem-tra/bo-qua/", checking.waive, name="waive"),
    path("<int:pk>/kiem-tra/bo-qua/<int:waiver_pk>/", checking.unwaive, name="unwaive"),
    path("quy-tac-kiem-tra/", checking.check_rules, name="check_rules"),
    path("quy-tac-kiem-tra/<slug:code>/", checking.check_setting, name="check_setting"),
    path("<int:pk>/trinh-ky/", views.submit, name="submit"),
    path("<int:pk>/tra-lai/", views.return_, name="return_"),
    path("<int:pk>/ban-hanh/", views.issue, name="issue"),
    path("<int:pk>/thu-hoi/", views.revoke, name="revoke"),
    path("<int:pk>/gop-y/", views.comments, name="comments"),
    path("<int:pk>/gop-y/<int:comment_pk>/tra-loi/", views.comment_reply, name="comment_reply"),
    path("<int:pk>/gop-y/<int:comment_pk>/da-sua/", views.comment_mend, name="comment_mend"),
    path("<int:pk>/sua-doi/", views.amend, name="amend"),
    path("<int:pk>/sua-doi/cach-ban-hanh/", views.amendment, name="amendment"),
    path("<int:pk>/so-sanh/", views.changes, name="changes"),
    path("<int:pk>/ban-in/", views.preview, name="preview"),
    path("<int:pk>/ban-in.pdf", views.pdf, name="pdf"),
    path("<int:pk>/ban-in.docx", views.docx, name="docx"),
    path("<int:pk>/tep/<int:attachment_pk>/", views.attachment, name="attachment"),
]
