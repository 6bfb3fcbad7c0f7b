"""Staff look through what was not answered, and answer it in one message."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.reply import Reply, Rows, notice
from bot.staff.answering import Answered, take_answer
from bot.staff.buttons import Pressed, button, up_row
from bot.staff.messages import enquiry_lines, enquiry_title
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.database import session, writing
from knowledge.enquiries import close, open_enquiries, waiting_for
from knowledge.models import EnquiryState
from knowledge.people import Person


class MissTalk:
    """Shows enquiries and takes answers."""

    verbs = frozenset({"misses", "close"})

    def __init__(self, engine: Engine, asker: Asker, zone: ZoneInfo) -> None:
        """Args: a migrated database, who knows what is published, and where the bureau's clocks hang."""
        self._engine = engine
        self._asker = asker
        self._zone = zone

    def press(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        """Answer a button.

        Raises:
            KnowledgeError: what is asked cannot be done; nothing was changed.
        """
        if pressed.verb == "misses":
            return self._next(pressed.number, language)
        with writing(self._engine) as database:
            row = close(database, pressed.number, person, self._now())
            database.commit()
        said = say(language, "staff", "closed")
        rows = up_row(language, "misses", row.id)
        return notice(language, said, title=enquiry_title(row, language), rows=rows)

    def answer(self, person: Person, number: int, text: str, language: Language) -> Reply:
        """Take the answer to an enquiry, and say what came of it.

        Raises:
            KnowledgeError: the answer cannot be taken; nothing was changed.
        """
        answered = take_answer(self._engine, self._asker, number, text, person, self._now())
        draft = answered.draft
        rows: Rows = ()
        if draft is not None:
            label = say(language, "staff", "drafts", count=f"#{draft.id}")
            rows = ((button(label, "draft", draft.id),),)
        return notice(language, *said(answered, language), rows=rows)

    def _next(self, after: int, language: Language) -> Reply:
        with session(self._engine) as database:
            rows = open_enquiries(database)
            if not rows:
                return notice(language, say(language, "staff", "idle"), rows=up_row(language, "misses"))
            place = next((i + 1 for i, row in enumerate(rows) if row.id == after), 0)
            row = rows[place % len(rows)]
            lines = enquiry_lines(database, row, self._now(), language)
            waited = bool(waiting_for(database, row.id or 0))
        needless = () if waited else ((button(say(language, "staff", "close"), "close", row.id),),)
        following = up_row(language, "misses", row.id)
        return notice(language, *lines, title=enquiry_title(row, language), rows=(*needless, *following))

    def _now(self) -> dt.datetime:
        return dt.datetime.now(self._zone)


def said(answered: Answered, language: Language) -> list[str]:
    """What came of an answer, in words."""
    draft, told = answered.draft, answered.told
    if answered.entity:
        learned = say(
            language,
            "staff",
            "name_learned",
            words=answered.words,
            entity=answered.entity,
            draft=draft.id if draft else "",
        )
        settled = answered.enquiry.state is EnquiryState.ANSWERED
        return [learned, say(language, "staff", "name_told" if settled else "name_open", told=told)]
    if draft is None:
        return [say(language, "staff", "answer_no_draft", told=told)]
    return [say(language, "staff", "answer_sent", told=told, draft=draft.id)]
