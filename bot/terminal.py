"""A conversation in a terminal, and the same without a person: questions piped in, answers out."""

import os
import sys
from collections.abc import Callable, Iterable

import click

from bot.conversation import Conversation
from bot.languages import find_tag
from bot.reply import Button, Reply
from bot.texts import say
from knowledge.asking.answer import Language

CHAT = "terminal"
LEAVING = frozenset({"/quit", "/exit", "/q"})


def talk(conversation: Conversation, read: Callable[[str], str], hint: Language | None = None) -> None:
    """Talk until the person leaves (/quit, Ctrl-D or Ctrl-C).

    Args:
        conversation: what answers.
        read: shows a prompt and gives the line that was typed; raises EOFError at the end.
        hint: the language to begin in.
    """
    language = hint or Language.HANS
    reply = conversation.command(CHAT, "start", hint=hint)
    click.echo(_screen(reply) + "\n\n" + say(reply.answer.language, "terminal", "hint"))
    while True:
        language = reply.answer.language
        try:
            line = read("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            click.echo()
            break
        if line.lower() in LEAVING:
            break
        reply = respond(conversation, line, reply.buttons, hint)
        click.echo("\n" + _screen(reply))
    click.echo(say(language, "terminal", "goodbye"))


def answer_lines(conversation: Conversation, lines: Iterable[bytes]) -> None:
    """Answer piped questions, a line each; empty lines are left out.

    Args:
        conversation: what answers; the lines are one conversation.
        lines: as read, in UTF-8.
    """
    first = True
    for line in lines:
        text = decode(line).strip()
        if not text:
            continue
        if not first:
            click.echo()
        first = False
        click.echo(plain(respond(conversation, text, (), None)))
        sys.stdout.flush()


def respond(
    conversation: Conversation, line: str, buttons: tuple[Button, ...], hint: Language | None
) -> Reply:
    """The reply to a line: a command, the number of a button, or a question."""
    if line.isdecimal() and 1 <= int(line) <= len(buttons):
        return conversation.press(CHAT, buttons[int(line) - 1].data, hint)
    return conversation.typed(CHAT, line, hint)


def plain(reply: Reply) -> str:
    """A reply without its buttons; a file as its text; of a picture it says how to have it."""
    answer = reply.answer
    lines = [answer.text]
    if reply.attachment:
        lines.append(reply.attachment.content)
    if reply.picture is not None:
        lines.append(say(answer.language, "picture", "shell", id=answer.entity))
    return "\n".join(lines)


def decode(line: bytes) -> str:
    """A line of UTF-8; bytes that are none become surrogates, which the conversation refuses kindly."""
    return line.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")


def find_hint() -> Language | None:
    """The language of the terminal, as far as its locale says."""
    named = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return find_tag(named.replace("_", "-"))


def _screen(reply: Reply) -> str:
    numbered = iter(range(1, len(reply.buttons) + 1))
    rows = ["   ".join(f"[{next(numbered)}] {button.label}" for button in row) for row in reply.rows]
    return "\n".join([plain(reply), *([""] if rows else []), *rows])
