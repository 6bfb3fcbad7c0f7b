"""Numbers that somebody else's program sends."""

DIGITS = 9
"""A longer one is nothing's number, and a database could not take every one."""


def whole(text: str) -> int:
    """A number of something; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
