"""One file, several papers: where each begins (domain.md §0 point 15, §4.4 "Bundle")."""

from collections.abc import Sequence

from documents.reading.endings import is_ending_line
from documents.reading.lines import Line
from documents.reading.titles import ADDRESS, NATION, PARTY, SUBJECT, is_header_line, type_of

_NEAR_TITLE = 4
_LETTER_HEAD = 25


def split_papers(lines: Sequence[Line]) -> list[tuple[Sequence[Line], int | None]]:
    """The stretches of lines that are one paper each, with the place of their title if they have one."""
    titles = _titles(lines)
    starts: list[tuple[int, int | None]] = []
    for title in titles:
        start = _header_start(lines, title, starts[-1][1] or 0 if starts else -1)
        if not starts and not _is_letter(lines[:start]):
            start = 0
        starts.append((start, title))
    letters = _letters(lines, starts)
    starts = sorted({*starts, *letters}, key=lambda start: start[0])
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, None))
    ends = [start for start, _title in starts[1:]] + [len(lines)]
    return [
        (lines[start:end], None if title is None else title - start)
        for (start, title), end in zip(starts, ends, strict=True)
    ]


def _titles(lines: Sequence[Line]) -> list[int]:
    """The lines that head a paper: alone with the type's name, below a heading, or after an ending."""
    found: list[int] = []
    written = [at for at, line in enumerate(lines) if not line.is_blank and not line.is_rule]
    place = {at: count for count, at in enumerate(written)}
    ended = True
    for at in written:
        line = lines[at]
        title = None if line.cells else type_of(line.text)
        ended = ended or is_ending_line(line.text)
        if not title or (found and place[at] - place[found[-1]] < _NEAR_TITLE):
            continue
        if ended or not title[1] or _header_start(lines, at, found[-1] if found else -1) < at:
            found.append(at)
            ended = False
    return found


def _header_start(lines: Sequence[Line], title: int, after: int) -> int:
    """The first line of the heading that stands above a title."""
    start = title
    for at in range(title - 1, after, -1):
        line = lines[at]
        if line.is_blank or line.is_rule:
            continue
        if not any(is_header_line(piece) for piece in line.pieces):
            break
        start = at
    return start


def _is_letter(lines: Sequence[Line]) -> bool:
    return any(
        ADDRESS.match(piece) or SUBJECT.match(piece) or is_ending_line(piece)
        for line in lines
        for piece in line.pieces
    )


def _letters(
    lines: Sequence[Line], starts: Sequence[tuple[int, int | None]]
) -> list[tuple[int, int | None]]:
    """Headings after an ending that lead to "Kính gửi" and to no title: letters later in the file."""
    known = [(start, title if title is not None else start) for start, title in starts]
    found: list[tuple[int, int | None]] = []
    ended = False
    for at, line in enumerate(lines):
        ended = ended or is_ending_line(line.text)
        is_head = any(NATION.search(piece) or PARTY.search(piece) for piece in line.pieces)
        if not (ended and is_head) or any(start <= at <= title for start, title in known):
            continue
        if any(ADDRESS.match(later.text) for later in lines[at : at + _LETTER_HEAD]):
            found.append((_header_start(lines, at, 0), None))
            ended = False
    return found
