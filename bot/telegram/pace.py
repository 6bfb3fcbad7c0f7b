"""Telegram's limits: messages a second, in all and in a chat, a minute in a group; answers go first."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.pausing import pause

PER_SECOND = 30
"""Messages a second in all, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

SECOND = 1.0005
"""A second, and a little for clocks that differ."""

APART = 1.0
"""Seconds between a push and the message before it in the same chat; Telegram's own limit."""

PER_GROUP = 20
"""Messages a minute in a group or channel; Telegram's own limit."""

MINUTE = 60.0

LATE = 0.5
"""Seconds that a message is thought to have taken longer on its way than others, at most."""

CATCH_UP = 0.1
"""So many seconds are made up for, where a message was sent late."""

LEAD = 0.02
"""Seconds before its turn that a push is made ready; what is ready waits for its turn to the letter."""

KEPT_FREE = 2
"""So many places of each second pushes leave to answers, while people ask."""

ASKING = 3.0
"""So many seconds after an answer people are still thought to ask."""

YIELD = 0.005
"""Seconds for which a push steps aside for an answer, each time."""

ASIDE = 0.1
"""Seconds for which a push steps aside at most where a question is still thought about."""

RETRIES = 3
"""So often an answer is sent again that Telegram asked to come back later with."""

REMEMBERED = 20_000
"""Of so many chats it is known when something was sent to them."""

_Call = Callable[..., Coroutine[Any, Any, Any]]


class Lane(StrEnum):
    """What a message is: an answer to somebody, or a push, which nobody waits for."""

    ANSWER = "answer"
    PUSH = "push"


class EndedError(TelegramError):
    """A message was not sent, for the bot ended before its turn."""

    def __init__(self) -> None:
        super().__init__("The bot ended before its turn")


@dataclass(eq=False)
class _Sent:
    """A message.

    Attributes:
        at: when it was sent, in seconds.
        before: the message that has to be a second old by then; None for none.
        took: how many seconds Telegram took to reply; None until it did.
    """

    at: float
    before: "_Sent | None" = None
    took: float | None = None


_SENDING: ContextVar[_Sent | None] = ContextVar("sending", default=None)
"""The message that a request on its way puts into a chat; see `Pace.going`."""


class Pace(BaseRateLimiter[Lane]):
    """Keeps the limits of one bot. A push asks for its `place` before it is sent; answers go before it.

    Telegram counts what arrives, and what is sent evenly arrives less so. Of two messages with the same way
    the one whose reply came later may have arrived that much later: so much longer than a second it counts.
    What the machine does between a message's turn and its request would count as well, so the request itself
    waits for the turn (`going`).
    """

    def __init__(
        self,
        per_second: float = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        thinking: Callable[[], bool] = lambda: False,
    ) -> None:
        """Begin.

        Args:
            per_second: the limit for messages a second in all.
            clock: in seconds.
            thinking: whether somebody waits for an answer that is not ready yet.
        """
        self._thinking = thinking
        self._every = 1 / per_second
        self._clock = clock
        self._next = clock()
        self._held = clock()
        self._queue = asyncio.Lock()
        self._ending = asyncio.Event()
        self._answers = 0
        self._asked = float("-inf")
        self._recent: deque[_Sent] = deque(maxlen=int(per_second))
        self._open: dict[str, _Sent] = {}
        self._groups: OrderedDict[str, deque[float]] = OrderedDict()
        self._chats: OrderedDict[str, float] = OrderedDict()

    async def going(self) -> None:
        """A request is about to go: it waits for the turn of the message that it sends, if it sends one."""
        if sent := _SENDING.get():
            while sent.before and (left := self._young(sent.before)) > 0:
                await asyncio.sleep(left)
            sent.at = self._clock()

    def arrived(self) -> None:
        """It was answered."""
        if sent := _SENDING.get():
            sent.took = self._clock() - sent.at

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def process_request(
        self,
        callback: _Call,
        args: Any,  # noqa: ANN401 - the library's own type
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Any:  # noqa: ANN401
        """See the library.

        Raises:
            EndedError: it would have had to wait, and the bot ends.
        """
        chat = str(data.get("chat_id", ""))
        if rate_limit_args is Lane.PUSH:
            return await self._push(callback, args, kwargs, chat)
        if not _counts(endpoint):
            return await callback(*args, **kwargs)
        while (left := self._group_wait(chat)) > 0:
            await self._sit_out(left)
        for _ in range(RETRIES):
            try:
                return await self._answer(callback, args, kwargs, chat)
            except RetryAfter as error:
                await self._sit_out(seconds_of(error))
        return await self._answer(callback, args, kwargs, chat)

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

        At the end it comes back at once: whoever sends sees by itself that nothing is to be begun any more.

        Args:
            chat: see `wait`, which is for the caller to heed.
        """
        async with self._queue:
            patience = self._clock() + ASIDE
            kept = 0
            while not self._ending.is_set():
                kept = self._kept_free()
                left = max(self._full(kept) - LEAD, self._next - self._clock(), self._held - self._clock())
                thinking = self._thinking() and self._clock() < patience
                if left <= 0 and not self._answers and not thinking:
                    break
                await pause(self._ending, left if left > 0 else YIELD)
            self._next = max(self._next, self._clock() - CATCH_UP) + self._every
            self._open[chat] = self._enter(chat, kept)

    def hold(self, seconds: float) -> None:
        """Let no push go for so long."""
        self._held = max(self._held, self._clock() + seconds)

    def end(self) -> None:
        """Let nothing wait for its turn any more."""
        self._ending.set()

    async def _sit_out(self, seconds: float) -> None:
        await pause(self._ending, seconds)
        if self._ending.is_set():
            raise EndedError

    async def _push(self, callback: _Call, args: Any, kwargs: dict[str, Any], chat: str) -> Any:  # noqa: ANN401
        sent = self._open.pop(chat, None) or self._enter(chat)
        try:
            return await self._send(sent, callback, args, kwargs)
        except RetryAfter as error:
            # Which of the limits it was Telegram does not say; others would meet it too.
            self.hold(seconds_of(error))
            raise

    async def _answer(self, callback: _Call, args: Any, kwargs: dict[str, Any], chat: str) -> Any:  # noqa: ANN401
        self._answers += 1
        try:
            while (left := self._full()) > 0:
                await asyncio.sleep(left)
            sent = self._enter(chat)
            self._asked = sent.at
            self._next = max(self._next, self._clock()) + self._every
        finally:
            self._answers -= 1
        return await self._send(sent, callback, args, kwargs)

    async def _send(self, sent: _Sent, callback: _Call, args: Any, kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
        token = _SENDING.set(sent)
        try:
            return await callback(*args, **kwargs)
        finally:
            _SENDING.reset(token)
            if sent.took is None:
                sent.took = self._clock() - sent.at
            # Its turn has come: else each message would keep all those before it.
            sent.before = None

    def _enter(self, chat: str, kept_free: int = 0) -> _Sent:
        sent = _Sent(self._clock(), self._before(kept_free))
        self._recent.append(sent)
        self._note(chat)
        return sent

    def _kept_free(self) -> int:
        """Places of each second that are left to answers while people ask, so that these need not wait."""
        return KEPT_FREE if self._clock() - self._asked < ASKING else 0

    def _full(self, kept_free: int = 0) -> float:
        """Seconds until one more message is within the limit of all; 0 or less for now."""
        before = self._before(kept_free)
        return self._young(before) if before else 0.0

    def _before(self, kept_free: int) -> _Sent | None:
        """The message that one more has to follow by a second; None where it is within the limit anyway."""
        place = len(self._recent) - (self._recent.maxlen or 0) + kept_free
        return self._recent[place] if 0 <= place < len(self._recent) else None

    def _young(self, sent: _Sent) -> float:
        """Seconds until a message is a second old to Telegram as well; 0 or less where it is."""
        now = self._clock()
        if now - sent.at >= SECOND + LATE:
            return 0.0
        took = now - sent.at if sent.took is None else sent.took
        usual = min((one.took for one in self._recent if one.took is not None), default=took)
        return sent.at + SECOND + min(LATE, max(0.0, took - usual)) - now

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
