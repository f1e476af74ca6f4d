"""Who opens which page of tasks: what GET answers, by role, for one open and one reported task.

`stranger` is a clerk of another organisation; `officer` belongs to the lead, `helper` to a body that
helps, `clerk` to the owner; `overseer` to a body of the owner's place. POST-only pages answer 405
to whoever is logged in. The lead asked for a later day already, so asking again leads back.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """The status each role gets."""

    anonymous: int
    stranger: int
    officer: int
    helper: int
    clerk: int
    overseer: int


STAFF = Row(302, 200, 200, 200, 200, 200)
READ = Row(302, 404, 200, 200, 200, 200)
POST_ONLY = Row(302, 405, 405, 405, 405, 405)
LEAD = Row(302, 404, 200, 403, 403, 403)
OWNER = Row(302, 404, 403, 403, 200, 403)
WATCH = Row(302, 404, 403, 403, 403, 200)
WORK = Row(302, 404, 200, 200, 403, 403)
TALK = Row(302, 404, 200, 200, 200, 403)
KEEP = Row(302, 200, 403, 403, 200, 403)
ASKED = Row(302, 404, 200, 403, 200, 403)
HELPER = Row(302, 404, 403, 200, 403, 403)
NOBODY = Row(302, 404, 403, 403, 403, 403)
HEADS = Row(302, 403, 403, 403, 403, 403)
LETTER = Row(302, 404, 403, 403, 200, 403)

# page: (an open task, the same when it has been reported)
WHO_MAY_OPEN: dict[str, tuple[Row, Row]] = {
    "assignments:list": (STAFF, STAFF),
    "assignments:detail": (READ, READ),
    "assignments:note": (WORK, NOBODY),
    "assignments:report": (LEAD, LEAD),
    "assignments:accept": (OWNER, OWNER),
    "assignments:return_": (OWNER, OWNER),
    "assignments:change_due": (OWNER, NOBODY),
    "assignments:ask_due": (Row(302, 404, 302, 403, 403, 403), NOBODY),
    "assignments:decide_due": (OWNER, NOBODY),
    "assignments:withdraw_due": (POST_ONLY, POST_ONLY),
    "assignments:resume": (POST_ONLY, POST_ONLY),
    "assignments:comment": (WATCH, WATCH),
    "assignments:contest": (NOBODY, NOBODY),
    "assignments:answer_contest": (OWNER, OWNER),
    "assignments:discuss": (TALK, TALK),
    "assignments:answer_note": (ASKED, ASKED),
    "assignments:split": (LEAD, NOBODY),
    "assignments:assign": (LEAD, NOBODY),
    "assignments:share_out": (ASKED, NOBODY),
    "assignments:add_helper": (OWNER, NOBODY),
    "assignments:report_part": (HELPER, NOBODY),
    "assignments:recounts": (STAFF, STAFF),
    "assignments:recount": (STAFF, STAFF),
    "assignments:succession": (KEEP, KEEP),
    "assignments:cancel": (OWNER, OWNER),
    "assignments:evidence": (READ, READ),
    "assignments:draft_explanation": (POST_ONLY, POST_ONLY),
    "assignments:ladders": (STAFF, STAFF),
    "assignments:edit_common_ladder": (HEADS, HEADS),
    "assignments:edit_ladder": (HEADS, HEADS),
    "assignments:drop_ladder": (POST_ONLY, POST_ONLY),
    "assignments:inbox": (STAFF, STAFF),
    "assignments:read": (POST_ONLY, POST_ONLY),
    "assignments:read_all": (POST_ONLY, POST_ONLY),
    "assignments:outbox": (Row(302, 200, 403, 403, 200, 403), Row(302, 200, 403, 403, 200, 403)),
    "assignments:letter": (LETTER, LETTER),
    "assignments:resend": (POST_ONLY, POST_ONLY),
    "assignments:pause_letter": (POST_ONLY, POST_ONLY),
    "assignments:resume_letter": (POST_ONLY, POST_ONLY),
    "assignments:cancel_letter": (POST_ONLY, POST_ONLY),
    "assignments:close_letter": (POST_ONLY, POST_ONLY),
}
