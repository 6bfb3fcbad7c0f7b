"""People on the stand-in, for tests: they write, press buttons, and read what comes back."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.telegram_server.state import BOT, Json

TOKEN = "42:stand-in"
ROOT = Path(__file__).parents[2]
PATIENCE = 15.0


@dataclass(frozen=True)
class Seen:
    """A message of the bot as a person sees it."""

    message_id: int
    text: str
    entities: list[Json]
    rows: list[list[tuple[str, str]]]
    edited: bool
    reply_to: int | None

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [label for row in self.rows for label, _ in row]


@dataclass
class StandIn:
    """The running stand-in."""

    address: str
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30, trust_env=False))

    @property
    def base_url(self) -> str:
        """For TELEGRAM_BASE_URL."""
        return f"{self.address}/bot"

    def order(self, verb: str, **body: Any) -> Any:  # noqa: ANN401 - JSON
        """Use a verb of the control address."""
        answer = self._client.post(f"{self.address}/control/{verb}", json=body)
        answer.raise_for_status()
        return answer.json()

    def call(self, method: str, token: str = TOKEN, **fields: Any) -> httpx.Response:  # noqa: ANN401 - JSON
        """Call a method of the Bot API."""
        return self._client.post(f"{self.address}/bot{token}/{method}", json=fields)

    def user(self, number: int, language_code: str = "zh-hans", first_name: str = "王") -> "Person":
        """A person with a private chat."""
        user = {"id": number, "first_name": first_name, "language_code": language_code}
        if not language_code:
            del user["language_code"]
        self.order("user", **user)
        return Person(self, number, number)

    def group(self, number: int, title: str = "招商群") -> "int":
        """A group with the bot in it; its number."""
        self.order("group", id=number, title=title)
        return number

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def log(self, method: str) -> list[Json]:
        """The requests of a method so far."""
        return [entry for entry in self.order("log") if entry["method"] == method]


@dataclass
class Person:
    """Somebody in a chat with the bot."""

    server: StandIn
    number: int
    chat: int
    _read: dict[int, str] = field(default_factory=dict)

    def within(self, group: int) -> "Person":
        """The same person in a group."""
        return Person(self.server, self.number, group)

    def say(self, text: str, reply_to: int | None = None) -> Json:
        """Write; the update that the bot will get."""
        update: Json = self.server.order(
            "say", user=self.number, chat=self.chat, text=text, reply_to=reply_to
        )
        return update

    def send(self, kind: str, caption: str = "") -> None:
        """Send a sticker, a photo …"""
        self.server.order("media", user=self.number, chat=self.chat, kind=kind, caption=caption)

    def edit(self, message_id: int, text: str) -> None:
        """Edit an own message."""
        self.server.order("edit", chat=self.chat, message_id=message_id, text=text)

    def press(self, label: str, forged: str = "") -> None:
        """Press the button of this label under the latest message that has one."""
        for message in reversed(self.messages()):
            for row in message.rows:
                for shown, data in row:
                    if shown == label:
                        self.server.order(
                            "press",
                            user=self.number,
                            chat=self.chat,
                            message_id=message.message_id,
                            data=data,
                            forged=forged,
                        )
                        return
        raise AssertionError(f"no button {label!r} in {[message.labels for message in self.messages()]}")

    def messages(self) -> list[Seen]:
        """The bot's messages in this chat, as they are now."""
        return [
            _seen(message)
            for message in self.server.order("messages", chat=self.chat)
            if message["from"]["id"] == BOT["id"]
        ]

    def reply(self, timeout: float = PATIENCE) -> Seen:
        """The next message or edit of the bot that was not read yet."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for message in self.messages():
                state = f"{message.text}{message.rows}"
                if self._read.get(message.message_id) != state:
                    self._read[message.message_id] = state
                    return message
            time.sleep(0.02)
        raise AssertionError(f"no reply within {timeout} s")

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


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """The stand-in as a process of its own, on a free port."""
    arguments = [sys.executable, "-m", "tests.telegram_server", "--token", TOKEN]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        server = StandIn(process.stdout.readline().strip())
        try:
            yield server
        finally:
            server.close()
            process.terminate()


def _seen(message: Json) -> Seen:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Seen(
        message_id=message["message_id"],
        text=message.get("text") or message.get("caption") or "",
        entities=message.get("entities") or [],
        rows=[[(button["text"], button.get("callback_data", "")) for button in row] for row in rows],
        edited="edit_date" in message,
        reply_to=message.get("reply_to_message", {}).get("message_id"),
    )
