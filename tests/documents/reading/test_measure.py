"""Counted by hand beside counted by the reader: our own papers, and a folder of real ones.

The real ones (`tests.documents.reading.files.REAL_PLANS`) are known by the three digits their names
begin with. Only counts and short markers stand here, never their sentences.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from core.timephrase import Bound
from documents.reading import Reading, read
from documents.reading.checks.walk import clauses_of
from documents.reading.intake import read_path
from tests.documents.reading.files import REAL_PLANS
from tests.documents.reading.normal import differs

OWN = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Count:
    """What a person counted in the source."""

    papers: int
    sections: int
    subsections: int
    bases: int
    bases_in_body: int
    sessions: int
    groups: int
    programme: int
    assignees: int
    duties: int
    recipients: int
    rules: frozenset[str] = field(default_factory=frozenset)


def rules(*numbers: int) -> frozenset[str]:
    return frozenset(f"E{number}" for number in numbers)


COUNTED = {
    "000": Count(1, 4, 13, 2, 0, 1, 13, 7, 6, 12, 10, rules(4, 5, 6, 16, 23, 24, 26, 31)),
    "001": Count(1, 3, 17, 2, 1, 4, 0, 0, 10, 18, 11, rules(12, 13, 16, 21, 27, 31)),
    "003": Count(2, 5, 14, 4, 0, 1, 10, 6, 4, 10, 6, rules(8, 10, 14, 16, 19, 20, 29, 31)),
    "state_plan": Count(1, 5, 20, 5, 0, 1, 4, 4, 6, 8, 5),
    "letter_and_plan": Count(2, 3, 9, 3, 1, 1, 5, 0, 3, 5, 7, rules(1, 2, 3, 7, 9, 17, 25, 30)),
    "plan_and_programme": Count(2, 3, 7, 2, 0, 2, 0, 4, 3, 5, 4, rules(6, 13, 14, 23, 29)),
    "council_draft": Count(1, 3, 6, 1, 0, 2, 0, 0, 3, 4, 3, rules(15, 18)),
    "province_table": Count(1, 4, 16, 3, 0, 1, 6, 0, 0, 9, 6, rules(6)),
    "district_slash": Count(1, 3, 8, 2, 0, 2, 0, 0, 4, 6, 5),
    "commune_sentences": Count(1, 3, 11, 2, 0, 2, 4, 0, 6, 8, 5),
    "ward_party": Count(1, 3, 9, 2, 0, 2, 0, 0, 4, 6, 4),
    "police_parts": Count(1, 3, 7, 2, 0, 1, 5, 0, 3, 4, 4),
    "youth_union": Count(1, 4, 8, 1, 0, 1, 3, 4, 3, 4, 4),
    "front_commune": Count(1, 4, 10, 3, 0, 1, 3, 0, 3, 5, 4, rules(6, 15)),
    "labour_federation": Count(1, 3, 8, 2, 0, 1, 3, 0, 3, 5, 4),
    "council_commune": Count(2, 3, 5, 2, 0, 2, 0, 0, 3, 4, 5, rules(6)),
    "business_programme": Count(1, 5, 11, 2, 0, 1, 6, 4, 3, 5, 4, rules(30)),
    "torn_scan": Count(1, 3, 9, 2, 0, 1, 0, 0, 4, 5, 3),
    "bare_letters": Count(1, 3, 7, 1, 0, 1, 0, 0, 2, 2, 3),
    "letter_annex": Count(2, 0, 0, 1, 0, 0, 0, 0, 0, 3, 3, rules(25)),
    "department_flat": Count(1, 7, 7, 2, 0, 2, 0, 0, 3, 4, 4, rules(15)),
    "council_steps": Count(1, 4, 12, 1, 0, 2, 4, 4, 4, 8, 6, rules(15, 18)),
    "zone_board": Count(1, 4, 7, 2, 0, 2, 1, 0, 3, 4, 4, rules(18)),
    "spoken_commune": Count(1, 4, 12, 1, 0, 1, 3, 4, 4, 5, 5, rules(24, 31)),
    "tables_mixed": Count(1, 4, 7, 1, 0, 2, 0, 0, 0, 5, 3),
    "schedule_list": Count(1, 4, 6, 3, 0, 3, 4, 0, 3, 5, 4),
    "party_committee_stages": Count(1, 3, 5, 1, 0, 1, 1, 0, 6, 6, 5),
    "commune_phases": Count(1, 4, 12, 4, 0, 2, 4, 0, 6, 8, 6, rules(2)),
    "front_slash": Count(1, 3, 10, 2, 0, 1, 4, 0, 4, 5, 5, rules(19, 20)),
    "ward_steps": Count(1, 5, 6, 3, 0, 3, 0, 0, 0, 6, 5, rules(2, 23, 24)),
    "department_scan": Count(1, 4, 13, 3, 0, 1, 4, 4, 4, 6, 5, rules(6)),
    "village_annexes": Count(3, 4, 11, 1, 0, 1, 1, 4, 4, 4, 3, rules(6)),
    "ward_columns": Count(1, 4, 15, 3, 0, 1, 5, 0, 6, 9, 5),
    "commune_youth": Count(1, 4, 9, 5, 0, 2, 2, 0, 5, 7, 4, rules(6)),
    "district_scan": Count(1, 3, 9, 2, 0, 1, 0, 0, 4, 5, 4, rules(24)),
}
"""By file: each number counted in the source by a person."""
FILES = {path.stem: path for path in sorted(OWN.glob("*.txt")) if path.stem in COUNTED} | REAL_PLANS


SECTIONS = {"heading", "fact_line", "topic", "participant_group"}


@cache
def reading(name: str) -> Reading:
    return read(read_path(FILES[name]).lines)


@pytest.mark.parametrize("name", FILES)
def test_everything_counted_is_found(name):
    papers = reading(name).documents
    kinds = [clause for paper in papers for clause in clauses_of(paper)]
    top = [
        one
        for paper in papers
        for one in paper.clauses
        if one.marker[:1].isalnum() and one.kind in SECTIONS
    ]
    cited = [basis for paper in papers for basis in paper.legal_bases]

    assert (
        Count(
            papers=len(papers),
            sections=len(top),
            subsections=sum(is_number(child.marker) for one in top for child in one.children),
            bases=sum(not basis.is_in_body for basis in cited),
            bases_in_body=sum(basis.is_in_body for basis in cited),
            sessions=sum(len(paper.sessions) for paper in papers),
            groups=sum(count_groups(paper.participant_groups) for paper in papers),
            programme=sum(len(paper.programme) for paper in papers),
            assignees=sum(clause.kind == "assignee" for clause in kinds),
            duties=sum(len(paper.duties) for paper in papers),
            recipients=sum(len(paper.recipients) for paper in papers),
            rules=COUNTED[name].rules & {one.rule for one in reading(name).findings},
        )
        == COUNTED[name]
    )  # fmt: skip


def is_number(marker: str) -> bool:
    return marker[:1].isdigit() or marker[:1].isupper()


def count_groups(groups) -> int:
    return sum(1 + count_groups(group.children) for group in groups)


@pytest.mark.parametrize("name", FILES)
def test_every_day_written_is_found(name):
    written = set(days_written("\n".join(reading(name).lines)))

    assert written - set(days_found(reading(name))) == set()


def days_written(text: str) -> Iterator[datetime.date]:
    bare = text.replace("*", "")
    for day, month, year in re.findall(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})", bare):
        yield datetime.date(int(year), int(month), int(day))
    for day, month, year in re.findall(r"ngày (\d{1,2}) tháng (\d{1,2})(?:/| năm )(\d{4})", bare):
        yield datetime.date(int(year), int(month), int(day))


def days_found(found: Reading) -> Iterator[datetime.date | None]:
    for paper in found.documents:
        yield paper.date
        yield from (basis.date for basis in paper.legal_bases)
        yield from (day for one in paper.sessions for day in (one.start, one.end))
        if paper.signature and paper.signature.signed_at:
            yield paper.signature.signed_at.date()
        for duty in paper.duties:
            if duty.due and duty.due.end:
                is_before = duty.due.bound == Bound.BEFORE
                yield duty.due.end + datetime.timedelta(days=is_before)


@pytest.mark.parametrize("name", FILES)
def test_every_word_survives(name):
    assert differs("\n".join(reading(name).lines)) == ""


@pytest.mark.parametrize("name", FILES)
def test_every_duty_has_a_body(name):
    duties = [duty for paper in reading(name).documents for duty in paper.duties]

    assert [duty.text for duty in duties if not duty.actors] == []
