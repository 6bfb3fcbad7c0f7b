"""The languages the bot speaks: how each calls itself, what may be typed for it, which a program asks for."""

from knowledge.asking.answer import Language

LANGUAGES = {
    Language.HANS: ("简体中文", {"zh", "zh-hans", "zh-cn", "cn", "简体", "简体中文", "中文", "chinese"}),
    Language.HANT: (
        "繁體中文",
        {"zh-hant", "zh-tw", "zh-hk", "tw", "hk", "繁体", "繁體", "繁體中文"},
    ),
    Language.EN: ("English", {"en", "english", "英文", "英语"}),
}
"""By language: its own name, and the words for it after /language."""


def read_tag(tag: str) -> Language | None:
    """The language that a program's BCP 47 tag calls for: English for any that the bot does not speak.

    Args:
        tag: e.g. zh-Hant-HK; empty for none.
    """
    low = tag.lower()
    if not low:
        return None
    if low.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return Language.HANT
    return Language.HANS if low.startswith("zh") else Language.EN
