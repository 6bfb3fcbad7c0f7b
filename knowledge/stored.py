"""Arrays kept in a folder: replaced as a whole, never seen half written, large ones mapped and not loaded."""

import json
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]
Meta = dict[str, Any]

MAPPED = 32_000_000
"""Bytes from which on a file is mapped, not read. Whoever cuts off a mapped file ends who has it open."""

_META = "meta.json"


def store(folder: Path, arrays: Mapping[str, npt.NDArray[Any]], meta: Meta) -> None:
    """Write arrays and their description in the place of what a folder held.

    Whoever has the old ones open keeps them. Of two writers one wins, with all of its arrays.

    Args:
        folder: made if need be.
        arrays: by name.
        meta: whatever JSON can hold.

    Raises:
        OSError: nothing can be written there.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        # As any other folder: workers may run as other users.
        fresh.chmod(0o755)
        for name, array in arrays.items():
            np.save(fresh / f"{name}.npy", array)
        sizes = {name: len(array) for name, array in arrays.items()}
        sums = {name: _sum(array) for name, array in arrays.items()}
        told = json.dumps({"sizes": sizes, "sums": sums, **meta}, ensure_ascii=False)
        (fresh / _META).write_text(told, "utf-8")
        if folder.exists():
            # A folder cannot be replaced by another in one step; a reader in between finds none, and builds.
            folder.rename(fresh / "old")
        try:
            fresh.rename(folder)
        except OSError:
            # Another writer was quicker; what it wrote is as good.
            if not folder.exists():
                raise
        shutil.rmtree(folder / "old", ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def open_stored(folder: Path) -> tuple[Arrays, Meta] | None:
    """Open arrays, the large ones without holding them in memory.

    Returns:
        the arrays by name, and their description; None where there is nothing, or it is damaged.
    """
    try:
        meta: Meta = json.loads((folder / _META).read_text("utf-8"))
        arrays = {name: _load(folder / f"{name}.npy") for name in meta["sizes"]}
        # After a power cut a file may have its length, and zeros in the place of what was written last.
        whole = all(
            len(array) == meta["sizes"][name] and _sum(array) == meta["sums"][name]
            for name, array in arrays.items()
        )
    except (OSError, ValueError, KeyError, EOFError, AttributeError, TypeError):
        return None
    return (arrays, meta) if whole else None


def _load(file: Path) -> npt.NDArray[Any]:
    large = file.stat().st_size >= MAPPED
    # A plain view of the map: the map's own class takes much longer over each slice.
    return np.asarray(np.load(file, mmap_mode="r" if large else None))


def _sum(array: npt.NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).data)
