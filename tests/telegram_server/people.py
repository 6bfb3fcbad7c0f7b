"""What people do: they write, edit, press buttons, send pictures, block the bot, add it to groups."""

import copy
import time

from tests.telegram_server.entities import find_entities, units
from tests.telegram_server.media import media
from tests.telegram_server.refusals import Json
from tests.telegram_server.state import Telegram
from tests.telegram_server.words import TEXT_LIMIT

ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""Who Telegram says wrote what administrators write in the name of a group."""


class ControlError(ValueError):
    """A test asked for something that could not happen."""


class People:
    """Everybody but the bot. Each deed takes and gives JSON; those that the bot hears of give the update."""

    def __init__(self, telegram: Telegram) -> None:
        """Args: what Telegram knows."""
        self._telegram = telegram

    def do_user(self, body: Json) -> None:
        """Somebody uses Telegram: id, first_name, username, language_code …"""
        self._telegram.add_user(body)

    def do_group(self, body: Json) -> None:
        """There is a group, by id and title; the bot is in it unless `bot` says otherwise."""
        self._telegram.add_group(body["id"], body["title"])
        if body.get("bot", True):
            self._telegram.started.add(body["id"])

    def do_channel(self, body: Json) -> None:
        """There is a channel, by id and title; the bot is one of its administrators."""
        self._telegram.add_channel(body["id"], body["title"])
        self._telegram.started.add(body["id"])

    def do_promote(self, body: Json) -> None:
        """A person becomes an administrator of a group or a channel."""
        self._telegram.administrators[body["chat"]].add(body["user"])

    def do_demote(self, body: Json) -> None:
        """A person is an administrator no more."""
        self._telegram.administrators[body["chat"]].discard(body["user"])

    def do_migrate(self, body: Json) -> list[Json]:
        """A person makes a group a supergroup, which is a `new` chat; the bot hears of it in both, and that
        it is in the new one, but not that it is in the old one no more.
        """
        old, new = body["chat"], body["new"]
        self._telegram.add_group(new, self._telegram.chats[old]["title"])
        self._telegram.administrators[new] = self._telegram.administrators[old]
        self._telegram.started.add(new)
        self._telegram.put_membership(new, body["user"], "left", "member")
        told = [
            self._incoming(body, {"migrate_to_chat_id": new}),
            self._incoming({**body, "chat": new}, {"migrate_from_chat_id": old}),
        ]
        self._telegram.migrated[old] = new
        return told

    def do_post(self, body: Json) -> Json:
        """An administrator of a channel writes in it."""
        chat, user, text = body["chat"], body["user"], body["text"]
        if user not in self._telegram.administrators[chat]:
            raise ControlError("only administrators write in a channel")
        content: Json = {"text": text, "entities": find_entities(text)}
        posted = self._telegram.put_message(chat, self._telegram.users[user], content)
        return self._telegram.put_update("channel_post", posted)

    def do_join(self, body: Json) -> Json:
        """A person adds the bot to a group."""
        chat = body["chat"]
        self._telegram.started.add(chat)
        self._telegram.put_membership(chat, body["user"], "left", "member")
        return self._incoming(body, {"new_chat_members": [self._telegram.account()]})

    def do_remove(self, body: Json) -> Json:
        """A person removes the bot from a group."""
        self._telegram.started.discard(body["chat"])
        out = "left" if self._telegram.chats[body["chat"]]["type"] == "group" else "kicked"
        return self._telegram.put_membership(body["chat"], body["user"], "member", out)

    def do_say(self, body: Json) -> Json:
        """A person writes; `reply_to` a message, with `entities` in place of those that Telegram finds;
        `anonymous` in the name of a group, as its administrators can.
        """
        text = body["text"]
        if not text.strip() or units(text) > TEXT_LIMIT:
            raise ControlError("Telegram's programs send between 1 and 4096 characters")
        content: Json = {"text": text, "entities": body.get("entities") or find_entities(text)}
        if body.get("reply_to"):
            answered = self._message(body["chat"], body["reply_to"])
            content["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
        return self._incoming(body, content)

    def do_media(self, body: Json) -> Json:
        """A person sends something of a `kind`, with a `caption`; a document with its `name` and `text`."""
        words = body.get("caption") or ""
        caption = {"caption": words, "caption_entities": find_entities(words)} if words else {}
        return self._incoming(body, {**self._media(body), **caption})

    def _media(self, body: Json) -> Json:
        return media(self._telegram.files, body["kind"], body.get("name", ""), body.get("text", ""))

    def do_edit(self, body: Json) -> Json:
        """A person edits what they wrote."""
        message = self._message(body["chat"], body["message_id"])
        text = body["text"]
        message |= {"text": text, "entities": find_entities(text), "edit_date": int(time.time())}
        return self._telegram.put_update("edited_message", message)

    def do_delete(self, body: Json) -> None:
        """A person deletes a message; the bot does not hear of it."""
        message = self._message(body["chat"], body["message_id"])
        del self._telegram.messages[body["chat"], message["message_id"]]

    def do_press(self, body: Json) -> Json:
        """A person presses a button that really stands under a message.

        `forged` sends other data, as a changed program could; `old` stands for a message of which Telegram
        no longer says what was in it.
        """
        message = self._message(body["chat"], body["message_id"])
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if body["data"] not in {button.get("callback_data") for row in rows for button in row}:
            raise ControlError(f"no button with {body['data']!r} stands under this message")
        if body.get("old"):
            message = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
        number = str(self._telegram.number("query"))
        self._telegram.queries[number] = time.monotonic()
        return self._telegram.put_update(
            "callback_query",
            {
                "id": number,
                "from": self._telegram.users[body["user"]],
                "chat_instance": str(body["chat"]),
                "message": message,
                "data": body.get("forged") or body["data"],
            },
        )

    def do_block(self, body: Json) -> Json:
        """A person blocks the bot."""
        self._telegram.blocked.add(body["user"])
        return self._telegram.put_membership(body["user"], body["user"], "member", "kicked")

    def do_unblock(self, body: Json) -> Json:
        """A person lets the bot write again."""
        self._telegram.blocked.discard(body["user"])
        return self._telegram.put_membership(body["user"], body["user"], "kicked", "member")

    def _message(self, chat: int, number: int) -> Json:
        found: Json | None = self._telegram.messages.get((chat, number))
        if found is None:
            raise ControlError(f"there is no message {number} in the chat {chat}")
        return found

    def _incoming(self, body: Json, content: Json) -> Json:
        chat, user = body["chat"], body["user"]
        if self._telegram.chats[chat]["type"] == "private":
            self._telegram.started.add(chat)
        sender = self._telegram.users[user]
        if body.get("anonymous"):
            if user not in self._telegram.administrators[chat]:
                raise ControlError("only administrators write in the name of a group")
            sender, content = ANONYMOUS, {**content, "sender_chat": self._telegram.chats[chat]}
        message = self._telegram.put_message(chat, sender, copy.deepcopy(content))
        if chat not in self._telegram.started:
            raise ControlError(f"the bot is not in the group {chat}, so it hears nothing of it")
        return self._telegram.put_update("message", message)
