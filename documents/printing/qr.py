"""QR codes as vector pictures."""

import re
from functools import lru_cache

import segno

BORDER = 2  # light squares around a code
ANY_MASK = 4  # to find the best of eight takes longer than all else about a copy
_DARK = re.compile(rb"\x01+")


@lru_cache(maxsize=128)
def qr_svg(text: str) -> str:
    """A code as an SVG element without fixed size, quiet zone included; error correction M."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=BORDER))


@lru_cache(maxsize=512)
def qr_data_uri(text: str) -> str:
    """The same as an address for `<img src>`."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(omitsize=True, border=BORDER, xmldecl=False))


def qr_runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The same as squares: how many on a side, and the dark ones as (column, row, how many)."""
    rows = segno.make(text, error="m", micro=False, mask=ANY_MASK).matrix
    return len(rows) + 2 * BORDER, [
        (start + BORDER, row + BORDER, end - start)
        for row, squares in enumerate(rows)
        for start, end in (found.span() for found in _DARK.finditer(bytes(squares)))
    ]
