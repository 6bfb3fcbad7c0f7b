"""The methods for what people see of the bot before they write: its menu, name and descriptions."""

import re

from tests.telegram_server.refusals import Json, bad
from tests.telegram_server.state import Telegram

COMMANDS = 100
COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
DESCRIPTION = 256

LENGTHS = {"name": 64, "description": 512, "short_description": 120}
"""Characters that each of these may have."""


def set_my_commands(telegram: Telegram, fields: Json) -> bool:
    """The menu of commands in a language."""
    place = _place(fields)
    if len(fields["commands"]) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in fields["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.menus[place] = [
        {**command, "command": command["command"].removeprefix("/")} for command in fields["commands"]
    ]
    return True


def get_my_commands(telegram: Telegram, fields: Json) -> list[Json]:
    """The menu of commands in a language."""
    return telegram.menus.get(_place(fields), [])


def delete_my_commands(telegram: Telegram, fields: Json) -> bool:
    """No menu of its own for a language."""
    telegram.menus.pop(_place(fields), None)
    return True


def set_my(key: str, telegram: Telegram, fields: Json) -> bool:
    """The name or a description in a language."""
    text = fields.get(key) or ""
    if len(text) > LENGTHS[key]:
        raise bad(f"{key.replace('_', ' ')} is too long")
    telegram.profile[key, _place(fields)] = text
    return True


def get_my(key: str, telegram: Telegram, fields: Json) -> Json:
    """The name or a description in a language, or that for all languages."""
    everywhere = telegram.profile.get((key, ""), "")
    return {key: telegram.profile.get((key, _place(fields))) or everywhere}


def set_chat_menu_button(telegram: Telegram, fields: Json) -> bool:
    """What the button beside the input opens."""
    telegram.profile["menu_button", fields.get("chat_id")] = fields.get("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(telegram: Telegram, fields: Json) -> Json:
    """What the button beside the input opens."""
    everywhere = telegram.profile.get(("menu_button", None), {"type": "default"})
    button: Json = telegram.profile.get(("menu_button", fields.get("chat_id")), everywhere)
    return button


def _place(fields: Json) -> str:
    """The language, after the scope if that is not everybody."""
    language = fields.get("language_code") or ""
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("invalid language code specified")
    scope = fields.get("scope") or {"type": "default"}
    if scope["type"] == "default":
        return language
    about = ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)
    return f"{about}/{language}"
