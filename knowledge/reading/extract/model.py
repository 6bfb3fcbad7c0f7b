"""A language model as a second reader, off by default: what it proposes goes through the same gate."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from knowledge.database import KnowledgeError
from knowledge.models.fact import Kind
from knowledge.reading.extract.gate import allowed, refused
from knowledge.reading.extract.proposal import Proposal
from knowledge.reading.extract.rules import rules
from knowledge.reading.metadata import Metadata

PIECE = 5000
"""So many characters are sent at once, up to the end of a line or sentence."""

SURE = 0.6
"""Its drafts are for a person to check: nobody measured how often a given model is right."""

TIMEOUT = 120.0


class ModelError(KnowledgeError):
    """The model did not answer as it should; says what to check."""


@dataclass(frozen=True)
class Model:
    """An OpenAI-compatible address (…/v1), the model's name there and its key.

    https://platform.openai.com/docs/api-reference/chat/create is the interface.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)

    def propose(self, text: str, about: Metadata) -> list[Proposal]:
        """Drafts of a cleaned text whose quotes stand in it and hold their names and figures.

        Args:
            text: the cleaned text; `span` of the drafts counts its characters.
            about: its title and day, which the model is told.

        Raises:
            ModelError: nothing answers at the address, or what answers is no reply of a model.
        """
        found = []
        for start, piece in _pieces(text):
            for row in self._asked(piece, about):
                draft = _draft(row, piece, start)
                if draft:
                    found.append(draft)
        return found

    def _asked(self, piece: str, about: Metadata) -> list[Any]:
        import httpx

        told = f"标题：{about.title}\n日期：{about.date or '不详'}\n\n{piece}"
        messages = [
            {"role": "system", "content": rules("model")["prompt"]},
            {"role": "user", "content": told},
        ]
        request = {"model": self.name, "messages": messages, "temperature": 0}
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            reply = httpx.post(address, json=request, headers=headers, timeout=TIMEOUT)
            reply.raise_for_status()
            content = reply.json()["choices"][0]["message"]["content"]
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise ModelError(
                f"The model at EXTRACTION_URL refused ({status}); check EXTRACTION_MODEL and EXTRACTION_KEY."
            ) from error
        except httpx.HTTPError as error:
            raise ModelError(
                f"Nothing answers at EXTRACTION_URL ({type(error).__name__}); check the address."
            ) from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise ModelError(
                "What answers at EXTRACTION_URL is no chat completion; it should end in /v1."
            ) from error
        return _rows(str(content))


def _pieces(text: str) -> list[tuple[int, str]]:
    pieces, start = [], 0
    while start < len(text):
        end = min(len(text), start + PIECE)
        if end < len(text):
            cut = max(text.rfind(mark, start + PIECE // 2, end) for mark in "\n。")
            end = cut + 1 if cut > 0 else end
        pieces.append((start, text[start:end]))
        start = end
    return pieces


def _rows(content: str) -> list[Any]:
    """The drafts in a reply, also where it wraps its JSON in words; a reply without any proposes nothing."""
    match = re.search(r"\{.*\}", content, re.DOTALL)
    try:
        rows = json.loads(match[0])["drafts"] if match else []
    except (ValueError, KeyError, TypeError):
        return []
    return rows if isinstance(rows, list) else []


def _draft(row: Any, piece: str, start: int) -> Proposal | None:  # noqa: ANN401 - a model's own words
    try:
        kind, quote = Kind(row["kind"]), str(row["quote"])
        fields = allowed(kind, dict(row["fields"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    place = piece.find(quote) if quote else -1
    if place < 0 or refused(kind, fields, quote):
        return None
    return Proposal(kind, fields, (), SURE, (start + place, start + place + len(quote)))
