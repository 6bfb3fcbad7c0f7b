"""What an investor can do where an answer is missing or was none: ask a person, and see where it stands."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from bot.memory import asked_of
from bot.moments import moment
from bot.reply import Button, Press, Reply, notice
from bot.staff.messages import tell_asked
from bot.texts import say
from knowledge.asking.answer import Answer, Language, Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.normalize import in_script
from knowledge.database import writing
from knowledge.enquiries import note, wait, waiting_in
from knowledge.models import Chat, Enquiry, EnquiryKind, EnquiryState, Question
from knowledge.outbox import arrived
from knowledge.working_hours import WorkingHours

PERSON, RIGHT, WRONG = "person", "right", "wrong"
"""What the buttons carry before the number of the question in the log."""

BUTTONS = frozenset({PERSON, RIGHT, WRONG})

BEFORE = 3
"""So many earlier questions of the conversation are passed on with one."""


@dataclass(frozen=True)
class Promise:
    """Within how many working hours of the bureau a person replies."""

    hours: WorkingHours
    within: int


class Enquiring:
    """Passes questions on to staff."""

    def __init__(self, engine: Engine, asker: Asker, promise: Promise, *, sent: bool = True) -> None:
        """Begin.

        Args:
            engine: a migrated database.
            asker: who knows whom to ask.
            promise: what the bureau promises.
            sent: whether the reply is sent to who waits; else they come back for it.
        """
        self._engine = engine
        self._asker = asker
        self._promise = promise
        self._sent = sent

    def buttons(self, answer: Answer, number: int) -> tuple[Button, ...]:
        """What can be said of the answer to a question: pass it on, or whether it was the right one.

        Args:
            answer: what was said.
            number: the question's in the log.
        """
        named = (PERSON,) if answer.missed else (RIGHT, WRONG) if answer.outcome is Outcome.ANSWERED else ()
        language = answer.language
        return tuple(
            Button.of(say(language, "buttons", name), Press(name, str(number), language)) for name in named
        )

    def press(self, chat: str, press: Press, language: Language) -> Reply | None:
        """Answer one of the buttons.

        Returns:
            the reply; None where the button is not one of this chat's.
        """
        now = dt.datetime.now(self._promise.hours.zone)
        with writing(self._engine) as database:
            question = _own_question(database, chat, press.topic)
            if question is None:
                return None
            if press.entity == PERSON:
                reply = self._ask_person(database, chat, question, language, now)
            else:
                question.helpful = press.entity == RIGHT
                database.add(question)
                reply = (
                    notice(language, say(language, "enquiry", "praised"), beside=True)
                    if question.helpful
                    else self._complain(database, question, language, now)
                )
            database.commit()
        return reply

    def open(self, chat: str, language: Language) -> Reply:
        """Where the questions stand that a chat has passed on; a reply that is shown has arrived."""
        now = dt.datetime.now(self._promise.hours.zone)
        with writing(self._engine) as database:
            rows = waiting_in(database, chat)
            lines: list[str] = []
            for waiting, enquiry in rows:
                asked = moment(waiting.asked_at, now, language)
                lines.append(say(language, "enquiry", "asked", when=asked, question=waiting.text))
                if enquiry.state is EnquiryState.ANSWERED:
                    lines.append(
                        say(language, "enquiry", "reply", answer=in_script(enquiry.answer, language))
                    )
                    arrived(database, waiting)
                else:
                    lines.append(self._standing(enquiry, language, now))
            database.commit()
        if not lines:
            return notice(language, say(language, "enquiry", "none"))
        return notice(language, *lines, title=say(language, "enquiry", "title"))

    def _ask_person(
        self, database: Session, chat: str, question: Question, language: Language, now: dt.datetime
    ) -> Reply:
        enquiry = self._enquiry(database, question, now)
        if enquiry.state is EnquiryState.ANSWERED and enquiry.answer:
            told = in_script(enquiry.answer, language)
            return notice(language, told, title=say(language, "enquiry", "answered"), beside=True)
        if not enquiry.desk:
            enquiry.desk = self._asker.contact(enquiry.entity, enquiry.topic)
        due = self._promise.hours.deadline(now, self._promise.within)
        asked = asked_of(question)
        waiting = wait(database, enquiry, asked, chat, _before(database, chat, question), due, now)
        if waiting is not None:
            tell_asked(database, enquiry, waiting, now)
        key = "passed_on" if waiting is not None else "already"
        key = key if self._sent else f"{key}_here"
        lines = [say(language, "enquiry", key), self._standing(enquiry, language, now)]
        return notice(language, *lines, say(language, "enquiry", "see"), beside=True)

    def _complain(self, database: Session, question: Question, language: Language, now: dt.datetime) -> Reply:
        if question.enquiry_id is None:
            enquiry = note(database, asked_of(question), EnquiryKind.COMPLAINT, now)
            question.enquiry_id = enquiry.id
            database.add(question)
            database.flush()
        press = Press(PERSON, str(question.id), language)
        row = (Button.of(say(language, "buttons", PERSON), press),)
        return notice(language, say(language, "enquiry", "complained"), rows=(row,), beside=True)

    def _enquiry(self, database: Session, question: Question, now: dt.datetime) -> Enquiry:
        """The enquiry of a question: its own, while that is open or answered; else a new one."""
        held = database.get(Enquiry, question.enquiry_id) if question.enquiry_id is not None else None
        if held is not None and held.state is not EnquiryState.CLOSED:
            return held
        kind = EnquiryKind.COMPLAINT if question.facts else EnquiryKind.MISS
        enquiry = note(database, asked_of(question), kind, now)
        question.enquiry_id = enquiry.id
        database.add(question)
        return enquiry

    def _standing(self, enquiry: Enquiry, language: Language, now: dt.datetime) -> str:
        due = enquiry.due_at or now
        until = moment(due, now, language)
        key = "standing" if due >= now else "late"
        desk = self._asker.contact(enquiry.entity, enquiry.topic, language) or enquiry.desk
        desk = desk or self._asker.bureau(language)
        return say(language, "enquiry", key, desk=desk, until=until)


def _own_question(database: Session, chat: str, number: str) -> Question | None:
    """A question of a chat, by its number; None where it is somebody else's, or long ago."""
    row = database.get(Chat, chat)
    if row is None or number not in row.recent.split():
        return None
    return database.get(Question, int(number))


def _before(database: Session, chat: str, question: Question) -> list[str]:
    row = database.get(Chat, chat)
    numbers = [int(number) for number in row.recent.split()] if row else []
    earlier = [number for number in numbers if number < (question.id or 0)][-BEFORE:]
    found = (database.get(Question, number) for number in earlier)
    return [one.text for one in found if one is not None]
