"""A message's words: cleaned, trimmed and measured as Telegram does before it sends them."""

import re

from tests.telegram_server.entities import Entity, units
from tests.telegram_server.markup import parse_html
from tests.telegram_server.refusals import Json, bad

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024

_BLANK = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_GONE = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
"""Characters that Telegram takes out: line ends of old, those that turn the direction, three overlines."""


def read_text(fields: Json) -> Json:
    """The text of a message with its entities.

    Raises:
        Refused: it is empty, too long, or its markup is wrong.
    """
    text, entities = _read(fields, "text", "entities")
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def read_caption(fields: Json) -> Json:
    """The words under a picture or a file, if there are any.

    Raises:
        Refused: they are too long, or their markup is wrong.
    """
    text, entities = _read(fields, "caption", "caption_entities")
    if units(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text without what Telegram does not carry, trimmed, and its entities at their new places."""
    moved = {0: 0}
    kept: list[str] = []
    before = after = 0
    for letter in text:
        width = units(letter)
        before += width
        if not _GONE.match(letter):
            kept.append(" " if _BLANK.match(letter) else letter)
            after += width
        moved[before] = after
    body = "".join(kept).rstrip(" \n")
    lead = len(body) - len(body.lstrip(" \n"))
    body = body[lead:]
    placed: list[Entity] = []
    for entity in entities:
        # A place within a pair of surrogates counts as the place before it.
        begin, end = (
            _moved(moved, place) for place in (entity["offset"], entity["offset"] + entity["length"])
        )
        begin, end = max(0, begin - lead), min(units(body), end - lead)
        if begin < end:
            placed.append({**entity, "offset": begin, "length": end - begin})
    return body, placed


def _moved(moved: dict[int, int], place: int) -> int:
    while place not in moved:
        place = min(place - 1, max(moved))
    return moved[place]


def _read(fields: Json, key: str, given: str) -> tuple[str, list[Entity]]:
    text, mode = fields.get(key) or "", fields.get("parse_mode")
    if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        raise bad("strings must be encoded in UTF-8")
    if not mode:
        return clean(text, fields.get(given) or [])
    if mode.lower() in {"markdown", "markdownv2"}:
        raise bad(f"the stand-in reads no {mode}")
    if mode.lower() != "html":
        raise bad("unsupported parse_mode")
    return clean(*parse_html(text))
