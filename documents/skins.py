"""Which layout an organisation's papers have on a date, and how their numbers are written (domain.md §1).

Skins and document types are rows an office can change; the files in `data/` are only what a new
installation starts with.
"""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from documents.models import DocumentType, Skin
from organisations.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parent / "data"
LETTER = "CV"
BLANK_NUMBER = "\u00a0" * 6

_OWN_SYSTEMS = {Organisation.System.PARTY, Organisation.System.STATE}
_SIZED = (
    "number",
    "place_date",
    "parent_org",
    "org",
    "type",
    "abstract",
    "letter_abstract",
    "addressees",
    "body",
    "table",
    "sign_authority",
    "sign_post",
    "sign_name",
    "recipients_label",
    "recipients",
    "draft",
    "urgency",
    "page_no",
)
_WORDS = {
    "number": ("fmt", "symbol", "symbol_letter", "type_symbol"),
    "sections": ("mark",),
    "recipients": ("sep", "end", "archive", "purposes"),
    "basis": ("sep", "end"),
    "sign_authority": ("prefixes",),
    "minutes": ("left", "right"),
}


def skin_for(organisation: Organisation, on: date) -> Skin:
    """The layout the organisation's system prescribes for papers of that date.

    Front, unions and others share the free profile. A party paper older than every profile keeps
    the oldest one: the layout before 2018 is for archives only.
    """
    system = organisation.system
    if system not in _OWN_SYSTEMS:
        system = Organisation.System.UNION
    skins = Skin.objects.filter(system=system).order_by(F("valid_from").asc(nulls_first=True))
    in_force = skins.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
    )
    skin = in_force.last() or skins.first()
    if skin is None:
        raise LookupError(_("Chưa có mẫu trình bày cho hệ thống “%s”.") % organisation.system)
    return skin


def symbol_for(
    document_type: DocumentType, organisation: Organisation, skin: Skin, unit: str = ""
) -> str:
    """The symbol after the number: `KH/ĐU` (party), `KH-UBND` (state), `UBND-VP` (state letter)."""
    rule = skin.profile["number"]
    is_party = rule["type_symbol"] == "party"
    symbol = document_type.party_symbol if is_party else document_type.state_symbol
    shape = rule["symbol_letter"] if document_type.code == LETTER else rule["symbol"]
    parts = {"type": symbol or document_type.code, "org": organisation.symbol, "unit": unit}
    return str(shape.format(**parts)).strip("-/")


def number_line(skin: Skin, number: int | None, symbol: str) -> str:
    """`Số 05-KH/ĐU` or `Số: 05/KH-UBND`; a draft keeps a gap for the number."""
    written = BLANK_NUMBER if number is None else f"{number:02d}"
    return str(skin.profile["number"]["fmt"].format(n=written, symbol=symbol))


def profile_problems(profile: dict[str, Any]) -> list[str]:
    """What keeps a changed profile from printing, in sentences for the person who changed it."""
    return [*_bad_measures(profile), *_missing_words(profile)]


def _bad_measures(profile: dict[str, Any]) -> "Iterator[str]":
    for side in ("top", "bottom", "left", "right"):
        if not _is_measure(profile.get("margins_mm", {}).get(side)):
            yield _("Lề “%s” phải là một số milimét.") % side
    for part in _SIZED:
        if not _is_measure(profile.get(part, {}).get("pt")):
            yield _("Thành phần “%s” chưa có cỡ chữ.") % part
    if len(profile.get("columns_mm", [])) != 2:
        yield _("Cần độ rộng của hai cột ở phần đầu văn bản.")


def _missing_words(profile: dict[str, Any]) -> "Iterator[str]":
    for part, words in _WORDS.items():
        for word in words:
            if word not in profile.get(part, {}):
                yield _("Thành phần “%(part)s” thiếu mục “%(word)s”.") % {
                    "part": part,
                    "word": word,
                }


def _is_measure(value: object) -> bool:
    return isinstance(value, int | float) and value > 0


def complete_skins(skin_model: Any = Skin) -> None:
    """Give the rows the measures that were added to `data/` later; what stands there is kept."""
    for path in sorted((DATA / "skins").glob("*.json")):
        shipped = json.loads(path.read_text(encoding="utf-8"))
        for skin in skin_model.objects.filter(code=shipped["code"]):
            skin.profile = _completed(skin.profile, shipped["profile"])
            skin.save(update_fields=["profile"])


def _completed(profile: dict[str, Any], shipped: dict[str, Any]) -> dict[str, Any]:
    """The profile with the parts only the shipped one has; parts are taken whole."""
    return {**{part: rule for part, rule in shipped.items() if part not in profile}, **profile}


def load_skins(skin_model: Any = Skin, type_model: Any = DocumentType) -> None:
    """Create the skins and document types that are missing; never touch one an office has.

    The models are given by the migration, which knows them as they were.
    """
    for path in sorted((DATA / "skins").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        row["valid_from"] = row["valid_from"] and date.fromisoformat(row["valid_from"])
        row["valid_to"] = row["valid_to"] and date.fromisoformat(row["valid_to"])
        skin_model.objects.get_or_create(code=row.pop("code"), defaults=row)
    types = json.loads((DATA / "document_types.json").read_text(encoding="utf-8"))
    for row in types:
        type_model.objects.get_or_create(code=row.pop("code"), defaults=row)
