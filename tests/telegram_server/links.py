"""Addresses behind a text, as Telegram takes them."""

import re

from tests.telegram_server.entities import Entity

_PERSON = re.compile(r"tg://user\?(?:.*&)?id=([0-9]+)")
_INNER = re.compile(r"(?:tg|ton|tonsite)://\S+", re.IGNORECASE)
_WEB = re.compile(
    r"(?:(https?)://)?((?:[^\s/?#@]+@)?([\w.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?)(\S*)", re.IGNORECASE
)


def link_entity(address: str) -> Entity:
    """The fields of an entity that opens an address; empty if Telegram would drop it without a word."""
    if person := _PERSON.fullmatch(address):
        number = int(person[1])
        return {"type": "text_mention", "user": {"id": number, "is_bot": False, "first_name": str(number)}}
    checked = checked_link(address)
    return {"type": "text_link", "url": checked} if checked else {}


def checked_link(address: str) -> str:
    """An address in full; empty if it is none."""
    if _INNER.fullmatch(address):
        return address
    found = _WEB.fullmatch(address)
    if found is None:
        return ""
    scheme, host, name, rest = found.groups()
    if rest and rest[0] not in "/?#":
        return ""
    if "." not in name.strip(".") and not name.startswith("["):
        return ""
    path = rest if rest.startswith("/") else f"/{rest}"
    return f"{(scheme or 'http').lower()}://{host.lower()}{path}"
