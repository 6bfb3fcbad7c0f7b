"""Whether Telegram is there. Where it is not, one asks until it is, and nobody else tries meanwhile."""

import asyncio
import logging
import time

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.monitoring.counts import CONTACT
from bot.pausing import pause

LOG = logging.getLogger(__name__)

FIRST = 1.0
"""Seconds between the first time that it is asked and the second; twice as long each time."""

LONGEST = 30.0
"""Seconds between two times, at most."""

CALM = 60.0
"""Seconds for which it has to be there for the next time to be a first one: who comes back for a moment only
is asked less and less often.
"""


class Reach:
    """Told of requests that failed; asks Telegram something harmless until it answers."""

    def __init__(self, bot: Bot) -> None:
        """Args: who asks."""
        self._bot = bot
        self._there = True
        self._since = time.monotonic()
        self._wait = 0.0
        self._stirred = asyncio.Event()

    @property
    def there(self) -> bool:
        """Whether Telegram has answered, as far as is known."""
        return self._there

    def failed(self, error: TelegramError) -> None:
        """A request was not answered as it should have been; what Telegram says no to has reached it."""
        if self._there and is_lost(error):
            if time.monotonic() - self._since >= CALM:
                self._wait = 0.0
            self._there = False
            self._since = time.monotonic()
            self._stirred.set()
            LOG.warning("Telegram cannot be reached (%s). What is to be sent waits.", error)

    async def run(self, ending: asyncio.Event) -> None:
        """Ask until told to end, whenever Telegram is not there."""
        told = asyncio.create_task(ending.wait())
        while not ending.is_set():
            stirred = asyncio.create_task(self._stirred.wait())
            await asyncio.wait({stirred, told}, return_when=asyncio.FIRST_COMPLETED)
            stirred.cancel()
            self._stirred.clear()
            if not self._there:
                await self._seek(ending)
        told.cancel()

    async def _seek(self, ending: asyncio.Event) -> None:
        while not self._there:
            await pause(ending, self._wait)
            if ending.is_set():
                return
            self._wait = min(LONGEST, 2 * self._wait or FIRST)
            try:
                await self._bot.get_me()
            except TelegramError as error:
                self._there = not is_lost(error)
            else:
                self._there = True
            if not self._there:
                CONTACT.failed()
        CONTACT.reached()
        LOG.warning("Telegram is reached again, after %.0f s.", time.monotonic() - self._since)
        self._since = time.monotonic()


def is_lost(error: TelegramError) -> bool:
    """Whether an error is of the way to Telegram, or of Telegram itself; not its word on what was asked."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)
