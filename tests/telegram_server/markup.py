"""HTML as Telegram reads it, after TDLib's `parse_html` (td/telegram/MessageEntity.cpp)."""

import re
from dataclasses import dataclass
from typing import Any

from tests.telegram_server.refusals import bad

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

_ENTITY = re.compile(r"&(lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")


@dataclass
class _Open:
    tag: str
    offset: int
    argument: dict[str, str]


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Split HTML into a text and its entities.

    Args:
        source: as sent with `parse_mode` HTML.

    Returns:
        the text without tags, and entities with offset and length in UTF-16 code units.

    Raises:
        Refused: with Telegram's words and the place in bytes of UTF-8.
    """
    text = ""
    entities: list[dict[str, Any]] = []
    nested: list[_Open] = []
    place = 0
    while place < len(source):
        letter = source[place]
        if letter == "&":
            found = _ENTITY.match(source, place)
            text += _decode(found) if found else letter
            place = found.end() if found else place + 1
        elif letter != "<":
            text += letter
            place += 1
        elif source[place : place + 2] == "</":
            place = _close(source, place, text, nested, entities)
        else:
            place = _begin(source, place, text, nested)
    if nested:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{nested[-1].tag}"')
    return _trim(text, entities)


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _begin(source: str, place: int, text: str, nested: list[_Open]) -> int:
    at = _bytes(source, place)
    name = _TAG_NAME.match(source, place + 1)
    tag = name[0].lower() if name else ""
    end = source.find(">", place)
    if end < 0:
        raise _wrong(f"Unclosed start tag at byte offset {at}")
    if tag not in KINDS:
        raise _wrong(f'Unsupported start tag "{tag}" at byte offset {at}')
    rest = source[place + 1 + len(tag) : end]
    argument = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(rest)}
    if tag == "span" and argument.get("class") != "tg-spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    nested.append(_Open(tag, units(text), argument))
    return end + 1


def _close(source: str, place: int, text: str, nested: list[_Open], entities: list[dict[str, Any]]) -> int:
    at = _bytes(source, place)
    if not nested:
        raise _wrong(f"Unexpected end tag at byte offset {at}")
    name = _TAG_NAME.match(source, place + 2)
    tag = name[0].lower() if name else ""
    end = source.find(">", place)
    if end < 0 or source[place + 2 + len(tag) : end].strip():
        raise _wrong(f"Unclosed end tag at byte offset {at}")
    opened = nested.pop()
    if tag and tag != opened.tag:
        raise _wrong(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"')
    length = units(text) - opened.offset
    if length:
        entities.append(_entity(opened, length, text))
    return end + 1


def _entity(opened: _Open, length: int, text: str) -> dict[str, Any]:
    entity: dict[str, Any] = {"type": KINDS[opened.tag], "offset": opened.offset, "length": length}
    if opened.tag == "a":
        entity["url"] = opened.argument.get("href") or text.encode("utf-16-le")[opened.offset * 2 :].decode(
            "utf-16-le"
        )
    if opened.tag == "blockquote" and "expandable" in opened.argument:
        entity["type"] = "expandable_blockquote"
    if opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.argument.get("emoji-id", "")
    return entity


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    kept: list[dict[str, Any]] = []
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        start = max(0, entity["offset"] - lead)
        end = min(units(text), entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def _decode(found: re.Match[str]) -> str:
    name = found[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _bytes(source: str, place: int) -> int:
    return len(source[:place].encode("utf-8", "surrogatepass"))


def _wrong(description: str) -> Exception:
    return bad(f"can't parse entities: {description}")
