"""A text as units: one Chinese character, one stemmed word, one number or one syllable of pinyin each."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from knowledge.asking.answer import Language
from knowledge.asking.syllables import COPULA, MEASURES, NUMERALS, ORDER, readings, split_pinyin
from knowledge.numerals import value
from knowledge.unseen import visible

_TOKEN = re.compile(
    r"[\u3400-\u9fff]|\d+[a-z]{1,2}(?![a-z])|(?!no\d)[a-z]{1,2}\d(?![a-z\d])|[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[^\w\s]|\w"
)
_SIGNED = re.compile("籤(?=[約訂署字名到發])")
_DIGITS = "〇零一二三四五六七八九"
_YEAR = re.compile(f"(?<![{_DIGITS}十百])[{_DIGITS}]{{4}}(?=年)")
"""How a year is spelt out: 二〇二一年."""

_MONTH = re.compile(
    "(?<![第十一二三四五六七八九])(?P<month>十[一二]|[一二三四五六七八九十])月"
    "(?:(?P<day>三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])(?P<of>[日号]))?"
)
"""A month and its day, spelt out: 五月, 五月二十六日."""

_DAY = re.compile(r"(?<=月\d)号|(?<=月\d\d)号")
"""How a day is spoken: 5月26号."""

_DAY_OF = re.compile(
    r"((?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2})(?:st|nd|rd|th)(?![a-z])"
)
"""The day of a month as it is spoken: January 28th."""

_UNSTEMMED = frozenset({"its"})
"""Words that are other words without their endings: «is its …» is no «is it …»."""

_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[A-Za-z]+")
_CAPITALIZED = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+")
_WITHIN = re.compile(r"(?<=[a-z,;:)] )([A-Z][a-z]+|US)(?![A-Za-z])")
"""Words of capitals may be stressed; of those that may be a name, one is a pronoun too."""

_LONG_LOWER = re.compile(r"(?<![A-Za-z])[a-z]{4,}")
"""A word that a title would write with a capital."""

_ENGLISH_SHARE = 0.5
"""Below this share of letters that are pinyin, a text without Chinese characters is English."""

SENTENCE = 3
"""Words of letters from which on they may be an English sentence, with Chinese names in it."""


@dataclass(frozen=True)
class Unit:
    """One unit of a text.

    Attributes:
        text: the character, the stem, the number; for a syllable of pinyin its letters.
        surface: as written, normalized.
        sounds: its readings; empty for words of English, numbers and marks.
        spelled: it was typed as pinyin, so only its sound is known.
        mark: punctuation or a symbol.
        capital: written with a capital letter where no sentence begins, as names are.
    """

    text: str
    surface: str
    sounds: tuple[str, ...] = ()
    spelled: bool = False
    mark: bool = False
    capital: bool = False


@dataclass(frozen=True)
class Normalized:
    """A text in units, and the language it is written in."""

    text: str
    units: tuple[Unit, ...]
    language: Language
    spelled: bool

    def sounds(self, start: int, end: int) -> tuple[str, ...]:
        """The commonest readings of some units, of those that have any."""
        return tuple(unit.sounds[0] for unit in self.units[start:end] if unit.sounds)

    def words(self, start: int, end: int) -> str:
        """The surface of some units; a space only between words of letters."""
        parts: list[str] = []
        for unit in self.units[start:end]:
            if parts and unit.surface[0].isascii() and unit.surface[0].isalnum() and parts[-1][-1].isascii():
                parts.append(" ")
            parts.append(unit.surface)
        return "".join(parts)


def fold_text(text: str) -> str:
    """NFKC, lower case, simplified, nothing unseen: what the same words have in common."""
    plain = unicodedata.normalize("NFKC", visible(text)).lower()
    return plain if plain.isascii() else str(_converter("t2s").convert(plain))


def in_script(text: str, language: Language) -> str:
    """Chinese words in the characters of a language."""
    return to_traditional(text) if language is Language.HANT else text


def to_traditional(text: str) -> str:
    """Simplified to traditional characters, by words."""
    # 中签 (drawing a lot) is one word to the converter, even in 集中签约 (signing together).
    return _SIGNED.sub("簽", str(_converter("s2t").convert(text)))


def normalize(text: str, english: frozenset[str] = frozenset()) -> Normalized:
    """Bring a question or a name into units.

    Args:
        text: as typed.
        english: stems that are English even if they could be pinyin ("he", "can", "change").
    """
    text = visible(text)
    folded = fold_text(text)
    dated = _in_digits(folded.replace("廿", "二十"))
    plain = _DAY_OF.sub(r"\1", _DAY.sub("日", _HYPHEN.sub(" ", dated)))
    tokens = _TOKEN.findall(plain)
    has_chinese = any("\u3400" <= token <= "\u9fff" for token in tokens)
    letters = [token for token in tokens if token[0].isascii() and token[0].isalpha()]
    spelled = bool(letters) and _is_pinyin(letters, english, has_chinese)
    units: list[Unit] = []
    ends: set[int] = set()
    capitals = _capitals(text, has_chinese)
    for token in tokens:
        made = _units(token, english, spelled, has_chinese)
        units.extend((replace(unit, capital=True) for unit in made) if token in capitals else made)
        ends.add(len(units) - 1)
    if any(unit.spelled for unit in units):
        units = _with_numerals(units, ends)
    if letters and not spelled and _is_english(letters, plain):
        language = Language.EN
    elif folded != unicodedata.normalize("NFKC", text).lower():
        language = Language.HANT
    else:
        language = Language.HANS
    return Normalized(plain, tuple(units), language, spelled)


def _in_digits(text: str) -> str:
    """A text with its years, months and days in digits."""
    if "月" not in text and "年" not in text:
        return text
    years = _YEAR.sub(lambda found: "".join(str(max(0, _DIGITS.index(one) - 1)) for one in found[0]), text)
    return _MONTH.sub(_month_in_digits, years)


def _month_in_digits(found: re.Match[str]) -> str:
    day = f"{value(found['day']):.0f}{found['of']}" if found["day"] else ""
    return f"{value(found['month']):.0f}月{day}"


def _capitals(text: str, has_chinese: bool) -> frozenset[str]:
    """The words with a capital letter that begin no sentence; none in a title, where most words have one."""
    words = _WORDS.findall(text)
    found = _CAPITALIZED.findall(text) if has_chinese else [match[1] for match in _WITHIN.finditer(text)]
    title = 2 * len(found) > len(words) and not has_chinese and not _LONG_LOWER.search(text)
    return frozenset() if title else frozenset(map(str.lower, found))


def _is_english(letters: Sequence[str], text: str) -> bool:
    """Whether words of letters make up a text: at most names are Chinese, «the co-founder of 极视角»."""
    chinese = len(_HAN.findall(text))
    return not chinese or len(letters) >= max(SENTENCE, chinese)


def _is_pinyin(letters: list[str], english: frozenset[str], has_chinese: bool) -> bool:
    total = sum(map(len, letters))
    fits = sum(len(token) for token in letters if split_pinyin(token))
    known = sum(len(token) for token in letters if stem(token) in english)
    if has_chinese:
        # «AI 园区» holds a word of English; «办公室 zai na» is pinyin in between. Names are in pinyin anyway.
        known = sum(len(one) for one in letters if stem(one) in english and len(split_pinyin(one)) < 2)
        return len(letters) > 1 and fits == total and 2 * known < total
    return fits / total > _ENGLISH_SHARE and fits > known


def _units(token: str, english: frozenset[str], spelled: bool, has_chinese: bool) -> list[Unit]:
    if "\u3400" <= token <= "\u9fff":
        return [Unit(token, token, readings(token))]
    if token[0].isalpha() and token[0].isascii():
        word = stem(token)
        parts = split_pinyin(token)
        # In a Chinese sentence a word is pinyin only if it cannot be English: dongfangyingdu是什么.
        written_out = has_chinese and len(token) > 1 and word not in english
        if parts and (spelled or written_out):
            return [Unit(part, part, (part,), spelled=True) for part in parts]
        return [Unit(word, token)]
    if token[0].isdigit():
        number = token.rstrip("abcdefghijklmnopqrstuvwxyz")
        if spelled and len(number) < len(token) and split_pinyin(token[len(number) :]):
            # 28ri is 28日.
            return [Unit(number, number), *_units(token[len(number) :], english, spelled, has_chinese)]
        return [Unit(token.replace(",", ""), token)]
    return [Unit(token, token, mark=not token.isalnum())]


def _with_numerals(units: list[Unit], ends: set[int]) -> list[Unit]:
    """Syllables that are numbers by what stands beside them: `di ba` is 第八, `qi da` 七大.

    Args:
        units: of a question.
        ends: the places of those with which a word ends, as typed: `jiudayang` begins with no number.
    """
    found = list(units)
    for place, (unit, after) in enumerate(pairwise(units)):
        if not (unit.spelled and after.spelled):
            continue
        numeral = NUMERALS.get(unit.text)
        if unit.text == ORDER[0] and after.text in NUMERALS:
            written = {place: ORDER[1], place + 1: NUMERALS[after.text]}
        elif numeral and unit.text != COPULA and after.text in MEASURES and place + 1 in ends:
            written = {place: numeral, place + 1: MEASURES[after.text]}
        else:
            continue
        for at, text in written.items():
            found[at] = Unit(text, units[at].surface, readings(text))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """An English word without its endings (Snowball)."""
    import Stemmer

    if word in _UNSTEMMED:
        return word
    # A stemmer is made for each word, since none may be used by two threads at once; it costs a microsecond.
    return str(Stemmer.Stemmer("english", 0).stemWord(word.removesuffix("'s")))


@cache
def _converter(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    import opencc

    return opencc.OpenCC(name)
