"""Letters and notices made from a session of an issued plan (domain.md §3.9–3.10)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from documents.actions import ClauseDraft
from documents.models import ClauseKind
from plans.queries.calls import Call, until

K = ClauseKind


def public_notice(call: Call) -> list[ClauseDraft]:
    """Thông báo tổ chức hội nghị: time, place, matter, who may come, how to send opinions."""
    issuer = call.document.organisation.name
    words = _("%(issuer)s thông báo tổ chức %(conference)s như sau:")
    facts = _facts(call)
    return [
        ClauseDraft(K.LEGAL_BASIS, call.citation),
        ClauseDraft(K.INTRODUCTION, words % {"issuer": issuer, "conference": call.conference}),
        ClauseDraft(K.HEADING, _("Nội dung, thời gian, địa điểm"), _lines(facts)),
        ClauseDraft(
            K.HEADING,
            _("Gửi ý kiến, kiến nghị trước hội nghị"),
            [ClauseDraft(K.TEXT, text) for text in _ways(call)],
        ),
        ClauseDraft(
            K.CLOSING,
            _("%(issuer)s thông báo để các cơ quan, đơn vị và Nhân dân biết, tham dự")
            % {"issuer": issuer},
        ),
    ]


def request_letter(call: Call) -> list[ClauseDraft]:
    """Công văn: make the conference known, hand out slips, gather opinions."""
    lead = _(
        "Thực hiện %(plan)s, %(issuer)s đề nghị các cơ quan, đơn vị phối hợp tuyên truyền và "
        "chuẩn bị %(conference)s như sau:"
    )
    shown = {
        "plan": call.citation,
        "issuer": call.document.organisation.name,
        "conference": call.conference,
    }
    tell = _(
        "Thông báo rộng rãi thời gian, địa điểm, nội dung hội nghị; mục đích, ý nghĩa, nguyên tắc "
        "đối thoại, quyền và trách nhiệm của người tham gia qua họp thôn, hệ thống truyền thanh, "
        "trang thông tin điện tử và niêm yết công khai."
    )
    return [
        ClauseDraft(K.INTRODUCTION, lead % shown),
        ClauseDraft(K.HEADING, _("Thông tin về hội nghị"), _lines(_facts(call))),
        ClauseDraft(
            K.HEADING,
            _("Việc đề nghị thực hiện"),
            [ClauseDraft(K.TEXT, text) for text in (tell, _gather(call))],
        ),
        ClauseDraft(K.CLOSING, _("Đề nghị các cơ quan, đơn vị quan tâm thực hiện")),
    ]


def invitation_letter(call: Call) -> list[ClauseDraft]:
    """Công văn mời: bodies are asked to send people, by the quotas of the plan."""
    lead = _("Thực hiện %(plan)s, %(issuer)s trân trọng kính mời và đề nghị cử đại biểu dự:")
    shown = {"plan": call.citation, "issuer": call.document.organisation.name}
    groups = [
        ClauseDraft(K.FACT_LINE, _group(line.group.clause.text, line.quota)) for line in call.groups
    ]
    sections = [
        ClauseDraft(K.INTRODUCTION, lead % shown),
        ClauseDraft(
            K.HEADING,
            call.conference,
            _lines(_facts(call)),
        ),
    ]
    if groups:
        sections.append(ClauseDraft(K.HEADING, _("Thành phần, số lượng"), groups))
    ask = _(
        "Đề nghị các cơ quan, đơn vị gửi danh sách đại biểu trước hội nghị; đại biểu đến trước giờ "
        "khai mạc 15 phút để đăng ký"
    )
    return [*sections, ClauseDraft(K.CLOSING, ask)]


def _facts(call: Call) -> list[tuple[str, str]]:
    rows = [
        (_("Nội dung"), call.theme),
        (_("Thời gian"), call.when),
        (_("Địa điểm"), call.place),
        (_("Hình thức"), call.form.lower()),
        (_("Chủ trì"), "; ".join(call.chairs)),
        (_("Đối tượng"), call.audience),
        (_("Địa bàn"), ", ".join(call.units)),
    ]
    return [(label, said) for label, said in rows if said]


def _lines(facts: Sequence[tuple[str, str]]) -> list[ClauseDraft]:
    return [ClauseDraft(K.FACT_LINE, f"{label}: {said}.") for label, said in facts]


def _ways(call: Call) -> list[str]:
    """How a person can be heard before the conference."""
    day = until(call)
    by = _(" trước khi hết ngày %(day)s") % {"day": day} if day else ""
    texts = [
        _(
            "Ông/Bà gửi ý kiến, kiến nghị%(by)s bằng phiếu tại thôn, tổ dân phố hoặc trực tiếp "
            "tại %(office)s."
        )
        % {"by": by, "office": call.document.organisation.name}
    ]
    if call.way:
        texts.append(_("Gửi qua mạng tại địa chỉ %(url)s.") % {"url": call.way.url})
    if call.contact:
        texts.append(_("Cần hỏi thêm, xin liên hệ: %(contact)s.") % {"contact": call.contact})
    return texts


def _gather(call: Call) -> str:
    day = until(call)
    text = _("Phát phiếu lấy ý kiến, tổng hợp ý kiến, kiến nghị của Nhân dân gửi về %(office)s")
    said = text % {"office": call.document.organisation.name}
    return said + (_(" chậm nhất ngày %(day)s.") % {"day": day} if day else ".")


def _group(text: str, quota: str) -> str:
    title = text.split("\n")[0].rstrip(".;")
    has_number = any(letter.isdigit() for letter in title)
    return f"{title}." if has_number or not quota else f"{title}: {quota}."
