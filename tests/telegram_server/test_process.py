"""The stand-in as a process: it refuses what Telegram refuses, in its words; a real library uses it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from tests.telegram_server.client import TOKEN, Person, StandIn, stand_in


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


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

            document = await bot.send_document(
                person.number, b"pdf", "<i>图</i>", parse_mode="HTML", filename="plan.pdf"
            )
            assert document.caption_entities[0].type == "italic"
            assert document.document is not None
            file = await bot.get_file(document.document.file_id)
            assert (file.file_path or "").endswith("/plan.pdf")
            assert await bot.set_my_commands([("help", "x")], language_code="zh")
            assert [command.command for command in await bot.get_my_commands(language_code="zh")] == ["help"]
            assert (await bot.get_chat(person.number)).first_name == "王"
            updates = await bot.get_updates(offset=-1, timeout=0)
            assert updates[0].effective_user is not None
            assert updates[0].effective_user.id == person.number

    asyncio.run(talk())
    # Of the four only the last arrived: its reply was lost, not the message.
    assert [message.text for message in person.messages()] == ["改", "到了吗", "图"]
