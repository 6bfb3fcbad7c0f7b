"""A build after staff changed what a reviewed file says: theirs stays, and only a changed file is a draft."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from knowledge.build import build
from knowledge.database import session, writing
from knowledge.history import latest
from knowledge.models import Draft, DraftSource
from knowledge.people import SHELL
from knowledge.review import Reviewer, waiting_drafts
from tests.bureau import FACTS, write_bureau

ID = "statement.xinghe-location"
NEWER = "星河航空产业园在云港新区北岸大道。"


def edit(reviewer: Reviewer, entry: dict[str, Any]) -> None:
    reviewer.edit({**entry, "text": "星河航空产业园位于北岸大道。"}, 1)


def retire(reviewer: Reviewer, entry: dict[str, Any]) -> None:
    reviewer.retire([entry["id"]])


def taken_back(reviewer: Reviewer, entry: dict[str, Any]) -> None:
    reviewer.edit({**entry, "owner": "陈立"}, 1)
    reviewer.undo(2)


def drafts(engine: Engine) -> list[Draft]:
    with session(engine) as database:
        return waiting_drafts(database)


def rebuild(engine: Engine, folder: Path, text: str, times: int) -> list[Draft]:
    """Build with another fact in the files besides, so that there is something to build."""
    facts = deepcopy(FACTS)
    for fact in facts:
        if fact["id"] == ID:
            fact["text"] = text
        if fact["id"] == "company.haideng":
            fact["aliases"] = [f"海灯{times}号"]
    assert not build(engine, write_bureau(folder, facts=facts)).unchanged
    return drafts(engine)


@pytest.mark.parametrize("deed", [edit, retire, taken_back])
def test_only_a_changed_file_is_proposed(
    own_bureau: Engine, tmp_path: Path, deed: Callable[[Reviewer, dict[str, Any]], None]
) -> None:
    (shipped,) = [fact["text"] for fact in FACTS if fact["id"] == ID]
    with writing(own_bureau) as database:
        deed(Reviewer(database, SHELL), latest(database, [ID])[ID].entry or {})
        database.commit()
        theirs = latest(database, [ID])[ID].entry

    unchanged = rebuild(own_bureau, tmp_path / "documents", shipped, 1)
    changed = rebuild(own_bureau, tmp_path / "documents", NEWER, 2)
    again = rebuild(own_bureau, tmp_path / "documents", NEWER, 3)

    assert unchanged == []
    assert [(one.fact_id, one.source) for one in changed] == [(ID, DraftSource.REVIEWED)]
    assert [one.id for one in again] == [one.id for one in changed]
    with session(own_bureau) as database:
        assert latest(database, [ID])[ID].entry == theirs
