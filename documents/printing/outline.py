"""From the clause tree to numbered paragraphs: `I-`, `1.`, `1.1.`, `-`, `+` (domain.md §1.4).

Numbers are computed here from the skin and never stored, so a clause can move without renumbering.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents.models import Clause, ClauseKind
from documents.printing import grids, marks
from documents.printing.parts import Appendix, Articles, Block, Column, Extra, Table

__all__ = ["Appendix", "Articles", "Block", "Column", "Extra", "Table", "outline", "roman"]

TITLES = {ClauseKind.HEADING, ClauseKind.ASSIGNEE, ClauseKind.SESSION}
NUMBERED = {ClauseKind.AD_HOC, ClauseKind.CONCLUSION_POINT, ClauseKind.EXCHANGE}
BULLETS = {
    ClauseKind.PURPOSE,
    ClauseKind.REQUIREMENT,
    ClauseKind.DUTY,
    ClauseKind.PROGRAMME_ITEM,
}
BY_PLACE = {ClauseKind.TOPIC, ClauseKind.PARTICIPANT_GROUP, ClauseKind.FACT_LINE}
BASIS_VERB = "Căn cứ"
_VERBS = re.compile(r"^(căn cứ|thực hiện|theo|xét|để|triển khai)\s", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-+•–]\s+")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_LABEL = re.compile(r"(?!.*trách nhiệm)[^:*\n]{1,90}:")
_RUN_IN = {ClauseKind.HEADING, ClauseKind.ASSIGNEE}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

Pair = tuple[Clause, list[Any]]


def roman(number: int) -> str:
    """1 → I, 4 → IV, 12 → XII."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


def letter(number: int) -> str:
    """1 → a, 5 → đ: the Vietnamese alphabet, as points are lettered."""
    return _ALPHABET[(number - 1) % len(_ALPHABET)]


def third_mark(profile: Mapping[str, Any]) -> str:
    """What numbers the third level: "{path}." or "{letter})"; older skins say nothing."""
    return str(profile.get("points", {}).get("mark", "{path}."))


@dataclass
class _Place:
    """Where in the tree the walk stands: numbers so far and the kind of list around."""

    depth: int = 1
    parent: str = ""
    path: tuple[int, ...] = ()
    bullet: int = 0
    sections: int = 0
    numbers: int = 0


class _Outline:
    """Walks the tree once and collects blocks."""

    def __init__(
        self,
        profile: Mapping[str, Any],
        *,
        verb: str,
        extra: Extra,
        is_programme: bool,
        articles: Articles | None,
    ) -> None:
        self.profile = profile
        self.articles = articles
        self.verb = verb or BASIS_VERB
        self.extra = extra
        self.has_programme_table = bool(extra.programme_leads) or is_programme
        self.blocks: list[Block] = []

    def walk(self, pairs: Sequence[Pair], place: _Place) -> None:
        for group in _groups(pairs, together=self._together()):
            kind, drawn = group[0][0].kind, len(self.blocks)
            if kind == ClauseKind.LEGAL_BASIS:
                self._bases(group)
            elif kind == ClauseKind.PROGRAMME_ITEM and self.has_programme_table:
                self._programme([clause for clause, _children in group])
            elif len(group) > 1:
                rows = grids.grid([clause for clause, _children in group])
                self.blocks.append(Block("table", table=rows))
            else:
                self._clause(*group[0], place)
            self._sign([clause.pk for clause, _children in group], drawn)
            for clause, _children in group:
                if table := self.extra.tables.get(clause.pk):
                    self.blocks.append(Block("table", table=table))

    def _sign(self, clause_ids: list[int], start: int) -> None:
        """Note of which clause the blocks from `start` on are; those below it are already signed."""
        is_each = len(self.blocks) - start == len(clause_ids)
        for at in range(start, len(self.blocks)):
            if not self.blocks[at].clause_id:
                clause_id = clause_ids[at - start] if is_each else clause_ids[0]
                self.blocks[at] = replace(self.blocks[at], clause_id=clause_id)

    def _together(self) -> set[str]:
        programme = {ClauseKind.PROGRAMME_ITEM} if self.has_programme_table else set()
        return {ClauseKind.LEGAL_BASIS} | programme

    def _clause(self, clause: Clause, children: list[Pair], place: _Place) -> None:
        first, *rest = [line.strip() for line in clause.text.splitlines() if line.strip()] or [""]
        below = _Place(place.depth + 1, clause.kind, place.path, place.bullet)
        if clause.kind == ClauseKind.HEADING and place.depth == 1:
            place.sections += 1
            self._section(place.sections, first)
        elif self._is_numbered(clause.kind, place):
            place.numbers += 1
            below.path = (*place.path, place.numbers)
            if run_in := _run_in(clause, rest, children):
                words = f"{first} {run_in.text.strip()}"
                self._numbered(clause.kind, words, below.path, has_more=False)
                self._sign([clause.pk], len(self.blocks) - 1)
                self.blocks[-1] = replace(self.blocks[-1], also_id=run_in.pk)
                return
            self._numbered(clause.kind, first, below.path, has_more=bool(children or rest))
        elif self._is_bullet(clause.kind, place):
            self._bullet(first, place.bullet)
            below.bullet = place.bullet + 1
        else:
            self.blocks.append(Block("text", first, level=2))
        is_titled = below.path != place.path
        for line in rest:
            self._further_line(line, below.bullet, is_titled=is_titled)
        self.walk(children, below)

    def _section(self, number: int, text: str) -> None:
        if self.articles:
            self._article(self.articles, number, text)
            return
        rule = self.profile["sections"]
        words = text.upper() if rule.get("caps") else text
        marker = rule["mark"].format(n=roman(number))
        self.blocks.append(Block("section", words, marker, 1, is_bold=True))

    def _article(self, articles: Articles, number: int, text: str) -> None:
        """`Điều 1.` with its words behind it; before the first, who decides."""
        if number == 1 and articles.enacting:
            self.blocks.append(Block("enacting", f"**{articles.enacting}**"))
        marker = articles.mark.format(n=number)
        self.blocks.append(Block("article", text, marker, 1, is_bold=True))

    def _numbered(self, kind: str, text: str, path: tuple[int, ...], *, has_more: bool) -> None:
        mark = third_mark(self.profile)
        if len(path) > 1 and "{letter}" in mark:
            self._point(text, mark.format(letter=letter(path[-1])), path, has_more=has_more)
            return
        marker = ".".join(str(part) for part in path) + "."
        level = min(1 + len(path), 3)
        if marks.has_lead(text) and kind != ClauseKind.TOPIC:
            block = Block("item", marks.bold_lead(text), marker, level, is_bold=True)
        elif kind in TITLES or (has_more and kind in BY_PLACE):
            block = Block("title", f"**{marks.plain(text)}**", marker, level, is_bold=True)
        else:
            block = Block("item", text, marker, level)
        self.blocks.append(block)

    def _point(self, text: str, marker: str, path: tuple[int, ...], *, has_more: bool) -> None:
        """`a) …`, upright; what stands below it is listed with hyphens (domain.md §1.3.2)."""
        marker = marker if len(path) == 2 else "-"
        self.blocks.append(Block("lead" if has_more else "item", text, marker, 3))

    def _bullet(self, text: str, nesting: int) -> None:
        level = 3 if nesting == 0 else 4
        self.blocks.append(Block("bullet", _BULLET.sub("", text), "+" if nesting else "-", level))

    def _further_line(self, line: str, bullet: int, *, is_titled: bool) -> None:
        if is_titled or _BULLET.match(line):
            self._bullet(line, bullet)
        else:
            self.blocks.append(Block("text", line, level=2))

    def _is_numbered(self, kind: str, place: _Place) -> bool:
        if kind in BY_PLACE:
            return place.depth == 2 and place.parent == ClauseKind.HEADING
        return kind in TITLES or kind in NUMBERED

    def _is_bullet(self, kind: str, place: _Place) -> bool:
        if kind == ClauseKind.FACT_LINE:
            return place.depth > 1
        return kind in BULLETS or kind in BY_PLACE

    def _bases(self, group: Sequence[Pair]) -> None:
        rule = self.profile["basis"]
        texts = [clause.text.strip().rstrip(".;, ") for clause, _children in group]
        if self.verb != BASIS_VERB:
            sentence = f"{_with_verb(texts[0], self.verb)}"
            self.blocks.append(Block("text", "; ".join([sentence, *texts[1:]]) + ",", level=2))
            return
        last = len(texts) - 1
        for at, text in enumerate(texts):
            mark = rule["end"] if at == last else rule["sep"]
            self.blocks.append(
                Block(
                    "basis",
                    _with_verb(_BULLET.sub("", text), self.verb) + mark,
                    rule.get("marker", ""),
                    2,
                    is_italic=bool(rule.get("italic")),
                )
            )

    def _programme(self, items: Sequence[Clause]) -> None:
        leads = self.extra.programme_leads
        columns = [Column("TT", 11, "center"), Column("Nội dung")]
        if leads:
            columns.append(Column("Điều hành", 38, "center"))
        rows = []
        for number, clause in enumerate(items, start=1):
            row = [str(number), _BULLET.sub("", clause.text)]
            rows.append(tuple([*row, leads.get(clause.pk, "")] if leads else row))
        ids = tuple(clause.pk for clause in items)
        self.blocks.append(Block("table", table=Table(tuple(columns), tuple(rows), row_ids=ids)))


def outline(
    pairs: Sequence[Pair],
    profile: Mapping[str, Any],
    *,
    verb: str,
    extra: Extra,
    is_programme: bool = False,
    articles: Articles | None = None,
    is_closed: bool = True,
) -> tuple[Block, ...]:
    """Number the tree by the skin and close it with the skin's mark (`./.`) unless it is an appendix."""
    walker = _Outline(profile, verb=verb, extra=extra, is_programme=is_programme, articles=articles)
    if articles and articles.issuer:
        walker.blocks.append(Block("enacting", f"**{articles.issuer}**"))
    walker.walk(pairs, _Place())
    if table := extra.tables.get(0):
        walker.blocks.append(Block("table", table=table))
    blocks = _joined(walker.blocks)
    return tuple(_closed(blocks, profile["closing"]["mark"]) if is_closed else blocks)


def _groups(pairs: Sequence[Pair], *, together: set[str]) -> Iterator[list[Pair]]:
    """Single clauses, but neighbours of a kind in `together` and the rows of a table as one group."""
    at = 0
    while at < len(pairs):
        end = at + (grids.grid_size(pairs, at) or 1)
        kind = pairs[at][0].kind
        while kind in together and end < len(pairs) and pairs[end][0].kind == kind:
            end += 1
        yield list(pairs[at:end])
        at = end


def _run_in(clause: Clause, rest: Sequence[str], children: Sequence[Pair]) -> Clause | None:
    """The only paragraph below a label with a colon: it stands on the same line ("2. Yêu cầu: …")."""
    is_label = _LABEL.fullmatch(clause.text.strip()) and clause.kind in _RUN_IN
    if rest or len(children) != 1 or not is_label:
        return None
    [(only, below)] = children
    is_plain = not below and "\n" not in only.text.strip() and not _BULLET.match(only.text)
    return only if is_plain and only.kind in BULLETS | {ClauseKind.TEXT} else None


def _with_verb(text: str, verb: str) -> str:
    return text[:1].upper() + text[1:] if _VERBS.match(text) else f"{verb} {text}"


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """`Thực hiện A; B,` and the opening sentence after it are one paragraph."""
    if len(blocks) > 1 and blocks[0].role == "text" and blocks[0].text.endswith(","):
        both = replace(blocks[0], text=f"{blocks[0].text} {blocks[1].text}")
        if blocks[1].role == "text":
            return [both, *blocks[2:]]
        return [replace(blocks[0], text=blocks[0].text.rstrip(",") + "."), *blocks[1:]]
    return list(blocks)


def _closed(blocks: list[Block], mark: str) -> list[Block]:
    if not blocks or not mark or blocks[-1].table or blocks[-1].role in {"section", "title"}:
        return blocks
    return [*blocks[:-1], replace(blocks[-1], text=marks.end_with(blocks[-1].text, mark))]
