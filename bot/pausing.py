"""Waiting for the next time, no longer than until the end."""

import asyncio
from contextlib import suppress


async def pause(ending: asyncio.Event, seconds: float) -> None:
    """Wait for so long, or until an event is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(ending.wait(), seconds)


async def either(*events: asyncio.Event) -> None:
    """Wait until one of them is set."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()
