"""Writing and approving papers, as every step does it that needs one."""

from typing import Any

from dialogue.smoke.visitor import Visitor
from dialogue.smoke.walk import Walk


def write_clause(
    clerk: Visitor,
    document: int,
    kind: str,
    text: str = "",
    /,
    *,
    after: int = 0,
    inside: int = 0,
    **fact: Any,
) -> int:
    """Add a clause in the editor (at the end, after or inside another); returns its number."""
    place = (
        f"at={after or inside}&where={'after' if after else 'inside'}&" if after or inside else ""
    )
    clerk.go("documents:clause_add", document, query=f"{place}kind={kind}")
    address = clerk.send("Thêm đoạn", text=text, **_named(fact))
    return int(address.partition("?clause=")[2].partition("#")[0])


def change_clause(clerk: Visitor, document: int, clause: int, /, **fact: Any) -> None:
    """Open a clause in the editor, change what is named, save."""
    clerk.go("documents:clause_edit", document, clause)
    text = fact.pop("text", None)
    words: dict[str, Any] = {} if text is None else {"text": text}
    clerk.send("Lưu đoạn này", **words, **_named(fact))


def submit_paper(clerk: Visitor, document: int) -> None:
    """The clerk checks a draft and hands it to the head."""
    clerk.go("documents:edit", document)
    clerk.follow("Kiểm tra và trình ký")
    clerk.submit("ký")
    clerk.sees("Đã trình ký")


def issue_paper(walk: Walk, document: int) -> None:
    """The head reads and issues what was handed in."""
    walk.head.go("documents:detail", document)
    walk.head.follow("Xem và ký ban hành")
    walk.head.submit("Ban hành")
    walk.head.sees("Đã ban hành: số")


def approve_paper(walk: Walk, document: int) -> None:
    """Submit and issue, then the frozen PDF is there."""
    submit_paper(walk.clerk, document)
    issue_paper(walk, document)
    walk.clerk.pdf("documents:pdf", document)


def _named(fact: dict[str, Any]) -> dict[str, Any]:
    return {f"fact__{name}": value for name, value in fact.items()}
