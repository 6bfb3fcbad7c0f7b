"""What is built once for all workers of a test run: made by the first that needs it, copied by all."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is the same for all workers; nothing in it may be opened, as one may be copying it.

    Args:
        factory: pytest's.
        name: of the folder.
        make: fills it.
    """
    # A worker of xdist has its own folder within that of the run.
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
