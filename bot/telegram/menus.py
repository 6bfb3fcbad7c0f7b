"""The menus of commands: everybody's, and in the chats of staff theirs besides."""

import asyncio
import logging

from sqlalchemy import Engine
from sqlmodel import col, or_, select
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.staff.desk import COMMANDS
from bot.telegram.reach import Reach
from bot.texts import keys, say
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.models import Staff

LOG = logging.getLogger(__name__)

MENUS = {"": Language.EN, **{one.words: one for one in reversed(Language) if one is not Language.EN}}
"""The command menus, by Telegram's language code; the first is for every language without its own."""


def menu(language: Language, *, staff: bool = False) -> list[BotCommand]:
    """The commands as a menu.

    Args:
        language: of the words.
        staff: with those that only staff have.
    """
    commands = [BotCommand(name, say(language, "commands", name)) for name in keys("commands")]
    return [BotCommand(name, say(language, "staff", "command")) for name in COMMANDS if staff] + commands


async def renew_staff_menus(engine: Engine, bot: Bot, reach: Reach) -> None:
    """Show the commands of staff in the chats of staff, and in no chat of anybody who is so no more.

    Args:
        engine: where staff are.
        bot: whose commands they are.
        reach: is told where Telegram could not be reached.
    """
    for row in await asyncio.to_thread(_differing, engine):
        chat = row.chat or ""
        try:
            if row.menu and row.menu != chat:
                for code in MENUS:
                    await bot.delete_my_commands(_scope(row.menu), language_code=code or None)
            if chat:
                for code, language in MENUS.items():
                    await bot.set_my_commands(
                        menu(language, staff=True), _scope(chat), language_code=code or None
                    )
        except (BadRequest, Forbidden) as error:
            # The chat is gone; there is no menu to be seen any more.
            LOG.info("The menu of a member of staff could not be set: %s", error)
        except TelegramError as error:
            reach.failed(error)
            LOG.warning("The menu of a member of staff could not be set: %s", error)
            return
        await asyncio.to_thread(_seen, engine, row.name, chat)


def _differing(engine: Engine) -> list[Staff]:
    telegram = or_(col(Staff.chat).is_(None), col(Staff.chat).startswith("telegram:"))
    with session(engine) as database:
        rows = database.exec(select(Staff).where(telegram)).all()
    return [row for row in rows if row.menu != (row.chat or "")]


def _seen(engine: Engine, name: str, chat: str) -> None:
    with writing(engine) as database:
        row = database.get(Staff, name)
        if row is not None:
            row.menu = chat
            database.add(row)
            database.commit()


def _scope(chat: str) -> BotCommandScopeChat:
    return BotCommandScopeChat(int(chat.partition(":")[2]))
