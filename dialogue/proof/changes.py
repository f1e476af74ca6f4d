"""Lines of the audit in words: which field, from what, to what."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, JSONField, Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import AuditEvent
from dialogue.proof.words import column_word, models_by_table, table_word
from documents.models import DocumentType
from documents.queries import Words, word_changes
from feedback.models import Field as OpinionField
from organisations.models import AdministrativeUnit, Organisation, Post, User

# Their names stand in their own row; every other row is shown by its number.
NAMED = (User, Organisation, AdministrativeUnit, Post, DocumentType, OpinionField)
LONG, LONGEST = 40, 2000
Names = Mapping[type[Model], Mapping[str, str]]


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it became, as a person reads them."""

    word: str
    before: str
    after: str

    @property
    def runs(self) -> Sequence[Words]:
        """A long text word by word: what stayed, went and came; nothing for a short one."""
        if min(len(self.before), len(self.after)) < LONG:
            return ()
        return word_changes(self.before, self.after)


@dataclass(frozen=True)
class Line:
    """One line of the audit: what happened to which row, and its fields."""

    event: AuditEvent
    table: str
    changes: Sequence[Change]

    @property
    def who(self) -> str:
        """A person, a piece of work in the background, or somebody past the software."""
        if self.event.by_id is not None:
            return str(self.event.by) if self.event.by else _("Tài khoản %d") % self.event.by_id
        if self.event.act.startswith("sql:"):
            role = self.event.act.removeprefix("sql:")
            return _("Ngoài trang web (%(role)s)") % {"role": role}
        return _("Phần mềm")

    @property
    def is_emptied(self) -> bool:
        """Whether the law took the values out."""
        return self.event.is_erasure or self.event.struck_by_id is not None


def lines_of(events: Sequence[AuditEvent]) -> list[Line]:
    """The events in words; one question per kind of row that has a name, however many events."""
    names = _names(events)
    return [Line(event, table_word(event.table_name), _changes(event, names)) for event in events]


def _changes(event: AuditEvent, names: Names) -> list[Change]:
    model = models_by_table().get(event.table_name)
    before, after = event.before or {}, event.after or {}
    if model is None or event.is_erasure:
        return []
    fields = [field for field in model._meta.concrete_fields if field.column in before | after]
    found = [
        Change(
            _capital(column_word(field)),
            _shown(field, before.get(field.column), names),
            _shown(field, after.get(field.column), names),
        )
        for field in fields
        if not field.primary_key
    ]
    return [change for change in found if change.before or change.after]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _names(events: Iterable[AuditEvent]) -> Names:
    """What the rows that events point to are called."""
    keys: dict[type[Model], set[str]] = defaultdict(set)
    for event in events:
        model = models_by_table().get(event.table_name)
        for field in model._meta.concrete_fields if model else ():
            if isinstance(field, ForeignKey) and field.related_model in NAMED:
                for told in (event.before or {}, event.after or {}):
                    if told.get(field.column) is not None:
                        keys[field.related_model].add(str(told[field.column]))
    return {
        model: {str(row.pk): str(row) for row in model._base_manager.filter(pk__in=wanted)}
        for model, wanted in keys.items()
    }


def _shown(field: "Field[Any, Any]", value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        model = field.related_model
        known = names.get(model, {}) if isinstance(model, type) else {}
        return known.get(str(value), _("mã %(pk)s") % {"pk": value})
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dict | list) or isinstance(field, JSONField):
        return _phrase(value)
    return _moment(value) if isinstance(value, str) else str(value)


def _phrase(value: Any) -> str:
    """A time phrase by its words; any other structure as it stands."""
    if isinstance(value, dict) and value.get("literal"):
        return str(value["literal"])
    return json.dumps(value, ensure_ascii=False)[:LONGEST]


def _moment(text: str) -> str:
    """A day or a moment as people write it; any other text as it stands."""
    try:
        at = parse_datetime(text) if len(text) > 10 else None
        day = parse_date(text) if len(text) == 10 else None
    except ValueError:
        return text[:LONGEST]
    if isinstance(at, datetime.datetime) and timezone.is_aware(at):
        return date_format(timezone.localtime(at), "H:i d/m/Y")
    return date_format(day, "d/m/Y") if day else text[:LONGEST]
