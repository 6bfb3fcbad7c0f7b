"""The doctor as a command, on installations that are really broken."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.doctor import examination
from bot.pictures import font
from tests.bot.browser import free_port
from tests.bot.process import environ, finish
from tests.bot.telegram.conftest import serving, wait_until
from tests.databases import POSTGRESQL, database_url, execute
from tests.telegram_server.client import TOKEN, StandIn, stand_in

GOOD, WARNING, BAD = "good", "warning", "bad"


def examine(home: Path, *arguments: str, **settings: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """The doctor's exit code, and what each check found, with its advice; no token is ever in it."""
    done = finish("doctor", "--json", *arguments, cwd=home, env=environ(home, **settings))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    token = settings.get("TELEGRAM_BOT_TOKEN")
    assert token is None or token not in done.stdout
    found = {row["check"]: (row["state"], f"{row['found']} {row['advice']}") for row in rows}
    assert len(found) == len(rows) == 15
    assert done.returncode == any(state == BAD for state, _ in found.values())
    return done.returncode, found


def telegram(server: StandIn) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": server.base_url}


@pytest.mark.every_database
def test_a_sound_installation(home: Path, fresh: StandIn) -> None:
    code, found = examine(home, **telegram(fresh))
    facts = execute(home / "var" / "investbot.db", "select count(*) from fact where status = 'published'")

    assert code == 0
    assert {state for state, _ in found.values()} == {GOOD}, found
    assert ("PostgreSQL" if POSTGRESQL else "SQLite") in found["database"][1]
    assert f"{facts[0][0]} facts" in found["knowledge"][1]


def test_a_person_reads_a_line_a_check(home: Path, fresh: StandIn) -> None:
    env = environ(home, **telegram(fresh) | {"FLOOD_SECONDS": "soon"})
    done = finish("doctor", cwd=home, env=env)
    lines = done.stdout.splitlines()

    assert done.returncode == 1
    assert len(lines) == 15
    assert lines[0].startswith("✗ settings: FLOOD_SECONDS is 'soon'; allowed is ")
    assert "→" in lines[0]
    assert all(line.startswith("✓ ") for line in lines[1:]), lines


def test_a_token_that_is_refused(home: Path, fresh: StandIn) -> None:
    code, found = examine(home, **telegram(fresh) | {"TELEGRAM_BOT_TOKEN": "1:wrong"})

    assert code == 1
    assert found["token"][0] == BAD
    assert "refuses it (Unauthorized)" in found["token"][1]
    assert "@BotFather" in found["token"][1]
    assert found["database"][0] == GOOD


def test_a_telegram_that_is_not_reached(home: Path) -> None:
    with stand_in(threaded=True) as stopped:
        settings = telegram(stopped)
    code, found = examine(home, **settings)

    assert code == 1
    assert found["token"][0] == BAD
    assert "cannot be reached" in found["token"][1]
    assert "refuse" not in found["token"][1]
    assert found["clock"][0] == WARNING


def test_something_else_in_place_of_telegram(home: Path) -> None:
    with answering(b"<h1>It works</h1>") as address:
        _, found = examine(home, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=f"{address}/bot")

    assert found["token"][0] == BAD
    assert "does not answer as the Bot API does" in found["token"][1]


def test_who_never_answers_is_not_waited_for(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/bot"
        begun = time.monotonic()
        _, found = examine(home, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=address)

    assert time.monotonic() - begun < 12
    assert "does not answer in time" in found["token"][1]
    assert found["knowledge"][0] == GOOD


def test_a_webhook_is_where_it_is_to_be(home: Path, fresh: StandIn) -> None:
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/telegram"
    wanted = telegram(fresh) | {"WEBHOOK_URL": url}
    before = examine(home, **wanted)[1]["webhook"]
    with serving(fresh, home, WEBHOOK_URL=url, WEB_PORT=port):
        served = examine(home, **wanted, WEB_PORT=port)[1]
    fresh.user(7).say("?")
    wait_until(lambda: "last_error_date" in fresh.call("getWebhookInfo").json()["result"])
    unreached = examine(home, **wanted)[1]["webhook"]
    unwanted = examine(home, **telegram(fresh))[1]["webhook"]
    other = examine(home, **wanted | {"WEBHOOK_URL": "https://other.example/telegram"})[1]["webhook"]

    assert before[0] == WARNING
    assert served["webhook"][0] == GOOD
    assert "served already" in served["ports"][1]
    assert unreached[0] == WARNING
    assert "1 updates wait" in unreached[1]
    assert unwanted[0] == other[0] == BAD
    assert url in unwanted[1]
    assert "WEBHOOK_URL is empty" in unwanted[1]


def test_a_clock_that_is_wrong(home: Path) -> None:
    body = json.dumps({"ok": True, "result": {"username": "x"}}).encode()
    states = []
    for wrong in (1, 30, -3600):
        with answering(body, date=time.time() + wrong) as address:
            _, found = examine(home, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=f"{address}/bot")
        states.append(found["clock"][0])
        assert wrong < 2 or "behind" in found["clock"][1]

    assert states == [GOOD, WARNING, BAD]


def test_a_file_that_is_no_database(home: Path) -> None:
    junk = home / "junk.db"
    junk.write_bytes(b"no database" * 1000)
    code, found = examine(home, "--database", f"sqlite:///{junk}")

    assert code == 1
    assert found["database"][0] == BAD
    assert "junk.db" in found["database"][1]
    assert "restore a backup" in found["database"][1]
    for dependent in ("tables", "writing", "knowledge", "index", "typeface"):
        assert found[dependent][0] == WARNING
    assert found["time zone"][0] == GOOD
    assert junk.read_bytes() == b"no database" * 1000


@pytest.mark.skipif(POSTGRESQL, reason="a file of SQLite")
def test_a_file_with_a_hole(home: Path) -> None:
    file = home / "var" / "investbot.db"
    execute(file, "pragma wal_checkpoint(truncate)")
    whole = bytearray(file.read_bytes())
    whole[4096 * 3 : 4096 * 40] = b"\xff" * 4096 * 37
    file.write_bytes(whole)
    code, found = examine(home)

    assert code == 1
    assert found["database"][0] == BAD
    assert found["time zone"][0] == GOOD


@pytest.mark.skipif(POSTGRESQL, reason="a file of SQLite")
def test_a_file_that_can_only_be_read(home: Path) -> None:
    url = f"sqlite:///file:{home / 'var' / 'investbot.db'}?mode=ro&uri=true"
    code, found = examine(home, "--database", url)

    assert code == 1
    assert found["database"][0] == GOOD
    assert found["writing"][0] == BAD
    assert "readonly" in found["writing"][1]
    assert "writable" in found["writing"][1]


@pytest.mark.every_database
def test_looking_changes_nothing(home: Path) -> None:
    tables = (
        "select tablename from pg_tables where schemaname = 'public'"
        if POSTGRESQL
        else "select name from sqlite_master"
    )
    file = home / "var" / "investbot.db"
    before = sorted(execute(file, tables))
    found = examine(home)[1]

    assert found["writing"][0] == GOOD
    assert sorted(execute(file, tables)) == before
    if not POSTGRESQL:
        assert examine(home, "--database", f"sqlite:///{home}/no/x.db")[1]["database"][0] == WARNING
        assert not (home / "no").exists()


@pytest.mark.every_database
def test_a_database_of_another_version(home: Path) -> None:
    file = home / "var" / "investbot.db"
    execute(file, "update alembic_version set version_num = '9999'")
    newer = examine(home)
    execute(file, "update alembic_version set version_num = '0009'")
    older = examine(home)

    assert newer[0] == 1
    assert newer[1]["tables"][0] == BAD
    assert "newer version (9999" in newer[1]["tables"][1]
    assert older[0] == 0
    assert older[1]["tables"][0] == WARNING


@pytest.mark.skipif(POSTGRESQL, reason="the index lies elsewhere")
def test_an_index_that_is_missing_or_old(home: Path) -> None:
    execute(home / "var" / "investbot.db", "update revision set fingerprint = 'other'")
    old = examine(home)[1]["index"]
    shutil.rmtree(home / "var" / "investbot.db.index")
    missing = examine(home)[1]["index"]

    assert old[0] == missing[0] == WARNING
    assert "older" in old[1]
    assert "missing" in missing[1]


def test_names_that_cannot_be_drawn(home: Path) -> None:
    execute(home / "var" / "investbot.db", "update chain set name = name || '\U000130be'")

    state, said = examine(home)[1]["typeface"]

    assert state == WARNING
    assert "\U000130be" in said


def test_a_typeface_that_takes_long_to_read_is_no_fault(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that has much else to do."""
    letters = font.held()

    @cache
    def held() -> frozenset[int]:
        time.sleep(examination.LONGEST + 0.5)
        return letters

    monkeypatch.setattr(examination, "LONGEST", 3.0)
    monkeypatch.setattr(font, "held", held)
    monkeypatch.setattr(examination, "held", held)
    address = database_url(home / "var" / "investbot.db")
    found = {one.check: one.state for one in examination.examine(database_url=address)}

    assert found["typeface"] == GOOD


def test_it_leaves_no_connection_open(home: Path) -> None:
    opened: set[int] = set()

    def note(connection: object, _: object) -> None:
        opened.add(id(connection))

    def forget(connection: object, _: object) -> None:
        opened.discard(id(connection))

    event.listen(Pool, "connect", note)
    event.listen(Pool, "close", forget)
    try:
        checks = len(list(examination.examine(database_url=database_url(home / "var" / "investbot.db"))))
    finally:
        event.remove(Pool, "connect", note)
        event.remove(Pool, "close", forget)

    assert checks > len(examination.CHECKS)
    assert not opened


@pytest.mark.skipif(POSTGRESQL, reason="a server lies elsewhere")
def test_a_database_server_that_is_not_there(home: Path) -> None:
    code, found = examine(home, "--database", f"postgresql://me:hidden@127.0.0.1:{free_port()}/x")

    assert code == 1
    assert found["database"][0] == BAD
    assert "hidden" not in str(found)


def test_a_port_that_another_program_has(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = examine(home, DESK_PORT=port)[1]["ports"]
    free = examine(home, DESK_PORT=port)[1]["ports"]

    assert found[0] == BAD
    assert "DESK_PORT" in found[1]
    assert free[0] == GOOD


def test_a_time_zone_that_is_unknown_and_an_unreadable_file_of_settings(home: Path) -> None:
    (home / ".env").write_bytes("DESK_HOST=\xff".encode("latin-1"))
    code, found = examine(home, TIME_ZONE="Mars/Olympus", TELEGRAM_BOT_TOKEN="s3cret")

    assert code == 1
    assert found["settings"][0] == BAD
    assert found["time zone"][0] == GOOD


@contextmanager
def answering(body: bytes, date: float | None = None) -> Iterator[str]:
    """Something that answers every request alike, with the time that it believes it is; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return formatdate(date if date is not None else timestamp, usegmt=True)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
