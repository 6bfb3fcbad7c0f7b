"""`ask --jsonl`: a question a line in, an answer a line out, in the same order."""

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

from bot.conversation import Conversation
from bot.memory import RunMemory
from bot.terminal import decode
from knowledge.asking.answer import Answer, Outcome
from knowledge.asking.asker import Asker

ALONE = ""
"""The chat of rows that belong to none."""


class RowError(ValueError):
    """A line is no question; the message says why."""


def answer_rows(asker: Asker, lines: Iterable[bytes]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Answer each line.

    Args:
        asker: who answers.
        lines: `{"text", "chat"}` or plain text, in UTF-8. Rows with the same chat are one conversation,
            which ends with this run.

    Yields:
        The row of the `ask --jsonl` contract, and whether the line was understood as a question.
    """
    memory = RunMemory()
    conversation = Conversation(asker, memory, "lines")
    for line in lines:
        began = time.perf_counter()
        try:
            text, chat = read_row(line)
        except RowError as error:
            yield _row("unknown", str(error)), False
            continue
        answer = conversation.text(chat, text).answer
        memory.forget(ALONE)
        yield public(answer, (time.perf_counter() - began) * 1000), True


def read_row(line: bytes) -> tuple[str, str]:
    """The question of a line, and the chat it belongs to.

    Raises:
        RowError: not UTF-8, or it begins like a JSON object and is none with a "text".
    """
    text = decode(line).strip("\r\n")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RowError(f"This line is not valid UTF-8 (character {error.start + 1}).") from error
    if not text.lstrip().startswith("{"):
        return text, ALONE
    try:
        row = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RowError(f"This line is not valid JSON: {error}.") from error
    if not isinstance(row.get("text"), str):
        raise RowError('This line has no "text": write {"text": "…", "chat": null} or plain text.')
    chat = row.get("chat")
    return row["text"], ALONE if chat is None else f"chat {chat}"


def public(answer: Answer, ms: float) -> dict[str, Any]:
    """An answer as the contract has it.

    Args:
        answer: what was said.
        ms: how long it took, in milliseconds.
    """
    offered = answer.options if answer.outcome is Outcome.CHOOSE else answer.suggestions
    return _row(
        answer.outcome.value,
        answer.text,
        sources=[source.public() for source in answer.sources],
        suggestions=[suggestion.label for suggestion in offered],
        confidence=answer.confidence,
        ms=round(ms, 2),
    )


def _row(status: str, text: str, **rest: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    empty: dict[str, Any] = {"sources": [], "suggestions": [], "confidence": 0.0, "ms": 0.0}
    return {"status": status, "text": text} | empty | rest
