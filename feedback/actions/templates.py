"""Keeping a body's template answers."""

from core.access import require
from core.versions import save_version
from feedback import rules
from feedback.models import AnswerTemplate
from organisations.models import Organisation, User


def add_template(organisation: Organisation, *, by: User, title: str, text: str) -> AnswerTemplate:
    """Write down words a body often answers with."""
    require(rules.may_keep_templates(by, organisation), rules.NOT_OF_BODY)
    return AnswerTemplate.objects.create(organisation=organisation, title=title, text=text)


def edit_template(
    template: AnswerTemplate, *, by: User, version: int, title: str, text: str
) -> None:
    """Change a template; answers written from it stay as they are. StaleError if overtaken."""
    require(rules.may_keep_templates(by, template.organisation), rules.NOT_OF_BODY)
    save_version(template, version=version, title=title, text=text)


def remove_template(template: AnswerTemplate, *, by: User) -> None:
    """Strike a template from the list."""
    require(rules.may_keep_templates(by, template.organisation), rules.NOT_OF_BODY)
    template.delete()
