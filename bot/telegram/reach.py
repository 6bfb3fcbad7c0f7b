"""Whether Telegram is there. Where it is not, one asks until it is, and nobody else tries meanwhile."""

import asyncio
import logging
import time

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.monitoring.counts import CONTACT
from bot.pausing import either, pause

LOG = logging.getLogger(__name__)

FIRST = 1.0
"""Seconds between the first time that it is asked and the second; twice as long each time."""

LONGEST = 5.0
"""Seconds between two times, at most: so long may the first who is answered wait once it is back."""

CALM = 60.0
"""Seconds for which it has to be there for the next time to be a first one: who comes back for a moment only
is asked less and less often.
"""


class Reach:
    """Told of requests that failed; asks Telegram something harmless until it answers."""

    def __init__(self, bot: Bot) -> None:
        """Args: who asks."""
        self._bot = bot
        self._there, self._gone = asyncio.Event(), asyncio.Event()
        self._there.set()
        self._since = time.monotonic()
        self._wait = 0.0

    @property
    def there(self) -> bool:
        """Whether Telegram has answered, as far as is known."""
        return self._there.is_set()

    async def back(self, ending: asyncio.Event) -> None:
        """Wait until it is there, or until told to end."""
        await either(self._there, ending)

    def failed(self, error: TelegramError) -> None:
        """A request was not answered as it should have been; what Telegram says no to has reached it."""
        if self.there and is_lost(error):
            if time.monotonic() - self._since >= CALM:
                self._wait = 0.0
            self._there.clear()
            self._gone.set()
            self._since = time.monotonic()
            CONTACT.failed()
            LOG.warning("Telegram cannot be reached (%s). All that is for it waits.", error)

    async def run(self, ending: asyncio.Event) -> None:
        """Ask until told to end, whenever Telegram is not there."""
        while not ending.is_set():
            await either(self._gone, ending)
            while self._gone.is_set() and not ending.is_set():
                await pause(ending, self._wait)
                if not ending.is_set():
                    await self._ask()

    async def _ask(self) -> None:
        self._wait = min(LONGEST, 2 * self._wait or FIRST)
        try:
            await self._bot.get_me()
        except TelegramError as error:
            if is_lost(error):
                # A request that was on its way may have been answered since.
                CONTACT.failed()
                return
        CONTACT.reached()
        LOG.warning("Telegram is reached again, after %.0f s.", time.monotonic() - self._since)
        self._since = time.monotonic()
        self._gone.clear()
        self._there.set()


def is_lost(error: TelegramError) -> bool:
    """Whether an error is of the way to Telegram, or of Telegram itself; not its word on what was asked."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)
