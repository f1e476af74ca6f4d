"""Who comes: the participant groups as a tree by level, with totals that must reconcile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Clause, ClauseKind
from documents.queries import clauses_of
from organisations.models import AdministrativeUnit, Organisation
from plans.facts import quota_text, span_text, tally
from plans.models import ParticipantGroup, Plan
from plans.queries.outline import Outline


@dataclass(frozen=True)
class GroupLine:
    """One participant group: how deep it stands, its quota, and whether the sums agree."""

    group: ParticipantGroup
    depth: int
    quota: str
    counted: tuple[int, int] | None
    mismatch: tuple[int, int] | None
    section: str = ""

    @property
    def total(self) -> str:
        """How many people in all, own quota or sum of the groups below."""
        return span_text(self.counted)


@dataclass(frozen=True)
class GroupSection:
    """The groups under one heading ("Ở xã", "Ở cơ sở") with what they come to."""

    title: str
    lines: list[GroupLine] = field(default_factory=list)

    @property
    def total(self) -> str:
        """How many people the groups at the top of the section come to."""
        return span_text(added([line.counted for line in self.lines if line.depth == 1]))


def group_lines(plan: Plan, clauses: list[Clause] | None = None) -> list[GroupLine]:
    """The participant groups in reading order with totals."""
    outline = Outline(clauses_of(plan.document) if clauses is None else clauses)
    groups = sorted(
        plan.participant_groups.select_related("clause", "selector"),
        key=lambda row: outline.order(row.clause_id),
    )
    totals = tally(groups)
    known = {group.clause_id for group in groups}
    lines = []
    for group in groups:
        above = outline.above(group.clause_id)
        mine = totals[group.clause_id]
        heading = next((row.text for row in above if row.kind == ClauseKind.HEADING), "")
        lines.append(
            GroupLine(
                group=group,
                depth=sum(clause.pk in known for clause in above),
                quota=quota_text(group),
                counted=mine.counted,
                mismatch=None if mine.agrees else mine.parts,
                section=heading.split("\n")[0],
            )
        )
    return lines


def group_sections(lines: Sequence[GroupLine]) -> list[GroupSection]:
    """The groups heading by heading, in reading order; one heading for all needs no title."""
    sections = [
        GroupSection(title, list(rows)) for title, rows in groupby(lines, lambda line: line.section)
    ]
    return sections if len(sections) > 1 else [GroupSection("", list(lines))] if lines else []


def added(spans: Sequence[tuple[int, int] | None]) -> tuple[int, int] | None:
    """The sum of the counts that are known; None if none is."""
    known = [span for span in spans if span]
    if not known:
        return None
    return sum(low for low, _high in known), sum(high for _low, high in known)


def units_below(organisation: Organisation, level: str) -> int:
    """How many units of a level the organisation's unit holds and that are in force."""
    home = organisation.unit_id
    rows = AdministrativeUnit.objects.current(timezone.localdate()).filter(level=level)
    return (rows.filter(parent=home) | rows.filter(parent__parent=home)).distinct().count()


def sums_around(plan: Plan, clause: Clause) -> str:
    """What stands around a group while it is edited: the quota above, its parts, the parts below."""
    groups = list(plan.participant_groups.select_related("clause"))
    totals = tally(groups)
    siblings = [
        totals[row.clause_id].counted
        for row in groups
        if clause.parent_id
        and row.clause.parent_id == clause.parent_id
        and row.clause_id != clause.pk
    ]
    above, mine = totals.get(clause.parent_id or 0), totals.get(clause.pk or 0)
    said = []
    if above and above.counted:
        beside = span_text(added(siblings)) or "0"
        shown = {"whole": span_text(above.counted), "beside": beside}
        said.append(_("Nhóm trên: %(whole)s; các nhóm cùng cấp khác: %(beside)s.") % shown)
    if mine and mine.parts:
        said.append(_("Các nhóm bên dưới cộng: %(sum)s.") % {"sum": span_text(mine.parts)})
    return " ".join(said)
