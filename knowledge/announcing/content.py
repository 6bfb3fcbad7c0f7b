"""What an announcement says, in every language, and whom it concerns."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.announcing.errors import AnnouncementError, ChangedError
from knowledge.asking.answer import Answer, Language, Outcome, Source
from knowledge.asking.asker import Asker
from knowledge.asking.signings import Particulars, Party


@dataclass(frozen=True)
class Told:
    """What is told of a signing in one language: see `knowledge.asking.answer.Answer`.

    Attributes:
        particulars: the same, piece by piece.
    """

    title: str
    lines: tuple[str, ...]
    source: Source
    credit: str
    particulars: Particulars

    @classmethod
    def of(cls, answer: Answer, particulars: Particulars) -> "Told":
        """From an answer that has a source."""
        return cls(answer.title, answer.lines, answer.sources[0], answer.credit, particulars)

    def answer(self, language: Language) -> Answer:
        """As an answer to nobody's question.

        Args:
            language: what it is written in.
        """
        return Answer(
            Outcome.ANSWERED,
            language,
            title=self.title,
            lines=self.lines,
            sources=(self.source,),
            credit=self.credit,
        )


@dataclass(frozen=True)
class Content:
    """What an announcement says, and whom it concerns.

    Attributes:
        told: by language.
        entities, investment: see `knowledge.asking.signings.Scope`.
    """

    told: Mapping[Language, Told]
    entities: tuple[str, ...]
    investment: float

    @classmethod
    def of(cls, asker: Asker, signing: str, seen: str = "") -> "Content":
        """What is known of a signing now.

        Args:
            asker: who knows what is published.
            signing: its id.
            seen: the digest of what somebody was shown who goes by it; empty where that does not matter.

        Raises:
            AnnouncementError: it is not published.
            ChangedError: it is not what was shown.
        """
        if not asker.find_entity(signing) or not signing.startswith("signing."):
            raise AnnouncementError(
                f"There is no published signing {signing!r}. «investbot signing list» shows them."
            )
        scope = asker.scope(signing)
        told = {
            language: Told.of(asker.signing(signing, language), asker.particulars(signing, language))
            for language in Language
        }
        found = cls(told, scope.entities, scope.investment)
        if seen not in {"", found.digest}:
            raise ChangedError
        return found

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell whether it is still what somebody was shown."""
        return hashlib.sha256(self.encode().encode()).hexdigest()[:8]

    def encode(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=dt.date.isoformat)

    @classmethod
    def decode(cls, text: str) -> "Content":
        """From JSON."""
        data = json.loads(text)
        told = {
            Language(language): Told(
                row["title"],
                tuple(row["lines"]),
                _source(row["source"]),
                row["credit"],
                _particulars(row["particulars"]),
            )
            for language, row in data["told"].items()
        }
        return cls(told, tuple(data["entities"]), data["investment"])


def _source(row: dict[str, Any]) -> Source:
    date = dt.date.fromisoformat(row["date"]) if row["date"] else None
    return Source(**row | {"date": date})


def _particulars(row: dict[str, Any]) -> Particulars:
    return Particulars(
        row["name"],
        row["native"],
        row["date"],
        tuple((counted, amount) for counted, amount in row["figures"]),
        tuple(Party(party["name"], tuple(party["notes"]), party["amount"]) for party in row["parties"]),
        row["more"],
        tuple((label, tuple(names)) for label, names in row["concerned"]),
    )
