"""What the bot is called on Telegram."""

import asyncio

from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings


def find_username(settings: Settings) -> str:
    """The bot's username; empty where there is no token, or Telegram cannot be asked."""
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return ""
    try:
        return asyncio.run(_ask(token, settings.telegram_base_url))
    except TelegramError:
        return ""


async def _ask(token: str, base_url: str) -> str:
    async with Bot(token, base_url=base_url) as bot:
        return bot.username
