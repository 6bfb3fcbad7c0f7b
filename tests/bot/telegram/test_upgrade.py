"""A newer version begins beside an older one that goes on answering; nothing is lost between the two."""

import shutil
from pathlib import Path

import pytest

from tests.bot.process import environ, finish
from tests.bot.telegram.conftest import serving, wait_until
from tests.databases import execute
from tests.telegram_server.client import StandIn


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bureau_home, tmp_path / "home")


def expand(file: Path) -> None:
    """What a migration of a newer version may do: add a table, and columns that need no value."""
    execute(file, "create table news (id integer primary key)")
    execute(file, "alter table question add column mood varchar(20) not null default ''")
    execute(file, "alter table incoming add column tried_at timestamp")
    execute(file, "update alembic_version set version_num = '9999'")


@pytest.mark.every_database
def test_an_older_worker_goes_on_while_a_newer_one_has_migrated(fresh: StandIn, home: Path) -> None:
    file = home / "var" / "investbot.db"
    with serving(fresh, home) as bot:
        person = bot.someone()
        assert "周岚" in person.ask("低空经济链长是谁").text
        asked = execute(file, "select count(*) from question")[0][0]
        expand(file)
        assert "500亩" in person.ask("星河航空产业园占地多少").text
        wait_until(lambda: execute(file, "select count(*) from question")[0][0] == asked + 1)
        wait_until(lambda: not execute(file, "select id from incoming where state in ('waiting', 'taken')"))
        assert "ERROR" not in bot.log
        bot.process.terminate()
        assert bot.process.wait(20) == 0


@pytest.mark.every_database
def test_an_older_worker_does_not_begin_on_a_newer_database(fresh: StandIn, home: Path) -> None:
    expand(home / "var" / "investbot.db")
    settings = {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_BASE_URL": fresh.base_url}
    done = finish("serve", cwd=home, env=environ(home, **settings))

    assert done.returncode == 2
    assert "newer version" in done.stderr
    assert fresh.log() == []
