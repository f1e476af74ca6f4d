"""The paper opinion slip: the citizen form as boxes and dotted lines (domain.md §3.1, §2.9)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from documents.models import Skin
from documents.printing.outline import Block, Column, Table
from documents.printing.paper import Paper, Qr
from documents.printing.pdf import render_pdf
from organisations.models import Organisation


@dataclass(frozen=True)
class Slip:
    """What one consultation prints on its slips.

    `purpose` ends the sentence “phục vụ …”; `notice` are the paragraphs a person must read before
    agreeing, `consent` the sentence beside the empty box: both come from the consultation, so that
    paper and web carry the same version. `questions` are the office's own with their choices, if any. `matters` is how many opinions one sheet has room for.
    """

    organisation: Organisation
    skin: Skin
    purpose: str
    url: str
    areas: Sequence[str]
    notice: Sequence[str]
    consent: str
    plan_reference: str = ""
    code: str = ""
    questions: Sequence[tuple[str, Sequence[str]]] = ()
    matters: int = 1
    matter_lines: int = 7


def render_slip_pdf(slip: Slip) -> bytes:
    """The slip ready to be copied and handed out."""
    return render_pdf(build_slip(slip))


def build_slip(slip: Slip) -> Paper:
    """The slip as a paper: heading by the issuer's system, fields, notice, code to the web form."""
    blocks = [
        *_opening(slip),
        Block("notice", "\n".join(slip.notice)),
        *_person(),
        *_matters(slip),
        *(_asked(question, choices) for question, choices in slip.questions),
        *_wishes(),
        Block("choices", options=(slip.consent,)),
        Block("field", _("Ngày góp ý:")),
        Block("field", _("Người góp ý (ký tên, không bắt buộc):")),
        Block("table", table=_reception()),
    ]
    return Paper(
        title=_("Phiếu lấy ý kiến, kiến nghị"),
        skin_code=slip.skin.pk,
        profile=slip.skin.profile,
        organisation=slip.organisation.name.upper(),
        parent_organisation=slip.organisation.parent_heading.upper(),
        type_code="PYK",
        type_name=_("PHIẾU LẤY Ý KIẾN, KIẾN NGHỊ"),
        abstract=_("phục vụ %s") % slip.purpose,
        blocks=tuple(replace(block, level=2) for block in blocks),
        qr=Qr(slip.url, _("Quét mã để gửi ý kiến bằng điện thoại: %s") % slip.url),
    )


def _asked(question: str, choices: Sequence[str]) -> Block:
    """A question of the office's own: boxes to tick, or lines to write on."""
    if choices:
        return Block("choices", question, options=tuple(choices))
    return Block("field", question, lines=2)


def _reception() -> Table:
    """What the collector fills in when the slip comes back."""
    columns = (_("Nơi tiếp nhận"), _("Ngày nhận"), _("Mã ý kiến"), _("Người nhập"))
    return Table(
        tuple(Column(title) for title in columns),
        (("\u00a0",) * len(columns),),
        caption=_("Phần dành cho nơi tiếp nhận"),
    )


def _opening(slip: Slip) -> list[Block]:
    blocks = []
    if slip.plan_reference:
        blocks.append(Block("centre", f"*({slip.plan_reference})*"))
    if slip.code:
        blocks.append(Block("centre", _("Mã phiếu: **%s**") % slip.code))
    return blocks


def _person() -> list[Block]:
    return [
        Block("field", _("Họ và tên (không bắt buộc):")),
        Block("field", _("Thôn, xóm, tổ dân phố:")),
        Block("field", _("Điện thoại hoặc địa chỉ (nếu muốn được trả lời riêng):")),
        Block(
            "choices",
            _("Ông/Bà là:"),
            options=(
                _("Nhân dân"),
                _("Cán bộ, công chức"),
                _("Đoàn viên, hội viên"),
                _("Doanh nghiệp, hợp tác xã"),
                _("Khác"),
            ),
        ),
    ]


def _matters(slip: Slip) -> list[Block]:
    """One group of fields per matter: one matter, one group, one answer."""
    blocks = []
    for number in range(1, slip.matters + 1):
        if slip.matters > 1:
            blocks.append(Block("subtitle", _("**Việc thứ %d**") % number))
        blocks += [
            Block("choices", _("Lĩnh vực:"), options=(*slip.areas, _("Khác"))),
            Block(
                "choices",
                _("Loại ý kiến:"),
                options=(
                    _("Kiến nghị"),
                    _("Phản ánh"),
                    _("Hỏi, đề nghị giải đáp"),
                    _("Góp ý xây dựng Đảng, chính quyền"),
                ),
            ),
            Block(
                "field", _("Nội dung (nêu rõ việc, địa điểm, thời gian):"), lines=slip.matter_lines
            ),
            Block("field", _("Đề xuất, hướng giải quyết:"), lines=2),
            Block("choices", _("Đã kiến nghị lần nào chưa?"), options=(_("Chưa"), _("Rồi"))),
            Block("field", _("Nếu rồi: cơ quan nào, khi nào, kết quả ra sao:"), lines=1),
            Block(
                "choices",
                _("Theo Ông/Bà, cấp nào giải quyết?"),
                options=(_("Xã"), _("Tỉnh"), _("Trung ương"), _("Không rõ")),
            ),
        ]
    return blocks


def _wishes() -> list[Block]:
    return [
        Block(
            "choices",
            _("Muốn nhận trả lời:"),
            options=(_("Tại hội nghị"), _("Bằng văn bản"), _("Qua điện thoại")),
        ),
        Block("choices", _("Đăng ký phát biểu tại hội nghị:"), options=(_("Có"),)),
    ]
