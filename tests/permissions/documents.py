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
ALL = Row(302, 200, 200, 200, 200, 200)
NONE = Row(**HIDDEN, clerk=404, head=404)  # the paper amends nothing
CLERKS = Row(302, 200, 403, 403, 200, 403)
# The register of the organisation: its clerks and heads, and the overseers of the unit.
BOOK = Row(302, 404, 404, 200, 200, 200)
BOOK_CLERK = Row(302, 404, 404, 403, 200, 403)
BOOK_KEEPERS = Row(302, 404, 404, 403, 200, 200)

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
    "documents:check": (READ, READ),
    "documents:waive": (Row(**HIDDEN, clerk=404, head=403), NOBODY),
    "documents:unwaive": (POST_ONLY, POST_ONLY),
    "documents:check_rules": (Row(302, 200, 200, 200, 200, 200), Row(302, 200, 200, 200, 200, 200)),
    "documents:check_setting": (
        Row(302, 403, 403, 403, 403, 403),
        Row(302, 403, 403, 403, 403, 403),
    ),
    "documents:submit": (WRITE, NOBODY),
    "documents:return_": (NOBODY, SIGN),
    "documents:issue": (NOBODY, SIGN),
    "documents:revoke": (NOBODY, NOBODY),
    "documents:comments": (READ, READ),
    "documents:comment_reply": (POST_ONLY, POST_ONLY),
    "documents:comment_mend": (POST_ONLY, POST_ONLY),
    "documents:amend": (NOBODY, NOBODY),
    "documents:amendment": (NONE, NONE),
    "documents:changes": (NONE, NONE),
    "documents:signed": (NOBODY, NOBODY),
    "documents:signed_file": (READ, READ),
    "documents:relate": (WRITE, WRITE),
    "documents:unrelate": (POST_ONLY, POST_ONLY),
    "documents:bundle_pdf": (READ, READ),
    "documents:book": (ALL, ALL),
    "documents:book_pdf": (ALL, ALL),
    "documents:book_xlsx": (ALL, ALL),
    "documents:read": (CLERKS, CLERKS),
    "documents:adopt": (POST_ONLY, POST_ONLY),
    "documents:reserve": (CLERKS, CLERKS),
    "documents:number": (BOOK, BOOK),
    "documents:outside": (BOOK_CLERK, BOOK_CLERK),
    "documents:void": (BOOK_KEEPERS, BOOK_KEEPERS),
    "documents:bases": (ALL, ALL),
    "documents:basis": (ALL, ALL),
    "documents:basis_add": (CLERKS, CLERKS),
    "documents:basis_edit": (CLERKS, CLERKS),
    "documents:basis_replace": (CLERKS, CLERKS),
    "documents:basis_restore": (POST_ONLY, POST_ONLY),
    "documents:basis_swap": (POST_ONLY, POST_ONLY),
}
