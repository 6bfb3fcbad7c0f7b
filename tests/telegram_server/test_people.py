"""People do what people can do, and nothing else; the bot hears of it as from Telegram."""

from typing import Any

import pytest

from tests.telegram_server.account import BOT
from tests.telegram_server.client import Person, StandIn
from tests.telegram_server.media import FILELESS, KINDS
from tests.telegram_server.refusals import Json

KEYBOARD = {"inline_keyboard": [[{"text": "甲", "callback_data": "a"}, {"text": "乙", "url": "https://a.b"}]]}


def send(server: StandIn, person: Person, text: str = "x", **more: Any) -> Json:  # noqa: ANN401 - JSON
    result: Json = server.call("sendMessage", chat_id=person.chat, text=text, **more).json()["result"]
    return result


def edit(server: StandIn, person: Person, sent: Json, text: str, **more: Any) -> None:  # noqa: ANN401 - JSON
    number = sent["message_id"]
    server.call("editMessageText", chat_id=person.chat, message_id=number, text=text, **more)


def test_messages_and_edits_are_read_one_after_the_other(server: StandIn, person: Person) -> None:
    sent = send(server, person, "一", reply_markup=KEYBOARD)
    edit(server, person, sent, "二", reply_markup=KEYBOARD)
    edit(server, person, sent, "一", reply_markup=KEYBOARD)

    read = [person.reply() for _ in range(3)]
    assert [(seen.text, seen.edited) for seen in read] == [("一", False), ("二", True), ("一", True)]
    assert read[0].buttons == [["甲", "乙"]]
    assert person.stays_silent(0.05)
    assert [seen.text for seen in person.messages()] == ["一"]


def test_an_edit_without_buttons_takes_them_away(server: StandIn, person: Person) -> None:
    edit(server, person, send(server, person, reply_markup=KEYBOARD), "y")

    assert person.messages()[-1].buttons == []


def test_only_real_buttons_can_be_pressed(server: StandIn, person: Person) -> None:
    sent = send(server, person, reply_markup=KEYBOARD)
    update = person.press("甲")

    assert update["callback_query"]["data"] == "a"
    assert update["callback_query"]["message"]["message_id"] == sent["message_id"]
    assert update["callback_query"]["message"]["reply_markup"] == KEYBOARD
    assert person.press("甲", forged="b")["callback_query"]["data"] == "b"
    with pytest.raises(AssertionError, match="no button '丙'"):
        person.press("丙")
    with pytest.raises(ValueError, match="no button with 'b'"):
        person.order("press", message_id=sent["message_id"], data="b")


def test_of_an_old_message_only_its_number_is_told(server: StandIn, person: Person) -> None:
    send(server, person, reply_markup=KEYBOARD)
    message = person.press("甲", old=True)["callback_query"]["message"]

    assert message["date"] == 0
    assert set(message) == {"message_id", "chat", "date"}


def test_a_button_can_be_answered_once_and_not_for_ever(server: StandIn, person: Person) -> None:
    send(server, person, reply_markup=KEYBOARD)
    query = person.press("甲")["callback_query"]["id"]
    late = person.press("甲")["callback_query"]["id"]

    assert server.call("answerCallbackQuery", callback_query_id=query, text="好").json()["ok"]
    assert server.order("state")["notices"][-1] == {"text": "好", "alert": False}
    server.order("expire")
    for number in (query, late, "nonsense"):
        told = server.call("answerCallbackQuery", callback_query_id=number).json()["description"]
        assert told == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


def test_who_blocks_the_bot_is_out_of_reach(server: StandIn, person: Person) -> None:
    person.block()
    blocked = server.call("sendMessage", chat_id=person.number, text="x").json()
    person.unblock()

    assert (blocked["error_code"], blocked["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert server.call("sendMessage", chat_id=person.number, text="x").json()["ok"]


def test_the_bot_must_be_in_a_group(server: StandIn, person: Person) -> None:
    group = server.group(-1007, bot=False)
    member = person.within(group)
    outside = server.call("sendMessage", chat_id=group, text="x").json()
    with pytest.raises(ValueError, match="not in the group"):
        member.say("x")
    update = member.order("join")

    assert outside["description"] == "Forbidden: bot is not a member of the supergroup chat"
    assert update["message"]["new_chat_members"][0]["id"] == BOT["id"]
    assert server.call("sendMessage", chat_id=group, text="x").json()["ok"]
    assert server.call("leaveChat", chat_id=group).json()["ok"]
    assert server.call("sendMessage", chat_id=group, text="x").json()["error_code"] == 403


def test_replies_show_what_they_answer(server: StandIn, person: Person) -> None:
    said = person.say("问")["message"]
    sent = send(server, person, "答", reply_parameters={"message_id": said["message_id"]})
    answer = person.say("再问", reply_to=sent["message_id"])["message"]

    assert sent["reply_to_message"]["text"] == "问"
    assert answer["reply_to_message"]["text"] == "答"
    assert "reply_to_message" not in answer["reply_to_message"]
    person.order("delete", message_id=said["message_id"])
    gone = {"message_id": said["message_id"]}
    assert not server.call("sendMessage", chat_id=person.chat, text="x", reply_parameters=gone).json()["ok"]
    assert send(server, person, reply_parameters={**gone, "allow_sending_without_reply": True})


@pytest.mark.parametrize("kind", [*KINDS, *FILELESS])
def test_everything_that_is_no_text_can_be_sent(person: Person, kind: str) -> None:
    assert kind in person.send(kind)["message"]


def test_a_caption_has_entities(person: Person) -> None:
    message = person.send("photo", "@bureau_test_bot 看")["message"]

    assert message["caption_entities"] == [{"type": "mention", "offset": 0, "length": 16}]


@pytest.mark.parametrize("text", ["", " \n", "x" * 4097])
def test_people_cannot_send_what_their_programs_would_not(person: Person, text: str) -> None:
    with pytest.raises(ValueError, match="between 1 and 4096"):
        person.say(text)


def test_a_group_has_administrators(server: StandIn, person: Person) -> None:
    group = server.group(-1008)
    member = person.within(group)
    server.order("promote", chat=group, user=person.number)
    asked: Json = {"chat_id": group, "user_id": person.number}

    assert server.call("getChatMember", **asked).json()["result"]["status"] == "administrator"
    told = server.call("getChatAdministrators", chat_id=group).json()["result"]
    assert [one["user"]["id"] for one in told] == [person.number]
    anonymous = member.order("say", text="x", anonymous=True)["message"]
    assert (anonymous["sender_chat"]["id"], anonymous["from"]["username"]) == (group, "GroupAnonymousBot")
    server.order("demote", chat=group, user=person.number)
    assert server.call("getChatMember", **asked).json()["result"]["status"] == "member"
    with pytest.raises(ValueError, match="in the name of a group"):
        member.order("say", text="x", anonymous=True)
    for wrong in ({"user_id": 5}, {"chat_id": 5}):
        assert server.call("getChatMember", **asked | wrong).json()["error_code"] == 400


def test_in_a_channel_only_administrators_write(server: StandIn, person: Person) -> None:
    channel = server.channel(-1009)
    reader = person.within(channel)
    with pytest.raises(ValueError, match="only administrators"):
        reader.post("x")
    server.order("promote", chat=channel, user=person.number)
    post = reader.post("/subscribe")["channel_post"]
    sent = server.call("sendMessage", chat_id=channel, text="x").json()["result"]

    assert "from" not in post | sent
    assert post["sender_chat"]["id"] == channel
    assert [seen.message_id for seen in reader.messages()] == [sent["message_id"]]
    changed: Json = {"chat_id": channel, "text": "y"}
    assert server.call("editMessageText", message_id=sent["message_id"], **changed).json()["ok"]
    assert not server.call("editMessageText", message_id=post["message_id"], **changed).json()["ok"]


def test_a_group_becomes_another_chat(server: StandIn, person: Person) -> None:
    member = person.within(server.group(-1010))
    told = [update["message"] for update in member.order("migrate", new=-1001010)]
    refused = server.call("sendMessage", chat_id=-1010, text="x").json()

    assert [message["chat"]["id"] for message in told] == [-1010, -1001010]
    assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (-1001010, -1010)
    assert refused["parameters"] == {"migrate_to_chat_id": -1001010}
    assert server.call("sendMessage", chat_id=-1001010, text="x").json()["ok"]


@pytest.mark.parametrize(("group", "out"), [(-1011, "left"), (-1001011, "kicked")])
def test_the_bot_is_told_that_it_was_put_out(server: StandIn, person: Person, group: int, out: str) -> None:
    update = person.within(server.group(group)).order("remove")

    assert update["my_chat_member"]["new_chat_member"]["status"] == out
    assert server.call("sendMessage", chat_id=group, text="x").json()["error_code"] == 403
