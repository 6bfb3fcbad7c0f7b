"""The lists under rewrites/: which words content farms put in place of which, and which brands they plant.

The files tell, at their head, how staff add to them; here they are read and checked. Everything is looked up
literally: nothing in the lists is a pattern, so no entry can make reading slow.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "rewrites"
BRANDS = "brands.toml"
GAP = "…"
REACH = 15
"""How many characters of the same clause «…» may stand for."""

_CLAUSE_END = re.compile(r"[,。;:!?，；：！？\n]")


class RewritesError(Exception):
    """An entry of the lists is wrong; says which file and word, and what to put right."""


@dataclass(frozen=True)
class Phrase:
    """A surrounding in which a word is another one (`write`), or right as it stands (`write` is None)."""

    written: str
    write: str | None
    left: str
    right: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the word at text[start:end] stands in this surrounding."""
        first, last = start - len(self.left), end + len(self.right)
        if first < 0 or not text.startswith(self.left, first) or not text.startswith(self.right, end):
            return False
        for piece in self.later:
            found = text.find(piece, last, last + REACH + len(piece))
            if found < 0 or _CLAUSE_END.search(text, last, found):
                return False
            last = found + len(piece)
        for piece in reversed(self.earlier):
            found = text.rfind(piece, max(0, first - REACH - len(piece)), first)
            if found < 0 or _CLAUSE_END.search(text, found + len(piece), first):
                return False
            first = found
        return True


@dataclass(frozen=True)
class Word:
    """A word the farms write, and what stood there: `write`, unless one of the phrases says otherwise."""

    found: str
    write: str | None
    phrases: tuple[Phrase, ...]
    proof: tuple[str, ...]

    def choose(self, text: str, start: int, end: int) -> tuple[str | None, str]:
        """What to write for text[start:end] (None: leave it), and the phrase that decided («» for none)."""
        for phrase in self.phrases:
            if phrase.fits(text, start, end):
                return phrase.write, phrase.written
        return self.write, ""


@dataclass(frozen=True)
class Rewrites:
    """All words, with one literal look-up each for the words and for the proofs."""

    words: dict[str, Word]
    finder: re.Pattern[str]
    proof_of: dict[str, str]
    proof_finder: re.Pattern[str]


@cache
def rewrites() -> Rewrites:
    """The shipped lists, read once."""
    return read_words(sorted(path for path in FOLDER.glob("*.toml") if path.name != BRANDS))


def read_words(files: list[Path]) -> Rewrites:
    """Read and check word lists.

    Raises:
        RewritesError: a list is no TOML, holds an unknown key, a phrase without its word, or a word twice.
    """
    words: dict[str, Word] = {}
    for file in files:
        for found, entry in read_toml(file).items():
            if found in words:
                raise RewritesError(f"{file.name}: «{found}» is listed twice. Put all of it into one entry.")
            words[found] = _word(file, found, entry)
    proof_of = {proof: word.found for word in words.values() for proof in word.proof}
    return Rewrites(words, literal_finder(words), proof_of, literal_finder(proof_of))


def read_toml(file: Path) -> dict[str, Any]:
    """A list as TOML. Raises RewritesError with the line where it is broken."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RewritesError(f"{file.name} cannot be read: {error}") from None


def literal_finder(literals: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """One look-up for many literals, the longest first where several fit; finds nothing if there are none."""
    longest_first = sorted(literals, key=lambda literal: (-len(literal), literal))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", flags)


def _word(file: Path, found: str, entry: object) -> Word:
    place = f"{file.name}: «{found}»"
    if not isinstance(entry, dict) or not found:
        raise RewritesError(f'{place} needs lines like write = "…".')
    if unknown := sorted(set(entry) - {"write", "instead", "keep", "proof"}):
        allowed = "write, instead, keep and proof"
        raise RewritesError(f"{place} has an unknown key {unknown[0]}; allowed are {allowed}.")
    if entry.get("write") == found:
        raise RewritesError(f"{place} is written as itself; leave `write` out.")
    kept = [(phrase, None) for phrase in entry.get("keep", [])]
    changed = [(phrase, write) for write, listed in entry.get("instead", {}).items() for phrase in listed]
    proof = tuple(entry.get("proof", []))
    for phrase in [*(phrase for phrase, _ in kept + changed), *proof]:
        if not any(found in piece for piece in phrase.split(GAP)):
            raise RewritesError(f"{place} is not in its phrase «{phrase}».")
    # The longest says most; the sort is stable, so at equal length `keep` stays first.
    phrases = sorted(
        (_phrase(found, phrase, write) for phrase, write in kept + changed),
        key=lambda phrase: -len(phrase.written.replace(GAP, "")),
    )
    return Word(found, entry.get("write"), tuple(phrases), proof)


def _phrase(found: str, written: str, write: str | None) -> Phrase:
    pieces = written.split(GAP)
    place = next(index for index, piece in enumerate(pieces) if found in piece)
    left, _, right = pieces[place].partition(found)
    return Phrase(written, write, left, right, tuple(pieces[:place]), tuple(pieces[place + 1 :]))
