"""What the checks look at: the settings, and what each of them would have to ask for twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import httpx
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from bot.settings import Settings
from knowledge.address import is_sqlite, place, read_address
from knowledge.database import KnowledgeError, open_engine

PATIENCE = 4
"""Seconds that Telegram or the database may take for one answer."""


class NothingThereError(Exception):
    """There is no database yet."""


@dataclass(frozen=True)
class Told:
    """What the Bot API said.

    Attributes:
        status: of HTTP.
        result: what was asked for; None where it was refused, or is no answer of the Bot API.
        reason: why it was refused, in Telegram's words.
        date: the time there, as its answer says; empty if it does not.
        seconds: it took.
    """

    status: int
    result: Mapping[str, Any] | None
    reason: str
    date: str
    seconds: float


@dataclass
class Patient:
    """An installation. Nothing is made or changed by looking at it."""

    settings: Settings
    _opening: Lock = field(default_factory=Lock)

    @cached_property
    def address(self) -> URL:
        """Of the database.

        Raises:
            ValueError: it is none.
        """
        return read_address(self.settings.database_url)

    @property
    def file(self) -> Path | None:
        """The file of the database; None for a server, or in memory."""
        name = self.address.database
        if not is_sqlite(self.address) or not name or name == ":memory:":
            return None
        return Path(name.removeprefix("file:"))

    def engine(self) -> Engine:
        """The database, opened once.

        Raises:
            KnowledgeError: it cannot be used; the message says why.
            NothingThereError: there is no file yet; it is not made.
        """
        with self._opening:
            opened: Engine | KnowledgeError | NothingThereError = self._opened
        if isinstance(opened, Exception):
            raise opened
        return opened

    def leave(self) -> None:
        """Close the database, if it was opened."""
        opened = self.__dict__.get("_opened")
        if isinstance(opened, Engine):
            opened.dispose()

    @cached_property
    def _opened(self) -> Engine | KnowledgeError | NothingThereError:
        url = self.settings.database_url
        try:
            if self.file is not None and not self.file.exists():
                return NothingThereError(place(self.address))
            if not is_sqlite(self.address) and "connect_timeout" not in self.address.query:
                address = self.address.update_query_dict({"connect_timeout": str(PATIENCE)})
                url = address.render_as_string(hide_password=False)
        except ValueError:
            pass  # open_engine says it better.
        try:
            engine = open_engine(url)
        except KnowledgeError as error:
            return error
        if is_sqlite(engine.url):
            engine.dispose()
            event.listen(engine, "connect", _hurry)
        return engine

    def ask(self, method: str) -> Told:
        """Ask the Bot API.

        Args:
            method: e.g. getMe.

        Raises:
            httpx.HTTPError: it cannot be reached.
            httpx.InvalidURL: TELEGRAM_BASE_URL is none.
        """
        token = self.settings.telegram_bot_token.get_secret_value()
        answer = httpx.get(f"{self.settings.telegram_base_url}{token}/{method}", timeout=PATIENCE)
        try:
            body = answer.json()
        except ValueError:
            body = {}
        said = body if isinstance(body, dict) else {}
        result = said.get("result") if said.get("ok") else None
        return Told(
            answer.status_code,
            result if isinstance(result, dict) else None,
            str(said.get("description", "")),
            answer.headers.get("Date", ""),
            answer.elapsed.total_seconds(),
        )


def _hurry(connection: Any, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's types
    connection.execute(f"pragma busy_timeout={PATIENCE * 1000}")
