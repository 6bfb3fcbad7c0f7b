"""A signing and its newest announcement, as every face shows them to staff."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from bot.push import words
from bot.push.message import compose
from bot.reply import Reply
from knowledge.announcing.announcements import STANDING, announcement_of, heard_by
from knowledge.announcing.content import Content
from knowledge.announcing.pushes import Progress
from knowledge.announcing.release import Audience, audience
from knowledge.announcing.reports import Report, report
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.models import Announcement, AnnouncementState

SOON = dt.timedelta(minutes=5)
"""So long before its moment an announcement is watched."""


@dataclass(frozen=True)
class View:
    """A signing and its newest announcement.

    Attributes:
        signing: its id.
        now: when it was looked at, in the bureau's time zone.
        row: the announcement; None for none.
        report: how far it is; None for none.
        content: what the facts say now; None for a signing that is not published any more.
        audience: whom an announcement would reach now; None where none can be made.
    """

    signing: str
    now: dt.datetime
    row: Announcement | None
    report: Report | None
    content: Content | None
    audience: Audience | None

    @property
    def progress(self) -> Progress:
        """How far its messages are."""
        return self.report.progress if self.report else Progress()

    @property
    def holds(self) -> bool:
        """Whether an announcement stands, so that no other can be made."""
        return self.row is not None and self.row.state in STANDING

    @property
    def watched(self) -> bool:
        """Whether messages go out at this moment, or soon."""
        if self.row is None or self.report is None:
            return False
        soon = self.row.state is AnnouncementState.SCHEDULED and self.row.at - self.now < SOON
        return soon or self.report.due > 0

    @property
    def differs(self) -> bool:
        """Whether what was announced is not what the facts say now."""
        if self.row is None or self.content is None or not self.holds:
            return False
        return Content.decode(self.row.content).told != self.content.told

    @property
    def can_stop(self) -> bool:
        """Whether there is something that is not sent yet."""
        scheduled = self.row is not None and self.row.state is AnnouncementState.SCHEDULED
        return self.holds and (scheduled or self.progress.waiting > 0)

    @property
    def can_recall(self) -> bool:
        """Whether there is something that was sent, or may be on its way."""
        if self.row is None or self.report is None or self.row.state is AnnouncementState.RECALLED:
            return False
        return self.progress.sent + self.report.due > 0

    @property
    def told(self) -> Content:
        """What is shown: what was announced where that stands, else what would be."""
        if self.content is None or self.holds:
            return Content.decode(self.row.content if self.row else "")
        return self.content

    def title(self, language: Language) -> str:
        """What the signing is called."""
        return self.told.told[language].title

    def message(self, language: Language) -> Reply:
        """The message that shows it."""
        if self.row is not None and (self.content is None or self.holds):
            return compose([self.row], language, self.now)
        return words.preview(self.signing, self.told, language, self.now)

    def standing(self, language: Language) -> str:
        """How far the announcement is, in a few words."""
        return words.standing(self.row, self.progress, self.now, language)


def view(database: Session, asker: Asker, signing: str, now: dt.datetime) -> View:
    """Look at a signing.

    Args:
        database: a session.
        asker: who knows what is published.
        signing: its id.
        now: in the bureau's time zone.

    Raises:
        AnnouncementError: there is no such signing, and never was one that was announced.
    """
    row = announcement_of(database, signing)
    content = Content.of(asker, signing) if row is None or asker.find_entity(signing) else None
    found = None
    if content is not None and (row is None or row.state not in STANDING):
        found = audience(database, content, now, beside=heard_by(database, signing))
    return View(signing, now, row, report(database, row, now) if row else None, content, found)
