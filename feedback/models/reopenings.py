"""A sender says her matter is not settled: a request that somebody has to decide."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from assignments.states import REQUEST_TRANSITIONS, RequestState
from feedback.models.opinions import Opinion, Support
from feedback.models.submissions import Submission
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User

KEEPERS = (Role.CLERK, Role.HEAD)
BODIES = ("opinion__submission__consultation__organisation", "task__owner", "task__monitor")
"""Whose people may have to decide; whose turn it is, `queries.reopenings` says."""


def _with_forebears(bodies: set[int]) -> set[int]:
    """These bodies and those they have taken over from, the other way round from `heirs_of`."""
    found, level = set(bodies), bodies
    while level:
        before = Organisation.objects.filter(successors__in=level).values_list("pk", flat=True)
        level = set(before) - found
        found |= level
    return found


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    """Requests to look at a matter again as people may see them."""

    def visible_to(self, user: "User") -> "ReopeningQuerySet":
        """The office that took the opinion, who gave and who watches the work; of one that has
        ended its successor, also through others that ended.
        """
        bodies = _with_forebears(user.organisation_ids(*KEEPERS))
        wanted = Q(pk__in=[])
        for body in BODIES:
            wanted |= Q(**{f"{body}__in": bodies})
        return self.filter(pk__in=Reopening.objects.filter(wanted).values("pk"))

    def waiting(self) -> "ReopeningQuerySet":
        """Those nobody has decided."""
        return self.filter(state=RequestState.ASKED)


class Reopening(models.Model):
    """“Chưa giải quyết”, with the reason; one waits at a time for each sender of a matter.

    `support` is the voice of one who joined the matter; `opinion` is then the first one of it.
    `task` is the work whose result is in doubt, if any was given; `given` what deciding it for
    the sender gave anew, where the old one could not be taken up again.
    """

    TRANSITIONS = REQUEST_TRANSITIONS

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="reopenings")
    support = models.ForeignKey(
        Support, models.CASCADE, null=True, blank=True, related_name="reopenings"
    )
    reason = models.TextField(_("vì sao chưa"))
    asked_at = models.DateTimeField(auto_now_add=True)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="reopenings")
    given = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="reopened_from"
    )
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    decision = models.TextField(_("trả lời người gửi"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"],
                name="one_reopening_waits",
                condition=Q(state="asked", support=None),
            ),
            models.UniqueConstraint(
                fields=["support"], name="one_joined_reopening_waits", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | ~Q(decision=""),
                name="reopening_decided_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening of {self.opinion_id}"

    def get_absolute_url(self) -> str:
        """The page where it is decided."""
        return reverse("feedback:reopening", args=[self.pk])

    @property
    def voice(self) -> Opinion | Support:
        """Whose word it is: the opinion's sender, or one who joined."""
        return self.support or self.opinion

    @property
    def submission(self) -> Submission:
        """The form of whoever asks; the decision is told there."""
        return self.voice.submission

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it."""
        return self.state == RequestState.ASKED
