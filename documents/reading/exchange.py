"""The exchange form of a reading: plain dictionaries with the keys of docs/reading.md."""

import datetime
from typing import Any

from documents.reading.results import (
    BasisReading,
    ClauseReading,
    DocumentReading,
    DutyReading,
    GroupReading,
    Reading,
    SessionReading,
    SignatureReading,
)


def reading_json(reading: Reading) -> dict[str, Any]:
    """Everything read from one file; missing values are None, dates ISO 8601."""
    return {
        "documents": [document_json(document) for document in reading.documents],
        "findings": [
            {"rule": one.rule, "severity": one.severity, "message": one.message, "line": one.line}
            for one in reading.findings
        ],
    }


def document_json(document: DocumentReading) -> dict[str, Any]:
    """One paper."""
    return {
        "type": document.type,
        "number": document.number,
        "symbol": document.symbol,
        "place": document.place,
        "date": _day(document.date),
        "issuer": document.issuer,
        "collective": document.collective,
        "abstract": document.abstract,
        "addressees": list(document.addressees),
        "legal_bases": [_basis(basis) for basis in document.legal_bases],
        "clauses": [_clause(clause) for clause in document.clauses],
        "sessions": [_session(session) for session in document.sessions],
        "participant_groups": [_group(group) for group in document.participant_groups],
        "programme": [
            {"position": item.position, "text": item.text, "conductor": item.conductor}
            for item in document.programme
        ],
        "duties": [_duty(duty) for duty in document.duties],
        "recipients": [
            {"text": recipient.text, "purpose": recipient.purpose}
            for recipient in document.recipients
        ],
        "signature": _signature(document.signature),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _basis(basis: BasisReading) -> dict[str, Any]:
    return {
        "literal": basis.literal,
        "kind": basis.kind,
        "number": basis.number,
        "symbol": basis.symbol,
        "body": basis.body,
        "date": _day(basis.date),
        "title": basis.title,
    }


def _clause(clause: ClauseReading) -> dict[str, Any]:
    return {
        "kind": clause.kind,
        "marker": clause.marker or None,
        "text": clause.text,
        "children": [_clause(child) for child in clause.children],
    }


def _session(session: SessionReading) -> dict[str, Any]:
    return {
        "literal": session.literal or None,
        "quarter": session.quarter,
        "start": _day(session.start),
        "end": _day(session.end),
        "theme": session.theme,
        "audience": session.audience,
        "place": session.place,
        "units": list(session.units),
        "kind": session.kind,
    }


def _group(group: GroupReading) -> dict[str, Any]:
    return {
        "text": group.text,
        "level": group.level,
        "exact": group.exact,
        "min": group.min,
        "max": group.max,
        "per_unit": group.per_unit,
        "children": [_group(child) for child in group.children],
    }


def _duty(duty: DutyReading) -> dict[str, Any]:
    return {
        "actors": list(duty.actors),
        "role": duty.role,
        "cooperating": list(duty.cooperating),
        "stage": ",".join(duty.stages) or None,
        "text": duty.text,
        "deliverable": duty.deliverable,
        "send_to": list(duty.send_to),
        "via": duty.via,
        "due_literal": duty.due_literal,
        "due_on": _day(duty.due_on),
    }


def _signature(signature: SignatureReading | None) -> dict[str, Any]:
    return {
        "capacity": signature.capacity if signature else None,
        "collective": signature.collective if signature else None,
        "post": signature.post if signature else None,
        "name": signature.name if signature else None,
    }
