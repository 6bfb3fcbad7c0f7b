"""`investbot signing` and `investbot push` as people run them."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine

from bot.commands.push import push as push_group
from bot.commands.signing import signing as signing_group
from knowledge.announcing import pushes
from knowledge.announcing.pushes import Outcome
from knowledge.announcing.release import release
from knowledge.announcing.subscriptions import change, subscribe
from knowledge.database import open_engine, writing
from knowledge.models import PushState
from tests.bot.test_cli import investbot
from tests.databases import database_url

SIGNING = "signing.spring-2024"


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    """A working directory with the bureau's documents and its database."""
    return Path(shutil.copytree(bureau_home, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def engine(home: Path) -> Iterator[Engine]:
    """The database that the commands work on, with three subscribers."""
    opened = open_engine(database_url(home / "var" / "investbot.db"))
    now = dt.datetime.now(dt.UTC)
    with writing(opened) as database:
        for number, language in enumerate(("zh-Hans", "zh-Hant", "en")):
            subscribe(database, f"test:{number}", language, "UTC", now)
            change(database, f"test:{number}", now, quiet="")
        database.commit()
    yield opened
    opened.dispose()


def send(engine: Engine, *states: PushState) -> None:
    """What the sender does with so many messages."""
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as database:
        while release(database, now):
            pass
        jobs = pushes.take(database, "test", now, len(states))
        outcomes = [
            Outcome(job, state, message="1", reason="Bad Request" if state is PushState.FAILED else "")
            for job, state in zip(jobs, states, strict=True)
        ]
        pushes.settle(database, outcomes, now)
        database.commit()


def signing(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return investbot(home, "signing", *arguments, stdin=stdin.encode())


def status(home: Path, *arguments: str) -> dict[str, int]:
    done = investbot(home, "push", "status", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_a_signing_is_announced_counted_sent_again_and_recalled(home: Path, engine: Engine) -> None:
    shown = signing(home, "announce", SIGNING, stdin="n\n")
    assert shown.returncode == 1
    for must in ("新签约：2024年春季签约仪式", "新簽約：2024年春季", "New signing: Spring 2024"):
        assert must in shown.stdout
    assert "at once: 3" in shown.stdout
    assert status(home) == {"sent": 0, "waiting": 0, "blocked": 0, "failed": 0}

    done = signing(home, "announce", SIGNING, stdin="y\n")
    assert done.returncode == 0, done.stderr
    assert status(home, "1") == {"sent": 0, "waiting": 3, "blocked": 0, "failed": 0}
    twice = signing(home, "announce", SIGNING, "--yes")
    assert twice.returncode == 1
    assert "announced already (no. 1, by shell)" in twice.stderr

    send(engine, PushState.SENT, PushState.FAILED)
    assert status(home, SIGNING) == {"sent": 1, "waiting": 1, "blocked": 0, "failed": 1}
    told = investbot(home, "push", "status", "1").stdout
    assert "being sent, 1 of 3" in told
    assert "Bad Request: 1" in told
    assert "To be sent again: 1" in investbot(home, "push", "retry", "1").stdout
    assert investbot(home, "push", "retry", SIGNING).returncode == 1
    send(engine, PushState.SENT, PushState.BLOCKED)
    assert status(home) == {"sent": 2, "waiting": 0, "blocked": 1, "failed": 0}
    (row,) = [json.loads(line) for line in signing(home, "list", "--json").stdout.splitlines()]
    assert (row["id"], row["announcement"], row["state"], row["sent"]) == (SIGNING, 1, "released", 2)

    same = signing(home, "correct", "1")
    assert (same.returncode, "what the facts say now" in same.stderr) == (1, True)
    late = signing(home, "cancel", SIGNING)
    assert (late.returncode, "can be recalled" in late.stderr) == (1, True)
    assert "struck out: 2" in signing(home, "recall", SIGNING).stdout
    assert "recalled" in signing(home, "list").stdout
    assert signing(home, "recall", "1").returncode == 1


def test_it_is_scheduled_by_the_bureaus_clocks_and_cancelled(home: Path, engine: Engine) -> None:
    at = f"{dt.datetime.now(dt.UTC) + dt.timedelta(days=2):%Y-%m-%d}T10:30"
    done = signing(home, "announce", SIGNING, "--yes", "--at", at, "--picture", "chain")
    (row,) = [json.loads(line) for line in signing(home, "list", "--json").stdout.splitlines()]

    assert done.returncode == 0, done.stderr
    assert row["at"] == f"{at}:00+08:00"
    assert status(home, "1")["waiting"] == 3
    assert signing(home, "cancel", "1").returncode == 0
    assert status(home, "1")["waiting"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "must"),
    [
        (["signing", "announce", "signing.nowhere", "--yes"], 1, "signing.nowhere"),
        (["signing", "announce", SIGNING, "--yes", "--at", "2020-01-01 10:00"], 1, "past"),
        (["signing", "announce", SIGNING, "--yes", "--at", "tomorrow"], 2, "--at"),
        (["signing", "announce", SIGNING, "--yes", "--picture", "cat"], 2, "--picture"),
        (["signing", "announce", SIGNING], 1, "Abort"),
        (["signing", "announce", SIGNING, "--yes", "--by", "Nobody"], 2, "Nobody"),
        (["signing", "correct", SIGNING], 1, "not announced"),
        (["signing", "recall", "7"], 1, "no announcement 7"),
        (["push", "status", "7", "--json"], 1, "no announcement 7"),
    ],
)
def test_what_cannot_be_done_is_said(home: Path, arguments: list[str], code: int, must: str) -> None:
    done = investbot(home, *arguments)

    assert (done.returncode, must in done.stderr) == (code, True), done.stderr


def test_only_a_publisher_announces(home: Path, engine: Engine) -> None:
    assert investbot(home, "staff", "add", "陈立", "--role", "editor").returncode == 0
    refused = signing(home, "announce", SIGNING, "--yes", "--by", "陈立")
    assert investbot(home, "staff", "add", "周岚", "--role", "publisher").returncode == 0
    done = signing(home, "announce", SIGNING, "--yes", "--by", "周岚")

    assert (refused.returncode, "takes a publisher" in refused.stderr) == (1, True)
    assert done.returncode == 0, done.stderr
    assert '"by": "周岚"' in signing(home, "list", "--json").stdout


@pytest.mark.parametrize("group", [signing_group, push_group], ids=lambda group: group.name)
def test_every_command_has_an_example(group: click.Group) -> None:
    assert len(group.commands) >= 2
    for name, command in group.commands.items():
        assert f"Example: investbot {group.name} {name}" in (command.help or "")
