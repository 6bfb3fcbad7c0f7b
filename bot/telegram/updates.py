"""Updates as Telegram writes them, read."""

import json
from dataclasses import dataclass

from telegram import Bot, Update

NUMBERS = range(2**63)
"""Numbers that an update can have; those of Telegram have ten digits."""


@dataclass(frozen=True)
class Received:
    """An update, and the JSON that it is read from."""

    update: Update
    content: str


def read_update(data: object, bot: Bot) -> Received:
    """An update. Of a kind that nobody knows it has only its number; fields that nobody knows are kept.

    Args:
        data: of JSON.
        bot: whose it is.

    Raises:
        Exception: it is none; the library says so in many ways.
    """
    update = Update.de_json(data, bot)  # type: ignore[arg-type]
    if type(update.update_id) is not int or update.update_id not in NUMBERS:
        raise ValueError("the number of an update is a whole one")
    return Received(update, json.dumps(data))
