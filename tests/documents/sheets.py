"""Papers as the linter reads them, without a database."""

import datetime
from typing import Any

from core.calendar import WorkingCalendar
from documents.checks.registry import all_rules
from documents.checks.settings import Settings
from documents.checks.sheet import Sheet
from documents.models import Clause, ClauseKind, Document, LegalBasis, Recipient
from organisations.models import AdministrativeUnit, Organisation

DAY = datetime.date
TODAY = DAY(2026, 5, 8)
K = ClauseKind


def paper(
    *texts: tuple[str, str] | str,
    bases: dict[int, LegalBasis] | None = None,
    recipients: tuple[tuple[str, str], ...] = (("Chi bộ", ""), ("Lưu VP", "archive")),
    settings: dict[str, str] | None = None,
    today: datetime.date = TODAY,
    level: str = "commune",
    symbol: str = "ĐU",
    attached: bool = False,
    above: str = "",
    **header: Any,
) -> Sheet:
    """A paper with these clauses (a bare text is a paragraph), numbered 1, 2, 3…"""
    unit = AdministrativeUnit(pk=1, name="Tân Hòa", kind="xã", level=level)
    body = Organisation(
        pk=1, name="Đảng ủy xã", short_name="Đảng ủy", system="party", symbol=symbol, unit=unit
    )
    given = {
        "type_id": "KH",
        "abstract": "đối thoại với Nhân dân năm 2026",
        "place": "Tân Hòa",
        "collective": "Ban Thường vụ",
        "signer_post": "Bí thư",
        "signer_name": "Nguyễn Văn An",
        "relates_to": Document(abstract=above) if above else None,
        **header,
    }
    rows = [text if isinstance(text, tuple) else (K.TEXT, text) for text in texts]
    clauses = [
        Clause(pk=n, position=n, kind=kind, text=text) for n, (kind, text) in enumerate(rows, 1)
    ]
    sheet = Sheet(
        document=Document(pk=1, organisation=body, **given),
        today=today,
        clauses=clauses,
        bases=bases or {},
        recipients=[Recipient(text=text, purpose=purpose) for text, purpose in recipients],
        settings=Settings(settings),
    )
    vars(sheet).update(
        calendar=WorkingCalendar(), own_posts=["Bí thư Đảng ủy"], has_attachments=attached
    )
    return sheet


def said(code: str, subject: Any) -> list[tuple[str, int | None]]:
    """What one rule says about a subject: message and clause."""
    rule = next(rule for rule in all_rules() if rule.code == code)
    return [(hit.message, hit.clause_id) for hit in rule.check(subject)]
