"""Reading a document's bytes: which encoding they are in, and a plain refusal where they are no text."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20 * 1024 * 1024

SAMPLE = 200_000
"""So many characters are enough to judge whether a decoding reads as Chinese."""

PLAUSIBLE = 0.08
"""In real Chinese a third of all characters are among the commonest; in a wrong decoding one in fifty."""

_COMMONEST = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "這個國我們來時為會發動過說產種後經進著還點從業體當現實兩機應開關無條沒結問見計長將義與間樣區總統資邊級圖變質氣數線電"
    "市企项目省县镇乡村投规划招商引服务创新集团司局委院府办报记者今本元亿万项總務處規劃億萬報記縣鎮鄉"
)
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1b\x85")


class DocumentError(Exception):
    """A document that cannot be read; says which, and what to do."""

    def __init__(self, path: Path, advice: str) -> None:
        self.path = path
        self.advice = advice
        super().__init__(f"{path.name}: {advice}")


@dataclass(frozen=True)
class Loaded:
    """A document as it lies in its folder.

    Attributes:
        name: the file's name.
        sha256: of the file's bytes, in hex; by this facts name their document.
        text: as decoded, without a byte order mark, newlines as they are: every offset counts its characters.
    """

    name: str
    sha256: str
    text: str


def load(path: Path) -> Loaded:
    """Read one document.

    Args:
        path: a .txt or .md file in UTF-8 (with or without BOM), GB18030, Big5, or UTF-16 with BOM.

    Raises:
        DocumentError: the file is missing, empty, too large, of another type, no text, or in an encoding that
            cannot be told with certainty.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(
            path, f"only {' and '.join(SUFFIXES)} files are read. Save it as plain text (.txt)."
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(path, f"is larger than {MAX_BYTES // 2**20} MB. Split it into smaller files.")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise DocumentError(
            path, f"cannot be opened ({reason}). Check that it is there and may be read."
        ) from None
    if not content.strip():
        raise DocumentError(path, "is empty. Put the document's text into it, or remove it.")
    text = _decode(path, content)
    if not text.strip():
        raise DocumentError(path, "holds only blanks. Put the document's text into it, or remove it.")
    return Loaded(path.name, hashlib.sha256(content).hexdigest(), text)


def _decode(path: Path, content: bytes) -> str:
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise DocumentError(path, f"is {kind} under a wrong name. Save its text as plain text (.txt).")
    text = _decoded(content, "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    if text is None:
        text = _judged(content)
    if text is None:
        raise DocumentError(
            path, "its encoding cannot be told. Save it as UTF-8 in your editor and try again."
        )
    if any(not char.isprintable() and char < "\xa0" and char not in _TEXT_CONTROLS for char in set(text)):
        raise DocumentError(
            path, "is not text (it holds control characters). Save it as plain text in UTF-8."
        )
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _judged(content: bytes) -> str | None:
    """The older Chinese encoding in which the bytes read as Chinese; None if neither clearly does."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    simplified = _decoded(content, "gb18030")
    traditional = _decoded(content, "cp950") or _decoded(content, "big5hkscs")
    (low, _), (high, best) = sorted(
        ((_plausibility(text), text) for text in (simplified, traditional)), key=lambda scored: scored[0]
    )
    return best if high >= PLAUSIBLE and high >= 2 * low else None


def _plausibility(text: str | None) -> float:
    """The share of the commonest Chinese characters among all that are not ASCII; 0 for no text."""
    foreign = [char for char in (text or "")[:SAMPLE] if char > "\x7f"]
    return sum(char in _COMMONEST for char in foreign) / len(foreign) if foreign else 0.0
