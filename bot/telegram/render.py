"""A reply as Telegram shows it. Here, and nowhere else, words become HTML."""

from collections.abc import Iterator
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply import Reply, Rows

LIMIT = 4096
"""Telegram's limit, in UTF-16 code units. It counts after the tags are read; we count with them, so that
no way of counting can exceed it."""

LONG_QUOTE = 100
"""Characters from which on a quote is folded away until it is tapped."""

_STRIKE, _STRUCK = "<s>", "</s>"

_BREAKS = "。!?;\n.!?; ,、,"


def render(reply: Reply, limit: int = LIMIT) -> list[str]:
    """A reply's text as HTML messages, cut between entries: title, line, quote, credit.

    An entry that is too long for a message by itself is cut at the end of a sentence or a word; no tag
    is ever cut.

    Args:
        reply: what to show.
        limit: UTF-16 code units of a message.
    """
    messages: list[str] = []
    held = ""
    struck = len(_STRIKE) + len(_STRUCK) if reply.struck else 0
    for entry in _entries(reply, limit - struck):
        entry = f"{_STRIKE}{entry}{_STRUCK}" if reply.struck else entry
        joined = f"{held}\n{entry}" if held else entry
        if units(joined) > limit:
            messages.append(held)
            held = entry
        else:
            held = joined
    return [*messages, held] if held else messages


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """A reply's buttons; None for none."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    )


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _entries(reply: Reply, limit: int) -> Iterator[str]:
    answer = reply.answer
    yield from _wrap("<b>", answer.title, "</b>", limit)
    for line in answer.lines:
        yield from _wrap("", line, "", limit)
    if answer.sources:
        opening = "<blockquote expandable>" if len(answer.quote) > LONG_QUOTE else "<blockquote>"
        yield from _wrap(opening, answer.quote, "</blockquote>", limit)
        yield from _wrap("", answer.credit, "", limit)


def _wrap(opening: str, text: str, closing: str, limit: int) -> Iterator[str]:
    for piece in _pieces(text.strip(), limit - len(opening) - len(closing)):
        yield f"{opening}{escape(piece, quote=False)}{closing}"


def _pieces(text: str, room: int) -> Iterator[str]:
    """Cut a text so that each piece fits once it is escaped."""
    while text:
        if units(escape(text, quote=False)) <= room:
            yield text
            return
        used = end = 0
        for letter in text:
            used += units(escape(letter, quote=False))
            if used > room:
                break
            end += 1
        if end < len(text):
            # A sentence or a word is kept whole if that costs no more than half of the message.
            end = next((cut for cut in range(end, end // 2, -1) if text[cut - 1] in _BREAKS), end)
        piece, text = text[:end].strip(), text[end:].strip()
        if piece:
            yield piece
