"""A clock that was set is noticed, and until it is believed again nothing is deleted as old."""

import asyncio
import datetime as dt

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import Session

from bot import housekeeping
from bot.clock import Clock
from bot.housekeeping import Housekeeper


class Two:
    """The time of day, and the time that passes."""

    def __init__(self) -> None:
        self.wall, self.steady = 1000.0, 5.0

    def go_on(self, seconds: float, ahead: float = 0.0) -> None:
        self.steady += seconds
        self.wall += seconds + ahead


def test_it_is_noticed_once_and_told_from_time_that_passes() -> None:
    two = Two()
    clock = Clock(10, lambda: two.wall, lambda: two.steady)
    told = []
    for passed, ahead in ((3600, 0), (1, 3600), (60, 0), (1, -86_400), (1, 9), (1, -9), (86_400, 0)):
        two.go_on(passed, ahead)
        told.append(clock.set_by())
    assert told == [0, 3600, 0, -86_400, 0, 0, 0]


def test_nothing_is_deleted_for_a_day_after_the_clock_was_set(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(housekeeping, "EVERY", 0.01)
    looked: list[dt.datetime] = []

    def look(_database: Session, now: dt.datetime) -> int:
        looked.append(now)
        return 0

    async def until(met: int) -> None:
        async with asyncio.timeout(10):
            while len(looked) < met:
                await asyncio.sleep(0.01)

    async def run() -> None:
        ending = asyncio.Event()
        housekeeper = Housekeeper(engine, [look])
        running = asyncio.create_task(housekeeper.run(ending))
        await until(3)
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=365)):
            async with asyncio.timeout(10):
                while "for a day nothing is deleted" not in caplog.text:
                    await asyncio.sleep(0.01)
            before = len(looked)
            await asyncio.sleep(0.1)
            assert len(looked) == before
        monkeypatch.setattr(housekeeping, "DOUBTED", 0.0)
        await until(before)
        ending.set()
        await running

    asyncio.run(run())
    assert all(now < dt.datetime.now(dt.UTC) + dt.timedelta(days=1) for now in looked)
