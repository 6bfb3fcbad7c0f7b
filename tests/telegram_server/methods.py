"""The methods of the Bot API that the stand-in knows."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.telegram_server import messages, profile
from tests.telegram_server.account import BOT
from tests.telegram_server.refusals import Json, bad
from tests.telegram_server.state import Telegram

QUERY_LIFE = 60.0
"""Seconds for which a pressed button may be answered."""

NOTICE_LIMIT = 200

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")

CHAT_DETAILS: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(GIFTS, False),
}
"""What the schema asks for of every chat."""


def get_me(telegram: Telegram, _fields: Json) -> Json:
    """The bot itself."""
    return {**BOT, "first_name": telegram.profile.get(("name", "")) or BOT["first_name"]}


def answer_callback_query(telegram: Telegram, fields: Json) -> bool:
    """The clock on a pressed button stops."""
    text = fields.get("text") or ""
    if len(text) > NOTICE_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    pressed = telegram.queries.pop(fields["callback_query_id"], None)
    if pressed is None or time.monotonic() - pressed > QUERY_LIFE:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    telegram.notices.append({"text": text, "alert": bool(fields.get("show_alert"))})
    return True


def send_chat_action(telegram: Telegram, fields: Json) -> bool:
    """«… is typing»"""
    chat = telegram.chat(fields["chat_id"])["id"]
    if fields["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    telegram.actions.append({"chat": chat, "action": fields["action"]})
    return True


def get_chat(telegram: Telegram, fields: Json) -> Json:
    """What is known of a chat."""
    return {**telegram.chat(fields["chat_id"]), **CHAT_DETAILS}


def get_chat_member(telegram: Telegram, fields: Json) -> Json:
    """What somebody is in a chat."""
    chat = telegram.chat(fields["chat_id"])
    if fields["user_id"] not in telegram.users and fields["user_id"] != BOT["id"]:
        raise bad("PARTICIPANT_ID_INVALID")
    if chat["type"] == "channel" and BOT["id"] not in telegram.administrators[chat["id"]]:
        raise bad("member list is inaccessible")
    return telegram.member(chat["id"], fields["user_id"])


def get_chat_administrators(telegram: Telegram, fields: Json) -> list[Json]:
    """Who decides in a group or a channel."""
    chat = telegram.chat(fields["chat_id"])
    if chat["type"] == "private":
        raise bad("there are no administrators in the private chat")
    return [telegram.member(chat["id"], user) for user in sorted(telegram.administrators[chat["id"]])]


def leave_chat(telegram: Telegram, fields: Json) -> bool:
    """The bot leaves a group."""
    chat = telegram.chat(fields["chat_id"])
    if chat["type"] == "private":
        raise bad("chat is not a group, supergroup or channel")
    telegram.started.discard(chat["id"])
    return True


def get_file(telegram: Telegram, fields: Json) -> Json:
    """Where a file can be downloaded."""
    file = telegram.files.named(fields["file_id"])
    return {**file.ids, "file_path": file.path}


def set_webhook(telegram: Telegram, fields: Json) -> bool:
    """From now on updates are sent to an address."""
    telegram.updates.allow(fields.get("allowed_updates"))
    if fields.get("drop_pending_updates"):
        telegram.updates.clear()
    telegram.updates.set_webhook(fields if fields["url"] else {})
    return True


def delete_webhook(telegram: Telegram, fields: Json) -> bool:
    """From now on updates are fetched."""
    if fields.get("drop_pending_updates"):
        telegram.updates.clear()
    telegram.updates.set_webhook({})
    return True


def get_webhook_info(telegram: Telegram, _fields: Json) -> Json:
    """Where updates are sent, and how many wait."""
    return {
        "url": telegram.updates.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
        **telegram.updates.trouble,
    }


METHODS: dict[str, Callable[[Telegram, Json], Any]] = {
    "getMe": get_me,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "setMessageReaction": messages.set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": partial(profile.set_my, "name"),
    "getMyName": partial(profile.get_my, "name"),
    "setMyDescription": partial(profile.set_my, "description"),
    "getMyDescription": partial(profile.get_my, "description"),
    "setMyShortDescription": partial(profile.set_my, "short_description"),
    "getMyShortDescription": partial(profile.get_my, "short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
"""All but `getUpdates`, which waits."""
