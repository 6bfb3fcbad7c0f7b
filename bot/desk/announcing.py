"""Announcements as the desk shows them: bubbles as Telegram has them, and numbers that are looked at anew."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.desk.wording import language
from bot.push import words
from bot.push.view import View
from bot.reply import Rows
from bot.telegram.render import render
from knowledge.asking.answer import Language


@dataclass(frozen=True)
class Bubble:
    """A message as Telegram shows it: its language, its text, its buttons."""

    language: Language
    text: Markup
    rows: Rows


def bubbles(one: View) -> list[Bubble]:
    """The message about a signing in every language."""
    found: list[Bubble] = []
    for tongue in Language:
        reply = one.message(tongue)
        # A quotation ends its line by itself, here as there.
        text = "\n".join(render(reply)).replace("</blockquote>\n", "</blockquote>")
        # Written by the renderer, which escapes what it is given.
        found.append(Bubble(tongue, Markup(text), reply.rows))  # noqa: S704
    return found


def reasons(one: View) -> str:
    """Why messages failed."""
    return words.reasons(one.report.failures, language()) if one.report else ""


def counts(one: View) -> dict[str, Any]:
    """How far an announcement is, for a page that looks again."""
    progress, told = one.progress, one.report
    return {
        "active": one.watched,
        "standing": one.standing(language()),
        "sent": progress.sent,
        "due": told.due if told else 0,
        "later": told.later if told else 0,
        "blocked": progress.blocked,
        "failed": progress.failed,
        "unsure": progress.unsure,
        "done": progress.all - progress.waiting,
        "all": progress.all,
        "reasons": reasons(one),
    }
