"""The methods that send messages and change them."""

import copy
import time
from collections.abc import Callable

from tests.telegram_server.account import BOT
from tests.telegram_server.keyboard import read_keyboard
from tests.telegram_server.photos import photo_sizes
from tests.telegram_server.refusals import Json, bad
from tests.telegram_server.state import Telegram
from tests.telegram_server.words import read_caption, read_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)

WORDS = ("text", "entities")
CAPTION = ("caption", "caption_entities")


def send_message(telegram: Telegram, fields: Json) -> Json:
    """A new message."""
    return _send(telegram, fields, lambda: read_text(fields))


def send_photo(telegram: Telegram, fields: Json) -> Json:
    """A new message with a picture."""

    def content() -> Json:
        return {"photo": photo_sizes(telegram.files, fields["photo"]), **read_caption(fields)}

    return _send(telegram, fields, content)


def send_document(telegram: Telegram, fields: Json) -> Json:
    """A new message with a file."""

    def content() -> Json:
        file = telegram.files.sent(fields["document"])
        return {"document": {**file.ids, "file_name": file.name}, **read_caption(fields)}

    return _send(telegram, fields, content)


def edit_message_text(telegram: Telegram, fields: Json) -> Json:
    """Other words in the place of a message's."""
    message = _edited(telegram, fields)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _change(telegram, message, WORDS, {**read_text(fields), **read_keyboard(fields)})


def edit_message_caption(telegram: Telegram, fields: Json) -> Json:
    """Other words under a picture or a file."""
    message = _edited(telegram, fields)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    return _change(telegram, message, CAPTION, {**read_caption(fields), **read_keyboard(fields)})


def edit_message_reply_markup(telegram: Telegram, fields: Json) -> Json:
    """Other buttons under a message."""
    return _change(telegram, _edited(telegram, fields), (), read_keyboard(fields))


def delete_message(telegram: Telegram, fields: Json) -> bool:
    """A message taken away."""
    chat = telegram.chat(fields["chat_id"])
    message = telegram.messages.get((chat["id"], fields["message_id"]))
    if message is None:
        raise bad("message to delete not found")
    if (chat["id"], fields["message_id"]) not in telegram.own and chat["type"] != "private":
        raise bad("message can't be deleted")
    del telegram.messages[chat["id"], fields["message_id"]]
    return True


def set_message_reaction(telegram: Telegram, fields: Json) -> bool:
    """A little picture at a message."""
    chat = telegram.chat(fields["chat_id"])["id"]
    message = telegram.messages.get((chat, fields["message_id"]))
    if message is None:
        raise bad("message to react not found")
    telegram.reactions[chat, fields["message_id"]] = fields.get("reaction") or []
    return True


def _send(telegram: Telegram, fields: Json, content: Callable[[], Json]) -> Json:
    chat = telegram.chat(fields["chat_id"])
    reply = _reply(telegram, chat["id"], fields)
    return telegram.put_message(chat["id"], BOT, {**content(), **reply, **read_keyboard(fields)})


def _reply(telegram: Telegram, chat: int, fields: Json) -> Json:
    number = fields.get("reply_to_message_id")
    reply = fields.get("reply_parameters") or ({"message_id": number, **fields} if number else {})
    if not reply:
        return {}
    answered = telegram.messages.get((chat, reply["message_id"]))
    if answered is not None:
        # What is shown of it does not show again what it answered in turn.
        return {
            "reply_to_message": {k: copy.deepcopy(v) for k, v in answered.items() if k != "reply_to_message"}
        }
    if not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return {}


def _edited(telegram: Telegram, fields: Json) -> Json:
    """The message that is to be edited.

    Raises:
        Refused: there is none, or it is somebody else's.
    """
    if fields.get("chat_id") in (None, ""):
        raise bad("chat_id is empty")
    chat = telegram.chat(fields["chat_id"])["id"]
    if "message_id" not in fields:
        raise bad("message identifier is not specified")
    found: Json | None = telegram.messages.get((chat, fields["message_id"]))
    if found is None:
        raise bad("message to edit not found")
    if (chat, fields["message_id"]) not in telegram.own:
        raise bad("message can't be edited")
    return found


def _change(telegram: Telegram, message: Json, replaced: tuple[str, ...], content: Json) -> Json:
    """Put new content in the place of the old; buttons that are not sent again go."""
    changed = {
        key: value for key, value in message.items() if key not in (*replaced, "reply_markup")
    } | content
    if changed == message:
        raise bad(NOT_MODIFIED)
    message.clear()
    message |= {**changed, "edit_date": int(time.time())}
    telegram.show(message)
    return copy.deepcopy(message)
