"""`investbot serve` and `investbot desk`, as they are started."""

import asyncio
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.desk.address import desk_listener
from bot.desk.application import build_desk
from bot.settings import ConfigurationError, Settings
from bot.web.listening import listening
from knowledge.asking.asker import Asker
from tests.bot.browser import free_port
from tests.bot.desk.conftest import Running
from tests.bot.desk.visitor import Visitor, words
from tests.bot.process import Process, environ, finish, start
from tests.databases import database_url
from tests.telegram_server.client import TOKEN, stand_in


@contextmanager
def started(home: Path, *arguments: str, **settings: str) -> Iterator[str]:
    """A program of ours with a desk; its address. It ends with exit code 0."""
    port = settings.get("DESK_PORT") or str(free_port())
    address = f"http://127.0.0.1:{port}"
    usual = {"DATABASE_URL": database_url(home / "investbot.db"), "DESK_PORT": port}
    with (home / "log.txt").open("ab") as log:
        process = start(*arguments, cwd=home, env=environ(**usual | settings), stdout=log)
        try:
            wait(process, home, address)
            yield address
        finally:
            process.terminate()
            assert process.wait(20) == 0, (home / "log.txt").read_text("utf-8")


def wait(process: Process, home: Path, address: str) -> None:
    end = time.monotonic() + 30
    while not answers(address):
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail((home / "log.txt").read_text("utf-8"))
        time.sleep(0.05)


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/login").status_code == 200
    except httpx.TransportError:
        return False


def run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command on that database, as it is typed."""
    given = environ(DATABASE_URL=database_url(home / "investbot.db"), **settings)
    return finish(*arguments, cwd=home, env=given)


def test_without_a_token_the_desk_is_served_alone(home: Path) -> None:
    with started(home, "serve") as address, Visitor(address) as visitor:
        run(home, "staff", "add", "周岚", "--role", "owner")
        link = run(home, "staff", "link", "周岚", DESK_URL=address).stdout.strip()
        entered = visitor.enter(link)

    assert link.startswith(f"{address}/login?link=")
    assert "待审草稿" in words(entered)


def test_beside_telegram_both_are_served(home: Path) -> None:
    with (
        stand_in(threaded=True) as server,
        started(home, "serve", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=server.base_url) as address,
    ):
        told = server.user(4242, "zh-hans").ask("低空经济的链长是谁")
        page = httpx.get(f"{address}/login")

    assert "周岚" in told.text
    assert page.status_code == 200


def test_a_port_that_is_taken_is_named(own: Running) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        settings = Settings(_env_file=None, desk_port=port)

        async def second() -> None:
            app = build_desk(own.engine, Asker(own.engine), settings)
            async with listening(app, desk_listener(settings)):
                pytest.fail("at the port of another program")

        with pytest.raises(ConfigurationError, match=f"DESK_PORT is '{port}'"):
            asyncio.run(second())


def test_of_two_workers_at_one_port_either_goes_on_alone(home: Path) -> None:
    with started(home, "desk") as address:
        with started(home, "desk", DESK_PORT=address.rsplit(":", 1)[1]):
            deadline = time.monotonic() + 30
            while (home / "log.txt").read_text("utf-8").count("Serving the desk") < 2:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert answers(address)
