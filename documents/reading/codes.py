"""Number and symbol of a cited paper: "217-QĐ/TW", "118/KH-UBND", "59/2023/NĐ-CP" (domain.md §1.7)."""

import re
from typing import NamedTuple

SYMBOL = r"[A-ZĐ][A-ZĐa-zđƯưÔô.\d]*(?:\s?[-–/&]\s?[A-ZĐ][A-ZĐa-zđƯưÔô.\d]*){0,3}"
CODE = rf"(?:số\s*:?\s*)?(?P<n>\d{{1,4}})\s*(?P<sep>[-–/])\s*(?:(?P<year>\d{{4}})\s*/\s*)?(?P<symbol>{SYMBOL})"
_WHOLE = re.compile(CODE, re.IGNORECASE)


class Code(NamedTuple):
    """What names a paper: the number, with the year laws and decrees bear ("59/2023"); the symbol."""

    number: int | str
    symbol: str

    def __str__(self) -> str:
        """As printed: "59/2023/NĐ-CP", "05-KH/ĐU"."""
        if isinstance(self.number, str):
            return f"{self.number}/{self.symbol}"
        return f"{self.number:02d}{'-' if '/' in self.symbol else '/'}{self.symbol}"


def code_of(found: re.Match[str]) -> Code:
    """The code a match of `CODE` found."""
    number, year = int(found["n"]), found["year"]
    symbol = re.sub(r"\s+", "", found["symbol"]).replace("–", "-").strip(".")
    return Code(f"{number:02d}/{year}" if year else number, symbol)


def neat_code(typed: str) -> str:
    """What a person typed as number and symbol, as it is printed; unknown shapes stay as they are."""
    found = _WHOLE.fullmatch(typed.strip(" .,;"))
    if not found:
        return typed
    number, symbol = code_of(found)
    shown, sign = (number, "/") if found["year"] else (f"{number:02d}", found["sep"])
    return f"{shown}{sign.replace('–', '-')}{symbol}"
