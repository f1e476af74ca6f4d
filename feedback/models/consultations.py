"""Asking people for their opinions before a session: the window, the fields, the consent notice."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.states import CONSULTATION_TRANSITIONS, ConsultationState
from organisations.models import AdministrativeUnit, Organisation, Role
from plans.models import DialogueSession

if TYPE_CHECKING:
    import datetime

    from organisations.models import User


class Field(models.Model):
    """A field of government an opinion can concern (domain.md §6.1), as data."""

    code = models.SlugField(primary_key=True, max_length=10)
    name = models.CharField(_("lĩnh vực"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


def load_fields(field_model: "type[Field]" = Field) -> None:
    """Create the fields of domain.md §6.1 that are missing; an office's own wording stays."""
    rows = json.loads((Path(__file__).parent.parent / "data" / "fields.json").read_text("utf-8"))
    field_model.objects.bulk_create(
        [
            field_model(code=code, name=name, position=place)
            for place, (code, name) in enumerate(rows, start=1)
        ],
        ignore_conflicts=True,
    )


class Competence(models.TextChoices):
    """Who is competent to settle a matter (domain.md §6.2)."""

    HAMLET = "hamlet", _("Thôn, tổ dân phố")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    PROVINCE = "province", _("Tỉnh, thành phố")
    CENTRAL = "central", _("Trung ương")
    OTHER = "other", _("Cơ quan khác")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations as people may see them."""

    def visible_to(self, user: "User") -> "ConsultationQuerySet":
        """Own organisation's; for collectors and overseers those of their unit and its parents."""
        return self.filter(
            Q(organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD, Role.RECEPTION))
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER))
            | Q(
                organisation__unit__in=user.unit_ids(Role.COLLECTOR),
                state__in=[ConsultationState.OPEN, ConsultationState.CLOSED],
            )
            | Q(
                organisation__unit__children__in=user.unit_ids(Role.COLLECTOR),
                state__in=[ConsultationState.OPEN, ConsultationState.CLOSED],
            )
        ).distinct()

    def for_session(self, session_id: int) -> "ConsultationQuerySet":
        """Those that ask for a session, alone or together with others."""
        shared = Consultation.also_for.through.objects.filter(dialoguesession_id=session_id)
        return self.filter(Q(session=session_id) | Q(pk__in=shared.values("consultation_id")))

    def announced(self) -> "ConsultationQuerySet":
        """Those the public knows of."""
        return self.filter(state__in=[ConsultationState.OPEN, ConsultationState.CLOSED])

    def answerable(self, now: "datetime.datetime") -> "ConsultationQuerySet":
        """Open ones whose window holds `now`."""
        return self.filter(state=ConsultationState.OPEN, opens_at__lte=now, closes_at__gte=now)


class Consultation(models.Model):
    """Asking people for their opinions before one session, or several (`also_for`).

    `topics` are the fields it takes (none: all); `units` and `invited` say who, as `open_to` means.
    """

    TRANSITIONS = CONSULTATION_TRANSITIONS

    class OpenTo(models.TextChoices):
        """Who may send."""

        EVERYONE = "everyone", _("Mọi người ở địa bàn")
        UNITS = "units", _("Chỉ người ở các thôn, tổ dân phố đã chọn")
        INVITED = "invited", _("Chỉ cơ quan, tổ chức được mời")

    session = models.ForeignKey(DialogueSession, models.PROTECT, related_name="consultations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consultations")
    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("tên đợt lấy ý kiến"), max_length=300)
    introduction = models.TextField(_("lời mở đầu"), blank=True)
    exclusions = models.TextField(_("nội dung không tổng hợp"), blank=True)
    also_for = models.ManyToManyField(
        DialogueSession,
        blank=True,
        related_name="shared_consultations",
        verbose_name=_("dùng chung cho cả"),
    )
    open_to = models.CharField(
        _("ai được gửi"), max_length=8, choices=OpenTo, default=OpenTo.EVERYONE
    )
    units = models.ManyToManyField(AdministrativeUnit, blank=True, related_name="+")
    invited = models.ManyToManyField(Organisation, blank=True, related_name="+")
    topics = models.ManyToManyField(Field, blank=True, related_name="+")
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    state = models.CharField(
        max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT
    )
    # Closed because every conference it asks for was over: one that goes on opens it again.
    is_ended = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="consultation_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_ended=False) | Q(state=ConsultationState.CLOSED),
                name="consultation_ended_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The office's page of the consultation."""
        return reverse("feedback:consultation", args=[self.pk])

    def is_answerable(self, now: "datetime.datetime") -> bool:
        """Whether people may send opinions at `now`."""
        return self.state == ConsultationState.OPEN and self.opens_at <= now <= self.closes_at

    def is_not_yet_open(self, now: "datetime.datetime") -> bool:
        """Whether it is announced and its window has still to begin."""
        return self.state == ConsultationState.OPEN and now < self.opens_at

    def areas(self, today: "datetime.date") -> "models.QuerySet[AdministrativeUnit]":
        """Where a sender can be from: the parts of the organisation's unit, and the unit itself."""
        unit = self.organisation.unit_id
        return AdministrativeUnit.objects.current(today).filter(Q(parent=unit) | Q(pk=unit))


class ConsentText(models.Model):
    """One version of the notice people consent to; old versions are proof and never change."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consent_texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("thông báo xử lý dữ liệu cá nhân"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="consent_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} v{self.version}"

    @property
    def blocks(self) -> "list[tuple[str, str]]":
        """The notice as (heading, words): a block is a line of heading and its text."""
        pairs = [block.partition("\n") for block in self.text.split("\n\n")]
        return [(heading, words) for heading, _line, words in pairs]
