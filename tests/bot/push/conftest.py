"""Subscribers at a stand-in, an announcement to them, and couriers that send it."""

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.push.courier import Courier
from knowledge.announcing.announcements import announce
from knowledge.announcing.content import Content
from knowledge.announcing.pushes import Progress, progress
from knowledge.announcing.release import to_release
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, session, writing
from knowledge.models import Pace, Push, Subscription
from knowledge.people import SHELL
from tests.bot.push.worker import send
from tests.databases import database_url
from tests.telegram_server.client import TOKEN, Person, StandIn, stand_in

SIGNING = "signing.spring-2024"

NUMBERS = count(50_000)


@dataclass
class Field:
    """A bureau with subscribers, and the stand-in they are at."""

    engine: Engine
    server: StandIn
    people: dict[int, Person] = field(default_factory=dict)

    def now(self) -> dt.datetime:
        """The time."""
        return dt.datetime.now(dt.UTC)

    def subscribe(self, number: int = 1, **choices: Any) -> list[Person]:  # noqa: ANN401 - of a subscription
        """So many people subscribe, with choices other than to hear at once at any hour."""
        people = []
        usual = {"language": "zh-Hans", "pace": Pace.AT_ONCE, "time_zone": "Asia/Shanghai", "quiet": ""}
        with writing(self.engine) as database:
            for _ in range(number):
                person = self.server.user(next(NUMBERS))
                person.say("/subscribe")
                people.append(person)
                chat = f"telegram:{person.chat}"
                database.add(Subscription(chat=chat, made_at=self.now(), **usual | choices))
            database.commit()
        return people

    def announce(self, signing: str = SIGNING, **more: Any) -> int:  # noqa: ANN401 - of `announce`
        """Announce a signing; the announcement's number."""
        content = Content.of(Asker(self.engine), signing)
        with writing(self.engine) as database:
            row = announce(database, signing, content, SHELL, self.now(), **more)
            database.commit()
            return row.id or 0

    def change(self, deed: Callable[..., Any]) -> Any:  # noqa: ANN401 - as the deed gives
        """Do something in the database."""
        with writing(self.engine) as database:
            found = deed(database)
            database.commit()
            return found

    def send(
        self, until: Callable[[], bool] | None = None, per_second: int = 1000, timeout: float = 15
    ) -> None:
        """Let a courier send until something is so; by default until nothing is due."""

        async def use(courier: Courier) -> None:
            stopping = asyncio.Event()
            running = asyncio.create_task(courier.run(stopping))
            end = asyncio.get_running_loop().time() + timeout
            while not await asyncio.to_thread(until or self.idle):
                assert asyncio.get_running_loop().time() < end, "waited in vain"
                await asyncio.sleep(0.02)
            stopping.set()
            await running

        asyncio.run(send(self.engine, self.server.base_url, TOKEN, per_second, use))

    def idle(self) -> bool:
        """Whether nothing is due, nor soon, and everybody who is to hear of it has a message."""
        with session(self.engine) as database:
            if to_release(database, self.now()) is not None:
                return False
            rows = database.exec(select(Push)).all()
        busy = {"waiting", "sending"}
        soon = self.now() + dt.timedelta(minutes=1)
        return bool(rows) and not any(row.state in busy and row.due_at <= soon for row in rows)

    def progress(self, announcement: int | None = None) -> Progress:
        """How far it is."""
        with session(self.engine) as database:
            return progress(database, announcement)

    def pushes(self) -> list[Push]:
        """All pushes."""
        with session(self.engine) as database:
            return list(database.exec(select(Push)).all())


@pytest.fixture(scope="package")
def standin() -> Iterator[StandIn]:
    """One stand-in for all."""
    with stand_in(threaded=True) as running:
        yield running


@pytest.fixture
def pushing(bureau_home: Path, tmp_path: Path, standin: StandIn) -> Iterator[Field]:
    """The bureau with nobody subscribed yet."""
    home = shutil.copytree(bureau_home / "var", tmp_path / "var")
    engine = open_engine(database_url(home / "investbot.db"))
    standin.order("limits")
    yield Field(engine, standin)
    engine.dispose()
