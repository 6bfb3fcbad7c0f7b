"""Who may decide for a chat: whoever it belongs to alone, and the administrators of a group or a channel."""

import time

from telegram import Bot, Chat, ChatMember, Message, User
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

ADMINISTRATORS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})

GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
"""What the bot is in a chat that it cannot write to any more."""

BELIEVED = 60.0
"""Seconds for which an administrator is not looked up again: each look counts against what a group allows."""


class Deciders:
    """Knows the administrators of groups and channels, as far as they were needed."""

    def __init__(self) -> None:
        self._until: dict[tuple[int, int], float] = {}

    async def may_decide(self, bot: Bot, chat: Chat, user: User | None, message: Message | None) -> bool:
        """Whether somebody may decide for a chat.

        Args:
            bot: who asks Telegram.
            chat: which chat.
            user: who; None for a channel's own post.
            message: what they wrote; None for a pressed button.
        """
        if chat.type == ChatType.PRIVATE:
            return True
        # Only administrators post in a channel, or write in the name of a group.
        if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
            return True
        if user is None:
            return message is not None and chat.type == ChatType.CHANNEL
        now = time.monotonic()
        if self._until.get((chat.id, user.id), 0.0) > now:
            return True
        try:
            member = await bot.get_chat_member(chat.id, user.id)
        except (BadRequest, Forbidden):
            # Telegram does not tell the bot who is in a channel in which it is no administrator.
            return False
        if member.status not in ADMINISTRATORS:
            return False
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until[chat.id, user.id] = now + BELIEVED
        return True
