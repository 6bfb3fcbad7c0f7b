"""Whom a message is meant for, and what it says to the bot."""

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter

from bot.languages import read_tag
from knowledge.asking.answer import Language

MEDIA = {
    "sticker": "sticker",
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "location": "other",
    "contact": "other",
    "poll": "other",
    "dice": "other",
    "venue": "other",
    "game": "other",
    "story": "other",
    "paid_media": "photo",
    "checklist": "other",
}
"""What a message without words may hold, and the kind of reply to it."""


class Addressed(MessageFilter):
    """Lets through what is meant for the bot: everything in private; in a group a mention, a reply to the
    bot, or a command that is not for another bot.
    """

    def filter(self, message: Message) -> bool:
        """Whether a message is meant for this bot."""
        if message.chat.type == ChatType.PRIVATE:
            return True
        bot = message.get_bot()
        command = split_command(message)
        if command is not None:
            return command[1].lower() in {"", bot.username.lower()}
        earlier = message.reply_to_message
        if earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot.id:
            return True
        return any(_names(entity, text, bot.bot) for entity, text in _entities(message).items())


class Wordless(MessageFilter):
    """Lets through messages that hold something else than words; not what Telegram says by itself."""

    def filter(self, message: Message) -> bool:
        """Whether a message is a sticker, a picture, a recording …"""
        return bool(media_kind(message))


def media_kind(message: Message) -> str:
    """The kind of reply to a message without words; empty if it calls for none."""
    # An animation is also a document, for programs that do not know animations.
    return next((kind for name, kind in MEDIA.items() if getattr(message, name, None)), "")


def split_command(message: Message) -> tuple[str, str, str] | None:
    """The command with which a message begins: its name, the bot it names, what follows; None for none."""
    text = message.text or ""
    first = next(iter(message.entities), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    word = message.parse_entity(first)
    name, _, bot = word[1:].partition("@")
    return name.lower(), bot, text[len(word) :].strip()


def spoken(message: Message) -> str:
    """A message's words, without the mention of the bot."""
    text = message.text or message.caption or ""
    bot = message.get_bot().bot
    for entity, part in _entities(message).items():
        if _names(entity, part, bot):
            text = text.replace(part, " ", 1)
    return text.strip()


def hint_of(user: User | None) -> Language | None:
    """The language of a person's Telegram, as far as the bot speaks it; English for any other."""
    return read_tag((user.language_code or "") if user else "")


def _entities(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    return {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}


def _names(entity: MessageEntity, text: str, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return text.lower() == f"@{(bot.username or '').lower()}"
