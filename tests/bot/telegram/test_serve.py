"""`investbot serve` as people meet it on Telegram: every command, button and outcome."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.bot.telegram.test_workers import ASKED, TOLD, told
from tests.telegram_server.client import Person, StandIn, stand_in

SOURCE = "来源：《云港日报》2024年3月5日第2版"


@pytest.fixture
def person(bot: Bot) -> Person:
    return bot.someone()


def test_start_welcomes_and_says_what_can_be_asked(person: Person) -> None:
    welcome = person.ask("/start")

    assert "云港新区" in welcome.text
    assert "低空经济是做什么的" in welcome.text
    assert welcome.labels == ["产业链", "园区", "政策", "项目", "签约", "联系人"]


@pytest.mark.parametrize(
    ("command", "must"),
    [
        ("/chains", "绿色氢能"),
        ("/parks", "蓝湾装备基地"),
        ("/policies", "扶持办法"),
        ("/projects", "无人机整机项目"),
        ("/signings", "2024年春季签约仪式"),
        ("/contacts", "何敬"),
        ("/help", "/forget"),
        ("/enquiries", "没有在等"),
        ("/language", "请选择语言"),
        ("/forget", "没有保存"),
        ("/nonsense", "不认识这个命令"),
        ("/chains@bureau_test_bot", "绿色氢能"),
    ],
)
def test_every_command_answers(person: Person, command: str, must: str) -> None:
    reply = person.ask(command)

    assert must in reply.text


def test_an_answer_has_its_source_and_what_comes_next(person: Person) -> None:
    reply = person.ask("低空经济的链长是谁?")

    assert reply.text.startswith("低空经济\n周岚")
    assert reply.text.endswith(SOURCE)
    *following, right, wrong = reply.labels
    assert 1 <= len(following) <= 3
    assert (right, wrong) == ("👍 有用", "👎 没答到")
    assert [entity["type"] for entity in reply.entities] == ["bold", "blockquote"]


def test_what_is_missing_is_said_with_whom_to_ask(person: Person) -> None:
    reply = person.ask("蓝湾装备基地租金多少")

    assert "没有提到蓝湾装备基地的租金" in reply.text
    assert "云港新区投资促进局" in reply.text


def test_what_is_none_of_its_business_gets_a_kind_word(person: Person) -> None:
    reply = person.ask("今天天气怎么样")

    assert "天气" in reply.text
    assert len(reply.labels) == 3


def test_did_you_mean_is_answered_by_one_tap(person: Person) -> None:
    reply = person.ask("总共投资了多少")
    answer = person.tap(reply.labels[0])

    assert "哪一个" in reply.text
    assert SOURCE in answer.text
    assert answer.message_id == reply.message_id


def test_browsing_edits_in_place(person: Person) -> None:
    chains = person.ask("/chains")
    card = person.tap("低空经济")
    leader = person.tap("链长")
    back = person.tap("« 返回")
    lists = person.tap("« 主菜单")

    assert {chains.message_id} == {seen.message_id for seen in (card, leader, back, lists)}
    assert "周岚" in leader.text
    assert back.text == card.text
    assert lists.labels[0] == "产业链"
    assert len(person.messages()) == 1


def test_a_tap_and_a_question_share_the_context(person: Person) -> None:
    person.ask("/parks")
    person.tap("星河航空产业园")

    assert "500亩" in person.ask("它占地多少").text


def test_follow_ups_are_understood(person: Person) -> None:
    person.ask("无人机整机项目是谁投的")

    assert "8亿元" in person.ask("投了多少").text


@pytest.mark.parametrize(
    ("code", "must"),
    [
        ("en", "welcome to Yungang"),
        ("zh-hant", "歡迎瞭解雲港新區"),
        ("zh-tw", "歡迎"),
        ("fr", "welcome"),
        ("", "欢迎"),
    ],
)
def test_speaks_the_language_of_the_phone(bot: Bot, code: str, must: str) -> None:
    assert must in bot.someone(code).ask("/start").text


def test_the_language_can_be_chosen(person: Person) -> None:
    person.ask("/language")
    said = person.tap("English")

    assert "English" in said.text
    assert "Zhou Lan (周岚)" in person.ask("低空经济链长是谁").text
    person.ask("/language zh")
    assert "周岚" in person.ask("低空经济链长是谁").text


def test_english_and_pinyin_are_understood(person: Person) -> None:
    assert "Zhou Lan" in person.ask("Who leads the low-altitude economy chain?").text
    assert "周岚" in person.ask("dikongjingji lianzhang shi shei").text


@pytest.mark.parametrize(
    ("link", "must"),
    [
        ("chain_low-altitude", "低空经济"),
        ("park_xinghe", "星河航空产业园"),
        ("chains", "绿色氢能"),
        ("x_y", "欢迎"),
    ],
)
def test_deep_links_open_what_they_name(person: Person, link: str, must: str) -> None:
    assert must in person.ask(f"/start {link}").text


def test_command_menus_are_set_in_both_languages(bot: Bot) -> None:
    wait_until(lambda: len(bot.server.order("state")["menus"]) >= 2)
    menus = bot.server.order("state")["menus"]

    names = [command["command"] for command in menus["zh"]]
    assert names == [command["command"] for command in menus[""]]
    assert {"chains", "parks", "policies", "contacts", "signings", "help", "language"} <= set(names)
    assert menus["zh"][0]["description"] == "产业链"


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "video", "document", "location", "dice"])
def test_what_is_no_text_gets_a_kind_word(person: Person, kind: str) -> None:
    person.send(kind)

    told = person.reply().text
    assert any(word in told for word in ("文字", "直接写"))


def test_a_caption_is_a_question(person: Person) -> None:
    person.send("photo", "低空经济链长是谁")

    assert "周岚" in person.reply().text


def test_an_edited_question_is_answered_anew(person: Person) -> None:
    update = person.say("低空经济链长是隋")
    person.reply()
    person.edit(update["message"]["message_id"], "绿色氢能包括什么")

    assert "制氢" in person.reply().text


def test_long_and_broken_texts_are_answered(person: Person) -> None:
    assert "有点长" in person.ask("啊" * 4000).text
    assert person.ask("<b>&amp;</b> \0 🙂").text


def test_names_never_become_markup(person: Person) -> None:
    assert "<" in person.ask("<script>的链长是谁").text or person.messages()


def test_in_a_group_only_what_is_meant_for_it_is_answered(bot: Bot, person: Person) -> None:
    member = person.within(bot.server.group(-1001))

    member.say("低空经济链长是谁")
    assert member.stays_silent()
    update = member.say("@bureau_test_bot 低空经济链长是谁")
    reply = member.reply()
    assert "周岚" in reply.text
    assert reply.reply_to == update["message"]["message_id"]
    member.say("那绿色氢能呢", reply_to=reply.message_id)
    assert "绿色氢能" in member.reply().text
    member.say("/chains@another_bot")
    assert member.stays_silent()
    assert "深海装备" in member.ask("/chains@bureau_test_bot").text


@pytest.mark.parametrize(
    "data", ["nonsense", "chain.gone|overview", "a|b|c|d|e", "menu|open|xx", "chain.low-altitude|leader|fr"]
)
def test_forged_buttons_do_no_harm(person: Person, data: str) -> None:
    person.ask("/chains")
    person.press("低空经济", forged=data)

    assert "失效" in person.reply().text


def test_a_repeated_update_is_answered_once(bot: Bot, person: Person) -> None:
    update = person.say("低空经济链长是谁")
    person.reply()
    bot.server.order("repeat", updates=[update])

    assert person.stays_silent()
    assert len(person.messages()) == 1


def test_too_many_requests_are_waited_for(bot: Bot, person: Person) -> None:
    bot.server.order("fault", method="sendMessage", kind="429", seconds=1)

    assert "周岚" in person.ask("低空经济链长是谁").text


def test_an_answer_that_is_put_off_comes_once_and_in_order_and_holds_up_nobody_else(
    bot: Bot, person: Person
) -> None:
    bot.server.order("fault", method="sendMessage", kind="429", seconds=4)
    for question in ASKED:
        person.say(question)
    wait_until(lambda: not bot.server.log("sendMessage")[-1].get("ok", True))

    assert TOLD[0] in bot.someone().ask(ASKED[0]).text
    assert not person.messages()
    wait_until(lambda: len(person.messages()) == len(ASKED))
    assert told(person) == [*range(len(ASKED))]


def test_a_chats_own_limit_is_kept_where_telegram_says_so(bot: Bot, person: Person) -> None:
    bot.server.order("limits", per_chat_second=1)
    for question in ASKED:
        person.say(question)
    wait_until(lambda: len(person.messages()) == len(ASKED))
    bot.server.order("limits")

    assert told(person) == [*range(len(ASKED))]


def test_a_block_is_no_error(bot: Bot, person: Person) -> None:
    person.ask("/start")
    bot.server.order("block", user=person.number)
    person.say("低空经济链长是谁")
    wait_until(lambda: "blocked the bot" in bot.log)

    assert "Traceback" not in bot.log
    bot.server.order("unblock", user=person.number)
    assert "周岚" in person.ask("低空经济链长是谁").text


def test_the_bot_lives_on_after_telegrams_faults(bot: Bot, person: Person) -> None:
    for kind in ("500", "502", "lost"):
        bot.server.order("fault", method="sendMessage", kind=kind)
        person.say("/help")
    bot.server.order("fault", method="getUpdates", kind="502", times=2)

    person.say("低空经济链长是谁")

    wait_until(lambda: any("周岚" in message.text for message in person.messages()))
    assert bot.process.poll() is None


def test_the_clock_on_a_button_stops(bot: Bot, person: Person) -> None:
    before = len(bot.server.order("state")["notices"])
    person.ask("/chains")
    person.tap("低空经济")

    assert len(bot.server.order("state")["notices"]) == before + 1


def test_no_token_stands_in_the_log(bot: Bot) -> None:
    assert "stand-in" not in bot.log


class TestRestarts:
    """Tests with a stand-in and bots of their own."""

    @pytest.fixture
    def server(self) -> Iterator[StandIn]:
        with stand_in(threaded=True) as running:
            yield running

    def test_a_restart_in_mid_conversation_loses_nothing(self, server: StandIn, home: Path) -> None:
        person = server.user(1)
        with serving(server, home):
            person.ask("无人机整机项目是谁投的")
        person.say("投了多少")
        with serving(server, home):
            assert "8亿元" in person.reply().text
        assert len(person.messages()) == 2

    def test_who_writes_too_fast_is_told_once(self, server: StandIn, home: Path) -> None:
        person = server.user(1)
        with serving(server, home, FLOOD_MESSAGES="3", FLOOD_SECONDS="60"):
            for _ in range(6):
                person.say("/help")
            wait_until(lambda: len(person.messages()) >= 4)
            person.say("/help")
            for _ in range(4):
                person.reply()
            assert person.stays_silent()
            assert "有点快" in person.messages()[-1].text

    def test_a_wrong_token_is_named(self, server: StandIn, home: Path) -> None:
        with serving(server, home, TELEGRAM_BOT_TOKEN="1:wrong") as bot:
            assert bot.process.wait(20) == 2
        assert "TELEGRAM_BOT_TOKEN" in bot.log
        assert "@BotFather" in bot.log
        assert "Traceback" not in bot.log
        assert "1:wrong" not in bot.log


def test_a_chains_map_is_sent_as_a_picture_beside_its_overview(person: Person) -> None:
    overview = person.ask("低空经济")
    assert "产业图谱" in overview.labels
    *following, _, _ = overview.labels
    assert len(following) <= 3

    shown = person.tap("产业图谱")

    assert shown.photo is not None
    assert shown.photo[0] == 1280
    assert shown.text == "低空经济产业图谱\n来源：《云港日报》2024年3月5日第2版"
    assert shown.message_id != overview.message_id
    assert person.messages()[0].text == overview.text
    assert [shown.text for shown in person.messages() if shown.photo] == [shown.text]


def test_a_chains_card_has_its_map_too_in_the_readers_language(bot: Bot) -> None:
    reader = bot.someone("en")
    reader.ask("/start chain_low-altitude")

    shown = reader.tap("Chain map")

    assert shown.photo is not None
    assert shown.text.startswith("Low-altitude Economy (低空经济): Chain map\nSource: ")
