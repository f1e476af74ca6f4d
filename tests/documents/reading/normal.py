"""Two texts are the same paper if they differ only in spaces and markup."""

import html
import re
import unicodedata

from documents.reading import as_text, read


def normal(text: str) -> str:
    """The letters and marks of a text: no markup, no rules of hyphens, single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[-_=~]{3,}|\|[\s|:-]+\|", " ", text)
    text = html.unescape(re.sub(r"</?[A-Za-z][^<>]{0,50}>", "", text))
    return " ".join(re.sub(r"[*#\\]|(?<!\w)__|__(?!\w)", "", text).replace("|", " ").split())


def differs(source: str) -> str:
    """Where the re-written reading of a source first differs from it; "" if nowhere."""
    wanted, got = normal(source), normal(as_text(read(source.splitlines())))
    if wanted == got:
        return ""
    at = next(
        (at for at, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b),
        min(len(wanted), len(got)),
    )
    return f"…{wanted[max(0, at - 40) : at + 60]}… ≠ …{got[max(0, at - 40) : at + 60]}…"
