"""Who is invited by which way, what they were sent, and the personal link to answer."""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference, Participant
from core.codes import derived_code, grouped_code, keyed_hash, plain_code
from core.models import Message
from documents.documents import paper_of
from documents.printing import marks
from documents.printing.words import pieces
from organisations.models import User

LATE = "invited"


@dataclass
class Guest:
    """A participant, how a letter reaches them, and what they were sent already."""

    person: Participant
    user: User | None = None
    sent: list[Message] = field(default_factory=list)

    @property
    def way(self) -> str:
        """`mail`, or `paper` for somebody without an address."""
        return "mail" if self.person.email else "paper"

    @property
    def way_words(self) -> str:
        """The way in words."""
        if self.user:
            return _("Thư và trong phần mềm")
        return _("Thư điện tử") if self.person.email else _("Chỉ giấy")

    @property
    def told(self) -> list[tuple[str, Message]]:
        """What was written by mail, each in one word, oldest first."""
        words = {
            "invitation": _("Giấy mời"),
            "reminder": _("Nhắc trả lời"),
            "moved": _("Báo thay đổi"),
            "cancelled": _("Báo không tổ chức"),
        }
        mails = [letter for letter in self.sent if letter.channel == Message.Channel.EMAIL]
        return [(words.get(mail.key.split(":")[0], mail.subject), mail) for mail in mails]

    @property
    def is_invited(self) -> bool:
        """Whether an invitation was written to them."""
        return any(letter.key.startswith("invitation:") for letter in self.sent)

    def has_invitation(self, conference: Conference) -> bool:
        """Whether the invitation in force was written to the address they have now."""
        key = invitation_key(conference, self.person)
        return any(letter.key.startswith(key) for letter in self.sent)


def guests_of(conference: Conference, chosen: Iterable[int] | None = None) -> list[Guest]:
    """Everybody on the list (or those chosen) but substitutes, who come by somebody else's answer."""
    rows = conference.participants.filter(substitute_for=None).select_related("substitute")
    rows = rows.order_by("pk")
    people = list(rows if chosen is None else rows.filter(pk__in=list(chosen)))
    users = {
        user.email.casefold(): user
        for user in User.objects.filter(is_active=True, email__in=_spellings(people))
    }
    letters = defaultdict(list)
    for letter in letters_about(people):
        letters[letter.about_id].append(letter)
    return [
        Guest(person, users.get(person.email.casefold()), letters[person.pk]) for person in people
    ]


def invitation_key(conference: Conference, person: Participant) -> str:
    """What the letters of one invitation to one guest are kept under; another address is another."""
    address = keyed_hash(settings.TRACKING_PEPPER, person.email)[:8]
    return f"invitation:{person.pk}:{conference.invitation_id}:{address}"


def letters_about(people: Sequence[Participant]) -> list[Message]:
    """What was sent to people, oldest first."""
    kind = ContentType.objects.get_for_model(Participant)
    ours = Message.objects.filter(about_type=kind, about_id__in=[row.pk for row in people])
    return list(ours.order_by("pk"))


def answers_of(conference: Conference) -> dict[str, int]:
    """How many said what, substitutes not counted; "" for those who have not answered."""
    rows = conference.participants.filter(substitute_for=None).values("answer")
    found = {row["answer"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by()}
    return {answer: found.get(answer, 0) for answer in Participant.Answer.values}


def words_of(person: Participant) -> dict[str, str]:
    """What is filled into the letter for one guest."""
    said = (person.name, person.post, person.body)
    return {
        "khách mời": " - ".join(part for part in said if part),
        "chức vụ": person.post,
        "đơn vị": person.body,
        "chỗ ngồi": person.seat,
        "mã": grouped_code(person.code),
    }


def letter_words(conference: Conference, person: Participant) -> str:
    """The words of the issued invitation for one guest, as plain text."""
    assert conference.invitation is not None
    paper, fill = paper_of(conference.invitation), words_of(person)
    lines = [f"{paper.type_name} ({paper.number})"]
    for block in paper.blocks:
        words = "".join(piece.text for piece in pieces(block.text, fill))
        lines.append(f"{block.marker} {marks.plain(words)}".strip())
    for signature in paper.signatures:
        lines.append("\n".join([*(line.text for line in signature.lines), signature.name]))
    return "\n\n".join(line for line in lines if line)


def key_of(code: str) -> str:
    """The secret that belongs to an invitation's code."""
    return derived_code(settings.TRACKING_PEPPER, f"invitation:{code}", 9)


def answer_path(person: Participant) -> str:
    """The address where one guest answers."""
    return reverse("answer", args=[person.code, key_of(person.code)])


def path_of_number(number: str) -> str:
    """The same for a letter, which keeps only the guest's number until it leaves."""
    person = Participant.objects.filter(pk=int(number)).first()
    return answer_path(person) if person else ""


def guest_behind(code: str, key: str) -> Participant | None:
    """The guest whose code and secret these are; a wrong one of either looks the same."""
    plain = plain_code(code)[:12]
    if not hmac.compare_digest(key_of(plain).encode(), plain_code(key).encode()):
        return None
    rows = Participant.objects.select_related("conference__organisation", "substitute")
    return rows.filter(code=plain).first()


def _spellings(people: Sequence[Participant]) -> set[str]:
    """Addresses as typed and in small letters, as accounts keep them."""
    typed = {person.email for person in people if person.email}
    return typed | {address.lower() for address in typed}
