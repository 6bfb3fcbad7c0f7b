"""Telegram's limits: messages a second, in all and in a chat, a minute in a group; answers go first."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

PER_SECOND = 30
"""Messages a second in all, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

BELOW = 0.993
"""This part of the limit is used: messages arrive less evenly than they are sent."""

APART = 1.0
"""Seconds between a push and the message before it in the same chat; Telegram's own limit."""

PER_GROUP = 20
"""Messages a minute in a group or channel; Telegram's own limit."""

MINUTE = 60.0

BURST = 1.0
"""So many seconds' worth of messages answers may be ahead of the limit, as Telegram allows for short."""

CATCH_UP = 0.03
"""So many seconds a push that comes late may be made up for."""

RETRIES = 3
"""So often an answer is sent again that Telegram asked to come back later with."""

REMEMBERED = 20_000
"""Of so many chats it is known when something was sent to them."""


class Lane(StrEnum):
    """What a message is: an answer to somebody, or a push, which nobody waits for."""

    ANSWER = "answer"
    PUSH = "push"


class Pace(BaseRateLimiter[Lane]):
    """Keeps the limits of one bot. A push asks for its `place` before it is sent; answers go before it."""

    def __init__(self, per_second: float = PER_SECOND, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin.

        Args:
            per_second: the limit for messages a second in all.
            clock: in seconds.
        """
        self._every = 1 / (per_second * BELOW)
        self._clock = clock
        self._next = clock()
        self._held = clock()
        self._queue = asyncio.Lock()
        self._groups: OrderedDict[str, deque[float]] = OrderedDict()
        self._chats: OrderedDict[str, float] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's own type
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Any:  # noqa: ANN401
        """See the library."""
        if rate_limit_args is Lane.PUSH:
            return await self._push(callback, args, kwargs)
        if not _counts(endpoint):
            return await callback(*args, **kwargs)
        chat = str(data.get("chat_id", ""))
        await asyncio.sleep(self._group_wait(chat))
        await self._answer_place()
        self._note(chat)
        for _ in range(RETRIES):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
        return await callback(*args, **kwargs)

    def wait(self, chat: str) -> float:
        """Seconds until a push may go to a chat; 0 for now.

        Args:
            chat: Telegram's number of it; a group's or channel's is below 0.
        """
        latest = self._chats.get(chat)
        own = latest + APART - self._clock() if latest is not None else 0.0
        return max(0.0, own, self._group_wait(chat))

    async def place(self, chat: str) -> None:
        """Wait until the next push may go, and let it be one to a chat; answers go before it.

        Args:
            chat: see `wait`, which is for the caller to heed.
        """
        async with self._queue:
            while (left := max(self._next, self._held) - self._clock()) > 0:
                await asyncio.sleep(left)
            self._next = max(self._next, self._clock() - CATCH_UP) + self._every
            self._note(chat)

    def hold(self, seconds: float) -> None:
        """Let no push go for so long."""
        self._held = max(self._held, self._clock() + seconds)

    async def _push(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
    ) -> Any:  # noqa: ANN401
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            # Which of the limits it was Telegram does not say; others would meet it too.
            self.hold(seconds_of(error))
            raise

    async def _answer_place(self) -> None:
        now = self._clock()
        ahead = self._next - now - BURST
        self._next = max(self._next, now) + self._every
        if ahead > 0:
            await asyncio.sleep(ahead)

    def _group_wait(self, chat: str) -> float:
        sent = self._groups.get(chat)
        if sent is None:
            return 0.0
        while sent and sent[0] <= self._clock() - MINUTE:
            sent.popleft()
        return sent[0] + MINUTE - self._clock() if len(sent) >= PER_GROUP else 0.0

    def _note(self, chat: str) -> None:
        """Count a message to a chat."""
        if chat.startswith("-"):
            self._groups.setdefault(chat, deque()).append(self._clock())
            self._groups.move_to_end(chat)
        self._chats[chat] = self._clock()
        self._chats.move_to_end(chat)
        for held in (self._groups, self._chats):
            while len(held) > REMEMBERED:
                held.popitem(last=False)


def _counts(endpoint: str) -> bool:
    """Whether a method of the Bot API counts against the limits: what puts a message into a chat."""
    return endpoint.startswith(("send", "edit", "copy", "forward")) and endpoint != "sendChatAction"


def seconds_of(error: RetryAfter) -> float:
    """After how many seconds Telegram wants to be asked again."""
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
