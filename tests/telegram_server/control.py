"""What tests do to the stand-in: people write, press, send pictures, block; faults are ordered."""

import re
import time
from collections.abc import Callable
from typing import Any

from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.markup import units
from tests.telegram_server.state import Json, Telegram

_FILE = {"file_id": "file", "file_unique_id": "f"}

MEDIA: dict[str, Json] = {
    "sticker": {
        "sticker": {
            **_FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "photo": {"photo": [{**_FILE, "width": 90, "height": 90}]},
    "voice": {"voice": {**_FILE, "duration": 2}},
    "video": {"video": {**_FILE, "width": 90, "height": 90, "duration": 2}},
    "document": {"document": {**_FILE, "file_name": "plan.pdf"}},
    "location": {"location": {"latitude": 36.0, "longitude": 120.0}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}
"""Messages that are no text."""


class ControlError(ValueError):
    """A test asked for something that could not happen."""


class Control:
    """The verbs of the control address, each with a JSON object in and out."""

    def __init__(self, telegram: Telegram, faults: Faults, log: list[Json]) -> None:
        """Args: what Telegram knows, the faults, every request so far."""
        self._telegram = telegram
        self._faults = faults
        self._log = log

    def verbs(self) -> dict[str, Callable[[Json], Any]]:
        """Every verb by its name."""
        return {name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")}

    def do_user(self, body: Json) -> None:
        """Register a person."""
        self._telegram.add_user(body)

    def do_group(self, body: Json) -> None:
        """Register a group with the bot in it."""
        self._telegram.add_group(body["id"], body["title"])

    def do_say(self, body: Json) -> Json:
        """A person writes."""
        content: Json = {"text": body["text"], "entities": _entities(body["text"])}
        if body.get("reply_to"):
            content["reply_to_message"] = self._telegram.messages[body["chat"], body["reply_to"]]
        return self._incoming(body, content)

    def do_media(self, body: Json) -> Json:
        """A person sends something that is no text."""
        caption = {"caption": body["caption"]} if body.get("caption") else {}
        return self._incoming(body, {**MEDIA[body["kind"]], **caption})

    def do_edit(self, body: Json) -> Json:
        """A person edits what they wrote."""
        message = self._telegram.messages[body["chat"], body["message_id"]]
        message |= {"text": body["text"], "entities": _entities(body["text"]), "edit_date": int(time.time())}
        return self._telegram.put_update("edited_message", dict(message))

    def do_press(self, body: Json) -> Json:
        """A person presses a button that really stands under a message."""
        message = self._telegram.messages[body["chat"], body["message_id"]]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if body["data"] not in {button.get("callback_data") for row in rows for button in row}:
            raise ControlError(f"no button with {body['data']!r} stands under this message")
        number = str(self._telegram.number("query"))
        self._telegram.queries[number] = time.monotonic()
        return self._telegram.put_update(
            "callback_query",
            {
                "id": number,
                "from": self._telegram.users[body["user"]],
                "chat_instance": "1",
                "message": dict(message),
                "data": body.get("forged") or body["data"],
            },
        )

    def do_block(self, body: Json) -> None:
        """A person blocks the bot."""
        self._telegram.blocked.add(body["user"])

    def do_unblock(self, body: Json) -> None:
        """A person lets the bot write again."""
        self._telegram.blocked.discard(body["user"])

    def do_repeat(self, body: Json) -> None:
        """Telegram sends the last updates once more."""
        self._telegram.updates.extend(body["updates"])
        self._telegram.arrived.set()

    def do_messages(self, body: Json) -> list[Json]:
        """A chat as its people see it now."""
        return self._telegram.of_chat(body["chat"])

    def do_state(self, _body: Json) -> Json:
        """Menus, chat actions, notices on buttons, updates that wait."""
        telegram = self._telegram
        return {
            "menus": telegram.menus,
            "actions": telegram.actions,
            "notices": telegram.notices,
            "waiting": len(telegram.updates),
        }

    def do_log(self, _body: Json) -> list[Json]:
        """Every request with its answer."""
        return self._log

    def do_fault(self, body: Json) -> None:
        """Order a fault; see `Fault`."""
        self._faults.ordered.append(Fault(**body))

    def do_limits(self, body: Json) -> None:
        """Switch limits on: messages a second in all, and in a chat; 0 for none."""
        self._faults.per_second = body.get("per_second", 0)
        self._faults.per_chat_second = body.get("per_chat_second", 0)

    def _incoming(self, body: Json, content: Json) -> Json:
        self._telegram.started.add(body["chat"])
        message = self._telegram.put_message(body["chat"], self._telegram.users[body["user"]], content)
        return self._telegram.put_update("message", dict(message))


def _entities(text: str) -> list[Json]:
    """What Telegram itself marks in a person's text: a command at the start, mentions."""
    found: list[Json] = []
    for pattern, kind in ((r"^/[A-Za-z0-9_]+(?:@\w+)?", "bot_command"), (r"(?<!\w)@\w{4,}", "mention")):
        for match in re.finditer(pattern, text):
            offset = units(text[: match.start()])
            found.append({"type": kind, "offset": offset, "length": units(match[0])})
    commands = [entity for entity in found if entity["type"] == "bot_command"]
    inside = commands[0]["length"] if commands else 0
    return [entity for entity in found if entity in commands or entity["offset"] >= inside]
