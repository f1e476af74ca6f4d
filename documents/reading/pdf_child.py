"""Takes the words out of one PDF in a process of its own and prints them as lines of JSON.

Run by its path and isolated: it imports nothing of the site. The limits of memory and time hold for
this process alone, so that a file made to exhaust a machine can stop nothing else. Each line is a
page: its words piece by piece, [left, bottom, right, top, text] in points, and the bounds of what is
drawn thin enough to be a rule of a table; the last line says how it ended.
"""

import json
import resource
import sys
from typing import Any

import pypdfium2

MEMORY = 768 * 1024 * 1024
SECONDS = 8
PIECES, LETTERS = 20_000, 50_000
THIN = 2.0


def main(most: int) -> None:
    """Print the pieces of the first `most` pages of what stands at standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        paper = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = len(paper)
        for at in range(min(pages, most)):
            page = paper[at]
            _say({"words": _pieces(page.get_textpage()), "rules": _rules(page)})
        _say({"pages": pages})
    except pypdfium2.PdfiumError as error:
        _say({"error": "password" if "password" in str(error).lower() else "broken"})


def _pieces(page: pypdfium2.PdfTextPage) -> list[list[object]]:
    """Letters that follow each other on one line, with the room their typeface gives them."""
    found: list[list[Any]] = []
    is_open = False
    for at, letter in enumerate(page.get_text_range()[:LETTERS]):
        if letter in "\r\n\0\ufffe":
            is_open = False
            continue
        left, bottom, right, top = page.get_charbox(at, loose=True)
        last = found[-1] if is_open else None
        if letter == " " or (last and abs(last[1] - bottom) < 3 and -2 < left - last[2] < 3):
            if last:
                last[2], last[4] = max(last[2], right), last[4] + letter
        else:
            found.append([left, bottom, right, top, letter])
            is_open = True
    return [[*(round(side, 1) for side in one[:4]), one[4]] for one in found if one[4].strip()]


def _rules(page: pypdfium2.PdfPage) -> list[list[float]]:
    """The bounds of thin lines and of frames, which count as their four sides."""
    found: list[list[float]] = []
    for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        if min(right - left, top - bottom) < THIN:
            found.append([left, bottom, right, top])
        else:
            found += [[left, bottom, right, bottom], [left, top, right, top],
                      [left, bottom, left, top], [right, bottom, right, top]]  # fmt: skip
        if len(found) > PIECES:
            break
    return [[round(side, 1) for side in rule] for rule in found]


def _say(line: object) -> None:
    sys.stdout.buffer.write(
        (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
