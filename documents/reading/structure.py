"""From paragraphs to the clause tree: what stands under what (domain.md §4.2)."""

import re
from collections.abc import Sequence

from documents.reading import topics
from documents.reading.blocks import Block
from documents.reading.kinds import decide_kind
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
from documents.reading.nodes import ROW_RANK, TEXT_RANK, Node
from documents.reading.topics import assignee_label, label_of, meaning_of

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
_ASIDE = re.compile(r"(?:Thành phần|Đại biểu|Khách mời|Thời gian|Địa điểm|Hình thức)\b")
_SHORT, _GROUP_LABEL = 130, 60


def build_tree(blocks: Sequence[Block], *, type_code: str | None) -> Node:
    """The clauses of a body below one root; `type_code` decides what stands at the top."""
    top = topics.PROGRAMME if type_code == "CTr" else None
    root = Node("root", type_code or "", "", 0, -1, topic=top)
    closing = _closing_start(blocks, most=1 if type_code == "CV" else 4)
    stack = [root]
    is_opened = False
    for at, block in enumerate(blocks):
        if at >= closing:
            root.add(Node("closing", _marker(block), block.text, block.line, TEXT_RANK))
        else:
            _place(stack, block, is_opened=is_opened)
            is_opened = is_opened or _is_opened(root)
    return root


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
        stack[-1].add(Node("text", "", block.text, block.line, TEXT_RANK, topic=topics.PAGE))
        return
    rank = _rank(block, stack, is_opened=is_opened)
    if not is_opened and rank > PAREN and not block.cells:
        kind = "legal_basis" if _is_basis(block) else "introduction"
        if stack[0].marker == "CV" and not _BASIS.match(block.text):
            kind = "text"
        stack[0].add(Node(kind, _marker(block), block.text, block.line, rank))
        return
    limit = PAREN if rank >= TEXT_RANK else rank - 1
    while stack[-1].rank > limit:
        stack.pop()
    node = Node(
        "", _marker(block), block.text, block.line, rank, cells=block.cells, is_bold=block.is_bold
    )
    stack[-1].add(node)
    decide_kind(node)
    if rank < TEXT_RANK:
        stack.append(node)


def _is_basis(block: Block) -> bool:
    """A basis of its own: "Căn cứ …", not the sentence that goes on to the plan itself."""
    is_long = bool(re.search(r"(?:như sau|cụ thể)\s*:?\s*$", block.text))
    return block.text.startswith(("Căn cứ", "Theo đề nghị", "Xét đề nghị")) and not is_long


def _rank(block: Block, stack: Sequence[Node], *, is_opened: bool) -> int:
    if block.cells:
        return ROW_RANK
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
    return PAREN if is_title and is_opened and (is_named or is_body_title) else TEXT_RANK


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
