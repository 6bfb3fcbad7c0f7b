"""Staff announce signings in Telegram, and look after what was announced."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from bot.push import words
from bot.push.view import View, view
from bot.reply import Button, Reply, Rows, notice
from bot.staff.buttons import Pressed, button, up_row
from bot.texts import say
from knowledge.announcing import announcements
from knowledge.announcing.content import Content
from knowledge.announcing.errors import ChangedError
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import session, snapshot, writing
from knowledge.models import StaffRole
from knowledge.people import Person

DAYS = 60
"""Signings of so many days back are shown and offered."""

LISTED = 20
"""So many signings are listed, the latest."""

ON_SIGNINGS = frozenset({"signing", "announce", "send", "dismiss", "fix", "recall"})
"""Verbs about a signing, by its id."""

ON_ANNOUNCEMENTS = frozenset({"unsend", "fixed", "recalled", "again"})
"""Verbs that change an announcement, by its number."""


class SigningTalk:
    """Shows signings, announces them, stops, corrects and recalls what was announced."""

    verbs = ON_SIGNINGS | ON_ANNOUNCEMENTS | {"signings"}

    def __init__(self, engine: Engine, asker: Asker, zone: ZoneInfo, desk: str = "") -> None:
        """Begin.

        Args:
            engine: a migrated database.
            asker: who knows what is published.
            zone: where the bureau's clocks hang.
            desk: the address of the desk; empty for none.
        """
        self._engine = engine
        self._asker = asker
        self._zone = zone
        self._desk = desk

    def entry(self, database: Session, language: Language) -> Rows:
        """The button that leads here, with how many signings wait; none where there are no signings."""
        first = first_day(self._now())
        if not announcements.published(database, first):
            return ()
        count = len(announcements.unannounced(database, first))
        label = say(language, "announcing", "count" if count else "list", count=count)
        return ((button(label, "signings", 0),),)

    def press(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        """Answer a button.

        Raises:
            KnowledgeError: what is asked cannot be done; nothing was changed.
        """
        if pressed.verb == "signings":
            return self._list(language)
        if pressed.verb in ON_ANNOUNCEMENTS:
            return self._change(person, pressed, language)
        one = self._view(pressed.about)
        if pressed.verb == "fix":
            return self._ask_to_fix(one, language)
        if pressed.verb == "recall":
            sure = say(language, "announcing", "recall_sure", count=one.progress.sent)
            return _ask(one, (sure,), ("recall_yes", "recalled", _number(one), ""), language)
        if pressed.verb == "signing":
            return self._show(one, person, language)
        return self._decide(person, one, pressed, language)

    def _list(self, language: Language) -> Reply:
        now = self._now()
        rows: list[tuple[Button, ...]] = []
        with snapshot(self._engine) as database:
            for row in announcements.published(database, first_day(now))[:LISTED]:
                one = view(database, self._asker, row.id, now)
                told = (one.standing(language), one.title(language))
                label = say(language, "announcing", "item", state=told[0], title=told[1])
                rows.append((button(label, "signing", row.id),))
        line = (
            say(language, "announcing", "list_lines", days=DAYS) if rows else say(language, "staff", "idle")
        )
        title = say(language, "announcing", "list")
        return notice(language, line, title=title, rows=(*rows, *up_row(language, "signings")))

    def _show(self, one: View, person: Person, language: Language, *said: str) -> Reply:
        """A signing: how far its announcement is, or the message it would be; and what can be done."""
        lines = [*said, *_far(one, language), *_message(one, language), *_reach(one, language)]
        if self._desk:
            address = f"{self._desk}/signings/{one.signing}"
            lines.append(say(language, "announcing", "open_desk", address=address))
        may = person.role.rank >= StaffRole.PUBLISHER.rank
        deeds = _deeds(one, language) if may else []
        if one.row is not None:
            deeds.append(button(say(language, "announcing", "refresh"), "signing", one.signing))
        up = (button(say(language, "staff", "up"), "signings", 0),)
        rows = (*((deed,) for deed in deeds), up)
        return notice(language, *lines, title=one.title(language), rows=rows)

    def _decide(self, person: Person, one: View, pressed: Pressed, language: Language) -> Reply:
        """Ask whether a signing is to be announced; announce it; leave it out."""
        person.require(StaffRole.PUBLISHER)
        if one.row is not None and one.holds:
            already = say(language, "announcing", "already", by=one.row.made_by)
            return self._show(one, person, language, already)
        if one.audience is None or one.content is None or one.content.digest != pressed.seen:
            return self._show(one, person, language, say(language, "staff_faults", "ChangedError"))
        if pressed.verb == "announce":
            sure = say(language, "announcing", "sure", what=words.send_label(one.audience, language))
            return _ask(one, (sure,), ("yes", "send", one.signing, one.content.digest), language)
        deed = announcements.dismiss if pressed.verb == "dismiss" else announcements.announce
        with writing(self._engine) as database:
            deed(database, one.signing, one.content, person, self._now())
            database.commit()
        said = [say(language, "announcing", "dismissed")] if pressed.verb == "dismiss" else []
        return self._show(self._view(one.signing), person, language, *said)

    def _ask_to_fix(self, one: View, language: Language) -> Reply:
        if one.row is None or one.content is None or not one.differs:
            raise ChangedError
        lines = words.marked(words.difference(Content.decode(one.row.content), one.content, language))
        how = say(language, "announcing", "correct_how")
        return _ask(one, (how, *lines), ("correct_yes", "fixed", _number(one), one.content.digest), language)

    def _change(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        now, id = self._now(), pressed.number
        with session(self._engine) as database:
            signing = announcements.find_announcement(database, id).signing_id
        content = Content.of(self._asker, signing, pressed.seen) if pressed.verb == "fixed" else None
        with writing(self._engine) as database:
            if content is not None:
                count = announcements.correct(database, id, content, person, now)
            elif pressed.verb == "unsend":
                count = announcements.cancel(database, id, person, now)
            elif pressed.verb == "recalled":
                count = announcements.recall(database, id, person, now)
            else:
                count = announcements.send_again(database, id, person, now)
            database.commit()
        said = say(language, "announcing", f"done_{pressed.verb}", count=count)
        return self._show(self._view(signing), person, language, said)

    def _view(self, signing: str) -> View:
        with snapshot(self._engine) as database:
            return view(database, self._asker, signing, self._now())

    def _now(self) -> dt.datetime:
        return dt.datetime.now(self._zone)


def first_day(now: dt.datetime) -> dt.date:
    """The day from which on signings are shown and offered."""
    return now.date() - dt.timedelta(days=DAYS)


def _far(one: View, language: Language) -> list[str]:
    if one.row is None or one.report is None:
        return []
    by = say(language, "announcing", "made_by", by=one.row.made_by)
    lines = [one.standing(language), by, words.numbers(one.report, language)]
    return [*lines, words.reasons(one.report.failures, language)] if one.report.failures else lines


def _message(one: View, language: Language) -> list[str]:
    """The message that would be sent; what was sent its readers have."""
    answer = one.message(language).answer
    return ["—", answer.title, *answer.lines, answer.credit, "—"] if one.audience is not None else []


def _reach(one: View, language: Language) -> list[str]:
    if one.audience is None:
        return []
    by = words.by_language(one.audience, language)
    lines = [say(language, "announcing", "reached", reach=words.reach(one.audience, language))]
    return [*lines, say(language, "announcing", "in_languages", languages=by)] if by else lines


def _deeds(one: View, language: Language) -> list[Button]:
    seen = one.content.digest if one.content else ""
    number = _number(one)
    failed = one.progress.failed
    found = {
        "announce": (one.audience is not None, "announce", one.signing, seen),
        "dismiss": (one.row is None, "dismiss", one.signing, seen),
        "cancel": (one.can_stop, "unsend", number, ""),
        "correct": (one.differs, "fix", one.signing, ""),
        "again": (failed > 0, "again", number, ""),
        "recall": (one.can_recall, "recall", one.signing, ""),
    }
    return [
        button(say(language, "announcing", label, count=failed), verb, about, digest)
        for label, (can, verb, about, digest) in found.items()
        if can
    ]


def _ask(one: View, lines: tuple[str, ...], yes: tuple[str, str, object, str], language: Language) -> Reply:
    """Ask once more; `yes` is the text, verb, object and digest of the button that does it."""
    label, verb, about, seen = yes
    rows = (
        (button(say(language, "announcing", label), verb, about, seen),),
        (button(say(language, "staff", "up"), "signing", one.signing),),
    )
    return notice(language, *lines, title=one.title(language), rows=rows)


def _number(one: View) -> int:
    return (one.row.id if one.row else 0) or 0
