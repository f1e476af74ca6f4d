"""The demonstration: a province with two communes and one dossier per stage of the chain.

Everything is built through the actions people use, with dates relative to the day it is loaded.
No place, body or person in it exists.
"""

from django.conf import settings

from dialogue.demo.answers import tell_everybody
from dialogue.demo.people import PASSWORD, build_people
from dialogue.demo.stages import build_stages

# Code and secret of one citizen: the database keeps the secret as a hash only.
TICKET_PATH = settings.MEDIA_ROOT.parent / "ticket"

__all__ = ["PASSWORD", "TICKET_PATH", "build_people", "build_stages", "tell_everybody"]
