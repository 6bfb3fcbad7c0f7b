"""A message about signings: one alone, or several of a night, a day or a week; corrected, struck out."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.moments import moment
from bot.reply import Button, Press, Reply, Rows, notice
from bot.texts import say
from knowledge.announcing.content import Content, Told
from knowledge.asking.answer import Answer, Language
from knowledge.models import Announcement, AnnouncementState

TOLD, FEWER, STOP = "told", "fewer", "stop"
"""What the buttons carry before the number of the announcement; `ALL` for several."""

BUTTONS = frozenset({TOLD, FEWER, STOP})

ALL = "all"

FULL = 3
"""So many signings are told in full in one message."""

FIRST = 3
"""So many lines of a signing are told where there are more of them."""


def compose(
    announcements: Sequence[Announcement], language: Language, now: dt.datetime, *, sent: bool = False
) -> Reply:
    """The message about announcements.

    Args:
        announcements: at least one; which of them hold is told by their state.
        language: what to write in.
        now: in the time zone of the bureau.
        sent: whether an earlier form of it was sent, so that corrections are to be marked.
    """
    if len(announcements) == 1:
        return _alone(announcements[0], language, now, sent)
    standing = [one for one in announcements if one.state is not AnnouncementState.RECALLED]
    lines: list[str] = []
    for one in standing:
        told = _told(one, language)
        lines.append(say(language, "push", "item", title=told.title))
        lines += told.lines[1:] if len(standing) <= FULL else told.lines[1:FIRST]
        lines += [told.credit, *_mark(one, language, now, sent)]
    recalled = len(announcements) - len(standing)
    if recalled and sent:
        lines.append(say(language, "push", "some_recalled", count=recalled))
    return notice(
        language,
        *lines,
        title=say(language, "push", "several", count=len(standing)),
        rows=_buttons(ALL, language),
    )


def fit(reply: Reply, length: Callable[[Reply], int]) -> Reply:
    """A message that is one message: what does not fit in is left out, and that it is so is said.

    Args:
        reply: the message.
        length: how many messages a face makes of a reply.
    """
    answer = reply.answer
    lines = answer.lines
    while lines and length(reply) > 1:
        lines = lines[:-1]
        more = say(answer.language, "push", "more_lines")
        reply = replace(reply, answer=replace(answer, lines=(*lines, more)))
    return reply


def _alone(one: Announcement, language: Language, now: dt.datetime, sent: bool) -> Reply:
    told = _told(one, language)
    answer: Answer = replace(told.answer(language), title=say(language, "push", "one", title=told.title))
    if one.state is AnnouncementState.RECALLED:
        return Reply(replace(answer, sources=()), struck=True)
    answer = replace(answer, lines=(*answer.lines, *_mark(one, language, now, sent)))
    return Reply(answer, _buttons(str(one.id), language))


def _told(one: Announcement, language: Language) -> Told:
    return Content.decode(one.content).told[language]


def _mark(one: Announcement, language: Language, now: dt.datetime, sent: bool) -> list[str]:
    if not sent or one.revision == 1 or one.changed_at is None:
        return []
    return [say(language, "push", "corrected", when=moment(one.changed_at, now, language))]


def _buttons(about: str, language: Language) -> Rows:
    return (
        (Button.of(say(language, "push", "more"), Press(TOLD, about, language)),),
        (
            Button.of(say(language, "push", "fewer"), Press(FEWER, about, language)),
            Button.of(say(language, "push", "stop"), Press(STOP, about, language)),
        ),
    )
