"""The tags that Telegram knows, and what each makes of its text."""

import re
from dataclasses import dataclass

from tests.telegram_server.entities import Entity
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


@dataclass
class Opened:
    """A tag that is not closed yet; where its text begins, in letters and in UTF-16 code units."""

    tag: str
    argument: str
    begin: int
    offset: int


def argument_of(tag: str, name: str, value: str, before: str) -> str:
    """What of an attribute matters to its tag."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    for one, prefix in (("code", "language-"), ("span", "tg-")):
        if (tag, name) == (one, "class") and value.startswith(prefix):
            return value.removeprefix(prefix)
    return before


def add_entity(entities: list[Entity], opened: Opened, end: int, text: str) -> None:
    """Add what a tag means, now that it is closed.

    Args:
        entities: those closed before.
        opened: the tag.
        end: where its text ends, in UTF-16 code units.
        text: what stands in it.

    Raises:
        Refused: it names a custom emoji that cannot be.
    """
    extent = {"offset": opened.offset, "length": end - opened.offset}
    entity: Entity = {"type": KINDS[opened.tag], **extent}
    last = entities[-1] if entities else {}
    same = {key: last.get(key) for key in extent} == extent
    if opened.tag == "a":
        link = link_entity(opened.argument or text)
        if not link:
            return
        entity |= link
    elif opened.tag == "tg-emoji":
        if not re.fullmatch(r"-?[0-9]{1,19}", opened.argument) or int(opened.argument) == 0:
            raise wrong("Invalid custom emoji identifier specified")
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
    entities.append(entity)


def wrong(description: str) -> Refused:
    """Markup that Telegram does not take."""
    return bad(f"can't parse entities: {description}")
