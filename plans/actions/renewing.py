"""A new plan out of last year's or of a template, with a report of what was changed."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import require
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.text import fold
from core.timephrase import PhraseError, TimePhrase, parse
from core.transitions import record
from documents.actions import RecipientDraft, create_document
from documents.actions.amending import copy_clauses, copy_facts
from documents.models import Clause, ClauseBasis, ClauseKind, Document
from organisations.models import Membership, Organisation, User
from organisations.queries import heirs_of
from plans import rules
from plans.actions.planning import PLAN_TYPE
from plans.models import (
    Assignee,
    CopyNote,
    DialogueSession,
    Duty,
    ParticipantGroup,
    Plan,
    SessionChair,
)
from plans.queries.renewal import falls_on, shift_years

NOTE_LENGTH = 600
KEPT_HEADER = ("introduction_verb",)


@transaction.atomic
def renew_plan(source: Plan, *, by: User, year: int, today: datetime.date) -> Plan:
    """Begin the plan of another year from an older plan or a template of the same organisation.

    Times move with the year, dissolved bodies give way to their only successor, signer and place
    are those of today; what a person must decide is noted (`CopyNote.needs_look`). Raises
    RefusedError unless `by` is a clerk of the organisation.
    """
    old = source.document
    require(
        rules.may_create_plan(by, old.organisation),
        _("Chỉ chuyên viên của %(body)s được soạn kế hoạch của cơ quan này.")
        % {"body": old.organisation.short_name},
    )
    work = _Renewal(source, year=year, by=by, today=today)
    plan = work.begin()
    work.renew()
    CopyNote.objects.bulk_create(work.notes)
    label = old.register_code or source.template_name or str(source.year)
    record(plan.document, by=by, note=_("Lập từ kế hoạch %(source)s") % {"source": label})
    return plan


@transaction.atomic
def name_template(plan: Plan, *, by: User, name: str) -> None:
    """Keep a plan as a template under a name; an empty name takes it off the list."""
    require(
        rules.may_name_template(by, plan),
        _("Chỉ chuyên viên của cơ quan ban hành được đặt kế hoạch này làm mẫu."),
    )
    plan.template_name = name
    plan.save(update_fields=["template_name"])
    words = _("Đặt làm mẫu “%(name)s”") % {"name": name} if name else _("Thôi dùng làm mẫu")
    record(plan.document, by=by, note=words)


class _Renewal:
    """The steps of one copy; collects the notes."""

    def __init__(self, source: Plan, *, year: int, by: User, today: datetime.date) -> None:
        self.source, self.year, self.by, self.today = source, year, by, today
        self.notes: list[CopyNote] = []
        self.calendar = WorkingCalendar.load(year)
        self.heirs: dict[int, Organisation | None] = {}
        self.plan: Plan

    def begin(self) -> Plan:
        """The new paper with all clauses and facts of the old one."""
        old = self.source.document
        abstract = shift_years(old.abstract, self.source.year, self.year).text
        new = create_document(
            organisation=old.organisation,
            type_code=PLAN_TYPE,
            abstract=abstract,
            by=self.by,
            today=self.today,
            recipients=self._recipients(old),
            addressees=[row.text for row in old.addressees.order_by("position")],
            **{name: getattr(old, name) for name in KEPT_HEADER},
        )
        self.plan = Plan.objects.create(
            document=new,
            year=self.year,
            host=self.source.host,
            counterpart=self.source.counterpart,
            copied_from=self.source,
        )
        copy_facts(copy_clauses(old, new, self.by), self.by)
        Clause.objects.filter(document=new).update(carried_from=None)
        self._signer(old, new)
        return self.plan

    def renew(self) -> None:
        """Everything that a new year changes."""
        self._bodies()
        self._words()
        self._sessions()
        self._duties()
        self._bases()

    def _note(self, text: str, clause_id: int | None = None, *, look: bool = False) -> None:
        self.notes.append(
            CopyNote(plan=self.plan, clause_id=clause_id, needs_look=look, text=text[:NOTE_LENGTH])
        )

    # --- header ---

    def _recipients(self, old: Document) -> list[RecipientDraft]:
        rows = list(old.recipients.select_related("organisation").order_by("position"))
        self._find_heirs(row.organisation for row in rows if row.organisation)
        lines = []
        for row in rows:
            heir = self.heirs.get(row.organisation_id or 0, row.organisation)
            text = heir.name if heir and heir != row.organisation else row.text
            lines.append(RecipientDraft(text, row.purpose, heir))
        return lines

    def _signer(self, old: Document, new: Document) -> None:
        for row in old.recipients.all():
            self._say_heir(row.organisation_id, row.text, None)
        if (old.signer_post, old.signer_name) != (new.signer_post, new.signer_name):
            shown = {
                "old": f"{old.signer_post} {old.signer_name}",
                "new": f"{new.signer_post} {new.signer_name}".strip() or "…",
            }
            words = _("Người ký: %(old)s → %(new)s.")
            self._note(words % shown, look=not new.signer_name)

    # --- bodies ---

    def _find_heirs(self, bodies: Iterable[Organisation]) -> None:
        """For dissolved bodies the only successor in force, None where somebody must choose."""
        ended = {row.pk: row for row in bodies if row.valid_to and row.valid_to < self.today}
        for pk, body in ended.items():
            if pk not in self.heirs:
                heirs = heirs_of(body, self.today)
                self.heirs[pk] = heirs[0] if len(heirs) == 1 else None

    def _say_heir(self, pk: int | None, name: str, clause_id: int | None) -> None:
        if pk not in self.heirs:
            return
        heir = self.heirs[pk]
        if heir:
            words = _("“%(old)s” đã kết thúc hoạt động; thay bằng “%(new)s”.")
            self._note(words % {"old": name, "new": heir.name}, clause_id)
        else:
            words = _("“%(old)s” đã kết thúc hoạt động; hãy chọn cơ quan kế thừa.")
            self._note(words % {"old": name}, clause_id, look=True)

    def _bodies(self) -> None:
        """Dissolved bodies among assignees, helpers, receivers and selectors."""
        assigned = Assignee.organisations.through.objects.filter(assignee__plan=self.plan)
        helping = Duty.cooperating.through.objects.filter(duty__plan=self.plan)
        named_in = Duty.organisations.through.objects.filter(duty__plan=self.plan)
        duties = list(Duty.objects.filter(plan=self.plan).select_related("send_to", "via"))
        groups = list(ParticipantGroup.objects.filter(plan=self.plan).select_related("selector"))
        ties: list[Any] = [
            *assigned.select_related("organisation", "assignee"),
            *helping.select_related("organisation", "duty"),
            *named_in.select_related("organisation", "duty"),
        ]
        single: list[tuple[Duty | ParticipantGroup, str]] = [
            *((duty, name) for duty in duties for name in ("send_to", "via")),
            *((group, "selector") for group in groups),
        ]
        named = [getattr(row, name) for row, name in single]
        self._find_heirs([row for row in [*(t.organisation for t in ties), *named] if row])
        for tie in ties:
            owner = tie.assignee if hasattr(tie, "assignee") else tie.duty
            self._replace_tie(tie, owner.clause_id)
        for row, name in single:
            body = getattr(row, name)
            if body and body.pk in self.heirs:
                self._say_heir(body.pk, body.name, row.clause_id)
                setattr(row, name, self.heirs[body.pk])
        Duty.objects.bulk_update(duties, ["send_to", "via"])
        ParticipantGroup.objects.bulk_update(groups, ["selector"])

    def _replace_tie(self, tie: Any, clause_id: int) -> None:
        body = tie.organisation
        if body.pk not in self.heirs:
            return
        self._say_heir(body.pk, body.name, clause_id)
        heir = self.heirs[body.pk]
        owner = {
            field.attname: getattr(tie, field.attname)
            for field in tie._meta.concrete_fields
            if not field.primary_key and field.name != "organisation"
        }
        tie.delete()
        if heir:
            type(tie).objects.get_or_create(organisation=heir, **owner)

    # --- words and times ---

    def _words(self) -> None:
        """The years in the words; names of bodies with one heir."""
        clauses = list(Clause.objects.filter(document=self.plan.document))
        names = self._renamed()
        for clause in clauses:
            if clause.kind == ClauseKind.LEGAL_BASIS:
                continue
            shifted = shift_years(clause.text, self.source.year, self.year)
            text = shifted.text
            for old, new in names:
                text = text.replace(old, new)
            clause.text = text
            if shifted.changed:
                self._note(_("Đã đổi %(list)s.") % {"list": "; ".join(shifted.changed)}, clause.pk)
            if shifted.impossible:
                words = _("%(days)s không có trong lịch; hãy ghi ngày khác.")
                self._note(words % {"days": ", ".join(shifted.impossible)}, clause.pk, look=True)
            if shifted.kept:
                words = _("Giữ nguyên %(list)s vì là trích dẫn văn bản; hãy xem lại.")
                self._note(words % {"list": ", ".join(shifted.kept)}, clause.pk, look=True)
        Clause.objects.bulk_update(clauses, ["text"])

    def _renamed(self) -> list[tuple[str, str]]:
        rows = Organisation.objects.filter(pk__in=[pk for pk, heir in self.heirs.items() if heir])
        pairs = [(row.name, heir.name) for row in rows if (heir := self.heirs[row.pk])]
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    def _shifted(self, phrase: TimePhrase | None, clause_id: int) -> TimePhrase | None:
        """The phrase in the new year; the old one with a note if it cannot be moved."""
        if phrase is None or (phrase.is_relative and phrase.start is None):
            return phrase
        literal = shift_years(phrase.literal, self.source.year, self.year).text
        try:
            return parse(literal, year=self.year)
        except PhraseError:
            words = _("“%(phrase)s” không chuyển được sang năm mới; hãy ghi lại thời gian.")
            self._note(words % {"phrase": phrase.literal}, clause_id, look=True)
            return None

    def _look_at_day(self, day: datetime.date | None, clause_id: int) -> None:
        why = self.calendar.why_off(day) if day else ""
        if day and why:
            words = _("Ngày %(day)s của năm mới là ngày nghỉ (%(why)s); hãy chọn ngày khác.")
            self._note(words % {"day": written_day(day), "why": why}, clause_id, look=True)

    def _sessions(self) -> None:
        rows = list(self.plan.sessions.prefetch_related("units", "chairs"))
        for row in rows:
            row.time = self._shifted(row.time, row.clause_id)
            dated = row.time if row.time and row.time.is_deadline else None
            row.earliest_on = dated.start if dated else None
            row.latest_on = dated.end if dated else None
            row.fixed_on = None
            row.theme = shift_years(row.theme, self.source.year, self.year).text
            self._look_at_day(falls_on(row.earliest_on, row.latest_on), row.clause_id)
            for unit in row.units.all():
                if unit.valid_to and unit.valid_to < self.today:
                    row.units.remove(unit)
                    words = _("Địa bàn “%(unit)s” không còn; hãy chọn lại.")
                    self._note(words % {"unit": unit}, row.clause_id, look=True)
        names = ["time", "earliest_on", "latest_on", "fixed_on", "theme"]
        DialogueSession.objects.bulk_update(rows, names)
        self._chairs([chair for row in rows for chair in row.chairs.all()], rows)

    def _chairs(self, chairs: Sequence[SessionChair], rows: Sequence[DialogueSession]) -> None:
        """Chairs who signed the old plan are today's signer; others who hold no post are noted."""
        old, new = self.source.document, self.plan.document
        clauses = {row.pk: row.clause_id for row in rows}
        names = {chair.name for chair in chairs if chair.name}
        today = Membership.objects.current(self.today)
        known = set(
            today.filter(user__full_name__in=names).values_list("user__full_name", flat=True)
        )
        for chair in chairs:
            if not chair.name or chair.name in known:
                continue
            shown = {"old": chair.name, "post": chair.post, "new": new.signer_name}
            if fold(chair.name) == fold(old.signer_name) and new.signer_name:
                chair.name = new.signer_name
                words = _("Chủ trì: %(post)s %(old)s → %(new)s.")
                self._note(words % shown, clauses[chair.session_id])
            else:
                words = _("Chủ trì %(post)s “%(old)s” không còn trong danh sách; hãy xem lại.")
                self._note(words % shown, clauses[chair.session_id], look=True)
        SessionChair.objects.bulk_update(chairs, ["name"])

    def _duties(self) -> None:
        rows = list(Duty.objects.filter(plan=self.plan))
        for row in rows:
            row.due = self._shifted(row.due, row.clause_id)
            if row.due and not row.due.is_relative:
                inclusive = self.source.document.organisation.is_before_inclusive
                last = row.due.resolve(before_is_inclusive=inclusive)
                if last and (row.due.precision == "day"):
                    self._look_at_day(last, row.clause_id)
        Duty.objects.bulk_update(rows, ["due"])

    def _bases(self) -> None:
        """Citations of papers that have been replaced."""
        ties = ClauseBasis.objects.filter(clause__document=self.plan.document).select_related(
            "basis__replaced_by"
        )
        for tie in ties:
            if tie.basis.is_replaced(self.today):
                shown = {"old": str(tie.basis)[:200], "new": str(tie.basis.replaced_by)[:200]}
                words = _("Căn cứ “%(old)s” đã được thay bằng “%(new)s”; hãy thay căn cứ.")
                self._note(words % shown, tie.clause_id, look=True)
