"""A running bot whose disk, database or messages fail: it says so, goes on, and recovers by itself."""

import resource
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.telegram.webhook import SECRET_HEADER
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.bot.telegram.test_workers import ASKED, TOLD, open_updates, secret_of, webhook_of
from tests.databases import POSTGRESQL, execute
from tests.telegram_server.client import StandIn

SCRIPT = Path(__file__).parents[3] / "scripts" / "postgres.sh"

on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="a file's fault")


def asked(home: Path) -> int:
    """How many questions stand in the log."""
    return int(execute(home / "var" / "investbot.db", "select count(*) from question")[0][0])


@contextmanager
def full_disk(bot: Bot) -> Iterator[None]:
    """No file of the bot can grow any more, until the block ends."""
    before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)


@on_sqlite
def test_on_a_full_disk_questions_are_answered_and_afterwards_remembered(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as bot:
        person = bot.someone()
        assert TOLD[0] in person.ask(ASKED[0]).text
        wait_until(lambda: open_updates(home) == 0)
        with full_disk(bot):
            answers = [person.ask(question).text for question in ASKED]
        kept = asked(home)
        assert all(word in answer for word, answer in zip(TOLD, answers, strict=True))
        assert TOLD[1] in person.ask(ASKED[1]).text
        assert asked(home) == kept + 1
        wait_until(lambda: open_updates(home) == 0)
        assert person.stays_silent()
        assert bot.process.poll() is None


@on_sqlite
def test_a_database_that_cannot_be_written_is_still_asked(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as bot:
        bot.someone().ask(ASKED[0])
    url = f"sqlite:///file:{home / 'var' / 'investbot.db'}?mode=ro&uri=true"
    with serving(fresh, home, DATABASE_URL=url) as bot:
        assert TOLD[0] in bot.someone().ask(ASKED[0]).text
        assert "out of memory" in bot.log


@on_sqlite
def test_a_locked_database_is_waited_for(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as bot:
        person = bot.someone()
        person.ask(ASKED[0])
        wait_until(lambda: open_updates(home) == 0)
        with sqlite3.connect(home / "var" / "investbot.db", isolation_level=None) as other:
            other.execute("begin immediate")
            person.say(ASKED[1])
            assert person.stays_silent(1.5)
            other.execute("rollback")
        other.close()
        assert TOLD[1] in person.reply().text
        assert person.stays_silent()


def test_what_nobody_knows_is_left_out(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (url, (bot,)):
        known = {SECRET_HEADER: secret_of(home)}
        person = bot.someone()
        first = person.say(ASKED[0])["update_id"]
        assert TOLD[0] in person.reply().text
        for number, update in enumerate(({"telepathy": {"id": 1}}, {"message": {"message_id": 1}}, {})):
            told = httpx.post(url, json={"update_id": first + 10 + number, **update}, headers=known)
            assert told.status_code == 200
        assert TOLD[1] in person.ask(ASKED[1]).text
        wait_until(lambda: open_updates(home) == 0)


def test_what_nobody_knows_is_left_out_where_telegram_is_asked_too(fresh: StandIn, home: Path) -> None:
    """Kinds and fields of a later Telegram, a message without what every message has, no message at all."""
    with serving(fresh, home) as bot:
        person = bot.someone()
        first = person.say(ASKED[0])
        assert TOLD[0] in person.reply().text
        later = {**first["message"], "text": ASKED[2], "telepathy": {"id": 1}, "mood": ["calm"]}
        strange: list[dict[str, object]] = [
            {"telepathy": {"id": 1, "chat": {"id": person.chat}}},
            {"message": {"message_id": 1}},
            {"message": "words"},
            {},
            {"message": later, "telepathy": {}},
        ]
        for one in strange:
            fresh.order("invent", **one)
        assert TOLD[2] in person.reply().text
        assert TOLD[1] in person.ask(ASKED[1]).text
        wait_until(lambda: open_updates(home) == 0)
        assert bot.process.poll() is None


def test_an_earlier_update_that_comes_later_is_answered_too(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (url, (bot,)):
        known = {SECRET_HEADER: secret_of(home)}
        person = bot.someone()
        update = person.say(ASKED[0])
        assert TOLD[0] in person.reply().text
        for number, question in ((-5, ASKED[1]), (-6, ASKED[2])):
            changed = {**update["message"], "text": question}
            late = {"update_id": update["update_id"] + number, "message": changed}
            assert httpx.post(url, json=late, headers=known).status_code == 200
        replies = f"{person.reply().text}{person.reply().text}"
        assert TOLD[1] in replies
        assert TOLD[2] in replies


def server(act: str, folder: Path) -> None:
    """Start, halt, resume or stop a PostgreSQL server."""
    subprocess.run(["sh", str(SCRIPT), act, str(folder)], check=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def own_server() -> Iterator[Path]:
    """A PostgreSQL server that can be halted without disturbing another test; its folder."""
    folder = Path(tempfile.mkdtemp(prefix="investbot-fault-"))
    server("start", folder)
    try:
        yield folder
    finally:
        server("stop", folder)


@pytest.mark.every_database
@pytest.mark.skipif(not POSTGRESQL, reason="a server's fault")
def test_a_database_server_that_is_gone_for_a_while(fresh: StandIn, home: Path, own_server: Path) -> None:
    url = f"postgresql://investbot@/postgres?host={own_server}"
    with serving(fresh, home, DATABASE_URL=url) as bot:
        person = bot.someone()
        assert TOLD[0] in person.ask(ASKED[0]).text
        server("halt", own_server)
        assert TOLD[1] in person.ask(ASKED[1]).text
        assert TOLD[2] in person.ask(ASKED[2]).text
        server("resume", own_server)
        assert TOLD[3] in person.ask(ASKED[3]).text
        assert person.stays_silent(2)
        assert bot.process.poll() is None
        assert "out of memory" in bot.log
