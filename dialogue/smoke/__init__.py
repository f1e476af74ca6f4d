"""The whole chain walked over HTTP as the people who do it: `manage.py smoke`."""

from dialogue.smoke.steps import STEPS
from dialogue.smoke.visitor import SmokeError
from dialogue.smoke.walk import Walk

__all__ = ["STEPS", "SmokeError", "Walk"]
