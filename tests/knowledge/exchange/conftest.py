"""An invented bureau of one's own to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.build import build
from knowledge.database import open_engine
from tests.bureau import write_bureau
from tests.knowledge.exchange.books import export


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of the bureau, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "investbot.db"
    opened = open_engine(f"sqlite:///{path}")
    build(opened, write_bureau(folder / "documents"))
    opened.dispose()
    return path


@pytest.fixture
def here(template: Path, tmp_path: Path) -> Iterator[Engine]:
    """The bureau, built."""
    shutil.copy(template, tmp_path / "here.db")
    opened = open_engine(f"sqlite:///{tmp_path / 'here.db'}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def exported(bureau: Engine) -> bytes:
    """The bureau's workbook."""
    return export(bureau)
