"""QR codes as vector pictures."""

from functools import lru_cache

import segno


@lru_cache(maxsize=128)
def qr_svg(text: str) -> str:
    """A code as an SVG element without fixed size, quiet zone included; error correction M."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=2))


@lru_cache(maxsize=512)
def qr_data_uri(text: str) -> str:
    """The same as an address for `<img src>`."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(omitsize=True, border=2, xmldecl=False))
