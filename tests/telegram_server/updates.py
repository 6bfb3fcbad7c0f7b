"""Updates: they wait until the bot has fetched and acknowledged them, or its webhook has taken them."""

import asyncio
import time
from collections import deque
from contextlib import suppress

from tests.telegram_server.refusals import Json, conflict
from tests.telegram_server.schema import check_update

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that come only to who asks for them by name."""

OTHER_REQUEST = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Updates:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.webhook: Json = {}
        self.trouble: Json = {}
        self._waiting: deque[Json] = deque()
        self._repeated: list[Json] = []
        self._allowed: frozenset[str] = frozenset()
        # As with Telegram, no number comes twice, though this queue begins anew with each test.
        self._number = time.time_ns() // 1_000_000
        self._arrived = asyncio.Event()
        self._poll = 0
        self._ended_by = OTHER_REQUEST

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, content: Json) -> Json:
        """Let an update wait for the bot, if it wants to hear of this kind."""
        self._number += 1
        update = {"update_id": self._number, kind: content}
        check_update(update)
        if kind in self._allowed if self._allowed else kind not in UNASKED:
            self._waiting.append(update)
            self._arrived.set()
        return update

    def repeat(self, updates: list[Json]) -> None:
        """Hand out updates once more, as after an acknowledgement that was lost."""
        self._repeated += updates
        self._arrived.set()

    def invent(self, content: Json) -> Json:
        """Let an update wait that this Telegram would not send: of a later one, or of one at fault."""
        self._number += 1
        update = {"update_id": self._number, **content}
        self._waiting.append(update)
        self._arrived.set()
        return update

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """From now on only these kinds; an empty list for the usual ones, None for no change."""
        if kinds is not None:
            self._allowed = frozenset(kinds)

    async def fetch(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """What waits, after everything below the offset is acknowledged.

        Raises:
            Refused: another request came meanwhile, or a webhook is set.
        """
        if self.webhook:
            raise conflict(WEBHOOK_ACTIVE)
        mine = self._end_poll(OTHER_REQUEST)
        self._acknowledge(offset)
        end = time.monotonic() + timeout
        while not (self._waiting or self._repeated) and (left := end - time.monotonic()) > 0:
            self._arrived.clear()
            # Waits from here on, not from the next turn of the loop, when another may have cleared it again.
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._arrived.wait()
            if self._poll != mine:
                # Telegram ends the earlier of two requests.
                raise conflict(self._ended_by)
        repeated, self._repeated = self._repeated, []
        return [*repeated, *self._waiting][: limit if 1 <= limit <= 100 else 100]

    def set_webhook(self, webhook: Json) -> None:
        """From now on updates are sent to an address; empty: they are fetched."""
        self.webhook = webhook
        if webhook:
            self._end_poll(WEBHOOK_SET)

    async def next(self) -> Json:
        """The next update for the webhook, once there is one."""
        while not self.webhook or not (self._waiting or self._repeated):
            self._arrived.clear()
            await self._arrived.wait()
        return self._repeated[0] if self._repeated else self._waiting[0]

    def taken(self, update: Json) -> None:
        """The webhook has taken an update."""
        for queue in (self._repeated, self._waiting):
            if update in queue:
                queue.remove(update)
                return

    def _end_poll(self, words: str) -> int:
        self._poll += 1
        self._ended_by = words
        self._arrived.set()
        return self._poll

    def _acknowledge(self, offset: int) -> None:
        while offset < 0 and len(self._waiting) > -offset:
            self._waiting.popleft()
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
