"""Rules of the linter over a plan: sessions, participants, duties and how they follow each other."""

from plans.checks.duties import DUTIES
from plans.checks.groups import GROUPS
from plans.checks.order import ORDER
from plans.checks.sessions import SESSIONS

RULES = [*SESSIONS, *GROUPS, *DUTIES, *ORDER]

__all__ = ["RULES"]
