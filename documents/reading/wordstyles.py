"""What the styles of a Word file say about a paragraph or a run: level, bold, capitals, font, list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_MAX_CHAIN = 12


def value(element: Any, name: str) -> str | None:
    """The `w:val` of a child, or None."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val", "")


def switch(element: Any, name: str) -> bool | None:
    """A toggle such as `w:b`: on, off, or not said."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val", "1").lower() not in _OFF


def font_of(properties: Any) -> str | None:
    """The font of Latin letters."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


def list_of(properties: Any) -> tuple[str | None, int | None]:
    """The list a paragraph is counted in, and its level there."""
    numbering = properties.find(W + "numPr") if properties is not None else None
    if numbering is None:
        return None, None
    level = value(numbering, "ilvl")
    return value(numbering, "numId"), int(level) if level and level.isdecimal() else None


@dataclass(slots=True)
class Styles:
    """The styles by name, each resolved along what it is based on."""

    by_id: dict[str, Any] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    font: str = ""
    _found: dict[tuple[str | None, str | None], list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> "Styles":
        """Read `word/styles.xml` (None: a file without styles)."""
        styles = cls()
        if root is None:
            return styles
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            styles.by_id.setdefault(name, style)
            if (style.get(W + "default") or "").lower() in {"1", "true"}:
                styles.first.setdefault(style.get(W + "type", ""), name)
        base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles.font = font_of(base) or ""
        return styles

    def chain(self, name: str | None, kind: str) -> Iterator[Any]:
        """A style and those it is based on, nearest first."""
        at = name or self.first.get(kind)
        for _step in range(_MAX_CHAIN):
            style = self.by_id.get(at or "")
            if style is None:
                return
            yield style
            at = value(style, "basedOn")

    def level(self, properties: Any) -> int:
        """The outline level of a paragraph, 1 for the highest; 0 for ordinary text."""
        own = value(properties, "outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self.chain(value(properties, "pStyle"), "paragraph"):
            said = value(style.find(W + "pPr"), "outlineLvl")
            if said is not None:
                return _outline(said)
            name = (value(style, "name") or "").lower()
            if name.startswith("heading ") and name[8:].isdecimal():
                return min(int(name[8:]), 6)
        return 0

    def list_of(self, properties: Any) -> tuple[str | None, int]:
        """The list of a paragraph, its own or its style's; "0" takes it out of every list."""
        number, level = list_of(properties)
        for style in self.chain(value(properties, "pStyle"), "paragraph"):
            if number is not None:
                break
            number, above = list_of(style.find(W + "pPr"))
            level = above if level is None else level
        return (None if number == "0" else number), level or 0

    def of_run(self, properties: Any, paragraph: str | None) -> list[Any]:
        """What holds for a run, nearest first: its own properties, its style's, its paragraph's."""
        names = (value(properties, "rStyle"), paragraph)
        if names not in self._found:
            styles = (*self.chain(names[0], "character"), *self.chain(paragraph, "paragraph"))
            found = (style.find(W + "rPr") for style in styles)
            self._found[names] = [one for one in found if one is not None]
        return self._found[names] if properties is None else [properties, *self._found[names]]

    def run_font(self, said: list[Any]) -> str:
        """The font of a run."""
        return next((font for one in said if (font := font_of(one))), self.font)


def holds(said: list[Any], name: str) -> bool:
    """Whether a toggle is on: the nearest that says anything decides."""
    for one in said:
        found = switch(one, name)
        if found is not None:
            return found
    return False


def _outline(said: str) -> int:
    return int(said) + 1 if said.isdecimal() and int(said) < 6 else 0
