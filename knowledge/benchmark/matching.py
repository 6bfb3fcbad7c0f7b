"""The matcher among many entries: how often it is right, how fast, how large, beside other engines."""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.benchmark.entries import Portal
from knowledge.benchmark.measure import Question, measure
from knowledge.benchmark.noise import NOISES
from knowledge.benchmark.peers import PEERS, Hits

if TYPE_CHECKING:
    from knowledge.matching.matcher import Matcher

Result = TypeVar("Result")

SLOW = 60
"""Questions for an engine that reads every text for each."""

UPDATES = 50


class Ours:
    """The matcher as an engine among others."""

    def __init__(self, matcher: "Matcher") -> None:
        """Args: a Matcher whose ids are positions."""
        self._matcher = matcher

    def search(self, question: str, limit: int) -> Hits:
        """The nearest texts."""
        return [(found.id, found.likeness) for found in self._matcher.search(question, limit)]


def run(size: int, questions: int, seed: int, peers: Sequence[str] = tuple(PEERS)) -> dict[str, Any]:
    """Build entries, ask about them, and measure each engine in a process of its own.

    Args:
        size: how many entries.
        questions: how many with an answer; as many again have none.
        seed: where chance begins.
        peers: which other engines.

    Returns:
        ours at the top level, the others under `peers`.
    """
    with tempfile.TemporaryDirectory() as folder:
        built = apart(partial(_build, size, seed, folder))
        ours = apart(partial(_ask_ours, size, seed, questions, folder))
    others = {name: apart(partial(_ask_peer, size, seed, questions, name)) for name in peers}
    return {"size": size, **built, **ours, "peers": others}


def make_questions(portal: Portal, count: int, seed: int) -> list[Question]:
    """Noisy questions of every kind, near-misses of one slot, and questions of another world."""
    chance = Random(seed + 1)
    kinds = [*NOISES, "order", "exact"]
    found: list[Question] = []
    while len(found) < count:
        kind = kinds[len(found) % len(kinds)]
        place = chance.randrange(len(portal.entries))
        entry = portal.entries[place]
        if kind == "order":
            text = entry.turned
        else:
            text = NOISES[kind](entry.text, chance) if kind in NOISES else entry.text
        if kind == "exact" or text != entry.text:
            found.append(Question(text, kind, place))
    found += [
        Question(text, f"near-miss {slot}", None) for slot, text in portal.near_misses(count // 2, chance)
    ]
    found += [Question(text, "foreign", None) for text in portal.foreign(count - count // 2, chance)]
    chance.shuffle(found)
    return found


def _build(size: int, seed: int, folder: str) -> dict[str, float]:
    from knowledge.matching.keys import folding, sounding
    from knowledge.matching.segment import make_segment, save_segment

    texts = [entry.text for entry in Portal(size, seed).entries]
    begun = time.perf_counter()
    folding(), sounding()
    save_segment(make_segment(enumerate(texts)), Path(folder), "bench")
    return {"build_s": round(time.perf_counter() - begun, 2)}


def _ask_ours(size: int, seed: int, count: int, folder: str) -> dict[str, Any]:
    from knowledge.matching.keys import folding, sounding
    from knowledge.matching.matcher import Matcher
    from knowledge.matching.segment import make_segment, open_segment

    questions = make_questions(Portal(size, seed), count, seed)
    folding(), sounding()
    polite = list(fillers())
    Matcher(make_segment([(0, "bare")]), polite).search("bare", 1)
    bare = _resident()
    begun = time.perf_counter()
    opened = open_segment(Path(folder))
    assert opened is not None  # noqa: S101 - it was just written
    matcher = Matcher(opened[0], polite)
    open_ms = (time.perf_counter() - begun) * 1000
    measured = measure(Ours(matcher), questions)
    resident = _resident() - bare
    return {
        "rss_mb": round(resident, 1),
        "open_ms": round(open_ms, 1),
        "update_ms": round(_updates(matcher, size), 3),
        **measured.public(),
    }


def _updates(matcher: "Matcher", size: int) -> float:
    """The longest of some changes in milliseconds, each seen by the next search."""
    longest = 0.0
    for number in range(UPDATES):
        text = f"新增的第{number}条内容由谁负责"
        begun = time.perf_counter()
        matcher.add([(size + number, text)])
        longest = max(longest, (time.perf_counter() - begun) * 1000)
        assert matcher.search(text, 1)[0].id == size + number  # noqa: S101 - what is measured has to be true
    return longest


def _ask_peer(size: int, seed: int, count: int, name: str) -> dict[str, Any]:
    portal = Portal(size, seed)
    slow = name.startswith("rapidfuzz")
    questions = make_questions(portal, count, seed)[: SLOW if slow else None]
    before = _resident()
    begun = time.perf_counter()
    engine = PEERS[name]([entry.text for entry in portal.entries])
    build = time.perf_counter() - begun
    measured = measure(engine, questions)
    return {
        "build_s": round(build, 2),
        "rss_mb": round(_resident() - before, 1),
        "questions": len(questions),
        **measured.public(),
    }


def fillers() -> Iterator[str]:
    """The polite words of every language."""
    from knowledge.asking.lexicon import Part, read_lexicon

    polite = {"greetings", "thanks"}
    for text, target in read_lexicon().phrases:
        if target.part is Part.FILLER or target.value in polite:
            yield text


def _resident() -> float:
    """Resident memory of this process in MB, pages of opened files included (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def apart(task: Callable[[], Result]) -> Result:
    """Run in a fresh process, so that nobody's memory is counted for another."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task)
