"""Questions people really asked, in other words: found again, and told from those that ask another thing."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.benchmark.matching import Ours, apart
from knowledge.benchmark.measure import Question, measure, read_rows
from knowledge.benchmark.peers import PEERS


def run(path: Path, peers: Sequence[str] = tuple(PEERS)) -> dict[str, Any]:
    """Index the canonical questions of a file, ask the variants, and see the hard negatives rejected.

    Args:
        path: a JSON object a line: `canonical`, `variants`, `hard_negatives`.
        peers: which other engines.

    Returns:
        ours at the top level, the others under `peers`.
    """
    others = {name: apart(partial(_ask, path, name)) for name in peers}
    return {**apart(partial(_ask, path, "")), "peers": others}


def _ask(path: Path, peer: str) -> dict[str, Any]:
    rows = read_rows(path)
    texts = [row["canonical"] for row in rows]
    questions = [
        Question(text, "variant", place) for place, row in enumerate(rows) for text in row["variants"]
    ]
    questions += [Question(text, "hard negative", None) for row in rows for text in row["hard_negatives"]]
    if peer:
        return measure(PEERS[peer](texts), questions).public()
    from knowledge.matching.matcher import ParaphraseMatcher
    from knowledge.matching.segment import make_segment

    return measure(Ours(ParaphraseMatcher(make_segment(enumerate(texts)))), questions).public()
