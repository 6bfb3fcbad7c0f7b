"""Announcements in words of staff: whom they reach, how far they are, what a correction changes."""

import datetime as dt
import difflib
from collections.abc import Mapping

from bot.moments import moment
from bot.push.message import compose
from bot.reply import Reply
from bot.texts import say
from knowledge.announcing.content import Content
from knowledge.announcing.pushes import Progress
from knowledge.announcing.release import Audience
from knowledge.announcing.reports import Report
from knowledge.asking.answer import Language
from knowledge.models import Announcement, AnnouncementState

OLD, NEW, SAME = "old", "new", "same"
"""What a line of a difference is."""


def preview(signing: str, content: Content, language: Language, now: dt.datetime) -> Reply:
    """A signing as its message would be.

    Args:
        signing: its id.
        content: what is announced.
        language: of the message.
        now: in the time zone of the bureau.
    """
    row = Announcement(
        signing_id=signing,
        content=content.encode(),
        state=AnnouncementState.SCHEDULED,
        at=now,
        made_at=now,
        made_by="",
    )
    return compose([row], language, now)


def reach(audience: Audience, language: Language) -> str:
    """How many get a message now, after their quiet hours, in a digest."""
    if not audience.all:
        return say(language, "announcing", "nobody")
    counts = {"now": audience.now, "later": audience.later, "digest": audience.digest}
    return _join([say(language, "announcing", key, count=count) for key, count in counts.items()], language)


def send_label(audience: Audience, language: Language) -> str:
    """What happens if an announcement is confirmed, for the button or the question that does it."""
    if not audience.all:
        return say(language, "announcing", "send_nobody")
    rest = {"later": audience.later, "digest": audience.digest}
    parts = [say(language, "announcing", "send", count=audience.now)]
    parts += [say(language, "announcing", f"and_{key}", count=count) for key, count in rest.items() if count]
    return _join(parts, language)


def by_language(audience: Audience, language: Language) -> str:
    """How many get it in each language."""
    parts = [
        say(
            language,
            "announcing",
            "of_language",
            name=say(language, "announcing", one.value),
            count=count,
        )
        for one in Language
        if (count := audience.languages.get(one.value, 0))
    ]
    return _join(parts, language)


def standing(row: Announcement | None, progress: Progress, now: dt.datetime, language: Language) -> str:
    """How far an announcement is, in a few words.

    Args:
        row: the announcement; None for none.
        progress: of its messages.
        now: in the bureau's time zone.
        language: of the words.
    """
    if row is None:
        return say(language, "announcing", "none")
    if row.state is AnnouncementState.SCHEDULED and row.at > now:
        return say(language, "announcing", "scheduled", when=moment(row.at, now, language))
    state = row.state.value
    if row.state in {AnnouncementState.SCHEDULED, AnnouncementState.RELEASED}:
        state = "sending" if row.state is AnnouncementState.SCHEDULED or progress.waiting else "sent"
    return say(language, "announcing", state, sent=progress.sent, all=progress.all)


def numbers(report: Report, language: Language) -> str:
    """What became of the messages of an announcement, by number."""
    progress = report.progress
    counts = {"count_sent": progress.sent, "count_due": report.due, "count_later": report.later}
    counts |= {"count_blocked": progress.blocked, "count_failed": progress.failed}
    counts |= {"count_unsure": progress.unsure}
    parts = [
        say(language, "announcing", key, count=count)
        for key, count in counts.items()
        if count or key == "count_sent"
    ]
    return _join(parts, language)


def reasons(failures: Mapping[str, int], language: Language) -> str:
    """Why messages failed, the most frequent reason first; empty for none."""
    ordered = sorted(failures.items(), key=lambda one: -one[1])
    parts = [say(language, "announcing", "reason", reason=reason, count=count) for reason, count in ordered]
    return _join(parts, language)


def ended(row: Announcement, report: Report, language: Language) -> str:
    """How an announcement ended, for whoever made it."""
    progress = report.progress
    key = "ended_recalled" if row.state is AnnouncementState.RECALLED else "ended"
    failed = reasons(report.failures, language)
    title = Content.decode(row.content).told[language].title
    text = say(language, "announcing", key, title=title, sent=progress.sent, blocked=progress.blocked) + say(
        language, "announcing", "ended_failed", failed=progress.failed
    )
    text += say(language, "announcing", "ended_because", reasons=failed) if failed else ""
    text += say(language, "announcing", "ended_later", later=report.later) if report.later else ""
    return text + say(language, "announcing", "stop")


def difference(old: Content, new: Content, language: Language) -> list[tuple[str, str]]:
    """What a correction changes, line by line: `OLD`, `NEW` or `SAME`, and the line."""
    before, after = _lines(old, language), _lines(new, language)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [(SAME, line) for line in before[a:b]]
        else:
            found += [*((OLD, line) for line in before[a:b]), *((NEW, line) for line in after[c:d])]
    return found


def marked(rows: list[tuple[str, str]]) -> list[str]:
    """Of a difference the lines that differ, with − before the old and + before the new ones."""
    signs = {OLD: "− ", NEW: "+ "}
    return [signs[kind] + line for kind, line in rows if kind in signs]


def _lines(content: Content, language: Language) -> list[str]:
    told = content.told[language]
    return [told.title, *told.lines, f"「{told.source.quote}」", told.credit]


def _join(parts: list[str], language: Language) -> str:
    return say(language, "announcing", "comma").join(parts)
