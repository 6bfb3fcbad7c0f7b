"""Every door of a bureau at once: one `investbot serve` with a webhook and a desk, as attackers find it."""

import json
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from knowledge.database import open_engine, writing
from knowledge.keys import shared_key
from knowledge.models import LinkPurpose, StaffRole
from knowledge.people import SHELL, add_staff, make_link
from tests.bot.desk.conftest import Browser, browsing, free_port
from tests.bot.desk.visitor import Visitor
from tests.bot.process import INVESTBOT, environ
from tests.bot.telegram.conftest import Bot, wait_until
from tests.databases import database_url, execute
from tests.telegram_server.client import TOKEN, Person, StandIn, stand_in
from tests.telegram_server.refusals import Json
from tests.telegram_server.webhook import SECRET

READY = "Serving Telegram"

UPDATES = count(7_000_000_000_000)
"""Numbers of updates that the stand-in does not give."""


@dataclass
class Premises(Bot):
    """A running bureau.

    Attributes:
        engine: its database.
        webhook: where Telegram sends updates.
        desk: by which address staff reach the desk.
        secret: that of the webhook.
        client: sends what Telegram would.
    """

    engine: Engine
    webhook: str
    desk: str
    secret: str
    client: httpx.Client

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return execute(self.home / "var" / "investbot.db", query)

    def link(self, name: str, role: str = "owner", purpose: LinkPurpose = LinkPurpose.DESK) -> str:
        """A one-time link of a member of staff, who is added."""
        with writing(self.engine) as database:
            add_staff(database, name, StaffRole(role), SHELL)
            secret = make_link(database, name, purpose)
            database.commit()
        return f"{self.desk}/login?link={secret}" if purpose is LinkPurpose.DESK else f"/start staff_{secret}"

    def hire(self, name: str, role: str = "publisher") -> Person:
        """Somebody who has joined the staff on Telegram."""
        member = self.someone()
        assert name in member.ask(self.link(name, role, LinkPurpose.TELEGRAM)).text
        return member

    def acquaintance(self) -> Person:
        """Somebody whom the bot has met, so that it can write to them."""
        person = self.someone()
        person.ask("/start")
        return person

    def send(self, update: Json, **headers: str) -> httpx.Response:
        """Send an update as Telegram does, with the secret."""
        # As Telegram writes it: whatever is not ASCII is escaped.
        body = json.dumps(update).encode()
        return self.client.post(self.webhook, content=body, headers={SECRET: self.secret, **headers})

    def message(self, person: Person, text: str, /, **more: object) -> Json:
        """An update that the stand-in has not sent: a person's message."""
        user = {"id": person.number, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
        content = {"message_id": 1, "date": 0, "chat": {"id": person.chat, "type": "private"}, "from": user}
        return {"update_id": next(UPDATES), "message": {**content, "text": text} | more}

    def lives(self) -> bool:
        """Whether it still answers."""
        return "周岚" in self.someone().ask("低空经济的链长是谁").text


@pytest.fixture(scope="package")
def server() -> Iterator[StandIn]:
    with stand_in(threaded=True) as running:
        yield running


@pytest.fixture(scope="package")
def premises(
    server: StandIn, bureau_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Premises]:
    """One bureau for all; no test leaves it worse than it was."""
    home = shutil.copytree(bureau_home, tmp_path_factory.mktemp("premises"), dirs_exist_ok=True)
    web, desk = free_port(), free_port()
    webhook = f"http://127.0.0.1:{web}/telegram"
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": server.base_url,
        "DOCUMENTS": str(home / "documents"),
        "FLOOD_MESSAGES": "10000",
        "WEBHOOK_URL": webhook,
        "WEB_PORT": str(web),
        "DESK_PORT": str(desk),
        "EXTRACTION_KEY": f"key-{secrets.token_hex(8)}",
    }
    engine = open_engine(database_url(home / "var" / "investbot.db"))
    log = home / "log.txt"
    with log.open("ab") as held:
        process = subprocess.Popen(
            [INVESTBOT, "serve"], cwd=home, env=environ(home, **settings), stdout=held, stderr=held
        )
        try:
            wait_until(lambda: READY in log.read_text("utf-8") or process.poll() is not None)
            secret = shared_key(engine, "webhook")
            with httpx.Client() as client:
                address = f"http://127.0.0.1:{desk}"
                yield Premises(process, server, home, engine, webhook, address, secret, client)
        finally:
            process.terminate()
            process.wait(20)
            engine.dispose()


@pytest.fixture(scope="package")
def owner(premises: Premises) -> Iterator[Visitor]:
    """An owner at the desk."""
    with Visitor(premises.desk) as visitor:
        visitor.enter(premises.link("周岚"))
        yield visitor


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("browser")) as running:
        yield running
