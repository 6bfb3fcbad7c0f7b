"""A question that somebody has written for a fact is answered, with it unless its words say it all."""

import random

from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.library import Library
from knowledge.asking.normalize import to_traditional
from knowledge.database import session


def test_each_written_question_is_answered(shipped_asker: Asker) -> None:
    with session(shipped_asker._engine) as database:
        library = Library(database)
    written = [(text, record.id) for record in library.records for text in record.questions]
    some = [(text, id) for text, id in random.Random(1).sample(written, 60) if not library.denies(text)]
    answers = [(shipped_asker.ask(text), text, id) for text, id in some]

    assert [text for answer, text, _ in answers if answer.outcome is not Outcome.ANSWERED] == []
    assert sum(id in answer.facts for answer, _, id in answers) >= 0.8 * len(some)


def test_marks_and_the_script_do_not_matter(shipped_asker: Asker) -> None:
    plain = shipped_asker.ask("摸底要摸清哪些内容？")
    other = shipped_asker.ask(to_traditional("摸底要摸清哪些内容"))

    assert plain.outcome is other.outcome is Outcome.ANSWERED
    assert plain.facts == other.facts
    assert "关键技术" in plain.text


def test_staff_are_told_that_it_was_written(shipped_asker: Asker) -> None:
    assert "写下的问法" in shipped_asker.explain("摸底要摸清哪些内容？")
    assert "写下的问法" not in shipped_asker.explain("新经济链长是谁")
