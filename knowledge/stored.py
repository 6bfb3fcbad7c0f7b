"""Arrays kept in a folder: read without being loaded, replaced as a whole, never seen half written."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]
Meta = dict[str, Any]

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
        (fresh / _META).write_text(json.dumps({"sizes": sizes, **meta}, ensure_ascii=False), "utf-8")
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
    """Open arrays without reading them into memory.

    Returns:
        the arrays by name, and their description; None where there is nothing, or it is damaged.
    """
    try:
        meta: Meta = json.loads((folder / _META).read_text("utf-8"))
        # An empty file cannot be mapped.
        arrays = {
            # A plain view of the map: the map's own class takes much longer over each slice.
            name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r" if size else None))
            for name, size in meta["sizes"].items()
        }
    except (OSError, ValueError, KeyError, EOFError, AttributeError, TypeError):
        return None
    whole = all(len(array) == meta["sizes"][name] for name, array in arrays.items())
    return (arrays, meta) if whole else None
