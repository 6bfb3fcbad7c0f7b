"""The program, loaded once: each command is a child of it, a process of its own that need not load it again.

Most of a command's seconds are imports, rules and the encoder; a test that gives ten of them has something
else to show.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

PACKAGES = ("bot", "knowledge")

UNUSED = {"benchmark", "migrations"}
"""What is loaded only by who wants it: by few, and with packages that nobody else has."""

BESIDE = ("psycopg", "sqlalchemy.dialects.postgresql.psycopg", "alembic.command", "openpyxl")
"""What is imported only at need, and needed by many."""

LOOK = 0.01
"""Seconds between two looks at what a wrong clock is to show."""

Order = dict[str, Any]


def serve(listening: socket.socket) -> tuple[Order, list[int]]:
    """Start children on the orders of all workers; comes back in each, with its order and its three files."""
    lines: set[socket.socket] = set()
    while True:
        for ready in select.select([listening, *lines], [], [])[0]:
            if ready is listening:
                lines.add(listening.accept()[0])
                continue
            message, files, _, _ = socket.recv_fds(ready, 1 << 20, 3)
            if not message:
                lines.remove(ready)
                ready.close()
                if not lines:
                    os._exit(0)
                continue
            order: Order = json.loads(message)
            if "pid" in order:
                pid, status = os.waitpid(order["pid"], os.WNOHANG)
                ready.send(json.dumps(os.waitstatus_to_exitcode(status) if pid else None).encode())
                continue
            pid = os.fork()
            if pid == 0:
                for line in (listening, *lines):
                    line.close()
                return order, files
            for file in files:
                os.close(file)
            ready.send(json.dumps(pid).encode())


def become(order: Order, files: list[int]) -> None:
    """Be the process that was ordered."""
    for file, place in zip(files, range(3), strict=True):
        os.dup2(file, place)
        os.close(file)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    for constant, seconds in order["waits"].items():
        module, _, name = constant.rpartition(".")
        held = importlib.import_module(module)
        assert hasattr(held, name), constant
        setattr(held, name, seconds)
    sys.argv = ["investbot", *order["arguments"]]
    if clock := os.environ.get("CLOCK_OF_TEST"):
        go_by(Path(clock))
    # So that it calls itself what it is called, not `python -m …`.
    sys.modules["__main__"].__package__ = None


def go_by(told: Path) -> None:
    """Have a wrong clock: as many seconds ahead as a file says, which is gone once that is so.

    Only the time of day is wrong; what waits, waits as long as it would.
    """
    import time_machine

    clock = time_machine.travel(time.time(), tick=True).start()

    def follow() -> None:
        while True:
            if told.exists():
                clock.move_to(time_machine.escape_hatch.time.time() + float(told.read_text("utf-8")))
                told.unlink()
            time.sleep(LOOK)

    threading.Thread(target=follow, daemon=True).start()


def load() -> None:
    """Import the program."""
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not UNUSED & set(module.name.split(".")):
                importlib.import_module(module.name)
    for name in BESIDE:
        importlib.import_module(name)


def warm() -> None:
    """Build a bureau and ask it something once: what is read and derived at first need is there then."""
    from bot.pictures.font import missing
    from knowledge.asking.asker import Asker
    from knowledge.build import build
    from knowledge.database import open_engine
    from tests.bureau import write_bureau

    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/investbot.db")
        build(engine, write_bureau(Path(folder) / "documents"))
        asker = Asker(engine)
        asker.prepare()
        for question in ("蓝湾装备基地租金多少", "What is the rent at Xinghe Aviation Park?"):
            asker.ask(question)
        engine.dispose()
    missing("云")


def leave(end: SystemExit) -> None:
    """End as any program ends, but for taking the loaded one to pieces: that is most of a short command."""
    if not isinstance(end.code, int | None):
        raise end
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(end.code or 0)


def main() -> None:
    """Load the program, serve, and in each child run it."""
    if os.fork():
        os._exit(0)
    # Who ends a test run by Ctrl-C closes the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    warm()
    gc.freeze()
    order, files = serve(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    become(order, files)
    from bot.cli import main as investbot

    try:
        investbot()
    except SystemExit as end:
        leave(end)


if __name__ == "__main__":
    main()
