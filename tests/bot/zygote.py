"""The program, loaded once: each command is a child of it, a process of its own that need not load it again.

Most of a command's two seconds are imports; a test that gives ten of them has something else to show.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
from typing import Any

LOADED = (
    "bot.serving",
    "bot.telegram.service",
    "bot.desk.application",
    "bot.pictures.card",
    "bot.conversation",
    "knowledge.build",
    "knowledge.exchange.planning",
    "knowledge.exchange.workbook",
    "knowledge.review",
    "knowledge.announcing.reports",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
)

Order = dict[str, Any]


def serve(orders: socket.socket) -> tuple[Order, list[int]]:
    """Start children on order; comes back in each child, with its order and its three files."""
    while True:
        message, files, _, _ = socket.recv_fds(orders, 1 << 20, 3)
        if not message:
            os._exit(0)
        order: Order = json.loads(message)
        if "pid" in order:
            pid, status = os.waitpid(order["pid"], os.WNOHANG)
            orders.send(json.dumps(os.waitstatus_to_exitcode(status) if pid else None).encode())
            continue
        pid = os.fork()
        if pid == 0:
            orders.close()
            return order, files
        for file in files:
            os.close(file)
        orders.send(json.dumps(pid).encode())


def become(order: Order, files: list[int]) -> None:
    """Be the process that was ordered."""
    for file, place in zip(files, range(3), strict=True):
        os.dup2(file, place)
        os.close(file)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    sys.argv = ["investbot", *order["arguments"]]


def main() -> None:
    """Load the program, serve, and in each child run it."""
    # Who ends a test run by Ctrl-C closes the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    order, files = serve(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    become(order, files)
    from bot.cli import main as investbot

    investbot()


if __name__ == "__main__":
    main()
