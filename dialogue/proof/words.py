"""What tables and columns are called where the forms have no word for them."""

from functools import cache

from django.apps import apps
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue.audited import WATCHED

TABLES: dict[str, Promise] = {
    "organisations.AdministrativeUnit": _("Đơn vị hành chính"),
    "organisations.Organisation": _("Cơ quan, tổ chức"),
    "organisations.PartyTerm": _("Nhiệm kỳ"),
    "organisations.Post": _("Chức vụ"),
    "organisations.User": _("Tài khoản"),
    "organisations.Membership": _("Vai trò"),
    "organisations.Absence": _("Vắng mặt, người thay"),
    "organisations.DeadlineRule": _("Thời hạn chung"),
    "organisations.AdministrativeUnit_successors": _("Đơn vị kế thừa"),
    "organisations.Organisation_successors": _("Cơ quan kế thừa"),
    "core.WorkingDay": _("Ngày nghỉ, ngày làm bù"),
    "core.CalendarYear": _("Xác nhận lịch năm"),
    "core.HistoryEntry": _("Dòng đã diễn ra"),
    "core.Endpoint": _("Nơi nhận tin"),
    "core.SendingPause": _("Tạm dừng gửi"),
    "documents.Skin": _("Thể thức"),
    "documents.Document": _("Văn bản"),
    "documents.Addressee": _("Kính gửi"),
    "documents.Recipient": _("Nơi nhận"),
    "documents.Attachment": _("Tệp kèm theo"),
    "documents.Clause": _("Đoạn văn bản"),
    "documents.LegalBasis": _("Căn cứ pháp lý"),
    "documents.CheckSetting": _("Quy tắc kiểm tra"),
    "documents.Waiver": _("Bỏ qua nhắc lỗi"),
    "documents.DocumentRelation": _("Liên hệ giữa các văn bản"),
    "documents.SignedCopy": _("Bản ký"),
    "documents.NumberSequence": _("Dãy số"),
    "documents.RegisterNumber": _("Số văn bản"),
    "assignments.Task": _("Nhiệm vụ"),
    "assignments.Cooperation": _("Cơ quan phối hợp"),
    "assignments.DueDay": _("Thời hạn đã đặt"),
    "assignments.DueRequest": _("Đề nghị về thời hạn"),
    "assignments.Contest": _("Kiến nghị xem lại"),
    "assignments.Progress": _("Tiến độ"),
    "assignments.Ladder": _("Bậc thang nhắc việc"),
    "assignments.Rung": _("Bậc nhắc việc"),
    "assignments.OverdueTier": _("Mức quá hạn"),
    "plans.Plan": _("Kế hoạch"),
    "plans.DialogueSession": _("Cuộc đối thoại"),
    "plans.SessionChair": _("Người chủ trì"),
    "plans.ParticipantGroup": _("Thành phần tham dự"),
    "plans.Assignee": _("Nơi được giao"),
    "plans.Duty": _("Việc được giao"),
    "plans.DialogueSession_units": _("Địa bàn của cuộc đối thoại"),
    "plans.Assignee_organisations": _("Cơ quan được giao"),
    "plans.Duty_organisations": _("Cơ quan làm việc được giao"),
    "plans.Duty_cooperating": _("Cơ quan phối hợp làm việc được giao"),
    "plans.Duty_sessions": _("Cuộc đối thoại của việc được giao"),
    "plans.ProgrammeItem": _("Mục chương trình"),
    "plans.Announcement": _("Thông báo của cuộc đối thoại"),
    "plans.Obligation": _("Quy định phải đối thoại"),
    "plans.ChildPlanObligation": _("Kế hoạch cấp dưới phải lập"),
    "plans.ChainStep": _("Bước chuẩn bị mẫu"),
    "plans.PreparationStep": _("Bước chuẩn bị"),
    "feedback.Consultation": _("Đợt lấy ý kiến"),
    "feedback.Consultation_also_for": _("Cuộc đối thoại dùng chung đợt lấy ý kiến"),
    "feedback.Consultation_units": _("Địa bàn lấy ý kiến"),
    "feedback.Consultation_invited": _("Nơi được mời nhập ý kiến"),
    "feedback.ConsentText": _("Thông báo xử lý dữ liệu"),
    "feedback.Opinion": _("Ý kiến"),
    "feedback.IssueGroup": _("Vấn đề"),
    "feedback.GroupMerge": _("Gộp vấn đề"),
    "feedback.Answer": _("Câu trả lời"),
    "feedback.AnswerRequest": _("Đề nghị trả lời"),
    "feedback.AnswerPart": _("Phần trả lời phối hợp"),
    "feedback.Release": _("Lần công bố"),
    "feedback.Forwarding": _("Danh sách chuyển cấp"),
    "feedback.ForwardedItem": _("Dòng chuyển cấp"),
    "feedback.RetentionRule": _("Thời hạn lưu dữ liệu"),
    "feedback.Mandate": _("Phân công lĩnh vực"),
    "feedback.ReceivingBody": _("Cơ quan tiếp nhận"),
    "feedback.Verdict": _("Đánh giá của người dân"),
    "conferences.Conference": _("Hội nghị"),
    "conferences.AgendaItem": _("Mục chương trình hội nghị"),
    "conferences.Nomination": _("Đề nghị cử đại biểu"),
    "conferences.Participant": _("Đại biểu"),
    "conferences.Arrival": _("Điểm danh"),
    "conferences.SpeakingTurn": _("Lượt phát biểu"),
    "conferences.Exchange": _("Ý kiến và trả lời tại hội nghị"),
    "conclusions.ConclusionNotice": _("Thông báo kết luận"),
    "conclusions.ConclusionPoint": _("Điểm kết luận"),
    "conclusions.ConclusionPoint_cooperating": _("Cơ quan phối hợp của điểm kết luận"),
    "conclusions.ConclusionPoint_exchanges": _("Ý kiến tại hội nghị của điểm kết luận"),
    "conclusions.ConclusionPoint_groups": _("Vấn đề của điểm kết luận"),
    "conclusions.LeftOut": _("Việc không kết luận"),
    "conclusions.Petition": _("Kiến nghị lên cấp trên"),
    "conclusions.PetitionItem": _("Nội dung kiến nghị"),
    "conclusions.PointResult": _("Kết quả của điểm kết luận"),
    "feedback.Reopening": _("Đề nghị xem lại"),
    "api.AccessToken": _("Khóa truy cập của phần mềm khác"),
    "channels.EventHook": _("Nơi nhận sự kiện"),
    "dialogue.ReportPeriod": _("Kỳ báo cáo"),
    "dialogue.Report": _("Báo cáo"),
    "dialogue.ReportCall": _("Yêu cầu báo cáo"),
}

_BY, _AT = _("người thực hiện"), _("lúc")
COLUMNS: dict[str, Promise] = {
    "administrativeunit": _("đơn vị hành chính"), "assignee": _("nơi được giao"),
    "conclusionpoint": _("điểm kết luận"), "dialoguesession": _("cuộc đối thoại"),
    "from_administrativeunit": _("đơn vị trước"), "from_organisation": _("cơ quan trước"),
    "issuegroup": _("vấn đề"), "to_administrativeunit": _("đơn vị kế thừa"),
    "to_organisation": _("cơ quan kế thừa"),
    "absent": _("người vắng"), "accepted_at": _("nghiệm thu lúc"), "added_at": _("thêm lúc"),
    "added_by": _("người thêm"), "agenda_item": _("mục chương trình"), "amends": _("sửa đổi văn bản"),
    "answer": _("trả lời"), "answered_at": _("trả lời lúc"), "answered_on": _("ngày trả lời"),
    "answers": _("trả lời cho"), "areas": _("địa bàn"), "as_of": _("tính đến"), "asked": _("phạm vi"),
    "asked_at": _("đề nghị lúc"), "asked_by": _("người đề nghị"), "asked_on": _("ngày đề nghị"),
    "at": _AT, "attached_at": _("đính kèm lúc"), "attached_by": _("người đính kèm"), "by": _BY,
    "cancelled_at": _("hủy lúc"), "cancelled_by": _("người hủy"), "carried_from": _("lấy từ đoạn"),
    "changed_at": _("sửa lúc"), "channels": _("kênh"), "child": _("kế hoạch cấp dưới"),
    "clause": _("đoạn văn bản"), "closed_at": _("kết thúc lúc"), "code": _("mã"),
    "conference": _("hội nghị"), "consultation": _("đợt lấy ý kiến"), "copied_from": _("chép từ"),
    "created_at": _("tạo lúc"), "created_by": _("người tạo"), "decided_at": _("quyết định lúc"),
    "decided_by": _("người quyết định"), "device_at": _("giờ trên máy"), "direction": _("chiều"),
    "document": _("văn bản"), "done_on": _("ngày xong"), "drafted_at": _("lập lúc"), "drafter": _("cơ quan dự thảo"),
    "drafted_by": _("người lập"), "due_on": _("hạn"), "duty": _("việc được giao"),
    "earliest_on": _("sớm nhất"), "edited_at": _("sửa lúc"), "edited_by": _("người sửa"),
    "ended_at": _("xong lúc"), "ended_by": _("người kết thúc"), "entered_at": _("ghi lúc"),
    "entered_by": _("người ghi"), "failures": _("số lần lỗi"), "field": _("lĩnh vực"),
    "figures": _("số liệu"), "file": _("tệp"), "fingerprint": _("dấu nhận biết"),
    "first_on": _("từ ngày"), "forwarding": _("danh sách chuyển"), "from_state": _("từ trạng thái"),
    "given_by": _("người cấp"), "given_on": _("ngày cấp"), "group": _("vấn đề"),
    "grouped_from": _("từ vấn đề"), "ident": _("mã"), "introduction_verb": _("lời dẫn"),
    "invitation": _("giấy mời"), "is_ended": _("đóng cùng hội nghị"),
    "is_fact_only": _("chỉ ghi nhận"), "is_kept": _("được giữ"), "is_on_paper": _("trên giấy"),
    "is_repeat": _("ghi lặp"), "issued_at": _("ban hành lúc"),
    "key": _("mã"), "kind": _("loại"), "ladder": _("bậc thang"), "last_error": _("lỗi gần nhất"),
    "last_error_at": _("lỗi lúc"), "last_number": _("số cuối"), "last_ok_at": _("thông lúc"),
    "last_on": _("đến ngày"), "latest_on": _("muộn nhất"), "lead": _("cơ quan chủ trì"),
    "left_out_by": _("văn bản không còn giao"),
    "link": _("đường dẫn"), "made_at": _("lập lúc"), "made_by": _("người lập"), "mark": _("ghi"),
    "merged_into": _("gộp vào"), "minutes": _("biên bản"), "monitor": _("người theo dõi"),
    "named_on": _("ngày nêu"), "nomination": _("đề nghị cử"), "note": _("ghi chú"),
    "notice": _("thông báo kết luận"), "number": _("số"), "number_scope": _("phạm vi số"),
    "old_until": _("khóa cũ dùng đến"), "on_behalf": _("thay cho"), "open_until": _("nghỉ đến"),
    "opinion": _("ý kiến"), "organisation": _("cơ quan"), "organisation_name": _("tên cơ quan"),
    "origin_id": _("mã gốc"), "origin_label": _("nguồn việc"), "origin_link": _("đường dẫn gốc"),
    "origin_type": _("loại gốc"), "owner": _("cơ quan giao"), "parent": _("cấp trên"),
    "parent_heading": _("dòng cơ quan cấp trên"), "participant": _("đại biểu"),
    "paused_at": _("tạm dừng lúc"), "paused_days": _("số ngày dừng"), "paused_on": _("dừng từ ngày"),
    "paused_seconds": _("số giây dừng"), "pdf": _("tệp PDF"), "pdf_sha256": _("mã băm PDF"),
    "people": _("số người"), "percent": _("phần trăm"), "person": _("người làm"), "plan": _("kế hoạch"),
    "position": _("thứ tự"), "post": _("chức vụ"), "present_at": _("có mặt lúc"),
    "proposed_lead": _("cơ quan đề xuất"), "queue_closed_at": _("khóa danh sách lúc"),
    "reason": _("lý do"), "received_at": _("nhận lúc"), "receiver": _("nơi nhận"),
    "recount": _("lần tính lại"), "relates_to": _("liên quan văn bản"), "release": _("lần công bố"),
    "released_at": _("công bố lúc"), "replaced_by": _("thay bằng"), "reported_at": _("báo cáo lúc"),
    "reported_by": _("người báo cáo"), "request": _("đề nghị"), "resolution": _("kết quả xử lý"),
    "revision": _("lần sửa hạn"), "revoked_at": _("thu hồi lúc"), "rule": _("quy tắc"),
    "scope": _("phạm vi"), "selector": _("cách chọn"), "send_to": _("gửi đến"),
    "sent_at": _("gửi lúc"), "sent_on": _("ngày gửi"), "sequence": _("thứ tự trong năm"),
    "session": _("cuộc đối thoại"), "set_at": _("đặt lúc"), "set_by": _("người đặt"),
    "signatures": _("chữ ký"), "signed_off_at": _("xác nhận lúc"), "signed_off_by": _("người xác nhận"),
    "endpoint": _("nơi nhận tin"), "exchange": _("ý kiến tại hội nghị"), "given": _("trả lời cho"),
    "item": _("nội dung kiến nghị"), "petition": _("kiến nghị"), "point": _("điểm kết luận"),
    "prefix": _("đầu khóa"), "received_on": _("ngày nhận"), "reply_by": _("hạn trả lời"),
    "revoked_by": _("người thu hồi"), "since": _("từ ngày"), "skin": _("thể thức"), "skipped_at": _("bỏ qua lúc"), "slug": _("địa chỉ"),
    "source": _("nguồn"), "started_at": _("bắt đầu lúc"), "state": _("trạng thái"),
    "subject_id": _("mã dòng"), "subject_type": _("loại dòng"), "submission": _("phiếu"),
    "support": _("người cùng ý kiến"),
    "substitute": _("người thay"), "substitute_for": _("đi thay"), "taken": _("đã nhận"),
    "taken_on": _("ngày nhận"), "target": _("đến"), "task": _("nhiệm vụ"),
    "to_state": _("sang trạng thái"), "turn": _("lượt phát biểu"), "type": _("loại"),
    "undone_at": _("bỏ lúc"), "undone_by": _("người bỏ"), "unit": _("đơn vị"), "user": _("người dùng"),
    "value": _("giá trị"), "version": _("lần sửa"), "version_of": _("bản của"), "via": _("gửi qua"),
    "weight": _("trọng số"), "why": _("vì sao ngày này"), "withdrawn_at": _("rút lúc"),
    "written_by": _("người soạn"), "year": _("năm"),
}  # fmt: skip


READ_ONLY: dict[str, Promise] = {
    "feedback_submission": _("Phiếu ý kiến"),
    "feedback_restrictedmatter": _("Hồ sơ ngoài đối thoại"),
}
"""Tables no change of which is kept; that somebody opened a row of theirs is."""


@cache
def models_by_table() -> dict[str, type[Model]]:
    """The watched models by the names of their tables."""
    models = apps.get_models(include_auto_created=True)
    known = {model._meta.label: model for model in models}
    return {known[name]._meta.db_table: known[name] for name in WATCHED if name in known}


def table_word(table: str) -> str:
    """What a row of this table is called."""
    model = models_by_table().get(table)
    return str(TABLES[model._meta.label] if model else READ_ONLY.get(table, table))


def column_word(field: "Field[object, object]") -> str:
    """What a column is called: the form's word, or the one kept here; never an English name."""
    word, name = str(field.verbose_name), field.name
    if word.lower() != name.replace("_", " "):
        return word
    return str(COLUMNS.get(name, ""))
