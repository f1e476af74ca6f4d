"""Who opens which page of a plan: what GET answers, by role, for a draft and once it is issued.

`stranger` is a clerk of another organisation; `officer` and `overseer` belong to the same one
(the overseer to the same unit).
"""

from tests.permissions.documents import READ, Row

EVERYBODY = Row(302, 200, 200, 200, 200, 200)
CLERKS = Row(anonymous=302, stranger=200, officer=403, overseer=403, clerk=200, head=403)
WRITE = Row(anonymous=302, stranger=404, officer=404, overseer=404, clerk=200, head=403)
CLOSED = Row(anonymous=302, stranger=403, officer=403, overseer=403, clerk=403, head=403)

# page: (a draft, the same when it has been issued)
WHO_MAY_OPEN: dict[str, tuple[Row, Row]] = {
    "plans:list": (EVERYBODY, EVERYBODY),
    "plans:create": (CLERKS, CLERKS),
    "plans:calendar": (EVERYBODY, EVERYBODY),
    "plans:detail": (READ, EVERYBODY),
    "plans:session": (READ, EVERYBODY),
    "plans:edit": (WRITE, CLOSED),
}
