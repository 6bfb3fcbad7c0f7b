"""Fixtures that several tests share."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import migrate, open_engine
from tests import certificates, databases
from tests.bot import process
from tests.bureau import write_bureau
from tests.databases import database_url
from tests.shared import once

# How long one example takes is not what a property test is about.
settings.register_profile("investbot", deadline=None)
settings.load_profile("investbot")


RUBBISH = (20_000, 20, 20)
"""When it is looked for; as often as is usual, it is an eighth of all the work of the tests."""

_ENDS = pytest.StashKey[list[Callable[[], None]]]()
"""What is to be ended with the run, by the process that began it: not by its workers."""


def pytest_configure(config: pytest.Config) -> None:
    ends = config.stash[_ENDS] = []
    if databases.POSTGRESQL and databases.begin():
        ends.append(databases.end)
    if process.begin():
        ends.append(process.end)
    if certificates.begin():
        ends.append(certificates.end)


def pytest_unconfigure(config: pytest.Config) -> None:
    for end in config.stash[_ENDS]:
        end()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded by then stays to the end: it is not looked through for rubbish again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*RUBBISH)
        gc.enable()


@pytest.fixture(autouse=databases.POSTGRESQL)
def _swept(tmp_path: Path) -> Iterator[None]:
    """A test's own databases go with it."""
    yield
    databases.drop_below(tmp_path)


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that has all tables and nothing in them.

    Migrated once for all workers: to be copied.
    """

    def make(folder: Path) -> None:
        opened = open_engine(database_url(folder / "investbot.db"))
        migrate(opened)
        opened.dispose()

    return once(tmp_path_factory, "empty", make)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Engine]:
    """A real database file of the test's own, without a table."""
    opened = open_engine(database_url(tmp_path / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture
def engine(empty_home: Path, tmp_path: Path) -> Iterator[Engine]:
    """A real database file of the test's own: all tables, and nothing in them."""
    shutil.copytree(empty_home, tmp_path, dirs_exist_ok=True)
    opened = open_engine(database_url(tmp_path / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def bureau_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with the invented bureau's documents and its database, as a build leaves it.

    Built once for all workers: to be copied.
    """

    def make(folder: Path) -> None:
        (folder / "var").mkdir()
        opened = open_engine(database_url(folder / "var" / "investbot.db"))
        build(opened, write_bureau(folder / "documents"))
        Asker(opened).prepare()
        opened.dispose()

    return once(tmp_path_factory, "bureau", make)


@pytest.fixture(scope="session")
def bureau(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The invented bureau; read only."""
    folder = shutil.copytree(bureau_home / "var", tmp_path_factory.mktemp("bureau"), dirs_exist_ok=True)
    opened = open_engine(database_url(folder / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def asker(bureau: Engine) -> Asker:
    """Asks the invented bureau."""
    return Asker(bureau)


@pytest.fixture
def own_bureau(bureau_home: Path, tmp_path: Path) -> Iterator[Engine]:
    """The invented bureau in a database of the test's own, to be changed; its documents lie beside it."""
    shutil.copytree(bureau_home / "documents", tmp_path / "documents")
    shutil.copytree(bureau_home / "var", tmp_path, dirs_exist_ok=True)
    opened = open_engine(database_url(tmp_path / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The documents that come with the program, built; read only."""

    def make(folder: Path) -> None:
        opened = open_engine(database_url(folder / "investbot.db"))
        assert not build(opened, None).refused
        Asker(opened).prepare()
        opened.dispose()

    made = once(tmp_path_factory, "shipped", make)
    folder = shutil.copytree(made, tmp_path_factory.mktemp("shipped"), dirs_exist_ok=True)
    opened = open_engine(database_url(folder / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def shipped_asker(shipped: Engine) -> Asker:
    """Asks about them."""
    return Asker(shipped)
