"""The running bot as the benchmarks start it: workers, each a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

from bot.benchmark.stub import TOKEN, Stub


class Workers:
    """Processes of `investbot serve` on one database, against one Bot API."""

    def __init__(self, engine: Engine, server: Stub, folder: Path, **settings: str) -> None:
        """Args: a built database, the Bot API, where they log, and what else is set."""
        self._folder = folder
        self._settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": server.address,
            "DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "FLOOD_MESSAGES": "10000",
            "LOG_LEVEL": "WARNING",
        } | settings
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start one more."""
        command = [sys.executable, "-m", "bot.benchmark.worker"]
        environ = os.environ | self._settings
        with (self._folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(  # noqa: S603 - this program
                command, env=environ, cwd=self._folder, stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        self._running.append(worker)

    def kill(self, place: int = 0) -> None:
        """Kill one as nobody would stop it.

        Args:
            place: which, of those that run; 0 is the oldest.
        """
        worker = self._running.pop(place)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def memory(self) -> float:
        """What all of them hold in memory, in megabytes."""
        pages = sum(int(Path(f"/proc/{one.pid}/statm").read_text().split()[1]) for one in self._running)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        """Stop them all as they should be."""
        for worker in self._running:
            worker.terminate()
        for worker in self._running:
            worker.wait(60)
        self._running.clear()
