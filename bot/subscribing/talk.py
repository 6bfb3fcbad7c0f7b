"""The talk about a subscription, the same for every face."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import Engine
from sqlmodel import Session

from bot.browsing import MENU
from bot.numbers import whole
from bot.push.message import BUTTONS as PUSHED
from bot.push.message import FEWER, STOP, TOLD
from bot.reply import Button, Press, Reply, notice
from bot.subscribing.changes import Change
from bot.subscribing.fewer import LESS, UNDO, done, offer, offered, undone
from bot.subscribing.pages import AGAIN, CHOICES, LISTS, PAGES, PICK, SET, Pages
from bot.subscribing.zones import find_zone
from bot.texts import say
from knowledge.announcing.content import Content
from knowledge.announcing.quiet_hours import read_zone
from knowledge.announcing.subscriptions import end, find_subscription, interests, move, subscribe
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.models import Announcement, Subscription

COMMANDS = frozenset({"subscribe", "subscriptions"})

BUTTONS = PUSHED | {PAGES, SET, PICK, LESS, UNDO, AGAIN}


class Subscribing:
    """Lets chats subscribe to signings, and change what they hear of."""

    def __init__(self, engine: Engine, asker: Asker, time_zone: str) -> None:
        """Args: a migrated database, who knows chains and parks, and where clocks hang if nobody says."""
        self._engine = engine
        self._asker = asker
        self._time_zone = time_zone

    def subscribe(self, chat: str, argument: str, language: Language) -> Reply:
        """Subscribe a chat to all signings; one that is subscribed sees to what.

        Args:
            chat: whose.
            argument: a time zone, as typed; empty for none.
            language: to answer in, and to write in from now on if the chat is new.
        """
        zone = find_zone(argument)
        now = dt.datetime.now(dt.UTC)
        with writing(self._engine) as database:
            new = find_subscription(database, chat) is None
            row = subscribe(database, chat, language, zone or self._time_zone, now)
            if zone:
                Change("time_zone", zone).apply(database, chat, now)
            database.commit()
            pages = self._pages(database, row, language)
        if argument and not zone:
            page = pages.choice("time_zone")
            said = say(language, "subscription", "unknown_zone", zone=argument)
            return replace(page, answer=replace(page.answer, lines=(said,)))
        return pages.main(now, say(language, "subscription", "new") if new else "")

    def open(self, chat: str, argument: str, language: Language) -> Reply:
        """What a chat has subscribed to; see `subscribe`."""
        with session(self._engine) as database:
            row = find_subscription(database, chat)
        return self.subscribe(chat, argument, language) if row else self._none(language)

    def opens(self, press: Press) -> Press | None:
        """What is to be shown for a button that asks for details; None for any other button."""
        if press.entity != TOLD:
            return None
        with session(self._engine) as database:
            row = _announcement(database, press)
        known = row is not None and self._asker.find_entity(row.signing_id)
        entity, topic = (row.signing_id, "overview") if row and known else (MENU.entity, "signings")
        return Press(entity, topic, press.language)

    def press(self, chat: str, press: Press, language: Language) -> Reply | None:
        """Answer one of the buttons.

        Returns:
            the reply; None where nothing can be done with the button.
        """
        now = dt.datetime.now(dt.UTC)
        with writing(self._engine) as database:
            try:
                reply = self._answer(database, chat, press, language, now)
            except ValueError:
                return None
            database.commit()
        return reply

    def leave(self, chat: str) -> None:
        """A chat cannot be written to any more: its subscription ends."""
        with writing(self._engine) as database:
            end(database, chat)
            database.commit()

    def move(self, old: str, new: str) -> None:
        """A group has another number now: its subscription goes with it."""
        with writing(self._engine) as database:
            move(database, old, new)
            database.commit()

    def _answer(
        self, database: Session, chat: str, press: Press, language: Language, now: dt.datetime
    ) -> Reply:
        """See `press`.

        Raises:
            ValueError: nothing can be done with the button.
        """
        if STOP in {press.entity, press.topic}:
            return self._stop(database, chat, language, beside=press.entity == STOP)
        if press.entity == AGAIN:
            read_zone(press.topic)
            new = subscribe(database, chat, language, press.topic, now)
            return self._pages(database, new, language).main(now, say(language, "subscription", "new"))
        row = find_subscription(database, chat)
        if row is None:
            return self._none(language, beside=press.entity == FEWER)
        pages = self._pages(database, row, language)
        if press.entity == FEWER:
            held = _announcement(database, press)
            return offer(pages, Content.decode(held.content) if held else None)
        if press.entity == PAGES:
            return _open(pages, press, now)
        change = Change.decode(press.topic)
        if press.entity == LESS and not offered(pages, change):
            return replace(offer(pages, None), beside=False)
        change.apply(database, chat, now)
        if change.what == "language":
            language = Language(change.value)
        pages = self._pages(database, row, language)
        if press.entity == PICK:
            return pages.tick(LISTS.get(change.entity.partition(".")[0], "chains"), press.page)
        if press.entity == LESS:
            return done(pages, change)
        return undone(pages) if press.entity == UNDO else pages.main(now)

    def _stop(self, database: Session, chat: str, language: Language, *, beside: bool) -> Reply:
        row = find_subscription(database, chat)
        zone = row.time_zone if row else self._time_zone
        end(database, chat)
        again = Button.of(say(language, "subscription", "again"), Press(AGAIN, zone, language))
        return notice(language, say(language, "subscription", "ended"), rows=((again,),), beside=beside)

    def _none(self, language: Language, *, beside: bool = False) -> Reply:
        begin = Button.of(say(language, "subscription", "begin"), Press(AGAIN, self._time_zone, language))
        return notice(language, say(language, "subscription", "none"), rows=((begin,),), beside=beside)

    def _pages(self, database: Session, row: Subscription, language: Language) -> Pages:
        return Pages(self._asker, row, interests(database, [row.chat])[row.chat], language)


def _open(pages: Pages, press: Press, now: dt.datetime) -> Reply:
    if press.topic in CHOICES:
        return pages.choice(press.topic)
    if press.topic in LISTS.values():
        return pages.tick(press.topic, press.page)
    return pages.main(now)


def _announcement(database: Session, press: Press) -> Announcement | None:
    return database.get(Announcement, whole(press.topic))
