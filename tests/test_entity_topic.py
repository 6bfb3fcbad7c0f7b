"""Any entity, any topic that it has a fact on, in any wording: the answer rests on such a fact."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.library import Entity, Library
from knowledge.database import session

WORDINGS = tomllib.loads((Path(__file__).parent / "questions" / "wordings.toml").read_text("utf-8"))

LEAST = 0.98
"""The share of the questions that must be answered with a fact on just this entity and topic."""

SHARES = 4
"""Tests that the entities are dealt out to, so that all workers have some to the end."""


def _called(entity: Entity, language: str) -> str:
    """As a person says it: the shortest of the first names."""
    if language == "en":
        return entity.name_en
    return min([entity.name, *(name for name in entity.aliases[:1] if not name.isascii())], key=len)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_entity_is_answered_on_every_topic_it_has(
    shipped: Engine, shipped_asker: Asker, share: int
) -> None:
    with session(shipped) as database:
        library = Library(database)
    asked, wrong = 0, []
    ours = [(id, topics) for id, topics in library.of_entity.items() if not library.foreign(id)]
    for id, topics in ours[share::SHARES]:
        for topic, records in topics.items():
            quotes = {evidence.quote for record in records for evidence in record.evidence}
            for language, wordings in WORDINGS.get(topic, {}).items():
                name = _called(library.entities[id], language)
                for wording in wordings if name else ():
                    answer = shipped_asker.ask(wording.format(name=name))
                    told = {source.quote for source in answer.sources}
                    asked += 1
                    if answer.outcome is not Outcome.ANSWERED or not told & quotes:
                        wrong.append(f"{topic}: {wording.format(name=name)}")

    assert asked > 6_000 / SHARES * 0.8, asked
    assert 1 - len(wrong) / asked >= LEAST, "\n".join(wrong)
