"""What happens with each update: ask the conversation, show its reply."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from telegram import CallbackQuery, LinkPreviewOptions, Message, Update
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.conversation import Conversation
from bot.flood import FloodControl, Verdict
from bot.reply import Reply
from bot.telegram.address import hint_of, media_kind, split_command, spoken
from bot.telegram.order import Repeats
from bot.telegram.render import keyboard, render

LOG = logging.getLogger(__name__)

PATIENCE = 0.4
"""Seconds after which a person is shown that the bot is writing."""

THINKING = 2
"""Questions that are thought about at the same time: it is work for the processor, so more would only wait
for each other, and for so long that everybody had to be shown that the bot is writing."""

TYPING = 4.5
"""Seconds for which Telegram shows it."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Handlers:
    """Telegram's updates, answered by the conversation."""

    def __init__(self, conversation: Conversation, flood: FloodControl) -> None:
        """Args: what answers, and who has asked too much."""
        self._conversation = conversation
        self._flood = flood
        self._repeats = Repeats()
        self._thinking = asyncio.Semaphore(THINKING)

    async def drop_repeats(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop an update that was already answered."""
        if self._repeats.seen(update.update_id):
            raise ApplicationHandlerStop

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command."""
        command = split_command(update.effective_message) if update.effective_message else None
        if command is not None:
            name, _, argument = command
            await self._reply(
                update, lambda chat, hint: self._conversation.command(chat, name, argument, hint)
            )

    async def text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question, or a caption under a picture."""
        if update.effective_message:
            words = spoken(update.effective_message)
            await self._reply(update, lambda chat, hint: self._conversation.text(chat, words, hint))

    async def media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A sticker, a picture, a recording …"""
        if update.effective_message:
            kind = media_kind(update.effective_message)
            await self._reply(update, lambda chat, hint: self._conversation.media(chat, kind, hint))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A pressed button: the message it stands under becomes the reply."""
        query = update.callback_query
        if query is None:
            return
        hint = hint_of(query.from_user)
        verdict = self._flood.judge(query.from_user.id)
        notice = self._conversation.flood(hint).answer.text if verdict is Verdict.NOTICE else None
        # At once, for until then the button shows a clock; after some minutes it is too late for it.
        with suppress(BadRequest):
            await query.answer(notice)
        if verdict is not Verdict.ANSWER or query.message is None:
            return
        chat, data = _chat_key(query.message.chat.id), query.data or ""
        reply = await self._think(update, lambda: self._conversation.press(chat, data, hint))
        await _show(query, reply)

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what went wrong, with its update, and tell the person in one sentence."""
        error = context.error
        if isinstance(error, Forbidden):
            LOG.info("Somebody has blocked the bot or removed it from the group: %s", error)
            return
        if isinstance(error, Conflict):
            LOG.error("Another program asks Telegram with the same token; stop one of the two.")
            return
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            LOG.warning("Telegram could not be reached: %s", error)
            return
        told = update.to_json() if isinstance(update, Update) else str(update)
        LOG.error("An update failed: %s", told, exc_info=error)
        if isinstance(update, Update) and update.effective_chat:
            reply = self._conversation.error(hint_of(update.effective_user))
            with suppress(TelegramError):
                await update.effective_chat.send_message(reply.answer.text)

    async def _reply(self, update: Update, answer: Callable[..., Reply]) -> None:
        message, user = update.effective_message, update.effective_user
        if message is None:
            return
        hint = hint_of(user)
        verdict = self._flood.judge(user.id if user else message.chat.id)
        if verdict is Verdict.SILENCE:
            return
        if verdict is Verdict.NOTICE:
            reply = self._conversation.flood(hint)
        else:
            reply = await self._think(update, lambda: answer(_chat_key(message.chat.id), hint))
        await _send(message, reply)

    async def _think(self, update: Update, answer: Callable[[], Reply]) -> Reply:
        """Ask the conversation in a thread; who waits long sees that the bot is writing."""
        async with self._thinking:
            thinking = asyncio.create_task(asyncio.to_thread(answer))
            patience = PATIENCE
            while not (await asyncio.wait({thinking}, timeout=patience))[0]:
                patience = TYPING
                if update.effective_chat:
                    with suppress(TelegramError):
                        await update.effective_chat.send_action(ChatAction.TYPING)
        return thinking.result()


def _chat_key(chat: int) -> str:
    return f"telegram:{chat}"


async def _send(message: Message, reply: Reply) -> None:
    """Send a reply; in a group as a reply to its question. The buttons stand under its last message."""
    messages = render(reply)
    for place, text in enumerate(messages, start=1):
        await message.reply_text(
            text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(reply.rows) if place == len(messages) else None,
            do_quote=message.chat.type != ChatType.PRIVATE and place == 1,
            allow_sending_without_reply=True,
        )


async def _show(query: CallbackQuery, reply: Reply) -> None:
    """Put a reply in the place of the message whose button was pressed."""
    messages = render(reply)
    old = query.message
    if not isinstance(old, Message):
        # Too old for Telegram to say what stood in it.
        if old is not None:
            await query.get_bot().send_message(
                old.chat.id,
                messages[0],
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard(reply.rows),
            )
        return
    if len(messages) > 1:
        await _send(old, reply)
        return
    try:
        await old.edit_text(
            messages[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(reply.rows),
        )
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return
        # It was deleted, or is too old to be edited.
        LOG.info("Sent anew, for the message cannot be edited: %s", error.message)
        await _send(old, reply)
