"""What comes out of a question: the answer, its sources, and what may be asked next."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The four ways a question can end."""

    ANSWERED = "answered"
    CHOOSE = "choose"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Language(StrEnum):
    """The languages an investor is answered in; the values are BCP 47 tags."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"

    @property
    def words(self) -> str:
        """The name of the files with its words, and the ending of the fields that hold them: zh, en.

        Both Chinese ones share theirs; traditional characters are made of them.
        """
        return self.value.partition("-")[0]


@dataclass(frozen=True)
class Intent:
    """An entity and what is asked of it, as a button carries it: `entity|topic`, at most 64 bytes."""

    entity: str
    topic: str

    def encode(self) -> str:
        """The text for a button's callback data."""
        return f"{self.entity}|{self.topic}"

    @classmethod
    def decode(cls, text: str) -> "Intent":
        """Read a button's callback data.

        Raises:
            ValueError: it is not of the form `entity|topic`.
        """
        entity, bar, topic = text.partition("|")
        if not (entity and bar and topic):
            raise ValueError(f"not an intent: {text!r}")
        return cls(entity, topic)


@dataclass(frozen=True)
class Suggestion:
    """Something to ask next: the words on the button and what it asks."""

    label: str
    intent: Intent


@dataclass(frozen=True)
class Source:
    """Where an answer stands. `start` and `end` count characters of the file as decoded, end exclusive."""

    document: str
    file: str
    publisher: str
    publisher_en: str
    date: date | None
    page: str
    quote: str
    start: int
    end: int

    def public(self) -> dict[str, Any]:
        """The fields of the `ask --jsonl` contract."""
        row = asdict(self)
        row["date"] = self.date.isoformat() if self.date else None
        del row["page"], row["publisher_en"]
        return row


REMEMBERED = 8
"""So many entities of earlier answers can still be pointed at."""


@dataclass(frozen=True)
class Context:
    """What a conversation is about: the latest entities first, the latest topics, what was shown last.

    Attributes:
        spoken: the entities in the order in which they came up, by which one is the former of two.
    """

    entities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()

    def encode(self) -> dict[str, list[str]]:
        """As plain JSON data."""
        return {field.name: list(getattr(self, field.name)) for field in fields(self)}

    def after(self, earlier: "Context") -> "Context":
        """A conversation that is about this now, and was about something else before."""
        if not self.entities:
            return earlier
        entities = tuple(dict.fromkeys((*self.entities, *earlier.entities)[:REMEMBERED]))
        again = [id for id in self.entities if id in earlier.spoken]
        # What is told together comes up together anew; what is asked about once more does not.
        before = [id for id in earlier.spoken if id not in again] if len(again) > 1 else earlier.spoken
        spoken = dict.fromkeys((*before, *self.entities))
        return replace(self, entities=entities, spoken=tuple(id for id in spoken if id in entities))

    @classmethod
    def decode(cls, data: dict[str, list[str]]) -> "Context":
        """From plain JSON data; unknown keys are left out."""
        return cls(**{field.name: tuple(data[field.name]) for field in fields(cls) if field.name in data})


NO_CONTEXT = Context()
"""A conversation that is about nothing yet."""


@dataclass(frozen=True)
class Answer:
    """An answer as any face can show it.

    Attributes:
        outcome: which of the four.
        language: what it is written in.
        title: what it is about, a few words; may be empty.
        lines: the answer, one fact a line, without markup.
        sources: the evidence of exactly these lines; empty unless answered.
        quotes: how many of them are quoted: the first, or both from which something was worked out.
        credit: the line that names the sources to a person, e.g. 来源:《…报》2021年6月6日头版.
        options: for `choose` and for lists to browse: the alternatives, any number.
        suggestions: what comes next, at most three.
        confidence: 0 to 1.
        context: what the conversation is about after this answer.
        entity, topic: what the question was about; empty where that is unknown.
        facts: ids of the facts that are told.
        strange: words of the question that nothing accounts for.
        refusal: why it is none of the bureau's business; empty where it is.
    """

    outcome: Outcome
    language: Language
    title: str = ""
    lines: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    quotes: int = 1
    credit: str = ""
    options: tuple[Suggestion, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    confidence: float = 0.0
    context: Context = NO_CONTEXT
    entity: str = ""
    topic: str = ""
    facts: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def missed(self) -> bool:
        """Whether somebody asked what the bureau might know and was not told."""
        unknown = self.outcome is Outcome.UNKNOWN and not self.refusal
        return self.outcome is Outcome.MISSING or unknown

    @property
    def quote(self) -> str:
        """The words of the sources that are quoted, as cleaned, a line each; empty without a source."""
        return "\n".join(source.quote for source in self.sources[: self.quotes])

    @property
    def text(self) -> str:
        """What an investor reads, without markup: title, lines, quote, source."""
        parts = [self.title, *self.lines]
        if self.sources:
            parts += ["", *(f"「{source.quote}」" for source in self.sources[: self.quotes]), self.credit]
        return "\n".join(parts).strip()
