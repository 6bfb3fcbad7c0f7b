"""What is logged: where and what went wrong; no token, and nothing that a person wrote or is called by."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.logs import JsonFormatter, RedactingFormatter
from knowledge.database import open_engine
from tests.bot.telegram.conftest import serving, wait_until
from tests.databases import POSTGRESQL, database_url, execute
from tests.telegram_server.client import TOKEN, StandIn

WORDS, NAME, NUMBER = "低空经济链长是谁 我的电话是13800138000", "欧阳小明", 778899


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.x", logging.ERROR, __file__, 1, message, (), info)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


def named_in(log: str) -> list[str]:
    return [word for word in (WORDS[:4], "13800138000", NAME, str(NUMBER), TOKEN) if word in log]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_of_a_talk_that_fails_only_the_place_is_logged(
    fresh: StandIn, home: Path, form: str, level: str
) -> None:
    with serving(fresh, home, LOG_FORMAT=form, LOG_LEVEL=level) as bot:
        person = fresh.user(NUMBER, first_name=NAME)
        # Telegram refuses the reply, so that the update fails; then the database does not take the turn.
        fresh.fault("sendMessage", "400")
        person.ask("低空经济链长是谁")
        execute(home / "var" / "investbot.db", "alter table question rename to gone")
        person.ask(WORDS)
        person.ask("/enquiries")
        execute(home / "var" / "investbot.db", "drop table chat")
        for told in (WORDS, "/export", "/forget", "/subscribe"):
            person.say(told)
            person.reply()
        wait_until(lambda: "could not be read" in bot.log)
        log = bot.log

    assert named_in(log) == []
    if form == "json":
        assert {"time", "level", "logger", "message"} <= set(json.loads(log.splitlines()[0]))
        for line in log.splitlines():
            json.loads(line)


def test_an_update_that_fails_is_named_by_number_and_kind(fresh: StandIn, home: Path) -> None:
    with serving(fresh, home, LOG_FORMAT="json") as bot:
        person = fresh.user(NUMBER, first_name=NAME)
        # The reply is refused as it would be if it were ill-formed: ours to put right.
        fresh.fault("sendMessage", "400")
        update = person.say(WORDS)
        wait_until(lambda: "An update failed" in bot.log)
        lines = [json.loads(line) for line in bot.log.splitlines()]

    (failed,) = [line for line in lines if "An update failed" in line["message"]]
    assert failed["message"] == f"An update failed: message, number {update['update_id']}"
    assert "handlers.py" in failed["exception"]
    assert "BadRequest" in failed["exception"]
    assert named_in(str(lines)) == []


@pytest.mark.parametrize("kind", [RedactingFormatter, JsonFormatter])
def test_a_token_is_blotted_out_however_it_is_written(kind: type[RedactingFormatter]) -> None:
    secret = "123:abc-DEF_9"
    encoded = secret.replace(":", "%3A")
    error = raised(OSError(f"no route to https://x/bot{encoded}/getMe"))
    told = kind(secret).format(record(f"{secret} {encoded} {encoded.lower()}", error))

    assert "abc-DEF" not in told
    assert told.count("<secret>") >= 3
    assert "no route to" in told


def test_the_words_of_an_error_of_ours_are_not_logged_its_place_is() -> None:
    error = raised(ValueError(f"not an intent: {WORDS!r}"), raised(KeyError(NAME)))
    told = RedactingFormatter("").format(record(f"A turn failed of telegram:{NUMBER}", error))

    assert named_in(told) == []
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "test_logs.py" in told
    assert "telegram:<chat>" in told


@pytest.mark.every_database
def test_an_error_of_the_database_does_not_repeat_what_was_to_be_written(tmp_path: Path) -> None:
    engine = open_engine(database_url(tmp_path / "a.db"))
    inserting = text("insert into one values (:name)"), {"name": f"{WORDS} {NAME}"}
    with engine.connect() as connection:
        connection.execute(text("create table one (name varchar(200) primary key)"))
        connection.execute(*inserting)
        with pytest.raises(DatabaseError) as refused:
            connection.execute(*inserting)
    engine.dispose()
    told = RedactingFormatter("").format(record("x", refused.value))

    assert named_in(told) == []
    assert "unique" in told.lower()
    assert POSTGRESQL is ("psycopg" in told)
