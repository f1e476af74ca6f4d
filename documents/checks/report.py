"""The findings as a page shows them: by severity, with counts, the waived ones apart."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.checks.registry import ERROR, INFO, WARNING, findings
from documents.facts import Finding
from documents.models import Document


@dataclass(frozen=True)
class Group:
    """The open findings of one severity under the words people see."""

    severity: str
    label: str
    tone: str
    rows: list[Finding]


@dataclass(frozen=True)
class Report:
    """What the linter says about one paper."""

    rows: list[Finding]

    @property
    def errors(self) -> list[Finding]:
        """What keeps the paper from being issued."""
        return [row for row in self.rows if row.severity == ERROR]

    @property
    def holding(self) -> list[Finding]:
        """What keeps the paper from being submitted."""
        return [row for row in self.rows if row.is_holding]

    @property
    def waived(self) -> list[Finding]:
        """What somebody looked at and lets stand."""
        return [row for row in self.rows if row.waiver]

    @property
    def groups(self) -> list[Group]:
        """The open findings by severity, the worst first; empty groups left out."""
        shown = (
            (ERROR, _("Phải sửa"), "late"),
            (WARNING, _("Nên xem lại"), "soon"),
            (INFO, _("Lưu ý"), "info"),
        )
        groups = [
            Group(severity, label, tone, self._open(severity)) for severity, label, tone in shown
        ]
        return [group for group in groups if group.rows]

    def with_fingerprint(self, fingerprint: str) -> Finding | None:
        """The finding a waiver is asked for."""
        return next(
            (row for row in self.rows if row.is_waivable and row.fingerprint == fingerprint), None
        )

    def _open(self, severity: str) -> list[Finding]:
        return [row for row in self.rows if row.severity == severity and not row.waiver]


def report(document: Document, *, today: datetime.date) -> Report:
    """Run every rule over a paper; `today` dates an undated draft."""
    return Report(findings(document, today=today))
