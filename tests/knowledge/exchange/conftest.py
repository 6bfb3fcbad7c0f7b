"""An invented bureau of one's own to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.database import open_engine
from tests.databases import database_url
from tests.knowledge.exchange.books import export


@pytest.fixture
def here(bureau_home: Path, tmp_path: Path) -> Iterator[Engine]:
    """The bureau, built, with what is derived from it."""
    shutil.copytree(bureau_home / "var", tmp_path / "here")
    opened = open_engine(database_url(tmp_path / "here" / "investbot.db"))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def exported(bureau: Engine) -> bytes:
    """The bureau's workbook."""
    return export(bureau)
