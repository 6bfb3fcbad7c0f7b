"""What kind an update is: all that a log or a count may say of it."""

from telegram import Update


def kind_of(update: object) -> str:
    """The kind of an update, as the Bot API calls it: message, callback_query …; else what it is."""
    if not isinstance(update, Update):
        return type(update).__name__
    return next((str(kind) for kind in Update.ALL_TYPES if getattr(update, kind, None)), "other")
