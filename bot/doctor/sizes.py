"""Sizes as people read them."""


def readable(size: float) -> str:
    """Bytes in the unit that suits: 1.5 GB.

    Args:
        size: in bytes.
    """
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in {"B", "kB"} else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
