"""HTML as Telegram reads it: what TDLib's `parse_html` (td/telegram/MessageEntity.cpp) takes and refuses."""

import re
from dataclasses import dataclass

from tests.telegram_server.entities import Entity, ordered, units
from tests.telegram_server.links import link_entity
from tests.telegram_server.refusals import Refused, bad

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}

END = "\0"
"""Where the source ends; TDLib reads a zero within it as its end, too."""

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))(;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = re.compile(r"[ \t\r\n\v]*")
_TAG = re.compile(r"[^ \t\r\n\v\0>]*")
_NAME = re.compile(r"[^ \t\r\n\v\0=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass
class _Open:
    tag: str
    argument: str
    begin: int
    offset: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Split HTML into a text and its entities.

    Args:
        source: as sent with `parse_mode` HTML.

    Returns:
        the text without tags, and entities with offset and length in UTF-16 code units.

    Raises:
        Refused: with Telegram's words and the place in bytes of UTF-8.
    """
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source + END
        self._end = len(source)
        self._place = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._place < self._end:
            letter = self._source[self._place]
            if letter == "<":
                if self._source[self._place + 1] == "/":
                    self._close()
                else:
                    self._begin()
            else:
                self._put(self._reference() if letter == "&" else self._next())
        if self._open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._text)
        if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
            raise _wrong(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
                "surrogate code units"
            )
        for entity in self._entities:
            if entity["type"] == "code":
                # Only within <pre> a language means something.
                entity.pop("language", None)
        return text, ordered(self._entities)

    def _put(self, letter: str) -> None:
        self._text.append(letter)
        self._length += units(letter)

    def _next(self) -> str:
        self._place += 1
        return self._source[self._place - 1]

    def _reference(self) -> str:
        """What a reference stands for; `&` if it is none."""
        found = _REFERENCE.match(self._source, self._place)
        assert found is not None
        hexadecimal, decimal, name, _ = found.groups()
        if name is not None:
            letter = _NAMED.get(name, "")
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            # TDLib takes no more than nine characters, and not the very last code.
            short = found.end(found.lastindex or 0) - found.start() - len(found[4]) < 10
            letter = chr(code) if 0 < code < 0x10FFFF and short else ""
        if not letter:
            return self._next()
        self._place = found.end()
        return letter

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._place)
        assert found is not None
        self._place = found.end()
        return found[0]

    def _begin(self) -> None:
        begin = self._place
        at = self._bytes(begin)
        self._place += 1
        tag = self._take(_TAG).lower()
        if self._source[self._place] == END:
            raise _wrong(f"Unclosed start tag at byte offset {at}")
        if tag not in KINDS:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {at}')
        argument = ""
        while True:
            self._take(_SPACE)
            if self._source[self._place] == ">":
                break
            name = self._take(_NAME)
            if not name:
                raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            argument = _argument(tag, name, self._value(tag, at), argument)
        if tag == "span" and argument != "spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self._place += 1
        self._open.append(_Open(tag, argument, len(self._text), self._length))

    def _value(self, tag: str, at: int) -> str:
        """An attribute's value; empty if it has none."""
        self._take(_SPACE)
        if self._source[self._place] == END:
            raise _wrong(f'Unclosed start tag "{tag}" at byte offset {at}')
        if self._source[self._place] != "=":
            return ""
        self._place += 1
        self._take(_SPACE)
        quote = self._source[self._place]
        if quote == END:
            raise _wrong(f'Unclosed start tag "{tag}" at byte offset {at}')
        if quote not in "'\"":
            begin = self._bytes(self._place)
            value = self._take(_TOKEN).lower()
            if self._source[self._place] not in f" \t\r\n\v>{END}":
                raise _wrong(f"Unexpected end of name token at byte offset {begin}")
        else:
            self._place += 1
            value = ""
            while (letter := self._source[self._place]) not in (quote, END):
                value += self._reference() if letter == "&" else self._next()
            self._place += letter == quote
        if self._source[self._place] == END:
            raise _wrong(f"Unclosed start tag at byte offset {at}")
        return value

    def _close(self) -> None:
        at = self._bytes(self._place)
        if not self._open:
            raise _wrong(f"Unexpected end tag at byte offset {at}")
        self._place += 2
        tag = self._take(_TAG).lower()
        self._take(_SPACE)
        if self._source[self._place] != ">":
            raise _wrong(f"Unclosed end tag at byte offset {at}")
        self._place += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            raise _wrong(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._length > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        extent = {"offset": opened.offset, "length": self._length - opened.offset}
        entity: Entity = {"type": KINDS[opened.tag], **extent}
        last = self._entities[-1] if self._entities else {}
        same = {key: last.get(key) for key in extent} == extent
        if opened.tag == "a":
            link = link_entity(opened.argument or "".join(self._text[opened.begin :]))
            if not link:
                return
            entity |= link
        elif opened.tag == "tg-emoji":
            if not re.fullmatch(r"-?[0-9]{1,19}", opened.argument) or int(opened.argument) == 0:
                raise _wrong("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and same and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            if same and last["type"] == "pre" and "language" not in last:
                last["language"] = opened.argument
                return
            entity["language"] = opened.argument
        self._entities.append(entity)

    def _bytes(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))


def _argument(tag: str, name: str, value: str, before: str) -> str:
    """What of an attribute matters to its tag."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    for one, prefix in (("code", "language-"), ("span", "tg-")):
        if (tag, name) == (one, "class") and value.startswith(prefix):
            return value.removeprefix(prefix)
    return before


def _wrong(description: str) -> Refused:
    return bad(f"can't parse entities: {description}")
