"""The figures of `make bench` about finding: opinions like one another, and words among a million."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import embedded
from bench import Figure, at_most, in_turns, make_sure, seconds, within
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from feedback.models import Consultation, Opinion
from feedback.queries.similar import Likeness, similar_opinions
from organisations.models import AdministrativeUnit, Role, User
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import member

SOME, MANY = 100_000, 1_000_000
PER_FORM = 5
SIMILAR_SECONDS = 0.3
SEARCH_RATIO = 5.0
ASKED = 20
PAGE = 50
LINES = embedded.ROOT / "tests" / "feedback" / "similar" / "opinions.txt"
SYLLABLES = [
    "an",
    "binh",
    "cam",
    "chau",
    "dai",
    "dong",
    "duc",
    "giang",
    "ha",
    "hai",
    "hoa",
    "hong",
    "hung",
    "huong",
    "khanh",
    "kim",
    "lam",
    "lien",
    "loc",
    "long",
    "mai",
    "minh",
    "nam",
    "nga",
    "ngoc",
    "nhan",
    "phong",
    "phu",
    "phuc",
    "quang",
    "quy",
    "son",
    "tam",
    "tan",
    "thach",
    "thai",
    "thanh",
    "thinh",
    "thuan",
    "tien",
    "trung",
    "truong",
    "tuan",
    "tung",
    "van",
    "viet",
    "vinh",
    "xuan",
    "yen",
]
SINCE = ("nhiều năm nay", "từ sau bão", "đã phản ánh hai lần", "bà con rất lo", "mong sớm trả lời")

FORMS = """
INSERT INTO feedback_submission (consultation_id, channel, area_id, audience, reply_mode,
    wants_to_speak, code, secret_hash, form_token, noted_by, received_on, received_at)
SELECT %s, 'paper', %s, 'citizen', 'conference', false, 'B' || lpad(n::text, 7, '0'), '',
    gen_random_uuid(), '', current_date, now()
FROM generate_series(%s::int, %s) AS n
"""
OPINIONS = """
INSERT INTO feedback_opinion (submission_id, position, text, proposal, kind, field_id, competence,
    wished_competence, supporters, raised_before, state, resolution, resolution_note,
    resolution_target, grouped_from, created_at)
SELECT form.id, place, concat_ws(' ',
        (%(lines)s::text[])[1 + (form.id * 7 + place * 31) %% %(line_count)s],
        'ở', (%(kinds)s::text[])[1 + form.id %% 4],
        (%(syllables)s::text[])[1 + abs(hashint8(form.id)) %% 50],
        (%(syllables)s::text[])[1 + abs(hashint8(form.id * 3 + place)) %% 50],
        'số', form.id %% 9973, (%(since)s::text[])[1 + (form.id + place) %% 5]),
    '', 'proposal', 'LAND', '', '', 1, '', 'received', '', '', '', '', now()
FROM feedback_submission AS form, generate_series(1, %(per_form)s) AS place
WHERE form.consultation_id = %(consultation)s AND form.code BETWEEN %(first)s AND %(last)s
"""


def similar() -> Figure:
    """Opinions like one among 100 000, against the index alone looking up the same rarest words."""
    consultation, _clerk = _received(SOME)
    among = Opinion.objects.filter(submission__consultation=consultation)
    texts = _lines()[:: len(_lines()) // ASKED][:ASKED]
    for text in texts:
        best = similar_opinions(text, among)[0]
        make_sure(text in best.opinion.text, f"not the likest: {best.opinion.text}")

    def bare() -> None:
        for text in texts:
            terms = sorted(Likeness(text).terms.values(), key=lambda term: len(term.names))[:4]
            words = " | ".join(term.names[0][0] for term in terms)
            held = SearchQuery(words, config="simple", search_type="raw")
            list(among.filter(search=held).values_list("pk")[:40])

    ours, ceiling = in_turns(
        lambda: seconds(lambda: [similar_opinions(text, among) for text in texts]) / ASKED,
        lambda: seconds(bare) / ASKED,
        rounds=3,
    )
    return within("opinions like one of 100 000", ours, ceiling, "s", SIMILAR_SECONDS)


def search() -> Figure:
    """A page of what a clerk finds among 1 000 000 opinions, against the same words without rights."""
    _consultation, clerk = _received(MANY)
    asked = (
        "nông trường sông âm",
        "cau treo na lai",
        "đề nghị xã",
        "lầy lội 4711",
        "thuế đất vắng mặt",
    )
    for words in asked:
        plan = _plan(Opinion.objects.visible_to(clerk).matching(words).order_by("-pk")[:PAGE])
        make_sure("Seq Scan on feedback_opinion" not in plan, f"{words}: {plan}")
    make_sure(_found(clerk, "nông trường sông âm") > 0, "nothing was found")

    def bare(words: str) -> object:
        query = SearchQuery(
            " & ".join(re.findall(r"\w+", words)), config="simple", search_type="raw"
        )
        return list(Opinion.objects.filter(search=query).order_by("-pk")[:PAGE])

    ours, ceiling = in_turns(
        lambda: max(seconds(partial(_found, clerk, words)) for words in asked),
        lambda: max(seconds(partial(bare, words)) for words in asked),
        rounds=3,
    )
    name = "slowest search of five among 1 000 000 ÷ the same words without rights and phrases"
    return at_most(name, ours, ceiling, "s", SEARCH_RATIO)


def _found(clerk: User, words: str) -> int:
    """The first page as the list asks for it: the phrase first, else all the words."""
    visible = Opinion.objects.visible_to(clerk).order_by("-pk")
    rows = visible.select_related("submission__area", "field", "group")
    return len(rows.saying(words)[:PAGE] or rows.matching(words)[:PAGE])


def _plan(rows: Any) -> str:
    return str(rows.explain())


def _lines() -> list[str]:
    lines = LINES.read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] not in "=#"]


def _received(count: int) -> tuple[Consultation, User]:
    """So many opinions from paper in one consultation, made once and added to; and its clerk."""
    consultation = Consultation.objects.filter(title="bench").first() or ConsultationFactory(
        title="bench"
    )
    have = Opinion.objects.filter(submission__consultation=consultation).count()
    if have < count:
        _receive(consultation, have // PER_FORM + 1, count // PER_FORM)
    clerk = User.objects.filter(memberships__organisation=consultation.organisation).first()
    return consultation, clerk or member(Role.CLERK, consultation.organisation)


def _receive(consultation: Consultation, first: int, last: int) -> None:
    """Write forms and opinions set-wise; the index is built afterwards, as after an import."""
    area = AdministrativeUnit.objects.get(parent=consultation.organisation.unit)
    lines = _lines()
    values = {
        "consultation": consultation.pk,
        "lines": lines,
        "line_count": len(lines),
        "kinds": ["thôn", "bản", "xóm", "khu"],
        "syllables": SYLLABLES,
        "since": list(SINCE),
        "per_form": PER_FORM,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX opinion_search")
        cursor.execute(FORMS, [consultation.pk, area.pk, first, last])
    _insert_side_by_side(values, first, last)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("CREATE INDEX opinion_search ON feedback_opinion USING gin (search)")
        cursor.execute("ANALYZE")


def _insert_side_by_side(values: dict[str, Any], first: int, last: int) -> None:
    """One half over each of two connections: folding and cutting the words is what takes time."""
    middle = (first + last) // 2
    halves = ((first, middle), (middle + 1, last))

    def insert(half: tuple[int, int]) -> None:
        ends = {"first": f"B{half[0]:07}", "last": f"B{half[1]:07}"}
        with connection.cursor() as cursor:
            cursor.execute(OPINIONS, values | ends)
        connection.close()

    with ThreadPoolExecutor(len(halves)) as pool:
        list(pool.map(insert, halves))


FIGURES: dict[str, Callable[[], Figure]] = {"similar": similar, "search": search}
