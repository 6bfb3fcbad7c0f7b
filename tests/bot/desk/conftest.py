"""The desk as people reach it."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.desk.address import desk_listener
from bot.desk.application import build_desk
from bot.enquiring import Enquiring, Promise
from bot.memory import DatabaseMemory
from bot.settings import Settings
from bot.web.listening import listening
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, session, writing
from knowledge.models import LinkPurpose, Outgoing, StaffRole
from knowledge.people import SHELL, add_staff, make_link
from tests.bot.browser import free_port
from tests.databases import database_url


@dataclass
class Running:
    """A running desk.

    Attributes:
        address: by which staff reach it.
        listening: where it listens.
        home: where it works.
        engine: its database.
    """

    address: str
    listening: str
    home: Path
    engine: Engine

    def staff(self, name: str, role: str = "owner") -> None:
        """Add a member of staff."""
        with writing(self.engine) as database:
            add_staff(database, name, StaffRole(role), SHELL)
            database.commit()

    def link(self, name: str, role: str = "owner") -> str:
        """A one-time link for a member of staff, who is added."""
        self.staff(name, role)
        with writing(self.engine) as database:
            secret = make_link(database, name, LinkPurpose.DESK)
            database.commit()
        return f"{self.address}/login?link={secret}"

    def ask_on_telegram(self, text: str) -> None:
        """A question as an investor asks it, so that it stands in the log."""
        Conversation(Asker(self.engine), DatabaseMemory(self.engine), "telegram").text("telegram:1", text)

    def press_under(self, text: str, label: str, chat: str = "telegram:3") -> None:
        """A question as an investor asks it, and a button under its answer."""
        asker = Asker(self.engine)
        promise = Promise(Settings(_env_file=None).working_hours, 8)
        talk = Conversation(
            asker, DatabaseMemory(self.engine), "telegram", Enquiring(self.engine, asker, promise)
        )
        (button,) = [one for one in talk.text(chat, text).buttons if one.label == label]
        talk.press(chat, button.data)

    def pass_on(self, text: str, chat: str = "telegram:2") -> None:
        """A question to which the bot has no answer, and that another investor then asks a person."""
        self.press_under(text, "问工作人员", chat)

    def owed(self) -> list[tuple[str, str]]:
        """What waits to be sent: to which chat, and the text."""
        with session(self.engine) as database:
            rows = database.exec(select(Outgoing).order_by(col(Outgoing.id))).all()
            return [(row.chat, f"{row.title}\n{row.text}") for row in rows]


@contextmanager
def desk(home: Path, address: str = "", **settings: object) -> Iterator[Running]:
    """The desk of a bureau whose database lies in a folder, until the block ends.

    Args:
        home: the folder.
        address: by which staff reach it; empty for where it listens.
        settings: of the bureau.
    """
    port = free_port()
    where = f"http://127.0.0.1:{port}"
    given = Settings(_env_file=None, desk_url=address, desk_port=port, **settings)  # type: ignore[arg-type]
    engine = open_engine(database_url(home / "investbot.db"))
    application = build_desk(engine, Asker(engine), given)
    started, stopping = threading.Event(), threading.Event()

    async def serve() -> None:
        async with listening(application, desk_listener(given)):
            started.set()
            while not stopping.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    try:
        assert started.wait(20)
        yield Running(address or where, where, home, engine)
    finally:
        stopping.set()
        thread.join()
        engine.dispose()


@pytest.fixture(scope="session")
def built(bureau_home: Path) -> Path:
    """The bureau's database, which each desk has a copy of."""
    return bureau_home / "var"


@pytest.fixture(scope="package")
def shared(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One desk for the tests that do not disturb each other."""
    home = tmp_path_factory.mktemp("shared")
    shutil.copytree(built, home, dirs_exist_ok=True)
    with desk(home, confirm_after_days=365) as running:
        yield running


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A folder with the bureau's database."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def own(home: Path) -> Iterator[Running]:
    """A desk of one's own."""
    with desk(home) as running:
        yield running
