"""A signing and its announcement as the desk shows them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from bot.desk.wording import language
from bot.push import words
from bot.push.message import compose
from bot.reply import Reply, Rows
from bot.telegram.render import render
from knowledge.announcing.announcements import STANDING, announcement_of, heard_by
from knowledge.announcing.content import Content
from knowledge.announcing.errors import AnnouncementError
from knowledge.announcing.pushes import Progress
from knowledge.announcing.release import Audience, audience
from knowledge.announcing.reports import Report, report
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.models import Announcement, AnnouncementState

SOON = dt.timedelta(minutes=5)
"""So long before its moment an announcement is watched."""


@dataclass(frozen=True)
class Bubble:
    """A message as Telegram shows it: its language, its text, its buttons."""

    language: Language
    text: Markup
    rows: Rows

    @classmethod
    def of(cls, tongue: Language, reply: Reply) -> "Bubble":
        """From the reply that is sent."""
        # Written by the renderer, which escapes what it is given.
        return cls(tongue, Markup("\n".join(render(reply))), reply.rows)  # noqa: S704


@dataclass(frozen=True)
class Shown:
    """A signing with its newest announcement.

    Attributes:
        signing: its id.
        title: what it is called.
        row: the announcement; None for none.
        report: how far it is.
        standing: that in a few words.
        now: what would be announced now; None for a signing that is not published any more.
        bubbles: what was announced, where that stands, else what would be.
        audience: whom an announcement would reach now, where one can be made.
        active: whether messages go out at this moment, or soon.
    """

    signing: str
    title: str
    row: Announcement | None
    report: Report | None
    standing: str
    now: Content | None
    bubbles: list[Bubble]
    audience: Audience | None
    active: bool

    @property
    def holds(self) -> bool:
        """Whether an announcement stands, so that no other can be made."""
        return self.row is not None and self.row.state in STANDING

    @property
    def differs(self) -> bool:
        """Whether what was announced is not what the facts say now."""
        if self.row is None or self.now is None or not self.holds:
            return False
        return Content.decode(self.row.content).told != self.now.told

    @property
    def button(self) -> str:
        """What the button says that announces it."""
        return words.send_label(self.audience, language()) if self.audience else ""

    @property
    def reach(self) -> str:
        """Whom it would reach, and in which languages."""
        if self.audience is None:
            return ""
        parts = (words.reach(self.audience, language()), words.by_language(self.audience, language()))
        return "\n".join(filter(None, parts))

    @property
    def reasons(self) -> str:
        """Why messages failed."""
        return words.reasons(self.report.failures, language()) if self.report else ""

    def counts(self) -> dict[str, Any]:
        """How far it is, for a page that looks again."""
        if self.report is None:
            return {"active": False}
        progress = self.report.progress
        return {
            "active": self.active,
            "standing": self.standing,
            "sent": progress.sent,
            "due": self.report.due,
            "later": self.report.later,
            "blocked": progress.blocked,
            "failed": progress.failed,
            "unsure": progress.unsure,
            "done": progress.all - progress.waiting,
            "all": progress.all,
            "reasons": self.reasons,
        }


def shown(database: Session, asker: Asker, signing: str, now: dt.datetime) -> Shown:
    """A signing with its newest announcement.

    Args:
        database: a session.
        asker: who knows what is published.
        signing: its id.
        now: in the bureau's time zone.

    Raises:
        AnnouncementError: there is no such signing, and never was one that was announced.
    """
    row, tongue = announcement_of(database, signing), language()
    told = report(database, row, now) if row is not None else None
    standing = words.standing(row, told.progress if told else Progress(), now, tongue)
    published = asker.find_entity(signing)
    content = Content.of(asker, signing) if published or row is None else None
    if row is not None and (content is None or row.state in STANDING):
        bubbles = [Bubble.of(one, compose([row], one, now)) for one in Language]
        title = Content.decode(row.content).told[tongue].title
        return Shown(signing, title, row, told, standing, content, bubbles, None, _looks(row, told, now))
    if content is None:
        raise AnnouncementError(f"{signing} was not announced.")
    found = audience(database, content, now, beside=heard_by(database, signing))
    bubbles = [Bubble.of(one, words.preview(signing, content, one, now)) for one in Language]
    title = content.told[tongue].title
    return Shown(signing, title, row, told, standing, content, bubbles, found, _looks(row, told, now))


def _looks(row: Announcement | None, told: Report | None, now: dt.datetime) -> bool:
    if row is None or told is None:
        return False
    return told.due > 0 or (row.state is AnnouncementState.SCHEDULED and row.at - now < SOON)
