"""Fixtures that several tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine
from tests.bureau import write_bureau

# How long one example takes is not what a property test is about.
settings.register_profile("investbot", deadline=None)
settings.load_profile("investbot")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A real database file, empty."""
    opened = open_engine(f"sqlite:///{tmp_path / 'investbot.db'}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The invented bureau, built once; read only."""
    folder = tmp_path_factory.mktemp("bureau")
    opened = open_engine(f"sqlite:///{folder / 'investbot.db'}")
    build(opened, write_bureau(folder / "documents"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def asker(bureau: Engine) -> Asker:
    """Asks the invented bureau."""
    return Asker(bureau)
