"""The same paper through a scanner, a converter, a mail program: the reading stays the same."""

import re
import textwrap
from pathlib import Path

import pytest

from documents.reading import read
from tests.documents.reading.normal import differs

TEXTS = Path(__file__).parent / "texts"
NAMES = ("state_plan", "letter_and_plan", "plan_and_programme")


def broken_pages(text: str) -> str:
    """Every long item is torn in two with a blank line between."""

    def tear(found: re.Match[str]) -> str:
        line = found[0]
        cut = line.rfind(" ", 0, len(line) * 2 // 3)
        after = line[cut + 1 :]
        return line if cut < 60 or not after[:1].islower() else f"{line[:cut]}\n\n{after}"

    return re.sub(r"(?m)^[-a-c][ )].{110,}$", tear, text)


def bold(text: str) -> str:
    return re.sub(r"(?m)^((?:[IVX]+[-.]|\d[.-]) .{1,60})$", r"**\1**", text.replace("**", ""))


def in_html(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)


def italics(text: str) -> str:
    return re.sub(r"(trước ngày [\d/]+)", r"*\1*", text.replace("*", ""))


def wrapped(text: str) -> str:
    """Lines of at most ninety characters, as mail programs and old editors write them."""
    lines = (
        [line]
        if len(line) < 90 or "\t" in line
        else textwrap.wrap(line, 90, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join(part for line in lines for part in line or [""])


ARTEFACTS = {
    "wrapped": wrapped,
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "no stars": lambda text: text.replace("*", ""),
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "pages": broken_pages,
    "bold": bold,
    "html": in_html,
    "headings": lambda text: re.sub(r"(?m)^\**([IVX]+[-.] [A-ZĐ].+?)\**$", r"## **\1**", text),
    "italics": italics,
    "hard spaces": lambda text: text.replace(", ", ",\u00a0"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "trailing spaces": lambda text: re.sub(r"(?m)(?<=;)$", "  ", text),
    "long hyphens": lambda text: re.sub(r"(?m)^- ", "– ", text),
}


def facts(text: str) -> list[tuple]:
    """What must not change, tears in the head and the letter's lines aside."""
    return [
        (
            one.type, one.number, one.date, one.signature and one.signature.name,
            [basis.register_code for basis in one.legal_bases],
            [(session.start, session.place) for session in one.sessions],
            [(duty.actors, duty.role, duty.due_on, duty.via) for duty in one.duties],
            [(row.text, row.purpose) for row in one.recipients],
            [item.conductor for item in one.programme],
            len(one.participant_groups),
        )
        for one in read(text.splitlines()).documents
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("artefact", ARTEFACTS)
def test_facts_survive(name, artefact):
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    spoiled = ARTEFACTS[artefact](text)

    assert facts(spoiled) == facts(text)
    assert differs(spoiled) == ""
