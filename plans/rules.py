"""Who may begin a plan and change what it says about itself."""

from documents.rules import may_create_document, may_edit_document
from organisations.models import Organisation, Role, User
from plans.models import Plan


def may_begin_plan(user: User) -> bool:
    """A clerk of any organisation may open the form."""
    return bool(user.organisation_ids(Role.CLERK))


def may_create_plan(user: User, organisation: Organisation) -> bool:
    """A clerk writes the plans of the own organisation."""
    return may_create_document(user, organisation)


def may_edit_plan(user: User, plan: Plan) -> bool:
    """A clerk of the issuing organisation, while the paper is a draft."""
    return may_edit_document(user, plan.document)
