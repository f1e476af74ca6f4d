"""Letters about answers; none of them holds a word of the answer."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.queries import owner_clerks, people_of
from core import outbox
from core.codes import grouped_code
from core.models import Message
from feedback.models import Answer, AnswerLink, Submission
from feedback.queries.links import late_address
from organisations.models import Role


def tell_heads(answer: Answer) -> None:
    """The heads of the asked agency hear that a draft waits for them."""
    group = answer.group
    lead = group.lead_id or 0
    values = {"title": group.title}
    outbox.notify(
        people_of([lead], timezone.localdate(), Role.HEAD).get(lead, []),
        key=f"answer-at-head:{answer.pk}:{timezone.now():%Y%m%d%H%M%S}",
        subject=_("Chờ duyệt dự thảo trả lời: %(title)s") % values,
        body=_("Dự thảo trả lời “%(title)s” đã soạn xong. Mở để duyệt gửi văn phòng hoặc trả lại.")
        % values,
        reason=_("ông/bà là lãnh đạo cơ quan được đề nghị trả lời."),
        link=group.get_absolute_url(),
        about=group,
    )


def tell_office(answer: Answer) -> None:
    """The office's clerks hear that an agency without account has answered."""
    group = answer.group
    if group.task is None:
        return
    values = {"title": group.title, "lead": group.lead}
    outbox.notify(
        owner_clerks(group.task, timezone.localdate()),
        key=f"answer-by-link:{answer.pk}:{timezone.now():%Y%m%d%H%M%S}",
        subject=_("Đã có dự thảo trả lời: %(title)s") % values,
        body=_("%(lead)s đã gửi dự thảo trả lời “%(title)s” qua đường dẫn. Mở để duyệt.") % values,
        reason=_("đơn vị của ông/bà đề nghị trả lời vấn đề này."),
        link=group.get_absolute_url(),
        about=group,
    )


def tell_link(link: AnswerLink, *, key: str, words: str) -> None:
    """A letter to whom a link was sent, with the link in it.

    The letter in the database holds the link's number; its address is worked out while it leaves.
    """
    if not link.email or not link.is_live(timezone.now()):
        return
    group = link.request.group
    outbox.write(
        key=f"answer-link:{link.pk}:{key}",
        address=link.email,
        subject=_("Đề nghị trả lời: %(title)s") % {"title": group.title},
        body=words,
        reason=_("cơ quan của ông/bà được đề nghị trả lời một vấn đề của hội nghị đối thoại."),
        link=late_address(link),
        about=group,
    )


def letter_of_answer(submission: Submission, *, key: str) -> Message:
    """The letter to a sender that says where to read the answer."""
    return outbox.letter(
        key=key,
        address=submission.sender.email,
        subject=_("Ý kiến của Ông/Bà đã có trả lời"),
        body=_(
            "Ý kiến Ông/Bà gửi (mã tra cứu %(code)s) đã có trả lời.\n\n"
            "Để giữ kín nội dung, thư này không ghi câu trả lời. Mời Ông/Bà mở trang tra cứu, "
            "nhập mã tra cứu và mã bí mật trên giấy hẹn."
        )
        % {"code": grouped_code(submission.code)},
        reason=_("đã ghi thư điện tử và đồng ý nhận trả lời khi gửi ý kiến."),
        link=reverse("feedback:track"),
    )


def letter_of_result(submission: Submission, *, key: str) -> Message:
    """The letter to a sender that says where to read what was done; it holds no word of it."""
    return letter_to_sender(
        submission,
        key=key,
        subject=_("Việc Ông/Bà nêu đã có kết quả"),
        body=_("Việc Ông/Bà nêu (mã tra cứu %(code)s) đã có kết quả sau hội nghị đối thoại."),
    )


def letter_to_sender(submission: Submission, *, key: str, subject: str, body: str) -> Message:
    """A letter to a sender who may be mailed; its key tells whose it is, so that it can be erased."""
    where = _(
        "Để giữ kín nội dung, thư này không ghi chi tiết. Mời Ông/Bà mở trang tra cứu, nhập mã tra "
        "cứu và mã bí mật trên giấy hẹn."
    )
    return outbox.letter(
        key=f"to-sender:{submission.pk}:{key}",
        address=submission.sender.email,
        subject=subject,
        body=f"{body % {'code': grouped_code(submission.code)}}\n\n{where}",
        reason=_("đã ghi thư điện tử và đồng ý nhận trả lời khi gửi ý kiến."),
        link=reverse("feedback:track"),
    )
