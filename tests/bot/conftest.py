"""What the tests of all faces share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.browser import Browser, browsing
from tests.telegram_server.client import StandIn, stand_in


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a worker; each test comes in anew."""
    with browsing(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture
def home(bureau_home: Path, tmp_path: Path) -> Path:
    """A working directory with the bureau's documents and its database."""
    return shutil.copytree(bureau_home, tmp_path / "home")


@pytest.fixture
def fresh() -> Iterator[StandIn]:
    """A stand-in for one test alone."""
    with stand_in(threaded=True) as server:
        yield server
