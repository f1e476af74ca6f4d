"""Questions about organisations over several tables."""

from django.db.models import F, Q

from organisations.models import DeadlineRule, Organisation, Post


class NoRuleError(LookupError):
    """No DeadlineRule of that code exists, not even the one for all organisations."""


def deadline_phrase(code: str, organisation: Organisation) -> str:
    """The phrase of an office's clock: its own rule, else the one for everybody."""
    rule = (
        DeadlineRule.objects.filter(
            Q(organisation=organisation) | Q(organisation=None), code=code
        )
        .order_by(F("organisation").desc(nulls_last=True))
        .first()
    )
    if rule is None:
        raise NoRuleError(code)
    return rule.phrase


def head_post(organisation: Organisation) -> Post | None:
    """The post under which the head signs."""
    return organisation.posts.filter(is_head=True).order_by("pk").first()
