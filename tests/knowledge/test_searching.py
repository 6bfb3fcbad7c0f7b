"""Facts found by words, kind and status."""

from sqlalchemy import Engine

from knowledge.database import session
from knowledge.models import Kind, Status
from knowledge.searching import count_facts, find_facts


def ids(engine: Engine, **asked: object) -> list[str]:
    with session(engine) as database:
        total, hits = find_facts(database, **asked)  # type: ignore[arg-type]
        assert total == len(hits) or "limit" in asked
        return [hit.entry["id"] for hit in hits]


def test_a_name_or_alias_finds_the_entity_and_what_is_said_of_it(bureau: Engine) -> None:
    by_name = ids(bureau, words="星河航空产业园")

    assert by_name[0] == "park.xinghe"
    assert {"figure.xinghe-area", "link.xinghe-chain", "statement.xinghe-location"} <= set(by_name)
    assert ids(bureau, words="星河园") == by_name


def test_every_word_has_to_be_there(bureau: Engine) -> None:
    assert ids(bureau, words="星河航空产业园 占地面积") == ["figure.xinghe-area"]
    assert ids(bureau, words="没有这回事") == []
    assert ids(bureau, words="%") == []


def test_a_kind_and_a_status_are_enough(bureau: Engine) -> None:
    assert ids(bureau, kind=Kind.CHAIN) == ["chain.deep-sea", "chain.hydrogen", "chain.low-altitude"]
    assert ids(bureau, status=Status.RETIRED) == []


def test_pages_follow_each_other(bureau: Engine) -> None:
    whole = ids(bureau)
    with session(bureau) as database:
        total, first = find_facts(database, limit=10)
        _, second = find_facts(database, limit=10, offset=10)
        counted = count_facts(database)

    assert [hit.entry["id"] for hit in (*first, *second)] == whole[:20]
    assert total == len(whole) == sum(counted.values())
    assert list(counted)[:2] == [Kind.ZONE, Kind.CHAIN]
