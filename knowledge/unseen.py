"""Characters that nobody sees, or that turn the writing beside them round: taken out of what people write.

So no name turns its neighbours round, and no two names look alike and yet differ. What is seen stays: joiners
in the scripts and emoji that need them, and the sign that makes an emoji of a symbol.
"""

import re
from functools import lru_cache

_BREAKS = "\v\f\r\x1c-\x1f\x85\u2028\u2029"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800"

_NEVER = (
    # Controls but for tab and the ends of lines; what is no character.
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff"
    # What turns writing round, has no width, fills, tags, or chooses between two shapes of a letter.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SOMETIMES = "\u200c\u200d\ufe0e\ufe0f"

_LETTERS = "\u0600-\u08ff\u0900-\u109f\u1780-\u18af"
"""Scripts whose letters are joined or kept apart by signs: Arabic, those of India, Khmer, Mongolian."""

_SYMBOLS = "\u00a9\u00ae\u203c\u2049\u2100-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Among them is whatever can be an emoji."""

_ODD = re.compile(f"[{_BREAKS}{_BLANKS}{_NEVER}{_SOMETIMES}]")
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_BLANK = re.compile(f"[{_BLANKS}]")
_UNSEEN = re.compile(
    f"[{_NEVER}]"
    f"|(?<![{_LETTERS}])\u200c|\u200c(?![{_LETTERS}])"
    f"|\u200d(?!(?<=[{_LETTERS}]\u200d)[{_LETTERS}]"
    f"|(?:(?<=[{_SYMBOLS}]\u200d)|(?<=[{_SYMBOLS}]\ufe0f\u200d))[{_SYMBOLS}])"
    f"|(?<![{_SYMBOLS}])[\ufe0e\ufe0f](?!\u20e3)"
)


def visible(text: str) -> str:
    """A text without what nobody sees; one that has none of it stays as it is.

    Args:
        text: as somebody wrote it.

    Returns:
        the rest; lines end with a newline, a blank of any width but the Chinese one is plain.
    """
    if _ODD.search(text) is None:
        return text
    return _UNSEEN.sub("", _BLANK.sub(" ", _BREAK.sub("\n", text)))


@lru_cache(maxsize=50_000)
def is_seen(character: str) -> bool:
    """Whether a character alone leaves anything on the page: neither a blank nor one that nobody sees."""
    return bool(visible(character).strip())
