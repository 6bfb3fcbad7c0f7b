"""Entities of a text, their order, and lengths as Telegram counts them."""

import re
from typing import Any

Entity = dict[str, Any]

ORDER = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "mention"]
"""Of entities with the same extent these stand first; then any other; then what only changes the letters."""

LETTERS = ["bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"]

FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{4,32}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w{1,256}\b)",
    re.ASCII,
)
"""What Telegram finds by itself in a text that somebody writes."""


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def ordered(entities: list[Entity]) -> list[Entity]:
    """Outer entities before what they hold."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"], _rank(entity["type"])))


def find_entities(text: str) -> list[Entity]:
    """Commands, mentions, addresses … in a person's text."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in FOUND.finditer(text)
    ]


def _rank(kind: str) -> int:
    if kind in LETTERS:
        return len(ORDER) + 1 + LETTERS.index(kind)
    return ORDER.index(kind) if kind in ORDER else len(ORDER)
