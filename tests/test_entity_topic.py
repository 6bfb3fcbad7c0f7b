"""Any entity, any topic that it has a fact on, in any wording: the answer rests on such a fact."""

import tomllib
from collections.abc import Iterator
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

EVERY = 3
"""Of so many questions one is asked: as many tell whether the share has fallen."""

SHARES = 4
"""Tests that the questions are dealt out to, so that all workers have some to the end."""


def _called(entity: Entity, language: str) -> str:
    """As a person says it: the shortest of the first names."""
    if language == "en":
        return entity.name_en
    return min([entity.name, *(name for name in entity.aliases[:1] if not name.isascii())], key=len)


def questions(library: Library) -> Iterator[tuple[str, str, set[str]]]:
    """The topic, the question, and the quotes of which one has to be told."""
    for id, topics in library.of_entity.items():
        if library.foreign(id):
            continue
        for topic, records in topics.items():
            quotes = {evidence.quote for record in records for evidence in record.evidence}
            for language, wordings in WORDINGS.get(topic, {}).items():
                name = _called(library.entities[id], language)
                yield from ((topic, wording.format(name=name), quotes) for wording in wordings if name)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_entity_is_answered_on_every_topic_it_has(
    shipped: Engine, shipped_asker: Asker, share: int
) -> None:
    with session(shipped) as database:
        everything = list(questions(Library(database)))
    asked, wrong = everything[share :: SHARES * EVERY], []
    for topic, question, quotes in asked:
        answer = shipped_asker.ask(question)
        told = {source.quote for source in answer.sources}
        if answer.outcome is not Outcome.ANSWERED or not told & quotes:
            wrong.append(f"{topic}: {question}")

    assert len(everything) > 6_000
    assert 1 - len(wrong) / len(asked) >= LEAST, "\n".join(wrong)
