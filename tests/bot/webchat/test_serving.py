"""`investbot serve` with a chat page, as it is started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bot.browser import free_port
from tests.bot.process import environ, start
from tests.bot.webchat.conftest import until
from tests.bot.webchat.visitor import Visitor, words
from tests.databases import database_url


@contextmanager
def workers(home: Path, count: int) -> Iterator[str]:
    """So many workers of one bureau; the address of their chat page. They end with exit code 0."""
    port = free_port()
    url = f"http://localhost:{port}/chat"
    given = environ(DATABASE_URL=database_url(home / "investbot.db"), CHAT_URL=url, WEB_PORT=str(port))
    log = home / "log.txt"
    with log.open("ab") as written:
        started = [start("serve", cwd=home, env=given, stdout=written) for _ in range(count)]
        try:
            until(lambda: log.read_text("utf-8").count(f"Serving the site at {url}") == count, 60)
            yield url
        finally:
            for one in started:
                one.terminate()
            codes = [one.wait(20) for one in started]
    assert codes == [0] * count, log.read_text("utf-8")


def test_a_visitor_talks_with_whichever_worker_answers(home: Path) -> None:
    with workers(home, 2) as url:
        told = []
        with Visitor(url) as visitor:
            number = visitor.ask("低空经济的链长是谁").headers["Chat-Token"]
            for _ in range(6):
                # A connection of its own each time, so that the system chooses the worker anew.
                with Visitor(url) as again:
                    again.token = number
                    told.append(words(again.ask("那它有哪些园区")))

    assert all("星河航空产业园" in one and "共有2个" not in one for one in told)
    assert number not in (home / "log.txt").read_text("utf-8")


def test_without_telegram_the_page_is_served_alone(home: Path) -> None:
    with workers(home, 1) as url:
        assert "欢迎了解" in words(httpx.get(url, headers={"Accept-Language": "zh-CN"}))
