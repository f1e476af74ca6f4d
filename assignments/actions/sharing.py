"""Who does it in the lead, what each co-operating body does, and what it reports to the lead."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.models import Cooperation, Evidence, Progress, Task
from core import outbox
from core.access import require
from core.files import CheckedFile, store
from core.transitions import record
from organisations.models import Organisation, Role, User


@transaction.atomic
def share_out(task: Task, *, by: User, parts: Mapping[int, str]) -> None:
    """Say what each co-operating body (by id) does; those whose part changed are told."""
    require(rules.may_share_out(by, task), rules.NOT_SHARING_OUT)
    today = timezone.localdate()
    rows = Cooperation.objects.select_for_update(of=("self",)).filter(task=task)
    for row in rows.select_related("organisation").order_by("pk"):
        words = parts.get(row.organisation_id, row.part)
        if words == row.part:
            continue
        row.part = words
        row.save(update_fields=["part"])
        values = {"body": row.organisation, "part": words or _("không ghi"), "title": task.title}
        entry = record(task, by=by, note=_("Phần của %(body)s: %(part)s") % values)
        readers = queries.people_of([row.organisation_id], today, Role.OFFICER, Role.HEAD)
        outbox.notify(
            readers.get(row.organisation_id, []),
            key=f"task-part:{row.pk}:{entry.pk}",
            subject=_("Phần việc phối hợp: %(title)s") % values,
            body=_("Phần của %(body)s trong nhiệm vụ “%(title)s”:\n\n%(part)s") % values,
            reason=_("đơn vị của ông/bà phối hợp thực hiện."),
            link=task.get_absolute_url(),
            about=task,
        )


@transaction.atomic
def add_helper(task: Task, *, by: User, body: Organisation, part: str = "") -> Cooperation:
    """Name one more body that helps; it and the lead are told. Named twice, it stays as it is."""
    require(rules.may_add_helper(by, task), rules.NOT_ADDING_HELPER)
    require(body.pk != task.lead_id, _("Đơn vị chủ trì không đồng thời là đơn vị phối hợp."))
    row, is_new = Cooperation.objects.get_or_create(
        task=task, organisation=body, defaults={"part": part, "added_by": by}
    )
    if not is_new:
        return row
    values = {"body": body, "lead": task.lead, "title": task.title, "part": part}
    record(task, by=by, note=_("Thêm đơn vị phối hợp: %(body)s") % values)
    words = _("%(body)s phối hợp với %(lead)s thực hiện nhiệm vụ “%(title)s”.") % values
    today = timezone.localdate()
    helpers = queries.people_of([body.pk], today, Role.OFFICER, Role.HEAD).get(body.pk, [])
    readers = {person.pk: person for person in [*helpers, *queries.lead_people(task, today)]}
    outbox.notify(
        readers.values(),
        key=f"task-helper:{row.pk}",
        subject=_("Thêm đơn vị phối hợp: %(title)s") % values,
        body=f"{words}\n\n" + _("Phần việc: %(part)s") % values if part else words,
        reason=_("đơn vị của ông/bà chủ trì hoặc phối hợp thực hiện nhiệm vụ này."),
        link=task.get_absolute_url(),
        about=task,
    )
    return row


@transaction.atomic
def report_part(
    cooperation: Cooperation, *, by: User, result: str, evidence: Iterable[CheckedFile] = ()
) -> Progress:
    """The body that helps reports its part, or corrects what it reported; the lead is told."""
    require(rules.may_report_part(by, cooperation), rules.NOT_HELPING)
    task, body = cooperation.task, cooperation.organisation
    cooperation.result = result
    cooperation.reported_by, cooperation.reported_at = by, timezone.now()
    cooperation.save(update_fields=["result", "reported_by", "reported_at"])
    note = Progress.objects.create(
        task=task,
        kind=Progress.Kind.PART,
        by=by,
        on_behalf=by.stands_in_at(body.pk, *rules.DOERS),
        text=f"{body.short_name}: {result}",
    )
    Evidence.objects.bulk_create(
        Evidence(progress=note, file=store(checked, by=by)) for checked in evidence
    )
    values = {"body": body, "title": task.title, "result": result}
    outbox.notify(
        queries.lead_people(task, timezone.localdate()),
        key=f"task-part-reported:{note.pk}",
        subject=_("Kết quả phần phối hợp: %(title)s") % values,
        body=_("%(body)s báo cáo phần phối hợp trong “%(title)s”:\n\n%(result)s") % values,
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        link=task.get_absolute_url(),
        about=task,
    )
    return note


@transaction.atomic
def assign_person(task: Task, *, by: User, person: User | None) -> None:
    """Name the person of the lead who does it, or nobody; who is newly named is told."""
    require(rules.may_assign_person(by, task), rules.NOT_NAMING)
    if person == task.person:
        return
    task.person = person
    task.save(update_fields=["person"])
    values = {"person": person or _("không ai riêng"), "title": task.title}
    entry = record(task, by=by, note=_("Phân công: %(person)s") % values)
    outbox.notify(
        [person] if person is not None and person != by else [],
        key=f"task-person:{task.pk}:{entry.pk}",
        subject=_("Phân công cho ông/bà: %(title)s") % values,
        body=_("%(by)s phân công ông/bà làm nhiệm vụ “%(title)s”.") % {**values, "by": by},
        reason=_("ông/bà được phân công làm việc này."),
        link=task.get_absolute_url(),
        about=task,
    )
