"""Reading a Word file back as Word shows it: list numbers counted, styles resolved, twips as mm."""

import io
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn

from documents.printing.outline import roman

TWIPS_PER_MM = 1440 / 25.4


@dataclass
class Para:
    """One paragraph as it looks."""

    text: str
    style: str
    size: float
    is_bold: bool
    is_italic: bool
    is_underlined: bool
    align: str
    before: float
    after: float
    line: tuple
    first_mm: float
    left_mm: float
    right_mm: float
    keeps_next: bool
    marker: str
    border: float
    color: str


class Word:
    """All paragraphs of a file in reading order."""

    def __init__(self, content):
        self.document = docx.Document(io.BytesIO(content))
        self.styles = {style.style_id: style.element for style in self.document.styles}
        self._lists = _lists(self.document)
        self._counts = {}
        body = self.document.element.body
        self.paras = [self._para(p) for p in body.iter(qn("w:p"))]

    def para(self, start, nth=0):
        return [para for para in self.paras if para.text.startswith(start)][nth]

    @property
    def text(self):
        return " ".join(para.text for para in self.paras if para.text)

    def _para(self, p):
        own = p.find(qn("w:pPr"))
        style = self.styles[own.find(qn("w:pStyle")).get(qn("w:val"))]
        layers = [own, style.find(qn("w:pPr")), self._default("pPr")]
        runs = [r for r in p.iter(qn("w:r")) if r.find(qn("w:t")) is not None]
        words = "".join(_words(r) for r in p.iter(qn("w:r")))
        marker = self._marker(own)
        letters = [[r.find(qn("w:rPr")), *self._letters(style)] for r in runs] or [
            self._letters(style)
        ]
        line = _get(layers, "spacing", "line") or "240"
        is_exact = (_get(layers, "spacing", "lineRule") or "auto") == "exact"
        hanging = float(_get(layers, "ind", "hanging") or 0)
        border = own.find(f"{qn('w:pBdr')}/{qn('w:top')}")
        return Para(
            text=f"{marker} {words}".strip() if marker else words,
            style=style.find(qn("w:name")).get(qn("w:val")),
            size=max(float(_get(one, "sz", "val")) / 2 for one in letters),
            is_bold=all(_on(one, "b") for one in letters),
            is_italic=all(_on(one, "i") for one in letters),
            is_underlined=all(_get(one, "u", "val") == "single" for one in letters),
            align=_get(layers, "jc", "val") or "left",
            before=float(_get(layers, "spacing", "before") or 0) / 20,
            after=float(_get(layers, "spacing", "after") or 0) / 20,
            line=("exact", float(line) / 20) if is_exact else ("multiple", float(line) / 240),
            first_mm=(float(_get(layers, "ind", "firstLine") or 0) - hanging) / TWIPS_PER_MM,
            left_mm=float(_get(layers, "ind", "left") or 0) / TWIPS_PER_MM,
            right_mm=float(_get(layers, "ind", "right") or 0) / TWIPS_PER_MM,
            keeps_next=_on(layers, "keepNext"),
            marker=marker,
            border=0 if border is None else float(border.get(qn("w:sz"))) / 8,
            color=_get(letters[0], "color", "val") or "",
        )

    def _letters(self, style):
        return [style.find(qn("w:rPr")), self._default("rPr")]

    def _default(self, kind):
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        return defaults.find(f"{qn(f'w:{kind}Default')}/{qn(f'w:{kind}')}")

    def _marker(self, own):
        """Count as Word does: lists of one abstract list share their counters."""
        number = own.find(qn("w:numPr"))
        if number is None:
            return ""
        level = int(number.find(qn("w:ilvl")).get(qn("w:val")))
        list_id = number.find(qn("w:numId")).get(qn("w:val"))
        abstract, levels, starts = self._lists[list_id]
        shape, text = levels[level]
        if shape == "bullet":
            return text
        counts = self._counts.setdefault(abstract, {})
        is_new = (list_id, level) not in counts and level in starts
        counts[list_id, level] = True
        if is_new or level not in counts:
            counts[level] = starts.get(level, 1)
        else:
            counts[level] += 1
        for deeper in [key for key in counts if isinstance(key, int) and key > level]:
            del counts[deeper]
        for at in range(level + 1):
            text = text.replace(f"%{at + 1}", _count(counts.get(at, 1), levels[at][0]))
        return text


def _count(number, shape):
    if shape == "upperRoman":
        return roman(number)
    return "abcdefgh"[number - 1] if shape == "lowerLetter" else str(number)


def _lists(document):
    part = document.part.numbering_part.element
    abstracts = {
        one.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): (
                level.find(qn("w:numFmt")).get(qn("w:val")),
                level.find(qn("w:lvlText")).get(qn("w:val")),
            )
            for level in one.findall(qn("w:lvl"))
        }
        for one in part.findall(qn("w:abstractNum"))
    }
    found = {}
    for one in part.findall(qn("w:num")):
        abstract = one.find(qn("w:abstractNumId")).get(qn("w:val"))
        starts = {
            int(over.get(qn("w:ilvl"))): int(over.find(qn("w:startOverride")).get(qn("w:val")))
            for over in one.findall(qn("w:lvlOverride"))
        }
        found[one.get(qn("w:numId"))] = (abstract, abstracts[abstract], starts)
    return found


def _words(run):
    parts = {qn("w:t"): lambda t: t.text or "", qn("w:br"): lambda _br: "\n"}
    return "".join(parts[child.tag](child) for child in run if child.tag in parts)


def _get(layers, tag, name):
    """The nearest layer that says something."""
    for layer in layers:
        found = None if layer is None else layer.find(qn(f"w:{tag}"))
        if found is not None and found.get(qn(f"w:{name}")) is not None:
            return found.get(qn(f"w:{name}"))
    return None


def _on(layers, tag):
    return any(layer is not None and layer.find(qn(f"w:{tag}")) is not None for layer in layers)
