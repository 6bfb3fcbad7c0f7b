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

    def judge(self, person: int) -> Verdict:
        """Count a message of a person, by id, and say what becomes of it."""
        now = self._clock()
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        while known.answered and known.answered[0] <= now - self._seconds:
            known.answered.popleft()
        if len(known.answered) < self._messages:
            known.answered.append(now)
            known.noticed = False
            return Verdict.ANSWER
        if known.noticed:
            return Verdict.SILENCE
        known.noticed = True
        return Verdict.NOTICE
