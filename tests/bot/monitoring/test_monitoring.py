"""Health and metrics, read as a machine reads them, of a bot that runs."""

import re
import socket
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.bot.browser import free_port
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.databases import POSTGRESQL, execute
from tests.telegram_server.client import StandIn

ADDRESS = re.compile(r"Serving metrics at (http://\S+)/metrics")


def addresses(bot: Bot, workers: int = 1) -> list[str]:
    """Where the workers that log to one file are watched."""
    wait_until(lambda: len(ADDRESS.findall(bot.log)) == workers)
    return ADDRESS.findall(bot.log)


def metrics(address: str) -> dict[str, float]:
    text = httpx.get(f"{address}/metrics").text
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


@pytest.mark.every_database
def test_what_a_bot_does_is_counted_and_names_nobody(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home, METRICS_PORT=str(free_port())) as bot:
        (address,) = addresses(bot)
        person = fresh.user(424242, first_name="王小明")
        person.ask("低空经济链长是谁")
        person.ask("附近有没有好吃的拉面馆")
        text = httpx.get(f"{address}/metrics")
        counted = metrics(address)
        health = httpx.get(f"{address}/health")
        lost = httpx.get(f"{address}/")

    assert text.headers["Content-Type"].startswith("text/plain; version=")
    assert counted['investbot_answers_total{face="telegram",outcome="answered"}'] == 1
    assert counted['investbot_turn_seconds_count{face="telegram"}'] == 2
    assert counted['investbot_updates_total{kind="message"}'] == 2
    assert counted["investbot_database_up"] == 1
    assert counted["investbot_revision"] >= 1
    assert counted['investbot_outbox{state="waiting"}'] == 0
    assert counted['investbot_enquiries{state="open"}'] == 1
    assert counted["process_resident_memory_bytes"] > 1_000_000
    assert not any(word in text.text for word in ("424242", "王", "拉面", "链长"))
    assert health.status_code == 200
    assert health.json()["database"]["ok"]
    assert lost.status_code == 404


def test_each_worker_has_a_port_of_its_own(fresh: StandIn, home: Path) -> None:
    port = free_port()
    with ExitStack() as stack:
        for _ in range(3):
            bot = stack.enter_context(serving(fresh, home, METRICS_PORT=str(port)))
        found = addresses(bot, 3)
        processes = {metrics(address)["process_start_time_seconds"] for address in found}

    assert len(set(found)) == 3
    assert len(processes) == 3
    assert all(port <= int(address.rpartition(":")[2]) < port + 10 for address in found)


@pytest.mark.skipif(POSTGRESQL, reason="a file of SQLite")
def test_a_database_that_cannot_be_read_is_a_fault(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home, METRICS_PORT=str(free_port())) as bot:
        (address,) = addresses(bot)
        execute(home / "var" / "investbot.db", "alter table revision rename to gone")
        try:
            health = httpx.get(f"{address}/health")
            counted = metrics(address)
        finally:
            execute(home / "var" / "investbot.db", "alter table gone rename to revision")
        again = httpx.get(f"{address}/health")

    assert health.status_code == 503
    assert not health.json()["database"]["ok"]
    assert counted["investbot_database_up"] == 0
    assert counted['investbot_database_errors_total{kind="OperationalError"}'] >= 1
    assert again.status_code == 200


def test_a_telegram_that_is_lost_is_told_and_found_again(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home, METRICS_PORT=str(free_port())) as bot:
        (address,) = addresses(bot)

        def lost() -> bool:
            return bool(httpx.get(f"{address}/health").json()["telegram"]["lost_since_seconds"])

        fresh.fault("getUpdates", "502", times=3)
        # The request that waits is answered, and the next is refused.
        fresh.user(5).say("/help")
        wait_until(lost)
        wait_until(lambda: not lost())


def test_without_the_setting_nothing_listens(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home) as bot:
        assert "metrics" not in bot.log


def test_ten_workers_and_no_more(fresh: StandIn, home: Path) -> None:
    port = free_port()
    with ExitStack() as stack:
        for taken in range(port, port + 10):
            try:
                stack.enter_context(socket.create_server(("127.0.0.1", taken)))
            except OSError:
                continue
        with serving(fresh, home, METRICS_PORT=str(port)) as bot:
            assert bot.process.wait(20) == 2
            assert "METRICS_PORT" in bot.log
