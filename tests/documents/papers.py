"""Papers written for the printing tests: a long plan, a notice, minutes, an invitation, a letter."""

from datetime import date

from django.utils import timezone

from documents.models import Addressee, Clause, Document, DocumentType, Recipient, Skin
from documents.printing.paper import Extra, Paper, build_paper
from documents.skins import symbol_for
from organisations.models import AdministrativeUnit, Organisation, User
from tests.documents.words import ABSTRACTS, CLAUSES

PARTY, STATE = "PARTY_HD05_2026", "STATE_ND30_2020"
OLD_PARTY, UNION = "PARTY_HD36_2018", "UNION_GENERIC"
SKINS = (OLD_PARTY, PARTY, STATE, UNION)
TYPES = tuple(CLAUSES)


def issuer(skin: str) -> Organisation:
    """The Party committee or the People's Committee of one commune."""
    unit, _made = AdministrativeUnit.objects.get_or_create(
        name="Mỹ Thuận", kind="xã", level="commune"
    )
    shared = {"unit": unit, "place_name": "Mỹ Thuận"}
    if skin.startswith("PARTY"):
        return Organisation.objects.get_or_create(
            name="Đảng ủy xã Mỹ Thuận",
            defaults={
                **shared,
                "short_name": "Đảng ủy",
                "symbol": "ĐU",
                "system": "party",
                "function": "committee",
                "parent_heading": "Đảng bộ tỉnh Nghĩa An",
                "collective": "Ban Thường vụ",
                "archive_line": "Lưu Văn phòng Đảng ủy",
            },
        )[0]
    if skin == UNION:
        return Organisation.objects.get_or_create(
            name="Ủy ban Mặt trận Tổ quốc Việt Nam xã Mỹ Thuận",
            defaults={
                **shared,
                "short_name": "Mặt trận xã",
                "symbol": "MTTQ-BTT",
                "system": "front",
                "function": "front",
                "parent_heading": "Mặt trận Tổ quốc Việt Nam tỉnh Nghĩa An",
                "collective": "Ban Thường trực",
                "archive_line": "VT",
            },
        )[0]
    return Organisation.objects.get_or_create(
        name="Ủy ban nhân dân xã Mỹ Thuận",
        defaults={
            **shared,
            "short_name": "UBND xã",
            "symbol": "UBND",
            "system": "state",
            "function": "government",
            "collective": "Ủy ban nhân dân",
            "archive_line": "VT, VP",
        },
    )[0]


def document(type_code: str, skin: str, *, issued: bool = True, **changed: object) -> Document:
    """A stored paper with its clauses, addressees and recipients."""
    organisation = issuer(skin)
    user, _made = User.objects.get_or_create(email="soan@example.vn", full_name="Người Soạn")
    row = Document(
        type=DocumentType.objects.get(code=type_code),
        organisation=organisation,
        skin=Skin.objects.get(code=skin),
        place="Mỹ Thuận",
        abstract=ABSTRACTS[type_code],
        signer_post="Bí thư" if skin.startswith("PARTY") else "Chủ tịch",
        signer_name="Lê Thị Thu Hường",
        secretary_name="Phạm Gia Ưởng",
        created_by=user,
    )
    row.symbol = symbol_for(row.type, organisation, row.skin, "VP")
    if issued:
        row.state, row.number, row.dated_on = "issued", 5, date(2026, 2, 8)
        row.issued_at, row.pdf, row.pdf_sha256 = timezone.now(), "x.pdf", "0" * 64
        row.number_scope = type_code + skin
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    add_clauses(row, CLAUSES[type_code])
    _add_lines(row)
    return row


def add_clauses(row: Document, rows: list, parent: Clause | None = None) -> None:
    """Store (kind, text, children) below one another, level by level."""
    level = [(parent, position, *given) for position, given in enumerate(rows)]
    while level:
        made = [
            Clause(document=row, parent=above, position=position, kind=kind, text=text)
            for above, position, kind, text, *_below in level
        ]
        Clause.objects.bulk_create(made)
        level = [
            (clause, position, *given)
            for clause, (*_known, below) in zip(made, map(_with_children, level), strict=True)
            for position, given in enumerate(below)
        ]


def _with_children(given: tuple) -> tuple:
    return given if len(given) == 5 else (*given, [])


def _add_lines(row: Document) -> None:
    recipients = [
        ("Thường trực Tỉnh ủy", "report"),
        ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội xã", "carry_out"),
        ("Các chi bộ, các thôn", "carry_out"),
        ("Trang thông tin điện tử xã", ""),
    ]
    Recipient.objects.bulk_create(
        Recipient(document=row, position=position, text=text, purpose=purpose)
        for position, (text, purpose) in enumerate(recipients)
    )
    if row.type_id in {"CV", "TTr", "PC"}:
        Addressee.objects.bulk_create(
            Addressee(document=row, position=position, text=text)
            for position, text in enumerate(["Các thôn trong xã", "Ủy ban Mặt trận Tổ quốc xã"])
        )


def paper(type_code: str, skin: str, *, extra: Extra | None = None, **changed: object) -> Paper:
    """The same, ready to be drawn."""
    row = document(type_code, skin, **changed)
    return build_paper(row, list(row.clauses.all()), extra=extra)
