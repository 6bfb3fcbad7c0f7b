"""What Telegram knows: people, chats, messages, what people saw of the bot."""

import asyncio
import copy
import time
from typing import Any

from tests.telegram_server.account import BOT
from tests.telegram_server.files import Files
from tests.telegram_server.refusals import Json, bad, forbidden, migrated
from tests.telegram_server.updates import Updates

OWN = ("can_", "supports_")
"""What only the bot itself is told of it."""

RIGHTS: Json = {
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}
"""What an administrator may do; those that the Bot API always tells."""


class Telegram:
    """One bot's view of Telegram."""

    def __init__(self) -> None:
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Json] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.own: set[tuple[int, int]] = set()
        self.updates = Updates()
        self.files = Files()
        self.menus: dict[str, list[Json]] = {}
        self.profile: dict[tuple[str, str | int | None], Any] = {}
        self.actions: list[Json] = []
        self.queries: dict[str, float] = {}
        self.notices: list[Json] = []
        self.reactions: dict[tuple[int, int], list[Json]] = {}
        self.events: dict[int, list[Json]] = {}
        self.blocked: set[int] = set()
        self.started: set[int] = set()
        self.administrators: dict[int, set[int]] = {}
        self.migrated: dict[int, int] = {}
        self.shown = asyncio.Event()
        self._next = {"message": 0, "query": 0}

    def number(self, of: str) -> int:
        """The next id of a kind."""
        self._next[of] += 1
        return self._next[of]

    def add_user(self, user: Json) -> None:
        """Register a person and their private chat."""
        self.users[user["id"]] = {"is_bot": False, **user}
        names: Json = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        self.chats[user["id"]] = {"id": user["id"], "type": "private", **names}

    def add_group(self, chat: int, title: str) -> None:
        """Register a group."""
        kind = "supergroup" if str(chat).startswith("-100") else "group"
        self.chats[chat] = {"id": chat, "type": kind, "title": title}
        self.administrators.setdefault(chat, set())

    def add_channel(self, chat: int, title: str) -> None:
        """Register a channel, in which only administrators write; the bot is one of them."""
        self.chats[chat] = {"id": chat, "type": "channel", "title": title}
        self.administrators[chat] = {BOT["id"]}

    def chat(self, chat: int | str) -> Json:
        """A chat that the bot may write to.

        Raises:
            Refused: there is none, it is another one now, or its person does not want it.
        """
        found = self.chats.get(chat) if isinstance(chat, int) else None
        if found is None:
            raise bad("chat not found")
        if found["id"] in self.migrated:
            raise migrated(self.migrated[found["id"]])
        if chat in self.blocked:
            raise forbidden("bot was blocked by the user")
        if chat not in self.started:
            if found["type"] == "private":
                raise forbidden("bot can't initiate conversation with a user")
            raise forbidden(f"bot is not a member of the {found['type']} chat")
        return found

    def put_message(self, chat: int, sender: Json, content: Json) -> Json:
        """Store a message; how it looks now. What stands in a channel is the channel's, whoever wrote it."""
        place = self.chats[chat]
        author = {key: value for key, value in sender.items() if not key.startswith(OWN)}
        message = {
            "message_id": self.number("message"),
            "date": int(time.time()),
            "chat": place,
            **({"sender_chat": place} if place["type"] == "channel" else {"from": author}),
            **content,
        }
        self.messages[chat, message["message_id"]] = message
        if sender["id"] == BOT["id"]:
            self.own.add((chat, message["message_id"]))
            self.show(message)
        return copy.deepcopy(message)

    def show(self, message: Json) -> None:
        """People see a message of the bot, or what became of it."""
        self.events.setdefault(message["chat"]["id"], []).append(copy.deepcopy(message))
        self.shown.set()

    def put_update(self, kind: str, content: Json) -> Json:
        """Let an update wait for the bot."""
        return self.updates.put(kind, copy.deepcopy(content))

    def of_chat(self, chat: int, *, own: bool = False) -> list[Json]:
        """The messages of a chat as its people see them now; all, or the bot's own."""
        keys = [key for key in sorted(self.messages) if key[0] == chat]
        return [self.messages[key] for key in keys if not own or key in self.own]

    def put_membership(self, chat: int, user: int, before: str, after: str) -> Json:
        """Tell the bot that it was let in, or out."""
        new: Json = {"status": after, "user": self.account()}
        return self.put_update(
            "my_chat_member",
            {
                "chat": self.chats[chat],
                "from": self.users[user],
                "date": int(time.time()),
                "old_chat_member": {"status": before, "user": self.account(), **_until(before)},
                "new_chat_member": {**new, **_until(after)},
            },
        )

    def member(self, chat: int, user: int) -> Json:
        """What somebody is in a chat, as getChatMember tells it."""
        told = self.account() if user == BOT["id"] else self.users[user]
        if user not in self.administrators.get(chat, set()):
            return {"status": "member", "user": told}
        return {"status": "administrator", "user": told, "can_be_edited": False, **RIGHTS}

    def account(self) -> Json:
        """The bot as others see it."""
        return {key: value for key, value in BOT.items() if not key.startswith(OWN)}


def _until(status: str) -> Json:
    return {"until_date": 0} if status == "kicked" else {}
