"""The daily letter: one per person, channel and day, with everything needed to act on each task."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries
from assignments.actions.steps import newest_rung
from assignments.actions.wording import fill
from assignments.models import Ladder, Reminder, Rung, Task
from core import outbox
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.models import Message
from core.templatetags.ui import due_words
from core.text import cut
from organisations.models import Absence, Organisation, User

CLAUSE_LENGTH = 240
LOCK = 20_232
"""Only one worker writes letters at a time: two would each see a part of a person's reminders."""


@dataclass(frozen=True)
class Entry:
    """One task in a letter; `tier` for those who hear of it as superiors."""

    task: Task
    due: str
    sentence: str = ""
    tier: str = ""
    stands_in_for: str = ""

    @property
    def clause(self) -> str:
        """The words of the paper, short; empty where they say no more than the title."""
        words = " ".join(self.task.wording.split())
        return "" if words in self.task.title else cut(words, CLAUSE_LENGTH)

    @property
    def ended_on(self) -> datetime.date | None:
        """The last day of a lead that is no more."""
        return self.task.lead.valid_to


@dataclass(frozen=True)
class Digester:
    """What every letter of one sweep is made from."""

    today: datetime.date
    calendar: WorkingCalendar
    book: queries.LadderBook
    away: dict[int, int]

    def letter(self, key: str, reminders: Sequence[Reminder], absent: dict[int, str]) -> Message:
        """The letter that holds these reminders of one person; `absent`: whom for which task."""
        recipient = reminders[0].recipient
        entries = self._entries(reminders, absent)
        parts = digest_parts(entries, self.today)
        ladder = self.book.of(reminders[0].task.owner_id)
        subject, body = digest_words(ladder, parts, recipient, self.today)
        return outbox.letter(
            key=key,
            subject=subject,
            body=body,
            reason=_("ông/bà phụ trách hoặc theo dõi các nhiệm vụ này."),
            channel=reminders[0].channel,
            recipient=recipient,
            link=reverse("assignments:list"),
        )

    def _entries(self, reminders: Sequence[Reminder], absent: dict[int, str]) -> list[Entry]:
        tasks = {row.task_id: row.task for row in reminders}
        own = {row.task_id for row in reminders if not row.rung.startswith(queries.ABOVE)}
        days = {task.due_on for task in tasks.values() if task.due_on is not None}
        positions = queries.working_day_positions(days, self.today, self.calendar)
        return [
            self._entry(task, positions[task.due_on], pk in own, absent.get(pk, ""))
            for pk, task in tasks.items()
            if task.due_on is not None
        ]

    def _entry(self, task: Task, position: int, is_own: bool, stands_in_for: str) -> Entry:
        assert task.due_on is not None
        ladder = self.book.of(task.owner_id)
        due = str(due_words(task.due_on, self.today, self.calendar))
        if not is_own:
            tier = queries.tier_words(ladder, position)
            return Entry(task, due, tier=tier, stands_in_for=stands_in_for)
        found = newest_rung(ladder.rungs.all(), position)
        sentence = fill(found[0].sentence, sentence_values(task, position)) if found else ""
        return Entry(task, due, sentence=sentence, stands_in_for=stands_in_for)


@transaction.atomic
def write_digests(now: datetime.datetime, calendar: WorkingCalendar) -> int:
    """Put the reminders nobody has been told of into one letter per person, channel and day.

    Tasks that were reported or moved meanwhile are left out; there is never an empty letter. Who
    has had today's letter gets the rest tomorrow. A letter leaves in the office hours of the
    organisation that gave its most urgent task, in that organisation's words.
    """
    here = timezone.localtime(now)
    today = here.date()
    if not calendar.is_working(today):
        return 0
    book = queries.ladder_book()
    if not any(ladder.is_open_at(here) for ladder in book.ladders):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = list(queries.unsent_reminders(today))
    groups = {
        f"digest:{user_id}:{channel}:{today}": list(group)
        for (user_id, channel), group in groupby(rows, lambda row: (row.recipient_id, row.channel))
    }
    if not groups:
        return 0
    had = set(Message.objects.filter(key__in=groups).values_list("key", flat=True))
    groups = {
        key: group
        for key, group in groups.items()
        if key not in had and book.of(group[0].task.owner_id).is_open_at(here)
    }
    digester = Digester(today, calendar, book, Absence.objects.stand_ins(today))
    absent = _stood_in_for(rows, digester.away)
    letters = {
        key: digester.letter(key, group, absent.get(group[0].recipient_id, {}))
        for key, group in groups.items()
    }
    outbox.write_all(letters.values())
    _link(groups)
    return len(letters)


def digest_parts(
    entries: Iterable[Entry], today: datetime.date
) -> list[tuple[list[Entry], str, str]]:
    """The tasks of a letter by how urgent they are: entries, heading, the word for the subject."""
    entries = list(entries)
    own = [(entry.task.due_on, entry) for entry in entries if not entry.tier]
    baskets = (
        ([entry for day, entry in own if day and day < today], _("Quá hạn"), _("quá hạn")),
        (
            [entry for day, entry in own if day == today],
            _("Đến hạn hôm nay"),
            _("đến hạn hôm nay"),
        ),
        ([entry for day, entry in own if day and day > today], _("Sắp đến hạn"), _("sắp đến hạn")),
        (
            [entry for entry in entries if entry.tier],
            _("Báo cáo ông/bà: việc quá hạn của các đơn vị"),
            _("quá hạn báo cáo ông/bà"),
        ),
    )
    return [basket for basket in baskets if basket[0]]


def digest_words(
    ladder: Ladder,
    parts: Sequence[tuple[list[Entry], str, str]],
    recipient: User,
    today: datetime.date,
) -> tuple[str, str]:
    """Subject and body of a letter, in the words of the organisation whose ladder it is."""
    counts = ", ".join(
        _("%(count)d việc %(how)s") % {"count": len(entries), "how": how}
        for entries, _heading, how in parts
    )
    site = settings.SITE_URL.rstrip("/")
    values = {
        "người nhận": recipient.full_name,
        "ngày": written_day(today),
        "số việc": sum(len(entries) for entries, _heading, _how in parts),
        "tóm tắt": counts,
        "danh sách": render_to_string(
            "mail/digest.txt", {"parts": parts, "site": site, "today": today}
        ).strip(),
    }
    return fill(ladder.subject, values), fill(ladder.body, values).strip()


def sentence_values(task: Task, position: int) -> dict[str, object]:
    """What the places of a rung's sentence are filled with."""
    return {
        "tên việc": task.title,
        "ngày hạn": written_day(task.due_on) if task.due_on else "",
        "số ngày": abs(position),
        "đơn vị giao": task.owner.short_name,
        "đơn vị chủ trì": task.lead.short_name,
    }


def _stood_in_for(rows: Iterable[Reminder], away: dict[int, int]) -> dict[int, dict[int, str]]:
    """For each stand-in the tasks that are reminded of in place of somebody, with that name."""
    found: dict[int, dict[int, str]] = {}
    for row in rows:
        if row.recipient_id in away:
            person = found.setdefault(away[row.recipient_id], {})
            person[row.task_id] = row.recipient.full_name
    return found


def _link(groups: dict[str, list[Reminder]]) -> None:
    """Tie the reminders to the letters that hold them."""
    letters = dict(Message.objects.filter(key__in=groups).values_list("key", "pk"))
    for key, reminders in groups.items():
        for reminder in reminders:
            reminder.message_id = letters[key]
    told = [reminder for reminders in groups.values() for reminder in reminders]
    Reminder.objects.bulk_update(told, ["message"], batch_size=500)


def sample_letter(
    ladder: Ladder,
    rungs: Sequence[Rung],
    recipient: User,
    *,
    today: datetime.date,
    calendar: WorkingCalendar,
) -> tuple[str, str]:
    """The letter of a made-up day by this ladder, saved or not: subject and body."""
    entries = []
    soon = max((rung.offset for rung in rungs if rung.offset < 0), default=-3)
    samples = zip(_samples(), (3, 0, soon), strict=True)
    for number, (title, position) in enumerate(samples, start=1):
        due_on = calendar.add_working_days(today, -position) if position else today
        task = Task(
            pk=number,
            title=title,
            owner=Organisation(short_name=_("VP Đảng ủy")),
            lead=Organisation(short_name=_("Phòng Kinh tế")),
            due_on=due_on,
            origin_label=_("Thông báo số 15-TB/ĐU, điểm %(n)d") % {"n": number},
            send_to=_("Văn phòng Đảng ủy"),
        )
        found = newest_rung(rungs, position)
        words = fill(found[0].sentence, sentence_values(task, position)) if found else ""
        due = str(due_words(due_on, today, calendar))
        entries.append(Entry(task, due, sentence=words))
    return digest_words(ladder, digest_parts(entries, today), recipient, today)


def _samples() -> tuple[str, str, str]:
    """Titles of made-up tasks: late, due today, due soon."""
    return (
        _("Sửa đường vào thôn Đầm Sen"),
        _("Trả lời kiến nghị về bãi rác Gò Mây"),
        _("Lắp điện chiếu sáng ngõ 5"),
    )
