"""Questions on documents without reviewed facts: whether the passage that is quoted holds the answer."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.asking.asker import Asker
from knowledge.asking.normalize import fold_text
from knowledge.benchmark.measure import read_rows
from knowledge.benchmark.peers import PEERS, bigrams
from knowledge.build import build
from knowledge.database import open_engine

HELD = 0.6
"""The share of a long answer's pairs of characters that a passage has to hold."""

SHORT = 24
"""Characters up to which an answer has to stand in the passage as it is."""


def run(folder: Path, questions: Path, peers: Sequence[str] = tuple(PEERS)) -> dict[str, Any]:
    """Build a knowledge base of a folder and ask for its passages, ours and the other engines'.

    Args:
        folder: the documents.
        questions: a JSON object a line: `doc` (the file), `question`, `answer`.
        peers: which other engines; each is given the same passages.

    Returns:
        `hit1` and `hit3`, how many characters ours quotes at the median, and what `ask` answers rightly.
    """
    rows = read_rows(questions)
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(f"sqlite:///{place}/passages.db")
        build(engine, folder)
        asker = Asker(engine)
        passages = asker.passages()
        files = [file for file, _ in passages]
        texts = [text for _, text in passages]
        ranked = [asker.find_passages(row["question"]) for row in rows]
        answered = [asker.ask(row["question"]) for row in rows]
        engine.dispose()
    quotes = [answer.sources[0].quote if answer.sources else "" for answer in answered]
    right = [
        bool(quote) and answer.sources[0].file == row["doc"] and holds(quote, row["answer"])
        for row, answer, quote in zip(rows, answered, quotes, strict=True)
    ]
    others = {}
    for name in peers:
        found = PEERS[name](texts)
        places = [[place for place, _ in found.search(row["question"], 3)] for row in rows]
        others[name] = _hits(rows, [[(files[at], texts[at]) for at in best] for best in places])
    lengths = sorted(len(quote) for quote, good in zip(quotes, right, strict=True) if good)
    return {
        "questions": len(rows),
        "passages": len(texts),
        **_hits(rows, ranked),
        "answered_right": round(sum(right) / len(rows), 4),
        "quote_median": lengths[len(lengths) // 2] if lengths else 0,
        "peers": others,
    }


def holds(text: str, answer: str) -> bool:
    """Whether a passage has an answer: a short one to the letter, of a long one most of its words."""
    held, wanted = _plain(text), _plain(answer)
    if wanted[:SHORT] in held:
        return True
    pairs = set(bigrams(wanted))
    return len(wanted) > SHORT and len(pairs & set(bigrams(held))) > HELD * len(pairs)


def _hits(rows: Sequence[dict[str, str]], found: Sequence[Sequence[tuple[str, str]]]) -> dict[str, float]:
    marks = [
        [file == row["doc"] and holds(text, row["answer"]) for file, text in best[:3]]
        for row, best in zip(rows, found, strict=True)
    ]
    return {
        "hit1": round(sum(any(mark[:1]) for mark in marks) / len(rows), 4),
        "hit3": round(sum(any(mark) for mark in marks) / len(rows), 4),
    }


def _plain(text: str) -> str:
    return re.sub(r"\W", "", fold_text(text))


def describe(result: dict[str, Any]) -> str:
    """The result as lines to read."""
    lines = [f"{'investbot':18} hit@1 {result['hit1']:.3f}  hit@3 {result['hit3']:.3f}"]
    lines += [
        f"{name:18} hit@1 {row['hit1']:.3f}  hit@3 {row['hit3']:.3f}" for name, row in result["peers"].items()
    ]
    lines.append(
        f"Answered with a passage that holds it: {result['answered_right']:.3f} of {result['questions']}; "
        f"the median quote has {result['quote_median']} characters."
    )
    return "\n".join(lines)
