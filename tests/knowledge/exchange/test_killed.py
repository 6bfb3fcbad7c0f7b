"""Kill -9 at any moment of an import, a publishing or an undoing: before or after, never between."""

import multiprocessing
import random
import shutil
import time
import warnings
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from knowledge.database import open_engine, writing
from knowledge.people import SHELL
from knowledge.review import Reviewer
from tests.databases import database_url
from tests.knowledge.exchange.books import add_rows, change_cells, export, tables, take
from tests.knowledge.exchange.killing import ACTS, act

MOMENTS = 50
SIGKILL = -9
CLOCK = ("at", "decided_at", "created_at", "read_at")
"""Columns that say when it was done; all others are the same each time."""

State = dict[str, list[Any]]


def state(path: Path) -> State:
    opened = open_engine(database_url(path))
    try:
        return tables(opened, without=CLOCK)
    finally:
        opened.dispose()


@pytest.fixture
def prepared(here: Engine, tmp_path: Path) -> tuple[Path, Path]:
    """A database with a draft that waits and a change that can be undone; a workbook of many new facts."""
    take(here, change_cells(export(here), "企业", "company.haideng", 英文名称="First"))
    with writing(here) as database:
        entry = {
            "kind": "company",
            "id": "company.xinghe",
            "name": "星河航空产业园",
            "evidence": [],
        }
        document = database.connection().exec_driver_sql("select sha256, original from document").first()
        assert document is not None
        start = str(document[1]).index("星河航空产业园")
        place = {"document": document[0], "start": start, "end": start + 7, "quote": "星河航空产业园"}
        Reviewer(database, SHELL).propose({**entry, "evidence": [place]})
        database.commit()
    rows = [
        {"名称": f"{number}号船坞", "别名": f"船坞{number}", "依据说明": f"{number}号船坞。"}
        for number in range(60)
    ]
    workbook = tmp_path / "many.xlsx"
    workbook.write_bytes(add_rows(export(here), "企业", *rows))
    here.dispose()
    return tmp_path / "here" / "investbot.db", workbook


def run(what: str, database: Path, workbook: Path, folder: Path, moment: float | None) -> tuple[int, float]:
    """Start an act and kill it so many seconds after it began, or let it end; its exit code and its time."""
    begun = folder / "begun"
    begun.unlink(missing_ok=True)
    # Forked, it has everything imported; a fresh one would be killed at that most of the time.
    process = multiprocessing.get_context("fork").Process(target=act, args=(what, database, workbook, begun))
    with warnings.catch_warnings():
        # Newer Pythons warn where a test runner has threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    while not begun.exists() and process.is_alive():
        time.sleep(0.0005)
    start = time.monotonic()
    process.join(moment)
    process.kill()
    process.join()
    return process.exitcode or 0, time.monotonic() - start


def test_killed_at_any_moment_it_is_before_or_after(prepared: tuple[Path, Path], tmp_path: Path) -> None:
    database, workbook = prepared
    chance = random.Random(5)
    before = state(database)
    copy = tmp_path / "copy.db"
    killed = {SIGKILL: 0, 0: 0}
    for what in ACTS:
        shutil.copy(database, copy)
        code, whole = run(what, copy, workbook, tmp_path, None)
        after = state(copy)
        assert code == 0
        assert after != before
        for _ in range(MOMENTS // len(ACTS) + 1):
            for leftover in tmp_path.glob("copy.db*"):
                leftover.unlink()
            shutil.copy(database, copy)
            code, _ = run(what, copy, workbook, tmp_path, chance.uniform(0, whole * 1.1))
            killed[code] += 1
            found = state(copy)
            assert found in (before, after), what
            assert found == after or code == SIGKILL
    assert killed[SIGKILL] >= MOMENTS // 3
