"""A bureau that no word of the program was made for: 湖东新区, which is invented.

Its document, and 550 questions by three who saw nothing but that: `zh.jsonl` in Chinese, `lists.jsonl` with
conversations, comparisons and lists, `en.jsonl` in English. It is asked twice: with facts as staff wrote them
(`facts/`, without questions), and with the first drafts that the program read in the document, as they are.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine, writing
from knowledge.evaluation import evaluate, read_questions
from knowledge.models import Draft
from knowledge.people import SHELL
from knowledge.review import Reviewer
from tests.databases import database_url

FOLDER = Path(__file__).parent / "questions" / "another"


def _engine(folder: Path, facts: bool) -> Engine:
    shutil.copytree(FOLDER / "documents", folder / "documents")
    if not facts:
        shutil.rmtree(folder / "documents" / "facts")
    engine = open_engine(database_url(folder / "investbot.db"))
    assert not build(engine, folder / "documents").refused
    return engine


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    engine = _engine(tmp_path_factory.mktemp("reviewed"), facts=True)
    yield Asker(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    engine = _engine(tmp_path_factory.mktemp("drafted"), facts=False)
    with writing(engine) as database:
        drafts = database.exec(select(Draft).order_by(col(Draft.id))).all()
        Reviewer(database, SHELL).accept([draft.id or 0 for draft in drafts])
        database.commit()
    yield Asker(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "least", "most_guessed"), [("zh", 0.84, 2), ("lists", 0.75, 6), ("en", 0.64, 6)]
)
def test_facts_by_its_staff(reviewed: Asker, name: str, least: float, most_guessed: int) -> None:
    score = evaluate(reviewed, read_questions(FOLDER / f"{name}.jsonl"))

    assert score.right >= least * len(score.marks)
    assert score.guessed <= most_guessed


def test_the_first_drafts_and_the_document(drafted: Asker) -> None:
    score = evaluate(drafted, read_questions(FOLDER / "zh.jsonl"))

    assert score.right >= 0.7 * len(score.marks)
    assert score.guessed <= 2


def test_nothing_of_the_shipped_bureau_is_told(reviewed: Asker) -> None:
    for question in ("青岛西海岸新区有哪些产业链", "聚大洋投了多少", "刘雯是谁", "东方影都在哪"):
        assert not reviewed.ask(question).facts
