"""Staff look through facts past their date: still so, or taken out."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from bot.reply import Reply, notice
from bot.staff import words
from bot.staff.buttons import Pressed, button, up_row
from bot.texts import say
from knowledge.asking import formats
from knowledge.asking.answer import Language
from knowledge.database import session, writing
from knowledge.expiring import Expiring, expiring
from knowledge.history import latest
from knowledge.people import Person
from knowledge.review import Reviewer


class ExpiringTalk:
    """Shows facts to confirm, and takes the decision."""

    verbs = frozenset({"expiring", "confirm", "retire"})

    def __init__(self, engine: Engine, zone: ZoneInfo, after_days: int, two_persons: bool) -> None:
        """Args: a migrated database, the bureau's clocks, how old a fact may be, if two persons decide."""
        self._two_persons = two_persons
        self._engine = engine
        self._zone = zone
        self._after_days = after_days

    def count(self, database: Session) -> int:
        """How many facts are to be confirmed."""
        return len(self._found(database))

    def press(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        """Answer a button.

        Raises:
            KnowledgeError: what is asked cannot be done; nothing was changed.
        """
        if pressed.verb == "expiring":
            return self._next(pressed.about, language)
        with writing(self._engine) as database:
            entry = latest(database, [pressed.about]).get(pressed.about)
            told = words.line(entry.entry, words.namer(database), language) if entry and entry.entry else ""
            reviewer = Reviewer(database, person, two_persons=self._two_persons)
            if pressed.verb == "confirm":
                reviewer.confirm(pressed.about, dt.datetime.now(self._zone).date())
                said = say(language, "staff", "confirmed")
            else:
                decided = reviewer.retire([pressed.about])
                change = decided.change.id if decided.change else ""
                said = say(language, "staff", "handed_in" if decided.second else "retired", change=change)
            database.commit()
        return notice(language, told, said, rows=up_row(language, "expiring", 0))

    def _next(self, after: str, language: Language) -> Reply:
        with session(self._engine) as database:
            found = self._found(database)
            if not found:
                return notice(language, say(language, "staff", "idle"), rows=up_row(language, "expiring"))
            place = next((i + 1 for i, one in enumerate(found) if one.fact.id == after), 0)
            return self._show(database, found[place % len(found)], language)

    def _show(self, database: Session, one: Expiring, language: Language) -> Reply:
        id = one.fact.id
        entry = latest(database, [id])[id].entry or {}
        lines = [words.line(entry, words.namer(database), language)]
        if one.ended is not None:
            lines.append(say(language, "staff", "expired", date=formats.day(one.ended, language)))
        elif one.last is not None:
            lines.append(say(language, "staff", "old", date=formats.day(one.last, language)))
        if one.fact.owner:
            lines.append(say(language, "staff", "fact_owner", owner=one.fact.owner))
        lines.append(say(language, "staff", "quote", quote=words.quote(entry)))
        decide = tuple(button(say(language, "staff", verb), verb, id) for verb in ("confirm", "retire"))
        title = say(language, "staff", "fact", kind=words.kind(entry, language))
        return notice(language, *lines, title=title, rows=(decide, *up_row(language, "expiring", id)))

    def _found(self, database: Session) -> list[Expiring]:
        return expiring(database, dt.datetime.now(self._zone).date(), self._after_days)
