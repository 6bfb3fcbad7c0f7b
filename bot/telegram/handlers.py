"""What happens with each update: ask the conversation, show its reply."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from telegram import Document, Message, Update
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.conversation import RESERVED_BUTTONS, RESERVED_COMMANDS, Conversation
from bot.flood import FloodControl, Verdict, Written
from bot.reply import Reply
from bot.staff.desk import INVITE, StaffDesk
from bot.telegram.address import hint_of, media_kind, split_command, spoken
from bot.telegram.deciding import GONE, Deciders
from bot.telegram.kinds import kind_of
from bot.telegram.pace import EndedError
from bot.telegram.reach import is_lost
from bot.telegram.showing import InterruptedReply, send, show
from knowledge.asking.answer import Language

LOG = logging.getLogger(__name__)

PATIENCE = 0.4
"""Seconds after which a person is shown that the bot is writing."""

THINKING = 2
"""Questions that are thought about at the same time: it is work for the processor, so more would only wait
for each other, and for so long that everybody had to be shown that the bot is writing."""

LARGEST = 20_000_000
"""Bytes of a file that a bot may fetch."""

TYPING = 4.5
"""Seconds for which Telegram shows it."""


class Failed(Protocol):
    """Is told that Telegram could not be reached with a reply, or the bot ended before it could be sent."""

    def __call__(self, update: Update, error: TelegramError, *, begun: bool) -> bool:
        """Whether the update is handled again.

        Args:
            update: to which it was.
            error: what came instead of an answer.
            begun: whether some of its messages have come.
        """


class Handlers:
    """Telegram's updates, answered by the conversation."""

    def __init__(
        self,
        conversation: Conversation,
        flood: FloodControl,
        desk: StaffDesk | None = None,
        lost: Failed | None = None,
    ) -> None:
        """Args: what answers, who has asked too much, what talks with staff, and who hears that Telegram
        could not be reached.
        """
        self._conversation = conversation
        self._desk = desk
        self._flood = flood
        self._lost = lost
        self._deciders = Deciders()
        self._thinking = asyncio.Semaphore(THINKING)

    async def command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command."""
        command = split_command(update.effective_message) if update.effective_message else None
        if command is not None:
            name, _, argument = command
            desk = self._staff(update)

            if name in RESERVED_COMMANDS and not await self._may_decide(update):
                await self._reply(update, lambda _, hint: self._conversation.reserved(hint))
                return

            def answer(chat: str, hint: Language | None) -> Reply:
                if desk and name == "start" and argument.startswith(INVITE):
                    return desk.join(chat, argument.removeprefix(INVITE), hint)
                told = desk.command(chat, name, hint) if desk else None
                return told or self._conversation.command(chat, name, argument, hint)

            await self._reply(update, answer)

    async def post(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command in a channel: only what its administrators decide there is the bot's business."""
        command = split_command(update.effective_message) if update.effective_message else None
        if command is not None and command[0] in RESERVED_COMMANDS:
            await self.command(update, context)

    async def member(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot was let in or out; where it is out, nothing more is sent."""
        changed = update.my_chat_member
        if changed is not None and changed.new_chat_member.status in GONE:
            await asyncio.to_thread(self._conversation.leave, _chat_key(changed.chat.id))

    async def move(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup, which is another chat; both of them say so."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await asyncio.to_thread(self._conversation.move, _chat_key(old), _chat_key(new))

    async def text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question, or a caption under a picture."""
        if update.effective_message:
            words = spoken(update.effective_message)
            desk, about = self._staff(update), _replied_to(update.effective_message)

            def answer(chat: str, hint: Language | None) -> Reply:
                told = desk.text(chat, words, about, hint) if desk and about else None
                return told or self._conversation.text(chat, words, hint)

            await self._reply(update, answer)

    async def document(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A document: staff's is taken in, with anybody else's it is the words beside it that count."""
        message, desk = update.effective_message, self._staff(update)
        if message is None:
            return
        chat = _chat_key(message.chat.id)
        staff = await asyncio.to_thread(desk.person, chat) if desk else None
        if desk and staff and message.document and media_kind(message) == "document":
            await self._take(update, desk, message.document)
        elif message.caption:
            await self.text(update, context)
        else:
            await self.media(update, context)

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
        if verdict is Verdict.ANSWER and not await self._may_press(update, query.data or ""):
            verdict, notice = Verdict.NOTICE, self._conversation.reserved(hint).answer.text
        # At once, for until then the button shows a clock; after some minutes it is too late for it.
        with suppress(BadRequest):
            await query.answer(notice)
        if verdict is not Verdict.ANSWER or query.message is None:
            return
        chat, data = _chat_key(query.message.chat.id), query.data or ""
        desk = self._staff(update)

        def answer() -> Reply:
            told = desk.press(chat, data, hint) if desk else None
            return told or self._conversation.press(chat, data, hint)

        reply = await self._think(update, answer)
        await show(query, reply)

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what went wrong, with its update's number and kind, and tell the person in one sentence."""
        error, begun = context.error, isinstance(context.error, InterruptedReply)
        if isinstance(error, InterruptedReply):
            error = error.error
        if isinstance(error, Forbidden):
            LOG.info("Somebody has blocked the bot or removed it from the group: %s", error)
            return
        if isinstance(error, EndedError) or (isinstance(error, TelegramError) and is_lost(error)):
            again = isinstance(update, Update) and self._lost and self._lost(update, error, begun=begun)
            # Should Telegram be gone, that is said once.
            LOG.log(logging.DEBUG if again else logging.WARNING, "A reply could not be sent: %s", error)
            return
        # What people write stands in no log.
        number = update.update_id if isinstance(update, Update) else 0
        LOG.error("An update failed: %s, number %s", kind_of(update), number, exc_info=error)
        if isinstance(update, Update) and update.effective_chat:
            reply = self._conversation.error(hint_of(update.effective_user))
            with suppress(TelegramError):
                await update.effective_chat.send_message(reply.answer.text)

    async def _may_press(self, update: Update, data: str) -> bool:
        return data.partition("|")[0] not in RESERVED_BUTTONS or await self._may_decide(update)

    async def _may_decide(self, update: Update) -> bool:
        chat = update.effective_chat
        message = None if update.callback_query else update.effective_message
        return chat is not None and await self._deciders.may_decide(
            chat.get_bot(), chat, update.effective_user, message
        )

    def _staff(self, update: Update) -> StaffDesk | None:
        """What talks with staff, where it does: in a private chat, which is one person's."""
        chat = update.effective_chat
        return self._desk if chat is not None and chat.type == ChatType.PRIVATE else None

    async def _take(self, update: Update, desk: StaffDesk, document: Document) -> None:
        file = await document.get_file() if (document.file_size or 0) <= LARGEST else None
        if file is None or (file.file_size or 0) > LARGEST:
            await self._reply(
                update, lambda chat, hint: desk.too_large(chat, hint) or self._unheard(chat, hint)
            )
            return
        name, content = document.file_name or "", bytes(await file.download_as_bytearray())
        await self._reply(
            update, lambda chat, hint: desk.document(chat, name, content, hint) or self._unheard(chat, hint)
        )

    def _unheard(self, chat: str, hint: Language | None) -> Reply:
        return self._conversation.media(chat, "document", hint)

    async def _reply(self, update: Update, answer: Callable[..., Reply]) -> None:
        message, user = update.effective_message, update.effective_user
        if message is None:
            return
        hint = hint_of(user)
        written = Written(message.message_id, (message.edit_date or message.date).timestamp())
        verdict = self._flood.judge(user.id if user else message.chat.id, written)
        if verdict is Verdict.SILENCE:
            return
        if verdict is Verdict.NOTICE:
            reply = self._conversation.flood(hint)
        else:
            reply = await self._think(update, lambda: answer(_chat_key(message.chat.id), hint))
        await send(message, reply)

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


def _replied_to(message: Message) -> str:
    """The words of the bot's own message that a message replies to; empty for any other."""
    earlier = message.reply_to_message
    mine = (
        earlier is not None and earlier.from_user is not None and earlier.from_user.id == message.get_bot().id
    )
    return (earlier.text or "") if earlier is not None and mine else ""
