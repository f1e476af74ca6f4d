"""From paragraphs to the clause tree: what stands under what, and what kind each is (domain.md §4.2)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.reading import topics
from documents.reading.blocks import Block
from documents.reading.letters import ends_sentence, is_capitals
from documents.reading.markers import (
    ARTICLE,
    DASH,
    LETTER,
    LOW_STAR,
    NUMBER,
    PAREN,
    PART,
    ROMAN,
    STAR,
)
from documents.reading.results import ClauseReading
from documents.reading.topics import assignee_label, label_of, meaning_of

_TEXT_RANK, _ROW_RANK = 20, 21
_CLOSING = re.compile(
    r"(?:Trên đây là|Yêu cầu (?:các|Thủ trưởng|Ban|UBND|(?:Ủy|Uỷ) ban|Đảng|cấp|Bí thư)|Đề nghị (?:các|Thủ trưởng|Đảng|cấp)"
    r"|Căn cứ (?:Kế hoạch|nội dung|kế hoạch).*(?:yêu cầu|đề nghị|triển khai|thực hiện)|Trong quá trình|Quá trình (?:tổ chức|triển khai|thực hiện)|Nhận được"
    r"|Kế hoạch này|Chương trình này|Thông báo này|(?:Ban Thường vụ|UBND|(?:Ủy|Uỷ) ban|Đảng (?:ủy|uỷ)|Thường trực)[^.]{0,80}(?:yêu cầu|đề nghị)"
    r"|Với nội dung trên|Vậy,? )"
)
_ORDER = re.compile(
    r"(?:Đề nghị|Yêu cầu)\s[^.]*(?:trước|chậm nhất|muộn nhất|xong)\s+(?:vào\s+|là\s+)?(?:ngày\s+)?\d"
)
"""An order with a day of its own is work, no closing."""
_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Thi hành|Theo|Xét|Tiếp tục|Triển khai)\b")
_AD_HOC = re.compile(
    r"(?:Ngoài ra|Ngoài|Tùy|Khi|Đối thoại đột xuất|Đột xuất)\b.*\b[Đđ]ột xuất|.*[Đđ]ột xuất.*khi (?:cần|có|phát)",
    re.DOTALL,
)
_CHILD_KINDS = {
    topics.PURPOSE: "purpose",
    topics.REQUIREMENT: "requirement",
    topics.TOPIC: "topic",
    topics.PROGRAMME: "programme_item",
    topics.PARTICIPANTS: "participant_group",
    topics.FACTS: "fact_line",
    topics.SESSION: "fact_line",
    topics.ASSIGN: "duty",
    topics.STAGE: "duty",
}
_SAME_BELOW = frozenset(
    {"purpose", "requirement", "topic", "programme_item", "participant_group", "fact_line", "text"}
)
_ASIDE = re.compile(r"(?:Thành phần|Đại biểu|Khách mời|Thời gian|Địa điểm|Hình thức)\b")
_SHORT, _GROUP_LABEL = 130, 60


@dataclass(slots=True, eq=False)
class Node:
    """A clause while the tree is built; `topic` is what its section announces."""

    kind: str
    marker: str
    text: str
    line: int
    rank: int
    topic: str | None = None
    cells: tuple[str, ...] = ()
    is_bold: bool = False
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    def add(self, child: "Node") -> "Node":
        """Put a clause last below this one."""
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator["Node"]:
        """Every clause below, in order."""
        for child in self.children:
            yield child
            yield from child.walk()

    def above(self, *kinds: str) -> "Node | None":
        """The nearest clause above of one of these kinds."""
        node = self.parent
        while node and node.kind not in kinds:
            node = node.parent
        return node


def build_tree(blocks: Sequence[Block], *, type_code: str | None) -> Node:
    """The clauses of a body below one root; `type_code` decides what stands at the top."""
    top = topics.PROGRAMME if type_code == "CTr" else None
    root = Node("root", type_code or "", "", 0, -1, topic=top)
    closing = _closing_start(blocks, most=1 if type_code == "CV" else 4)
    stack = [root]
    is_opened = False
    for at, block in enumerate(blocks):
        if at >= closing:
            root.add(Node("closing", _marker(block), block.text, block.line, _TEXT_RANK))
        else:
            _place(stack, block, is_opened=is_opened)
            is_opened = is_opened or _is_opened(root)
    return root


def as_clauses(node: Node) -> tuple[ClauseReading, ...]:
    """The finished tree."""
    return tuple(
        ClauseReading(
            kind=child.kind,
            marker=child.marker,
            text=child.text,
            line=child.line,
            cells=child.cells,
            children=as_clauses(child),
            confidence=_confidence(child),
        )
        for child in node.children
    )


def _confidence(node: Node) -> float:
    if node.kind in {"text", "heading"} and not node.marker:
        return 0.6
    return 0.9 if node.marker or node.kind in {"introduction", "closing"} else 0.75


def _marker(block: Block) -> str:
    return block.marker.text if block.marker else ""


def _closing_start(blocks: Sequence[Block], *, most: int) -> int:
    """The place of the first closing paragraph (the number of blocks if there is none)."""
    at = len(blocks)
    while at > 1 and len(blocks) - at < most:
        block = blocks[at - 1]
        is_last = at == len(blocks) and block.text.rstrip().endswith(("./.", "/.", "./", "/#"))
        if (
            block.marker
            or block.cells
            or block.level
            or (most > 1 and _ORDER.match(block.text))
            or not (_CLOSING.match(block.text) or is_last)
        ):
            break
        at -= 1
    return at


def _is_opened(root: Node) -> bool:
    """Whether the last clause at the top ends the opening (a letter has no sections)."""
    last = root.children[-1].kind if root.children else ""
    return root.topic is not None or (root.marker != "CV" and last not in _OPENING_KINDS)


_OPENING_KINDS = frozenset({"legal_basis", "introduction"})


def _place(stack: list[Node], block: Block, *, is_opened: bool) -> None:
    """Put one block where it belongs and let it hold what follows."""
    if block.is_page:
        stack[-1].add(Node("text", "", block.text, block.line, _TEXT_RANK, topic=topics.PAGE))
        return
    rank = _rank(block, stack, is_opened=is_opened)
    if not is_opened and rank > PAREN and not block.cells:
        kind = "legal_basis" if _is_basis(block) else "introduction"
        if stack[0].marker == "CV" and not _BASIS.match(block.text):
            kind = "text"
        stack[0].add(Node(kind, _marker(block), block.text, block.line, rank))
        return
    limit = PAREN if rank >= _TEXT_RANK else rank - 1
    while stack[-1].rank > limit:
        stack.pop()
    node = Node(
        "", _marker(block), block.text, block.line, rank, cells=block.cells, is_bold=block.is_bold
    )
    stack[-1].add(node)
    _decide(node)
    if rank < _TEXT_RANK:
        stack.append(node)


def _is_basis(block: Block) -> bool:
    """A basis of its own: "Căn cứ …", not the sentence that goes on to the plan itself."""
    is_long = bool(re.search(r"(?:như sau|cụ thể)\s*:?\s*$", block.text))
    return block.text.startswith(("Căn cứ", "Theo đề nghị", "Xét đề nghị")) and not is_long


def _rank(block: Block, stack: Sequence[Node], *, is_opened: bool) -> int:
    if block.cells:
        return _ROW_RANK
    if block.marker:
        return _marked_rank(block, stack)
    if _is_bare_label(block, stack):
        return STAR
    return _plain_rank(block, stack, is_opened=is_opened)


def _plain_rank(block: Block, stack: Sequence[Node], *, is_opened: bool) -> int:
    """A paragraph without a marker: a title by its style or its words, else text."""
    if block.level and is_opened:
        return ROMAN if is_capitals(block.text) or block.level < 3 else NUMBER
    is_title = len(block.text) < _SHORT and not ends_sentence(block.text)
    if block.text.endswith(":") and _is_bare_body(block, stack):
        return PAREN
    if is_title and is_capitals(block.text) and meaning_of(block.text):
        return ROMAN
    is_body_title = stack[-1].topic == topics.ASSIGN and bool(assignee_label(block.text))
    is_named = block.is_bold and bool(meaning_of(block.text))
    return PAREN if is_title and is_opened and (is_named or is_body_title) else _TEXT_RANK


def _is_bare_body(block: Block, stack: Sequence[Node]) -> bool:
    """ "Phòng Kinh tế:" alone among assignments no number orders."""
    is_numbered = any(node.kind == "assignee" and node.rank < PAREN for node in stack)
    is_among = stack[-1].topic == topics.ASSIGN and not is_numbered
    return is_among and len(block.text) < _SHORT and bool(assignee_label(block.text.rstrip(":")))


def _is_bare_label(block: Block, stack: Sequence[Node]) -> bool:
    """ "Ở huyện:", "Thành phần mời:" without their star: they hold the dashes below."""
    label, rest = label_of(block.text)
    if stack[-1].topic == topics.PARTICIPANTS and label != block.text:
        return not rest and len(label) < _GROUP_LABEL
    is_label = label != block.text and bool(_ASIDE.match(label)) and len(label) < _GROUP_LABEL
    return is_label and any(node.kind == "assignee" for node in stack)


def _marked_rank(block: Block, stack: Sequence[Node]) -> int:
    """The marker's rank; "*" groups dashes if it is a label, stands below them if not."""
    assert block.marker
    rank = block.marker.rank
    if rank == STAR and not (block.is_bold or label_of(block.text)[0] != block.text):
        return LOW_STAR if any(node.rank == DASH for node in stack) else STAR
    if rank == LETTER and block.marker.text[0].isupper():
        return _letter_rank(block, stack)
    if rank == PAREN and not any(node.rank in {NUMBER, LETTER} for node in stack):
        return NUMBER
    return rank


def _letter_rank(block: Block, stack: Sequence[Node]) -> int:
    """ "A." above the Roman numbers if it shouts or they stand below it, else just below them."""
    letters = [node.rank for node in stack if node.marker[:1] in "ABCDEFGHĐ" and node.marker]
    if PART in letters or is_capitals(block.text):
        return PART
    return ARTICLE if any(node.rank == ROMAN for node in stack) else PART


def _decide(node: Node) -> None:
    """What kind a clause is, from its own words and from where it stands."""
    parent = node.parent
    assert parent
    node.topic = parent.topic
    if node.cells:
        node.kind = "programme_item" if parent.topic == topics.PROGRAMME else "text"
        node.text = " ".join(cell for cell in node.cells if cell)
        return
    decide = _heading if node.rank <= PAREN else _item
    decide(node, parent)


def _heading(node: Node, parent: Node) -> None:
    inherited = parent.topic
    is_sentence = (
        inherited is not None and node.text.endswith((".", ";")) and not label_of(node.text)[1]
    )
    meaning = None if is_sentence and node.rank > ROMAN else meaning_of(node.text)
    if node.rank < NUMBER and node.rank <= ROMAN:
        node.kind, node.topic = "heading", meaning or inherited
        _split(node, meaning)
    elif inherited in {topics.ASSIGN, topics.STAGE}:
        _assigned(node, parent, meaning)
    elif meaning == topics.SESSION:
        node.kind, node.topic = "session", topics.SESSION
    elif _AD_HOC.match(node.text):
        node.kind = "ad_hoc"
    elif meaning:
        node.kind, node.topic = _announced(node, meaning), meaning
        _split(node, meaning)
    else:
        _inherit(node, parent)


def _announced(node: Node, meaning: str) -> str:
    """A label with its words on the same line is the thing itself, without them a heading."""
    label, rest = label_of(node.text)
    itself = (
        meaning in {topics.FACTS, topics.PARTICIPANTS, topics.TOPIC} and label != node.text and rest
    )
    return _CHILD_KINDS[meaning] if itself else "heading"


def _split(node: Node, meaning: str | None) -> None:
    """ "2. Yêu cầu: Việc …" → the heading and its first paragraph."""
    label, rest = label_of(node.text)
    if (
        rest
        and node.kind == "heading"
        and meaning in {topics.PURPOSE, topics.REQUIREMENT, topics.PROGRAMME, topics.ASSIGN}
    ):
        node.text = node.text[: len(node.text) - len(rest)].strip()
        node.add(Node(_CHILD_KINDS[meaning], "", rest, node.line, _TEXT_RANK, topic=meaning))


def _assigned(node: Node, parent: Node, meaning: str | None) -> None:
    """Below "Tổ chức thực hiện": a body with its duties, a heading of a stage, or a duty."""
    if parent.kind == "assignee":
        node.kind = "duty"
        return
    label = assignee_label(node.text)
    if label:
        _make_assignee(node, label)
    elif meaning in {topics.STAGE, topics.ASSIGN} or (
        len(node.text) < _SHORT and not ends_sentence(node.text)
    ):
        node.kind, node.topic = (
            "heading",
            topics.STAGE if meaning == topics.STAGE else topics.ASSIGN,
        )
    else:
        node.kind = "duty"


def _make_assignee(node: Node, label: str) -> None:
    node.kind, node.topic = "assignee", topics.ASSIGN
    rest = node.text[len(label) :].lstrip(" :")
    start = node.text[: len(node.text) - len(rest)]
    has_lead_in = node.text.rstrip().endswith(":") and "trách nhiệm" in node.text
    if rest and rest != node.text and not has_lead_in and ":" in start[len(label) - 1 :]:
        node.text = start.strip()
        node.add(Node("duty", "", rest, node.line, _TEXT_RANK, topic=topics.ASSIGN))


def _inherit(node: Node, parent: Node) -> None:
    """A numbered line that announces nothing: an item of its section, or a plain heading."""
    kind = _CHILD_KINDS.get(parent.topic or "")
    if kind and parent.kind in _SAME_BELOW:
        node.kind = parent.kind
    elif kind:
        node.kind = kind
    else:
        node.kind = "heading" if len(node.text) < _SHORT and not node.text.endswith(".") else "text"


def _item(node: Node, parent: Node) -> None:
    if parent.topic in {topics.ASSIGN, topics.STAGE}:
        _assigned_item(node, parent)
    elif _opens_session(node) and parent.kind != "session":
        node.kind, node.topic = "session", topics.SESSION
    elif _AD_HOC.match(node.text):
        node.kind = "ad_hoc" if parent.kind in {"heading", "root"} else "text"
    elif parent.kind in _SAME_BELOW:
        node.kind = parent.kind
    elif parent.topic == topics.FACTS and meaning_of(node.text) == topics.PARTICIPANTS:
        node.kind, node.topic = "participant_group", topics.PARTICIPANTS
    else:
        is_bare = not node.marker and node.rank != STAR
        is_lead_in = is_bare and (node.text.endswith(":") or node.text.startswith("("))
        node.kind = "text" if is_lead_in else _CHILD_KINDS.get(parent.topic or "", "text")


def _opens_session(node: Node) -> bool:
    """ "- Quý II: …", also without its marker if what follows says when: "Đợt 1: Ngày 22/5/2026, tại …"."""
    rest = label_of(node.text)[1]
    is_marked = bool(node.marker) or bool(
        re.match(r"(?:[^.;]{0,30}\s)?(?:ngày|tháng)\s\d", rest.lower())
    )
    return is_marked and meaning_of(node.text) == topics.SESSION


def _assigned_item(node: Node, parent: Node) -> None:
    """Below an assignee: duties; labels with a star and lead-ins are text."""
    if parent.kind in {"duty", "text"}:
        node.kind = "text"
    elif parent.kind == "assignee":
        is_text = node.rank in {STAR, LOW_STAR} or (not node.marker and node.text.endswith(":"))
        node.kind = "text" if is_text else "duty"
    else:
        label = assignee_label(node.text) if node.marker or node.rank == _TEXT_RANK else None
        is_named = label and (
            len(label) < len(node.text.rstrip(" :.;")) or node.children or len(label) < _SHORT
        )
        if is_named and label:
            _make_assignee(node, label)
        else:
            node.kind = "text" if node.text.endswith(":") and not node.marker else "duty"
