"""Deleting what is kept no longer, while anything is served."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Sequence

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.pausing import pause
from knowledge.database import writing

LOG = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two looks; every worker looks, and only the first finds something."""

Chore = Callable[[Session, dt.datetime], int]
"""Deletes what is old at a moment; how many rows. Who calls it commits."""


class Housekeeper:
    """Looks at the start, and once an hour."""

    def __init__(self, engine: Engine, chores: Sequence[Chore]) -> None:
        """Args: a migrated database; what deletes."""
        self._engine = engine
        self._chores = chores

    async def run(self, ending: asyncio.Event) -> None:
        """Look until told to end."""
        while not ending.is_set():
            try:
                count = await asyncio.to_thread(self._look)
                if count:
                    LOG.info("Deleted, since it was kept long enough: %d rows", count)
            except SQLAlchemyError as error:
                LOG.error("What is old could not be deleted: %s", getattr(error, "orig", error))
            await pause(ending, EVERY)

    def _look(self) -> int:
        with writing(self._engine) as database:
            count = sum(chore(database, dt.datetime.now(dt.UTC)) for chore in self._chores)
            database.commit()
        return count
