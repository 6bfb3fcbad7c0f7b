"""The stand-in itself: it refuses what Telegram refuses, in Telegram's words."""

import asyncio
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from tests.telegram_server.client import TOKEN, Person, StandIn, stand_in
from tests.telegram_server.entities import units
from tests.telegram_server.markup import parse_html
from tests.telegram_server.refusals import Refused


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


@pytest.fixture
def person(server: StandIn, request: pytest.FixtureRequest) -> Person:
    """Somebody new for each test, who has started the bot."""
    someone = server.user(1000 + abs(hash(request.node.name)) % 1_000_000)
    someone.say("/start")
    return someone


def refusal(server: StandIn, method: str, **fields: Any) -> tuple[int, str]:  # noqa: ANN401 - JSON
    answer = server.call(method, **fields).json()
    assert not answer["ok"], answer
    return answer["error_code"], answer["description"]


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "长" * 4097}, "message is too long"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "x", "bogus": 1}, "field 'bogus': Extra inputs are not permitted"),
        (
            {"text": "<x>a</x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        (
            {"text": "长</b>", "parse_mode": "HTML"},
            "can't parse entities: Unexpected end tag at byte offset 3",
        ),
        (
            {"text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "<b>a</i>", "parse_mode": "HTML"},
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        (
            {"text": "a < b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "长" * 22}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "nope": 1}]]},
            },
            "field 'reply_markup.InlineKeyboardMarkup.inline_keyboard.0.0.nope': "
            "Extra inputs are not permitted",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999999}}, "message to be replied not found"),
    ],
)
def test_refuses_a_message(
    server: StandIn, person: Person, fields: dict[str, object], description: str
) -> None:
    code, told = refusal(server, "sendMessage", chat_id=person.number, **fields)

    assert (code, told) == (400, f"Bad Request: {description}")


def test_refuses_ill_typed_fields(server: StandIn, person: Person) -> None:
    code, told = refusal(
        server, "sendMessage", chat_id=person.number, text="x", disable_notification="perhaps"
    )

    assert code == 400
    assert "disable_notification" in told


def test_chats_must_be_known_and_willing(server: StandIn, person: Person) -> None:
    assert refusal(server, "sendMessage", chat_id=1, text="x") == (400, "Bad Request: chat not found")
    assert refusal(server, "sendMessage", text="x") == (400, "Bad Request: chat_id is empty")
    stranger = server.user(77)
    assert refusal(server, "sendMessage", chat_id=stranger.number, text="x")[0] == 403
    server.order("block", user=person.number)
    assert refusal(server, "sendMessage", chat_id=person.number, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )


def test_knows_its_token_and_its_methods(server: StandIn) -> None:
    assert server.call("getMe", token="1:wrong").status_code == 401
    assert server.call("getMee").status_code == 404


def test_edits_what_is_its_own_and_changed(server: StandIn, person: Person) -> None:
    number = server.call("sendMessage", chat_id=person.number, text="一").json()["result"]["message_id"]
    edit = {"chat_id": person.number, "message_id": number}

    assert "message is not modified" in refusal(server, "editMessageText", text="一", **edit)[1]
    assert server.call("editMessageText", text="二", **edit).json()["ok"]
    assert person.messages()[-1].text == "二"
    assert person.messages()[-1].edited
    assert refusal(server, "editMessageText", chat_id=person.number, message_id=1, text="x")[1] in {
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
    }


def test_updates_wait_until_they_are_acknowledged(server: StandIn, person: Person) -> None:
    def updates(**fields: Any) -> list[int]:  # noqa: ANN401 - JSON
        return [update["update_id"] for update in server.call("getUpdates", **fields).json()["result"]]

    first = person.say("一")["update_id"]
    second = person.say("二")["update_id"]

    assert updates(offset=first) == [first, second]
    assert updates(offset=first) == [first, second]
    assert updates(offset=second) == [second]
    assert updates(offset=second + 1) == []
    assert updates() == []


def test_callback_queries_are_answered_once(server: StandIn, person: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "甲", "callback_data": "a"}]]}
    server.call("sendMessage", chat_id=person.number, text="x", reply_markup=keyboard)
    person.press("甲")
    update = server.call("getUpdates", offset=-1).json()["result"][0]["callback_query"]

    assert update["data"] == "a"
    assert server.call("answerCallbackQuery", callback_query_id=update["id"]).json()["ok"]
    assert "query is too old" in refusal(server, "answerCallbackQuery", callback_query_id=update["id"])[1]


def test_limits_are_kept_where_they_are_switched_on(server: StandIn, person: Person) -> None:
    server.order("limits", per_chat_second=1)
    answers = [server.call("sendMessage", chat_id=person.number, text=str(n)).json() for n in range(2)]
    server.order("limits")

    assert [answer["ok"] for answer in answers] == [True, False]
    assert answers[1]["error_code"] == 429
    assert answers[1]["parameters"] == {"retry_after": 1}


def test_the_real_library_talks_to_it(
    server: StandIn, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    async def talk() -> None:
        async with Bot(TOKEN, base_url=server.base_url) as bot:
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("甲", callback_data="a")]])
            sent = await bot.send_message(person.number, "<b>粗</b>🙂<i>斜</i>", "HTML", reply_markup=markup)
            assert sent.text == "粗🙂斜"
            assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 1), ("italic", 3, 1)]
            await sent.edit_text("改")
            with pytest.raises(BadRequest, match="not modified"):
                await sent.edit_text("改")
            for kind, error in (
                ("429", RetryAfter),
                ("403", Forbidden),
                ("502", NetworkError),
                ("lost", NetworkError),
            ):
                server.order("fault", method="sendMessage", kind=kind)
                with pytest.raises(error):
                    await bot.send_message(person.number, "到了吗")

    asyncio.run(talk())
    # Of the four only the last arrived: its reply was lost, not the message.
    assert [message.text for message in person.messages()] == ["改", "到了吗"]


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    plain, entities = parse_html(f"<b>{escape(text)}</b>")

    assert plain == text
    assert [(entity["offset"], entity["length"]) for entity in entities] == (
        [(0, units(text))] if text else []
    )


@given(st.text(alphabet="<>/ab &;lt\"='", max_size=30))
def test_any_markup_is_read_or_refused(text: str) -> None:
    try:
        plain, entities = parse_html(text)
    except Refused as refused:
        told = refused.description
    else:
        told = "Bad Request: can't parse entities: "
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= units(plain) for e in entities)
    assert told.startswith("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("<blockquote expandable>x</blockquote>", ["expandable_blockquote"]),
        ("<blockquote>x</blockquote>", ["blockquote"]),
        ('<a href="https://a.b/?x=1&amp;y">z</a>', ["text_link"]),
        ('<span class="tg-spoiler">x</span>', ["spoiler"]),
        ("<pre><code>x</code></pre>", ["pre", "code"]),
        ("<B>x</B>", ["bold"]),
        ("<b></b>x", []),
    ],
)
def test_reads_the_tags_telegram_knows(source: str, kinds: list[str]) -> None:
    assert sorted(entity["type"] for entity in parse_html(source)[1]) == sorted(kinds)
