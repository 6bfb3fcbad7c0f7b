"""Staff look through drafts one by one: accept, edit, reject."""

import re

from sqlalchemy import Engine
from sqlmodel import Session

from bot.reply import Reply, Rows, notice
from bot.staff import words
from bot.staff.buttons import Pressed, button, digest, up_row
from bot.staff.edits import editable, read_fields, written
from bot.texts import say
from knowledge.asking.answer import Language
from knowledge.corrections import is_details
from knowledge.database import session, writing
from knowledge.entries import Entry, parse
from knowledge.history import latest
from knowledge.models import Document, Draft, DraftState, StaffRole
from knowledge.people import Person
from knowledge.review import Reviewer, ReviewError, waiting_drafts

_NUMBER = re.compile(r"#(\d+)")


TELLING = ("text", "value", "title", "note", "name")
"""Fields that say what a fact says, as an example of what may be edited."""


class DraftTalk:
    """Shows drafts and decides on them."""

    verbs = frozenset({"drafts", "draft", "accept", "edit", "reject", "undo"})

    def __init__(self, engine: Engine, two_persons: bool) -> None:
        """Args: a migrated database, and whether two persons have to see a draft."""
        self._engine = engine
        self._two_persons = two_persons

    def press(self, person: Person, pressed: Pressed, language: Language) -> Reply:
        """Answer a button.

        Raises:
            KnowledgeError: what is asked cannot be done; nothing was changed.
        """
        if pressed.verb == "drafts":
            return self._next(pressed.number, language)
        if pressed.verb == "draft":
            with session(self._engine) as database:
                return self._show(database, _waiting(database, pressed.number), language)
        with writing(self._engine) as database:
            if pressed.verb == "undo":
                reviewer = Reviewer(database, person, two_persons=self._two_persons)
                decided = reviewer.undo(pressed.number)
                database.commit()
                key = "handed_in" if decided.second else "undone"
                done = say(language, "staff", key, change=pressed.number)
                return notice(language, done, rows=up_row(language, "drafts", 0))
            draft = _waiting(database, pressed.number)
            if pressed.seen and pressed.seen != digest(draft.entry):
                return self._show(database, draft, language, say(language, "staff", "changed_meanwhile"))
            if pressed.verb == "edit":
                person.require(StaffRole.EDITOR)
                return self._how_to_edit(database, draft, language)
            said = self._decide(database, person, draft, pressed.verb, language)
            database.commit()
        rows = up_row(language, "drafts", draft.id)
        if draft.change_id is not None:
            rows = ((button(say(language, "staff", "undo"), "undo", draft.change_id),), *rows)
        return notice(language, said, title=_title(draft, language), rows=rows)

    def edited(self, about: str) -> int | None:
        """The draft that a message asks to edit, by its first line; None for any other message."""
        first = about.partition("\n")[0].strip()
        found = _NUMBER.search(first)
        number = int(found[1]) if found else 0
        known = {say(language, "staff", "edit_title", number=number) for language in Language}
        return number if first in known else None

    def edit(self, person: Person, number: int, text: str, language: Language) -> Reply:
        """Change a draft by what somebody wrote.

        Args:
            person: who writes.
            number: the draft's.
            text: a field a line, `name: value`.
            language: what to answer in.

        Raises:
            KnowledgeError: a field is not allowed, or the draft does not wait any more.
        """
        with writing(self._engine) as database:
            draft = _waiting(database, number)
            entry: Entry = dict(parse(draft.entry) or {})
            entry |= read_fields(entry, text, language)
            draft = Reviewer(database, person).revise(number, entry)
            reply = self._show(database, draft, language, say(language, "staff", "edited"))
            database.commit()
        return reply

    def _decide(self, database: Session, person: Person, draft: Draft, verb: str, language: Language) -> str:
        reviewer = Reviewer(database, person, two_persons=self._two_persons)
        if verb == "reject":
            reviewer.reject([draft.id or 0])
            return say(language, "staff", "rejected")
        decided = reviewer.accept([draft.id or 0])
        if decided.second:
            return say(language, "staff", "second")
        if decided.change is None:
            return say(language, "staff", "unchanged")
        return say(language, "staff", "accepted", change=decided.change.id)

    def _next(self, after: int, language: Language) -> Reply:
        """The draft that comes after one, in the order in which they are shown; the first after the last."""
        with session(self._engine) as database:
            drafts = waiting_drafts(database)
            if not drafts:
                return notice(language, say(language, "staff", "idle"), rows=up_row(language, "drafts"))
            place = next((i + 1 for i, draft in enumerate(drafts) if draft.id == after), 0)
            return self._show(database, drafts[place % len(drafts)], language)

    def _show(self, database: Session, draft: Draft, language: Language, said: str = "") -> Reply:
        entry = parse(draft.entry) or {}
        name = words.namer(database)
        held = latest(database, [draft.fact_id]).get(draft.fact_id)
        before = held.entry if held and held.entry and held.entry["published"] else None
        lines = [said] if said else []
        lines.append(words.line(entry, name, language))
        if before is None:
            lines.append(say(language, "staff", "new"))
        else:
            differing = words.changed(before, entry, name, language)
            lines.append(say(language, "staff", "differs" if differing else "same"))
            lines += [f"· {line}" for line in differing]
        quote = words.quote(entry)
        if quote:
            lines.append(say(language, "staff", "quote", quote=quote))
        lines += self._about(database, draft, entry, language)
        return notice(language, *lines, title=_title(draft, language), rows=_rows(draft, language))

    def _about(self, database: Session, draft: Draft, entry: Entry, language: Language) -> list[str]:
        titles = [database.get(Document, item["document"]) for item in entry.get("evidence", ())]
        found = dict.fromkeys(row.title for row in titles if row is not None)
        lines = [say(language, "staff", "source", title=title) for title in found]
        if draft.author:
            lines.append(say(language, "staff", "author", author=draft.author))
        if draft.note:
            lines.append(say(language, "staff", "noted", note=draft.note))
        if draft.confidence < 1:
            lines.append(say(language, "staff", "sure", percent=round(draft.confidence * 100)))
        if draft.together is not None:
            lines.append(say(language, "staff", "together", number=draft.together))
        if draft.approved_by:
            lines.append(say(language, "staff", "waits_for_second", name=draft.approved_by))
        return lines

    def _how_to_edit(self, database: Session, draft: Draft, language: Language) -> Reply:
        entry = parse(draft.entry) or {}
        name = words.namer(database)
        fields = [field for field in editable(entry) if entry.get(field) not in (None, "", [])]
        held = [f"{words.field_name(field, language)}: {written(field, entry[field])}" for field in fields]
        told = [words.field_name(field, language) for field in TELLING if field in fields]
        example = f"{told[0] if told else words.field_name('name', language)}: …"
        how = say(language, "staff", "edit_how", example=example)
        title = say(language, "staff", "edit_title", number=draft.id)
        return notice(language, words.line(entry, name, language), how, *held, title=title, beside=True)


def _waiting(database: Session, number: int) -> Draft:
    draft = database.get(Draft, number)
    if draft is None or draft.state is not DraftState.WAITING:
        by = f"{draft.state.value} {draft.decided_by}" if draft else "?"
        raise ReviewError(f"#{number}: {by.strip()}")
    return draft


def _title(draft: Draft, language: Language) -> str:
    entry = parse(draft.entry) or {}
    return say(language, "staff", "draft", number=draft.id, kind=words.kind(entry, language))


def _rows(draft: Draft, language: Language) -> Rows:
    seen = digest(draft.entry)
    decide = tuple(
        button(say(language, "staff", verb), verb, draft.id, seen)
        for verb in ("accept", "edit", "reject")
        # What is said of a document is edited on its page at the desk.
        if verb != "edit" or not is_details(draft.fact_id)
    )
    return (decide, *up_row(language, "drafts", draft.id))
