"""The paper slip of a consultation: same questions, same notice as the web form."""

import datetime

from django.utils.translation import gettext as _

from core.dates import written_day
from documents.printing.slip import Slip, render_slip_pdf
from documents.skins import skin_for
from feedback.models import ConsentText, Consultation, Field, Question

LINES, FEWEST_LINES = 7, 3


def slip_of(consultation: Consultation, *, address: str, today: datetime.date) -> bytes:
    """The slip as PDF, with a QR code to the form at `address`."""
    organisation = consultation.organisation
    consent = ConsentText.objects.filter(organisation=organisation).order_by("-version").first()
    questions = list(consultation.questions.select_related("shown_if").order_by("position", "pk"))
    slip = Slip(
        organisation=organisation,
        skin=skin_for(organisation, today),
        purpose=_purpose(consultation),
        url=address,
        areas=[field.name for field in Field.objects.exclude(pk="OTHER").order_by("position")],
        notice=[f"**{head}:** {words}" for head, words in consent.blocks] if consent else [],
        consent=_("Tôi đồng ý cho %(office)s xử lý dữ liệu cá nhân nêu trên cho mục đích đã nêu.")
        % {"office": organisation.name},
        plan_reference=_plan_reference(consultation),
        questions=[(_words_of(question), question.choices) for question in questions],
        # What the office asks besides takes lines from the matter: both sides of one sheet do.
        matter_lines=max(FEWEST_LINES, LINES - len(questions)),
    )
    return render_slip_pdf(slip)


def _purpose(consultation: Consultation) -> str:
    """What the slip is collected for: every session it serves, the first one first."""
    more = consultation.also_for.order_by("pk").values_list("theme", flat=True)
    themes = list(dict.fromkeys([consultation.session.theme, *more]))
    if len(themes) == 1:
        return _("Hội nghị đối thoại: %(theme)s") % {"theme": themes[0]}
    numbered = [f"({place}) {theme}" for place, theme in enumerate(themes, start=1)]
    values = {"n": len(themes), "themes": "; ".join(numbered)}
    return _("%(n)s hội nghị đối thoại: %(themes)s") % values


def _words_of(question: Question) -> str:
    """A question as paper asks it: who is meant, what the ends of a scale mean, how to answer."""
    kinds, hints = Question.Kind, [question.help_text]
    ends = [line.strip() for line in question.options.splitlines() if line.strip()]
    if question.kind == kinds.SCALE and len(ends) > 1:
        hints.append(_("1 là %(low)s, 5 là %(high)s") % {"low": ends[0], "high": ends[1]})
    if question.kind == kinds.SEVERAL:
        hints.append(_("chọn một hoặc nhiều"))
    if question.shown_if is not None:
        words = {"label": question.shown_if.label, "value": question.shown_value}
        hints.append(_("chỉ trả lời nếu câu “%(label)s” chọn “%(value)s”") % words)
    said = "; ".join(hint for hint in hints if hint)
    ends_itself = question.label.endswith(("?", ":", "."))
    return question.label + ("" if ends_itself else ":") + (f" ({said})" if said else "")


def _plan_reference(consultation: Consultation) -> str:
    document = consultation.session.plan.document
    if document.dated_on is None:
        return ""
    return _("Kèm theo Kế hoạch số %(code)s, ngày %(day)s") % {
        "code": document.register_code,
        "day": written_day(document.dated_on),
    }
