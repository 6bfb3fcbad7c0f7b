"""The typeface of the pictures: Noto Sans CJK, one file for every Chinese writing, which a package ships."""

from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
import typst
from fontTools.ttLib import TTFont

_FOLDER = Path(manimgx_fonts_cjk.__file__).parent
_FILE = "NotoSansCJK-VF.otf.ttc"


@cache
def typefaces() -> typst.Fonts:
    """This typeface, and none of the machine's: a picture is the same wherever it is drawn."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FOLDER])


def missing(text: str) -> str:
    """The characters of a text that the typeface does not have, each once; empty where it has them all.

    Args:
        text: of any length. What only parts words and lines needs no shape.
    """
    return "".join(sorted({letter for letter in text if ord(letter) not in held() and letter not in "\n\t"}))


@cache
def held() -> frozenset[int]:
    """The characters that the typeface has, by their numbers; to read them takes half a second.

    Raises:
        OSError: it cannot be read.
    """
    with TTFont(_FOLDER / _FILE, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
