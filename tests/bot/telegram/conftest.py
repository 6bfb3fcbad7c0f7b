"""The bot as a process of its own, against the stand-in."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.bot.process import Process, environ, start
from tests.bureau import write_bureau
from tests.telegram_server.client import TOKEN, Person, StandIn, stand_in

NUMBERS = count(10_000)
READY = b"Serving Telegram"
"""What a bot logs when it is there."""


@dataclass
class Bot:
    """A running bot: its process, its stand-in, where it works and what it logs."""

    process: Process | subprocess.Popen[bytes]
    server: StandIn
    home: Path

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return (self.home / "log.txt").read_text("utf-8")

    def someone(self, language_code: str = "zh-hans") -> Person:
        """Somebody who has never written before."""
        return self.server.user(next(NUMBERS), language_code)


@contextmanager
def serving(server: StandIn, home: Path, **settings: str) -> Iterator[Bot]:
    """`investbot serve` on the invented bureau, until the block ends."""
    usual = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": server.base_url,
        "DOCUMENTS": str(home / "documents"),
        "FLOOD_MESSAGES": "1000",
    }
    with (home / "log.txt").open("ab") as log:
        said = log.tell()
        process = start("serve", cwd=home, env=environ(home, **usual | settings), stdout=log)
        try:
            wait_until(lambda: READY in (home / "log.txt").read_bytes()[said:] or process.poll() is not None)
            yield Bot(process, server, home)
        finally:
            process.terminate()
            process.wait(20)


def wait_until(met: Callable[[], bool], timeout: float = 20.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + timeout
    while not met():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.03)


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    """A working directory with the bureau's documents and its database."""
    return shutil.copytree(bureau_home, tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="package")
def server() -> Iterator[StandIn]:
    """One stand-in for all."""
    with stand_in(threaded=True) as running:
        yield running


@pytest.fixture(scope="package")
def bot(server: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot for the tests that do not disturb each other; its database is built when it starts."""
    folder = tmp_path_factory.mktemp("bot")
    write_bureau(folder / "documents")
    with serving(server, folder) as running:
        yield running
