"""The office's pages of what a consultation asks: scope, questions, preview, what was answered."""

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core.access import require
from core.http import once
from feedback import queries, rules
from feedback.actions import asking
from feedback.forms.public import OpinionForm
from feedback.forms.questions import QuestionForm, ScopeForm
from feedback.forms.sorting import WatchWordsForm
from feedback.models import Consultation, Question
from feedback.queries.marks import words_of
from feedback.views.common import OFFICE_ONLY, Act, load_consultation, show_act
from organisations.http import UserRequest
from organisations.models import Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _load_own(request: UserRequest, pk: int) -> Consultation:
    row = load_consultation(request, pk)
    require(rules.may_run_consultation(request.user, row), OFFICE_ONLY)
    return row


@require_http_methods(["GET", "POST"])
@once
def consultation_scope(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_own(request, pk)
    names = ("also_for", "units", "invited", "topics")
    initial = {name: getattr(row, name).all() for name in names} | {"open_to": row.open_to}
    form = ScopeForm(
        request.POST or None, consultation=row, today=timezone.localdate(), initial=initial
    )
    if form.is_valid():
        asking.set_scope(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi ai được gửi và gửi về việc gì."))
        return redirect(row)
    return show_act(request, _act(row, _("Hỏi ai, về việc gì"), _("Lưu")), form)


@require_http_methods(["GET", "POST"])
@once
def questions(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_own(request, pk)
    form = QuestionForm(request.POST or None, earlier=row.questions.all())
    if form.is_valid():
        asking.write_question(row, by=request.user, **form.cleaned_data)
        return redirect("feedback:questions", row.pk)
    asked = row.questions.select_related("shown_if").order_by("position", "pk")
    context = {"consultation": row, "questions": asked, "form": form}
    return render(request, "feedback/questions.html", context)


@require_http_methods(["GET", "POST"])
@once
def question_edit(request: UserRequest, pk: int, question_pk: int) -> HttpResponse:
    row = _load_own(request, pk)
    question = get_object_or_404(Question.objects.filter(consultation=row), pk=question_pk)
    initial = {name: getattr(question, name) for name in QuestionForm.base_fields}
    earlier = row.questions.filter(position__lt=question.position)
    form = QuestionForm(request.POST or None, earlier=earlier, initial=initial)
    if form.is_valid():
        asking.write_question(row, by=request.user, question=question, **form.cleaned_data)
        return redirect("feedback:questions", row.pk)
    return show_act(request, _act(row, _("Sửa câu hỏi"), _("Lưu")), form)


@require_POST
@once
def question_remove(request: UserRequest, pk: int, question_pk: int) -> HttpResponse:
    row = _load_own(request, pk)
    question = get_object_or_404(
        Question.objects.select_related("consultation").filter(consultation=row), pk=question_pk
    )
    asking.remove_question(question, by=request.user)
    return redirect("feedback:questions", row.pk)


@require_http_methods(["GET", "POST"])
def preview(request: UserRequest, pk: int) -> HttpResponse:
    """The citizen's form as it will be; whatever is pressed here, nothing is sent or kept."""
    row = _load_own(request, pk)
    form = OpinionForm(row, timezone.localdate(), request.POST if request.POST else None)
    is_sent = "send" in request.POST and form.is_valid()
    form.shows_errors = "send" in request.POST and not is_sent
    context = {"form": form, "consultation": row, "is_preview": True, "is_sent": is_sent}
    return render(request, "feedback/public_form.html", context)


@require_GET
def answers(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_own(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="cau-tra-loi-{row.slug}.xlsx"'}
    return HttpResponse(_book_of(row), content_type=XLSX, headers=headers)


def _book_of(row: Consultation) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Câu trả lời"))
    for line in queries.rows_of_answers(row):
        cells = [WriteOnlyCell(sheet, value=str(value)) for value in line]
        for cell in cells:
            cell.data_type = "s"  # what begins with "=" is words here, never a formula
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@require_http_methods(["GET", "POST"])
@once
def watch_words(request: UserRequest, pk: int) -> HttpResponse:
    mine = Organisation.objects.filter(pk__in=request.user.organisation_ids())
    office = get_object_or_404(mine, pk=pk)
    require(rules.may_set_watch_words(request.user, office), OFFICE_ONLY)
    form = WatchWordsForm(request.POST or None, initial={"words": "\n".join(words_of(office.pk))})
    if form.is_valid():
        asking.set_watch_words(office, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu từ ngữ cần lưu ý."))
        return redirect("feedback:list")
    return show_act(request, _act_of_words(), form)


def _act_of_words() -> Act:
    text = _("Ý kiến có các từ này chỉ được đánh dấu cho người đọc; không ý kiến nào bị chặn.")
    return Act(
        title=_("Từ ngữ cần lưu ý"),
        button=_("Lưu"),
        back_url=reverse("feedback:list"),
        back_label=_("Ý kiến"),
        text=text,
    )


def _act(row: Consultation, title: str, button: str) -> Act:
    return Act(title=title, button=button, back_url=row.get_absolute_url(), back_label=row.title)
