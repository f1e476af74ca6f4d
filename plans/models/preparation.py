"""What has to happen before and after a session: the office's chain, and its steps per session."""

import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Stage, Task
from core.timephrase import TimePhraseField
from documents.models import Document
from organisations.models import Organisation
from plans.models.plan import DialogueSession, Duty
from plans.states import STEP_TRANSITIONS, StepState

if TYPE_CHECKING:
    from organisations.models import User

ANNOUNCE = "announce"
"""The code of the step that makes time and place known: the year board asks when it was done."""


class ChainStep(models.Model):
    """One line of the chain an office works by (domain.md §2.3): what, who, how long before or after.

    Rows without organisation are the common chain; an organisation with rows of its own uses only
    those. `kind` narrows a row to sessions of one kind.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="chain_steps"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    code = models.SlugField(max_length=20, blank=True)
    kind = models.CharField(
        _("loại hội nghị"), max_length=10, choices=DialogueSession.Kind, blank=True
    )
    name = models.CharField(_("việc"), max_length=200)
    stage = models.CharField(_("giai đoạn"), max_length=10, choices=Stage)
    function = models.CharField(
        _("cơ quan làm"), max_length=20, choices=Organisation.Function, blank=True
    )
    phrase = TimePhraseField(_("thời hạn"))
    deliverable = models.CharField(_("sản phẩm"), max_length=200, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"],
                name="chain_position_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name


class StepQuerySet(models.QuerySet["PreparationStep"]):
    """Steps as people may see them."""

    def visible_to(self, user: "User") -> "StepQuerySet":
        """Steps of sessions the person may see."""
        return self.filter(session__in=DialogueSession.objects.visible_to(user))

    def unfinished(self) -> "StepQuerySet":
        """Steps that still move with the session's day."""
        return self.filter(state__in=[StepState.WAITING, StepState.HANDED])


class PreparationStep(models.Model):
    """One step before or after a session, its day counted from the session's.

    It comes from the office's chain or from a duty of the plan whose deadline hangs on the session.
    `tasks` are what it became when a body was told to do it. `named_on` is the day the phrase
    names, `due_on` the working day it comes to, `why` the reason if they differ. `left_out_by` is
    the paper that left it out: an amendment, or the one in force again after it.
    """

    TRANSITIONS = STEP_TRANSITIONS

    session = models.ForeignKey(DialogueSession, models.CASCADE, related_name="steps")
    duty = models.ForeignKey(Duty, models.CASCADE, null=True, blank=True, related_name="steps")
    code = models.SlugField(max_length=20, blank=True)
    name = models.CharField(_("việc"), max_length=300)
    stage = models.CharField(_("giai đoạn"), max_length=10, choices=Stage)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="preparation_steps"
    )
    phrase = TimePhraseField(_("thời hạn"))
    deliverable = models.CharField(_("sản phẩm"), max_length=200, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)
    named_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("ngày hết hạn"), null=True, blank=True)
    why = models.CharField(max_length=250, blank=True)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.WAITING)
    done_on = models.DateField(null=True, blank=True)
    left_out_by = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    tasks = GenericRelation(Task, content_type_field="origin_type", object_id_field="origin_id")

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "duty"],
                name="duty_once_in_a_session",
                condition=Q(duty__isnull=False),
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="done_step_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(left_out_by=None) | Q(state="dropped"), name="step_left_out_is_dropped"
            ),
        ]
        indexes = [models.Index(fields=["session", "due_on"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The step on its session's page."""
        return f"{reverse('plans:session', args=[self.session_id])}#buoc-{self.pk}"

    @property
    def live_tasks(self) -> list[Task]:
        """What it became, without what was cancelled since."""
        return [task for task in self.tasks.all() if task.is_live]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody works on it: it was not handed out, or all it became was cancelled."""
        if self.state == StepState.HANDED:
            return not self.live_tasks
        return self.state == StepState.WAITING

    @property
    def is_finished(self) -> bool:
        """Whether it no longer moves."""
        return self.state in {StepState.DONE, StepState.DROPPED}

    @property
    def is_shifted(self) -> bool:
        """Whether the day named was a day off."""
        return self.named_on is not None and self.named_on != self.due_on

    def is_late(self, today: datetime.date) -> bool:
        """Whether its day has passed and it is not done."""
        return not self.is_finished and self.due_on is not None and self.due_on < today
