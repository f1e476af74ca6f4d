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
IN_REQUEST = Row(302, 404, 404, 200, 404, 404, 404, 200)
OFFICE_OF_REQUEST = Row(302, 404, 404, 403, 404, 404, 404, 200)
OFFICE_OF_RELEASE = Row(302, 404, 404, 404, 404, 404, 404, 200)
OFFICE_ALONE = Row(302, 404, 404, 404, 404, 404, 404, 200)
READ_TABLE = Row(302, 404, 404, 404, 200, 403, 403, 200)
OWN_FILE = Row(302, 404, 404, 404, 404, 404, 404, 200)
OFFICE_OF_SESSION = Row(302, 404, 404, 404, 404, 404, 404, 200)
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
    "feedback:track_file": POST_BY_ANYBODY,
    "feedback:data": Row(302, 200, 403, 403, 403, 403, 403, 200),
    "feedback:data_settle": OFFICE_ALONE,
    "feedback:data_refuse": OFFICE_ALONE,
    "feedback:retention_edit": Row(302, 403, 403, 403, 403, 403, 403, 403),
    "feedback:sender": OFFICE_ALONE,
    "feedback:sender_file": POST_ONLY,
    "feedback:list": STAFF,
    "feedback:consultations": STAFF,
    "feedback:desk": Row(302, 200, 403, 403, 403, 403, 403, 200),
    "feedback:bulk": Row(302, 302, 302, 302, 302, 302, 302, 302),
    "feedback:habits": Row(302, 404, 404, 404, 404, 404, 403, 200),
    "feedback:desk_undo": POST_ONLY,
    "feedback:desk_opinion": Row(302, 404, 404, 403, 403, 404, 404, 302),
    "feedback:reply_letter": POST_ONLY,
    "feedback:transfer_slip": POST_ONLY,
    "feedback:forwardings": STAFF,
    "feedback:forwarding_create": Row(302, 404, 404, 404, 404, 404, 403, 200),
    "feedback:forwarding": Row(302, 404, 404, 404, 404, 404, 404, 200),
    "feedback:forwarding_take": POST_ONLY,
    "feedback:forwarding_return": POST_ONLY,
    "feedback:forwarding_cancel": POST_ONLY,
    "feedback:line_edit": Row(302, 404, 404, 404, 404, 404, 404, 200),
    "feedback:line_drop": POST_ONLY,
    "feedback:line_answer": Row(302, 404, 404, 404, 404, 404, 404, 200),
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
    "feedback:answer_approve": POST_ONLY,
    "feedback:answer_send_back": POST_ONLY,
    "feedback:request": IN_REQUEST,
    "feedback:request_change": OFFICE_OF_REQUEST,
    "feedback:request_withdraw": OFFICE_OF_REQUEST,
    "feedback:part": Row(302, 404, 404, 403, 404, 404, 404, 403),
    "feedback:remark": POST_ONLY,
    "feedback:link_create": OFFICE_OF_REQUEST,
    "feedback:link_show": Row(302, 404, 404, 403, 404, 404, 404, 302),
    "feedback:link_look": POST_ONLY,
    "feedback:link_revoke": POST_ONLY,
    "feedback:link": FOUND_BY_NOBODY,
    "feedback:release_list": OFFICE_OF_RELEASE,
    "feedback:release_print": OFFICE_OF_RELEASE,
    "feedback:release_told": POST_ONLY,
    "feedback:answer_templates": STAFF,
    "feedback:answer_template_create": Row(302, 200, 200, 200, 403, 403, 403, 200),
    "feedback:answer_template_edit": Row(302, 404, 404, 200, 404, 404, 404, 404),
    "feedback:answer_template_remove": POST_ONLY,
    "feedback:table": READ_TABLE,
    "feedback:table_list": READ_TABLE,
    "feedback:table_file": READ_TABLE,
    "feedback:table_order": POST_ONLY,
    "feedback:table_ordered": OWN_FILE,
    "feedback:table_taken": OWN_FILE,
    "feedback:dossier": OFFICE_OF_SESSION,
    "feedback:dossier_taken": OFFICE_OF_SESSION,
    "feedback:matters": Row(302, 403, 403, 403, 403, 403, 200, 403),
    "feedback:matter": RECEPTION,
    "feedback:matter_file": RECEPTION,
    "feedback:hand_over": POST_ONLY,
}
