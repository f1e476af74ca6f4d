"""Remarks on a draft, clause by clause."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.http import once
from documents import actions, facts, forms, queries, rules
from documents.models import Clause, Comment, Document
from documents.printing.places import lines_of
from documents.views.reading import load_document
from organisations.http import UserRequest


@dataclass(frozen=True)
class Line:
    """One clause of the page: how deep it stands, where, and what was said about it."""

    clause: Clause
    depth: int
    place: str
    comments: list[Comment]


@require_http_methods(["GET", "POST"])
@once
def comments(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    require(rules.may_read_comments(request.user, document), rules.NOT_COMMENTING)
    asked = request.GET.get("clause", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() else None
    clause = get_object_or_404(document.clauses, pk=chosen) if chosen else None
    form = forms.CommentForm(request.POST or None)
    if form.is_valid():
        made = actions.comment_document(
            document, by=request.user, clause=clause, **form.cleaned_data
        )
        return _back(document, made.pk)
    context = {"document": document, "form": form, "chosen": clause, **_threads(document)}
    context["may_comment"] = rules.may_comment_document(request.user, document)
    context["owner"] = facts.owner_of(document)
    return render(request, "documents/comments.html", context)


def _threads(document: Document) -> dict[str, object]:
    """Every clause with its comments; those on the whole or on clauses that are gone apart."""
    at: dict[int | None, list[Comment]] = {}
    for comment in queries.comments_of(document):
        at.setdefault(comment.clause_id, []).append(comment)
    clauses = queries.clauses_of(document)
    lines = [
        Line(row.clause, row.depth, row.place, at.get(row.clause.pk, []))
        for row in lines_of(document, clauses)
    ]
    return {"lines": lines, "whole": at.get(None, [])}


def _load(request: UserRequest, pk: int, comment_pk: int) -> Comment:
    document = load_document(request, pk)
    comment: Comment = get_object_or_404(document.comments, pk=comment_pk)
    comment.document = document
    return comment


def _back(document: Document, comment_pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{document.comments_url}#gop-y-{comment_pk}")


@require_POST
@once
def comment_reply(request: UserRequest, pk: int, comment_pk: int) -> HttpResponse:
    comment = _load(request, pk, comment_pk)
    form = forms.CommentForm(request.POST)
    if form.is_valid():
        actions.reply_comment(comment, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Chưa gửi trả lời: hãy viết nội dung, tối đa 2.000 ký tự."))
    return _back(comment.document, comment.pk)


@require_POST
def comment_mend(request: UserRequest, pk: int, comment_pk: int) -> HttpResponse:
    comment = _load(request, pk, comment_pk)
    if request.POST.get("again"):
        actions.reopen_comment(comment, by=request.user)
    else:
        actions.mend_comment(comment, by=request.user)
    return _back(comment.document, comment.pk)
