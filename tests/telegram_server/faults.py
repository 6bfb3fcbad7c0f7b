"""Faults on order, and Telegram's limits where they are switched on."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server.refusals import Refused


@dataclass
class Fault:
    """What happens to the next requests of a method.

    Attributes:
        method: its name; `*` for every method but getUpdates.
        kind: `429`, `403`, `500`, `502`, `slow` (answered after `seconds`), `lost` (done, the reply is lost).
        times: how many requests.
        seconds: for 429 and slow.
    """

    method: str
    kind: str
    times: int = 1
    seconds: float = 1.0

    def meets(self, method: str) -> bool:
        """Whether it happens to a request."""
        return self.times > 0 and (self.method == method or (self.method == "*" and method != "getUpdates"))


@dataclass
class Faults:
    """The faults that are ordered, and the limits."""

    ordered: list[Fault] = field(default_factory=list)
    per_second: int = 0
    per_chat_second: int = 0
    _sent: deque[float] = field(default_factory=deque)
    _by_chat: dict[Any, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, method: str) -> Fault | None:
        """The fault that happens to this request, if any."""
        for fault in self.ordered:
            if fault.meets(method):
                fault.times -= 1
                return fault
        return None

    def count(self, method: str, chat: Any) -> None:  # noqa: ANN401 - a chat's id as sent
        """Count a message against the limits.

        Raises:
            Refused: 429, with the seconds to wait.
        """
        if not method.startswith(("send", "edit")) or method == "sendChatAction":
            return
        for limit, sent in ((self.per_second, self._sent), (self.per_chat_second, self._by_chat[chat])):
            now = time.monotonic()
            while sent and sent[0] <= now - 1:
                sent.popleft()
            if limit and len(sent) >= limit:
                wait = max(1, round(1 - (now - sent[0])))
                raise Refused(429, f"Too Many Requests: retry after {wait}", wait)
            sent.append(now)


def refusal(fault: Fault) -> Refused:
    """What Telegram answers in a fault."""
    if fault.kind == "429":
        wait = max(1, round(fault.seconds))
        return Refused(429, f"Too Many Requests: retry after {wait}", wait)
    if fault.kind == "403":
        return Refused(403, "Forbidden: bot was blocked by the user")
    words = {"500": "Internal Server Error", "502": "Bad Gateway"}
    return Refused(int(fault.kind), words.get(fault.kind, "Error"))
