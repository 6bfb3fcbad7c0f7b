"""Photos that a bot sends: what Telegram takes, and in which sizes it shows them.

The limits are those of https://core.telegram.org/bots/api#sendphoto.
"""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from tests.telegram_server.files import Files
from tests.telegram_server.models import BufferedInputFile
from tests.telegram_server.refusals import Json, bad

LARGEST = 10 * 1024 * 1024
"""Bytes."""

SIDES, NARROWEST = 10_000, 20
"""Pixels of width and height together; how many times as long as wide."""

SHOWN = (90, 320, 800, 1280, 2560)
"""The longest sides of the sizes that are made; nothing is made larger than it was."""

_ELSEWHERE = {"width": 90, "height": 90}
"""Of a photo at an address, which the stand-in does not fetch."""


def photo_sizes(files: Files, value: object) -> list[Json]:
    """The sizes of a photo in a request, the smallest first.

    Raises:
        Refused: it is no picture, or too large, too long or too narrow a one.
    """
    file = files.sent(value)
    if not isinstance(value, BufferedInputFile):
        return [{**file.ids, **_ELSEWHERE}]
    if len(file.data) > LARGEST:
        raise bad(
            f"file of size {len(file.data)} bytes is too big for a photo; the maximum size is {LARGEST} bytes"
        )
    width, height = _measure(file.data)
    if width + height > SIDES or max(width, height) > NARROWEST * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    scales = dict.fromkeys(min(1.0, side / max(width, height)) for side in SHOWN)
    return [
        {**file.ids, "width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        for scale in scales
    ]


def _measure(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(data)) as opened:
            opened.load()
            return opened.size
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise bad("IMAGE_PROCESS_FAILED") from None
