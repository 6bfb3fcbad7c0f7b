"""What means something to a database, through every field in which somebody writes: it stays words."""

import datetime as dt
import re
import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect

from bot.conversation import Conversation
from bot.memory import DatabaseMemory
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, session
from knowledge.exchange import plan_import
from knowledge.history import latest
from tests.bot.desk.visitor import Visitor, words
from tests.bot.test_cli import investbot
from tests.databases import database_url, execute
from tests.knowledge.exchange.books import add_rows, change_cells, export, problems, take
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


def test_every_command_takes_it_as_words(bureau_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(bureau_home, tmp_path / "home")
    engine = open_engine(database_url(home / "var" / "investbot.db"))
    wicked = " ".join(WICKED)
    conversation = Conversation(Asker(engine), DatabaseMemory(engine), "test")
    conversation.text("test:1", f"蓝湾装备基地租金多少{wicked}")
    before = tables(engine)
    asked = execute(home / "var" / "investbot.db", "select max(id) from enquiry")[0][0]
    commands = [
        ["ask", wicked],
        ["explain", wicked],
        ["staff", "add", wicked, "--role", "editor"],
        ["staff", "link", wicked],
        ["staff", "list"],
        ["answer", str(asked), f"租金18元。{wicked}", "--by", wicked],
        ["publish", "1", "--reason", wicked],
        ["history", "--at", dt.date.today().isoformat(), "--about", wicked],
        ["history", wicked],
        ["retire", "statement.lanwan-phases", "--reason", wicked],
        ["undo", "2", "--reason", wicked],
        ["retire", wicked],
        ["picture", wicked],
        ["signing", "announce", wicked, "--yes"],
        ["push", "status", wicked],
        ["staff", "remove", wicked],
        ["export", str(tmp_path / "all.xlsx")],
        ["import", str(tmp_path / "all.xlsx"), "--reason", wicked],
        ["ask", "x", "--database", f"sqlite:///{tmp_path}/{wicked.replace('/', '')}.db"],
    ]
    for command in commands:
        done = investbot(home, *command)
        assert "unexpected" not in done.stderr, (command, done.stderr)
        assert "Traceback" not in done.stderr, (command, done.stderr)
        assert not re.search("sqlite3|sqlalchemy|syntax error", done.stderr), (command, done.stderr)
    reasons = execute(home / "var" / "investbot.db", "select reason from change order by id")
    staff = execute(home / "var" / "investbot.db", "select name from staff")

    assert [row[0] for row in reasons].count(wicked) == 3
    assert staff == [(wicked,)]
    assert tables(engine) >= before
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_every_cell_of_a_workbook_takes_it_as_words(own_bureau: Engine) -> None:
    before = tables(own_bureau)
    for number, wicked in enumerate(WICKED):
        content = change_cells(
            export(own_bureau),
            "企业",
            "company.haideng",
            英文名称=wicked,
            别名=f"{wicked}{number}",
            关键词=wicked,
            依据说明=f"海灯科技有限公司，{wicked}",
        )
        take(own_bureau, content)
        with session(own_bureau) as database:
            entry = latest(database, ["company.haideng"])["company.haideng"].entry or {}
        assert (entry["name_en"], entry["aliases"], entry["keywords"]) == (
            wicked,
            [f"{wicked}{number}"],
            wicked,
        )
        # Where it can be no name, topic, day or document, it is refused in words.
        headings = ["编号", "主体", "话题", "数值", "单位", "数据日期", "依据", "依据原文", "版本", "状态"]
        row = dict.fromkeys(headings, wicked)
        with session(own_bureau) as database:
            refused = problems(plan_import(database, add_rows(content, "数据", row)))
        assert len(refused) > 0

    assert tables(own_bureau) == before
    with session(own_bureau) as database:
        assert "海灯" in str(latest(database, ["company.haideng"])["company.haideng"].entry)
