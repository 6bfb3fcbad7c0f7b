"""A reply shown: as messages of its own, or in the place of the message whose button was pressed."""

import logging
from dataclasses import replace

from telegram import CallbackQuery, InputFile, LinkPreviewOptions, Message
from telegram.constants import ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.reply import Reply
from bot.telegram.render import keyboard, render

LOG = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class InterruptedReply(Exception):
    """Of a reply the first messages have come, and then one did not."""

    def __init__(self, error: TelegramError) -> None:
        """Args: why not."""
        super().__init__(str(error))
        self.error = error


async def send(message: Message, reply: Reply) -> None:
    """Send a reply; in a group as a reply to its question. The buttons stand under its last message.

    Raises:
        InterruptedReply: the first of its messages have come, and then one did not.
        TelegramError: nothing of it has come, as far as is known.
    """
    if reply.picture is not None:
        await _send_picture(message, reply, reply.picture)
        return
    messages = render(reply)
    if reply.attachment is not None:
        await message.reply_document(
            reply.attachment.content.encode(),
            filename=reply.attachment.name,
            caption=messages[0],
            parse_mode=ParseMode.HTML,
            do_quote=message.chat.type != ChatType.PRIVATE,
            allow_sending_without_reply=True,
        )
        return
    for place, text in enumerate(messages, start=1):
        try:
            await message.reply_text(
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard(reply.rows) if place == len(messages) else None,
                do_quote=message.chat.type != ChatType.PRIVATE and place == 1,
                allow_sending_without_reply=True,
            )
        except TelegramError as error:
            if place > 1:
                raise InterruptedReply(error) from error
            raise


async def _send_picture(message: Message, reply: Reply, picture: bytes) -> None:
    """Send what a picture shows as a picture, with its title and its source under it."""
    short = replace(reply, answer=replace(reply.answer, lines=(reply.answer.credit,), sources=()))
    await message.reply_photo(
        InputFile(picture, "picture.png"),
        caption=render(short, MessageLimit.CAPTION_LENGTH)[0],
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(reply.rows),
        do_quote=message.chat.type != ChatType.PRIVATE,
        allow_sending_without_reply=True,
    )


async def show(query: CallbackQuery, reply: Reply) -> None:
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
    if reply.beside or len(messages) > 1:
        await send(old, reply)
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
        await send(old, reply)
