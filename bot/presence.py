"""That a worker serves: others can see it, and do not replace the database under it."""

import asyncio
import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.pausing import pause
from bot.settings import ConfigurationError
from knowledge.address import place
from knowledge.locks import Role, lock

LOG = logging.getLogger(__name__)

LOOK = 5.0
"""Seconds between two looks whether it is still seen: a server that was started anew has forgotten it."""


class Presence:
    """Holds a lock that all workers of a bureau share."""

    def __init__(self, engine: Engine) -> None:
        """Args: the database that is served from."""
        self._engine = engine
        self._lock = lock(engine, Role.SERVING, shared=True)

    def begin(self) -> None:
        """Be seen.

        Raises:
            ConfigurationError: the database is just being replaced.
        """
        if not self._lock.take():
            raise ConfigurationError(
                f"A backup is being restored into {place(self._engine.url)}. Start again when that is done."
            )

    async def run(self, ending: asyncio.Event) -> None:
        """Be seen until told to end."""
        while not ending.is_set():
            try:
                await asyncio.to_thread(self._lock.take)
            except SQLAlchemyError as error:
                LOG.debug("The database cannot be reached: %s", getattr(error, "orig", error))
            await pause(ending, LOOK)
        await asyncio.to_thread(self._lock.leave)
