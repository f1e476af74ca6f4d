"""What the notice-board poster of a session says."""

from django.utils.translation import gettext as _

from core.dates import written_day
from documents.printing.poster import Poster
from plans.queries.calls import Call


def poster_of(call: Call) -> Poster:
    """The poster: time, place, chairs, and how to send opinions."""
    rows = ((_("Thời gian"), call.when), (_("Địa điểm"), call.place))
    chairs = tuple((_("Chủ trì") if n == 0 else "", name) for n, name in enumerate(call.chairs))
    more = ((_("Đối tượng"), call.audience),)
    answers = [_("Ghi phiếu và gửi trưởng thôn, tổ trưởng dân phố.")]
    if call.opinions_by:
        answers.append(_("Hạn gửi: hết ngày %(day)s.") % {"day": written_day(call.opinions_by)})
    if call.contact:
        answers.append(_("Liên hệ: %(contact)s.") % {"contact": call.contact})
    return Poster(
        issuer=call.document.organisation.name,
        title=call.conference,
        theme=call.theme,
        facts=[(label, said) for label, said in (*rows, *chairs, *more) if said],
        call=_("Mời bà con gửi ý kiến"),
        answers=answers,
        qr_text=call.way.url if call.way else "",
        qr_caption=_("Quét mã bằng điện thoại: %(url)s") % {"url": call.way.url}
        if call.way
        else "",
    )
