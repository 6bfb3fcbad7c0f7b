"""Pushes on Telegram: sent, edited in place, deleted or struck out; and what Telegram says to that."""

import datetime as dt
from collections import OrderedDict

from telegram import InputMediaPhoto, LinkPreviewOptions, Message
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.push.message import fit
from bot.push.sender import Fate, Result
from bot.reply import Reply
from bot.telegram.pace import Lane, Pace, seconds_of
from bot.telegram.reach import Reach
from bot.telegram.render import LIMIT, keyboard, render
from bot.telegram.request import unsent
from knowledge.announcing.pushes import Job

FACE = "telegram"

DELETABLE = dt.timedelta(hours=47)
"""So long after it was sent a bot may delete a message; Telegram's limit is 48 hours."""

PICTURES = 64
"""Of so many pictures the number is remembered by which Telegram sends them again."""

TEXT, PICTURE = "text", "picture"

_GONE = ("not found", "can't be edited", "can't be deleted", "message_id_invalid")
_LEFT = (
    "chat not found",
    "deactivated",
    "user is deleted",
    "peer_id_invalid",
    "have no rights",
    "not enough rights",
)


class TelegramSender:
    """Sends pushes by a bot, within its pace."""

    face = FACE

    def __init__(
        self, bot: ExtBot[Lane], pace: Pace, *, paid: bool = False, reach: Reach | None = None
    ) -> None:
        """Begin.

        Args:
            bot: who sends.
            pace: what keeps Telegram's limits.
            paid: whether the bureau pays for more messages a second than are free
                (https://core.telegram.org/bots/api#paid-broadcasts).
            reach: whether Telegram is there; None where nobody looks.
        """
        self._bot = bot
        self._paid = paid or None
        self._pace = pace
        self._reach = reach
        self._files: OrderedDict[bytes, str] = OrderedDict()

    @property
    def there(self) -> bool:
        """See `Sender`."""
        return self._reach is None or self._reach.there

    def wait(self, job: Job) -> float:
        """See `Sender`."""
        return self._pace.wait(_number(job))

    async def place(self, job: Job) -> None:
        """See `Sender`."""
        await self._pace.place(_number(job))

    async def deliver(self, job: Job, reply: Reply, picture: bytes | None) -> Result:
        """See `Sender`."""
        try:
            if not job.message:
                return await self._send(job, reply, picture)
            if not job.standing and job.sent_at and dt.datetime.now(dt.UTC) - job.sent_at < DELETABLE:
                return await self._delete(job, reply)
            return await self._edit(job, reply, picture)
        except TelegramError as error:
            if self._reach is not None:
                self._reach.failed(error)
            return _result(job, error)

    async def _send(self, job: Job, reply: Reply, picture: bytes | None) -> Result:
        # With a longer text it goes without its picture.
        if picture is not None and len(caption := render(reply, MessageLimit.CAPTION_LENGTH)) == 1:
            message = await self._bot.send_photo(
                _number(job),
                self._files.get(picture, picture),
                caption=caption[0],
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(reply.rows),
                allow_paid_broadcast=self._paid,
                rate_limit_args=Lane.PUSH,
            )
            self._remember(picture, message)
            return Result(Fate.DONE, str(message.message_id), PICTURE)
        message = await self._bot.send_message(
            _number(job),
            _text(reply),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=keyboard(reply.rows),
            allow_paid_broadcast=self._paid,
            rate_limit_args=Lane.PUSH,
        )
        return Result(Fate.DONE, str(message.message_id), TEXT)

    async def _edit(self, job: Job, reply: Reply, picture: bytes | None) -> Result:
        chat, number = _number(job), int(job.message)
        if job.form != PICTURE:
            await self._bot.edit_message_text(
                _text(reply),
                chat,
                number,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=keyboard(reply.rows),
                rate_limit_args=Lane.PUSH,
            )
            return Result(Fate.DONE)
        caption = _text(reply, MessageLimit.CAPTION_LENGTH)
        if picture is not None and job.standing:
            media = InputMediaPhoto(
                self._files.get(picture, picture), caption=caption, parse_mode=ParseMode.HTML
            )
            message = await self._bot.edit_message_media(
                media, chat, number, reply_markup=keyboard(reply.rows), rate_limit_args=Lane.PUSH
            )
            if isinstance(message, Message):
                self._remember(picture, message)
            return Result(Fate.DONE)
        await self._bot.edit_message_caption(
            chat,
            number,
            caption=caption,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(reply.rows),
            rate_limit_args=Lane.PUSH,
        )
        return Result(Fate.DONE)

    async def _delete(self, job: Job, reply: Reply) -> Result:
        try:
            await self._bot.delete_message(_number(job), int(job.message), rate_limit_args=Lane.PUSH)
        except BadRequest as error:
            if "not found" in error.message.lower():
                return Result(Fate.DONE)
            return await self._edit(job, reply, None)
        return Result(Fate.DONE)

    def _remember(self, picture: bytes, message: Message) -> None:
        if message.photo:
            self._files[picture] = message.photo[-1].file_id
        while len(self._files) > PICTURES:
            self._files.popitem(last=False)


def _result(job: Job, error: TelegramError) -> Result:
    reason = error.message
    said = reason.lower()
    if isinstance(error, RetryAfter):
        return Result(Fate.LATER, seconds=seconds_of(error), reason=reason)
    if isinstance(error, ChatMigrated):
        return Result(Fate.MOVED, chat=f"{FACE}:{error.new_chat_id}", reason=reason)
    if isinstance(error, Forbidden) or any(word in said for word in _LEFT):
        return Result(Fate.BLOCKED, reason=reason)
    if isinstance(error, BadRequest):
        done = job.message and ("not modified" in said or any(word in said for word in _GONE))
        return Result(Fate.DONE if done else Fate.REFUSED, reason=reason)
    if isinstance(error, NetworkError) and unsent(error):
        return Result(Fate.UNREACHED, reason=reason)
    return Result(Fate.UNSURE, reason=reason)


def _number(job: Job) -> str:
    return job.chat.partition(":")[2]


def _text(reply: Reply, limit: int = LIMIT) -> str:
    return render(fit(reply, lambda whole: len(render(whole, limit))), limit)[0]
