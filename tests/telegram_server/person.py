"""People in a chat with the bot, for tests: they write, press buttons, and read what comes back."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.telegram_server.refusals import Json

if TYPE_CHECKING:
    from tests.telegram_server.client import StandIn

PATIENCE = 15.0
"""Seconds."""


@dataclass(frozen=True)
class Seen:
    """A message of the bot as a person sees it."""

    message_id: int
    text: str
    entities: list[Json]
    rows: list[list[tuple[str, str]]]
    edited: bool
    reply_to: int | None
    photo: tuple[int, int] | None = None
    """Width and height of the picture, as large as it is shown."""
    file: str = ""

    @property
    def buttons(self) -> list[list[str]]:
        """What stands on its buttons, row by row."""
        return [[label for label, _ in row] for row in self.rows]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [label for row in self.buttons for label in row]

    @classmethod
    def of(cls, message: Json) -> "Seen":
        """A message out of the Bot API."""
        sizes = message.get("photo", [])
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return cls(
            message_id=message["message_id"],
            text=message.get("text") or message.get("caption") or "",
            entities=message.get("entities") or message.get("caption_entities") or [],
            rows=[[(button["text"], button.get("callback_data", "")) for button in row] for row in rows],
            edited="edit_date" in message,
            reply_to=message.get("reply_to_message", {}).get("message_id"),
            photo=(sizes[-1]["width"], sizes[-1]["height"]) if sizes else None,
            file=message.get("document", {}).get("file_id", ""),
        )


@dataclass
class Person:
    """Somebody in a chat with the bot."""

    server: "StandIn"
    number: int
    chat: int
    _read: int = 0
    _unread: list[Json] = field(default_factory=list)

    def within(self, group: int) -> "Person":
        """The same person in a group."""
        return Person(self.server, self.number, group)

    def order(self, verb: str, **body: Any) -> Any:  # noqa: ANN401 - JSON
        """Do something in this chat; see `People`."""
        return self.server.order(verb, user=self.number, chat=self.chat, **body)

    def say(self, text: str, reply_to: int | None = None) -> Json:
        """Write; the update that the bot will get."""
        update: Json = self.order("say", text=text, reply_to=reply_to)
        return update

    def send(self, kind: str, caption: str = "", **document: str) -> Json:
        """Send a sticker, a photo, a document (`name`, `text`) …; the update that the bot will get."""
        update: Json = self.order("media", kind=kind, caption=caption, **document)
        return update

    def post(self, text: str) -> Json:
        """Write in a channel, as one of its administrators; the update that the bot will get."""
        update: Json = self.order("post", text=text)
        return update

    def open_file(self, seen: Seen) -> str:
        """The text of the file that a message of the bot holds."""
        return str(self.order("file", file_id=seen.file))

    def edit(self, message_id: int, text: str) -> None:
        """Edit an own message."""
        self.order("edit", message_id=message_id, text=text)

    def press(self, label: str, forged: str = "", *, old: bool = False) -> Json:
        """Press the button of this label under the latest message that has one."""
        for message in reversed(self.messages()):
            for row in message.rows:
                for shown, data in row:
                    if shown == label:
                        number = message.message_id
                        update: Json = self.order(
                            "press", message_id=number, data=data, forged=forged, old=old
                        )
                        return update
        raise AssertionError(f"no button {label!r} in {[message.labels for message in self.messages()]}")

    def block(self) -> None:
        """Block the bot."""
        self.order("block")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.order("unblock")

    def messages(self) -> list[Seen]:
        """The bot's messages in this chat, as they are now."""
        return [Seen.of(message) for message in self.order("messages", own=True)]

    def reply(self, timeout: float = PATIENCE) -> Seen:
        """The next message or edit of the bot that was not read yet."""
        end = time.monotonic() + timeout
        while not self._unread:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"no reply within {timeout} s")
            self._unread = self.order("events", after=self._read, timeout=left)
            self._read += len(self._unread)
        return Seen.of(self._unread.pop(0))

    def ask(self, text: str) -> Seen:
        """Write, and wait for the reply."""
        self.say(text)
        return self.reply()

    def tap(self, label: str) -> Seen:
        """Press, and wait for what comes of it."""
        self.press(label)
        return self.reply()

    def stays_silent(self, seconds: float = 0.7) -> bool:
        """Whether the bot writes nothing for a while."""
        try:
            self.reply(seconds)
        except AssertionError:
            return True
        return False
