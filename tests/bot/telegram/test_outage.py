"""Telegram cannot be reached for a while: nothing is lost, nothing comes twice, and nobody lends a hand."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from knowledge.announcing.announcements import announce
from knowledge.announcing.content import Content
from knowledge.announcing.pushes import progress
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, session, writing
from knowledge.models import Pace, Subscription
from knowledge.outbox import put
from knowledge.people import SHELL
from tests.bot.browser import free_port
from tests.bot.telegram.conftest import serving, wait_until
from tests.bot.telegram.test_workers import ASKED, TOLD, open_updates
from tests.databases import database_url, execute
from tests.telegram_server.client import Person, StandIn
from tests.telegram_server.line import line_to

SIGNING = "signing.spring-2024"

OWED = "链长的电话是 12345。"

PUSHED = "新签约"


def opened(home: Path) -> Engine:
    """The database of a bot, beside it."""
    return open_engine(database_url(home / "var" / "investbot.db"))


def write(home: Path, deed: Callable[[Session], object]) -> None:
    """Do something in the database of a bot."""
    engine = opened(home)
    with writing(engine) as database:
        deed(database)
        database.commit()
    engine.dispose()


def subscribe(home: Path, person: Person, quiet: str = "", time_zone: str = "Asia/Shanghai") -> None:
    """Somebody hears of signings at once."""
    row = Subscription(
        chat=f"telegram:{person.chat}",
        language="zh-Hans",
        pace=Pace.AT_ONCE,
        time_zone=time_zone,
        quiet=quiet,
        made_at=dt.datetime.now(dt.UTC),
    )
    write(home, lambda database: database.add(row))


def announce_spring(home: Path, now: dt.datetime | None = None) -> None:
    """Announce the bureau's signing; `now` by the clock of whoever does."""
    engine = opened(home)
    content = Content.of(Asker(engine), SIGNING)
    engine.dispose()
    made_at = now or dt.datetime.now(dt.UTC)
    write(home, lambda database: announce(database, SIGNING, content, SHELL, made_at))


def owe(home: Path, person: Person, number: int) -> None:
    """Somebody waits for a message of staff."""
    chat = f"telegram:{person.chat}"
    write(home, lambda database: put(database, f"owed:{number}", chat, "zh-Hans", OWED))


def owed(home: Path, *states: str) -> int:
    """How many messages of staff are in one of these states."""
    rows = execute(home / "var" / "investbot.db", "select state from outgoing")
    return sum(row[0] in states for row in rows)


def texts(person: Person) -> list[str]:
    """What a person has been sent."""
    return [message.text for message in person.messages()]


def unsent(home: Path) -> tuple[int, int]:
    """How many pushes wait, and how many failed."""
    engine = opened(home)
    with session(engine) as database:
        found = progress(database)
    engine.dispose()
    return found.waiting, found.failed


def lost(health: str) -> bool:
    return bool(httpx.get(health).json()["telegram"]["lost_since_seconds"])


@pytest.mark.parametrize("state", ["refused", "silent", "502"])
def test_what_is_asked_and_owed_meanwhile_comes_once_when_telegram_is_back(
    fresh: StandIn, home: Path, state: str
) -> None:
    """Questions still come, by the webhook; replies do not go."""
    port, metrics = free_port(), free_port()
    settings = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "WEB_PORT": str(port)}
    settings |= {"METRICS_PORT": str(metrics)}
    health = f"http://127.0.0.1:{metrics}/health"
    with (
        line_to(fresh.address) as line,
        serving(fresh, home, TELEGRAM_BASE_URL=line.base_url, **settings) as bot,
    ):
        people = [bot.someone() for _ in ASKED]
        assert TOLD[0] in people[0].ask(ASKED[0]).text
        for person in people:
            subscribe(home, person)
        wait_until(lambda: open_updates(home) == 0)
        line.turn(state)
        for person, question in zip(people, ASKED, strict=True):
            person.say(question)
        for number, person in enumerate(people):
            owe(home, person, number)
        wait_until(lambda: open_updates(home) == len(ASKED) and lost(health))
        announce_spring(home)
        line.turn("open")
        wait_until(lambda: open_updates(home) == 0 and unsent(home) == (0, 0), 40)
        wait_until(lambda: not owed(home, "waiting", "sending") and not lost(health))
        for place, person in enumerate(people):
            read = texts(person)
            assert sum(TOLD[place] in one and PUSHED not in one for one in read) == (1 if place else 2)
            assert sum(PUSHED in one for one in read) == 1
        # In doubt is at most the one that was on its way; whoever waits for it finds it under /enquiries.
        came = [sum(OWED in one for one in texts(person)) for person in people]
        assert max(came) == 1
        assert len(people) - sum(came) == owed(home, "uncertain") <= 1
        assert "Telegram is reached again" in bot.log
        # It is said once, and then that it is over; not at each attempt.
        assert len(bot.log.splitlines()) < 20


def test_what_waits_at_telegram_is_fetched_when_it_is_back(fresh: StandIn, home: Path) -> None:
    with line_to(fresh.address) as line, serving(fresh, home, TELEGRAM_BASE_URL=line.base_url) as bot:
        people = [bot.someone() for _ in ASKED]
        assert TOLD[0] in people[0].ask(ASKED[0]).text
        for state in ("silent", "refused", "502"):
            # Whatever is on its way would be in doubt.
            wait_until(lambda: open_updates(home) == 0)
            line.turn(state)
            for person, question in zip(people, ASKED, strict=True):
                person.say(question)
            line.turn("open")
            for person, word in zip(people, TOLD, strict=True):
                assert word in person.reply(30).text
        assert all(person.stays_silent(0.5) for person in people)
        # Nothing was to be sent: it is whoever fetches that found it gone, and waited with all others.
        assert "Telegram is reached again" in bot.log


def test_a_reply_that_telegram_never_takes_holds_up_nobody_for_ever(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as bot:
        unlucky, other = bot.someone(), bot.someone()
        other.ask(ASKED[0])
        fresh.fault("sendMessage", "500", times=8)
        unlucky.say(ASKED[0])
        wait_until(lambda: "A reply could not be sent" in bot.log, 40)
        assert TOLD[1] in other.ask(ASKED[1]).text
        wait_until(lambda: open_updates(home) == 0)


def test_an_answer_whose_fate_nobody_knows_is_sent_once_more_and_not_again(
    fresh: StandIn, home: Path
) -> None:
    with serving(fresh, home) as bot:
        person = bot.someone()
        person.ask(ASKED[0])
        fresh.fault("sendMessage", "lost", times=5)
        person.say(ASKED[1])
        wait_until(lambda: "A reply could not be sent" in bot.log)
        wait_until(lambda: open_updates(home) == 0)
        assert sum(TOLD[1] in one for one in texts(person)) == 2
