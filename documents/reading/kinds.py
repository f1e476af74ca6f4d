"""What kind each clause is: from its own words and from where it stands (domain.md §4.2)."""

import re

from documents.reading import topics
from documents.reading.letters import ends_sentence
from documents.reading.markers import LOW_STAR, NUMBER, PAREN, ROMAN, STAR
from documents.reading.nodes import TEXT_RANK, Node
from documents.reading.topics import assignee_label, label_of, meaning_of

_SHORT = 130
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


def decide_kind(node: Node) -> None:
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
        node.add(Node(_CHILD_KINDS[meaning], "", rest, node.line, TEXT_RANK, topic=meaning))


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
        node.add(Node("duty", "", rest, node.line, TEXT_RANK, topic=topics.ASSIGN))


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
        label = assignee_label(node.text) if node.marker or node.rank == TEXT_RANK else None
        is_named = label and (
            len(label) < len(node.text.rstrip(" :.;")) or node.children or len(label) < _SHORT
        )
        if is_named and label:
            _make_assignee(node, label)
        else:
            node.kind = "text" if node.text.endswith(":") and not node.marker else "duty"
