"""One kind of task, whatever it grew out of: a duty, a request for an answer, a conclusion point."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.states import (
    REQUEST_TRANSITIONS,
    TRANSITIONS,
    RequestState,
    Resolution,
    TaskState,
)
from core.models import StoredFile
from core.text import fold
from core.timephrase import TimePhraseField
from documents.models import Clause, Document
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    import datetime

    from organisations.models import User


class Stage(models.TextChoices):
    """Where in the life of a dialogue the work falls (domain.md §2.3)."""

    BEFORE = "before", _("Trước hội nghị")
    DURING = "during", _("Trong hội nghị")
    AFTER = "after", _("Sau hội nghị")


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks as people may see and sort them."""

    def visible_to(self, user: "User") -> "TaskQuerySet":
        """Tasks one's organisation gave, leads, helps with, and (overseers) those of one's unit.

        For those away for whom one stands in it is the same as for oneself.
        """
        members = user.working_ids()
        return self.filter(
            Q(owner__in=user.working_ids(Role.CLERK, Role.HEAD))
            | Q(lead__in=members)
            | Q(pk__in=Cooperation.objects.filter(organisation__in=members).values("task"))
            | Q(owner__unit__in=user.unit_ids(Role.OVERSEER))
            | Q(parent__in=Task.objects.filter(lead__in=members).values("pk"))
        )

    def led_by(self, user: "User") -> "TaskQuerySet":
        """Tasks the person's organisations lead."""
        return self.filter(lead__in=user.working_ids(Role.OFFICER, Role.HEAD, Role.CLERK))

    def open(self) -> "TaskQuerySet":
        """Tasks not yet reported."""
        return self.filter(state=TaskState.OPEN)

    def live(self) -> "TaskQuerySet":
        """Tasks that were not taken back: a cancelled one counts nowhere."""
        return self.exclude(state=TaskState.CANCELLED)

    def searched(self, words: str) -> "TaskQuerySet":
        """Tasks in which every word occurs, accents or not."""
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(folded__contains=word)
        return found

    def overdue(self, today: "datetime.date") -> "TaskQuerySet":
        """Open tasks whose last good day has passed; none whose clock stands."""
        return self.open().filter(due_on__lt=today, paused_on__isnull=True)


class Task(models.Model):
    """A piece of work with a lead, a due day and somebody else who accepts it.

    `owner` is the organisation that gave the task and accepts its report. `due_on` is the last
    good day. `revision` grows when the due day or the lead changes and re-arms the reminders.
    `origin` is the row the task grew out of; unique per (origin, lead), so growing twice is harmless.
    `left_out_by` is the paper that ended the task by not giving it any more: an amendment, or the
    one in force again after it.
    `folded` is what one searches in: the words without accents.
    """

    TRANSITIONS = TRANSITIONS

    title = models.CharField(_("việc"), max_length=300)
    details = models.TextField(_("nội dung"), blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="given_tasks")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="led_tasks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    monitor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="monitored_tasks"
    )
    cooperating = models.ManyToManyField(
        Organisation, through="Cooperation", related_name="helped_tasks"
    )
    deliverable = models.CharField(_("sản phẩm"), max_length=200, blank=True)
    send_to = models.CharField(_("gửi"), max_length=200, blank=True)
    via = models.CharField(_("gửi qua"), max_length=200, blank=True)
    stage = models.CharField(_("giai đoạn"), max_length=10, choices=Stage, blank=True)
    due_phrase = TimePhraseField(_("thời hạn"), null=True, blank=True)
    anchor_on = models.DateField(_("tính từ ngày"), null=True, blank=True)
    due_on = models.DateField(_("ngày hết hạn"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    # While the clock stands, the day since which; working days it stood since the last decision.
    paused_on = models.DateField(null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    resolution = models.CharField(_("kết quả"), max_length=12, choices=Resolution, blank=True)
    result = models.TextField(_("kết quả thực hiện"), blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveSmallIntegerField(default=1)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="tasks")
    origin_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    origin = GenericForeignKey("origin_type", "origin_id")
    origin_label = models.CharField(_("căn cứ giao việc"), max_length=250)
    origin_link = models.CharField(max_length=250, blank=True)
    left_out_by = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    folded = models.TextField(blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin_type", "origin_id", "lead"],
                name="task_once_per_origin_and_lead",
                condition=Q(origin_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(resolution=""),
                name="accepted_has_resolution",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_up_to_100"),
            models.CheckConstraint(
                condition=Q(left_out_by=None) | Q(state="cancelled"),
                name="task_left_out_is_cancelled",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="task_open_due", condition=Q(state="open")),
            models.Index(fields=["lead", "state", "due_on"]),
            models.Index(fields=["owner", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The task's page."""
        return reverse("assignments:detail", args=[self.pk])

    def is_overdue(self, today: "datetime.date") -> bool:
        """Whether the last good day has passed, nothing was reported and the clock runs."""
        return self.is_running and self.due_on is not None and self.due_on < today

    def fold_words(self) -> str:
        """What `folded` should hold."""
        words = (self.title, self.wording, self.origin_label, self.lead.name, self.lead.short_name)
        return fold(" ".join(words))

    @property
    def is_live(self) -> bool:
        """Whether it was not taken back, as TaskQuerySet.live."""
        return self.state != TaskState.CANCELLED

    @property
    def is_open(self) -> bool:
        """Whether the lead still has to report."""
        return self.state == TaskState.OPEN

    @property
    def is_running(self) -> bool:
        """Whether the lead still has to report and the clock does not stand."""
        return self.is_open and self.paused_on is None

    @property
    def wording(self) -> str:
        """What is to be done, in the words of the paper where there is one."""
        words = self.clause.text if self.clause is not None else self.details
        return words.replace("*", "")

    @property
    def quotation(self) -> str:
        """The words of the paper where they say more than the title, which is often their copy."""
        words = self.wording
        return "" if words.strip(" .;\n") == self.title.strip(" .;") else words


class Cooperation(models.Model):
    """A body that helps the lead: its part of the work, and what it reports to the lead.

    `added_by` named it after the task was given; those without stand in the paper.
    """

    task = models.ForeignKey(Task, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    part = models.TextField(_("phần việc"), blank=True)
    result = models.TextField(_("kết quả phần phối hợp"), blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="cooperation_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} + {self.organisation_id}"


class Recount(models.Model):
    """Open deadlines reckoned anew because the working calendar changed: when, by whom, why."""

    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}: {self.reason}"

    def get_absolute_url(self) -> str:
        """The list of what moved."""
        return reverse("assignments:recount", args=[self.pk])


class DueDay(models.Model):
    """The due day a revision of the task had, and why it changed; never deleted."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="due_days")
    revision = models.PositiveIntegerField(default=1)
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=250)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    set_at = models.DateTimeField(auto_now_add=True)
    recount = models.ForeignKey(
        Recount, models.PROTECT, null=True, blank=True, related_name="due_days"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "revision"], name="due_day_once_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.due_on}"


class Request(models.Model):
    """Somebody asks the owner of a task for a decision; the states are those of every request."""

    TRANSITIONS = REQUEST_TRANSITIONS

    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class DueRequest(Request):
    """The lead asks for a later day, or that the clock stands while others are waited for.

    `wanted` is the later day as it was written; a pause runs from the day it was asked for.
    """

    class Kind(models.TextChoices):
        """What is asked for."""

        EXTENSION = "extension", _("Gia hạn")
        PAUSE = "pause", _("Tạm dừng tính hạn")

    task = models.ForeignKey(Task, models.CASCADE, related_name="due_requests")
    kind = models.CharField(_("đề nghị"), max_length=10, choices=Kind)
    wanted = TimePhraseField(_("thời hạn đề nghị"), null=True, blank=True)
    reason = models.TextField(_("lý do"))
    asked_on = models.DateField()
    decision = models.TextField(_("ý kiến quyết định"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], name="one_due_request_waits", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                condition=Q(kind="pause", wanted__isnull=True)
                | Q(kind="extension", wanted__isnull=False),
                name="extension_names_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.get_kind_display()}"


class Contest(Request):
    """An overseer asks the owner to look again at a result it has accepted; it must be answered."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="contests")
    reason = models.TextField(_("lý do"))
    asked_at = models.DateTimeField(auto_now_add=True)
    decision = models.TextField(_("trả lời"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], name="one_contest_waits", condition=Q(state="asked")
            )
        ]

    def __str__(self) -> str:
        return f"contest of {self.task_id}"


class Progress(models.Model):
    """What somebody says about the work, with files as evidence; `on_behalf`: of one who is away."""

    class Kind(models.TextChoices):
        """What the note is."""

        NOTE = "note", _("Cập nhật tiến độ")
        REPORT = "report", _("Báo cáo kết quả")
        ACCEPTANCE = "acceptance", _("Nghiệm thu")
        RETURN = "return", _("Trả lại")
        COMMENT = "comment", _("Ý kiến giám sát")
        CONTEST = "contest", _("Đề nghị xem xét lại kết quả")
        ANSWER = "answer", _("Trả lời đề nghị xem xét lại")
        TALK = "talk", _("Trao đổi")
        REPLY = "reply", _("Trả lời")
        PART = "part", _("Kết quả phần phối hợp")

    task = models.ForeignKey(Task, models.CASCADE, related_name="progress")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("nội dung"))
    percent = models.PositiveSmallIntegerField(_("phần trăm"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    on_behalf = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.at:%d/%m/%Y}"


class Evidence(models.Model):
    """A file that shows the work was done."""

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT)

    def __str__(self) -> str:
        return str(self.file)
