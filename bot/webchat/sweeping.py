"""Forgets visitors who have not come for long: their browser has forgotten them too."""

import asyncio
import datetime as dt
import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.webchat.visitor import FACE, LIFE
from knowledge.database import writing
from knowledge.outbox import forget_old
from knowledge.personal_data import forget_unseen

LOG = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two sweeps."""


class Sweeping:
    """Forgets, hour by hour."""

    def __init__(self, engine: Engine) -> None:
        """Args: a migrated database."""
        self._engine = engine

    async def run(self, ending: asyncio.Event) -> None:
        """Forget until told to end."""
        while not ending.is_set():
            try:
                await asyncio.to_thread(sweep, self._engine, dt.datetime.now(dt.UTC))
            except SQLAlchemyError as error:
                LOG.error("Old conversations could not be forgotten: %s", getattr(error, "orig", error))
            try:
                await asyncio.wait_for(ending.wait(), EVERY)
            except TimeoutError:
                continue


def sweep(engine: Engine, now: dt.datetime) -> int:
    """Forget visitors who have not come for long.

    Args:
        engine: a migrated database.
        now: with a time zone.

    Returns:
        how many.
    """
    with writing(engine) as database:
        found = forget_unseen(database, FACE, now - LIFE)
        forget_old(database, now)
        database.commit()
    return found
