"""What Telegram knows: people, chats, messages, updates that wait, menus."""

import asyncio
import time
from collections import deque
from typing import Any

from tests.telegram_server.refusals import Refused, bad
from tests.telegram_server.schema import check_update

Json = dict[str, Any]

BOT: Json = {
    "id": 100200300,
    "is_bot": True,
    "first_name": "Bureau",
    "username": "bureau_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


class Telegram:
    """One bot's view of Telegram."""

    def __init__(self) -> None:
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Json] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.updates: deque[Json] = deque()
        self.menus: dict[str, list[Json]] = {}
        self.actions: list[Json] = []
        self.queries: dict[str, float] = {}
        self.notices: list[Json] = []
        self.blocked: set[int] = set()
        self.started: set[int] = set()
        self.webhook: Json = {}
        self.arrived = asyncio.Event()
        self._next = {"update": 5000, "message": 0, "query": 0}

    def number(self, of: str) -> int:
        """The next id of a kind."""
        self._next[of] += 1
        return self._next[of]

    def add_user(self, user: Json) -> None:
        """Register a person and their private chat."""
        self.users[user["id"]] = {"is_bot": False, **user}
        self.chats[user["id"]] = {"id": user["id"], "type": "private", "first_name": user["first_name"]}

    def add_group(self, chat: int, title: str) -> None:
        """Register a group with the bot in it."""
        self.chats[chat] = {"id": chat, "type": "supergroup", "title": title}
        self.started.add(chat)

    def chat(self, chat: int | str) -> Json:
        """A chat that the bot may write to.

        Raises:
            Refused: there is none, or its person does not want it.
        """
        if chat not in self.chats:
            raise bad("chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return self.chats[int(chat)]

    def message(self, chat: int, message: int, verb: str) -> Json:
        """A message that the bot may change.

        Raises:
            Refused: there is none, or it is somebody else's.
        """
        found = self.messages.get((chat, message))
        if found is None:
            raise bad(f"message to {verb} not found")
        if verb == "edit" and found["from"]["id"] != BOT["id"]:
            raise bad("message can't be edited")
        return found

    def put_message(self, chat: int, sender: Json, content: Json) -> Json:
        """Store a message."""
        message = {
            "message_id": self.number("message"),
            "date": int(time.time()),
            "chat": self.chats[chat],
            "from": {
                key: value for key, value in sender.items() if not key.startswith(("can_", "supports_"))
            },
            **content,
        }
        self.messages[chat, message["message_id"]] = message
        return message

    def put_update(self, kind: str, content: Json) -> Json:
        """Let an update wait for the bot."""
        update = {"update_id": self.number("update"), kind: content}
        check_update(update)
        self.updates.append(update)
        self.arrived.set()
        return update

    def of_chat(self, chat: int) -> list[Json]:
        """The messages of a chat as its people see them now."""
        return [message for (place, _), message in sorted(self.messages.items()) if place == chat]
