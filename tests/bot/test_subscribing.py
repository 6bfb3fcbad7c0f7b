"""The talk about a subscription on the invented bureau: every page, every button, what cannot be done."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.conversation import Conversation
from bot.memory import DatabaseMemory, RunMemory
from bot.push.message import ALL, FEWER, STOP, TOLD, compose
from bot.reply import DATA_LIMIT, Press, Reply
from bot.subscribing.changes import Change
from bot.subscribing.talk import BUTTONS, Subscribing
from bot.subscribing.zones import find_zone
from bot.terminal import plain
from knowledge.announcing.content import Content
from knowledge.announcing.subscriptions import find_subscription, interests, set_interest
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.models import Announcement, AnnouncementState, Pace, Subscription

CHAT = "telegram:1"
NOW = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
SIGNING = "signing.spring-2024"
CONCERNED = ("chain.low-altitude", "chain.deep-sea", "park.xinghe", "company.haideng")


@pytest.fixture
def push(own_bureau: Engine) -> Announcement:
    """What was announced: a signing about two chains and a park, of 9 billion yuan."""
    content = replace(Content.of(Asker(own_bureau), SIGNING), entities=CONCERNED)
    row = Announcement(
        signing_id=SIGNING,
        content=content.encode(),
        state=AnnouncementState.RELEASED,
        at=NOW,
        made_at=NOW,
        made_by="陈立",
    )
    with writing(own_bureau) as database:
        database.add(row)
        database.commit()
    return row


@pytest.fixture
def talk(own_bureau: Engine) -> Conversation:
    asker = Asker(own_bureau)
    subscribing = Subscribing(own_bureau, asker, "Asia/Shanghai")
    return Conversation(asker, DatabaseMemory(own_bureau), "telegram", subscribing=subscribing)


def press(talk: Conversation, reply: Reply, label: str) -> Reply:
    """Press the button of a label."""
    return talk.press(CHAT, next(button.data for button in reply.buttons if button.label == label))


def held(engine: Engine) -> tuple[Subscription, dict[str, bool]]:
    with session(engine) as database:
        row = find_subscription(database, CHAT)
        assert row is not None
        return row, interests(database, [CHAT])[CHAT]


def choose(engine: Engine, **wanted: bool) -> None:
    """Have chains chosen, by the end of their ids."""
    with writing(engine) as database:
        for name, wish in wanted.items():
            set_interest(database, CHAT, f"chain.{name.replace('_', '-')}", wish)
        database.commit()


@pytest.mark.parametrize("language", list(Language))
def test_every_button_of_every_page_leads_somewhere_and_back(
    talk: Conversation, push: Announcement, language: Language
) -> None:
    seen: set[str] = set()
    pushes = [compose([push], language, NOW), compose([push, push], language, NOW)]
    waiting = [talk.command(CHAT, "subscribe", hint=language), *pushes]
    while waiting:
        reply = waiting.pop()
        for button in reply.buttons:
            verb = button.data.partition("|")[0]
            if button.data in seen or verb not in BUTTONS:
                continue
            seen.add(button.data)
            assert 0 < len(button.data.encode()) <= DATA_LIMIT
            talk.command(CHAT, "subscribe", hint=language)
            shown = talk.press(CHAT, button.data)
            assert shown.answer.text
            assert shown.buttons
            assert "{" not in shown.answer.text
            assert shown.beside == (verb in {TOLD, FEWER, STOP})
            if not button.data.startswith("set|language"):
                assert shown.answer.language is language
                waiting.append(shown)

    assert len(seen) > 50


def test_fewer_offers_what_the_push_was_about(talk: Conversation, push: Announcement) -> None:
    talk.command(CHAT, "subscribe")
    offers = press(talk, compose([push], Language.HANS, NOW), "少推这类")

    assert [button.label for button in offers.buttons] == [
        "不要低空经济的",
        "不要深海装备的",
        "不要星河航空产业园的",
        "只要100亿元以上的",
        "改为每天9:00汇总",
        "改为每周一9:00汇总",
        "看我的订阅",
        "不再接收",
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_an_offer_taken_twice_is_taken_once_and_undone_to_what_was(
    talk: Conversation, push: Announcement, own_bureau: Engine, times: int
) -> None:
    talk.command(CHAT, "subscribe")
    choose(own_bureau, low_altitude=True, hydrogen=True)
    offers = press(talk, compose([push], Language.HANS, NOW), "少推这类")
    done = [press(talk, offers, "不要低空经济的") for _ in range(times)][-1]

    assert done.answer.text == "好的，以后不推送低空经济的签约。"
    assert held(own_bureau)[1] == {"chain.low-altitude": False, "chain.hydrogen": True}
    for _ in range(times):
        press(talk, done, "↩ 撤销")
    assert held(own_bureau)[1] == {"chain.low-altitude": True, "chain.hydrogen": True}

    slower = press(talk, offers, "改为每周一9:00汇总")
    assert held(own_bureau)[0].pace is Pace.WEEKLY
    press(talk, slower, "↩ 撤销")
    assert held(own_bureau)[0].pace is Pace.AT_ONCE


def test_who_wants_one_chain_alone_does_not_get_all_others_for_it(
    talk: Conversation, push: Announcement, own_bureau: Engine
) -> None:
    talk.command(CHAT, "subscribe")
    choose(own_bureau, low_altitude=True, hydrogen=True)
    old = press(talk, compose([push], Language.HANS, NOW), "少推这类")
    with writing(own_bureau) as database:
        set_interest(database, CHAT, "chain.hydrogen", None)
        database.commit()
    offers = press(talk, compose([push], Language.HANS, NOW), "少推这类")

    assert "不要低空经济的" not in {button.label for button in offers.buttons}
    press(talk, old, "不要低空经济的")
    assert held(own_bureau)[1] == {"chain.low-altitude": True}


def test_what_is_not_wanted_is_shown_and_can_be_brought_back(
    talk: Conversation, push: Announcement, own_bureau: Engine
) -> None:
    talk.command(CHAT, "subscribe")
    press(talk, press(talk, compose([push], Language.HANS, NOW), "少推这类"), "不要深海装备的")
    page = talk.command(CHAT, "subscriptions")

    assert "不推送：深海装备" in page.answer.text
    press(talk, press(talk, page, "产业链"), "✕ 深海装备")
    assert held(own_bureau)[1] == {}


def test_what_the_bureau_knows_no_more_can_still_be_taken_off(talk: Conversation, own_bureau: Engine) -> None:
    talk.command(CHAT, "subscribe")
    choose(own_bureau, retired=True)
    page = talk.command(CHAT, "subscriptions")

    assert "chain.retired" in page.answer.text
    press(talk, press(talk, page, "产业链"), "✓ chain.retired")
    assert held(own_bureau)[1] == {}


def test_it_never_gets_fewer_than_the_fewest(
    talk: Conversation, push: Announcement, own_bureau: Engine
) -> None:
    talk.command(CHAT, "subscribe")
    for data in ("set|least=10000000000", "set|pace=weekly"):
        talk.press(CHAT, data)
    offers = talk.press(CHAT, Press(FEWER, ALL, Language.HANS).encode())

    assert "已经是最少" in offers.answer.text
    assert [button.label for button in offers.buttons] == ["看我的订阅", "不再接收"]


def test_details_of_a_signing_that_was_retired_are_the_list_of_signings(talk: Conversation) -> None:
    for topic in (ALL, "999", "x"):
        shown = talk.press(CHAT, Press(TOLD, topic, Language.HANS).encode())
        assert "2024年春季签约仪式" in shown.answer.text
        assert shown.beside


def test_a_zone_of_their_own_is_marked_among_those_offered(talk: Conversation) -> None:
    page = talk.command(CHAT, "subscribe", "Pacific/Apia")

    assert "时区：Pacific/Apia" in page.answer.text
    assert "✓ Pacific/Apia" in {button.label for button in press(talk, page, "时区").buttons}


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("上海", "Asia/Shanghai"),
        ("紐約", "America/New_York"),
        (" London ", "Europe/London"),
        ("rome", "Europe/Rome"),
        ("utc", "UTC"),
        ("", ""),
        ("../Rome", ""),
    ],
)
def test_time_zones_are_understood_as_people_write_them(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


def test_where_nothing_can_be_sent_nobody_subscribes(asker: Asker) -> None:
    talk = Conversation(asker, RunMemory(), "terminal")

    for command in ("subscribe", "subscriptions"):
        assert "Telegram" in talk.command("terminal", command).answer.text
    assert "失效" in talk.press("terminal", "subs|main").answer.text


def test_without_a_database_all_that_is_kept_is_shown_and_forgotten_too(asker: Asker) -> None:
    talk = Conversation(asker, RunMemory(), "terminal")
    talk.command("terminal", "language", "zh")
    talk.text("terminal", "低空经济链长是谁")

    assert "chain.low-altitude" in plain(talk.command("terminal", "export"))
    assert "对话记录" in talk.command("terminal", "forget").answer.text
    assert "没有保存" in talk.command("terminal", "export").answer.text


@pytest.mark.parametrize(
    "change",
    [Change("pace", "daily"), Change("chain.x", "no", ""), Change("quiet", "", "22:00-08:00")],
)
def test_a_change_is_what_its_button_says(change: Change) -> None:
    assert Change.decode(change.encode()) == change
