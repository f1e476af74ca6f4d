"""What later steps know of opinions, in words a citizen may read."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FollowUpLine:
    """One thing that came out of an opinion, in words a citizen may read.

    `label` and `on` say what it was and on which day; `is_result`: what was done about it in the
    end, of which the sender may say whether it settles the matter; `is_open`: somebody works on it.
    """

    text: str
    state: str = ""
    tone: str = "plain"
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    link: str = ""
    label: str = ""
    on: datetime.date | None = None
    is_result: bool = False
    is_open: bool = False


FollowUp = Callable[[Sequence[int]], dict[int, list[FollowUpLine]]]
_follow_ups: list[FollowUp] = []


def register_follow_up(find: FollowUp) -> None:
    """Let a later step say what became of opinions: ids in, lines by id out. Call it in ready()."""
    if find not in _follow_ups:
        _follow_ups.append(find)


def follow_up(opinion_ids: Sequence[int]) -> dict[int, list[FollowUpLine]]:
    """Everything later steps know about these opinions."""
    lines: dict[int, list[FollowUpLine]] = {}
    for find in _follow_ups:
        for opinion_id, found in find(opinion_ids).items():
            lines.setdefault(opinion_id, []).extend(found)
    return lines
