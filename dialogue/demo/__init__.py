"""The demonstration: a province with two communes and one dossier per stage of the chain.

Everything is built through the actions people use, with dates relative to the day it is loaded.
No place, body or person in it exists.
"""

from dialogue.demo.people import PASSWORD, build_people
from dialogue.demo.stages import build_stages

__all__ = ["PASSWORD", "build_people", "build_stages"]
