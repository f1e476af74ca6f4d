"""The plan of a year's dialogues: what hangs on its clauses (design.md §1, domain.md §4.1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assignments.models import Stage
from core.text import fold
from core.timephrase import TimePhraseField
from documents.models import Clause, Document
from documents.states import DocumentState
from organisations.models import AdministrativeUnit, Organisation

if TYPE_CHECKING:
    import datetime

    from organisations.models import User


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans as people may see them."""

    def visible_to(self, user: "User") -> "PlanQuerySet":
        """The plans whose document the person may see."""
        return self.filter(document__in=Document.objects.visible_to(user))

    def issued(self) -> "PlanQuerySet":
        """Plans in force."""
        return self.filter(document__state=DocumentState.ISSUED)

    def with_counts(self) -> "PlanQuerySet":
        """How many sessions and duties each plan has: `session_count`, `duty_count`."""
        return self.annotate(
            session_count=Count("sessions", distinct=True),
            duty_count=Count("duties", distinct=True),
        )

    def matching(self, words: str) -> "PlanQuerySet":
        """Plans whose paper's type, number or abstract holds every word, accents or none."""
        found = self
        for word in fold(words).split():
            found = found.filter(document__folded__contains=word)
        return found


class Plan(models.Model):
    """A plan of dialogues: an official document with sessions, participants and duties."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="plan")
    year = models.PositiveSmallIntegerField(_("năm"))
    host = models.CharField(_("người đối thoại"), max_length=200)
    counterpart = models.CharField(_("đối thoại với"), max_length=200)
    template_name = models.CharField(_("tên mẫu"), max_length=120, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )

    objects = PlanQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plans:detail", args=[self.pk])


class SessionQuerySet(models.QuerySet["DialogueSession"]):
    """Sessions as people may see and sort them."""

    def visible_to(self, user: "User") -> "SessionQuerySet":
        """Sessions of plans the person may see."""
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def on_calendar(self) -> "SessionQuerySet":
        """Sessions of issued plans."""
        return self.filter(plan__document__state=DocumentState.ISSUED)


class DialogueSession(models.Model):
    """The fact on a clause of kind `session`: one conference the plan foresees.

    `fixed_on` is the day the conference was fixed for, once somebody has done so; until then the
    phrase gives the first and last possible day. `sequence` grows with every change of time or
    place and `changed_at` is when: calendar programs ask for both (RFC 5545 §3.8.7.4).
    """

    class Kind(models.TextChoices):
        """Why it is held (domain.md §5)."""

        PERIODIC = "periodic", _("Định kỳ")
        THEMATIC = "thematic", _("Chuyên đề")
        AD_HOC = "ad_hoc", _("Đột xuất")

    class Form(models.TextChoices):
        """How people meet."""

        IN_PERSON = "in_person", _("Trực tiếp")
        ONLINE = "online", _("Trực tuyến")
        HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="session")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sessions")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind, default=Kind.PERIODIC)
    theme = models.CharField(_("chủ đề"), max_length=500)
    audience = models.CharField(_("đối tượng"), max_length=300)
    units = models.ManyToManyField(AdministrativeUnit, blank=True, related_name="sessions")
    time = TimePhraseField(_("thời gian"), null=True, blank=True)
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=250, blank=True)
    form = models.CharField(_("hình thức"), max_length=10, choices=Form, default=Form.IN_PERSON)
    fixed_on = models.DateField(_("ngày đã ấn định"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(earliest_on__isnull=True)
                | Q(latest_on__isnull=True)
                | Q(earliest_on__lte=models.F("latest_on")),
                name="session_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return self.theme or self.clause.text.split("\n")[0]

    def get_absolute_url(self) -> str:
        """The session's page."""
        return reverse("plans:session", args=[self.pk])

    @property
    def first_on(self) -> "datetime.date | None":
        """The first day it can be held on: what leads up to it is counted back from here."""
        return self.fixed_on or self.earliest_on or self.latest_on

    @property
    def last_on(self) -> "datetime.date | None":
        """The last day it can be held on: what follows is counted from here."""
        return self.fixed_on or self.latest_on

    @property
    def exact_on(self) -> "datetime.date | None":
        """The day it is held on, if only one is possible."""
        return self.last_on if self.first_on == self.last_on else None

    def quarter(self) -> int | None:
        """The quarter (1–4) of the last possible day."""
        return (self.last_on.month - 1) // 3 + 1 if self.last_on else None


class SessionChair(models.Model):
    """Who chairs a session: one person may stand here under two posts in one line."""

    session = models.ForeignKey(DialogueSession, models.CASCADE, related_name="chairs")
    position = models.PositiveSmallIntegerField(default=1)
    post = models.CharField(_("chức vụ"), max_length=200)
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)

    def __str__(self) -> str:
        return self.post


class ParticipantGroup(models.Model):
    """The fact on a clause of kind `participant_group`: who comes, how many, who chooses them.

    The tree is the clause tree (levels: heading → group → sub-group). Exactly one shape of quota:
    exact, range (min–max), per unit, or none.
    """

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="participant_group")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="participant_groups")
    exact = models.PositiveIntegerField(_("đúng số"), null=True, blank=True)
    minimum = models.PositiveIntegerField(_("từ"), null=True, blank=True)
    maximum = models.PositiveIntegerField(_("đến"), null=True, blank=True)
    is_approximate = models.BooleanField(_("khoảng"), default=False)
    per_unit = models.PositiveIntegerField(_("mỗi đơn vị"), null=True, blank=True)
    unit_level = models.CharField(
        _("đơn vị là"), max_length=10, choices=AdministrativeUnit.Level, blank=True
    )
    unit_count = models.PositiveIntegerField(_("số đơn vị"), null=True, blank=True)
    selector = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="selects_groups"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(exact__isnull=True, per_unit__isnull=True)
                    | Q(
                        exact__isnull=False,
                        minimum__isnull=True,
                        maximum__isnull=True,
                        per_unit__isnull=True,
                    )
                    | Q(
                        per_unit__isnull=False,
                        exact__isnull=True,
                        minimum__isnull=True,
                        maximum__isnull=True,
                    )
                ),
                name="one_shape_of_quota",
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(minimum__lte=models.F("maximum")),
                name="quota_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.clause.text


class Assignee(models.Model):
    """The fact on a clause of kind `assignee`: the bodies whose duties stand below it."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="assignee")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assignees")
    organisations = models.ManyToManyField(Organisation, related_name="assigned_in")

    def __str__(self) -> str:
        return self.clause.text


class Duty(models.Model):
    """The fact on a clause of kind `duty`, below an assignee; with a deadline it becomes a task.

    `organisations` are the bodies it names itself (a row of a table, "Giao Ủy ban nhân dân xã …");
    without any it belongs to the bodies of the assignee it stands under.
    """

    class Part(models.TextChoices):
        """The part the assignee plays (domain.md §4.1.4)."""

        LEAD = "lead", _("Chủ trì")
        COOPERATE = "cooperate", _("Phối hợp")
        ADVISE = "advise", _("Tham mưu")
        DIRECT = "direct", _("Chỉ đạo")
        MONITOR = "monitor", _("Theo dõi, đôn đốc")
        SUPERVISE = "supervise", _("Giám sát")

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="duty")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="duties")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="named_in_duties")
    part = models.CharField(_("vai trò"), max_length=10, choices=Part, default=Part.LEAD)
    cooperating = models.ManyToManyField(Organisation, blank=True, related_name="cooperates_in")
    stage = models.CharField(_("giai đoạn"), max_length=10, choices=Stage, blank=True)
    due = TimePhraseField(_("thời hạn"), null=True, blank=True)
    deliverable = models.CharField(_("sản phẩm"), max_length=200, blank=True)
    send_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    via = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sessions = models.ManyToManyField(DialogueSession, blank=True, related_name="duties")
    wants_plan = models.BooleanField(_("phải xây dựng kế hoạch riêng"), default=False)

    def __str__(self) -> str:
        return self.clause.text


class ProgrammeItem(models.Model):
    """The fact on a clause of kind `programme_item`: who conducts it and how long it takes.

    A programme may also stand in another paper (an invitation); then there is no plan.
    """

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="programme_item")
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="programme_items"
    )
    conductor = models.CharField(_("điều hành"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=10)

    def __str__(self) -> str:
        return self.clause.text
