"""Asking Telegram for updates: one process of a bureau does, the others wait until it is gone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.monitoring.counts import CONTACT
from bot.pausing import pause
from bot.telegram.pace import seconds_of
from bot.telegram.reach import Reach, is_lost
from bot.telegram.updates import Received, read_update
from knowledge.locks import Lock

LOG = logging.getLogger(__name__)

HOLD = 10
"""Seconds for which Telegram holds a request for which there are no updates yet."""

REFUSED = 5.0
"""Seconds between two attempts where Telegram gives none."""

LEAD = 1.0
"""Seconds between two attempts to be the one who asks."""


class Poller:
    """Fetches updates. The next request tells Telegram that those before have come: they are kept by then."""

    def __init__(
        self,
        bot: Bot,
        reach: Reach,
        lock: Lock,
        wanted: Sequence[str],
        put: Callable[[Sequence[Received]], Awaitable[None]],
    ) -> None:
        """Args: who asks; whether Telegram is there; who of all processes asks; which kinds of updates; what
        keeps them.
        """
        self._bot = bot
        self._reach = reach
        self._lock = lock
        self._wanted = wanted
        self._put = put
        self._next = 0

    async def run(self, ending: asyncio.Event) -> None:
        """Fetch until told to end; while Telegram is not there, wait.

        Raises:
            InvalidToken: Telegram does not know the token any more.
        """
        told = asyncio.create_task(ending.wait())
        refused = ""
        while not ending.is_set():
            fetching = asyncio.create_task(self._fetch())
            await asyncio.wait({fetching, told}, return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                # Nothing is lost: what was not acknowledged is offered again.
                fetching.cancel()
                await asyncio.gather(fetching, return_exceptions=True)
                break
            try:
                wait, refused = fetching.result(), ""
            except InvalidToken:
                raise
            except TelegramError as error:
                self._reach.failed(error)
                wait = 0.0
                if not is_lost(error):
                    wait = seconds_of(error) if isinstance(error, RetryAfter) else REFUSED
                    said, refused = refused, _explain(error)
                    if refused != said:
                        # Once: an hour has many attempts.
                        LOG.error("%s", refused)
            await self._reach.back(ending)
            await pause(ending, wait)
        told.cancel()
        if self._next and self._reach.there and self._lock.held():
            with suppress(TelegramError):
                await self._bot.get_updates(self._next, limit=1, timeout=0)
        await asyncio.to_thread(self._lock.leave)

    async def _fetch(self) -> float:
        """One request; seconds to wait until the next."""
        try:
            leads = await asyncio.to_thread(self._lock.take)
        except SQLAlchemyError:
            # Should another ask too, Telegram says so to both.
            leads = True
        if not leads:
            return LEAD
        try:
            updates = await self._bot.get_updates(
                self._next or None, timeout=HOLD, allowed_updates=self._wanted
            )
            received = [Received(update, update.to_json()) for update in updates]
        except TelegramError:
            raise
        except Exception:
            # One that the library cannot read: of all of them it gives none.
            received = await self._fetch_each()
        CONTACT.reached()
        if received:
            await self._put(received)
            self._next = max(self._next, 1 + max(one.update.update_id for one in received))
        return 0.0

    async def _fetch_each(self) -> list[Received]:
        """Those that can be read of what waits now; the others are not offered again."""
        wanted = {"offset": self._next, "timeout": 0, "allowed_updates": list(self._wanted)}
        offered: list[dict[str, object]] = await self._bot.do_api_request("getUpdates", wanted)
        received = []
        for data in offered:
            try:
                received.append(read_update(data, self._bot))
            except Exception as error:
                LOG.error("Telegram has sent what is no update: %s", type(error).__name__)
                number = data.get("update_id")
                self._next = max(self._next, 1 + number if isinstance(number, int) else 0)
        return received


def _explain(error: TelegramError) -> str:
    """Why Telegram gives no updates."""
    if isinstance(error, Conflict):
        return "Another program asks Telegram with the same token; stop one of the two."
    return f"Telegram gives no updates: {error}"
