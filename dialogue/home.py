"""“Việc cần làm”: what waits for a person, what is late and what comes next, by role."""

import datetime
from typing import Any

from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.queries import comments_for, contests_for, due_requests_for
from assignments.states import TaskState
from conclusions.queries import without_notice
from conferences.models import Conference
from conferences.models.nominations import NAMERS
from conferences.queries.nominations import waiting_for
from conferences.states import ConferenceState
from dialogue.waiting import (
    SHOWN,
    Section,
    Waiting,
    brought_before,
    doubts,
    petitions_above,
)
from documents.models import Document
from documents.models.document import WRITERS
from documents.states import DocumentState
from feedback.models import Consultation, IssueGroup, Opinion, RestrictedMatter
from feedback.queries.leads import kinds_without_place
from feedback.states import AnswerState, MatterState, OpinionState
from organisations.models import Organisation, Role, User
from plans.models import ChildPlanObligation
from plans.queries import standing_of


def sections_for(user: User, today: datetime.date, now: datetime.datetime) -> list[Section]:
    """What belongs to the person's roles, empty sections left out; a constant number of queries."""
    by_role: tuple[tuple[tuple[str, ...], tuple[Any, ...]], ...] = (
        ((Role.HEAD,), (_to_sign, _answers_to_approve, brought_before)),
        (WRITERS, (_returned,)),
        ((Role.CLERK,), (_plans_owed, _to_sort, _answers_to_check)),
        ((Role.CLERK,), (_reports_to_accept, _to_conclude, _to_fill_in)),
        (
            (Role.CLERK, Role.HEAD),
            (petitions_above, doubts, _due_requests, _contests, _comments, _late_given),
        ),
        ((Role.OFFICER, Role.HEAD, Role.CLERK), (_my_tasks,)),
        ((Role.RECEPTION,), (_matters,)),
        ((Role.COLLECTOR,), (_to_collect,)),
        (NAMERS, (_to_name,)),
        ((Role.OVERSEER,), (_late_in_unit,)),
    )
    builders = [build for roles, found in by_role if user.working_ids(*roles) for build in found]
    builders.append(_coming)
    built = [build(user, today, now) for build in builders]
    return [section for section in built if section.rows]


def _to_sign(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    documents = Document.objects.filter(
        organisation__in=user.organisation_ids(Role.HEAD), state=DocumentState.SUBMITTED
    ).select_related("type", "organisation")
    return Section(
        _("Chờ ông/bà ký ban hành"),
        [
            Waiting(str(row), row.get_absolute_url(), row.organisation.short_name)
            for row in documents.order_by("pk")[:SHOWN]
        ],
        reverse("documents:register") + "?state=submitted",
    )


def _returned(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    documents = (
        Document.objects.filter(
            Q(organisation__in=user.organisation_ids(Role.CLERK))
            | Q(drafter__in=user.organisation_ids(*WRITERS)),
            state=DocumentState.DRAFT,
        )
        .select_related("type")
        .order_by(Case(When(return_reason="", then=1), default=0), "-pk")
    )
    return Section(
        _("Dự thảo đang soạn"),
        [
            Waiting(
                str(row),
                reverse("documents:edit", args=[row.pk]),
                _("Bị trả lại: %(reason)s") % {"reason": row.return_reason}
                if row.return_reason
                else "",
                label=row.state_word if row.is_returned else "",
                state="returned" if row.is_returned else "",
            )
            for row in documents[:SHOWN]
        ],
        reverse("documents:register") + "?state=draft",
    )


def _plans_owed(user: User, today: datetime.date, _now: datetime.datetime) -> Section:
    owed = (
        ChildPlanObligation.objects.owed_by(user)
        .select_related("plan__document", "organisation", "child__document")
        .order_by("due_on", "pk")
    )
    return Section(
        _("Kế hoạch phải lập"),
        [
            Waiting(
                _("Soạn kế hoạch: %(plan)s") % {"plan": row.plan.document.abstract},
                reverse("documents:edit", args=[row.child.document_id])
                if row.child and row.child.document.state != DocumentState.REVOKED
                else reverse("plans:answer", args=[row.pk]),
                row.organisation.short_name,
                due_on=row.due_on,
                label=standing_of(row, today)[0],
                state="draft" if row.child else "",
            )
            for row in owed[:SHOWN]
        ],
    )


def _to_sort(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    opinions = (
        Opinion.objects.filter(
            submission__consultation__organisation__in=user.organisation_ids(Role.CLERK),
            state=OpinionState.RECEIVED,
        )
        .select_related("submission__area", "field")
        .order_by("pk")
    )
    return Section(
        _("Ý kiến chờ phân loại"),
        [
            Waiting(
                row.text[:120],
                row.get_absolute_url(),
                f"{row.field} · {row.submission.area}",
                at=row.created_at,
            )
            for row in opinions[:SHOWN]
        ],
        reverse("feedback:list") + "?state=received",
    )


def _to_fill_in(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    asking = Organisation.objects.filter(
        pk__in=user.organisation_ids(Role.CLERK), consultations__isnull=False
    )
    return Section(
        _("Cần khai báo"),
        [
            Waiting(
                _("Nơi tiếp nhận: %(kinds)s") % {"kinds": ", ".join(str(k.label) for k in kinds)},
                reverse("feedback:habits", args=[office.pk]),
                _("%(office)s · phiếu chuyển đang ghi chung chung") % {"office": office.short_name},
            )
            for office, kinds in kinds_without_place(asking)
            if kinds
        ],
    )


def _answers_to_approve(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    groups = IssueGroup.objects.filter(
        lead__in=user.organisation_ids(Role.HEAD), answer__state=AnswerState.AT_HEAD
    ).order_by("pk")
    return Section(
        _("Dự thảo trả lời chờ ông/bà duyệt"),
        [Waiting(row.title, row.get_absolute_url()) for row in groups[:SHOWN]],
    )


def _answers_to_check(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    groups = (
        IssueGroup.objects.filter(
            consultation__organisation__in=user.organisation_ids(Role.CLERK),
            answer__state=AnswerState.SUBMITTED,
        )
        .select_related("lead")
        .order_by("pk")
    )
    return Section(
        _("Câu trả lời chờ duyệt"),
        [
            Waiting(row.title, row.get_absolute_url(), row.lead.short_name if row.lead else "")
            for row in groups[:SHOWN]
        ],
    )


def _reports_to_accept(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    of_others = Q(owner__in=user.working_ids(Role.CLERK, Role.HEAD)) & ~Q(
        lead__in=user.working_ids()
    )
    own_work = Q(owner__in=user.organisation_ids(Role.HEAD), lead=F("owner"))
    tasks = (
        Task.objects.filter(of_others | own_work, state=TaskState.REPORTED)
        .exclude(reported_by=user)
        .select_related("lead")
        .order_by("reported_at")
    )
    return Section(
        _("Báo cáo chờ nghiệm thu"),
        [
            Waiting(row.title, row.get_absolute_url(), row.lead.short_name, at=row.reported_at)
            for row in tasks[:SHOWN]
        ],
    )


def _due_requests(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    return Section(
        _("Đề nghị về thời hạn chờ quyết định"),
        [
            Waiting(
                row.task.title,
                reverse("assignments:decide_due", args=[row.pk]),
                f"{row.task.lead.short_name}: {row.get_kind_display()}",
                due_on=row.task.due_on,
            )
            for row in due_requests_for(user)[:SHOWN]
        ],
    )


def _contests(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    return Section(
        _("Đề nghị xem xét lại chờ trả lời"),
        [
            Waiting(
                row.task.title,
                reverse("assignments:answer_contest", args=[row.pk]),
                str(row.asked_by),
                at=row.asked_at,
            )
            for row in contests_for(user)[:SHOWN]
        ],
    )


def _comments(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    return Section(
        _("Ý kiến giám sát chờ trả lời"),
        [
            Waiting(
                row.task.title,
                reverse("assignments:answer_note", args=[row.pk]),
                str(row.by),
                at=row.at,
            )
            for row in comments_for(user)[:SHOWN]
        ],
    )


def _to_conclude(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    conferences = Conference.objects.filter(
        without_notice(),
        organisation__in=user.organisation_ids(Role.CLERK),
        state=ConferenceState.CLOSED,
    ).order_by("closed_at")
    return Section(
        _("Hội nghị chờ thông báo kết luận"),
        [
            Waiting(row.title, row.get_absolute_url(), row.place, at=row.closed_at)
            for row in conferences[:SHOWN]
        ],
        reverse("conclusions:list"),
    )


def _late_given(user: User, today: datetime.date, _now: datetime.datetime) -> Section:
    tasks = (
        Task.objects.filter(owner__in=user.working_ids(Role.CLERK, Role.HEAD))
        .exclude(lead__in=user.working_ids())
        .overdue(today)
        .select_related("lead")
        .order_by("due_on", "pk")
    )
    return Section(
        _("Nhiệm vụ đã giao bị quá hạn"),
        [
            Waiting(row.title, row.get_absolute_url(), row.lead.name, due_on=row.due_on)
            for row in tasks[:SHOWN]
        ],
        reverse("assignments:list") + "?tab=given&due=late",
    )


def _my_tasks(user: User, today: datetime.date, _now: datetime.datetime) -> Section:
    tasks = Task.objects.led_by(user).open().order_by("due_on", "pk")
    return Section(
        _("Nhiệm vụ của cơ quan tôi"),
        [
            Waiting(row.title, row.get_absolute_url(), row.origin_label, due_on=row.due_on)
            for row in tasks[:SHOWN]
        ],
        reverse("assignments:list") + "?tab=mine",
    )


def _matters(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    held = RestrictedMatter.objects.filter(
        opinion__submission__consultation__organisation__in=user.organisation_ids(Role.RECEPTION),
        state=MatterState.HELD,
    ).order_by("pk")
    return Section(
        _("Vụ việc chờ bàn giao theo luật"),
        [
            Waiting(
                f"{row.get_kind_display()} · {row.receiving_body}",
                reverse("feedback:matter", args=[row.pk]),
            )
            for row in held[:SHOWN]
        ],
        reverse("feedback:matters"),
    )


def _to_collect(user: User, _today: datetime.date, now: datetime.datetime) -> Section:
    consultations = Consultation.objects.visible_to(user).answerable(now).order_by("closes_at")
    return Section(
        _("Đang lấy ý kiến"),
        [
            Waiting(row.title, row.get_absolute_url(), due_on=timezone.localdate(row.closes_at))
            for row in consultations[:SHOWN]
        ],
    )


def _to_name(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    asked = waiting_for(user)
    return Section(
        _("Cử đại biểu dự hội nghị"),
        [
            Waiting(
                row.conference.title,
                row.get_absolute_url(),
                _("%(body)s: đã cử %(named)d/%(quota)d")
                % {"body": row.body, "named": row.named, "quota": row.quota},
                due_on=row.conference.nominate_until,
            )
            for row in asked[:SHOWN]
        ],
        reverse("conferences:my_nominations"),
    )


def _late_in_unit(user: User, today: datetime.date, _now: datetime.datetime) -> Section:
    tasks = (
        Task.objects.filter(owner__unit__in=user.unit_ids(Role.OVERSEER))
        .overdue(today)
        .select_related("lead")
        .order_by("due_on")
    )
    return Section(
        _("Quá hạn trên địa bàn"),
        [
            Waiting(row.title, row.get_absolute_url(), row.lead.short_name, due_on=row.due_on)
            for row in tasks[:SHOWN]
        ],
        reverse("assignments:list") + "?tab=watched&due=late",
    )


def _coming(user: User, _today: datetime.date, now: datetime.datetime) -> Section:
    conferences = (
        Conference.objects.visible_to(user)
        .filter(
            state__in=[ConferenceState.PLANNED, ConferenceState.RUNNING],
            ends_at__gte=now - datetime.timedelta(hours=12),
        )
        .select_related("organisation")
        .order_by("starts_at")
    )
    return Section(
        _("Hội nghị sắp tới"),
        [
            Waiting(
                row.title,
                row.get_absolute_url(),
                f"{row.place} · {row.organisation.short_name}",
                at=row.starts_at,
                label=str(row.get_state_display()) if row.state == "running" else "",
                state=row.state,
            )
            for row in conferences[:SHOWN]
        ],
        reverse("conferences:list"),
    )
