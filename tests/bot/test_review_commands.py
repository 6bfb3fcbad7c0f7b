"""Reviewing from the shell: drafts, publish, retire, undo, history, misses, answer, staff."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Conversation
from bot.memory import DatabaseMemory
from knowledge.asking.asker import Asker
from knowledge.database import open_engine
from tests.bot.test_cli import investbot
from tests.databases import database_url

ID = "statement.lanwan-phases"
QUESTIONS = ["蓝湾装备基地租金多少", "低空经济链长是谁", "星河园有班车吗", "星河园的班车有吗"]
TODAY = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8))).date().isoformat()


@pytest.fixture(scope="module")
def asked(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with the bureau's documents and its database; two questions were not answered."""
    folder = shutil.copytree(bureau_home, tmp_path_factory.mktemp("asked"), dirs_exist_ok=True)
    engine = open_engine(database_url(folder / "var" / "investbot.db"))
    conversation = Conversation(Asker(engine), DatabaseMemory(engine), "test")
    for chat, text in enumerate(QUESTIONS):
        conversation.text(f"test:{chat}", text)
    engine.dispose()
    return folder


@pytest.fixture
def home(asked: Path, tmp_path: Path) -> Path:
    """The same, for one test alone."""
    shutil.copytree(asked, tmp_path / "home")
    return tmp_path / "home"


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def done(home: Path, *arguments: str, **settings: Any) -> str:  # noqa: ANN401 - as `investbot` has
    """What a command that succeeds prints."""
    finished = investbot(home, *arguments, **settings)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def refused(home: Path, *arguments: str, code: int = 1, **settings: Any) -> str:  # noqa: ANN401 - as above
    """What a command that does not succeed says."""
    finished = investbot(home, *arguments, **settings)
    assert finished.returncode == code, finished.stdout + finished.stderr
    return finished.stderr


def misses(home: Path) -> list[dict[str, Any]]:
    return rows(done(home, "misses", "--json"))


def draft(home: Path, text: str, answer: str) -> str:
    """The number of the draft that an answer becomes."""
    number = next(row["id"] for row in misses(home) if row["text"] == text)
    found = re.search(r"draft #(\d+)", done(home, "answer", str(number), answer))
    assert found is not None
    return found[1]


def test_misses_are_shown_by_how_many_asked(home: Path) -> None:
    assert [(row["text"], row["times"], row["entity"]) for row in misses(home)] == [
        ("星河园有班车吗", 2, "park.xinghe"),
        ("蓝湾装备基地租金多少", 1, "park.lanwan"),
    ]
    assert "#2 「星河园有班车吗」 asked 2×" in done(home, "misses")


def test_from_an_answer_to_a_fact_and_back(home: Path) -> None:
    number = draft(home, "蓝湾装备基地租金多少", "蓝湾装备基地租金每平方米18元。")
    shown = rows(done(home, "drafts", "--json"))[0]
    assert (shown["kind"], shown["fields"]["topic"], shown["new"]) == ("statement", "rent", True)
    assert shown["evidence"][0]["quote"] == "蓝湾装备基地租金每平方米18元。"
    assert "蓝湾装备基地: 蓝湾装备基地租金每平方米18元。" in done(home, "drafts")

    published = done(home, "publish", number, "--reason", "问过了")
    assert "18元" in done(home, "ask", "蓝湾装备基地租金多少")
    change = re.search(r"change (\d+)", published)
    assert change is not None
    assert "问过了" in done(home, "history", shown["fact"])
    assert "was accepted by shell already" in refused(home, "publish", number)
    done(home, "undo", change[1])
    assert "没有提到" in done(home, "ask", "蓝湾装备基地租金多少")
    assert "No drafts wait" in done(home, "drafts")


def test_a_refused_draft_is_named_and_the_others_published(home: Path) -> None:
    good = draft(home, "蓝湾装备基地租金多少", "蓝湾装备基地租金每平方米18元。")

    said = refused(home, "publish", good, "99")

    assert "99" in said
    assert "18元" in done(home, "ask", "蓝湾装备基地租金多少")


@pytest.mark.every_database
def test_retiring_and_undoing(home: Path) -> None:
    said = refused(home, "retire", "park.xinghe")
    assert "rests on park.xinghe" in said
    assert "500亩" in done(home, "ask", "星河航空产业园占地多少")

    change = re.search(r"change (\d+)", done(home, "retire", "park.xinghe", "--with-dependents"))
    assert change is not None
    assert "500亩" not in done(home, "ask", "星河航空产业园占地多少")
    done(home, "undo", change[1], "--reason", "错了")
    assert "500亩" in done(home, "ask", "星河航空产业园占地多少")
    assert "of change" in done(home, "history")
    assert "There is no change 999" in refused(home, "undo", "999")
    assert "no published fact" in refused(home, "retire", "park.nowhere")


def test_history_shows_the_difference_field_by_field(home: Path) -> None:
    number = next(row["id"] for row in misses(home) if "班车" in row["text"])
    done(home, "answer", str(number), "星河大道园区=星河航空产业园")
    done(home, "publish", "1")

    assert "aliases: 星河园 → 星河园, 星河大道园区" in done(home, "history", "park.xinghe")
    changes = rows(done(home, "history", "park.xinghe", "--json"))
    assert [change["action"] for change in changes] == ["publish", "build"]
    assert [item["field"] for item in changes[0]["facts"][0]["differences"]] == ["aliases"]


def test_what_was_told_about_something_on_a_day(home: Path) -> None:
    told = done(home, "history", "--at", TODAY, "--about", "低空经济")

    assert "post.zhou-lan-leader" in told
    assert "低空经济产业链由新区管委会副主任周岚担任链长" in told
    assert "「低空经济链长是谁」 answered: post.zhou-lan-leader" in told
    assert "班车" not in told
    asked = rows(done(home, "history", "--at", TODAY, "--about", "周岚", "--json"))
    assert {"question", "fact"} == {key for row in asked for key in row}
    assert "2001-01-01" in refused(home, "history", "--at", "2001-01-01", "--about", "低空经济", code=2)


def test_staff_come_and_go(home: Path) -> None:
    assert "nobody yet" in done(home, "staff", "list")
    done(home, "staff", "add", "何敬", "--role", "owner")
    done(home, "staff", "add", "林晓", "--role", "editor", "--by", "何敬")
    assert "林晓\teditor\tnot on Telegram" in done(home, "staff", "list")
    link = done(home, "staff", "link", "林晓", DESK_URL="https://desk.example/").strip()
    assert re.fullmatch(r"https://desk\.example/login\?link=[\w-]{32}", link)
    assert link != done(home, "staff", "link", "林晓", DESK_URL="https://desk.example/").strip()
    invitation = investbot(home, "staff", "invite", "林晓")
    assert re.fullmatch(r"/start staff_[\w-]{32}\n", invitation.stdout)
    number = draft(home, "蓝湾装备基地租金多少", "蓝湾装备基地租金每平方米18元。")
    assert "takes a publisher" in refused(home, "publish", number, "--by", "林晓")
    assert "only owner" in refused(home, "staff", "remove", "何敬", code=2)
    done(home, "staff", "remove", "林晓")
    assert "林晓" not in done(home, "staff", "list")
    assert "There is no member of staff called '林晓'" in refused(
        home, "publish", number, "--by", "林晓", code=2
    )


def test_two_persons(home: Path) -> None:
    for name in ("甲", "乙"):
        done(home, "staff", "add", name, "--role", "publisher")
    number = next(row["id"] for row in misses(home) if "租金" in row["text"])
    done(home, "answer", str(number), "蓝湾装备基地租金每平方米18元。", "--by", "甲")

    alone = refused(home, "publish", "1", "--by", "甲", REVIEW_TWO_PERSONS="true")
    assert "second person" in alone
    done(home, "publish", "1", "--by", "乙", REVIEW_TWO_PERSONS="true")
    assert "18元" in done(home, "ask", "蓝湾装备基地租金多少")


def test_two_persons_retire_and_take_back(home: Path) -> None:
    for name in ("甲", "乙"):
        done(home, "staff", "add", name, "--role", "publisher")
    rule: dict[str, Any] = {"REVIEW_TWO_PERSONS": "true"}

    proposed = done(home, "retire", ID, "--by", "甲", "--reason", "已过时", **rule)
    alone = refused(home, "publish", "1", "--by", "甲", **rule)
    listed = done(home, "drafts")
    done(home, "publish", "1", "--by", "乙", **rule)
    told = done(home, "history", ID)
    other = done(home, "undo", "2", "--by", "甲", **rule)
    own = done(home, "undo", "2", "--by", "乙", **rule)

    assert "#1 wait for another person" in proposed
    assert "second person" in alone
    assert "to retire" in listed
    assert "乙  retire: 已过时" in told
    assert "#2 wait for another person" in other
    assert "Change 2 was undone" in own


@pytest.mark.parametrize(
    ("arguments", "must"),
    [
        (["history", "--at", "2021-05-03"], "--about"),
        (["history", "--at", "yesterday", "--about", "x"], "2021-05-03"),
        (["staff", "add", "x", "--role", "king"], "publisher"),
        (["staff", "link", "nobody"], "nobody"),
        (["publish", "first"], "first"),
        (["publish"], "ID"),
        (["drafts", "--by", "x"], "--by"),
    ],
)
def test_a_wrong_call_says_what_to_do(home: Path, arguments: list[str], must: str) -> None:
    assert must in refused(home, *arguments, code=2)


def test_an_answer_that_names_nothing_changes_nothing(home: Path) -> None:
    before = misses(home)
    assert "no published entity called '月球'" in refused(home, "answer", "1", "=月球")
    assert "There is no enquiry 77" in refused(home, "answer", "77", "好的。")
    assert "empty" in refused(home, "answer", "1", "  ")

    assert misses(home) == before
