"""What the steps of the walk share, and their order."""

import datetime
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from dialogue.demo.people import DOMAIN
from dialogue.smoke.visitor import Visitor


@dataclass
class Walk:
    """One walk: who takes part, and the numbers of what has been made so far."""

    root: str
    password: str
    now: datetime.datetime
    people: dict[str, Visitor] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def stamp(self) -> str:
        """Tells this walk's papers from those of other walks."""
        return f"{self.now:%d%m%Y %H:%M:%S}"

    def day(self, after: int) -> str:
        """The day so many days from now, as people write it."""
        return f"{self.now + datetime.timedelta(days=after):%d/%m/%Y}"

    def person(self, key: str) -> Visitor:
        """Somebody with an account of the demonstration, logged in once."""
        if key not in self.people:
            visitor = self.stranger(key)
            visitor.sign_in(f"{key}@{DOMAIN}", self.password)
            self.people[key] = visitor
        return self.people[key]

    def stranger(self, name: str = "a citizen") -> Visitor:
        """Somebody without an account, on a browser of their own."""
        return self._stack.enter_context(Visitor(self.root, name))

    @property
    def clerk(self) -> Visitor:
        """The clerk of the commune's party committee."""
        return self.person("vanphong")

    @property
    def head(self) -> Visitor:
        """Its head."""
        return self.person("bithu")

    def close(self) -> None:
        """Leave no connection open."""
        self._stack.close()


Step = tuple[str, Callable[[Walk], None]]
