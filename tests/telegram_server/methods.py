"""The methods of the Bot API that a bot of ours may call."""

import time
from collections.abc import Callable
from typing import Any

from tests.telegram_server.markup import parse_html, units
from tests.telegram_server.refusals import bad
from tests.telegram_server.state import BOT, Json, Telegram

TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64

QUERY_LIFE = 60.0
"""Seconds for which a pressed button may be answered."""


def get_me(_telegram: Telegram, _fields: Json) -> Json:
    """The bot itself."""
    return BOT


def send_message(telegram: Telegram, fields: Json) -> Json:
    """A new message."""
    chat = telegram.chat(fields["chat_id"])
    content = {**_words(fields), **_keyboard(fields)}
    reply = fields.get("reply_parameters") or {}
    if reply:
        answered = telegram.messages.get((chat["id"], reply["message_id"]))
        if answered is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        if answered is not None:
            content["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
    return telegram.put_message(chat["id"], BOT, content)


def send_photo(telegram: Telegram, fields: Json) -> Json:
    """A new message with a picture."""
    chat = telegram.chat(fields["chat_id"])
    caption, entities = _parsed(fields.get("caption") or "", fields.get("parse_mode"))
    if units(caption) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    photo = [{"file_id": "photo", "file_unique_id": "p", "width": 1, "height": 1}]
    content = {"photo": photo, **({"caption": caption, "caption_entities": entities} if caption else {})}
    return telegram.put_message(chat["id"], BOT, {**content, **_keyboard(fields)})


def edit_message_text(telegram: Telegram, fields: Json) -> Json:
    """Other words in the place of a message's."""
    message = telegram.message(telegram.chat(fields["chat_id"])["id"], fields["message_id"], "edit")
    return _change(message, {**_words(fields), **_keyboard(fields)})


def edit_message_reply_markup(telegram: Telegram, fields: Json) -> Json:
    """Other buttons under a message."""
    message = telegram.message(telegram.chat(fields["chat_id"])["id"], fields["message_id"], "edit")
    return _change(message, {key: message[key] for key in ("text", "entities")} | _keyboard(fields))


def delete_message(telegram: Telegram, fields: Json) -> bool:
    """A message taken away."""
    chat = telegram.chat(fields["chat_id"])["id"]
    telegram.message(chat, fields["message_id"], "delete")
    del telegram.messages[chat, fields["message_id"]]
    return True


def answer_callback_query(telegram: Telegram, fields: Json) -> bool:
    """The clock on a pressed button stops."""
    pressed = telegram.queries.pop(str(fields["callback_query_id"]), None)
    if pressed is None or time.monotonic() - pressed > QUERY_LIFE:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    telegram.notices.append({"text": fields.get("text") or "", "alert": bool(fields.get("show_alert"))})
    return True


def send_chat_action(telegram: Telegram, fields: Json) -> bool:
    """«… is typing»"""
    telegram.actions.append({"chat": telegram.chat(fields["chat_id"])["id"], "action": fields["action"]})
    return True


def set_my_commands(telegram: Telegram, fields: Json) -> bool:
    """The menu of commands in a language."""
    for command in fields["commands"]:
        name = command["command"]
        if not (name.replace("_", "").isalnum() and name.islower() and name.isascii() and len(name) <= 32):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.menus[fields.get("language_code") or ""] = fields["commands"]
    return True


def get_my_commands(telegram: Telegram, fields: Json) -> list[Json]:
    """The menu of commands in a language."""
    return telegram.menus.get(fields.get("language_code") or "", [])


def get_chat(telegram: Telegram, fields: Json) -> Json:
    """What is known of a chat."""
    return {**telegram.chat(fields["chat_id"]), "accent_color_id": 0, "max_reaction_count": 11}


def leave_chat(telegram: Telegram, fields: Json) -> bool:
    """The bot leaves a group."""
    telegram.started.discard(telegram.chat(fields["chat_id"])["id"])
    return True


def set_webhook(telegram: Telegram, fields: Json) -> bool:
    """From now on updates are sent to an address."""
    telegram.webhook = fields if fields["url"] else {}
    telegram.arrived.set()
    return True


def delete_webhook(telegram: Telegram, fields: Json) -> bool:
    """From now on updates are fetched."""
    telegram.webhook = {}
    if fields.get("drop_pending_updates"):
        telegram.updates.clear()
    return True


def get_webhook_info(telegram: Telegram, _fields: Json) -> Json:
    """Where updates are sent, and how many wait."""
    url = telegram.webhook.get("url", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(telegram.updates)}


Method = Callable[[Telegram, Json], Any]

METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
"""All but `getUpdates`, which waits."""


def _words(fields: Json) -> Json:
    text, entities = _parsed(str(fields["text"]), fields.get("parse_mode"))
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, "entities": entities}


def _parsed(text: str, mode: str | None) -> tuple[str, list[Json]]:
    if mode is None:
        return text.strip(), []
    if mode.upper() != "HTML":
        raise bad(f'unsupported parse_mode "{mode}"')
    return parse_html(text)


def _keyboard(fields: Json) -> Json:
    markup = fields.get("reply_markup")
    if not markup:
        return {}
    for row in markup.get("inline_keyboard", []):
        for button in row:
            if not button["text"]:
                raise bad("inline keyboard button text must be non-empty")
            if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT:
                raise bad("BUTTON_DATA_INVALID")
            if len(button) != 2:
                raise bad("text buttons are not allowed in the inline keyboard")
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def _change(message: Json, content: Json) -> Json:
    keys = ("text", "entities", "reply_markup")
    if [message.get(key) for key in keys] == [content.get(key) for key in keys]:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as "
            "a current content and reply markup of the message"
        )
    message.pop("reply_markup", None)
    message |= {**content, "edit_date": int(time.time())}
    return message
