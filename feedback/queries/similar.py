"""Which opinions are about the same matter, found by PostgreSQL alone (docs/decisions/0020).

Rare words, pairs of words and names of things say what a text is about. The stored `search` column
finds the texts that share the rarest of them and ranks those by how much they share; the best
are then compared closely, typing slips included.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, FloatField, Func, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from feedback.models import Opinion
from feedback.queries.words import WORD, Term, terms_in, words_in

SAMPLE = 2000
"""Newest opinions that tell how rare a word is."""
LONGEST_QUERY = 120
"""Words of a text that are looked at."""
SCORED_TERMS = 32
CANDIDATES = 4000
"""Rows the rarest terms are expected to bring up."""
FEWEST_TERMS = 4
COMPARED = 40
"""Rows that are compared closely."""
SLIP_LENGTH = 4
SLIP_WEIGHT = 0.6
TELLING = 0.45
"""Part of the greatest weight from which on a word is marked as shared."""

STATISTICS = """
SELECT word, ndoc FROM ts_stat(
    'SELECT search FROM feedback_opinion ORDER BY id DESC LIMIT %s'
)
UNION ALL SELECT '', (SELECT coalesce(max(id), 0) FROM feedback_opinion)
UNION ALL SELECT ' ', (SELECT count(*) FROM (SELECT FROM feedback_opinion LIMIT %s) AS newest)
"""


@dataclass(frozen=True)
class Alike:
    """An opinion like the one asked about; `score` from 0 to 1, `shared` the folded words of both."""

    opinion: Opinion
    score: float
    shared: frozenset[str]

    @property
    def words(self) -> str:
        """The score in words."""
        if self.score >= 0.35:
            return _("Rất giống")
        return _("Khá giống") if self.score >= 0.25 else _("Có nét giống")

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a word both have."""
        return marked(self.opinion.text, self.shared)


def similar_opinions(
    text: str, among: QuerySet[Opinion], *, limit: int = 5, at_least: float = 0.0
) -> list[Alike]:
    """The opinions of `among` most like `text`, best first; two questions whatever their number."""
    asked = Likeness(text)
    if not asked.terms:
        return []
    rows = asked.candidates(among)
    alike = [Alike(row, *asked.compare(f"{row.text} {row.proposal}")) for row in rows]
    best = sorted(alike, key=lambda found: (-found.score, -found.opinion.pk))
    return [found for found in best[:limit] if found.score >= at_least]


def marked(text: str, shared: AbstractSet[str]) -> list[tuple[str, bool]]:
    """A text cut where shared words begin and end; joined together it is the text again."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in WORD.finditer(text):
        if shared and not shared.isdisjoint(words_in(word[0])):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


class Rarity:
    """How rare terms are among the newest opinions, and how many rows hold them, roughly."""

    def __init__(self) -> None:
        """Ask the database once."""
        with connection.cursor() as cursor:
            cursor.execute(STATISTICS, [SAMPLE, SAMPLE])
            self.seen: dict[str, int] = dict(cursor.fetchall())
        newest = self.seen.pop("")
        self.sample = max(1, self.seen.pop(" "))
        self.size = newest if self.sample == SAMPLE else self.sample
        self._weights: dict[str, float] = {}

    def weight(self, term: Term) -> float:
        """What sharing a term says; the rarer, the more."""
        weight = self._weights.get(term.key)
        if weight is None:
            seen = min(self._seen(term), self.sample) + 0.5
            weight = term.factor * math.log((self.sample + 1) / seen)
            self._weights[term.key] = weight
        return weight

    def rows(self, term: Term) -> float:
        """About how many opinions hold the term, at most."""
        return (self._seen(term) + 0.5) * self.size / self.sample

    def is_odd(self, word: str) -> bool:
        """Whether hardly anybody writes it so: a name, or a slip of the finger."""
        return self.seen.get(word, 0) <= 1

    def _seen(self, term: Term) -> int:
        return sum(min(self.seen.get(word, 0) for word in name) for name in term.names)


class Likeness:
    """One text, and how much others have in common with it."""

    def __init__(self, text: str) -> None:
        """Take the text apart and learn how rare its terms are."""
        self.words = words_in(text)[:LONGEST_QUERY]
        self.terms = terms_in(self.words)
        self.rarity = Rarity()
        self.weights = {key: self.rarity.weight(term) for key, term in self.terms.items()}
        self.whole = sum(self.weights.values())
        self.telling = TELLING * max(self.weights.values(), default=0)

    def candidates(self, among: QuerySet[Opinion]) -> list[Opinion]:
        """The rows that share most with the text, of those that share one of its rarest terms."""
        by_weight = sorted(self.terms.values(), key=lambda term: -self.weights[term.key])
        scored = by_weight[:SCORED_TERMS]
        found = among.filter(HoldsOne(F("search"), self._rarest(scored))).annotate(
            likeness=SharedWeight(F("search"), scored, self.weights)
        )
        return list(found.order_by("-likeness", "-pk")[:COMPARED])

    def compare(self, text: str) -> tuple[float, frozenset[str]]:
        """How like another text is, from 0 to 1, and the telling words both have."""
        words = words_in(text)
        theirs = terms_in(words)
        shared = self.terms.keys() & theirs.keys()
        slips = dict(self._slips(set(words)))
        common = sum(self.weights[key] for key in shared)
        common += sum(SLIP_WEIGHT * self.weights[word] for word in slips)
        other = sum(self.rarity.weight(term) for term in theirs.values())
        score = common / math.sqrt(self.whole * other) if self.whole and other else 0.0
        return min(score, 1.0), self._telling(shared) | frozenset(slips.values())

    def _rarest(self, terms: Sequence[Term]) -> list[Term]:
        """The rarest terms that together bring up a bearable number of rows."""
        chosen: list[Term] = []
        rows = 0.0
        for term in sorted(terms, key=self.rarity.rows):
            rows += self.rarity.rows(term)
            if rows > CANDIDATES and len(chosen) >= FEWEST_TERMS:
                break
            chosen.append(term)
        return chosen

    def _slips(self, words: set[str]) -> Iterator[tuple[str, str]]:
        """My words that differ from a word of the other text by one slip of the finger."""
        odd = {word for word in words.difference(self.words) if self.rarity.is_odd(word)}
        for word in set(self.words) - words:
            others = words if self.rarity.is_odd(word) else odd
            slip = next((other for other in others if is_slip(word, other)), None)
            if slip is not None:
                yield word, slip

    def _telling(self, shared: Collection[str]) -> frozenset[str]:
        """The words of shared terms that are not in every other text."""
        told = [self.terms[key] for key in shared if self.weights[key] >= self.telling]
        return frozenset(word for term in told for name in term.names for word in name)


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less or wrong, or by two changing places."""
    if min(len(one), len(other)) < SLIP_LENGTH or abs(len(one) - len(other)) > 1:
        return False
    same = sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    left, right = one[same:], other[same:]
    is_turned = left[:2] == right[1::-1] and left[2:] == right[2:]
    is_lost = left == right[1:] or left[1:] == right
    return left[1:] == right[1:] or is_lost or is_turned


class HoldsOne(Func):
    """Whether a tsvector holds one of some terms; apart from each other, so that each uses the index."""

    output_field = BooleanField()

    def __init__(self, vector: Combinable, terms: Sequence[Term]) -> None:
        """Take the column and the terms."""
        super().__init__(vector)
        self.queries = [term.query for term in terms]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """`search @@ 'a' OR search @@ 'b' …`."""
        column, params = compiler.compile(self.source_expressions[0])
        tests = [f"{column} @@ %s::tsquery" for _query in self.queries]
        return f"({' OR '.join(tests)})", (*params, *self.queries)


class SharedWeight(Func):
    """What the terms weigh that a tsvector holds, by the square root of its length."""

    output_field = FloatField()

    def __init__(
        self, vector: Combinable, terms: Sequence[Term], weights: Mapping[str, float]
    ) -> None:
        """Take the column, the terms and what each weighs."""
        super().__init__(vector)
        self.weighed = [(term.query, weights[term.key]) for term in terms]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """A sum of as many conditions as there are terms."""
        column, _params = compiler.compile(self.source_expressions[0])
        part = f"CASE WHEN {column} @@ %s::tsquery THEN %s ELSE 0 END"
        total = " + ".join([part] * len(self.weighed))
        values = tuple(value for pair in self.weighed for value in pair)
        return f"(({total}) / sqrt(length({column}) + 1))", values
