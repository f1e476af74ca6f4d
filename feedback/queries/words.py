"""The words of an opinion as they are compared: without accents, slips put right, names of one thing."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.text import fold

WORD = re.compile(r"[^\W_]+")
PAIR, THING = 0.5, 1.2


@dataclass(frozen=True)
class Term:
    """Something two texts can share: a word, two words side by side, or a thing with several names.

    `names` are the words that stand for it; `factor` is what it weighs beside its rarest word.
    """

    key: str
    names: tuple[tuple[str, ...], ...]
    factor: float

    @property
    def query(self) -> str:
        """The tsquery that finds it in the `search` column of opinions."""
        return " | ".join(f"({' <-> '.join(name)})" for name in self.names)


@cache
def _slips() -> dict[str, list[str]]:
    """How people shorten words when they type in a hurry: "ko" for "khong"."""
    return {short: words.split() for short, words in _book()["slips"].items()}


@cache
def _shortenings() -> dict[str, tuple[str, ...]]:
    """How a word may be shortened: "khong" to "ko", "k", "kg"…"""
    found: dict[str, tuple[str, ...]] = {}
    for short, words in _slips().items():
        if len(words) == 1:
            found[words[0]] = (*found.get(words[0], ()), short)
    return found


@cache
def _things() -> dict[tuple[str, ...], Term]:
    """Names that mean the same thing, each with the term of the thing."""
    found: dict[tuple[str, ...], Term] = {}
    for written in _book()["alike"]:
        names = tuple(tuple(name.split()) for name in written)
        found |= dict.fromkeys(names, Term(f"={written[0]}", names, THING))
    return found


@cache
def _longest() -> dict[str, int]:
    """Syllables in the longest name of a thing that begins with a word."""
    found: dict[str, int] = {}
    for name in _things():
        found[name[0]] = max(len(name), found.get(name[0], 0))
    return found


@cache
def _book() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent.parent / "data" / "words.json"
    book: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return book


def words_in(text: str) -> list[str]:
    """The words of a text, folded, with common shortenings written out."""
    slips = _slips()
    return [word for typed in WORD.findall(fold(text)) for word in slips.get(typed, [typed])]


def terms_in(words: list[str]) -> dict[str, Term]:
    """Everything about these words that another text can share, by key, in the order of the text."""
    terms = {word: Term(word, _spellings(word), 1.0) for word in words}
    for pair in zip(words, words[1:], strict=False):
        terms[" ".join(pair)] = Term(" ".join(pair), (pair,), PAIR)
    return terms | {term.key: term for term in _things_in(words)}


def _spellings(word: str) -> tuple[tuple[str, ...], ...]:
    return ((word,), *((short,) for short in _shortenings().get(word, ())))


def _things_in(words: list[str]) -> Iterator[Term]:
    things, longest = _things(), _longest()
    for start, word in enumerate(words):
        for length in range(min(longest.get(word, 0), len(words) - start), 0, -1):
            thing = things.get(tuple(words[start : start + length]))
            if thing is not None:
                yield thing
                break
