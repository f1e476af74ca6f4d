"""Several papers that go out together as one PDF for the printer."""

import io
from collections.abc import Sequence

import pikepdf


def join_pdfs(parts: Sequence[bytes], *, title: str) -> bytes:
    """The pages of all files one after the other.

    Signatures inside the files do not survive joining: the result is for printing.
    """
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as paper:
            whole.pages.extend(paper.pages)
    whole.docinfo["/Title"] = title
    whole.Root.Lang = "vi"
    written = io.BytesIO()
    whole.save(written, deterministic_id=True)
    return written.getvalue()
