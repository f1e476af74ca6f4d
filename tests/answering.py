"""What stands in the world around requests to agencies, links, releases and access tokens."""

import datetime
from typing import Any

from django.utils import timezone

from dialogue.api.actions import make_token
from feedback.actions.links import make_link
from feedback.models import (
    AnswerPart,
    AnswerRequest,
    AnswerTemplate,
    Notice,
    Release,
    Remark,
)
from feedback.queries.links import token_of


def add_answering(world: Any, answered: Any) -> None:
    """A request that stands with a link, a template of the asked body, a release told by hand."""
    rows, clerk = world.rows, world.users["vanphong"]
    rows["request"] = AnswerRequest.objects.get(group=rows["group"])
    expires_at = timezone.now() + datetime.timedelta(days=5)
    rows["link"] = make_link(rows["request"], by=clerk, expires_at=expires_at)
    rows["token"] = token_of(rows["link"])
    rows["template"] = AnswerTemplate.objects.create(
        organisation=rows["request"].lead, title="Đã nhận", text="Cảm ơn."
    )
    rows["release"] = Release.objects.create(consultation=rows["closed"], by=clerk)
    submission = answered.group.opinions.first().submission
    rows["release.notice"] = Notice.objects.create(
        release=rows["release"], answer=answered, submission=submission, channel="body"
    )
    rows["request.remark"] = Remark.objects.create(request=rows["request"], text="?", by=clerk)
    rows["request.part"] = AnswerPart.objects.create(
        request=rows["request"], organisation=rows["request"].lead, text="?", is_kept=True
    )
    rows["told.form"] = submission
    rows["access_token"], _words = _token(world, rows["office"])
    _given, rows["program"] = _token(world, world.bodies["kinh_te"])


def _token(world: Any, body: Any) -> Any:
    """A program's token that may read, and its words."""
    return make_token(
        body,
        by=world.users["quantri"],
        name="Phần mềm văn bản",
        scope="read",
        expires_on=timezone.localdate() + datetime.timedelta(days=30),
    )
