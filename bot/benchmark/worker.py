"""`investbot serve` as a benchmark starts it: told to end as soon as nobody holds its input open any more.

Whoever started it does; however that ends, killed too, the system closes what it held.
"""

import os
import signal
import sys
from threading import Thread

from bot.cli import main


def _watch() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_watch, daemon=True).start()
    main(["serve"])
