"""Which tables the audit watches and which it does not: one page for whoever must vouch for it.

A table that stands in neither list fails tests/core/test_audit.py. `of` names the record on whose
page a change is shown; `without` what no line may keep: hashes, and what the database works out.
New rows stand in the table itself, so they are written only where a row grants or decides by
merely being there.
"""

from core.audit import Watch

WATCHED: dict[str, Watch] = {
    # --- who may do what, and when ---------------------------------------------------------------
    "organisations.AdministrativeUnit": Watch(new_rows=True),
    "organisations.Organisation": Watch(new_rows=True),
    "organisations.PartyTerm": Watch("organisation", new_rows=True),
    "organisations.Post": Watch("organisation", new_rows=True),
    "organisations.User": Watch(without=("password", "last_login"), new_rows=True),
    "organisations.Membership": Watch("organisation", new_rows=True),
    "organisations.Absence": Watch("absent", new_rows=True),
    "organisations.DeadlineRule": Watch(),
    "core.WorkingDay": Watch(new_rows=True),
    "core.CalendarYear": Watch(new_rows=True),
    "core.HistoryEntry": Watch(),
    # --- papers ----------------------------------------------------------------------------------
    "documents.Skin": Watch(without=("profile",)),
    "documents.Document": Watch(without=("folded",)),
    "documents.Addressee": Watch("document"),
    "documents.Recipient": Watch("document"),
    "documents.Attachment": Watch("document"),
    "documents.Clause": Watch("document", without=("version", "edited_by", "edited_at")),
    "documents.LegalBasis": Watch(),
    "documents.CheckSetting": Watch(without=("version",)),
    "documents.Waiver": Watch("document"),
    "documents.DocumentRelation": Watch("source"),
    "documents.SignedCopy": Watch("document"),
    "documents.NumberSequence": Watch(),
    "documents.RegisterNumber": Watch(without=("folded",)),
    # --- work ------------------------------------------------------------------------------------
    "assignments.Task": Watch(without=("folded",)),
    "assignments.Cooperation": Watch("task"),
    "assignments.DueDay": Watch("task"),
    "assignments.DueRequest": Watch("task"),
    "assignments.Contest": Watch("task"),
    "assignments.Progress": Watch("task"),
    "assignments.Ladder": Watch(),
    "assignments.Rung": Watch("ladder"),
    "assignments.OverdueTier": Watch("ladder"),
    # --- plans -----------------------------------------------------------------------------------
    "plans.Plan": Watch(),
    "plans.DialogueSession": Watch("plan"),
    "plans.SessionChair": Watch(),
    "plans.ParticipantGroup": Watch("plan"),
    "plans.Assignee": Watch("plan"),
    "plans.Duty": Watch("plan"),
    "plans.ProgrammeItem": Watch("plan"),
    "plans.Announcement": Watch(),
    "plans.Obligation": Watch(),
    "plans.ChildPlanObligation": Watch("plan"),
    "plans.ChainStep": Watch(),
    "plans.PreparationStep": Watch(),
    # --- opinions: how they are sorted, grouped, answered ------------------------------------------
    "feedback.Consultation": Watch(),
    "feedback.ConsentText": Watch(),
    "feedback.Opinion": Watch(without=("search",)),
    "feedback.IssueGroup": Watch(),
    "feedback.GroupMerge": Watch("target"),
    "feedback.Answer": Watch("group"),
    "feedback.AnswerRequest": Watch("group"),
    "feedback.AnswerPart": Watch(),
    "feedback.Release": Watch("consultation"),
    "feedback.Forwarding": Watch(),
    "feedback.ForwardedItem": Watch("forwarding"),
    "feedback.RetentionRule": Watch(),
    "feedback.Mandate": Watch(),
    "feedback.ReceivingBody": Watch(),
    "feedback.Verdict": Watch("opinion"),
    # --- the conference and what follows -----------------------------------------------------------
    "conferences.Conference": Watch(without=("pulse", "hall_code")),
    "conferences.AgendaItem": Watch("conference"),
    "conferences.Nomination": Watch("conference", without=("email", "nonce", "token_hash")),
    "conferences.Participant": Watch("conference", without=("phone", "email", "code")),
    "conferences.Arrival": Watch("conference"),
    "conferences.SpeakingTurn": Watch("conference"),
    "conferences.Exchange": Watch("conference"),
    "conclusions.ConclusionNotice": Watch(),
    "conclusions.ConclusionPoint": Watch("notice"),
}

# Not watched, and why.
SEALED = "personal data: it ends, and its readings are journalled"
PASSING = "passing: it ends by itself and decides nothing"
OF_THE_PERSON = "a person's own convenience"
PART = "what it says stands in the record it belongs to, which is watched"
WRITTEN_ONCE = "written once, never changed"
SELF = "the audit itself: append-only"

UNWATCHED: dict[str, str] = {
    "core.AuditEvent": SELF,
    "core.DaySeal": SELF,
    "core.Message": PASSING,
    "core.UsedToken": PASSING,
    "core.Heartbeat": PASSING,
    "core.StoredFile": WRITTEN_ONCE,
    "documents.DocumentType": WRITTEN_ONCE,
    "documents.ClauseBasis": PART,
    "documents.EditStep": PASSING,
    "documents.Comment": PART,
    "documents.CommentReply": PART,
    "assignments.Escalation": WRITTEN_ONCE,
    "assignments.Evidence": WRITTEN_ONCE,
    "assignments.Reminder": PASSING,
    "plans.CalendarKey": SEALED,
    "plans.CopyNote": PASSING,
    "feedback.Field": WRITTEN_ONCE,
    "feedback.Submission": SEALED,
    "feedback.Sender": SEALED,
    "feedback.CollectiveSheet": SEALED,
    "feedback.SubmissionFile": SEALED,
    "feedback.PendingFile": PASSING,
    "feedback.Support": WRITTEN_ONCE,
    "feedback.Notice": PASSING,
    "feedback.Remark": WRITTEN_ONCE,
    "feedback.AnswerLink": SEALED,
    "feedback.AnswerTemplate": OF_THE_PERSON,
    "feedback.RestrictedMatter": SEALED,
    "feedback.Question": PART,
    "feedback.QuestionAnswer": SEALED,
    "feedback.SavedFilter": OF_THE_PERSON,
    "feedback.OpinionImport": SEALED,
    "feedback.StagedRow": SEALED,
    "feedback.Claim": PASSING,
    "feedback.SortingStep": PASSING,
    "feedback.ReplyTemplate": OF_THE_PERSON,
    "feedback.ReplyLetter": WRITTEN_ONCE,
    "feedback.TableOrder": PASSING,
    "feedback.Addition": SEALED,
    "feedback.DataRequest": SEALED,
    "feedback.WatchList": OF_THE_PERSON,
    "conferences.AgendaPattern": OF_THE_PERSON,
    "conferences.ParticipantChange": SEALED,
    "conferences.HallPrint": PASSING,
    "conferences.Passage": OF_THE_PERSON,
    "conferences.InvitationPrint": PASSING,
    "conferences.HallQuestion": SEALED,
    "conferences.SeatPlan": PART,
    "conclusions.CaseFile": PASSING,
}
