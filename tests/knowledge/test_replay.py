"""Before publishing: what was asked is asked anew, and nothing has changed afterwards."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.evaluation import Row
from knowledge.history import latest
from knowledge.models import Action, Question
from knowledge.publishing import ConflictError, Edit, apply
from knowledge.replay import asked_so_far, replay

ASKED = ["星河航空产业园占地多少", "低空经济的链长是谁", "今天天气怎么样", "星河航空产业园占地多少"]


@pytest.fixture
def built(own_bureau: Engine) -> Engine:
    """The bureau, of which some things were asked."""
    with writing(own_bureau) as database:
        for text in ASKED:
            database.add(
                Question(
                    asked_at=dt.datetime.now(dt.UTC),
                    face="telegram",
                    text=text,
                    status="answered",
                    language="zh-Hans",
                    confidence=1.0,
                )
            )
        database.commit()
    return own_bureau


def edit(engine: Engine, id: str, **fields: object) -> Edit:
    """A fact with other values."""
    with session(engine) as database:
        held = latest(database, [id])[id]
    return Edit(id, {**(held.entry or {}), **fields}, base=held.number)


def test_the_log_is_asked_once_each_the_latest_first(built: Engine) -> None:
    with session(built) as database:
        assert asked_so_far(database) == ["星河航空产业园占地多少", "今天天气怎么样", "低空经济的链长是谁"]
        assert asked_so_far(database, 1) == ["星河航空产业园占地多少"]


def test_a_reply_that_changes_is_shown_before_and_after(built: Engine) -> None:
    asker = Asker(built)
    before = asker.ask(ASKED[0]).text
    seen = replay(built, asker, [edit(built, "figure.xinghe-area", label="用地")])

    assert (seen.asked, len(seen.changed), seen.worse) == (3, 1, 0)
    assert seen.changed[0].text == ASKED[0]
    assert "占地面积：500亩" in seen.changed[0].before.text
    assert "用地：500亩" in seen.changed[0].after.text
    assert asker.ask(ASKED[0]).text == before


def test_what_would_not_be_answered_any_more_gets_worse(built: Engine) -> None:
    asker = Asker(built)
    retired = edit(built, "post.zhou-lan-leader", published=False)
    seen = replay(built, asker, [retired])

    assert seen.worse == 1
    assert seen.changed[0].text == "低空经济的链长是谁"
    assert "周岚" in asker.ask("低空经济的链长是谁").text


def test_an_evaluation_set_is_asked_as_well(built: Engine) -> None:
    rows = [Row("星河航空产业园占地多少", "answered", must=[["占地面积"]])]
    seen = replay(built, Asker(built), [edit(built, "figure.xinghe-area", label="用地")], rows)

    assert (seen.asked, seen.worse) == (4, 1)
    assert seen.changed[0].worse


def test_nothing_is_changed_whatever_comes_of_it(built: Engine) -> None:
    with session(built) as database:
        before = latest(database)
    replay(built, Asker(built), [edit(built, "figure.xinghe-area", label="用地")])
    with pytest.raises(ConflictError):
        replay(built, Asker(built), [Edit("figure.xinghe-area", before["figure.xinghe-area"].entry, base=7)])
    with session(built) as database:
        assert latest(database) == before


def test_what_a_session_sees_is_answered_and_nobody_else_hears_it(built: Engine) -> None:
    asker = Asker(built)
    changed = edit(built, "company.haideng", aliases=["天穹集团"])
    with writing(built) as database:
        apply(database, [changed], actor="", action=Action.EDIT)
        inside = asker.within(database)
        assert "签约仪式" in inside.ask("天穹集团签约了吗").text
        assert "签约仪式" not in asker.ask("天穹集团签约了吗").text
