"""What texts are looked up in is kept beside the database, follows every change, and is never half there."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, delete

from knowledge.asking.answer import Answer
from knowledge.asking.asker import Asker
from knowledge.asking.kept import index_folder
from knowledge.asking.lexicon import Part, Target
from knowledge.asking.normalize import normalize
from knowledge.asking.phrase_table import Entry, PhraseTable, key_phrases
from knowledge.asking.phrases import PhraseIndex
from knowledge.asking.postings import Postings, post
from knowledge.database import session
from knowledge.models import Alias, Revision

QUESTIONS = [
    "低空经济的链长是谁",
    "星河航空产业园占地多少亩",
    "云港新区厂房补贴",
    "who leads low-altitude economy",
    "低空经济的链长揉面团吗",
]


def _publish(engine: Engine, *aliases: tuple[str, str]) -> None:
    """Other aliases, as a new revision."""
    with session(engine) as database:
        database.exec(delete(Alias).where(col(Alias.text).startswith("别名")))
        for text, entity in aliases:
            database.add(Alias(text=text, entity_id=entity))
        database.add(Revision(at=dt.datetime.now(dt.UTC), fingerprint="changed"))
        database.commit()


def _files(engine: Engine) -> dict[str, bytes]:
    folder = index_folder(engine.url)
    assert folder is not None
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def answers(bureau: Engine) -> list[Answer]:
    """What is answered where nothing is damaged; every own bureau is a copy of that one."""
    return _answers(bureau)


def _answers(engine: Engine) -> list[Answer]:
    """What somebody answers who has just started."""
    started = Asker(engine)
    return [started.ask(question) for question in QUESTIONS]


def _made_again(engine: Engine, answers: list[Answer]) -> None:
    """Who starts makes what is missing, and who starts after that reads it: both answer as ever."""
    assert [_answers(engine), _answers(engine)] == [answers, answers]


def test_what_is_kept_answers_as_what_was_made(own_bureau: Engine) -> None:
    made = [Asker(own_bureau).ask(question) for question in QUESTIONS]
    before = _files(own_bureau)
    kept = [Asker(own_bureau).ask(question) for question in QUESTIONS]

    assert before
    assert kept == made
    assert _files(own_bureau) == before


def test_made_again_it_is_the_same_to_the_byte(own_bureau: Engine) -> None:
    Asker(own_bureau).prepare()
    before = _files(own_bureau)
    for name in before:
        (index_folder(own_bureau.url) or Path()).joinpath(name).unlink()
    Asker(own_bureau).prepare()

    assert _files(own_bureau) == before


@pytest.mark.parametrize("kept", [0, 0.5, 0.99])
def test_damaged_files_are_made_again(own_bureau: Engine, answers: list[Answer], kept: float) -> None:
    whole = _files(own_bureau)
    for name, data in whole.items():
        (index_folder(own_bureau.url) or Path()).joinpath(name).write_bytes(data[: int(kept * len(data))])

    _made_again(own_bureau, answers)
    assert _files(own_bureau) == whole


def _zeros(path: Path) -> None:
    """The last half of what was written never came to the disk."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2].ljust(len(data), b"\0"))


def _unreadable(path: Path) -> None:
    """Nobody can open it, whoever they are."""
    path.unlink()
    path.symlink_to(path.name)


def _other(path: Path) -> None:
    """Another program's."""
    path.write_bytes(b'{"digest": "of another version", "sizes": {}, "sums": {}}')


@pytest.mark.parametrize("damage", [_zeros, _unreadable, _other, Path.unlink])
def test_whatever_became_of_it_it_is_made_again_and_that_is_said(
    own_bureau: Engine,
    answers: list[Answer],
    damage: Callable[[Path], object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    serving = Asker(own_bureau)
    assert [serving.ask(question) for question in QUESTIONS] == answers
    whole = _files(own_bureau)
    for name in whole:
        damage((index_folder(own_bureau.url) or Path()) / name)

    # Who has it open goes on.
    assert [serving.ask(question) for question in QUESTIONS] == answers
    assert not caplog.messages
    _made_again(own_bureau, answers)
    assert _files(own_bureau) == whole
    assert damage is _other or "is damaged" in caplog.text


@pytest.mark.parametrize("name", ["meta.json", "*.npy"])
def test_one_damaged_file_is_enough(own_bureau: Engine, answers: list[Answer], name: str) -> None:
    whole = _files(own_bureau)
    for path in (index_folder(own_bureau.url) or Path()).rglob(name):
        if path.stat().st_size > 200:
            _zeros(path)

    _made_again(own_bureau, answers)
    assert _files(own_bureau) == whole


def test_where_nothing_can_be_kept_it_answers_all_the_same(own_bureau: Engine) -> None:
    folder = index_folder(own_bureau.url)
    assert folder is not None
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()
    folder.write_text("in the way")

    assert "周岚" in Asker(own_bureau).ask(QUESTIONS[0]).text


def test_every_worker_knows_a_new_name_with_its_next_question_and_no_longer_a_withdrawn_one(
    own_bureau: Engine,
) -> None:
    workers = [Asker(own_bureau), Asker(own_bureau)]
    for worker in workers:
        assert "500亩" not in worker.ask("别名甲乙丙占地多少").text
    _publish(own_bureau, ("别名甲乙丙", "park.xinghe"))
    for worker in [*workers, Asker(own_bureau)]:
        assert "500亩" in worker.ask("别名甲乙丙占地多少").text
    _publish(own_bureau)
    for worker in [*workers, Asker(own_bureau)]:
        assert "500亩" not in worker.ask("别名甲乙丙占地多少").text


_TEXTS = st.sampled_from(
    ["低空经济", "低空经济链", "海灯科技", "海灯", "AI", "ai", "smart park", "Haideng Technology"]
)
_ENTRIES = st.frozensets(st.tuples(_TEXTS, st.sampled_from([Target(Part.ENTITY, id) for id in "abc"])))


@given(before=_ENTRIES, now=_ENTRIES, asked=st.lists(_TEXTS, min_size=1, max_size=3))
def test_a_change_laid_over_finds_what_all_keyed_anew_finds(
    before: frozenset[Entry], now: frozenset[Entry], asked: list[str]
) -> None:
    kept, fresh = _table(before), _table(now - before)
    still = {(_key(text), target) for text, target in now}
    gone = frozenset((_key(text), target) for text, target in before - now) - still
    units = normalize(" ".join(asked)).units

    assert _found(PhraseIndex([kept, fresh], gone), units) == _found(PhraseIndex([_table(now)]), units)


def _table(entries: frozenset[Entry]) -> PhraseTable:
    return PhraseTable(*key_phrases(sorted(entries)))


def _key(text: str) -> tuple[str, ...]:
    return tuple(unit.text for unit in normalize(text).units)


def _found(index: PhraseIndex, units: tuple[object, ...]) -> set[tuple[object, ...]]:
    matches = index.find(units)  # type: ignore[arg-type]
    return {(m.start, m.end, m.quality, frozenset(m.phrase.targets)) for m in matches}


@given(st.lists(st.lists(st.integers(0, 2**61 - 1), max_size=6), max_size=6))
def test_postings_are_those_of_a_dictionary(holding: list[list[int]]) -> None:
    postings = Postings(post("keys", holding), "keys")
    asked = [*{key for keys in holding for key in keys}, 2**61]

    for key, found in zip(asked, postings.find(asked), strict=True):
        assert found.tolist() == [number for number, keys in enumerate(holding) for one in keys if one == key]
