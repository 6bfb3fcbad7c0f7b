"""What a face does with a push: send it, bring it up to date, take it back; and what may come of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.reply import Reply
from knowledge.announcing.pushes import Job


class Fate(StrEnum):
    """What became of a push."""

    DONE = "done"
    BLOCKED = "blocked"
    REFUSED = "refused"
    MOVED = "moved"
    LATER = "later"
    UNREACHED = "unreached"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Result:
    """What became of a push.

    Attributes:
        fate: done; blocked by whom it was for; refused for good; moved to another chat; to be sent later, as
            the face asked; not sent, for the face could not be reached; or unsure, for it did not say.
        message: the number the face gave it.
        form: how it was sent, text or picture.
        seconds: after how long it may be sent, if later.
        chat: where it has moved to.
        reason: why, in the face's words.
    """

    fate: Fate
    message: str = ""
    form: str = ""
    seconds: float = 0.0
    chat: str = ""
    reason: str = ""


class Sender(Protocol):
    """A face that pushes are sent on."""

    face: str

    @property
    def there(self) -> bool:
        """Whether the face can be reached, as far as is known; where it cannot, nothing is begun."""

    def wait(self, job: Job) -> float:
        """Seconds until a push may go to its chat; 0 for now."""

    async def place(self, job: Job) -> None:
        """Wait for the next push's turn, and take it."""

    async def deliver(self, job: Job, reply: Reply, picture: bytes | None) -> Result:
        """Send a push, or bring the message up to date that was sent.

        Args:
            job: the push.
            reply: what it is to say.
            picture: a card that goes with it; None for none.
        """
