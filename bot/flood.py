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


@dataclass
class _Person:
    answered: deque[float] = field(default_factory=deque)
    noticed: bool = False


class FloodControl:
    """Counts each person's answered messages over a sliding time."""

    def __init__(self, messages: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Args: so many messages in so many seconds; the clock, in seconds."""
        self._messages = messages
        self._seconds = seconds
        self._clock = clock
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def is_full(self, person: int) -> bool:
        """Whether no more of a person's messages are answered for now; counts nothing."""
        known = self._people.get(person)
        if known is None:
            return False
        while known.answered and known.answered[0] <= self._clock() - self._seconds:
            known.answered.popleft()
        return len(known.answered) >= self._messages

    def judge(self, person: int) -> Verdict:
        """Count a message of a person, by id, and say what becomes of it."""
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        if not self.is_full(person):
            known.answered.append(self._clock())
            known.noticed = False
            return Verdict.ANSWER
        if known.noticed:
            return Verdict.SILENCE
        known.noticed = True
        return Verdict.NOTICE
