"""A document's title: where it says so, else its first line, else the first words of a text in one line."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("metadata.toml")

TITLE_LENGTH = 60
"""A longer first line is a paragraph, not a title."""

WHOLE = 90
"""In a text of one line, or where it is labelled, a title may be so long; those of offices are."""

SECOND = 30
"""A title's second line is no longer."""

HEAD = 1500

_CITED = re.compile(r"(?:刊发|题为|报道)[^《\n]{0,6}《\s*([^《》\n]{4,60})》")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENDED = re.compile(r"[。;\uff1b,\uff0c:\uff1a]$")
_SENTENCE = re.compile(r"[。,\uff0c:\uff1a]")
_ADDRESS = re.compile(r"(?<!\S)(?>\S+?[:/])\S*/")
_DATED = re.compile(r"\d{4}[-年/.]\d|\d{1,2}月\d{1,2}日")
_OF_PROGRAM = re.compile(
    r"\A(?:untitled|无标题|文档\d*|Microsoft\b.*|.*\.(?:docx?|xlsx?|wps|pdf|txt))", re.IGNORECASE
)


@dataclass(frozen=True)
class _Wordings:
    labelled: re.Pattern[str]
    label: re.Pattern[str]
    above: frozenset[str]
    office: re.Pattern[str]
    agency: re.Pattern[str]
    complete: re.Pattern[str]


@cache
def _wordings() -> _Wordings:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    labels = data["publishers"] + data["dates"] + data["titles"] + data["others"]
    every = "|".join(map(_spaced, labels))
    return _Wordings(
        labelled=re.compile(
            rf"(?:^|[\s])(?:{'|'.join(map(_spaced, data['titles']))})(?:[:\uff1a]\s*|\t)"
            rf"([^\s](?:(?!(?:{every})[:\uff1a])[^\n\t ]){{3,{WHOLE}}})(?=\s|$)"
        ),
        label=re.compile(rf"(?:{every})\s*(?:[:\uff1a]|\t)"),
        above=frozenset(data["above_title"]),
        office=re.compile(
            rf"[\u4e00-\u9fff]{{2,24}}(?:{'|'.join(map(re.escape, data['offices']))})(?:文件)?"
        ),
        agency=re.compile("|".join(map(re.escape, data["agencies"]))),
        complete=re.compile(rf"(?:{'|'.join(data['kinds'])})[)\uff09》]*$"),
    )


def find_title(text: str, said: str = "") -> str:
    """Find a document's title.

    Args:
        text: the cleaned text.
        said: what the file says it is called; believed where the text's head holds it, or has no title.

    Returns:
        the title; "" if there is none.
    """
    head = text[:HEAD]
    if _OF_PROGRAM.fullmatch(said):
        said = ""
    if said and re.sub(r"\s", "", said) in re.sub(r"\s", "", head):
        return said
    labelled = _wordings().labelled.search(head)
    if labelled:
        return labelled[1]
    return _first(text) or said


def _first(text: str) -> str:
    wordings = _wordings()
    chinese = bool(_CHINESE.search(text))
    above = ""
    for line in map(str.strip, text[: 4 * HEAD].splitlines()):
        foreign = chinese and not _CHINESE.search(line) and _ADDRESS.search(line)
        if not line or foreign or line in wordings.above or wordings.label.match(line):
            continue
        if len(line) > TITLE_LENGTH:
            return _in_one_line(line) or _cited(text)
        if _ENDED.search(line):
            return _cited(text)
        if wordings.office.fullmatch(line) and not above:
            # A letterhead, unless nothing like a title comes after it.
            above = line
            continue
        if above and not line.startswith(("关于", "印发", "转发")):
            return above.lstrip("# ")
        return (above + line if above and not above.endswith("文件") else line).lstrip("# ")
    return above


def _in_one_line(line: str) -> str:
    """The title before the first blank of a text whose lines were lost, with its second part if it has
    one."""
    wordings = _wordings()
    pieces = [piece for piece in line[:HEAD].split() if piece]
    while len(pieces) > 1 and (pieces[0] in wordings.above or wordings.office.fullmatch(pieces[0])):
        pieces.pop(0)
    if len(pieces) < 2 or len(pieces[0]) > WHOLE or "。" in pieces[0] or _ENDED.search(pieces[0]):
        return ""
    first, second = pieces[:2]
    goes_on = (
        len(pieces) > 2
        and not wordings.complete.search(first)
        and len(second) <= SECOND
        and not _SENTENCE.search(second)
        and not _DATED.search(second)
        and not wordings.agency.match(second)
        and not wordings.label.match(second)
        and not wordings.office.fullmatch(second)
        and second not in wordings.above
    )
    return f"{first} {second}" if goes_on else first


def _cited(text: str) -> str:
    cited = _CITED.search(text)
    return cited[1].strip() if cited else ""


def _spaced(word: str) -> str:
    return r"[^\S\n\t]*".join(map(re.escape, word.replace(" ", "")))
