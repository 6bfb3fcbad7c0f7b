"""The buttons under a message."""

from tests.telegram_server.links import checked_link
from tests.telegram_server.refusals import Json, bad

DATA_LIMIT = 64
"""Bytes."""

ROW_LIMIT, BUTTON_LIMIT = 8, 100
"""Of longer keyboards Telegram leaves the rest out without a word; a test should hear of it."""


def read_keyboard(fields: Json) -> Json:
    """A message's inline keyboard, if it gets one; other keyboards do not belong to a message.

    Raises:
        Refused: a button is none that Telegram takes.
    """
    rows = (fields.get("reply_markup") or {}).get("inline_keyboard") or []
    for row in rows:
        for button in row:
            _check(button)
    if any(len(row) > ROW_LIMIT for row in rows) or sum(map(len, rows)) > BUTTON_LIMIT:
        raise bad("reply markup is too long")
    rows = [row for row in rows if row]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check(button: Json) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    # The look of a button is not what it does.
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"can't parse inline keyboard button: it does more than one thing: {sorted(actions)}")
    if "url" in button and not checked_link(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
