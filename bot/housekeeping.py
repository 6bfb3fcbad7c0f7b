"""Deleting what is kept no longer, while anything is served."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock
from bot.pausing import pause
from knowledge.database import writing

LOG = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two looks; every worker looks, and only the first finds something."""

SET = 3600.0
"""Seconds by which a clock has to be set to be doubted."""

DOUBTED = 86_400.0
"""Seconds for which nothing is deleted after the clock was set: should it be wrong, all seems old."""

Chore = Callable[[Session, dt.datetime], int]
"""Deletes what is old at a moment; how many rows. Who calls it commits."""


class Housekeeper:
    """Looks at the start, and once an hour."""

    def __init__(self, engine: Engine, chores: Sequence[Chore]) -> None:
        """Args: a migrated database; what deletes."""
        self._engine = engine
        self._chores = chores
        self._clock = Clock(SET)
        self._believed_from = float("-inf")

    async def run(self, ending: asyncio.Event) -> None:
        """Look until told to end."""
        while not ending.is_set():
            if by := self._clock.set_by():
                self._believed_from = time.monotonic() + DOUBTED
                LOG.warning("The clock was set by %+.0f s; for a day nothing is deleted as old.", by)
            if time.monotonic() >= self._believed_from:
                await self._delete()
            await pause(ending, EVERY)

    async def _delete(self) -> None:
        try:
            count = await asyncio.to_thread(self._look)
            if count:
                LOG.info("Deleted, since it was kept long enough: %d rows", count)
        except SQLAlchemyError as error:
            LOG.error("What is old could not be deleted: %s", getattr(error, "orig", error))

    def _look(self) -> int:
        with writing(self._engine) as database:
            count = sum(chore(database, dt.datetime.now(dt.UTC)) for chore in self._chores)
            database.commit()
        return count
