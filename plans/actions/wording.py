"""What has happened to a session is said in the amendment of its plan."""

from collections.abc import Iterable

from documents.models import Clause
from documents.states import DocumentState
from organisations.models import User
from plans import queries
from plans.models import DialogueSession


def say_when_held(sessions: Iterable[DialogueSession], by: User) -> None:
    """The sessions of a draft amendment take the time that is true, in fact and in words.

    The comparison shows the new words as proposed by the person who began the amendment; they are
    edited or taken back like any others.
    """
    changed, clauses = [], []
    for session in sessions:
        time = queries.true_time(session.time, session.fixed_on)
        if time is not None and time != session.time:
            session.time = time
            session.earliest_on, session.latest_on = time.start, time.end
            changed.append(session)
        clause = session.clause
        words = queries.true_words(clause.text, time, session.plan.year)
        if words != clause.text:
            clause.text, clause.edited_by, clause.version = words, by, clause.version + 1
            clauses.append(clause)
    DialogueSession.objects.bulk_update(changed, ["time", "earliest_on", "latest_on"])
    Clause.objects.bulk_update(clauses, ["text", "edited_by", "version"])


def tell_amendment(session: DialogueSession, was: DialogueSession, by: User) -> None:
    """A session moved while an amendment is being written: its copy there follows.

    Only in a draft, and only where the clerk has not given it a time of its own; else the check of
    the amendment names the two times. `was` is the session before it moved.
    """
    before = queries.true_time(was.time, was.fixed_on)
    copies = DialogueSession.objects.select_related("clause", "plan").filter(
        clause__carried_from=session.clause_id, clause__document__state=DocumentState.DRAFT
    )
    following = [copy for copy in copies if copy.time == before]
    for copy in following:
        copy.time, copy.fixed_on = session.time, session.fixed_on
        copy.earliest_on, copy.latest_on = session.earliest_on, session.latest_on
    DialogueSession.objects.bulk_update(following, ["time", "fixed_on", "earliest_on", "latest_on"])
    say_when_held(following, by)
