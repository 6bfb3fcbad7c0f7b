"""The folder of a benchmark: gone with it, or where it was killed, with the next one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.locks import FileLock

PREFIX = "investbot-bench-"

LOCK = "running"
"""Held by the benchmark whose folder it is."""


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder until the block ends; before, what killed benchmarks have left is removed."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        _remove_left(left)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        lock = FileLock(Path(name) / LOCK)
        lock.take()
        try:
            yield Path(name)
        finally:
            lock.leave()


def _remove_left(folder: Path) -> None:
    # One without the file has only just been made.
    if not (folder / LOCK).is_file() or folder.stat().st_uid != os.getuid():
        return
    lock = FileLock(folder / LOCK)
    if lock.take():
        shutil.rmtree(folder, ignore_errors=True)
        lock.leave()
