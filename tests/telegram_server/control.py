"""What tests order of the stand-in, besides what people do: faults, limits, and what there is to see."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.people import People
from tests.telegram_server.refusals import Json
from tests.telegram_server.state import Telegram

Verb = Callable[[Json], Any | Awaitable[Any]]


class Control(People):
    """The verbs of the control address, each with a JSON object in and JSON out."""

    def __init__(self, telegram: Telegram, faults: Faults, log: list[Json]) -> None:
        """Args: what Telegram knows, the faults, every request so far."""
        super().__init__(telegram)
        self._faults = faults
        self._log = log

    def verbs(self) -> dict[str, Verb]:
        """Every verb by its name."""
        return {name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")}

    def do_repeat(self, body: Json) -> None:
        """Telegram hands out updates once more."""
        self._telegram.updates.repeat(body["updates"])

    def do_invent(self, body: Json) -> Json:
        """Hand out an update that no Telegram of today would send."""
        return self._telegram.updates.invent(body)

    def do_messages(self, body: Json) -> list[Json]:
        """A chat as its people see it now: all of it, or the bot's `own` messages."""
        return self._telegram.of_chat(body["chat"], own=body.get("own", False))

    def do_file(self, body: Json) -> str:
        """The text of a file by its id, as a person who opens it reads it."""
        return self._telegram.files.named(body["file_id"]).data.decode()

    async def do_events(self, body: Json) -> list[Json]:
        """What the bot has sent and changed in a chat after so many events; waits `timeout` for some."""
        end = time.monotonic() + body.get("timeout", 0)
        while True:
            events = self._telegram.events.get(body["chat"], [])[body.get("after", 0) :]
            left = end - time.monotonic()
            if events or left <= 0:
                return events
            self._telegram.shown.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._telegram.shown.wait()

    def do_state(self, _body: Json) -> Json:
        """Menus, chat actions, notices on buttons, updates that wait."""
        telegram = self._telegram
        return {
            "menus": telegram.menus,
            "actions": telegram.actions,
            "notices": telegram.notices,
            "waiting": len(telegram.updates),
        }

    def do_expire(self, _body: Json) -> None:
        """It is too late to answer the buttons pressed so far."""
        self._telegram.queries.clear()

    def do_log(self, _body: Json) -> list[Json]:
        """Every request with its answer."""
        return self._log

    def do_clear_log(self, _body: Json) -> None:
        """Forget the requests so far."""
        self._log.clear()

    def do_fault(self, body: Json) -> None:
        """Order a fault; see `Fault`."""
        self._faults.ordered.append(Fault(**body))

    def do_limits(self, body: Json) -> None:
        """Switch limits on; see `Faults.limit`."""
        self._faults.limit(**body)
