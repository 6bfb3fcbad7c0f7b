"""Updates as Telegram writes them, read."""

from telegram import Bot, Update

NUMBERS = range(2**63)
"""Numbers that an update can have; those of Telegram have ten digits."""


def read_update(data: object, bot: Bot) -> Update:
    """An update. Of a kind that nobody knows it has only its number; fields that nobody knows are kept.

    Args:
        data: of JSON.
        bot: whose it is.

    Raises:
        Exception: it is none, or cannot be kept; the library says which in many ways.
    """
    update = Update.de_json(data, bot)  # type: ignore[arg-type]
    if type(update.update_id) is not int or update.update_id not in NUMBERS:
        raise ValueError("the number of an update is a whole one")
    update.to_json()
    return update
