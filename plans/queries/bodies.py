"""Which organisation a name in a paper means: accents, abbreviations, places, years."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import written_day
from core.text import fold
from organisations.models import AdministrativeUnit, Organisation

# Written as one word, folded; the same on both sides, so a wrong guess harms nobody.
SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubkt": "uy ban kiem tra",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "vp": "van phong",
    "vpdu": "van phong dang uy",
    "btv": "ban thuong vu",
    "bch": "ban chi huy",
    "bchqs": "ban chi huy quan su",
    "qs": "quan su",
    "tg": "tuyen giao",
    "dv": "dan van",
    "lhpn": "lien hiep phu nu",
    "ccb": "cuu chien binh",
    "nd": "nong dan",
    "vh": "van hoa",
    "xh": "xa hoi",
    "tt": "trung tam",
}
LEVELS = ("xa", "phuong", "thi tran", "dac khu", "huyen", "thi xa", "thanh pho", "tinh", "thon")
_LEVEL = re.compile(rf"\b({'|'.join(LEVELS)})\b(?! hoi)")
_EMPTY = re.compile(r"\b(?:viet nam|dong chi|d c|va|cac|toan)\b")


@dataclass(frozen=True)
class NamedBodies:
    """The organisations behind names, and for each name that stayed open a sentence."""

    found: tuple[Organisation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class _Name:
    """A name reduced to what tells bodies apart: its core, and the level if it is said."""

    core: str
    level: str


def all_bodies() -> "list[tuple[Organisation, set[_Name]]]":
    """Every organisation with the names it goes by, for many questions in a row."""
    rows = Organisation.objects.select_related("unit", "parent").order_by("pk")
    return [(row, _keys(row)) for row in rows]


def bodies_named(
    names: Iterable[str],
    *,
    home: Organisation,
    today: datetime.date,
    among: "list[tuple[Organisation, set[_Name]]] | None" = None,
) -> NamedBodies:
    """Look names up among all organisations; the nearest to `home` wins, in force before ended."""
    wanted = [name for name in names if name.strip()]
    if not wanted:
        return NamedBodies((), ())
    known = all_bodies() if among is None else among
    found: list[Organisation] = []
    doubts = []
    for name in wanted:
        row, doubt = _best(name, known, home, today)
        if row is not None and row not in found:
            found.append(row)
        doubts += [doubt] if doubt else []
    return NamedBodies(tuple(found), tuple(doubts))


def _best(
    name: str,
    known: list[tuple[Organisation, set[_Name]]],
    home: Organisation,
    today: datetime.date,
) -> tuple[Organisation | None, str]:
    asked = _reduced(name)
    fitting = [row for row, keys in known if any(_fits(asked, key, row) for key in keys)]
    alive = [row for row in fitting if row.valid_to is None or row.valid_to >= today]
    if not fitting:
        return None, _("“%(name)s”: chưa có trong danh mục đơn vị.") % {"name": name}
    if not alive:
        last = max(row.valid_to for row in fitting if row.valid_to)
        return None, _("“%(name)s”: đã kết thúc hoạt động từ sau %(day)s.") % {
            "name": name,
            "day": written_day(last),
        }
    nearest = min(_distance(row, home) for row in alive)
    near = [row for row in alive if _distance(row, home) == nearest]
    if len(near) > 1:
        return None, _("“%(name)s”: có %(n)d đơn vị cùng tên, hãy tự chọn.") % {
            "name": name,
            "n": len(near),
        }
    return near[0], ""


def _distance(row: Organisation, home: Organisation) -> int:
    """How far a body stands from the issuing one: same unit, the unit above, elsewhere."""
    if row.unit_id == home.unit_id:
        return 0
    return 1 if row.unit_id == home.unit.parent_id else 2


def _fits(asked: _Name, key: _Name, row: Organisation) -> bool:
    level = fold(row.unit.kind)
    return bool(asked.core) and asked.core == key.core and asked.level in {"", key.level, level}


def _keys(row: Organisation) -> set[_Name]:
    keys = {
        _reduced(name, unit) for name in (row.name, row.short_name) for unit in (row.unit, None)
    }
    if row.symbol:
        keys.add(_Name(fold(row.symbol), ""))
    return {key for key in keys if key.core}


def _reduced(name: str, unit: AdministrativeUnit | None = None) -> _Name:
    text = re.sub(r"[^\w]+", " ", fold(name.replace("&", " và ")))
    if unit is not None:
        text = re.sub(rf"\b{re.escape(fold(unit.name))}\b", " ", text)
    text = " ".join(SHORT.get(word, word) for word in text.split())
    levels = _LEVEL.findall(text)
    core = _EMPTY.sub(" ", _LEVEL.sub(" ", text))
    return _Name(" ".join(core.split()), levels[-1] if levels else "")
