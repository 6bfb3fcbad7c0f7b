"""Reading HTML letter by letter: the place in the source, references like `&amp;`, bytes for refusals."""

import re

END = "\0"
"""Where the source ends; TDLib reads a zero within it as its end, too."""

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))(;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

LONGEST = 9
"""Characters of a numeric reference that TDLib still takes."""


class Cursor:
    """A place in a source."""

    def __init__(self, source: str) -> None:
        self._source = source + END
        self._end = len(source)
        self.place = 0

    @property
    def more(self) -> bool:
        """Whether there is anything left."""
        return self.place < self._end

    @property
    def here(self) -> str:
        """The letter at this place; `END` after the last."""
        return self._source[self.place]

    @property
    def byte(self) -> int:
        """The place in bytes of UTF-8."""
        return len(self._source[: self.place].encode("utf-8", "surrogatepass"))

    def starts(self, text: str) -> bool:
        """Whether a text follows."""
        return self._source.startswith(text, self.place)

    def next(self) -> str:
        """Step over a letter."""
        self.place += 1
        return self._source[self.place - 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Step over what a pattern finds, which may be nothing."""
        found = pattern.match(self._source, self.place)
        assert found is not None
        self.place = found.end()
        return found[0]

    def letter(self) -> str:
        """Step over a letter, or over a reference: what it stands for."""
        found = _REFERENCE.match(self._source, self.place)
        decoded = _decoded(found) if found else ""
        if found is None or not decoded:
            return self.next()
        self.place = found.end()
        return decoded


def _decoded(found: re.Match[str]) -> str:
    """What a reference stands for; empty if Telegram knows none like it."""
    hexadecimal, decimal, name, semicolon = found.groups()
    if name is not None:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
    short = len(found[0]) - len(semicolon) <= LONGEST
    # The very last code is left out as well.
    return chr(code) if 0 < code < 0x10FFFF and short else ""
