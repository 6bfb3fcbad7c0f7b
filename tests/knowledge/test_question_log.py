"""What investors ask, counted."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.database import session
from knowledge.models import Question
from knowledge.question_log import count_questions, latest_questions

NOW = dt.datetime(2026, 3, 10, 23, tzinfo=dt.UTC)


def ask(
    database: Session,
    text: str,
    day: int,
    status: str = "answered",
    language: str = "zh-Hans",
    entity: str = "",
    helpful: bool | None = None,
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
        helpful=helpful,
    )
    database.add(row)


@pytest.fixture
def database(engine: Engine) -> Iterator[Session]:
    with session(engine) as opened:
        ask(opened, "低空经济的链长是谁", 1, entity="chain.low-altitude")
        ask(opened, "低空经济的链长是谁", 8, entity="chain.low-altitude", helpful=True)
        ask(opened, "租金多少", 9, "missing", entity="park.lanwan", helpful=False)
        ask(opened, "租金多少？", 10, "missing", entity="park.lanwan")
        ask(opened, "Weather today", 10, "unknown", language="en")
        opened.commit()
        yield opened


def test_questions_are_counted_over_a_time(database: Session) -> None:
    asked = count_questions(database, NOW, 3)

    assert asked.total == 4
    assert asked.by_day == {dt.date(2026, 3, day): count for day, count in ((8, 1), (9, 1), (10, 2))}
    assert asked.by_status == {"answered": 1, "missing": 2, "unknown": 1}
    assert asked.by_language == {"zh-Hans": 3, "en": 1}
    assert asked.by_entity == {"park.lanwan": 2, "chain.low-altitude": 1}
    assert asked.by_helpful == {True: 1, False: 1}


def test_a_day_begins_where_the_bureau_is(database: Session) -> None:
    # There it is 23:00 at 09:00 UTC, and 00:30 of the next day at 10:30 UTC.
    ahead = NOW.astimezone(ZoneInfo("Pacific/Kiritimati"))
    ask(database, "租金呢", 8, "missing")
    late = database.exec(select(Question).where(Question.text == "租金呢")).one()
    late.asked_at = dt.datetime(2026, 3, 8, 10, 30, tzinfo=dt.UTC)
    database.add(late)
    database.commit()

    asked = count_questions(database, ahead, 4)

    assert asked.by_day == {dt.date(2026, 3, day): count for day, count in ((8, 1), (9, 2), (10, 2), (11, 0))}


def test_the_log_is_searched(database: Session) -> None:
    assert [row.text for row in latest_questions(database, words="租金")] == ["租金多少？", "租金多少"]
    assert [row.text for row in latest_questions(database, status="unknown")] == ["Weather today"]
    assert [row.text for row in latest_questions(database, helpful=False)] == ["租金多少"]
    assert latest_questions(database, words="%") == []
