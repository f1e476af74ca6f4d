"""The two marks a clause's text may carry: `*italic*` and `**bold**`."""

import re
from dataclasses import dataclass

_MARKED = re.compile(r"(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s])\1(?!\*)")
_LEAD = re.compile(r"^([^:*\n]{1,90}:)(\s+\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


def runs(text: str, *, is_bold: bool = False, is_italic: bool = False) -> tuple[Run, ...]:
    """Split marked text into runs; a star that closes nothing is printed as it stands."""
    found: list[Run] = []
    at = 0
    for match in _MARKED.finditer(text):
        if match.start() > at:
            found.append(Run(text[at : match.start()], is_bold, is_italic))
        stars = len(match[1])
        found.extend(
            runs(match[2], is_bold=is_bold or stars > 1, is_italic=is_italic or stars != 2)
        )
        at = match.end()
    if at < len(text):
        found.append(Run(text[at:], is_bold, is_italic))
    return tuple(found)


def plain(text: str) -> str:
    """The text without its marks."""
    return "".join(run.text for run in runs(text))


def has_lead(text: str) -> bool:
    """Whether the text opens with a label: words, a colon, then more."""
    return bool(_LEAD.match(text))


def bold_lead(text: str) -> str:
    """`Chủ trì: Đ/c A` → `**Chủ trì:** Đ/c A`."""
    return _LEAD.sub(r"**\1**\2", text)


def end_with(text: str, mark: str) -> str:
    """Replace the closing punctuation by `mark`, inside or outside of stars."""
    return re.sub(r"[\s.;,:/]*(\*{0,3})\s*$", lambda match: match[1] + mark, text, count=1)
