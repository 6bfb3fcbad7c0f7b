"""The languages the bot speaks: how each calls itself, and what may be typed for it."""

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
