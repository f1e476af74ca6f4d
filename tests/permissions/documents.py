"""Who opens which page of a document: what GET answers, by role, for a draft and on the head's desk.

`stranger` is a clerk of another organisation, `officer` and `overseer` belong to the same one.
POST-only pages answer 405 to everybody who is logged in.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """The status each role gets."""

    anonymous: int
    stranger: int
    officer: int
    overseer: int
    clerk: int
    head: int


HIDDEN = {"anonymous": 302, "stranger": 404, "officer": 404, "overseer": 404}
READ = Row(**HIDDEN, clerk=200, head=200)
WRITE = Row(**HIDDEN, clerk=200, head=403)
SIGN = Row(**HIDDEN, clerk=403, head=200)
NOBODY = Row(**HIDDEN, clerk=403, head=403)
POST_ONLY = Row(302, 405, 405, 405, 405, 405)

# page: (a draft, the same when it has been submitted)
WHO_MAY_OPEN: dict[str, tuple[Row, Row]] = {
    "documents:register": (Row(302, 200, 200, 200, 200, 200), Row(302, 200, 200, 200, 200, 200)),
    "documents:skin_css": (Row(200, 200, 200, 200, 200, 200), Row(200, 200, 200, 200, 200, 200)),
    "documents:detail": (READ, READ),
    "documents:preview": (READ, READ),
    "documents:pdf": (READ, READ),
    "documents:docx": (READ, READ),
    "documents:attachment": (READ, READ),
    "documents:edit": (WRITE, NOBODY),
    "documents:header": (WRITE, NOBODY),
    "documents:clause_add": (WRITE, NOBODY),
    "documents:clause_edit": (WRITE, NOBODY),
    "documents:clause_remove": (WRITE, NOBODY),
    "documents:clause_row": (WRITE, NOBODY),
    "documents:clause_move": (POST_ONLY, POST_ONLY),
    "documents:clause_merge": (POST_ONLY, POST_ONLY),
    "documents:clause_split": (POST_ONLY, POST_ONLY),
    "documents:recipients": (WRITE, NOBODY),
    "documents:readings": (Row(**HIDDEN, clerk=302, head=403), NOBODY),
    "documents:undo": (POST_ONLY, POST_ONLY),
    "documents:redo": (POST_ONLY, POST_ONLY),
    "documents:presence": (POST_ONLY, POST_ONLY),
    "documents:submit": (WRITE, NOBODY),
    "documents:return_": (NOBODY, SIGN),
    "documents:issue": (NOBODY, SIGN),
    "documents:revoke": (NOBODY, NOBODY),
}
