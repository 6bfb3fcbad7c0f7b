"""The core's sentences on what went wrong, in Chinese: it speaks English, and `faults.toml` has them."""

import re
import tomllib
from functools import cache
from pathlib import Path

LONGEST = 1_000
"""No sentence of ours is longer; one that is holds what somebody wrote, and is shown as it is."""

_FILE = Path(__file__).parent / "faults.toml"


def in_chinese(text: str) -> str:
    """A message of the core, line by line; a line that is not known stays as it is."""
    return "\n".join(_translate(line) for line in text.splitlines())


def _translate(line: str) -> str:
    for pattern, text in _faults() if len(line) <= LONGEST else ():
        found = pattern.search(line)
        if found:
            start, end = found.span()
            return line[:start] + found.expand(text) + line[end:]
    return line


@cache
def _faults() -> list[tuple[re.Pattern[str], str]]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["fault"]
    return [(re.compile(row["pattern"]), row["text"]) for row in rows]
