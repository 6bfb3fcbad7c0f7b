"""Faults on order, and Telegram's limits where they are switched on."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.telegram_server.refusals import Refused, bad, forbidden

REFUSALS = {
    "400": bad("can't parse entities: Unexpected end of name token at byte offset 7"),
    "403": forbidden("bot was blocked by the user"),
    "500": Refused(500, "Internal Server Error"),
    "502": Refused(502, "Bad Gateway"),
}

KINDS = {*REFUSALS, "429", "slow", "lost", "dropped"}


@dataclass
class Fault:
    """What happens to the next requests of a method.

    Attributes:
        method: its name; `*` for every method but getUpdates.
        kind: `429`, `400`, `403`, `500`, `502`, `slow` (done after `seconds`, even if the bot has given up by
            then), `lost` (done, but the line breaks before the reply), `dropped` (the line breaks at once).
        times: how many requests.
        seconds: for 429 and slow.
    """

    method: str
    kind: str
    times: int = 1
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault is called {self.kind!r}; there are {sorted(KINDS)}")

    def meets(self, method: str) -> bool:
        """Whether it happens to a request."""
        return self.times > 0 and (self.method == method or (self.method == "*" and method != "getUpdates"))

    def refusal(self) -> Refused | None:
        """What Telegram answers; None if it does what was asked."""
        return too_many(self.seconds) if self.kind == "429" else REFUSALS.get(self.kind)


@dataclass
class Faults:
    """The faults that are ordered, and the limits."""

    ordered: list[Fault] = field(default_factory=list)
    per_second: int = 0
    per_chat_second: int = 0
    _sent: deque[float] = field(default_factory=deque)
    _by_chat: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, method: str) -> Fault | None:
        """The fault that happens to this request, if any."""
        for fault in self.ordered:
            if fault.meets(method):
                fault.times -= 1
                return fault
        return None

    def limit(self, per_second: int = 0, per_chat_second: int = 0) -> None:
        """Switch limits on: messages a second in all, and in a chat; 0 for none."""
        self.per_second, self.per_chat_second = per_second, per_chat_second
        self._sent.clear()
        self._by_chat.clear()

    def count(self, method: str, chat: object) -> None:
        """Count a message against the limits.

        Raises:
            Refused: 429, with the seconds to wait.
        """
        if not method.startswith(("send", "edit")) or method == "sendChatAction":
            return
        now = time.monotonic()
        limits = ((self.per_second, self._sent), (self.per_chat_second, self._by_chat[chat]))
        for limit, sent in limits:
            while sent and sent[0] <= now - 1:
                sent.popleft()
            if limit and len(sent) >= limit:
                raise too_many(1 - (now - sent[0]))
        for _, sent in limits:
            sent.append(now)


def too_many(seconds: float) -> Refused:
    """Status 429, with so many seconds to wait."""
    wait = max(1, math.ceil(seconds))
    return Refused(429, f"Too Many Requests: retry after {wait}", wait)
