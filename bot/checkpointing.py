"""Bringing what was written into the database file, while anything is served; no answer waits for it."""

import asyncio
import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.pausing import pause
from knowledge.database import checkpoint

LOG = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two times."""


class Checkpointer:
    """Sees to it that writers need not."""

    def __init__(self, engine: Engine) -> None:
        """Args: a migrated database."""
        self._engine = engine

    async def run(self, ending: asyncio.Event) -> None:
        """Go on until told to end."""
        while not ending.is_set():
            try:
                await asyncio.to_thread(checkpoint, self._engine)
            except SQLAlchemyError as error:
                LOG.warning("The database's log could not be cleared: %s", getattr(error, "orig", error))
            await pause(ending, EVERY)
