"""What everybody may read, as data: notices in force and their points, the year's dialogues."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from conclusions.models import ConclusionNotice
from conclusions.queries import PointProgress, points_with_progress
from dialogue.api.caller import caller_of
from dialogue.api.routes.common import USUAL, Cursor, Limit, Number, address, answers, page_of
from dialogue.api.schemas import (
    Agency,
    Dialogue,
    Me,
    NoticeOut,
    NoticePage,
    NoticeRow,
    Point,
    PointTask,
    Year,
)
from dialogue.public.meetings import Meeting, meetings_of
from dialogue.public.promises import Stage, promises

router = Router()


@router.get(
    "/me", response=answers(Me), url_name="me", tags=["token"], summary="The token that calls"
)
def me(request: HttpRequest) -> Me:
    """Whose it is, what it may do and until when: a first call to see whether all is well."""
    caller = caller_of(request)
    return Me(
        organisation=Agency.of(caller.token.organisation),
        name=caller.token.name,
        account=str(caller.user),
        scope=caller.token.scope,
        expires_on=caller.token.expires_on,
        calls_per_minute=settings.API_CALLS_PER_MINUTE,
    )


@router.get(
    "/notices",
    response=answers(NoticePage),
    url_name="notices",
    tags=["conclusions"],
    summary="Conclusion notices in force, the newest first",
)
def notices(
    request: HttpRequest, year: Number = None, cursor: Cursor = "", limit: Limit = USUAL
) -> NoticePage:
    """`year` is that of the notice."""
    rows = ConclusionNotice.objects.issued().select_related(
        "document__organisation", "document__type", "conference"
    )
    if year:
        rows = rows.filter(document__dated_on__year=year)
    found, following = page_of(rows, cursor, limit, ("-id",))
    return NoticePage(items=[_row(row) for row in found], next_cursor=following)


@router.get(
    "/notices/{int:pk}",
    response=answers(NoticeOut, 404),
    url_name="notice",
    tags=["conclusions"],
    summary="A notice with its points and what became of each",
)
def notice(request: HttpRequest, pk: int) -> NoticeOut:
    """Tasks of points carry their number only if they are yours to open."""
    own = caller_of(request).user.organisation_ids()
    rows = ConclusionNotice.objects.issued().select_related(
        "document__organisation", "document__type", "conference"
    )
    row = get_object_or_404(rows, pk=pk)
    stages = dict(promises(timezone.localdate()).filter(notice=row).values_list("pk", "stage"))
    points = [_point(line, stages[line.point.pk], own) for line in points_with_progress(row)]
    return NoticeOut(**_row(row).dict(), points=points)


@router.get(
    "/dialogues",
    response=answers(Year),
    url_name="dialogues",
    tags=["calendar"],
    summary="The dialogues of a year",
)
def dialogues(request: HttpRequest, year: Number = None) -> Year:
    """Sessions of issued plans; this year's if none is named."""
    wanted = year or timezone.localdate().year
    items = [_dialogue(meeting) for _quarter, held in meetings_of(wanted) for meeting in held]
    return Year(year=wanted, calendar=address(reverse("portal:calendar_file")), items=items)


def _row(row: ConclusionNotice) -> NoticeRow:
    paper = row.document
    return NoticeRow(
        id=row.pk,
        number=paper.register_code,
        title=paper.abstract,
        dated_on=paper.dated_on,
        organisation=Agency.of(paper.organisation),
        conference=row.occasion.title,
        page=address(reverse("portal:conclusion", args=[row.pk])),
    )


def _point(line: PointProgress, stage: str, own: set[int]) -> Point:
    point = line.point
    return Point(
        id=point.pk,
        text=point.clause.plain_text,
        kind=point.kind,
        lead=Agency.of(point.lead) if point.lead else None,
        stage=stage,
        stage_label=str(Stage(stage).label),
        percent=line.percent,
        tasks=[
            PointTask(
                id=task.pk if task.lead_id in own or task.owner_id in own else None,
                lead=task.lead.name,
                state=task.state,
                due_on=task.due_on,
                percent=task.percent,
            )
            for task in line.given
        ],
    )


def _dialogue(meeting: Meeting) -> Dialogue:
    row, standing = meeting.session, meeting.standing
    return Dialogue(
        id=row.pk,
        title=str(row),
        organisation=Agency.of(row.plan.document.organisation),
        kind=row.kind,
        audience=row.audience,
        time=str(row.time or ""),
        first_on=row.first_on,
        last_on=row.last_on,
        starts_at=standing.starts_at,
        ends_at=standing.ends_at,
        place=standing.place or row.place,
        standing=str(standing.label),
        page=address(meeting.url),
    )
