"""Plain text (.txt, .md): exactly as decoded."""

from knowledge.reading.decode import decode, is_text
from knowledge.reading.formats.extracted import Extracted, UnreadableError

_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


def extract(content: bytes) -> Extracted:
    """Read a text file; its newlines stay as they are.

    Args:
        content: UTF-8 (with or without BOM), GB18030, Big5, or UTF-16 with BOM.

    Raises:
        UnreadableError: it is no text, or in an encoding that cannot be told with certainty.
    """
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise UnreadableError(
                f"is {kind} under a wrong name. Give it its own suffix, or save its text as .txt."
            )
    text = decode(content)
    if text is None:
        raise UnreadableError("its encoding cannot be told. Save it as UTF-8 in your editor and try again.")
    if not is_text(text):
        raise UnreadableError("is not text (it holds control characters). Save it as plain text in UTF-8.")
    return Extracted(text)
