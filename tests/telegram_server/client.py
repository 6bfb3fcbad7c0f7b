"""The stand-in as tests use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.telegram_server.account import TOKEN
from tests.telegram_server.person import PATIENCE, Person, Seen
from tests.telegram_server.refusals import Json
from tests.telegram_server.serving import as_process, in_thread

__all__ = ["TOKEN", "Person", "Seen", "StandIn", "stand_in"]


@dataclass
class StandIn:
    """The running stand-in."""

    address: str
    # Some orders wait as long as a person does.
    _client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=PATIENCE + 15, trust_env=False, verify=False)
    )

    @property
    def base_url(self) -> str:
        """For TELEGRAM_BASE_URL."""
        return f"{self.address}/bot"

    def order(self, verb: str, **body: Any) -> Any:  # noqa: ANN401 - JSON
        """Use a verb of the control address; see `Control`.

        Raises:
            ValueError: it could not be done; says why.
        """
        answer = self._client.post(f"{self.address}/control/{verb}", json=body)
        if answer.status_code == 400:
            raise ValueError(answer.json()["error"])
        answer.raise_for_status()
        return answer.json()

    def call(self, method: str, token: str = TOKEN, **fields: Any) -> httpx.Response:  # noqa: ANN401 - JSON
        """Call a method of the Bot API."""
        return self._client.post(f"{self.address}/bot{token}/{method}", json=fields)

    def user(
        self, number: int, language_code: str = "zh-hans", first_name: str = "王", **more: str
    ) -> Person:
        """A person with a private chat."""
        user = {"id": number, "first_name": first_name, "language_code": language_code, **more}
        if not language_code:
            del user["language_code"]
        self.order("user", **user)
        return Person(self, number, number)

    def group(self, number: int, title: str = "招商群", *, bot: bool = True) -> int:
        """A group, with the bot in it or without; its number."""
        self.order("group", id=number, title=title, bot=bot)
        return number

    def channel(self, number: int, title: str = "招商频道") -> int:
        """A channel of which the bot is an administrator; its number."""
        self.order("channel", id=number, title=title)
        return number

    def fault(self, method: str, kind: str, times: int = 1, seconds: float = 1.0) -> None:
        """Order a fault of the next requests; see `Fault`."""
        self.order("fault", method=method, kind=kind, times=times, seconds=seconds)

    def log(self, method: str = "") -> list[Json]:
        """The requests so far, of a method or of all."""
        return [entry for entry in self.order("log") if method in ("", entry["method"])]

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


@contextmanager
def stand_in(*, threaded: bool = False) -> Iterator[StandIn]:
    """The stand-in on a free port, as a process of its own or in a thread of this one."""
    with in_thread() if threaded else as_process() as address:
        server = StandIn(address)
        try:
            yield server
        finally:
            server.close()
