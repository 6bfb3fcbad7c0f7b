"""Other engines at the same task, to measure ours beside: each is given texts, then asked for the nearest."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from knowledge.asking.normalize import fold_text

Hits = list[tuple[int, float]]
"""Positions of texts and their scores, the best first."""


class Engine(Protocol):
    """Finds the texts nearest to a question."""

    def search(self, question: str, limit: int) -> Hits:
        """The nearest texts."""


class Scan:
    """rapidfuzz over all texts."""

    def __init__(self, scorer: Callable[..., float], texts: Sequence[str]) -> None:
        """Args: a scorer of rapidfuzz, and the texts."""
        self._scorer = scorer
        self._texts = [fold_text(text) for text in texts]

    def search(self, question: str, limit: int) -> Hits:
        """The nearest texts."""
        found = process.extract(fold_text(question), self._texts, scorer=self._scorer, limit=limit)
        return [(place, score) for _, score, place in found]


class Bm25:
    """bm25s over tokens."""

    def __init__(self, tokens: Callable[[str], list[str]], texts: Sequence[str]) -> None:
        """Args: how to cut a text into tokens, and the texts."""
        import bm25s

        self._tokens = tokens
        self._index = bm25s.BM25()
        self._index.index([tokens(fold_text(text)) for text in texts], show_progress=False)
        self._size = len(texts)

    def search(self, question: str, limit: int) -> Hits:
        """The nearest texts."""
        asked = [self._tokens(fold_text(question))]
        places, scores = self._index.retrieve(asked, k=min(limit, self._size), show_progress=False)
        return [(int(place), float(score)) for place, score in zip(places[0], scores[0], strict=True)]


class Tantivy:
    """tantivy over pairs of neighbouring characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Args: the texts."""
        import tantivy

        self._tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace")
        builder.add_integer_field("place", stored=True)
        self._schema = builder.build()
        self._folder = tempfile.TemporaryDirectory()
        self._index = tantivy.Index(self._schema, path=self._folder.name)
        writer = self._index.writer(heap_size=128_000_000, num_threads=2)
        for place, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=" ".join(bigrams(fold_text(text))), place=place))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str, limit: int) -> Hits:
        """The nearest texts."""
        query = self._tantivy.Query
        terms = [
            (self._tantivy.Occur.Should, query.term_query(self._schema, "text", gram))
            for gram in set(bigrams(fold_text(question)))
        ]
        hits = self._searcher.search(query.boolean_query(terms), limit).hits
        return [(self._searcher.doc(address)["place"][0], float(score)) for score, address in hits]


def installed() -> tuple[str, ...]:
    """The engines that are there; some come with the development tools only."""
    lacking = {name for name in ("bm25s", "tantivy") if find_spec(name) is None}
    return tuple(name for name in PEERS if name.split()[0] not in lacking)


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters, without spaces."""
    plain = "".join(text.split())
    return [plain[at : at + 2] for at in range(len(plain) - 1)] or [plain]


def words(text: str) -> list[str]:
    """Words as jieba cuts them."""
    import rjieba

    return [word for word in rjieba.cut(text) if word.strip()]


PEERS: dict[str, Callable[[Sequence[str]], Engine]] = {
    "rapidfuzz ratio": partial(Scan, fuzz.ratio),
    "rapidfuzz WRatio": partial(Scan, fuzz.WRatio),
    "bm25s bigrams": partial(Bm25, bigrams),
    "bm25s words": partial(Bm25, words),
    "tantivy bigrams": Tantivy,
}
"""Every engine by name."""
