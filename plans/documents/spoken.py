"""An announcement to be read aloud: short sentences, numbers and dates as they are said."""

import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from plans.queries.calls import Call

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTH = re.compile(r"tháng (0?[1-9]|1[0-2])/(\d{4})", re.IGNORECASE)
MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def spoken_number(number: int) -> str:
    """A number from 0 to 9999 as it is said: 15 "mười lăm", 2026 "hai nghìn không trăm hai mươi sáu"."""
    thousands, rest = divmod(number, 1000)
    if thousands:
        said = f"{DIGITS[thousands]} nghìn"
        return f"{said} {_hundreds(rest, is_whole=True)}" if rest else said
    return _hundreds(rest, is_whole=False)


def _hundreds(number: int, *, is_whole: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not is_whole:
        return _tens(rest)
    said = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return said
    return f"{said} {_tens(rest) if rest >= 10 else 'linh ' + DIGITS[rest]}"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    if tens == 1:
        return "mười" + ("" if ones == 0 else " lăm" if ones == 5 else f" {DIGITS[ones]}")
    last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {DIGITS[ones]}")
    return f"{DIGITS[tens]} mươi{last}"


def spoken_day(day: datetime.date) -> str:
    """ "thứ Sáu, ngày mùng tám tháng Năm năm hai nghìn không trăm hai mươi sáu"."""
    number = f"mùng {spoken_number(day.day)}" if day.day <= 10 else spoken_number(day.day)
    month = spoken_month(day.month, day.year)
    return f"{WEEKDAYS[day.weekday()]}, ngày {number} {month}"


def spoken_month(month: int, year: int) -> str:
    """ "tháng Mười hai năm hai nghìn không trăm hai mươi sáu"."""
    name = f"Mười {DIGITS[month - 10]}" if month > 10 else MONTHS[month - 1]
    return f"tháng {name} năm {spoken_number(year)}"


def spoken_time(moment: datetime.datetime) -> str:
    """ "hai giờ ba mươi phút chiều" on the office's clock."""
    here = timezone.localtime(moment)
    hour = here.hour - 12 if here.hour > 12 else here.hour
    minutes = f" {spoken_number(here.minute)} phút" if here.minute else ""
    return f"{spoken_number(hour)} giờ{minutes} {_part_of_day(here.hour)}"


def _part_of_day(hour: int) -> str:
    for end, name in ((11, "sáng"), (13, "trưa"), (18, "chiều")):
        if hour < end:
            return name
    return "tối"


def spoken_sentences(call: Call) -> list[str]:
    """What the loudspeaker says, sentence by sentence."""
    office = call.document.organisation.name
    where = call.units[0] if len(call.units) == 1 else str(call.document.organisation.unit)
    sentences = [
        _("Kính thưa bà con Nhân dân %(unit)s.") % {"unit": where},
        _("%(office)s xin thông báo.") % {"office": office},
        _("%(office)s tổ chức %(conference)s.")
        % {"office": office, "conference": call.conference[:1].lower() + call.conference[1:]},
        _("Nội dung: %(theme)s.") % {"theme": call.theme},
        _("Thời gian: %(when)s.") % {"when": _spoken_when(call)},
    ]
    if call.place:
        sentences.append(_("Địa điểm: %(place)s.") % {"place": call.place})
    sentences += _spoken_ways(call)
    sentences.append(_("Trân trọng kính mời bà con đến dự đông đủ, đúng giờ."))
    again = _("Xin nhắc lại: hội nghị họp %(when)s%(place)s.")
    place = _(", tại %(place)s") % {"place": call.place} if call.place else ""
    return [*sentences, again % {"when": _spoken_when(call), "place": place}]


def _spoken_when(call: Call) -> str:
    if call.on is None:
        month = _MONTH.fullmatch(call.when)
        said = spoken_month(int(month[1]), int(month[2])) if month else call.when
        return said[:1].lower() + said[1:]
    day = spoken_day(call.on)
    return f"{spoken_time(call.starts_at)}, {day}" if call.starts_at else day


def _spoken_ways(call: Call) -> list[str]:
    by = call.opinions_by
    sentences = [
        _("Bà con có ý kiến, kiến nghị, xin ghi vào phiếu và gửi cho trưởng thôn, tổ trưởng."),
    ]
    if by:
        sentences.append(_("Hạn gửi ý kiến: hết %(day)s.") % {"day": spoken_day(by)})
    if call.contact:
        sentences.append(_("Cần hỏi thêm, xin liên hệ %(contact)s.") % {"contact": call.contact})
    return sentences
