"""Staff answer an enquiry once: whoever waits gets the reply, and it becomes a draft."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.staff.messages import tell_answered
from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.enquiries import find_enquiry
from knowledge.models import Draft, Enquiry
from knowledge.people import Person
from knowledge.replying import NAMES, AnswerError, answer, find_entity, name, settle_named

WIDE = ("＝", NAMES)
"""The sign as Chinese keyboards have it."""

LONGEST_NAME = 20
"""Characters before «=» beyond which it is a sentence that happens to hold the sign."""


@dataclass(frozen=True)
class Answered:
    """What came of an answer.

    Attributes:
        enquiry: as it is now; still open where only a name was learned.
        draft: what waits for review; None where there is nothing the answer could be about.
        told: to how many people the reply goes.
        words, entity: the name that was learned, and whose it is; empty for an answer in words.
    """

    enquiry: Enquiry
    draft: Draft | None
    told: int
    words: str = ""
    entity: str = ""


def take_answer(
    engine: Engine, asker: Asker, id: int, text: str, person: Person, now: dt.datetime
) -> Answered:
    """Take an answer: words of staff's own, `=NAME` or `WORDS=NAME`.

    Args:
        engine: a migrated database.
        asker: who knows what is published.
        id: the enquiry's.
        text: as written.
        person: who writes it.
        now: in the bureau's time zone.

    Raises:
        AnswerError: it is empty, or names nothing.
        EnquiryError: the enquiry is not open any more.
        NotAllowedError: a viewer only looks.
    """
    words, sign, target = (part.strip() for part in text.replace(*WIDE, 1).partition(NAMES))
    if sign and (not words or _is_name(engine, words, target)):
        return _take_name(engine, asker, id, words, target, person, now)
    with session(engine) as database:
        keywords = asker.words(find_enquiry(database, id).text)
    with writing(engine) as database:
        row, draft = answer(database, id, text, person, now, home=asker.home(), keywords=keywords)
        told = tell_answered(database, row, asker.bureau, now)
        database.commit()
    return Answered(row, draft, told)


def _is_name(engine: Engine, words: str, target: str) -> bool:
    """Whether «A=B» says that A is B, and is no sentence with the sign in it."""
    if len(words) > LONGEST_NAME:
        return False
    with session(engine) as database:
        try:
            find_entity(database, target)
        except AnswerError:
            return False
    return True


def _take_name(
    engine: Engine, asker: Asker, id: int, words: str, target: str, person: Person, now: dt.datetime
) -> Answered:
    with session(engine) as database:
        asked = find_enquiry(database, id)
        entity = find_entity(database, target)
    words = words or asker.called(asked.text)
    # What the question would be answered with if the name were known already.
    known = asker.ask(asked.text.replace(words, asker.name(entity)) if words else asked.text)
    with writing(engine) as database:
        row, draft = name(database, id, words, entity, person)
        told = 0
        if known.outcome is Outcome.ANSWERED:
            settle_named(database, row, known.text, draft, person, now)
            told = tell_answered(database, row, asker.bureau, now)
        database.commit()
    return Answered(row, draft, told, words, asker.name(entity))
