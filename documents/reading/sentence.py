"""One paragraph of duties understood: part, co-operators, product, receiver, way, deadline (domain.md §4.1.4)."""

import dataclasses
import re
from collections.abc import Iterator
from itertools import pairwise

from documents.reading.letters import fold_in_place, one_line, regex
from documents.reading.names import is_body, names_at
from documents.reading.phrases import FoundPhrase, best_deadline, deadlines_in, understood
from documents.reading.results import DutyReading

_MARKS = re.compile(r"\*{1,3}")
_BULLET = re.compile(r"^\s*(?:[-+•*–]\s+|\d{1,2}[.)]\s+|[a-zđ][.)]\s+)")
_STAGES = (
    ("before", re.compile(r"truoc(?: khi)? [^:.;]{0,60}?(?:doi thoai|hoi nghi|gap mat|tiep xuc)")),
    ("during", re.compile(r"(?:trong|tai)(?: khi)? [^:.;]{0,40}?(?:doi thoai|hoi nghi|gap mat)")),
    (
        "after",
        re.compile(r"(?:ngay )?sau(?: khi)? [^:.;]{0,60}?(?:doi thoai|hoi nghi|gap mat|tiep xuc)"),
    ),
)
_STAGE_LABEL = re.compile(r"(?:truoc|sau|trong|ngay sau|tai)\b[^:.;]{0,80}:")
_SUBJECT = re.compile(
    r"\s+(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?:\s*:)?\s+(?=\S)|\s*:\s+(?=\S)"
)
_ASKED = re.compile(r"(?:Giao|Phân công|Đề nghị|Yêu cầu)\s+(?:cho\s+)?(?=\S)")
_OPENING = re.compile(
    r"(?:(?:can cu|tren co so|theo) chuc nang,? nhiem vu(?: duoc (?:giao|phan cong))?,?\s*"
    r"|co trach nhiem|co nhiem vu|thuong xuyen|kip thoi|tiep tuc|tich cuc|chu dong|thuc hien|to chuc|lam tot"
    r"|cong tac|de nghi|giao|va|viec|tang cuong|day manh|la (?:co quan|don vi|dau moi|bo phan|thuong truc)[^,.;]{0,40})(?=[\s,])[\s,]*"
)
_PARTS = (
    ("lead", re.compile(r"chu tri(?! hoi nghi)")),
    ("cooperate", re.compile(r"(?:phoi|ket) hop")),
    ("advise", re.compile(r"tham muu")),
    ("direct", re.compile(r"chi dao|lanh dao")),
    ("monitor", re.compile(r"theo doi|don doc")),
    ("supervise", re.compile(r"giam sat|kiem tra|phan bien")),
)
_WITH = re.compile(r"(?:phối hợp|kết hợp)(?:\s+chặt chẽ)?(?:\s+(?:với|cùng))?\s+", re.IGNORECASE)
_SEND_TO = regex(
    r"(?<!\w)(?<!chương )(?<!quy )(?<!quá )(?i:gửi|nộp|chuyển|trình|báo cáo)\s+(?:(?P<what>[^,.;:()]{1,90}?)\s+)??"
    r"(?:(?:về|cho|đến|tới|lên|với)\s+)?(?=[A-ZĐÀ-Ỹ]|các |đồng chí |đ/c |lãnh đạo )"
)
_VIA = regex(r"(?<!\w)(?i:thông qua|qua)\s+(?=[A-ZĐÀ-Ỹ]|đồng chí|đ/c)")
_PRODUCT = re.compile(
    r"(?<!\w)(?:xây dựng|chuẩn bị|dự thảo|soạn thảo|soạn|lập|ban hành|trình|gửi|phát hành|tham mưu|in|hoàn thiện|tham mưu cho [^,.;]{3,60}?)"
    r"\s+(?:và (?:gửi|trình|ban hành)\s+)?(?P<product>(?:các\s+|dự thảo\s+|bảng\s+)?(?:báo cáo|kế hoạch|thông báo|giấy mời|chương trình|kịch bản|danh sách"
    r"|văn bản|phiếu|tài liệu|biên bản|bảng tổng hợp|tờ trình|công văn|bài phát biểu|dự thảo)(?!\w)[^,.;:()\n]{0,160})",
    re.IGNORECASE,
)
_PRODUCT_END = regex(
    r"\s(?:để|báo cáo|gửi|trình|trước|chậm nhất|muộn nhất|và (?:gửi|trình|báo cáo|tổ chức)|cho|nhằm|phục vụ|về việc"
    r"|trong thời|trong vòng|xong|hoàn thành|sau (?:khi|hội|đối|\d{1,2} (?:ngày|tuần))|về(?= [A-ZĐÀ-Ỹ])|đến(?= [A-ZĐÀ-Ỹ]))\s"
)
_JOINED = re.compile(r"(?:\s*\([^()]{1,40}\)|\s+(?:đối với|cho)\s[^,;.]{1,60}?)?,?\s+và\s+")
_AND_DAY = re.compile(
    r"(?:\s*\([^()]{1,40}\))?(?:,\s*|,?\s+và\s+)(?:ngày\s+)?(?P<day>\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?)(?![\d/])"
)
_ACT = (
    "(?:tham mưu|dự thảo|xây dựng|tổng hợp|chuẩn bị|tuyên truyền|tổ chức|rà soát|gửi|trình|báo cáo|ban hành|hoàn thiện|hoàn chỉnh"
    "|thẩm định|phát hành|niêm yết|đăng|thông báo|lập|lấy|thu|trả lời|giải quyết|tiếp nhận|phân loại|chuyển|nộp|công khai|mời|in)"
)
_PIECES = re.compile(rf"(?<=[;.])\s+|(?<=,)\s+(?={_ACT}\s)|\s+(?=và\s+{_ACT}\s)")


def read_duty(
    text: str, *, year: int | None = None, actors: tuple[str, ...] = (), line: int = 0
) -> DutyReading:
    """Understand one pasted paragraph; `year` stands in for a missing one, `actors` from the heading."""
    shown = one_line(_BULLET.sub("", _MARKS.sub("", text), count=1))
    stage, body = _stage_label(shown)
    own, body = _subject(body)
    found = deadlines_in(body if stage else shown, year=year)
    due = best_deadline(found)
    part, is_written = _part(body)
    cooperating = _cooperating(shown)
    send_to = _send_to(shown)
    return DutyReading(
        actors=own or actors,
        role=part,
        cooperating=cooperating,
        stages=stage or _stages(found),
        text=shown,
        deliverable=_product(shown),
        send_to=send_to,
        via=_via(shown),
        due=due.phrase if due else None,
        line=line,
        confidence=_confidence(is_written, bool(own or actors), due),
    )


def read_duties(
    text: str, *, year: int | None = None, actors: tuple[str, ...] = (), line: int = 0
) -> tuple[DutyReading, ...]:
    """The same, one reading for each act with a day of its own ("… trước ngày A; … trước ngày B")."""
    pieces = _acts(_MARKS.sub("", text), year)
    first = read_duty(pieces[0], year=year, actors=actors, line=line)
    found = [first, *_again(first, year)]
    for piece in pieces[1:]:
        act = read_duty(piece, year=year, actors=first.actors, line=line)
        role = first.role if act.role == "carry_out" else act.role
        act = dataclasses.replace(act, is_continued=True, role=role)
        found += [act, *_again(act, year)]
    return tuple(found)


def _again(act: DutyReading, year: int | None) -> Iterator[DutyReading]:
    """The same act once more for a second day: "trước ngày A (đợt 1) và trước ngày B (đợt 2)"."""
    fixed = [one for one in deadlines_in(act.text, year=year) if one.is_fixed]
    for before, one in pairwise(fixed):
        is_joined = _JOINED.fullmatch(act.text, before.end, one.start)
        if is_joined and one.phrase.is_deadline and act.due is not None:
            yield dataclasses.replace(act, due=one.phrase, is_continued=True)
    if len(fixed) == 1 and act.due is not None and fixed[0].phrase.is_deadline:
        yield from _bare_days(act, fixed[0], year)


def _bare_days(act: DutyReading, first: FoundPhrase, year: int | None) -> Iterator[DutyReading]:
    """Further days without a word of their own: "trước ngày 15/6/2026 và 15/12/2026"."""
    bound = re.split(r"\d", first.phrase.literal, maxsplit=1)[0]
    at = first.end
    while joined := _AND_DAY.match(act.text, at):
        phrase = understood(f"{bound}{joined['day']}", year=year)
        if phrase is None or not phrase.is_deadline:
            return
        yield dataclasses.replace(act, due=phrase, is_continued=True)
        at = joined.end()


def _acts(text: str, year: int | None) -> list[str]:
    """Cut after each day but the last; what follows the last day stays with it."""
    acts, held = [], ""
    for piece in _PIECES.split(text):
        held = f"{held} {piece}" if held else piece
        if any(one.is_fixed or one.is_counted for one in deadlines_in(piece, year=year)):
            acts.append(held)
            held = ""
    if held:
        acts[-1:] = [f"{acts[-1]} {held}" if acts else held]
    return acts or [text]


def _stage_label(text: str) -> tuple[tuple[str, ...], str]:
    """ "Sau đối thoại: Chỉ đạo …" → ("after",) and the rest."""
    folded = fold_in_place(text[:140])
    label = _STAGE_LABEL.match(folded)
    if not label:
        return (), text
    stages = tuple(name for name, shape in _STAGES if shape.match(label[0]))
    return (stages, text[label.end() :].strip()) if stages else ((), text)


def _stages(found: list[FoundPhrase]) -> tuple[str, ...]:
    written = next((one.phrase.stages for one in found if one.phrase.stages), ())
    if written:
        return tuple(stage.value for stage in written)
    relative = next((one.phrase for one in found if one.phrase.is_relative), None)
    if relative is None:
        return ()
    return ("before",) if (relative.offset or 0) < 0 else ("after",)


def _subject(text: str) -> tuple[tuple[str, ...], str]:
    """ "Ban X có trách nhiệm đôn đốc …" → the bodies named before the verb, and the rest."""
    asked = _ASKED.match(text)
    if asked:
        names, end = names_at(text, asked.end())
        is_asked = bool(names) and text[end : end + 1].islower()
        return (names, text[end:]) if is_asked else ((), text)
    cut = _SUBJECT.search(text[:200])
    if not cut or not is_body(text):
        return (), text
    names, end = names_at(text, 0)
    is_whole = end >= cut.start() - 1 or not text[end : cut.start()].strip()
    return (names, text[cut.end() :]) if is_whole else ((), text)


def _part(text: str) -> tuple[str, bool]:
    """The part the first verb gives, and whether a verb of the list stands there."""
    folded = fold_in_place(text[:240])
    at = 0
    while True:
        for part, shape in _PARTS:
            found = shape.match(folded, at)
            if found:
                return _sharper(part, folded[found.end() :]), True
        opening = _OPENING.match(folded, at)
        if not opening or opening.end() == at:
            return "carry_out", False
        at = opening.end()


def _sharper(part: str, rest: str) -> str:
    """ "Phối hợp giám sát" supervises; "Phối hợp với A giám sát" helps A."""
    if part == "cooperate" and re.match(r"\s+(?:giam sat|kiem tra)", rest):
        return "supervise"
    return part


def _cooperating(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _WITH.finditer(text):
        names, _end = names_at(text, match.end())
        found += [name for name in names if name not in found]
    return tuple(found)


def _send_to(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _SEND_TO.finditer(text):
        what = match["what"] or ""
        if re.search(r"(?<!\w)(?:để|của|do|tại|qua|theo)(?!\w)", what) and "cho" not in match[0]:
            continue
        names, _end = names_at(text, match.end())
        found += [name for name in names if name not in found]
    return tuple(found)


def _via(text: str) -> str | None:
    for match in _VIA.finditer(text):
        names, end = names_at(text, match.end())
        if names:
            return one_line(text[match.end() : end]).strip(" ,;.")
    return None


def _product(text: str) -> str | None:
    found = _PRODUCT.search(text)
    if not found:
        return None
    end = _PRODUCT_END.search(found["product"])
    product = found["product"][: end.start()] if end else found["product"]
    return one_line(product).strip(" ,.") or None


def _confidence(is_written: bool, has_actor: bool, due: FoundPhrase | None) -> float:
    """How sure: a verb of the list, a known actor and a day make a duty plain."""
    return round(0.5 + 0.2 * is_written + 0.2 * has_actor + 0.1 * (due is not None), 2)


def stages_of_label(text: str) -> tuple[str, ...]:
    """ "Trước hội nghị", "Sau đối thoại" as a heading → the stages it names."""
    folded = fold_in_place(text)
    return tuple(name for name, shape in _STAGES if shape.search(folded))
