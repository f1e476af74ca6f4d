"""Who opens which page of feedback: what GET answers, by role, for one consultation and its rows.

`stranger` is a clerk of another commune; `agency` is an officer of the agency asked to answer,
`other` of another agency of the commune; `overseer`, `collector` and `reception` belong to the
commune (reception to the office itself). POST-only pages answer 405 to whoever is logged in.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """The status each role gets."""

    anonymous: int
    stranger: int
    other: int
    agency: int
    overseer: int
    collector: int
    reception: int
    clerk: int


EVERYBODY = Row(200, 200, 200, 200, 200, 200, 200, 200)
POST_BY_ANYBODY = Row(405, 405, 405, 405, 405, 405, 405, 405)
FOUND_BY_NOBODY = Row(404, 404, 404, 404, 404, 404, 404, 404)
STAFF = Row(302, 200, 200, 200, 200, 200, 200, 200)
POST_ONLY = Row(302, 405, 405, 405, 405, 405, 405, 405)
OFFICE_OF_CONSULTATION = Row(302, 404, 404, 404, 403, 403, 403, 200)
READ_CONSULTATION = Row(302, 404, 404, 404, 200, 200, 200, 200)
OFFICE_OF_OPINION = Row(302, 404, 404, 403, 403, 404, 404, 200)
READ_OPINION = Row(302, 404, 404, 200, 200, 404, 404, 200)
RECEPTION = Row(302, 404, 404, 404, 404, 404, 200, 404)

WHO_MAY_OPEN: dict[str, Row] = {
    "feedback:public_list": EVERYBODY,
    "feedback:public_form": EVERYBODY,
    "feedback:track": EVERYBODY,
    "feedback:track_add": POST_BY_ANYBODY,
    "feedback:track_withdraw": POST_BY_ANYBODY,
    "feedback:track_verdict": POST_BY_ANYBODY,
    "feedback:track_data": POST_BY_ANYBODY,
    "feedback:email_confirm": FOUND_BY_NOBODY,
    "feedback:list": STAFF,
    "feedback:consultations": STAFF,
    "feedback:groups": STAFF,
    "feedback:my_entries": STAFF,
    "feedback:consultation_create": Row(302, 404, 404, 404, 404, 404, 404, 200),
    "feedback:consultation": READ_CONSULTATION,
    "feedback:slip": READ_CONSULTATION,
    "feedback:consultation_edit": OFFICE_OF_CONSULTATION,
    "feedback:consultation_open": POST_ONLY,
    "feedback:consultation_close": POST_ONLY,
    "feedback:consultation_extend": POST_ONLY,
    "feedback:behalf_create": OFFICE_OF_CONSULTATION,
    "feedback:consultation_scope": OFFICE_OF_CONSULTATION,
    "feedback:questions": OFFICE_OF_CONSULTATION,
    "feedback:preview": OFFICE_OF_CONSULTATION,
    "feedback:answers": OFFICE_OF_CONSULTATION,
    "feedback:question_edit": OFFICE_OF_CONSULTATION,
    "feedback:question_remove": POST_ONLY,
    "feedback:watch_words": Row(302, 404, 404, 404, 404, 404, 403, 200),
    "feedback:paper_create": Row(302, 404, 404, 404, 403, 200, 403, 200),
    "feedback:sheet_create": Row(302, 404, 404, 404, 403, 200, 403, 200),
    "feedback:grid": Row(302, 404, 404, 404, 403, 200, 403, 200),
    "feedback:import_create": Row(302, 404, 404, 404, 403, 200, 403, 200),
    "feedback:import_template": Row(302, 404, 404, 404, 403, 200, 403, 200),
    "feedback:import_sheet": Row(302, 404, 404, 404, 404, 404, 404, 200),
    "feedback:import_rest": Row(302, 404, 404, 404, 404, 404, 404, 200),
    "feedback:import_accept": POST_ONLY,
    "feedback:import_drop": POST_ONLY,
    "feedback:release": OFFICE_OF_CONSULTATION,
    "feedback:opinion": READ_OPINION,
    "feedback:classify": OFFICE_OF_OPINION,
    "feedback:decline": OFFICE_OF_OPINION,
    "feedback:route_out": OFFICE_OF_OPINION,
    "feedback:reopen": POST_ONLY,
    "feedback:group_add": POST_ONLY,
    "feedback:ungroup": POST_ONLY,
    "feedback:file": Row(302, 404, 404, 200, 403, 404, 404, 200),
    "feedback:group_create": Row(302, 404, 404, 403, 403, 404, 404, 200),
    "feedback:group": READ_OPINION,
    "feedback:ask": OFFICE_OF_OPINION,
    "feedback:answer": Row(302, 404, 404, 200, 403, 404, 404, 403),
    "feedback:group_merge": POST_ONLY,
    "feedback:group_unmerge": POST_ONLY,
    "feedback:group_publish": POST_ONLY,
    "feedback:group_remember": POST_ONLY,
    "feedback:group_forget": POST_ONLY,
    "feedback:filter_save": POST_ONLY,
    "feedback:filter_forget": POST_ONLY,
    "feedback:answer_submit": POST_ONLY,
    "feedback:answer_return": POST_ONLY,
    "feedback:answer_accept": POST_ONLY,
    "feedback:matters": Row(302, 403, 403, 403, 403, 403, 200, 403),
    "feedback:matter": RECEPTION,
    "feedback:matter_file": RECEPTION,
    "feedback:hand_over": POST_ONLY,
}
