"""Numbers of the register: taken in order, reserved, used, voided with a reason, never lost."""

import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.text import fold
from core.transitions import move, record
from documents import queries, rules, skins
from documents.models import Document, DocumentType, RegisterNumber
from documents.states import NumberState
from organisations.models import Organisation, User


def number_scope(organisation: Organisation, day: datetime.date) -> str:
    """Within what numbers run on a day; RefusedError if the term is not entered."""
    scope = queries.scope_on(organisation, day)
    require(
        bool(scope),
        _("Chưa khai báo nhiệm kỳ của %(body)s cho ngày %(day)s nên chưa cấp được số.")
        % {"body": organisation.name, "day": f"{day:%d/%m/%Y}"},
    )
    return scope


def take_number(organisation: Organisation, type_code: str, scope: str) -> int:
    """The next number, its row locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_numbersequence AS s "
            "(organisation_id, type_id, scope, last_number) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (organisation_id, type_id, scope) "
            "DO UPDATE SET last_number = s.last_number + 1 RETURNING last_number",
            [organisation.pk, type_code, scope],
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def reserve_number(
    organisation: Organisation, *, by: User, type_code: str, today: datetime.date, abstract: str
) -> RegisterNumber:
    """Keep the next number for a paper still to be dated, or one prepared outside the software."""
    require(rules.may_reserve_number(by, organisation), rules.NOT_NUMBERING)
    kind = DocumentType.objects.get(pk=type_code)
    scope = number_scope(organisation, today)
    symbol = skins.symbol_for(kind, organisation, skins.skin_for(organisation, today))
    line = RegisterNumber.objects.create(
        organisation=organisation,
        type=kind,
        scope=scope,
        number=take_number(organisation, type_code, scope),
        symbol=symbol,
        abstract=abstract,
        given_by=by,
        given_on=today,
    )
    _fold(line)
    record(line, by=by, note=_("Giữ số"), to_state=NumberState.RESERVED)
    return line


def record_paper(
    line: RegisterNumber,
    *,
    by: User,
    dated_on: datetime.date,
    abstract: str,
    signer_name: str,
    recipients: str,
) -> None:
    """Enter the paper prepared outside the software that bears a reserved number."""
    require(rules.may_reserve_number(by, line.organisation), rules.NOT_NUMBERING)
    move(
        line,
        NumberState.USED,
        by=by,
        note=_("Ghi văn bản lập ngoài phần mềm"),
        dated_on=dated_on,
        abstract=abstract,
        signer_name=signer_name,
        recipients=recipients,
    )
    _fold(line)


@transaction.atomic
def enter_number(
    paper: Document, *, by: User, today: datetime.date, reserved: RegisterNumber | None = None
) -> None:
    """Write the register's line of a paper just issued, or put it on the number kept for it."""
    if reserved is not None:
        note = _("Dùng cho %(paper)s") % {"paper": paper}
        move(reserved, NumberState.USED, by=by, note=note, document=paper, dated_on=today)
        _fold(reserved)
        return
    line = RegisterNumber.objects.create(
        organisation=paper.organisation,
        type=paper.type,
        scope=paper.number_scope,
        number=paper.number or 0,
        symbol=paper.symbol,
        state=NumberState.USED,
        document=paper,
        dated_on=today,
        given_by=by,
        given_on=today,
    )
    _fold(line)


def _fold(line: RegisterNumber) -> None:
    """What one searches the register in: the words without accents."""
    paper = line.document
    line.folded = fold(
        f"{line.type.name} {line.code} {paper.abstract if paper else line.abstract} "
        f"{paper.signer_name if paper else line.signer_name} {line.recipients}"
    )
    line.save(update_fields=["folded"])


def hold_reserved(paper: Document, reserved: RegisterNumber, scope: str) -> RegisterNumber:
    """Lock the number kept for a paper; RefusedError if it is not one of its own series or gone."""
    line = RegisterNumber.objects.select_for_update(of=("self",)).filter(pk=reserved.pk).first()
    is_of_series = line is not None and (
        (line.organisation_id, line.type_id, line.scope)
        == (paper.organisation_id, paper.type_id, scope)
    )
    if line is None or not is_of_series or line.state != NumberState.RESERVED:
        raise RefusedError(
            _(
                "Số đã chọn không còn giữ, hoặc không cùng cơ quan, loại văn bản và kỳ; hãy chọn lại."
            )
        )
    return line
