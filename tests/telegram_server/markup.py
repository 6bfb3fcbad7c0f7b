"""HTML as Telegram reads it: what TDLib's `parse_html` (td/telegram/MessageEntity.cpp) takes and refuses."""

import re

from tests.telegram_server.cursor import END, Cursor
from tests.telegram_server.entities import Entity, ordered, units
from tests.telegram_server.tags import KINDS, Opened, add_entity, argument_of, wrong

_SLASH = re.compile("</")
_EQUALS = re.compile(r"=?[ \t\r\n\v]*")
_SPACE = re.compile(r"[ \t\r\n\v]*")
_TAG = re.compile(r"[^ \t\r\n\v\0>]*")
_NAME = re.compile(r"[^ \t\r\n\v\0=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


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
        self._cursor = Cursor(source)
        self._text: list[str] = []
        self._length = 0
        self._open: list[Opened] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._cursor.more:
            if self._cursor.starts("</"):
                self._close()
            elif self._cursor.starts("<"):
                self._begin()
            else:
                letter = self._cursor.letter()
                self._text.append(letter)
                self._length += units(letter)
        if self._open:
            raise wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._text)
        if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
            raise wrong(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
                "surrogate code units"
            )
        for entity in self._entities:
            if entity["type"] == "code":
                # Only within <pre> a language means something.
                entity.pop("language", None)
        return text, ordered(self._entities)

    def _begin(self) -> None:
        cursor, at = self._cursor, self._cursor.byte
        cursor.next()
        tag = cursor.take(_TAG).lower()
        if cursor.here == END:
            raise wrong(f"Unclosed start tag at byte offset {at}")
        if tag not in KINDS:
            raise wrong(f'Unsupported start tag "{tag}" at byte offset {at}')
        argument = ""
        cursor.take(_SPACE)
        while cursor.here != ">":
            name = cursor.take(_NAME)
            if not name:
                raise wrong(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            argument = argument_of(tag, name, self._value(tag, at), argument)
            cursor.take(_SPACE)
        if tag == "span" and argument != "spoiler":
            raise wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        cursor.next()
        self._open.append(Opened(tag, argument, len(self._text), self._length))

    def _value(self, tag: str, at: int) -> str:
        """An attribute's value; empty if it has none."""
        cursor = self._cursor
        cursor.take(_SPACE)
        if cursor.here not in ("=", END):
            return ""
        cursor.take(_EQUALS)
        quote = cursor.here
        if quote == END:
            raise wrong(f'Unclosed start tag "{tag}" at byte offset {at}')
        if quote not in "'\"":
            begin = cursor.byte
            value = cursor.take(_TOKEN).lower()
            if cursor.here not in f" \t\r\n\v>{END}":
                raise wrong(f"Unexpected end of name token at byte offset {begin}")
        else:
            cursor.next()
            value = ""
            while cursor.here not in (quote, END):
                value += cursor.letter()
            if cursor.here == quote:
                cursor.next()
        if cursor.here == END:
            raise wrong(f"Unclosed start tag at byte offset {at}")
        return value

    def _close(self) -> None:
        cursor, at = self._cursor, self._cursor.byte
        if not self._open:
            raise wrong(f"Unexpected end tag at byte offset {at}")
        cursor.take(_SLASH)
        tag = cursor.take(_TAG).lower()
        cursor.take(_SPACE)
        if cursor.here != ">":
            raise wrong(f"Unclosed end tag at byte offset {at}")
        cursor.next()
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            raise wrong(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._length > opened.offset:
            add_entity(self._entities, opened, self._length, "".join(self._text[opened.begin :]))
