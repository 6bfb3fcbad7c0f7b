"""A question that somebody has written for a fact is answered with it, whatever its words would lead to."""

import random

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.library import Library
from knowledge.asking.normalize import to_traditional
from knowledge.database import session


def test_each_written_question_is_answered_by_its_fact(shipped_asker: Asker) -> None:
    with session(shipped_asker._engine) as database:
        library = Library(database)
    written = [(text, record.id) for record in library.records for text in record.questions]

    for text, id in random.Random(1).sample(written, 60):
        if not library.denies(text):
            assert id in shipped_asker.ask(text).facts, text


def test_marks_and_the_script_do_not_matter(shipped_asker: Asker) -> None:
    plain = shipped_asker.ask("科技园一期现在干到哪一步了？")
    other = shipped_asker.ask(to_traditional("科技园一期现在干到哪一步了"))

    assert plain.outcome is other.outcome is Outcome.ANSWERED
    assert plain.facts == other.facts
    assert "调试" in plain.text


def test_staff_are_told_that_it_was_written(shipped_asker: Asker) -> None:
    assert "写下的问法" in shipped_asker.explain("科技园一期现在干到哪一步了？")
    assert "写下的问法" not in shipped_asker.explain("新经济链长是谁")
