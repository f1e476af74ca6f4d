"""The daily seal: each day's audit and issued papers under one hash that stands on the day before.

What is hashed is written down here once more, beside the trigger that wrote it (migration 0004):
the check asks the rows, not the functions of a database somebody may have changed.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.events import AuditEvent, DaySeal

Paper = tuple[datetime.datetime, int, str]
"""When a paper was issued, its key, the SHA-256 of its frozen PDF."""
Papers = Callable[[datetime.datetime | None, datetime.datetime], Sequence[Paper]]
Files = Callable[[], Iterator[tuple[int, str, str]]]
"""Of each issued paper its key, the hash in its row, the hash of the file that is kept now."""
Break = tuple[datetime.date, str]
LOCK = 7_301_946
DAYS_TO_SEAL = 2

DIGEST = """sha256(convert_to(jsonb_build_array(
    id, kind, table_name, row_id, of_table, of_id, before, after, by_id, act, request, note,
    rows, is_erasure, extract(epoch FROM at), salt)::text, 'UTF8'))"""
DAY = "greatest((at AT TIME ZONE %s)::date, %s)"
DAYS = f"""
    SELECT {DAY}, count(*), encode(sha256(convert_to(
        string_agg(encode(digest, 'hex'), E'\\n' ORDER BY id), 'UTF8')), 'hex')
    FROM core_auditevent WHERE at < %s AND at >= %s GROUP BY 1
"""  # noqa: S608 - only our own words
CHANGED = f"""
    SELECT {DAY}, id, table_name, row_id FROM core_auditevent line
    WHERE CASE WHEN struck_by_id IS NULL THEN digest <> {DIGEST} ELSE NOT EXISTS (
        SELECT FROM core_auditevent word WHERE word.id = line.struck_by_id AND word.id > line.id
        AND word.is_erasure AND (word.rows IS NOT NULL
            OR (word.table_name, word.row_id) = (line.table_name, line.row_id))
    ) END
    ORDER BY id LIMIT 1
"""  # noqa: S608 - only our own words
STRUCK = f"""
    SELECT {DAY}, id FROM core_auditevent word WHERE is_erasure AND rows <> (
        SELECT count(*) FROM core_auditevent line WHERE line.struck_by_id = word.id AND line.id < word.id
    ) ORDER BY id LIMIT 1
"""  # noqa: S608 - only our own words
STILL_WRITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND backend_xid IS NOT NULL AND xact_start < %s AND pid <> pg_backend_pid()
"""
_papers: list[Papers] = []
_files: list[Files] = []


def register_papers(papers: Papers, files: Files) -> None:
    """Let a package have its frozen papers sealed with the day; call it in ready()."""
    if papers not in _papers:
        _papers.append(papers)
        _files.append(files)


def first_broken_file() -> str:
    """The first issued paper whose file is gone or another, in a sentence; "" if all are whole."""
    for files in _files:
        for pk, sealed, kept in files():
            if sealed != kept:
                words = _("Văn bản đã ban hành (mã %(pk)d): tệp PDF trên đĩa đã mất hoặc bị thay.")
                return words % {"pk": pk}
    return ""


def seal_days(today: datetime.date) -> list[DaySeal]:
    """Seal every day before `today` that is not sealed yet, one after the other.

    The first seal takes in everything before it. A day in which somebody is still writing waits.
    Safe to run twice, also at once.
    """
    sealed = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = DaySeal.objects.order_by("day").last()
        one = datetime.timedelta(days=1)
        day = last.day + one if last else today - one
        while day < today:
            cursor.execute(STILL_WRITING, [_ends(day)])
            if cursor.fetchone()[0]:
                break
            last = _sealed(day, last)
            sealed.append(last)
            day += one
    return sealed


def _sealed(day: datetime.date, last: DaySeal | None) -> DaySeal:
    since = _ends(last.day) if last else None
    count, digest = _lines(since, _ends(day), day).get(day, (0, ""))
    papers = sorted((pk, sha) for _at, pk, sha in _issued(since, _ends(day)))
    previous = last.hash if last else ""
    seal = DaySeal(day=day, events=count, events_digest=digest, papers=papers, previous=previous)
    seal.hash = hash_of(seal)
    seal.save(force_insert=True)
    return seal


def hash_of(seal: DaySeal) -> str:
    """The hash of one day: of everything in its row, the hash of the day before included."""
    papers = [[pk, sha] for pk, sha in seal.papers]
    told = [seal.day.isoformat(), seal.events, seal.events_digest, papers, seal.previous]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def first_break(today: datetime.date) -> str:
    """The first place where the audit is not what was sealed, in a sentence; "" if it is whole."""
    seals = list(DaySeal.objects.order_by("day"))
    found = [*_breaks_of_seals(seals, today), *_breaks_of_lines(seals), *_breaks_of_papers(seals)]
    return min(found, key=itemgetter(0))[1] if found else ""


def _breaks_of_seals(seals: Sequence[DaySeal], today: datetime.date) -> Iterator[Break]:
    """Days out of the row, days that do not stand on the one before, days that were rewritten."""
    one = datetime.timedelta(days=1)
    for seal in seals:
        if seal.hash != hash_of(seal):
            yield seal.day, _("%(day)s: dòng khóa sổ đã bị sửa.") % {"day": _shown(seal.day)}
    for before, after in pairwise(seals):
        if after.day != before.day + one:
            missing = before.day + one
            yield missing, _("%(day)s: mất dòng khóa sổ.") % {"day": _shown(missing)}
        elif after.previous != before.hash:
            words = _("%(day)s: mã của ngày liền trước không khớp.")
            yield after.day, words % {"day": _shown(after.day)}
    if seals and seals[0].previous:
        day = seals[0].day - one
        yield day, _("%(day)s: mất dòng khóa sổ.") % {"day": _shown(day)}
    last = seals[-1].day if seals else _first_day() - one
    if today - last > datetime.timedelta(days=DAYS_TO_SEAL):
        words = _("%(day)s: chưa khóa sổ, hoặc dòng khóa sổ đã bị xóa.")
        yield last + one, words % {"day": _shown(last + one)}


def _breaks_of_lines(seals: Sequence[DaySeal]) -> Iterator[Break]:
    """The first line that was changed, and the first day with lines too few or too many."""
    start = seals[0].day if seals else datetime.date.min
    zone = timezone.get_current_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [zone, start])
        for day, line, table, row in cursor.fetchall():
            names = {"day": _shown(day), "line": line, "row": f"{table} {row}".strip()}
            yield day, _("%(day)s: dòng %(line)d của sổ (%(row)s) đã bị sửa.") % names
        cursor.execute(STRUCK, [zone, start])
        for day, line in cursor.fetchall():
            words = _("%(day)s: dòng %(line)d không khớp số dòng đã xóa theo luật.")
            yield day, words % {"day": _shown(day), "line": line}
    if seals:
        there = _lines(None, _ends(seals[-1].day), start)
        yield from filter(None, (_break_of_day(seal, there) for seal in seals))


def _break_of_day(seal: DaySeal, there: dict[datetime.date, tuple[int, str]]) -> Break | None:
    count, digest = there.get(seal.day, (0, ""))
    if (count, digest) == (seal.events, seal.events_digest):
        return None
    words = _("%(day)s: các dòng không còn như lúc khóa sổ.")
    if count < seal.events:
        words = _("%(day)s: mất %(n)d dòng so với lúc khóa sổ.")
    elif count > seal.events:
        words = _("%(day)s: thừa %(n)d dòng so với lúc khóa sổ.")
    return seal.day, words % {"day": _shown(seal.day), "n": abs(count - seal.events)}


def _breaks_of_papers(seals: Sequence[DaySeal]) -> Iterator[Break]:
    """Papers whose frozen file changed, papers that vanished, papers slipped in later."""
    if not seals:
        return
    sealed = {(seal.day, pk): sha for seal in seals for pk, sha in seal.papers}
    first = seals[0].day
    issued = {
        (max(timezone.localdate(at), first), pk): sha
        for at, pk, sha in _issued(None, _ends(seals[-1].day))
    }
    for day, pk in sorted(sealed.keys() | issued.keys()):
        if sealed.get((day, pk)) != issued.get((day, pk)):
            words = _("%(day)s: văn bản đã ban hành (mã %(pk)d) không còn như lúc khóa sổ.")
            yield day, words % {"day": _shown(day), "pk": pk}


def _lines(
    since: datetime.datetime | None, until: datetime.datetime, first: datetime.date
) -> dict[datetime.date, tuple[int, str]]:
    """How many lines each day has, and the hash of their digests; what is older counts as `first`."""
    zone = timezone.get_current_timezone_name()
    start = since or datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [zone, first, until, start])
        return {day: (count, digest) for day, count, digest in cursor.fetchall()}


def _issued(since: datetime.datetime | None, until: datetime.datetime) -> list[Paper]:
    return [paper for papers in _papers for paper in papers(since, until)]


def _ends(day: datetime.date) -> datetime.datetime:
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    return timezone.make_aware(midnight)


def _first_day() -> datetime.date:
    first = AuditEvent.objects.order_by("id").values_list("at", flat=True).first()
    return timezone.localdate(first) if first else datetime.date.max


def _shown(day: datetime.date) -> str:
    return _("Ngày %(day)s") % {"day": date_format(day, "d/m/Y")}
