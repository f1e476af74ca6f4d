"""Words and names that leave: later steps, which hang on opinions, let go of them too.

A later step registers what it does with its own rows, as it registers what became of opinions
(`queries.register_follow_up`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core.audit import forget_mentions
from core.text import fold
from feedback.models import IssueGroup, Opinion, Sender
from organisations.models import User

# A shorter piece ("đường hỏng") stands in texts about other matters too.
SHORTEST_QUOTE = 15
SHORTEST_NAME = 4


@dataclass(frozen=True)
class Leaving:
    """What must stand nowhere any more: all words of one opinion, or only its sender's name.

    `groups` holds the matters it stood in, `emptied` those that were about it alone. `words` are
    folded, and empty when only the name goes.
    """

    opinion: Opinion
    groups: frozenset[int]
    emptied: frozenset[int]
    words: frozenset[str]
    name: str

    def without(self, text: str) -> str:
        """The text as it may stand: struck if it repeats the words, else without the name."""
        told = fold(text)
        if any(words == told or _is_quoted(words, told) for words in self.words):
            return struck()
        if not self.name:
            return text
        return re.sub(rf"(?<!\w){re.escape(self.name)}(?!\w)", nobody(), text, flags=re.IGNORECASE)

    def known_by(self, texts: Iterable[str]) -> "Leaving":
        """The same, known by more words."""
        return replace(self, words=self.words | _folded(texts))


def struck() -> str:
    """What stands where words were."""
    return _("Nội dung đã chuyển ngoài đối thoại hoặc đã xóa theo luật")


def nobody() -> str:
    """Who stands where a name was."""
    return _("Người dân")


Leave = Callable[[Leaving, User], list[str]]
_steps: list[Leave] = []


def register_leaving(leave: Leave) -> None:
    """Let a later step take what leaves out of its rows. Call it in ready(), the last step first.

    It gives a sentence for each paper it changed, and for each that keeps the words because it is
    issued; it raises IllegalMoveError while one that holds them lies before its signer.
    """
    if leave not in _steps:
        _steps.append(leave)


def leave_later_steps(opinion: Opinion, *, by: User, keeps_words: bool = False) -> list[str]:
    """Tell every later step while the opinion still has its words; what is said of papers."""
    leaving = _leaving(opinion, keeps_words=keeps_words)
    said = [sentence for leave in _steps for sentence in leave(leaving, by)]
    words = () if keeps_words else (opinion.text, opinion.proposal, opinion.raised_before)
    forget_mentions(text for text in (leaving.name, *words) if len(text) >= SHORTEST_NAME)
    return said


def _leaving(opinion: Opinion, *, keeps_words: bool) -> Leaving:
    stood_in = IssueGroup.objects.filter(opinions=opinion)
    stood_in |= IssueGroup.objects.filter(merges__opinions=opinion)
    others = Opinion.objects.exclude(pk=opinion.pk).filter(group__isnull=False)
    sender = Sender.objects.filter(submission=opinion.submission_id).first()
    found = Leaving(
        opinion=opinion,
        groups=frozenset(stood_in.values_list("pk", flat=True)),
        emptied=frozenset(),
        words=frozenset(),
        name=sender.full_name.strip() if sender else "",
    )
    if keeps_words:
        return found
    empty = dict(
        stood_in.exclude(pk__in=others.values("group")).distinct().values_list("pk", "title")
    )
    added = opinion.additions.values_list("text", flat=True)
    words = (opinion.text, opinion.proposal, opinion.raised_before, *added, *empty.values())
    return replace(found, emptied=frozenset(empty)).known_by(words)


def _is_quoted(words: str, told: str) -> bool:
    return len(words) >= SHORTEST_QUOTE and words in told


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(part) for part in words if part.strip())
