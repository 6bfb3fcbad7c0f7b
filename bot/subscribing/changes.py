"""One change of a subscription, as a button carries it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlmodel import Session

from bot.texts import keys
from knowledge.announcing.errors import SubscriptionError
from knowledge.announcing.subscriptions import change, set_interest
from knowledge.asking.answer import Language
from knowledge.models import Pace

WANTED = {"yes": True, "no": False, "": None}
"""What can be said of an entity: its signings are wanted, or not, or nothing is said of it."""


@dataclass(frozen=True)
class Change:
    """One thing that is chosen.

    Attributes:
        what: least, pace, quiet, time_zone, language, or an entity's id.
        value: what is chosen.
        before: what was chosen before, where it can be undone.
    """

    what: str
    value: str
    before: str | None = None

    @property
    def entity(self) -> str:
        """The entity it is about; empty for none."""
        return self.what if "." in self.what else ""

    @property
    def undone(self) -> "Change":
        """What takes it back."""
        return Change(self.what, self.before or "")

    def encode(self) -> str:
        """As a button's topic: `pace=daily~at_once`."""
        return f"{self.what}={self.value}" + (f"~{self.before}" if self.before is not None else "")

    @classmethod
    def decode(cls, topic: str) -> Self:
        """From a button's topic.

        Raises:
            ValueError: it holds no change.
        """
        what, found, rest = topic.partition("=")
        if not found:
            raise ValueError(f"no change: {topic!r}")
        value, kept, before = rest.partition("~")
        return cls(what, value, before if kept else None)

    def apply(self, database: Session, chat: str, now: datetime) -> None:
        """Make it; made twice it is made once.

        Args:
            database: a session; the caller commits.
            chat: whose subscription.
            now: with a time zone.

        Raises:
            ValueError: there is no such thing to choose.
            SubscriptionError: the chat is not subscribed.
        """
        if self.entity:
            if self.value not in WANTED:
                raise ValueError(f"no choice: {self.value!r}")
            set_interest(database, chat, self.entity, WANTED[self.value])
        elif self.what == "least" and self.value in keys("sizes"):
            change(database, chat, now, least=float(self.value))
        elif self.what == "pace":
            change(database, chat, now, pace=Pace(self.value))
        elif self.what == "language":
            change(database, chat, now, language=Language(self.value))
        elif self.what == "quiet" and self.value in keys("quiet"):
            change(database, chat, now, quiet=self.value)
        elif self.what == "time_zone":
            try:
                change(database, chat, now, time_zone=self.value)
            except SubscriptionError as error:
                raise ValueError(str(error)) from error
        else:
            raise ValueError(f"nothing to choose: {self.encode()!r}")
