"""The typeface has every character that a picture may need."""

import tomllib
from pathlib import Path

import pytest

from bot.languages import LANGUAGES
from bot.pictures.font import missing, typefaces
from knowledge.asking.normalize import to_traditional

ROOT = Path(__file__).parents[3]


def test_it_has_every_common_chinese_character_in_both_writings() -> None:
    # The block as Unicode 1.0 had it: 20,902 characters, all of GBK's among them.
    assert missing("".join(map(chr, range(0x4E00, 0x9FA6)))) == ""
    # The extension that GB 18030 asks for.
    assert missing("".join(map(chr, range(0x3400, 0x4DB6)))) == ""


def test_it_has_every_character_of_what_is_said_in_pictures() -> None:
    core = ROOT / "knowledge"
    folders = [core / "asking" / "texts", core / "asking" / "lexicon", core / "documents" / "facts"]
    text = "".join(file.read_text("utf-8") for folder in folders for file in folder.glob("*.toml"))
    for name in ("zh", "en"):
        sections = tomllib.loads((ROOT / "bot" / "texts" / f"{name}.toml").read_text("utf-8"))
        text += "".join((*sections["picture"].values(), *sections["topics"].values()))

    assert missing(text + to_traditional(text)) == ""


def test_it_names_what_it_lacks() -> None:
    assert missing("a😀b\U0001f680😀") == "😀\U0001f680"


@pytest.mark.parametrize("family", sorted({spoken.typeface for spoken in LANGUAGES.values()}))
def test_it_is_the_only_typeface_there_is(family: str) -> None:
    assert family in typefaces().families()
    assert all(name.startswith("Noto Sans CJK") for name in typefaces().families())
