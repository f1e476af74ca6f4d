"""The same papers typed into Word, as offices lay them out, read the same as their plain text."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordFile

from documents.reading import Reading, read
from documents.reading.intake import read_content

TEXTS = Path(__file__).parent / "texts"
NAMES = (
    "business_programme",
    "commune_sentences",
    "council_commune",
    "department_flat",
    "council_steps",
    "district_slash",
    "front_commune",
    "labour_federation",
    "letter_annex",
    "party_committee_stages",
    "police_parts",
    "province_table",
    "schedule_list",
    "tables_mixed",
    "ward_party",
    "youth_union",
    "zone_board",
)
WIDE = re.compile(r"\t|(?<!Số:)(?<!ngày) {4,}")


def typed(text: str) -> bytes:
    """A Word file: the head and the end in tables without borders, rows in tables, bullets counted by Word."""
    word = Document()
    lines = [re.sub(r"\\([-*])", r"\1", line) for line in text.replace("**", "").splitlines()]
    for stretch in stretches(lines):
        rows = [cells(line) for line in stretch if not re.fullmatch(r"[|:\- ]+", line)]
        if max(map(len, rows), default=0) > 1:
            lay_out(word, rows)
        else:
            for line in stretch:
                write(word, line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def stretches(lines: list[str]) -> Iterator[list[str]]:
    """Neighbouring lines that are rows, or single lines."""
    held: list[str] = []
    for line in lines:
        if len(cells(line)) > 1:
            held.append(line)
            continue
        if held:
            yield held
            held = []
        yield [line]
    if held:
        yield held


def cells(line: str) -> list[str]:
    if line.strip().startswith("|"):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return (
        [cell.strip() for cell in WIDE.split(line.strip())] if WIDE.search(line.strip()) else [line]
    )


def lay_out(word: WordFile, rows: list[list[str]]) -> None:
    """A table; rows of two cells become one row of two tall cells, as heads and ends are typed."""
    width = max(map(len, rows))
    if width == 2:
        table = word.add_table(1, 2)
        for at in range(2):
            table.cell(0, at).text = "\n".join(row[at] for row in rows if len(row) > at and row[at])
        return
    table = word.add_table(0, width)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words


def write(word: WordFile, line: str) -> None:
    item = re.match(r"[-•+—]\s+", line)
    if item:
        word.add_paragraph(line[item.end() :], style="List Bullet")
    else:
        word.add_paragraph(line.strip("\\ "))


def facts(reading: Reading) -> list[tuple]:
    return [
        (
            paper.type,
            paper.number_literal and paper.number,
            paper.date,
            paper.issuer,
            paper.abstract,
            [basis.register_code for basis in paper.legal_bases],
            [(one.start, one.end, one.place, one.audience) for one in paper.sessions],
            [(item.text, item.conductor) for item in paper.programme],
            [(duty.actors, duty.role, duty.cooperating, duty.due_literal) for duty in paper.duties],
            [(row.text, row.purpose) for row in paper.recipients],
            paper.signature and (paper.signature.post, paper.signature.name),
        )
        for paper in reading.documents
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_reads_like_its_text(name):
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")

    assert facts(read(read_content(typed(text)).lines)) == facts(read(text.splitlines()))
