"""Staff in a chat with the bot: joining, what waits, and the way from a button to what it does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.reply import Reply, notice
from bot.staff.buttons import Pressed, button
from bot.staff.documents import take_document
from bot.staff.drafts import DraftTalk
from bot.staff.expiring import ExpiringTalk
from bot.staff.faults import refused
from bot.staff.messages import enquiry_of, language_of
from bot.staff.misses import MissTalk
from bot.staff.signings import SigningTalk
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import KnowledgeError, session, writing
from knowledge.enquiries import count_open
from knowledge.models import LinkPurpose, StaffRole
from knowledge.people import Person, join_chat, staff_of_chat, use_link
from knowledge.reading.load import DocumentError
from knowledge.review import waiting_drafts
from knowledge.working_hours import WorkingHours

LOG = logging.getLogger(__name__)

COMMANDS = ("staff",)
"""Commands that only staff are shown, and that only staff have."""

INVITE = "staff_"
"""What an invitation's deep link carries before its secret."""


@dataclass(frozen=True)
class Rules:
    """How the bureau reviews.

    Attributes:
        hours: when it is at work.
        two_persons: whether nobody publishes what only they have seen.
        confirm_after_days: how old a fact may be before it is to be confirmed; 0 for any age.
        desk: the address of its desk; empty for none.
    """

    hours: WorkingHours
    two_persons: bool = False
    confirm_after_days: int = 0
    desk: str = ""


class StaffDesk:
    """Talks with staff. What it says to others is nothing: every method gives None for them.

    No input makes a method raise: what cannot be done is said, and nothing is changed.
    """

    def __init__(self, engine: Engine, asker: Asker, rules: Rules) -> None:
        """Args: a migrated database, who knows what is published, and how the bureau reviews."""
        self._engine = engine
        self._rules = rules
        self._drafts = DraftTalk(engine, rules.two_persons)
        self._misses = MissTalk(engine, asker, rules.hours.zone)
        self._expiring = ExpiringTalk(engine, rules.hours.zone, rules.confirm_after_days, rules.two_persons)
        self._signings = SigningTalk(engine, asker, rules.hours.zone, rules.desk)

    def person(self, chat: str) -> Person | None:
        """Who of the staff writes in a chat; None for everybody else."""
        with session(self._engine) as database:
            return staff_of_chat(database, chat)

    def join(self, chat: str, secret: str, hint: Language | None = None) -> Reply:
        """Let somebody in by an invitation, once.

        Args:
            chat: a private chat.
            secret: of the invitation.
            hint: the language of the person's program.
        """
        with writing(self._engine) as database:
            language = language_of(database, chat, hint)
            staff = use_link(database, secret, LinkPurpose.TELEGRAM)
            if staff is None:
                return notice(language, say(language, "staff", "bad_invite"))
            join_chat(database, staff, chat)
            database.commit()
        role = say(language, "roles", staff.role)
        return notice(language, say(language, "staff", "joined", name=staff.name, role=role))

    def command(self, chat: str, name: str, hint: Language | None = None) -> Reply | None:
        """Answer a command of staff; None for others and for other commands."""
        if name not in COMMANDS:
            return None
        return self._turn(chat, hint, lambda person, language: self._overview(language))

    def press(self, chat: str, data: str, hint: Language | None = None) -> Reply | None:
        """Answer a button of staff; None for others, whatever it carries, and for other buttons."""
        pressed = Pressed.decode(data)
        if pressed is None:
            return None
        return self._turn(chat, hint, lambda person, language: self._press(person, pressed, language))

    def text(self, chat: str, text: str, about: str, hint: Language | None = None) -> Reply | None:
        """Take a reply to one of the bot's messages to staff; None for others, and for other messages.

        Args:
            chat: a private chat.
            text: as typed.
            about: the message that is replied to.
            hint: the language of the person's program.
        """
        enquiry, draft = enquiry_of(about), self._drafts.edited(about)
        if enquiry is not None:
            return self._turn(
                chat, hint, lambda person, language: self._misses.answer(person, enquiry, text, language)
            )
        if draft is not None:
            return self._turn(
                chat, hint, lambda person, language: self._drafts.edit(person, draft, text, language)
            )
        return None

    def document(self, chat: str, name: str, content: bytes, hint: Language | None = None) -> Reply | None:
        """Take in a document that somebody sent; None for others.

        Args:
            chat: a private chat.
            name: under which it was sent.
            content: its bytes.
            hint: the language of the person's program.
        """
        return self._turn(
            chat, hint, lambda person, language: take_document(self._engine, name, content, person, language)
        )

    def too_large(self, chat: str, hint: Language | None = None) -> Reply | None:
        """Say that a document is larger than the bot may fetch; None for others."""
        return self._turn(
            chat, hint, lambda _, language: notice(language, say(language, "staff", "document_large"))
        )

    def _turn(
        self, chat: str, hint: Language | None, answer: Callable[[Person, Language], Reply]
    ) -> Reply | None:
        with session(self._engine) as database:
            # Asked at every turn: who is removed is out at once.
            person = staff_of_chat(database, chat)
            language = language_of(database, chat, hint)
        if person is None:
            return None
        try:
            return answer(person, language)
        except (KnowledgeError, DocumentError) as error:
            return refused(error, language)
        except Exception:
            LOG.exception("A turn of staff failed")
            return notice(language, say(language, "chat", "error"))

    def _overview(self, language: Language) -> Reply:
        with session(self._engine) as database:
            counts = {
                "drafts": len(waiting_drafts(database)),
                "misses": count_open(database),
                "expiring": self._expiring.count(database),
            }
            signings = self._signings.entry(database, language)
        waiting = tuple(
            (button(say(language, "staff", what, count=count), what, 0),)
            for what, count in counts.items()
            if count
        )
        rows = (*waiting, *signings)
        lines = [] if rows else [say(language, "staff", "idle")]
        return notice(
            language, *lines, say(language, "staff", "note"), title=say(language, "staff", "title"), rows=rows
        )

    def _press(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        person.require(StaffRole.VIEWER)
        for talk in (self._drafts, self._misses, self._expiring, self._signings):
            if pressed.verb in talk.verbs:
                return talk.press(person, pressed, language)
        return self._overview(language)
