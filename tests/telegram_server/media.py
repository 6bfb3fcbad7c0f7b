"""Messages of people that hold something else than words."""

from tests.telegram_server.files import Files
from tests.telegram_server.refusals import Json

_SIZE = {"width": 90, "height": 90}

KINDS: dict[str, tuple[str, Json]] = {
    "sticker": ("hello.webp", {**_SIZE, "type": "regular", "is_animated": False, "is_video": False}),
    "photo": ("plan.jpg", _SIZE),
    "voice": ("voice.ogg", {"duration": 2}),
    "audio": ("song.mp3", {"duration": 2}),
    "video": ("park.mp4", {**_SIZE, "duration": 2}),
    "video_note": ("round.mp4", {"length": 90, "duration": 2}),
    "animation": ("wave.mp4", {**_SIZE, "duration": 2}),
    "document": ("plan.pdf", {"file_name": "plan.pdf"}),
}
"""Kinds of files: a name, and what a message says of them."""

FILELESS: dict[str, Json] = {
    "location": {"location": {"latitude": 36.0, "longitude": 120.0}},
    "contact": {"contact": {"phone_number": "+860000", "first_name": "王"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}


def media(files: Files, kind: str, name: str = "", text: str = "") -> Json:
    """The content of a message of a kind; a document may have a name and a text of its own."""
    if kind in FILELESS:
        return FILELESS[kind]
    usual, details = KINDS[kind]
    if name:
        details = {**details, "file_name": name}
    name = name or usual
    held = {**files.add(name, (text or kind).encode()).ids, **details}
    if kind == "photo":
        return {"photo": [held]}
    # Programs that do not know animations are shown a file.
    also = {"document": {**held, "file_name": name}} if kind == "animation" else {}
    if also:
        also["document"] = {k: v for k, v in also["document"].items() if k.startswith("file_")}
    return {kind: held, **also}
