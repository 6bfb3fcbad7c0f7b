"""Updates by webhook, and several workers on one database: each update once, a chat's in their order."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.telegram.webhook import LARGEST, SECRET_HEADER
from knowledge.database import open_engine
from knowledge.keys import shared_key
from tests.bot.browser import free_port
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.bot.telegram.test_enquiries import shell
from tests.databases import database_url, execute
from tests.telegram_server.client import Person, StandIn, stand_in

ASKED = ("低空经济的链长是谁?", "星河航空产业园占地多少?", "绿色氢能是做什么的?", "无人机整机项目是谁投的?")
TOLD = ("周岚", "500亩", "氢", "无人机整机项目")


@contextmanager
def webhook_of(server: StandIn, home: Path, workers: int = 1) -> Iterator[tuple[str, list[Bot]]]:
    """Workers that share a webhook; its address, and they."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    with ExitStack() as stack:
        bots = [
            stack.enter_context(serving(server, home, WEBHOOK_URL=url, WEB_PORT=str(port)))
            for _ in range(workers)
        ]
        yield url, bots


def secret_of(home: Path) -> str:
    engine = open_engine(database_url(home / "var" / "investbot.db"))
    try:
        return shared_key(engine, "webhook")
    finally:
        engine.dispose()


def open_updates(home: Path) -> int:
    rows = execute(
        home / "var" / "investbot.db", "select id from incoming where state in ('waiting', 'taken')"
    )
    return len(rows)


def told(person: Person) -> list[int]:
    """Which of the questions each message answers, in their order."""
    return [
        next(number for number, word in enumerate(TOLD) if word in seen.text) for seen in person.messages()
    ]


def test_a_webhook_takes_questions_and_answers_them(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (url, (bot,)):
        info = fresh.call("getWebhookInfo").json()["result"]
        reply = bot.someone().ask(ASKED[0])

    assert info["url"] == url
    assert TOLD[0] in reply.text
    assert fresh.log("getUpdates") == []


def test_who_does_not_know_the_secret_is_not_heard(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (url, (bot,)):
        person = bot.someone()
        update = person.say(ASKED[0])
        assert TOLD[0] in person.reply().text
        forged = update | {"update_id": update["update_id"] + 1}
        guesses: list[dict[bytes, bytes]] = [{}]
        guesses += [{SECRET_HEADER.encode(): guess} for guess in (b"guess", b"", "é".encode())]
        answers = [httpx.post(url, json=forged, headers=guess).status_code for guess in guesses]
        assert answers == [403] * 4
        assert person.stays_silent()
        # The same with the secret is heard, so that it was the secret that was missed.
        known = {SECRET_HEADER: secret_of(home)}
        assert httpx.post(url, json=forged, headers=known).status_code == 200
        assert TOLD[0] in person.reply().text
        assert "has called the webhook" in bot.log


def test_what_comes_twice_is_answered_once(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (url, (bot,)):
        person = bot.someone()
        update = person.say(ASKED[0])
        assert TOLD[0] in person.reply().text
        for _ in range(3):
            again = httpx.post(url, json=update, headers={SECRET_HEADER: secret_of(home)})
            assert again.status_code == 200
        assert person.stays_silent()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * (LARGEST + 1), 413),
        (b"[]", 200),
        (b"{", 200),
        (b"\xff\xfe", 200),
        (json.dumps({"update_id": "7"}).encode(), 200),
        (json.dumps({"message": {}}).encode(), 200),
        (b"[" * 100_000, 200),
    ],
)
def test_what_is_no_update_disturbs_nobody(webhook: tuple[str, Bot, Path], body: bytes, status: int) -> None:
    url, bot, home = webhook

    assert httpx.post(url, content=body, headers={SECRET_HEADER: secret_of(home)}).status_code == status
    assert TOLD[0] in bot.someone().ask(ASKED[0]).text
    wait_until(lambda: open_updates(home) == 0)


@pytest.fixture(scope="module")
def webhook(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Bot, Path]]:
    home = shutil.copytree(bureau_home, tmp_path_factory.mktemp("webhook"), dirs_exist_ok=True)
    with stand_in(threaded=True) as server, webhook_of(server, home) as (url, (bot,)):
        yield url, bot, home


@pytest.mark.every_database
def test_two_workers_of_which_one_is_killed_lose_nothing_and_keep_the_order(
    fresh: StandIn, home: Path
) -> None:
    with webhook_of(fresh, home, workers=2) as (_, (first, _)):
        people = [first.someone() for _ in range(12)]
        for number in range(len(ASKED)):
            for person in people:
                person.say(ASKED[number])
            if number == 1:
                first.process.kill()
        wait_until(lambda: all(len(person.messages()) >= len(ASKED) for person in people), 60)
        wait_until(lambda: open_updates(home) == 0)
        found = [told(person) for person in people]

    # What the killed worker had answered and not settled is answered again; nothing else is.
    for answers in found:
        assert sorted(set(answers)) == [0, 1, 2, 3]
        assert [one for place, one in enumerate(answers) if one not in answers[:place]] == [0, 1, 2, 3]
    assert sum(len(answers) - 4 for answers in found) <= 4


@pytest.mark.every_database
def test_one_of_two_workers_asks_telegram_and_the_other_takes_over(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as first, serving(fresh, home) as second:
        person = first.someone()
        assert TOLD[0] in person.ask(ASKED[0]).text
        wait_until(lambda: open_updates(home) == 0)
        first.process.kill()
        assert TOLD[1] in person.ask(ASKED[1]).text
        assert "same token" not in first.log + second.log


@pytest.mark.every_database
def test_what_is_published_every_worker_knows_at_once(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home, workers=2) as (_, (bot, _second)):
        people = [bot.someone() for _ in range(8)]
        assert all(TOLD[0] in person.ask(ASKED[0]).text for person in people)
        fact = execute(
            home / "var" / "investbot.db", "select id from post where person_id = 'person.zhou-lan'"
        )
        shell(bot, "retire", fact[0][0])
        assert not any(TOLD[0] in person.ask(ASKED[0]).text for person in people)


def test_an_update_that_ends_its_worker_is_given_up(fresh: StandIn, home: Path) -> None:
    with webhook_of(fresh, home) as (_, (bot,)):
        person = bot.someone()
        assert TOLD[0] in person.ask(ASKED[0]).text
    execute(
        home / "var" / "investbot.db",
        "insert into incoming (id, chat, content, state, arrived_at, worker, attempts) "
        "values (1, '7', '{}', 'taken', '2099-01-01 00:00:00', 1, 3)",
    )
    with webhook_of(fresh, home) as (_, (bot,)):
        assert TOLD[1] in bot.someone().ask(ASKED[1]).text
        rows = execute(home / "var" / "investbot.db", "select state, content from incoming where id = 1")
        assert rows == [("failed", "")]
        assert "left out" in bot.log
