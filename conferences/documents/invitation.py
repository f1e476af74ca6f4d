"""What the invitation says (giấy mời)."""

from django.utils.translation import gettext as _

from conferences.models import Conference
from core.dates import written_moment
from core.text import fold
from documents.actions import ClauseDraft
from documents.models import ClauseKind
from plans.models import DialogueSession


def conference_title(session: DialogueSession) -> str:
    """What a session's conference is called unless the office says otherwise."""
    theme = session.theme
    if fold(theme).startswith("doi thoai"):
        return _("Hội nghị %(theme)s") % {"theme": theme[:1].lower() + theme[1:]}
    return _("Hội nghị đối thoại: %(theme)s") % {"theme": theme}


def invitation_clauses(conference: Conference, *, note: str = "") -> list[ClauseDraft]:
    """The body of the invitation; the guest's name and post are filled in when it is merged."""
    lines = [
        _("%(organisation)s trân trọng kính mời: [khách mời]")
        % {"organisation": conference.organisation.name},
        _("Tới dự: %(title)s") % {"title": conference.title},
        _("Chủ trì: %(chair)s") % {"chair": conference.chair},
        _("Thời gian: %(time)s") % {"time": written_moment(conference.starts_at)},
        _("Địa điểm: %(place)s") % {"place": conference.place},
    ]
    if conference.seats is not None:
        lines.append(_("Chỗ ngồi: [chỗ ngồi]"))
    if note:
        lines.append(_("Lưu ý: %(note)s") % {"note": note})
    return [
        *(ClauseDraft(ClauseKind.FACT_LINE, line) for line in lines),
        ClauseDraft(
            ClauseKind.CLOSING,
            _("Rất mong quý đại biểu dành thời gian tham dự để hội nghị đạt kết quả tốt."),
        ),
    ]
