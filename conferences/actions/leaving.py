"""What a conference lets go of when an opinion leaves by law or its sender's name is erased."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from conferences.models import Conference, Exchange, SpeakingTurn
from core.models import HistoryEntry
from documents.actions.striking import strike_words
from feedback.actions.leaving import Leaving, nobody, struck
from organisations.models import User


def leave_conferences(leaving: Leaving, by: User) -> list[str]:
    """Exchanges, the queue of speakers and draft minutes lose it; a sentence for each minutes."""
    told = told_of(leaving)
    conferences = conferences_of(leaving)
    for conference in conferences:
        for exchange in conference.exchanges.order_by("pk"):
            _strip_exchange(exchange, leaving)
    SpeakingTurn.objects.filter(opinion=leaving.opinion).exclude(name="").update(name=nobody())
    papers = [conference.minutes for conference in conferences if conference.minutes]
    said = [strike_words(paper, told.without, by=by) for paper in papers]
    return [sentence for sentence in said if sentence]


def conferences_of(leaving: Leaving) -> list[Conference]:
    """The conferences where it may have been talked about."""
    asked = leaving.opinion.submission.consultation
    about = Q(session=asked.session_id) | Q(session__in=asked.also_for.all())
    about |= Q(exchanges__group__in=leaving.groups) | Q(turns__opinion=leaving.opinion)
    found = Conference.objects.filter(about).select_related("minutes").distinct()
    return list(found.order_by("pk"))


def told_of(leaving: Leaving) -> Leaving:
    """The same, known also by what was written down in the hall about it alone."""
    if not leaving.words:
        return leaving
    alone = Q(group__in=leaving.emptied) | Q(turn__opinion=leaving.opinion)
    rows = Exchange.objects.filter(alone).values_list("question", "answer")
    return leaving.known_by(text for row in rows for text in row)


def _strip_exchange(exchange: Exchange, leaving: Leaving) -> None:
    is_own = exchange.turn is not None and exchange.turn.opinion_id == leaving.opinion.pk
    is_alone = bool(leaving.words) and (is_own or exchange.group_id in leaving.emptied)
    if not (is_alone or is_own or exchange.group_id in leaving.groups or leaving.words):
        return
    names = ("raised_by", "question", "answer")
    now = {name: getattr(exchange, name) for name in names}
    then = {name: leaving.without(text) for name, text in now.items()}
    if is_alone or struck() in then.values():
        then = {"raised_by": nobody(), "raised_body": "", "question": struck()}
        then["answer"] = struck() if exchange.answer else ""
    elif then == now:
        return
    Exchange.objects.filter(pk=exchange.pk).update(**then)
    kind = ContentType.objects.get_for_model(Exchange)
    HistoryEntry.objects.filter(subject_type=kind, subject_id=exchange.pk).update(note="")
