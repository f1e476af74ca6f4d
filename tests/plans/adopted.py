"""An office, a plan as text, and what adopting it needs."""

import datetime
from pathlib import Path

from documents.actions.adopting import AnnexChoice, Chosen, PaperChoice, adopt_papers
from documents.reading import read_text
from documents.reading.pieces import hosts_of, introduction_verb, pieces_of
from organisations.models import Organisation, Role
from tests.factories.organisations import OrganisationFactory, UnitFactory, member

TEXTS = Path(__file__).parents[1] / "documents" / "reading" / "texts"
TODAY = datetime.date(2026, 3, 2)

PLAN = """ĐẢNG ỦY XÃ TÂN HÒA
*
Số 14-KH/ĐU

KẾ HOẠCH
tổ chức đối thoại giữa Bí thư Đảng ủy với Nhân dân năm 2026

Căn cứ Quyết định số 218-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị về góp ý xây dựng Đảng;
Ban Thường vụ Đảng ủy xây dựng kế hoạch như sau:

I- MỤC ĐÍCH, YÊU CẦU
- Lắng nghe ý kiến của Nhân dân.

II- THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: tháng 5/2026.
2. Địa điểm: Hội trường xã.

III- THÀNH PHẦN
- Đại biểu Nhân dân: khoảng 120 - 150 đại biểu.

IV- TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng ủy
- Chủ trì, phối hợp với UBND xã, Ban Xa Lạ và các cơ quan liên quan xây dựng báo cáo tổng hợp ý kiến, gửi về Đảng ủy trước ngày 05/5/2026.
2. Hội Không Có Tên
- Tuyên truyền đến hội viên.

Nơi nhận:
- Thường trực Tỉnh ủy (báo cáo),
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Nguyễn Văn An
"""


def commune():
    unit = UnitFactory(name="Tân Hòa")
    committee = OrganisationFactory(name="Đảng ủy xã Tân Hòa", short_name="Đảng ủy xã", unit=unit)
    office = OrganisationFactory(name="Văn phòng Đảng ủy xã Tân Hòa", short_name="Văn phòng Đảng ủy", symbol="VPĐU", unit=unit)  # fmt: skip
    people = OrganisationFactory(name="Ủy ban nhân dân xã Tân Hòa", short_name="UBND xã", symbol="UBND", system=Organisation.System.STATE, unit=unit)  # fmt: skip
    return committee, office, people


def chosen(papers, at, organisation, **changed):
    """A paper of a file with its appendices, taken as it was read."""
    paper, hosts = papers[at], hosts_of(papers)
    verb = introduction_verb(paper)
    changed.setdefault("header", {"introduction_verb": verb} if verb else {})
    return PaperChoice(
        paper=paper,
        pieces=taken(paper),
        organisation=organisation,
        type_code=paper.type or "CV",
        abstract=paper.abstract or "",
        annexes=tuple(
            AnnexChoice(one, one.abstract or "", taken(one, paper))
            for one, host in zip(papers, hosts, strict=True)
            if host == at
        ),
        **changed,
    )


def taken(paper, host=None):
    return tuple(Chosen(piece, piece.kind, piece.text) for piece in pieces_of(paper, host))


def adopt(text, organisation=None, by=None, **changed):
    organisation = organisation or commune()[0]
    by = by or member(Role.CLERK, organisation)
    papers = read_text(text).documents
    choices = [
        chosen(papers, at, organisation, **changed)
        for at, host in enumerate(hosts_of(papers))
        if host is None
    ]
    return adopt_papers(choices, by=by, today=TODAY, source="ke-hoach.docx")
