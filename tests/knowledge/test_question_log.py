"""What investors ask, counted; what was not answered, together."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from knowledge.database import migrate, session
from knowledge.models import Question
from knowledge.question_log import count_questions, latest_questions, missed_questions

TODAY = dt.date(2026, 3, 10)


def ask(
    database: Session,
    text: str,
    day: int,
    status: str = "answered",
    language: str = "zh-Hans",
    entity: str = "",
) -> None:
    at = dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC)
    row = Question(
        asked_at=at,
        face="telegram",
        text=text,
        status=status,
        language=language,
        entity=entity,
        confidence=1.0,
    )
    database.add(row)


@pytest.fixture
def database(engine: Engine) -> Session:
    migrate(engine)
    opened = session(engine)
    ask(opened, "低空经济的链长是谁", 1, entity="chain.low-altitude")
    ask(opened, "低空经济的链长是谁", 8, entity="chain.low-altitude")
    ask(opened, "租金多少", 9, "missing", entity="park.lanwan")
    ask(opened, "租金多少？", 10, "missing", entity="park.lanwan")
    ask(opened, "Weather today", 10, "unknown", language="en")
    opened.commit()
    return opened


def test_questions_are_counted_over_a_time(database: Session) -> None:
    asked = count_questions(database, TODAY, 3)

    assert asked.total == 4
    assert asked.by_day == {dt.date(2026, 3, day): count for day, count in ((8, 1), (9, 1), (10, 2))}
    assert asked.by_status == {"answered": 1, "missing": 2, "unknown": 1}
    assert asked.by_language == {"zh-Hans": 3, "en": 1}
    assert asked.by_entity == {"park.lanwan": 2, "chain.low-altitude": 1}


def test_the_log_is_searched(database: Session) -> None:
    assert [row.text for row in latest_questions(database, words="租金")] == ["租金多少？", "租金多少"]
    assert [row.text for row in latest_questions(database, status="unknown")] == ["Weather today"]
    assert latest_questions(database, words="%") == []


def test_what_was_missed_in_the_same_words_stands_together(database: Session) -> None:
    missed = missed_questions(database)

    assert [(one.text, one.count) for one in missed] == [("租金多少？", 2), ("Weather today", 1)]
    assert missed_questions(database, dt.datetime(2026, 3, 11, tzinfo=dt.UTC)) == []
