"""The languages the bot speaks: how each calls itself, what may be typed for it, which a program asks for."""

from dataclasses import dataclass

from knowledge.asking.answer import Language


@dataclass(frozen=True)
class Spoken:
    """What a face has to know of a language.

    Attributes:
        name: what it calls itself.
        short: the same, where there is room for two letters.
        typed: the words for it after /language.
        tags: beginnings of the BCP 47 tags that call for it, in lower case.
        region: whose line breaks and shapes of characters its pictures have.
        typeface: which of the fonts in Noto Sans CJK writes it.
    """

    name: str
    short: str
    typed: frozenset[str]
    tags: tuple[str, ...]
    region: str
    typeface: str = "Noto Sans CJK SC"


LANGUAGES = {
    Language.HANS: Spoken(
        name="简体中文",
        short="简",
        typed=frozenset({"zh", "zh-hans", "zh-cn", "cn", "简体", "简体中文", "中文", "chinese"}),
        tags=("zh",),
        region="cn",
    ),
    Language.HANT: Spoken(
        name="繁體中文",
        short="繁",
        typed=frozenset({"zh-hant", "zh-tw", "zh-hk", "tw", "hk", "繁体", "繁體", "繁體中文"}),
        tags=("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
        region="tw",
        typeface="Noto Sans CJK TC",
    ),
    Language.EN: Spoken(
        name="English",
        short="EN",
        typed=frozenset({"en", "english", "英文", "英语"}),
        tags=("en",),
        region="us",
    ),
}
"""Every language; where they are offered, in this order."""


def find_tag(tag: str) -> Language | None:
    """The language that a program's BCP 47 tag calls for, by the longest beginning; None for any other.

    Args:
        tag: e.g. zh-Hant-HK; empty for none.
    """
    low = tag.lower()
    found = [
        (len(start), one)
        for one, spoken in LANGUAGES.items()
        for start in spoken.tags
        if low.startswith(start)
    ]
    return max(found)[1] if found else None


def read_tag(tag: str) -> Language | None:
    """The same, but English for any that the bot does not speak; None for no tag."""
    return find_tag(tag) or (Language.EN if tag else None)
