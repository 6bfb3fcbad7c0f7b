"""Deputies, in every language that posts are held in: 副局长, Deputy Director. A deputy is not the head.

These words are part of how posts are named, not of how people ask; so they stand here, not in the lexicon,
and what is loaded once a revision can rest on them.
"""

import re

BEFORE = "副"
"""Stands before a Chinese post, without a blank: 副 and 局长 are one word."""

_TITLE = re.compile(f"{BEFORE}|deputy|vice", re.IGNORECASE)
"""What makes a post a deputy's."""

LEADING = ("deputy", "vice", "associate")
"""Stand before an English post, with a blank between."""

_SPACED = re.compile(rf"\b(?:{'|'.join(LEADING)})[ -][a-z]+")
"""The post of a deputy in a language with blanks, in lower case; its last word is not said of its holder."""


def is_deputy(title: str) -> bool:
    """Whether a post is a deputy's, as its title says."""
    return bool(_TITLE.search(title))


def is_spaced(words: str) -> bool:
    """Whether words in lower case are the post of a deputy in a language with blanks: deputy director."""
    return bool(_SPACED.fullmatch(words))


def without_deputies(text: str) -> str:
    """A text in lower case without the posts of deputies that are written with blanks."""
    return _SPACED.sub(" ", text)


def find_head(text: str, post: str) -> int:
    """Where a text names a Chinese post that no deputy holds: 局长, but not within 副局长; -1 for nowhere."""
    at = text.find(post)
    while at > 0 and text[at - 1] == BEFORE:
        at = text.find(post, at + 1)
    return at
