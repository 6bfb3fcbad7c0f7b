"""Publishers in Telegram: a new signing is offered, left out, announced after all, reported, recalled."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.announcing import pushes
from knowledge.announcing.pushes import Outcome
from knowledge.announcing.release import release
from knowledge.announcing.subscriptions import change, subscribe
from knowledge.asking.asker import Asker
from knowledge.build import build
from knowledge.database import open_engine, writing
from knowledge.models import PushState
from tests.bot.telegram.conftest import serving, wait_until
from tests.bot.telegram.test_enquiries import hire, shell
from tests.bureau import FACTS, TEXT, write_bureau
from tests.databases import database_url
from tests.telegram_server.client import Person, stand_in

TODAY = dt.datetime.now(dt.UTC).date()

# The face is none that a running bot sends on, so that the test is the sender.
FACE = "test"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with the bureau's documents and its database; its signing was today."""
    folder = tmp_path_factory.mktemp("recent")
    day = f"{TODAY.year}年{TODAY.month}月{TODAY.day}日"
    facts = [
        {
            key: value.replace("2024年2月18日", day).replace("2024-02-18", TODAY.isoformat())
            if isinstance(value, str)
            else value
            for key, value in fact.items()
        }
        for fact in FACTS
    ]
    write_bureau(folder / "documents", TEXT.replace("2024年2月18日", day), facts)
    (folder / "var").mkdir()
    opened = open_engine(database_url(folder / "var" / "investbot.db"))
    build(opened, folder / "documents")
    Asker(opened).prepare()
    opened.dispose()
    return folder


@pytest.fixture
def recent(built: Path, tmp_path: Path) -> Path:
    """The same, for one test alone."""
    return Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def engine(recent: Path) -> Iterator[Engine]:
    """The database of that bureau."""
    opened = open_engine(database_url(recent / "var" / "investbot.db"))
    yield opened
    opened.dispose()


def subscribers(engine: Engine, count: int) -> None:
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as database:
        for number in range(count):
            subscribe(database, f"{FACE}:{number}", "zh-Hans", "UTC", now)
            change(database, f"{FACE}:{number}", now, quiet="")
        database.commit()


def send(engine: Engine, *states: PushState) -> None:
    """What the sender does with so many messages."""
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as database:
        while release(database, now):
            pass
        jobs = pushes.take(database, FACE, now, len(states))
        outcomes = [
            Outcome(job, state, message="1", reason="Bad Request" if state is PushState.FAILED else "")
            for job, state in zip(jobs, states, strict=True)
        ]
        pushes.settle(database, outcomes, now)
        database.commit()


def texts(person: Person) -> list[str]:
    return [message.text for message in person.messages()]


def label(person: Person, part: str) -> str:
    """The button of the last message with buttons whose label holds a word."""
    shown = next(message for message in reversed(person.messages()) if message.labels)
    return next(one for one in shown.labels if part in one)


def test_a_new_signing_is_offered_announced_reported_and_recalled(recent: Path, engine: Engine) -> None:
    with stand_in(threaded=True) as server:
        with serving(server, recent) as bot:
            member, viewer = hire(bot, "林晓"), hire(bot, "看客", "viewer")
            subscribers(engine, 3)
        with serving(server, recent, DESK_URL="https://desk.example.com") as bot:
            wait_until(lambda: any("不会自动发" in text for text in texts(member)))
            member.reply()
            assert not any("不会自动发" in text for text in texts(viewer))
            assert "签约还没发通知 1" in member.ask("/staff").labels
            member.tap("签约还没发通知 1")
            shown = member.tap(label(member, "春季签约仪式"))
            assert "新签约：2024年春季签约仪式" in shown.text
            assert "马上收到3人" in shown.text
            assert "https://desk.example.com/signings/signing.spring-2024" in shown.text
            assert "不发通知" in member.tap("这次不发").text
            assert "签约通知" in member.ask("/staff").labels

            member.tap("签约通知")
            assert "已取消" in member.tap(label(member, "春季签约仪式")).text
            assert "现在发给3人" in member.tap("发布通知…").text
            assert "正在发送 0 / 3" in member.tap("✓ 确认发布").text
            viewer.ask("/staff")
            viewer.tap("签约通知")
            assert viewer.tap(label(viewer, "春季签约仪式")).labels == ["刷新", "« 返回"]
            send(engine, PushState.SENT, PushState.SENT, PushState.FAILED)
            assert "送达2，失败1" in member.tap("刷新").text
        with serving(server, recent) as bot:
            wait_until(lambda: any("通知已发完" in text for text in texts(member)))
            (report,) = [text for text in texts(member) if "通知已发完" in text]
            assert "送达2，屏蔽0，失败1（Bad Request：1）" in report
            assert sum("不会自动发" in text for text in texts(member)) == 1
            member.reply()
            assert "1条失败的会重发" in member.tap("重发失败的 1").text
            send(engine, PushState.BLOCKED)
            member.tap("刷新")
            assert "2条已发出的消息会被删除" in member.tap("撤回…").text
            assert "已撤回" in member.tap("✓ 确定撤回").text
            assert "blocked 1" in shell(bot, "push", "status")


def test_what_was_shown_is_what_is_announced(recent: Path, engine: Engine) -> None:
    with stand_in(threaded=True) as server, serving(server, recent) as bot:
        member, other = hire(bot, "林晓"), hire(bot, "周敏")
        subscribers(engine, 1)
        for one in (member, other):
            one.ask("/staff")
            one.tap("签约还没发通知 1")
            one.tap(label(one, "春季签约仪式"))
        shell(bot, "retire", "figure.signing-projects")
        changed = member.tap("发布通知…")
        member.tap("发布通知…")
        done = member.tap("✓ 确认发布")
        late = other.tap("发布通知…")

    assert "资料在您查看期间改过" in changed.text
    assert "12个" not in changed.text
    assert "正在发送 0 / 1" in done.text
    assert "林晓已经发布过" in late.text
