"""A bot whose clock is set while it runs, and nobody else's."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.telegram.conftest import Bot, serving, wait_until
from tests.telegram_server.client import StandIn


class WrongClock:
    """The clock of a bot; see `tests.bot.zygote.go_by`."""

    def __init__(self, file: Path) -> None:
        """Args: where the bot is told what it shows."""
        self._file = file
        self._ahead = dt.timedelta()

    def set(self, ahead: dt.timedelta) -> None:
        """Let it be ahead of the true one; behind, where this is negative."""
        self._ahead = ahead
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(ahead.total_seconds()), "utf-8")
        fresh.rename(self._file)
        wait_until(lambda: not self._file.exists())

    def show(self, moment: dt.datetime) -> None:
        """Let it show a moment now."""
        self.set(moment - dt.datetime.now(dt.UTC))

    def now(self) -> dt.datetime:
        """What it shows."""
        return dt.datetime.now(dt.UTC) + self._ahead

    @contextmanager
    def serving(self, server: StandIn, home: Path) -> Iterator[Bot]:
        """`investbot serve` that goes by it, until the block ends."""
        with serving(server, home, CLOCK_OF_TEST=str(self._file)) as bot:
            yield bot
