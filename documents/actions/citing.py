"""The register of legal bases: entering, completing, marking as replaced, citing the newer one."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import record
from documents import rules
from documents.actions.bases import propose_basis
from documents.actions.clauses import edit_clause
from documents.models import Clause, ClauseBasis, LegalBasis
from organisations.models import Organisation, User

FIELDS = ("kind", "number", "body", "date", "title")


def add_basis(*, by: User, organisation: Organisation | None, **values: object) -> LegalBasis:
    """Enter a paper others will cite; RefusedError if it is in the register already."""
    require(rules.may_keep_bases(by), rules.NOT_BASES)
    basis = LegalBasis(added_by=organisation, **values)
    _save(basis)
    record(basis, by=by, note=_("Nhập vào danh mục"))
    return basis


def edit_basis(basis: LegalBasis, *, by: User, **values: object) -> None:
    """Complete or correct an entry; papers already issued keep their own words."""
    require(rules.may_edit_basis(by, basis), rules.NOT_BASES)
    before = f"{basis} · {basis.body} · {basis.date or ''}"
    for name in FIELDS:
        setattr(basis, name, values.get(name, getattr(basis, name)))
    _save(basis)
    record(basis, by=by, note=_("Sửa; trước đó: %(before)s") % {"before": before})


@transaction.atomic
def replace_basis(
    basis: LegalBasis, *, by: User, new: LegalBasis, since: datetime.date | None
) -> None:
    """Mark an entry as replaced by another since a day; drafts that cite it are warned."""
    require(rules.may_keep_bases(by), rules.NOT_BASES)
    # One at a time: two people must not close a circle together.
    rows = {row.pk: row for row in LegalBasis.objects.select_for_update().order_by("pk")}
    at: LegalBasis | None = rows.get(new.pk)
    while at is not None:
        if at.pk == basis.pk:
            raise RefusedError(_("Văn bản mới đang được ghi là bị chính văn bản này thay thế."))
        at = rows.get(at.replaced_by_id or 0)
    basis.replaced_by, basis.replaced_on = new, since
    basis.save(update_fields=["replaced_by", "replaced_on"])
    record(basis, by=by, note=_("Được thay thế bằng %(new)s") % {"new": new})


def restore_basis(basis: LegalBasis, *, by: User) -> None:
    """Take the mark away."""
    require(rules.may_keep_bases(by), rules.NOT_BASES)
    basis.replaced_by, basis.replaced_on = None, None
    basis.save(update_fields=["replaced_by", "replaced_on"])
    record(basis, by=by, note=_("Bỏ dấu đã thay thế"))


def swap_basis(clause: Clause, *, by: User) -> LegalBasis:
    """Let a clause of a draft cite the paper that stands in the place of the one it cites.

    The words are those of the newer paper; the old ones stay in the clause's history.
    """
    tie = ClauseBasis.objects.filter(clause=clause).select_related("basis").first()
    newest = newest_of(tie.basis) if tie else None
    if tie is None or newest is None or newest.pk == tie.basis_id:
        raise RefusedError(_("Căn cứ này chưa được ghi là đã thay thế, nên không có gì để đổi."))
    fact = {"basis": newest}
    edit_clause(clause, by=by, version=clause.version, text=propose_basis(clause, fact), fact=fact)
    return newest


def newest_of(basis: LegalBasis) -> LegalBasis:
    """The end of the chain of replacements."""
    while basis.replaced_by is not None:
        basis = basis.replaced_by
    return basis


def _save(basis: LegalBasis) -> None:
    try:
        with transaction.atomic():
            basis.save()
    except IntegrityError as error:
        raise RefusedError(
            _("Danh mục đã có văn bản cùng loại, số, ngày và cơ quan ban hành; hãy dùng mục đó.")
        ) from error
