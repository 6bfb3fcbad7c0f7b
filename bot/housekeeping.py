"""Deleting what is kept no longer, while anything is served."""

import asyncio
import datetime as dt
import logging
from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from knowledge.database import writing
from knowledge.retention import Retention, forget_old

LOG = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two looks; every worker looks, and only the first finds something."""


class Housekeeper:
    """Looks at the start, and once an hour."""

    def __init__(self, engine: Engine, retention: Retention) -> None:
        """Args: a migrated database; how long what is kept."""
        self._engine = engine
        self._retention = retention

    async def run(self, ending: asyncio.Event) -> None:
        """Look until told to end."""
        while not ending.is_set():
            try:
                count = await asyncio.to_thread(self._look)
                if count:
                    LOG.info("Deleted, since it was kept long enough: %d rows", count)
            except SQLAlchemyError as error:
                LOG.error("What is old could not be deleted: %s", getattr(error, "orig", error))
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), EVERY)

    def _look(self) -> int:
        with writing(self._engine) as database:
            count = forget_old(database, dt.datetime.now(dt.UTC), self._retention)
            database.commit()
        return count
