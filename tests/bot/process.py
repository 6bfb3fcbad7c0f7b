"""The program as processes, as people start it."""

import atexit
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO

from tests import certificates
from tests.databases import POSTGRESQL, database_url

INVESTBOT = str(Path(sys.executable).with_name("investbot"))
"""The program as it is installed: for who wants to see it start from nothing."""

ROOT = Path(__file__).parents[2]

LOOK = 0.01
"""Seconds between two looks whether a process has ended."""

WAITS: Mapping[str, float] = {
    "bot.telegram.postman.PAUSE": 0.1,
    "bot.telegram.postman.RETRY": 1.0,
    "bot.telegram.reach.FIRST": 0.1,
    "bot.telegram.reach.LONGEST": 0.5,
    "bot.push.courier.LOOK": 0.1,
}
"""How long commands wait here, by the constant that says so: that they do is tested, not how long."""

_ASKING = Lock()

_FOLDER = "TEST_ZYGOTE_FOLDER"
"""In the environment: where the loaded program is reached, the same for all workers of a run."""


def begin() -> bool:
    """Choose where the loaded program will be reached, if it is needed; whether that was left to choose."""
    if _FOLDER in os.environ:
        return False
    # Not among the folders of pytest: the name of a socket has to be short.
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="investbot-")
    return True


def end() -> None:
    """Remove what `begin` made; the loaded program ends by itself, when the last worker has."""
    shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


class Process:
    """A running command; see `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        """Args: its number."""
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        if self.returncode is None:
            self.returncode = _ask({"pid": self.pid})
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: it has not ended in time.
        """
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("investbot", timeout)
            time.sleep(LOOK)
        return code

    def terminate(self) -> None:
        """Tell it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it as nobody would."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def start(
    *arguments: str, cwd: Path, env: Mapping[str, str], stdout: IO[bytes], stdin: IO[bytes] | None = None
) -> Process:
    """Start a command.

    Args:
        arguments: as typed after `investbot`.
        cwd: where.
        env: all of its environment.
        stdout: where its output goes, and its errors.
        stdin: what it reads; None for nothing.
    """
    return _start(arguments, cwd, env, stdin, stdout, stdout)


def finish(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float = 60,
    waits: Mapping[str, float] = WAITS,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; it shows no traceback.

    Args:
        arguments, cwd, env: see `start`.
        stdin: what it reads.
        timeout: seconds.
        waits: see `WAITS`.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as error,
    ):
        given.write(stdin)
        given.seek(0)
        process = _start(arguments, cwd, env, given, out, error, waits)
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        said = []
        for file in (out, error):
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
    assert "Traceback" not in said[0] + said[1], said
    return subprocess.CompletedProcess(arguments, code, *said)


def environ(home: Path | None = None, /, **settings: str) -> dict[str, str]:
    """An environment with these settings; nothing of this machine's own settings comes in.

    Args:
        home: the working directory, if there is a database in it, or will be.
        settings: by name.
    """
    kept = {"PATH", "HOME", "LANG", "XDG_CACHE_HOME", certificates.VARIABLE}
    usual = {key: value for key, value in os.environ.items() if key in kept}
    if home is not None and POSTGRESQL:
        usual["DATABASE_URL"] = database_url(home / "var" / "investbot.db")
    return usual | settings


def _start(
    arguments: tuple[str, ...],
    cwd: Path,
    env: Mapping[str, str],
    stdin: IO[bytes] | None,
    stdout: IO[bytes],
    stderr: IO[bytes],
    waits: Mapping[str, float] = WAITS,
) -> Process:
    with Path(os.devnull).open("rb") as nothing:
        files = [(stdin or nothing).fileno(), stdout.fileno(), stderr.fileno()]
        order = {"arguments": arguments, "cwd": str(cwd), "env": dict(env), "waits": dict(waits)}
        pid = _ask(order, files)
    assert pid is not None
    return Process(pid)


def _ask(order: Mapping[str, object], files: list[int] | None = None) -> int | None:
    with _ASKING:
        socket.send_fds(_zygote(), [json.dumps(order).encode()], files or [])
        answer: int | None = json.loads(_zygote().recv(100))
    return answer


@cache
def _zygote() -> socket.socket:
    """A line to the program, which the first worker that needs it has loaded; see `tests.bot.zygote`."""
    folder = Path(os.environ[_FOLDER])
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            line.connect(str(folder / "orders"))
        except OSError:
            # None has been started, or the workers that had it have all ended.
            (folder / "orders").unlink(missing_ok=True)
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
                listening.bind(str(folder / "orders"))
                listening.listen()
                place = listening.fileno()
                # Comes back at once: what serves is no child of a worker, as another may need it for longer.
                subprocess.run(
                    [sys.executable, "-m", "tests.bot.zygote", str(place)],
                    cwd=ROOT,
                    env=environ(),
                    pass_fds=[place],
                    check=True,
                )
            line.connect(str(folder / "orders"))
    atexit.register(line.close)
    return line
