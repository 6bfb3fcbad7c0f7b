"""The methods of the Bot API: forms and uploads, buttons, profile, files, faults."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.telegram_server.client import TOKEN, Person, StandIn


def refusal(server: StandIn, method: str, **fields: Any) -> str:  # noqa: ANN401 - JSON
    answer = server.call(method, **fields).json()
    assert not answer["ok"], answer
    return str(answer["description"]).removeprefix("Bad Request: ")


def post(server: StandIn, method: str, **request: Any) -> Any:  # noqa: ANN401 - JSON
    with httpx.Client(trust_env=False) as client:
        return client.post(f"{server.base_url}{TOKEN}/{method}", **request).json()


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "png")
    return out.getvalue()


def test_forms_hold_json_where_a_field_is_no_text(server: StandIn, person: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "[甲", "callback_data": "{"}]]}
    form = {"chat_id": str(person.number), "text": "[1]", "reply_markup": json.dumps(markup)}
    sent = post(server, "sendMessage", data=form)["result"]
    got = post(server, "SENDMESSAGE", params={"chat_id": person.number, "text": "{"})["result"]

    assert (sent["text"], sent["reply_markup"]) == ("[1]", markup)
    assert got["text"] == "{"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, "can't parse JSON object"),
        ({"json": [1]}, "can't parse JSON object"),
        ({"data": {"chat_id": "1", "text": "x", "reply_markup": "{"}}, "can't parse reply_markup JSON"),
        ({"data": {"chat_id": "1", "text": "x", "protect_content": "perhaps"}}, "protect_content"),
        ({"json": {"chat_id": 1, "text": 5}}, "field 'text'"),
        ({"data": {"chat_id": "1"}, "files": {"bogus": b"x"}}, "message text is empty"),
        ({"data": {"chat_id": "1", "text": "x"}, "files": {"bogus": b"x"}}, "field 'bogus'"),
    ],
)
def test_refuses_broken_requests(server: StandIn, request_: dict[str, Any], words: str) -> None:
    answer = post(server, "sendMessage", **request_)

    assert answer["error_code"] == 400
    assert words in answer["description"]


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "长" * 22}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "a", "url": "x y"}, "inline keyboard button URL 'x y' is invalid: Wrong HTTP URL"),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
    ],
)
def test_refuses_buttons(server: StandIn, person: Person, button: dict[str, str], words: str) -> None:
    markup = {"inline_keyboard": [[button]]}

    assert refusal(server, "sendMessage", chat_id=person.number, text="x", reply_markup=markup) == words


def test_edits_only_what_can_be_edited(server: StandIn, person: Person) -> None:
    said = person.say("x")["message"]["message_id"]
    photo = post(server, "sendPhoto", data={"chat_id": person.number}, files={"photo": png(200, 100)})[
        "result"
    ]
    chat: dict[str, Any] = {"chat_id": person.number}

    assert refusal(server, "editMessageText", text="x") == "chat_id is empty"
    assert refusal(server, "editMessageText", **chat, text="x") == "message identifier is not specified"
    assert refusal(server, "editMessageText", **chat, message_id=9**9, text="x") == (
        "message to edit not found"
    )
    assert refusal(server, "editMessageText", **chat, message_id=said, text="x") == "message can't be edited"
    assert refusal(server, "editMessageText", **chat, message_id=photo["message_id"], text="x") == (
        "there is no text in the message to edit"
    )
    for method, change in (
        ("editMessageCaption", {"caption": "c"}),
        ("editMessageReplyMarkup", {"reply_markup": {"inline_keyboard": [[{"text": "a", "url": "a.b"}]]}}),
    ):
        changed = {**chat, "message_id": photo["message_id"], **change}
        assert server.call(method, **changed).json()["ok"]
        assert refusal(server, method, **changed).startswith("message is not modified")
    assert server.call("deleteMessage", **chat, message_id=photo["message_id"]).json()["ok"]
    assert refusal(server, "deleteMessage", **chat, message_id=photo["message_id"]) == (
        "message to delete not found"
    )
    assert server.call(
        "setMessageReaction", **chat, message_id=said, reaction=[{"type": "emoji", "emoji": "👍"}]
    ).json()["ok"]


def test_photos_are_shown_in_sizes_and_refused_where_they_are_none(server: StandIn, person: Person) -> None:
    def send(data: bytes) -> Any:  # noqa: ANN401 - JSON
        return post(server, "sendPhoto", data={"chat_id": person.number}, files={"photo": data})

    sizes = send(png(1280, 3840))["result"]["photo"]

    assert [(size["width"], size["height"]) for size in sizes] == [
        (30, 90),
        (107, 320),
        (267, 800),
        (427, 1280),
        (853, 2560),
    ]
    assert send(b"jpg")["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert send(png(210, 10))["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert send(png(5001, 5000))["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert "too big for a photo" in send(b"x" * (10 * 1024 * 1024 + 1))["description"]


def test_files_can_be_fetched(server: StandIn, person: Person) -> None:
    upload = {"document": ("plan.pdf", b"pdf")}
    sent = post(server, "sendDocument", data={"chat_id": person.number, "caption": "<b>c</b>"}, files=upload)
    document = sent["result"]["document"]
    path = server.call("getFile", file_id=document["file_id"]).json()["result"]["file_path"]
    again = server.call("sendDocument", chat_id=person.number, document=document["file_id"])

    assert document["file_name"] == "plan.pdf"
    assert sent["result"]["caption"] == "<b>c</b>"
    assert httpx.get(f"{server.address}/file/bot{TOKEN}/{path}", trust_env=False).content == b"pdf"
    assert again.json()["result"]["document"] == document
    assert refusal(server, "getFile", file_id="x") == "invalid file_id"
    assert refusal(server, "sendPhoto", chat_id=person.number, photo="x") == (
        "wrong file identifier/HTTP URL specified"
    )
    long = {"caption": "长" * 1025, "photo": "https://a.b/c.jpg"}
    assert refusal(server, "sendPhoto", chat_id=person.number, **long) == "message caption is too long"


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("链", "x", "BOT_COMMAND_INVALID"),
        ("", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "BOT_COMMAND_INVALID"),
        ("start", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("start", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_refuses_commands(server: StandIn, command: str, description: str, words: str) -> None:
    commands = [{"command": command, "description": description}]

    assert refusal(server, "setMyCommands", commands=commands) == words


def test_menus_belong_to_a_language_and_a_scope(server: StandIn, person: Person) -> None:
    def menu(**place: Any) -> list[str]:  # noqa: ANN401 - JSON
        return [command["command"] for command in server.call("getMyCommands", **place).json()["result"]]

    scope = {"type": "chat", "chat_id": person.number}
    for name, place in (("a", {}), ("b", {"language_code": "zh"}), ("c", {"scope": scope})):
        commands = [{"command": name, "description": "x"}]
        assert server.call("setMyCommands", commands=commands, **place).json()["ok"]

    assert (menu(), menu(language_code="zh"), menu(scope=scope)) == (["a"], ["b"], ["c"])
    assert server.call("deleteMyCommands", language_code="zh").json()["ok"]
    assert (menu(), menu(language_code="zh")) == (["a"], [])
    assert refusal(server, "setMyCommands", commands=[], language_code="zh-hans") == (
        "invalid language code specified"
    )


def test_name_descriptions_and_menu_button_are_kept(server: StandIn) -> None:
    for method, key in (("Description", "description"), ("ShortDescription", "short_description")):
        assert server.call(f"setMy{method}", **{key: "x"}).json()["ok"]
        assert server.call(f"getMy{method}", language_code="zh").json()["result"] == {key: "x"}
        assert "too long" in refusal(server, f"setMy{method}", **{key: "x" * 513})
    assert server.call("setMyName", name="局").json()["ok"]
    assert server.call("getMe").json()["result"]["first_name"] == "局"
    assert server.call("setChatMenuButton", menu_button={"type": "commands"}).json()["ok"]
    assert server.call("getChatMenuButton").json()["result"] == {"type": "commands"}


def test_what_the_bot_does_is_seen(server: StandIn, person: Person) -> None:
    assert server.call("sendChatAction", chat_id=person.number, action="typing").json()["ok"]
    assert server.order("state")["actions"][-1] == {"chat": person.number, "action": "typing"}
    assert refusal(server, "sendChatAction", chat_id=person.number, action="sleeping") == (
        "wrong parameter action in request"
    )
    assert server.call("getChat", chat_id=person.number).json()["result"]["first_name"] == "王"
    server.order("clear_log")
    sent = server.call("sendMessage", chat_id=person.number, text="一").json()["result"]
    server.call("editMessageText", chat_id=person.number, message_id=sent["message_id"], text="二")
    # The log holds what was answered then, not what became of it.
    assert [entry["answer"]["text"] for entry in server.log()] == ["一", "二"]


def test_limits_count_all_and_each_chat(server: StandIn, person: Person) -> None:
    other = server.user(2)
    other.say("/start")

    def send(chat: int) -> int:
        return server.call("sendMessage", chat_id=chat, text="x").status_code

    server.order("limits", per_chat_second=1)
    each = [send(person.number), send(person.number), send(other.number)]
    server.order("limits", per_second=2)
    total = [send(person.number), send(other.number), send(person.number)]
    server.order("limits")

    assert each == [200, 429, 200]
    assert total == [200, 200, 429]


def test_faults_happen_as_often_as_ordered(server: StandIn, person: Person) -> None:
    server.fault("*", "429", times=2, seconds=7)
    answers = [server.call("sendMessage", chat_id=person.number, text="x").json() for _ in range(3)]

    assert [answer.get("error_code") for answer in answers] == [429, 429, None]
    assert answers[0]["description"] == "Too Many Requests: retry after 7"
    assert answers[0]["parameters"] == {"retry_after": 7}
    with pytest.raises(ValueError, match="no fault is called"):
        server.fault("*", "boredom")


@pytest.mark.parametrize(("kind", "arrives"), [("lost", True), ("dropped", False)])
def test_a_line_can_break_before_and_after(
    server: StandIn, person: Person, kind: str, *, arrives: bool
) -> None:
    server.fault("sendMessage", kind)
    with pytest.raises(httpx.TransportError):
        server.call("sendMessage", chat_id=person.number, text="x")

    assert [seen.text for seen in person.messages()] == ["x"] * arrives


def test_who_hangs_up_is_still_obeyed(server: StandIn, person: Person) -> None:
    server.fault("sendMessage", "slow", seconds=0.4)
    hasty = partial(httpx.post, trust_env=False, timeout=0.1)
    with pytest.raises(httpx.ReadTimeout):
        hasty(f"{server.base_url}{TOKEN}/sendMessage", json={"chat_id": person.number, "text": "x"})

    assert person.messages() == []
    assert person.reply(5).text == "x"


def test_requests_at_the_same_time_do_not_wait_for_each_other(server: StandIn, person: Person) -> None:
    server.fault("sendMessage", "slow", seconds=0.5)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(server.call, "sendMessage", chat_id=person.number, text="x")
        server.call("getMe")

        assert not slow.done()
