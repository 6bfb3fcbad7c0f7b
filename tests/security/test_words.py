"""What means something to a database, through every field in which somebody writes: it stays words."""

import re

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from tests.bot.desk.visitor import Visitor, words
from tests.security.conftest import Premises

WICKED = [
    "'; drop table fact; --",
    "x') union select value from secret --",
    "\\'; delete from staff where 'a' = 'a",
    "${7*7} :name ? %s %(x)s",
]

SQL = st.lists(
    st.sampled_from(
        ["'", '"', ";", "--", "/*", "\\", "%", "_", " or ", "1=1", "(", ")", "星河", "?", ":a", "$1"]
    ),
    min_size=1,
    max_size=8,
).map("".join)


def state(premises: Premises) -> tuple[list[str], object]:
    return sorted(inspect(premises.engine).get_table_names()), premises.rows("select count(*) from fact")


def test_every_field_takes_it_as_words(premises: Premises, owner: Visitor) -> None:
    before, log = state(premises), premises.log
    for wicked in WICKED:
        for path in (
            "/facts?words=",
            "/aliases?words=",
            "/questions?words=",
            "/try?text=",
            "/facts?kind=",
            "/drafts?kind=",
        ):
            answer = owner.client.get(path + re.sub(r"[^\w]", lambda one: f"%{ord(one[0]):02x}", wicked))
            assert answer.status_code == 200, path
            assert premises.secret not in answer.text
        owner.post("/staff", None, name=wicked, role="viewer")
        owner.post("/staff/remove", None, name=wicked)
        owner.post("/login", None, link=wicked)
        person = premises.acquaintance()
        person.ask(wicked)
        person.ask(f"星河航空产业园{wicked}")
        person.ask(f"/start {wicked}")
        person.ask(f"/subscribe {wicked}")

    assert state(premises) == before
    held = {str(row[0]) for row in premises.rows("select text from question")}
    assert held >= set(WICKED)
    assert premises.rows("select count(*) from staff where name like '%drop table%'") == [(1,)]
    assert "Traceback" not in premises.log.removeprefix(log)


def test_what_is_searched_for_is_no_pattern_of_the_database(owner: Visitor) -> None:
    def total(text: str) -> int:
        return owner.client.get("/facts", params={"words": text}).text.count("list-group-item-action")

    assert total("星河") > 0
    for wild in ("%", "星%园", "星_"):
        assert total(wild) == 0, wild


def test_a_reason_comes_back_as_it_was_written(premises: Premises, owner: Visitor) -> None:
    before = state(premises)

    @given(SQL)
    @hypothesis_settings(max_examples=6)
    def change(reason: str) -> None:
        page = owner.get("/facts/park.xinghe")
        base = re.search(r'name="base" value="(\d+)"', page.text)
        assert base
        owner.post("/facts/park.xinghe/retire", page, reason=reason, also="yes")
        ((id, kept),) = premises.rows("select id, reason from change order by id desc limit 1")
        assert kept == reason
        owner.post(f"/changes/{id}/undo", page, reason=reason)

    change()

    assert state(premises) == before
    assert "星河航空产业园" in words(owner.get("/facts/park.xinghe"))
