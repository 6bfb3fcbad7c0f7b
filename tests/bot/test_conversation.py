"""The conversation on the invented bureau: commands, buttons, languages, what is no question."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from bot.conversation import LONGEST, Conversation
from bot.memory import DatabaseMemory, RunMemory, State
from bot.reply import DATA_LIMIT, Reply
from bot.terminal import plain
from knowledge.asking.answer import Language, Outcome
from knowledge.asking.asker import Asker
from knowledge.database import session
from knowledge.models.chat import Chat, Question

CHAT = "test:1"
COMMANDS = ["start", "help", "chains", "parks", "policies", "projects", "signings", "contacts", "language"]


@pytest.fixture
def conversation(asker: Asker) -> Conversation:
    return Conversation(asker, RunMemory(), "test")


def press(conversation: Conversation, reply: Reply, label: str) -> Reply:
    """Press the button of a label."""
    data = next(button.data for button in reply.buttons if button.label == label)
    return conversation.press(CHAT, data)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_every_language(
    conversation: Conversation, command: str, language: Language
) -> None:
    reply = conversation.command(CHAT, command, hint=language)

    assert reply.answer.language is language
    assert reply.answer.text
    assert reply.buttons
    assert "{" not in reply.answer.text
    for button in reply.buttons:
        assert 0 < len(button.data.encode()) <= DATA_LIMIT


def test_welcome_names_the_bureau_and_an_example_of_its_own(conversation: Conversation) -> None:
    text = conversation.command(CHAT, "start").answer.text

    assert "云港新区" in text
    assert "低空经济" in text


@pytest.mark.parametrize(
    ("command", "must"),
    [
        ("chains", "低空经济"),
        ("parks", "星河航空产业园"),
        ("policies", "低空经济扶持办法"),
        ("projects", "无人机整机项目"),
        ("signings", "春季签约"),
        ("contacts", "何敬（云港新区投资促进局局长）"),
    ],
)
def test_lists_show_what_there_is(conversation: Conversation, command: str, must: str) -> None:
    reply = conversation.command(CHAT, command)

    assert reply.answer.outcome is Outcome.ANSWERED
    assert must in reply.answer.text
    assert reply.answer.sources


def test_browses_from_a_chain_to_its_leader_and_back(conversation: Conversation) -> None:
    chains = conversation.command(CHAT, "chains")
    chain = press(conversation, chains, "低空经济")
    leader = press(conversation, chain, "链长")
    back = press(conversation, leader, "« 返回")

    assert "周岚" in leader.answer.text
    assert back.answer.title == chain.answer.title
    assert "低空经济" in press(conversation, back, "« 返回").answer.text
    assert press(conversation, back, "« 主菜单").buttons


def test_every_button_reachable_from_the_menu_leads_somewhere(conversation: Conversation) -> None:
    waiting = list(conversation.command(CHAT, "start").buttons)
    seen: set[str] = set()
    while waiting:
        button = waiting.pop()
        if button.data in seen or button.data.startswith("language"):
            continue
        seen.add(button.data)
        reply = conversation.press(CHAT, button.data)
        assert reply.answer.text, button
        if not button.data.startswith("menu"):
            assert reply.answer.outcome is Outcome.ANSWERED, button
            assert reply.answer.sources, button
        waiting += reply.buttons
    assert len(seen) > 20


def test_a_press_and_a_text_share_the_conversation(conversation: Conversation) -> None:
    press(conversation, conversation.command(CHAT, "chains"), "低空经济")

    assert "周岚" in conversation.text(CHAT, "它的链长是谁").answer.text


def test_deep_links_open_an_entity(conversation: Conversation) -> None:
    assert "低空经济" in conversation.command(CHAT, "start", "chain_low-altitude").answer.title
    assert "欢迎" in conversation.command(CHAT, "start", "chain_no-such").answer.text


def test_the_language_is_chosen_once(conversation: Conversation) -> None:
    reply = conversation.command(CHAT, "language")
    said = press(conversation, reply, "English")

    assert said.answer.language is Language.EN
    assert "Zhou Lan" in conversation.text(CHAT, "低空经济链长是谁").answer.text
    conversation.command(CHAT, "language", "繁體")
    assert "周嵐" in conversation.text(CHAT, "低空经济链长是谁").answer.text


def test_traditional_phones_get_traditional_answers_where_the_question_leaves_it_open(
    conversation: Conversation,
) -> None:
    assert conversation.text(CHAT, "何敬", Language.HANT).answer.language is Language.HANT
    assert conversation.text(CHAT, "何敬是谁", Language.HANT).answer.language is Language.HANS


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("", "请写下想问的事"),
        ("   ", "请写下想问的事"),
        ("啊" * (LONGEST + 1), "有点长"),
        ("🙂🙂", "看不懂表情"),
        ("\udcff坏", "UTF-8"),
    ],
)
def test_what_is_no_question_gets_a_kind_sentence(conversation: Conversation, text: str, must: str) -> None:
    assert must in conversation.text(CHAT, text).answer.text


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "video", "document", "other"])
@pytest.mark.parametrize("language", list(Language))
def test_media_gets_a_kind_sentence(conversation: Conversation, kind: str, language: Language) -> None:
    reply = conversation.media(CHAT, kind, language)

    assert reply.answer.lines[0]
    assert reply.answer.language is language


@pytest.mark.parametrize(
    "data", ["", "|", "x", "a|b|c|d|e", "chain.gone|overview", "menu|nothing", "a|b|xx", "\0|\0"]
)
def test_forged_and_stale_buttons_are_answered_kindly(conversation: Conversation, data: str) -> None:
    reply = conversation.press(CHAT, data)

    assert reply.answer.lines or reply.answer.title
    assert not reply.answer.sources


@given(st.text(max_size=60))
def test_no_text_whatever_fails(asker: Asker, text: str) -> None:
    conversation = Conversation(asker, RunMemory(), "test")
    error = conversation.error().answer.text

    assert conversation.text(CHAT, text).answer.text not in {"", error}
    assert conversation.press(CHAT, text).answer.text not in {"", error}
    assert conversation.command(CHAT, text, text).answer.text not in {"", error}


def test_whatever_fails_inside_ends_in_a_kind_sentence(asker: Asker) -> None:
    class Broken(RunMemory):
        def load(self, chat: str) -> State:
            raise RuntimeError("disk on fire")

    reply = Conversation(asker, Broken(), "test").text(CHAT, "周岚是谁")

    assert "抱歉" in reply.answer.text
    assert "fire" not in reply.answer.text


def test_a_restart_loses_nothing_of_a_conversation(own_bureau: Engine) -> None:
    def start() -> Conversation:
        return Conversation(Asker(own_bureau), DatabaseMemory(own_bureau), "test")

    start().text(CHAT, "无人机整机项目是谁投的")

    assert "8亿元" in start().text(CHAT, "投了多少").answer.text


def test_questions_are_logged_with_their_outcome(own_bureau: Engine) -> None:
    conversation = Conversation(Asker(own_bureau), DatabaseMemory(own_bureau), "test")
    conversation.text(CHAT, "低空经济链长是谁")
    conversation.text(CHAT, "绿色氢能链长是谁")

    with session(own_bureau) as database:
        rows = database.exec(select(Question).order_by(Question.id)).all()  # type: ignore[arg-type]
    assert [(row.status, row.entity) for row in rows] == [
        ("answered", "chain.low-altitude"),
        ("missing", "chain.hydrogen"),
    ]


def test_forget_keeps_nothing_of_a_chat(own_bureau: Engine) -> None:
    conversation = Conversation(Asker(own_bureau), DatabaseMemory(own_bureau), "test")
    conversation.command(CHAT, "language", "en")
    conversation.text(CHAT, "低空经济链长是谁")
    conversation.command(CHAT, "forget")

    with session(own_bureau) as database:
        assert database.get(Chat, CHAT) is None
    assert conversation.text(CHAT, "低空经济链长是谁").answer.language is Language.HANS


def test_chats_do_not_mix(conversation: Conversation) -> None:
    ask: Callable[[str, str], Reply] = conversation.text
    ask("test:1", "低空经济是什么")
    ask("test:2", "星河航空产业园在哪")

    assert "周岚" in ask("test:1", "链长是谁").answer.text
    assert "500亩" in ask("test:2", "占地多少").answer.text


def test_a_map_is_a_picture_that_the_terminal_says_in_words(conversation: Conversation) -> None:
    overview = conversation.text(CHAT, "低空经济")
    reply = press(conversation, overview, "产业图谱")

    assert reply.beside
    assert reply.picture is not None
    told = plain(reply)
    assert "园区：星河航空产业园" in told
    assert "investbot picture chain.low-altitude" in told


def test_a_map_that_cannot_be_drawn_is_said_in_words(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pictures.typesetting.missing", lambda text: "字")

    reply = conversation.press(CHAT, "chain.low-altitude|map")

    assert reply.picture is None
    assert "链长：周岚" in reply.answer.text
    assert "investbot picture" not in plain(reply)


@pytest.mark.parametrize("data", ["chain.deep-sea|map", "chain.nowhere|map", "park.xinghe|map"])
def test_nothing_else_has_a_map(conversation: Conversation, data: str) -> None:
    assert conversation.press(CHAT, data).picture is None


def test_a_chain_of_which_only_the_name_is_known_offers_no_map(conversation: Conversation) -> None:
    assert "产业图谱" not in [button.label for button in conversation.text(CHAT, "深海装备").buttons]


def test_a_list_of_all_is_not_bound_to_the_one_spoken_of(conversation: Conversation) -> None:
    conversation.text("telegram:9", "低空经济的链长是谁")

    assert "深海装备" in conversation.text("telegram:9", "有哪些产业链?").answer.text
