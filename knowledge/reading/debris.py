"""What other farms strew over a text: ornaments, pinyin, hidden characters, lines of letters or keywords.

Each is taken out only where the document shows the habit; a line of stars under a heading, a rating of five
stars, a gloss for a rare character, a hash or a list of names stays.
"""

import re
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from knowledge.reading.brands import brands
from knowledge.reading.edits import Edit
from knowledge.reading.related import Relations

HABIT = 3
"""Seen so often within words or sentences, it is the page's habit."""

GLOSSES = 5
"""Honest papers gloss a hard word or two."""

ITEMS = 6
"""A keyword line has at least so many items …"""

SPAM_ITEMS = 2
"""… and so many of a farm's own words, or none that the rest of the page knows."""

LETTERS = 12
"""A line with fewer letters may be a code or a name."""

_HIDDEN = re.compile(r"(?<=[\u4e00-\u9fff])[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+(?=[\u4e00-\u9fff])")
# Not among them: ○ and □, which stand for a zero (二○二一) and for an unreadable character.
_ORNAMENT = "◆◇★☆▓▒░█■●◎※▲△▼▽♠♣♥♦♪♫✦✧❖☀☞☛✪✿❀〓"
_RATING = "★☆"
_ORNAMENTS = re.compile(
    f"(?<=[\u4e00-\u9fff])[{_ORNAMENT}]+(?=[\u4e00-\u9fff])|[{_ORNAMENT}]{{2,}}|(?:【】)+|[【】]{{3,}}"
)
_REPEATED = re.compile(r"([,，、;；:：~～])\1{2,}|([。!！?？])\2{3,}")
_PINYIN = re.compile(
    r"([\u4e00-\u9fff]{1,6})[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ' ]{2,40})[)）]", re.IGNORECASE
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TEACHING = re.compile("拼音|读音|读作|汉语教|生词|注音")
_TOKENS = re.compile(r"[A-Za-z0-9]+")
_LETTER_LINE = re.compile(r"[A-Za-z0-9 \t]+")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_SPEECH = re.compile(r"[aeiou]", re.IGNORECASE)
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|\d[a-z]+\d", re.IGNORECASE)
_ITEM_MARKS = re.compile(r"[\s,，、|_/;；·-]+")
_FULL_STOP = re.compile(r"[。!！?？:：“”《》(（]")


def hidden_edits(text: str) -> list[Edit]:
    """Takes out characters nobody sees from within words, where that is the page's habit."""
    found = list(_HIDDEN.finditer(text))
    if len(found) < HABIT:
        return []
    return [_out(match, "hidden character", "an invisible character within a word") for match in found]


def debris_edits(text: str, tampered: bool) -> list[Edit]:
    """Takes out ornaments, pinyin and junk lines.

    Args:
        text: the text so far.
        tampered: whether the document was judged to be rewritten: then one sign is enough.
    """
    edits = [*_lines(text, tampered), *_ornaments(text, tampered), *_glosses(text, tampered)]
    edits.sort(key=lambda edit: (edit.start, -edit.end))
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _ornaments(text: str, tampered: bool) -> list[Edit]:
    every = list(_ORNAMENTS.finditer(text))
    found = [match for match in every if _is_within(text, match)]
    # Bullets, ratings, redactions and rules under headings repeat one sign; a farm mixes many.
    mixed = [
        match
        for match in found
        if (len(set(match[0])) > 1 and not set(match[0]) <= set(_RATING)) or "【】" in match[0]
    ]
    single = [match for match in found if len(match[0]) == 1]
    habit = len(mixed) >= HABIT or (len(single) >= 2 * HABIT and len({match[0] for match in single}) > 2)
    if not habit and not (tampered and found):
        return []
    edits = [_out(match, "ornament", "signs that mean nothing here") for match in every]
    for match in _REPEATED.finditer(text):
        mark = match[1] or match[2]
        edits.append(Edit(match.start(), match.end(), match[0], mark, "ornament", "one mark repeated"))
    return edits


def _is_within(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return start > 0 and text[start - 1] != "\n" and end < len(text) and text[end] != "\n"


def _glosses(text: str, tampered: bool) -> list[Edit]:
    if _TEACHING.search(text):
        return []
    edits = []
    words = 0
    for match in _PINYIN.finditer(text):
        # 北京(Beijing) is a name for foreigners; a single character at a word's end may be a rare one.
        within = bool(_CHINESE.match(text, match.end()))
        if (
            match[2][0].isupper()
            or not (length := _read_as(match[1], match[2]))
            or (length == 1 and not within)
        ):
            continue
        words += length > 1
        start = match.end(1)
        why = "the reading of a word everybody can read"
        edits.append(Edit(start, match.end(), text[start : match.end()], "", "pinyin", why))
    return edits if tampered or words >= GLOSSES else []


def _read_as(word: str, reading: str) -> int:
    """How many characters at the word's end are read like that; 0 if none."""
    plain = reading.lower().translate(_PLAIN)
    syllables = lazy_pinyin(word, style=Style.NORMAL)
    lengths = range(1, len(syllables) + 1)
    return next((length for length in lengths if "".join(syllables[-length:]) == plain), 0)


_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv", "' ")


def _lines(text: str, tampered: bool) -> list[Edit]:
    letters: list[Edit] = []
    keywords: list[Edit] = []
    relations: Relations | None = None
    for start, end in _line_spans(text):
        line = text[start:end].strip()
        if _is_letters(line):
            letters.append(Edit(start, end, text[start:end], "", "letters", "a line of random letters"))
            continue
        items = _items(line)
        if len(items) < ITEMS:
            continue
        spam = sum(bool(brands().spam.search(item)) for item in items)
        if tampered and spam < SPAM_ITEMS:
            relations = relations or Relations(text)
            foreign = not any(map(relations.related, items))
        else:
            foreign = False
        if foreign or spam >= SPAM_ITEMS:
            keywords.append(Edit(start, end, text[start:end], "", "keywords", "a line of unrelated keywords"))
    if len(letters) < 2 and not (tampered or keywords):
        letters = []
    return letters + keywords


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, end
        start = end


def _is_letters(line: str) -> bool:
    if len(line) < LETTERS or not _LETTER_LINE.fullmatch(line):
        return False
    tokens = _TOKENS.findall(line)
    random = [token for token in tokens if len(token) >= 4 and _is_random(token)]
    return sum(map(len, random)) >= LETTERS and len(random) * 2 > len(tokens)


def _is_random(token: str) -> bool:
    if _HEX.fullmatch(token) and len(token) >= 16:
        return False
    letters = sum(char.isalpha() for char in token)
    return letters >= 4 and (len(_SPEECH.findall(token)) * 5 < letters or bool(_CLUSTER.search(token)))


def _items(line: str) -> list[str]:
    """The short items of a line that is no sentence; empty for any other line."""
    if not line or _FULL_STOP.search(line):
        return []
    items = [item for item in _ITEM_MARKS.split(line) if item]
    return items if items and all(len(item) <= 12 for item in items) else []


def _out(match: re.Match[str], rule: str, why: str) -> Edit:
    return Edit(match.start(), match.end(), match[0], "", rule, why)
