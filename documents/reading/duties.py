"""Duties below their bodies: lead-ins, stages and days of neighbouring lines applied (domain.md §4.1.4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.timephrase import Kind, TimePhrase
from documents.reading import topics
from documents.reading.letters import fold_in_place
from documents.reading.names import VERBS, names_at, split_names
from documents.reading.nodes import Node
from documents.reading.phrases import best_deadline, deadlines_in, understood
from documents.reading.results import DutyReading
from documents.reading.sentence import read_duties, read_duty, stages_of_label
from documents.reading.tables import Row, rows_in
from documents.reading.topics import actors_in, assignee_label, label_of, meaning_of

_ACT = re.compile(rf"(?:[Đđ]ề nghị\s|[Yy]êu cầu\s|{VERBS}|chủ trì)(?!\w)", re.IGNORECASE)
_TIME_LABEL = re.compile(r"(?:thoi gian|thoi han|han|tien do)\b")


@dataclass(slots=True)
class _Context:
    """What holds for the duties below a body: its names, the lead-in, the stage."""

    actors: tuple[str, ...] = ()
    lead_in: DutyReading | None = None
    stages: tuple[str, ...] = ()


def duties_in(
    root: Node, *, year: int | None, addressees: tuple[str, ...] = ()
) -> tuple[DutyReading, ...]:
    """Every duty in order: of lists below bodies, of a letter, of tables with a column of leads."""
    found: list[DutyReading] = []
    if addressees:
        found += _of_letter(root, addressees, year)
    _walk(root, _Context(), year, found)
    found += [duty for row in rows_in(root) if _is_duty_row(row) for duty in _of_row(row, year)]
    return tuple(sorted(found, key=lambda duty: duty.line))


def _of_letter(root: Node, addressees: tuple[str, ...], year: int | None) -> Iterator[DutyReading]:
    """What a letter asks of those it addresses: numbered requests, paragraphs with a day."""
    for node in root.walk():
        if node.kind in {"text", "heading", "introduction", "closing"} and not node.children:
            is_asked = node.kind == "text" and bool(node.marker) and bool(_ACT.match(node.text))
            for duty in read_duties(node.text, year=year, line=node.line):
                if is_asked or (duty.due and (duty.due_on or duty.send_to)):
                    yield replace(duty, actors=duty.actors or addressees, confidence=0.6)


def _walk(parent: Node, context: _Context, year: int | None, found: list[DutyReading]) -> None:
    """Go down the tree; a lead-in holds for its later siblings and their children."""
    for node in parent.children:
        if node.kind == "heading" and node.topic == topics.STAGE:
            _walk(node, replace(context, stages=stages_of_label(node.text)), year, found)
        elif node.kind == "assignee":
            _walk(node, _of_assignee(node, context, year), year, found)
        elif node.kind == "duty" and not node.cells:
            _take(node, context, year, found)
        elif node.kind == "text" and node.topic in {topics.ASSIGN, topics.STAGE} and not node.cells:
            _text(node, context, year, found)
        else:
            _walk(node, context, year, found)


def _of_assignee(node: Node, context: _Context, year: int | None) -> _Context:
    """The bodies of a heading, and the lead-in it may end with."""
    label = assignee_label(node.text) or label_of(node.text)[0]
    rest = node.text[node.text.find(label) + len(label) :].strip(" :")
    lead_in = read_duty(rest, year=year) if rest else None
    return _Context(actors_in(label), lead_in, context.stages)


def _take(node: Node, context: _Context, year: int | None, found: list[DutyReading]) -> None:
    """A duty, or a lead-in with its duties below ("Tham mưu: + …")."""
    if node.children and node.text.rstrip().endswith(":"):
        own = read_duty(node.text, year=year)
        below = replace(
            context,
            lead_in=own if own.role != "carry_out" else context.lead_in,
            stages=own.stages or context.stages,
        )
        _walk_parts(node, below, year, found)
        return
    found += _read(node, context, year)


def _walk_parts(node: Node, context: _Context, year: int | None, found: list[DutyReading]) -> None:
    for child in node.children:
        if child.topic == topics.PAGE:
            continue
        if child.children and child.text.rstrip().endswith(":"):
            _walk_parts(child, context, year, found)
        else:
            found += _read(child, context, year)


def _text(node: Node, context: _Context, year: int | None, found: list[DutyReading]) -> None:
    """Between duties: a lead-in, or a line that gives the last duty its day."""
    label, rest = label_of(node.text)
    if not node.marker and node.text.rstrip().endswith(":"):
        context.lead_in = read_duty(node.text, year=year)
    elif node.children and meaning_of(label) in {None, topics.STAGE, topics.ASSIGN}:
        stages = stages_of_label(label) or context.stages
        _walk_parts(node, replace(context, stages=stages), year, found)
    elif rest and found and _TIME_LABEL.match(fold_in_place(label)) and found[-1].due is None:
        due = best_deadline(deadlines_in(rest, year=year))
        if due:
            found[-1] = replace(found[-1], due=due.phrase, due_line=node.line)


def _read(node: Node, context: _Context, year: int | None) -> Iterator[DutyReading]:
    actors, rest = (context.actors, "") if context.actors else _subject(node.text)
    role = read_duty(rest).role if rest else ""
    for read in read_duties(node.text, year=year, actors=actors, line=node.line):
        duty = replace(read, names_its_body=bool(read.actors) and not context.actors)
        is_told = bool(role) and duty.role == "carry_out" and not duty.is_continued
        yield _with_context(replace(duty, role=role) if is_told else duty, context)


def _with_context(duty: DutyReading, context: _Context) -> DutyReading:
    lead_in = context.lead_in
    if lead_in and duty.role == "carry_out":
        duty = replace(duty, role=lead_in.role)
    if lead_in and not duty.cooperating and duty.role == lead_in.role:
        duty = replace(duty, cooperating=lead_in.cooperating)
    return duty if duty.stages else replace(duty, stages=context.stages)


def _subject(text: str) -> tuple[tuple[str, ...], str]:
    """The bodies a sentence begins with: "UBND xã chủ trì, phối hợp …"."""
    label = assignee_label(text)
    if label and len(label) < len(text.rstrip(" .;:")):
        return actors_in(label), text[text.find(label) + len(label) :].lstrip(" :")
    shown = re.sub(r"^(?:Giao|Đề nghị|Phân công)\s+", "", text)
    names, end = names_at(shown, 0)
    is_subject = bool(names) and shown[end : end + 1].isalpha()
    return (names, shown[end:]) if is_subject else ((), "")


def _is_duty_row(row: Row) -> bool:
    """A row with a body and its work; a row with a place or an audience is a conference."""
    has_body = "lead" in row.words or (
        "conductor" in row.words and row.node.topic in {topics.ASSIGN, topics.STAGE}
    )
    return has_body and "text" in row.words and row.node.kind != "session"


def _of_row(row: Row, year: int | None) -> Iterator[DutyReading]:
    words = row.words
    duty = read_duty(
        words["text"],
        year=year,
        actors=split_names(words.get("lead") or words["conductor"]),
        line=row.node.line,
    )
    row.node.kind = "duty"
    for place, due in enumerate(_cell_limits(words.get("time", ""), year) or [duty.due]):
        yield replace(
            duty,
            role=duty.role if duty.role != "carry_out" else "lead",
            cooperating=split_names(words["cooperating"])
            if "cooperating" in words
            else duty.cooperating,
            deliverable=words.get("deliverable") or duty.deliverable,
            due=due,
            is_continued=place > 0,
            names_its_body=True,
            confidence=0.85,
        )


def _cell_limits(words: str, year: int | None) -> list[TimePhrase]:
    """Every day a cell of the column of deadlines sets: "trước 15/6/2026 và 15/12/2026"."""
    read = read_duties(f"Gửi báo cáo {words[:1].lower()}{words[1:]}", year=year)
    days = [duty.due for duty in read if duty.due]
    one = _cell_limit(words, year)
    return days if len(days) > 1 else [one] if one else []


def _cell_limit(words: str, year: int | None) -> TimePhrase | None:
    """A cell of the column of deadlines limits the work whatever its wording."""
    found = best_deadline(deadlines_in(words, year=year))
    if found:
        return found.phrase
    return understood(words, year=year) or (
        TimePhrase(literal=words, kind=Kind.UNSPECIFIED) if words else None
    )
