"""Flood control: so many messages of one person in a time, one notice, then silence until it is calm."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

PEOPLE = 10_000
"""Of so many people the latest messages are kept in mind; after a restart everybody starts anew."""


class Verdict(StrEnum):
    """What becomes of a message."""

    ANSWER = "answer"
    NOTICE = "notice"
    SILENCE = "silence"


@dataclass(frozen=True)
class Written:
    """A message that says when it was written: what waited through an outage came in no flood.

    Attributes:
        id: its number; with the time it is known if it comes once more.
        at: when it was written or last edited, in seconds.
    """

    id: int
    at: float


@dataclass
class _Person:
    """The latest that was answered: presses and the like by this machine's clock, messages by their own."""

    answered: deque[float] = field(default_factory=deque)
    written: set[Written] = field(default_factory=set)
    noticed: bool = False


class FloodControl:
    """Counts each person's answered messages over a sliding time."""

    def __init__(self, messages: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Args: so many messages in so many seconds; the clock, in seconds."""
        self._messages = messages
        self._seconds = seconds
        self._clock = clock
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def is_full(self, person: int, message: Written | None = None) -> bool:
        """Whether no more of a person's messages are answered for now; counts nothing.

        Args:
            person: their number.
            message: the one that it is about, if it says when it was written.
        """
        known = self._people.get(person)
        if known is None:
            return False
        while known.answered and known.answered[0] <= self._clock() - self._seconds:
            known.answered.popleft()
        if message is not None:
            since = message.at - self._seconds
            known.written = {one for one in known.written if one.at > since}
        return len(known.answered) + len(known.written) >= self._messages

    def judge(self, person: int, message: Written | None = None) -> Verdict:
        """Count a message of a person and say what becomes of it; see `is_full`.

        One that was answered already is not counted once more.
        """
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        if message in known.written:
            return Verdict.ANSWER
        if not self.is_full(person, message):
            if message is None:
                known.answered.append(self._clock())
            else:
                known.written.add(message)
            known.noticed = False
            return Verdict.ANSWER
        if known.noticed:
            return Verdict.SILENCE
        known.noticed = True
        return Verdict.NOTICE
