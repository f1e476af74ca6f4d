"""What happens when somebody asks, sends, sorts, groups, answers or releases."""

from feedback.actions.answers import (
    accept_answer,
    answer_in_hall,
    release_answers,
    return_answer,
    submit_answer,
    write_answer,
)
from feedback.actions.consultations import (
    close_consultation,
    create_consultation,
    edit_consultation,
    extend_consultation,
    open_consultation,
    renew_consent_text,
)
from feedback.actions.filters import forget_filter, save_filter
from feedback.actions.groups import add_to_group, ask_agency, create_group, ungroup_opinion
from feedback.actions.intake import (
    ConsultationClosedError,
    Contact,
    Intake,
    Matter,
    Receipt,
    Sheet,
    enter_paper,
    send_opinions,
)
from feedback.actions.merging import (
    forget_earlier,
    merge_group,
    remember_earlier,
    show_to_public,
    undo_merge,
)
from feedback.actions.triage import (
    classify_opinion,
    decline_opinion,
    hand_over_matter,
    note_matter_viewed,
    reopen_opinion,
    route_out_opinion,
)

__all__ = [
    "ConsultationClosedError",
    "Contact",
    "Intake",
    "Matter",
    "Receipt",
    "Sheet",
    "accept_answer",
    "add_to_group",
    "answer_in_hall",
    "ask_agency",
    "classify_opinion",
    "close_consultation",
    "create_consultation",
    "create_group",
    "decline_opinion",
    "edit_consultation",
    "enter_paper",
    "extend_consultation",
    "forget_earlier",
    "forget_filter",
    "hand_over_matter",
    "merge_group",
    "note_matter_viewed",
    "open_consultation",
    "release_answers",
    "remember_earlier",
    "renew_consent_text",
    "reopen_opinion",
    "return_answer",
    "route_out_opinion",
    "save_filter",
    "send_opinions",
    "show_to_public",
    "submit_answer",
    "undo_merge",
    "ungroup_opinion",
    "write_answer",
]
