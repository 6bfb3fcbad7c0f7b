"""A template and its data set as a picture, by Typst."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from PIL import Image

from bot.languages import LANGUAGES
from bot.pictures.font import missing, typefaces
from bot.pictures.palette import Palette
from knowledge.asking.answer import Language

LOG = logging.getLogger(__name__)

WIDTH = 1280
"""Pixels of a picture from left to right: as many as Telegram keeps."""

PHONE = 390
"""Points across, as the templates count: on a usual phone, one is one of its pixels."""

COLOURS = 64
"""Of a picture, the shades at the edges of its letters among them."""

_POINTS_PER_INCH = 72
_UNBROKEN = re.compile(r"[!-ʯ]{20,}")
_PIECE = re.compile(r"(.{10})(?=.)")
_SPACE = "\u200b"

_lock = Lock()


def set_picture(
    template: str, data: Mapping[str, Any], language: Language, palette: Palette, form: str = "png"
) -> bytes | None:
    """Set a picture; the same data make the same bytes.

    Args:
        template: the name of a file in `templates`, without its ending.
        data: what stands in it: texts, numbers, lists and mappings of them.
        language: whose typeface and line breaks to use.
        palette: its colours.
        form: png, `WIDTH` pixels across; or pdf, where the places of its words can be read.

    Returns:
        None where the typeface lacks a character: no picture is better than one with gaps.
    """
    lacking = missing("".join(_texts(data)))
    if lacking:
        LOG.warning("No picture is drawn, for its typeface lacks %s", " ".join(lacking))
        return None
    spoken = LANGUAGES[language]
    given = {
        "data": _breakable(data),
        "colours": asdict(palette),
        "text": {"font": spoken.typeface, "lang": language.words, "region": spoken.region},
        "width": PHONE,
    }
    # A compiler works for one at a time.
    with _lock:
        done = _compiler().compile(
            _templates() / f"{template}.typ",
            format="pdf" if form == "pdf" else "png",
            ppi=WIDTH / PHONE * _POINTS_PER_INCH,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            timestamp=0,
        )
    if not isinstance(done, bytes):
        raise TypeError(f"{template} is to be one page")
    return done


def tallness(picture: bytes) -> float:
    """How many times as tall as wide a PNG is."""
    with Image.open(BytesIO(picture)) as opened:
        return opened.height / opened.width


def in_few_colours(picture: bytes) -> bytes:
    """A PNG with the few colours that it needs: a quarter of the size, and nobody sees a difference."""
    out = BytesIO()
    with Image.open(BytesIO(picture)) as opened:
        few = opened.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "png", optimize=True)
    return out.getvalue()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=_templates(), font_paths=typefaces())


def _templates() -> Path:
    return Path(__file__).parent / "templates"


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from (text for value in data.values() for text in _texts(value))
    elif isinstance(data, list | tuple):
        yield from (text for value in data for text in _texts(value))


def _breakable(data: Any) -> Any:  # noqa: ANN401 - JSON values
    """The data, where words too long for a line may be broken anywhere."""
    if isinstance(data, str):
        return _UNBROKEN.sub(lambda word: _PIECE.sub(rf"\1{_SPACE}", word[0]), data)
    if isinstance(data, Mapping):
        return {key: _breakable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_breakable(value) for value in data]
    return data
