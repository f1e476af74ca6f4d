"""`manage.py read_plan FILE [--json]`: what the reader makes of a file; nothing is saved."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.reading import read
from documents.reading.exchange import reading_json
from documents.reading.intake import IntakeError, read_path
from documents.reading.results import DocumentReading, GroupReading, Reading


class Command(BaseCommand):
    """Print a reading for people, or as JSON."""

    help = "Đọc một kế hoạch (.txt, .docx) và in những gì hiểu được; không lưu gì."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="is_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("Không có tệp “%(path)s”.") % {"path": path})
        try:
            intake = read_path(path)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        reading = read(intake.lines)
        self.stderr.write("".join(f"{notice}\n" for notice in intake.notices), ending="")
        if options["is_json"]:
            self.stdout.write(json.dumps(reading_json(reading), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_shown(reading)))


def _shown(reading: Reading) -> Iterator[str]:
    for document in reading.documents:
        yield from _paper(document)
        yield ""
    for one in reading.findings:
        yield f"{one.rule} ({one.severity}), dòng {one.line or '–'}: {one.message}"


def _paper(document: DocumentReading) -> Iterator[str]:
    yield f"{document.type or '?'} · {document.abstract or '–'}"
    yield f"  Số: {document.number_literal or '–'}; {document.date_literal or '–'}; {document.issuer or document.collective or '–'}"
    yield from (f"  Kính gửi: {name}" for name in document.addressees)
    yield from (f"  Căn cứ: {basis.literal}" for basis in document.legal_bases)
    for session in document.sessions:
        yield f"  Hội nghị: {session.literal} · {session.theme or session.audience or ''} · {session.place or ''}"
    yield from _groups(document.participant_groups, "  Thành phần: ")
    yield from (
        f"  Chương trình {item.position}: {item.text} ({item.conductor or '–'})"
        for item in document.programme
    )
    for duty in document.duties:
        due = f" · {duty.due_literal} → {duty.due_on or '?'}" if duty.due_literal else ""
        yield f"  Nhiệm vụ (dòng {duty.line}) {'; '.join(duty.actors)} · {duty.role}{due}: {duty.text}"
    yield from (
        f"  Nơi nhận: {row.text} {row.purpose or ''}".rstrip() for row in document.recipients
    )
    if document.signature:
        sign = document.signature
        yield f"  Ký: {sign.capacity or ''} {sign.collective or ''} · {sign.post or ''} · {sign.name or ''}"


def _groups(groups: Iterable[GroupReading], lead: str) -> Iterator[str]:
    for group in groups:
        yield f"{lead}{group.text}"
        yield from _groups(group.children, f"  {lead}")
