"""What a face shows: an answer and its buttons, and what a button carries."""

import unicodedata
from dataclasses import dataclass, field
from typing import Self

from knowledge.asking.answer import Answer, Intent, Language, Outcome

LABEL_LIMIT = 40
"""Columns of a button's label; a Chinese character takes two."""

DATA_LIMIT = 64
"""Bytes of callback data that Telegram carries."""


@dataclass(frozen=True)
class Press:
    """What a button carries: an intent, the language of the message under which it stands, a page.

    Args:
        entity: an entity's id, or a word without a dot for the bot's own menus.
        topic: what is asked of it.
        language: what to answer in; None for what the person has chosen.
        page: which page of a list's buttons.
    """

    entity: str
    topic: str
    language: Language | None = None
    page: int = 0

    @property
    def intent(self) -> Intent:
        """What it asks of the knowledge base."""
        return Intent(self.entity, self.topic)

    def encode(self) -> str:
        """The callback data; without language and page where they would not fit into 64 bytes."""
        plain = self.intent.encode()
        full = f"{plain}|{self.language or ''}" + (f"|{self.page}" if self.page else "")
        return full if len(full.encode()) <= DATA_LIMIT else plain

    @classmethod
    def decode(cls, data: str) -> Self:
        """Read callback data.

        Raises:
            ValueError: no button of ours carries this.
        """
        entity, topic, language, page, *rest = [*data.split("|"), *[""] * 3][: max(4, data.count("|") + 1)]
        if not entity or not topic or rest:
            raise ValueError(f"not a button's data: {data!r}")
        return cls(entity, topic, Language(language) if language else None, int(page or 0))


@dataclass(frozen=True)
class Button:
    """A button: what stands on it and what it carries."""

    label: str
    data: str

    @classmethod
    def of(cls, label: str, press: Press) -> Self:
        """A button whose label is cut to a phone's width."""
        return cls(shorten(label), press.encode())


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a reply: its name, and its text."""

    name: str
    content: str


@dataclass(frozen=True)
class Reply:
    """A reply of the bot, the same for every face.

    Attributes:
        answer: what it says.
        rows: its buttons.
        beside: to a pressed button: it leaves the message under which the button stands as it is.
        struck: it holds no more, and is shown struck out.
        picture: a PNG that says the same better; None for none.
        attachment: a file that goes with it; None for none.
    """

    answer: Answer
    rows: Rows = field(default=())
    beside: bool = False
    struck: bool = False
    picture: bytes | None = None
    attachment: Attachment | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, in reading order."""
        return tuple(button for row in self.rows for button in row)


def notice(
    language: Language,
    *lines: str,
    title: str = "",
    rows: Rows = (),
    beside: bool = False,
    attachment: Attachment | None = None,
) -> Reply:
    """A reply in the bot's own words, which answers no question.

    Args:
        language: what it is written in.
        lines: what it says.
        title: above them.
        rows: its buttons.
        beside, attachment: see `Reply`.
    """
    answer = Answer(Outcome.UNKNOWN, language, title=title, lines=lines)
    return Reply(answer, rows, beside, attachment=attachment)


def width(text: str) -> int:
    """Columns on the screen: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def shorten(label: str, limit: int = LABEL_LIMIT) -> str:
    """Cut a label to `limit` columns, with … where something is left out."""
    if width(label) <= limit:
        return label
    kept = label
    while width(kept) > limit - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def arrange(buttons: list[Button], columns: int = LABEL_LIMIT // 2) -> Rows:
    """Two buttons a row where both labels are short enough to be read beside each other, else one.

    Args:
        buttons: in order.
        columns: how wide a label may be to share its row.
    """
    rows: list[tuple[Button, ...]] = []
    waiting: Button | None = None
    for button in buttons:
        if width(button.label) > columns:
            rows += [(waiting,)] * (waiting is not None) if waiting else []
            rows.append((button,))
            waiting = None
        elif waiting is None:
            waiting = button
        else:
            rows.append((waiting, button))
            waiting = None
    if waiting is not None:
        rows.append((waiting,))
    return tuple(rows)
