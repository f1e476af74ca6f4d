"""What is ready for the hall of today's conference: script, internal item, queue, message."""

from conferences import actions
from conferences.models import Conference
from dialogue.demo.people import People

SPEAKERS = (("Đại biểu số 03", "thôn Vạn Thọ"), ("Đại biểu số 12", "thôn Đầm Sen"))
WORDS = "Kính thưa các đồng chí, thưa toàn thể Nhân dân, hội nghị chuyển sang phần tiếp theo."
NOTE = "Nếu quá giờ, mời các ý kiến còn lại gửi bằng văn bản."


def prepare_hall(people: People, conference: Conference) -> None:
    """The clerk has written the script of the discussion, an item only the office sees, the queue."""
    clerk = people.users["vanphong"]
    talk = conference.agenda.order_by("-minutes").first()
    if talk is not None:
        actions.edit_agenda_item(talk, by=clerk, words=WORDS, note=NOTE)
    actions.add_agenda_item(
        conference,
        by=clerk,
        text="Hội ý Chủ trì và các cơ quan trả lời",
        conductor="Văn phòng",
        minutes=5,
        is_internal=True,
    )
    actions.set_message(conference, by=clerk, message="Đại biểu điểm danh tại bàn đón tiếp")
    for name, where in SPEAKERS:
        actions.add_turn(conference, by=clerk, name=name, body=where)
