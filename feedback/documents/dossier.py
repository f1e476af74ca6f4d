"""The dossier for the chair as a paper: numbers, matters by field, speakers, what is missing."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.dates import written_day
from documents.printing.outline import roman
from documents.printing.paper import Block, Column, Paper, Table, written_date
from documents.printing.words import typed_words
from documents.skins import skin_for
from feedback.documents.table import event_of, sentence_of
from feedback.queries.dossier import READY, Dossier, Topic
from feedback.queries.marks import Mark
from feedback.queries.memory import Memory
from feedback.queries.replies import Replies

CUT_AT = 1200
SUBJECT = 160


def dossier_paper(dossier: Dossier, *, today: datetime.date) -> Paper:
    """Upright A4 in the office's layout, without number and signature: it is not sent anywhere."""
    office = dossier.session.plan.document.organisation
    skin = skin_for(office, today)
    sections = [
        (_("Số liệu chung"), _numbers(dossier)),
        (_("Vấn đề theo lĩnh vực"), _matters(dossier)),
        (_("Người đăng ký phát biểu"), _speakers(dossier)),
        (_("Vấn đề chưa có câu trả lời"), _waiting(dossier)),
        (_("Trả lời câu hỏi thêm"), _replies(dossier)),
    ]
    blocks: list[Block] = []
    for number, (title, found) in enumerate((one for one in sections if one[1]), start=1):
        marker = skin.profile["sections"]["mark"].format(n=roman(number))
        words = title.upper() if skin.profile["sections"].get("caps") else title
        blocks += [Block("section", words, marker, 1, is_bold=True), *found]
    return Paper(
        title=_("Tài liệu phục vụ người chủ trì"),
        skin_code=skin.pk,
        profile=skin.profile,
        organisation=office.name.upper(),
        parent_organisation=office.parent_heading.upper(),
        place_date=f"{office.place_name}, {written_date(today)}".removeprefix(", "),
        type_name=_("Tài liệu").upper(),
        abstract=_("phục vụ người chủ trì %(event)s") % {"event": event_of(dossier.session)},
        draft_mark=_("Tài liệu nội bộ"),
        blocks=tuple(blocks),
        dated_on=today,
    )


def _text(words: str) -> Block:
    return Block("text", words, level=2)


def _bullet(words: str) -> Block:
    return Block("bullet", words, "-", 3)


def _numbers(dossier: Dossier) -> list[Block]:
    rows: list[tuple[str, ...]] = [
        (
            section.label,
            str(section.figures.matters),
            str(section.figures.opinions),
            str(section.figures.people),
            str(section.figures.answered),
        )
        for section in dossier.numbers.sections
    ]
    total = dossier.numbers.total
    sums = (total.matters, total.opinions, total.people, total.answered)
    rows.append((f"**{_('Cộng').upper()}**", *(f"**{n}**" for n in sums)))
    columns = (
        Column(_("Lĩnh vực")),
        Column(_("Vấn đề"), 20, "right"),
        Column(_("Lượt ý kiến"), 22, "right"),
        Column(_("Số người"), 20, "right"),
        Column(_("Đã trả lời"), 22, "right"),
    )
    return [_text(sentence_of(dossier.numbers)), Block("table", table=Table(columns, tuple(rows)))]


def _matters(dossier: Dossier) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    for chapter in dossier.chapters:
        figures = chapter.part.section.figures
        told = {"field": chapter.part.section.label, "n": figures.opinions, "m": figures.people}
        head = _("**%(field)s** (%(n)s lượt ý kiến, %(m)s người)") % told
        blocks.append(Block("lead", head, level=2))
        for topic in chapter.topics:
            number += 1
            blocks += _topic(topic, number)
    if dossier.left_out:
        words = _("Còn %(n)s nội dung ít người nêu hơn: xem bảng tổng hợp.")
        blocks.append(_text(words % {"n": dossier.left_out}))
    return blocks


def _topic(topic: Topic, number: int) -> list[Block]:
    row, figures = topic.row, topic.row.cell.figures
    told = {"words": _cut(row.content), "n": figures.opinions, "m": figures.people}
    head = (
        _("**%(words)s** (%(n)s lượt, %(m)s người)") if row.group else _("%(words)s (%(m)s người)")
    )
    blocks = [Block("item", head % told, f"{number}.", 2)]
    facts = [row.competence, "; ".join(row.areas), "; ".join(row.units)]
    blocks.append(
        _bullet(_("Thẩm quyền, nơi nêu: %(facts)s") % {"facts": "; ".join(filter(None, facts))})
    )
    blocks += _answer(topic)
    if topic.memory:
        blocks += _memory(topic.memory)
    if topic.marked:
        codes = ", ".join(f"{one.opinion.code} ({_labels(one.marks)})" for one in topic.marked[:5])
        blocks.append(_bullet(_("Lưu ý trước khi nêu công khai: %(codes)s") % {"codes": codes}))
    return blocks


def _labels(marks: Sequence[Mark]) -> str:
    return "; ".join(mark.label[:1].lower() + mark.label[1:] for mark in marks)


def _answer(topic: Topic) -> list[Block]:
    row = topic.row
    if row.answer is None:
        if not row.lead:
            return [_bullet(_("Chưa giao cơ quan nào chuẩn bị trả lời."))]
        due = written_day(row.due_on) if row.due_on else "…"
        words = _("%(lead)s chưa có câu trả lời (hạn %(day)s).")
        return [_bullet(words % {"lead": row.lead, "day": due})]
    is_ready = row.answer.state in READY
    label = _("Trả lời của %(lead)s") if is_ready else _("Dự thảo của %(lead)s (%(state)s)")
    head = label % {"lead": row.lead, "state": row.answer_state}
    blocks = [_bullet(f"*{head}:* {_cut(row.answer.text)}")]
    if row.answer.legal_basis:
        blocks.append(_bullet(_("Căn cứ: %(words)s") % {"words": _cut(row.answer.legal_basis)}))
    return blocks


def _memory(memory: Memory) -> list[Block]:
    blocks = [_bullet(f"**{memory.sentence}.**")]
    for time in memory.times[:3]:
        promises = "; ".join(f"{line.text} ({line.state})" for line in time.promises if line.text)
        answer = typed_words(time.answer.text)[:300] if time.answer else ""
        said = promises or answer or _("chưa ghi câu trả lời")
        words = _("Năm %(year)s: %(said)s") % {"year": time.year, "said": typed_words(said)}
        blocks.append(Block("bullet", words, "+", 4))
    return blocks


def _speakers(dossier: Dossier) -> list[Block]:
    if not dossier.speakers:
        return []
    columns = (
        Column(_("TT"), 11, "center"),
        Column(_("Người đăng ký"), 42),
        Column(_("Địa bàn"), 32),
        Column(_("Nội dung")),
    )
    rows = [
        (
            str(number),
            typed_words(speaker.name)
            or _("Phiếu %(code)s") % {"code": speaker.submission.shown_code},
            str(speaker.submission.area),
            "\n".join(typed_words(words)[:SUBJECT] for words in speaker.subjects),
        )
        for number, speaker in enumerate(dossier.speakers, start=1)
    ]
    blocks = [Block("table", table=Table(columns, tuple(rows)))]
    if (more := dossier.speaker_count - len(rows)) > 0:
        blocks.append(_text(_("và %(n)s người nữa.") % {"n": more}))
    return blocks


def _waiting(dossier: Dossier) -> list[Block]:
    rows = []
    for body in dossier.waiting:
        lead = body.lead or _("Chưa giao cơ quan nào")
        rows.append(("**" + lead + "**", "", "", f"**{len(body.matters)}**"))
        for due in body.matters:
            day = written_day(due.due_on) if due.due_on else ""
            late = _("%(day)s (quá hạn)") % {"day": day} if due.is_late else day
            rows.append((typed_words(due.group.title), due.state, late, ""))
    columns = (
        Column(_("Cơ quan, vấn đề")),
        Column(_("Đang ở bước"), 40),
        Column(_("Hạn"), 28),
        Column(_("Số"), 12, "right"),
    )
    return [Block("table", table=Table(columns, tuple(rows)))] if rows else []


def _replies(dossier: Dossier) -> list[Block]:
    blocks: list[Block] = []
    for number, reply in enumerate(dossier.replies, start=1):
        told = {"label": typed_words(reply.question.label), "n": reply.count}
        words = _("**%(label)s** (%(n)s người trả lời)") % told
        blocks += [Block("item", words, f"{number}.", 2), *_told(reply)]
    return blocks


def _told(reply: Replies) -> list[Block]:
    blocks = [_bullet(f"{typed_words(choice.label)}: {choice.value}") for choice in reply.choices]
    if reply.mean is not None:
        blocks.append(_bullet(_("Trung bình: %(mean)s") % {"mean": reply.shown_mean}))
    if reply.shown_range:
        low, high = reply.shown_range
        blocks.append(_bullet(_("Từ %(low)s đến %(high)s") % {"low": low, "high": high}))
    return blocks + [_bullet(_cut(words)) for words in reply.words[:5]]


def _cut(text: str) -> str:
    """Typed words on one paragraph, cut where they would fill a page."""
    words = typed_words(" ".join(text.split()))
    return words if len(words) <= CUT_AT else words[:CUT_AT].rsplit(" ", 1)[0] + " …"
