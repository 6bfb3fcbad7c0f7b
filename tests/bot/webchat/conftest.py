"""The chat page as people reach it."""

import asyncio
import datetime as dt
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from sqlalchemy import Engine
from sqlmodel import select

from bot.settings import Settings
from bot.staff.answering import take_answer
from bot.startup import open_conversation
from bot.web.listening import listening
from bot.web.site import build_site, site_listener
from bot.webchat.application import WebChat
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, session
from knowledge.models import Enquiry, EnquiryState
from knowledge.people import SHELL
from tests.bot.browser import free_port
from tests.databases import database_url


@dataclass
class Running:
    """A running chat page.

    Attributes:
        url: CHAT_URL.
        listening: where it listens.
        engine: its database.
    """

    url: str
    listening: str
    engine: Engine

    def answer(self, text: str) -> None:
        """Staff answer the one question that waits for them."""
        with session(self.engine) as database:
            (waiting,) = database.exec(
                select(Enquiry).where(Enquiry.state == EnquiryState.OPEN, Enquiry.due_at.is_not(None))  # type: ignore[union-attr]
            ).all()
        now = dt.datetime.now(dt.UTC)
        take_answer(self.engine, Asker(self.engine), waiting.id or 0, text, SHELL, now)


@contextmanager
def chat(home: Path, address: str = "", path: str = "/chat", **settings: object) -> Iterator[Running]:
    """The chat page of a bureau whose database lies in a folder, until the block ends.

    Args:
        home: the folder.
        address: CHAT_URL; empty for where it listens.
        path: of CHAT_URL there.
        settings: of the bureau.
    """
    port = free_port()
    where = f"http://localhost:{port}"
    usual: dict[str, object] = {"chat_url": address or where + path, "web_port": port, "flood_messages": 1000}
    given = Settings(_env_file=None, **usual | settings)  # type: ignore[arg-type]
    engine = open_engine(database_url(home / "investbot.db"))
    asker = Asker(engine)
    web = WebChat(engine, asker, open_conversation(engine, asker, given, "web"), given)
    started, stopping = threading.Event(), threading.Event()

    async def serve() -> None:
        async with listening(build_site(web.routes), site_listener(given)):
            started.set()
            while not stopping.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    try:
        assert started.wait(20)
        yield Running(given.chat_url, where, engine)
    finally:
        stopping.set()
        thread.join()
        engine.dispose()


def until(seen: Callable[[], object], seconds: float = 15) -> None:
    """Wait until something is seen, in a page that may change meanwhile."""

    def now() -> object:
        try:
            return seen()
        except (NoSuchElementException, StaleElementReferenceException):
            return False
        except WebDriverException as error:
            # So the driver says of a page that is replaced while it is read.
            if "does not belong to the document" not in str(error):
                raise
            return False

    end = time.monotonic() + seconds
    while not now():
        assert time.monotonic() < end, "it was not seen"
        time.sleep(0.02)


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    """A folder with the bureau's database."""
    shutil.copytree(bureau_home / "var", tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def own(home: Path) -> Iterator[Running]:
    """A chat page of one's own."""
    with chat(home) as running:
        yield running
