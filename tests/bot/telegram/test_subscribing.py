"""Subscribing on Telegram: people, groups and channels, the buttons under a push, and being forgotten."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.push.message import compose
from bot.telegram.render import keyboard, render
from knowledge.announcing.content import Content
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import open_engine, writing
from knowledge.models import Announcement, AnnouncementState, Mention, Push, PushState
from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.databases import database_url, execute
from tests.telegram_server.client import Person, stand_in

SIGNING = "signing.spring-2024"
GROUPS = count(7000)
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def office(bureau_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with a database of its own, in which a signing was announced."""
    folder = shutil.copytree(bureau_home, tmp_path_factory.mktemp("office"), dirs_exist_ok=True)
    engine = open_engine(database_url(folder / "var" / "investbot.db"))
    content = Content.of(Asker(engine), SIGNING).encode()
    with writing(engine) as database:
        database.add(
            Announcement(
                signing_id=SIGNING,
                content=content,
                state=AnnouncementState.RELEASED,
                at=NOW,
                made_at=NOW,
                made_by="陈立",
            )
        )
        database.commit()
    engine.dispose()
    with stand_in(threaded=True) as own, serving(own, folder) as running:
        yield running


@pytest.fixture
def person(office: Bot) -> Person:
    someone = office.someone()
    someone.ask("/start")
    return someone


def rows(bot: Bot, query: str, chat: str) -> list[tuple[object, ...]]:
    return execute(bot.home / "var" / "investbot.db", query, chat=chat)


def subscription(bot: Bot, chat: int) -> dict[str, object]:
    columns = ("language", "pace", "time_zone", "quiet", "least")
    query = f"select {', '.join(columns)} from subscription where chat = :chat"
    found = rows(bot, query, f"telegram:{chat}")
    return dict(zip(columns, found[0], strict=True)) if found else {}


def interests(bot: Bot, chat: int) -> dict[object, object]:
    return dict(rows(bot, "select entity, wanted from interest where chat = :chat", f"telegram:{chat}"))  # type: ignore[arg-type]


def pushed(bot: Bot, person: Person, number: int = 1) -> int:
    """Let a push stand in a chat, as whoever sends them would; its number."""
    engine = open_engine(database_url(bot.home / "var" / "investbot.db"))
    with writing(engine) as database:
        told = database.get(Announcement, 1)
        assert told is not None
        message = compose([told.model_copy(update={"id": number})], Language.HANS, NOW)
        markup = keyboard(message.rows)
        assert markup is not None
        sent = bot.server.call(
            "sendMessage",
            chat_id=person.chat,
            text=render(message)[0],
            parse_mode="HTML",
            reply_markup=markup.to_dict(),
        ).json()["result"]["message_id"]
        chat = f"telegram:{person.chat}"
        row = Push(chat=chat, state=PushState.SENT, due_at=NOW, message=str(sent), sent_at=NOW)
        database.add(row)
        database.flush()
        database.add(Mention(announcement_id=1, chat=chat, push_id=row.id or 0))
        database.commit()
    engine.dispose()
    person.reply()
    return int(sent)


def group(bot: Bot, *, kind: str = "group") -> tuple[Person, Person, int]:
    """A group with the bot: its administrator, a member, its number."""
    number = -next(GROUPS) if kind == "group" else -(10**12) - next(GROUPS)
    (bot.server.channel if kind == "channel" else bot.server.group)(number)
    admin, member = bot.someone().within(number), bot.someone().within(number)
    admin.order("promote")
    return admin, member, number


def test_subscribing_takes_one_command(office: Bot, person: Person) -> None:
    page = person.ask("/subscribe")

    assert page.text.startswith("订阅好了")
    assert "全部签约" in page.text
    assert subscription(office, person.chat) == {
        "language": "zh-Hans",
        "pace": "at_once",
        "time_zone": "Asia/Shanghai",
        "quiet": "22:00-08:00",
        "least": 0,
    }
    assert person.ask("/subscriptions").text.startswith("您的签约订阅")


def test_looking_at_subscriptions_subscribes_nobody(office: Bot, person: Person) -> None:
    page = person.ask("/subscriptions")

    assert "没有订阅" in page.text
    assert not subscription(office, person.chat)
    assert person.tap("订阅").text.startswith("订阅好了")
    assert subscription(office, person.chat)


@pytest.mark.parametrize(
    ("page", "choice", "told", "kept"),
    [
        ("投资规模", "10亿元以上", "投资规模：10亿元以上", {"least": 1e9}),
        ("推送时间", "每天9:00汇总", "时间：每天9:00汇总", {"pace": "daily"}),
        ("推送时间", "每周一9:00汇总", "时间：每周一9:00汇总", {"pace": "weekly"}),
        ("免打扰", "晚上也可以", "免打扰：晚上也可以", {"quiet": ""}),
        ("免打扰", "23:00–07:00", "免打扰：23:00–07:00", {"quiet": "23:00-07:00"}),
        ("时区", "巴黎", "时区：巴黎", {"time_zone": "Europe/Paris"}),
        ("语言", "English", "Language: English", {"language": "en"}),
    ],
)
def test_each_thing_can_be_chosen(
    office: Bot, person: Person, page: str, choice: str, told: str, kept: dict[str, object]
) -> None:
    first = person.ask("/subscribe")
    choices = person.tap(page)
    chosen = person.tap(choice)

    assert "« 返回" in choices.labels
    assert sum(label.startswith("✓") for label in choices.labels) == 1
    assert told in chosen.text
    assert chosen.message_id == first.message_id
    assert subscription(office, person.chat).items() >= kept.items()


def test_chains_and_parks_are_ticked_and_unticked(office: Bot, person: Person) -> None:
    person.ask("/subscribe")
    person.tap("产业链")
    person.tap("低空经济")
    ticked = person.tap("深海装备")
    assert {"✓ 低空经济", "✓ 深海装备", "绿色氢能"} <= set(ticked.labels)
    person.tap("✓ 深海装备")
    person.tap("« 返回")
    person.tap("园区")
    person.tap("蓝湾装备基地")
    main = person.tap("« 返回")

    assert "内容：与低空经济、蓝湾装备基地有关的签约" in main.text
    assert interests(office, person.chat) == {"chain.low-altitude": 1, "park.lanwan": 1}


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("纽约", "America/New_York"),
        ("new york", "America/New_York"),
    ],
)
def test_a_time_zone_can_be_typed(office: Bot, person: Person, typed: str, zone: str) -> None:
    page = person.ask(f"/subscribe {typed}")

    assert "时区：" in page.text
    assert subscription(office, person.chat)["time_zone"] == zone


def test_an_unknown_time_zone_is_said_and_the_known_are_offered(office: Bot, person: Person) -> None:
    page = person.ask("/subscribe Mars/Olympus")

    assert "没找到时区「Mars/Olympus」" in page.text
    assert "东京" in page.labels
    assert subscription(office, person.chat)["time_zone"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("code", "said", "language"),
    [("en", "Subscribed", "en"), ("zh-hant", "訂閱好了", "zh-Hant"), ("", "订阅好了", "zh-Hans")],
)
def test_it_is_written_in_the_language_of_the_phone(office: Bot, code: str, said: str, language: str) -> None:
    someone = office.someone(code)

    assert said in someone.ask("/subscribe").text
    assert subscription(office, someone.chat)["language"] == language


def test_stop_ends_it_and_one_tap_brings_it_back(office: Bot, person: Person) -> None:
    person.ask("/subscribe 巴黎")
    sent = pushed(office, person)
    ended = person.tap("不再接收")

    assert ended.message_id != sent
    assert "不再给您推送" in ended.text
    assert not subscription(office, person.chat)
    assert not person.messages()[-2].edited
    assert person.tap("重新订阅").text.startswith("订阅好了")
    assert subscription(office, person.chat)["time_zone"] == "Europe/Paris"


def test_details_stand_beside_the_push_and_can_be_browsed(office: Bot, person: Person) -> None:
    person.ask("/subscribe")
    sent = pushed(office, person)
    details = person.tap("看详情")
    following = person.tap("« 返回")

    assert "2024年春季签约仪式" in details.text
    assert details.message_id != sent
    assert following.message_id == details.message_id
    assert not next(seen for seen in person.messages() if seen.message_id == sent).edited


def test_fewer_of_a_chain_is_one_tap_and_can_be_undone(office: Bot, person: Person) -> None:
    person.ask("/subscribe")
    sent = pushed(office, person)
    offers = person.tap("少推这类")
    assert offers.labels == [
        "只要100亿元以上的",
        "改为每天9:00汇总",
        "改为每周一9:00汇总",
        "看我的订阅",
        "不再接收",
    ]
    assert offers.message_id != sent

    done = person.tap("只要100亿元以上的")
    assert (done.message_id, done.text) == (offers.message_id, "好的，以后只推送100亿元以上的签约。")
    assert subscription(office, person.chat)["least"] == 1e10
    person.tap("↩ 撤销")
    assert subscription(office, person.chat)["least"] == 0


def test_old_buttons_do_no_harm(office: Bot, person: Person) -> None:
    person.ask("/subscribe")
    pushed(office, person, number=999)

    assert "签约" in person.tap("看详情").text
    assert "改为每天9:00汇总" in person.tap("少推这类").labels
    person.tap("不再接收")
    assert "没有订阅" in person.tap("少推这类").text
    assert "不再给您推送" in person.tap("不再接收").text
    person.press("看详情", old=True)
    assert "签约" in person.reply().text
    for forged in ("set|least=-5", "set|pace=never", "set|nonsense", "pick|x", "again|Mars", "set|quiet=x"):
        person.ask("/subscribe")
        person.press("时区", forged=forged)
        assert "失效" in person.reply().text


def test_in_a_group_only_its_administrators_decide(office: Bot) -> None:
    admin, member, number = group(office)
    assert "管理员" in member.ask("/subscribe@bureau_test_bot").text
    assert not subscription(office, number)

    admin.reply()
    assert admin.ask("/subscribe@bureau_test_bot").text.startswith("订阅好了")
    member.press("投资规模")
    wait_until(lambda: "管理员" in office.server.order("state")["notices"][-1]["text"])
    assert admin.tap("推送时间").labels[0] == "✓ 有消息就推送"
    admin.tap("每天9:00汇总")
    assert subscription(office, number)["pace"] == "daily"

    pushed(office, admin)
    member.press("不再接收")
    wait_until(lambda: "管理员" in office.server.order("state")["notices"][-1]["text"])
    assert subscription(office, number)
    admin.tap("不再接收")
    assert not subscription(office, number)


def test_nobody_but_administrators_makes_a_group_forgotten(office: Bot) -> None:
    admin, member, number = group(office)
    admin.ask("/subscribe")
    for command in ("/forget", "/export", "/subscriptions"):
        member.say(command)
    replies = [admin.reply() for _ in range(3)]

    assert all("管理员" in reply.text for reply in replies)
    assert subscription(office, number)


def test_who_writes_in_the_name_of_the_group_is_its_administrator(office: Bot) -> None:
    admin, _, number = group(office)
    admin.order("say", text="/subscribe", anonymous=True)

    assert admin.reply().text.startswith("订阅好了")
    assert subscription(office, number)


def test_a_channel_subscribes_by_a_post(office: Bot) -> None:
    admin, reader, number = group(office, kind="channel")
    admin.post("/subscribe")
    page = admin.reply()

    assert page.text.startswith("订阅好了")
    assert subscription(office, number)
    reader.press("投资规模")
    wait_until(lambda: "管理员" in office.server.order("state")["notices"][-1]["text"])
    admin.tap("投资规模")
    admin.tap("1亿元以上")
    assert subscription(office, number)["least"] == 1e8
    for text in ("/start", "低空经济的链长是谁", "/subscribe@other_bot"):
        admin.post(text)
    assert admin.stays_silent()


@pytest.mark.parametrize("kind", ["private", "group", "supergroup", "channel"])
def test_where_the_bot_is_put_out_nothing_more_is_sent(office: Bot, kind: str) -> None:
    admin, number = office.someone(), 0
    if kind == "private":
        number = admin.chat
        admin.ask("/subscribe")
        admin.block()
    else:
        admin, _, number = group(office, kind=kind)
        admin.post("/subscribe") if kind == "channel" else admin.say("/subscribe")
        admin.reply()
        admin.order("remove")

    wait_until(lambda: not subscription(office, number))


def test_a_group_that_becomes_a_supergroup_stays_subscribed(office: Bot) -> None:
    admin, _, number = group(office)
    admin.ask("/subscribe")
    admin.tap("推送时间")
    admin.tap("每天9:00汇总")
    new = -(10**12) - next(GROUPS)
    admin.order("migrate", new=new)

    wait_until(lambda: not subscription(office, number))
    assert subscription(office, new)["pace"] == "daily"
    assert "每天9:00" in admin.within(new).ask("/subscriptions").text


def test_to_be_forgotten_loses_no_subscription_by_accident(office: Bot, person: Person) -> None:
    person.ask("低空经济的链长是谁")
    person.ask("/language zh")
    person.ask("/subscribe")
    pushed(office, person)
    asked = person.ask("/forget")

    assert asked.text.startswith("将删除：")
    assert "/export" in asked.text
    assert subscription(office, person.chat)
    told = person.tap("全部删除")

    lines = told.text.splitlines()
    assert lines[0] == "已删除："
    assert set(lines[1:]) == {
        "· 对话记录",
        "· 语言设置",
        "· 您和最近1个问题的关联",
        "· 签约订阅",
        "· 1条推送记录",
    }
    chat = f"telegram:{person.chat}"
    for table, column in [
        ("chat", "id"),
        ("waiting", "chat"),
        ("outgoing", "chat"),
        ("subscription", "chat"),
        ("interest", "chat"),
        ("push", "chat"),
        ("mention", "chat"),
    ]:
        assert rows(office, f"select * from {table} where {column} = :chat", chat) == [], table
    assert "没有保存" in person.ask("/forget").text


def test_all_that_is_kept_is_sent_as_a_file(office: Bot, person: Person) -> None:
    person.ask("低空经济的链长是谁")
    person.ask("/subscribe")
    person.tap("产业链")
    person.tap("低空经济")
    pushed(office, person)
    sent = person.ask("/export")
    data = json.loads(person.open_file(sent))

    assert data["chat"] == f"telegram:{person.chat}"
    assert data["subscription"]["interests"] == {"chain.low-altitude": True}
    assert [one["text"] for one in data["conversation"]["questions"]] == ["低空经济的链长是谁"]
    assert [one["signings"] for one in data["pushes"]] == [[SIGNING]]
    assert "没有保存" in office.someone().ask("/export").text


def test_the_menu_the_help_and_the_welcome_tell_of_it(office: Bot, person: Person) -> None:
    menu = [command["command"] for command in office.server.order("state")["menus"]["zh"]]

    assert {"subscribe", "subscriptions", "forget", "export"} <= set(menu)
    assert "/subscribe" in person.ask("/start").text
    told = person.ask("/help").text
    assert all(f"/{name} " in told for name in ("subscribe", "subscriptions", "export"))
