"""Regular expressions against texts made to keep them busy, and words of staff that are no pattern."""

import json
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette_admin.i18n import set_locale

from bot import faults
from bot.desk import errors
from knowledge.asking.asker import Asker
from knowledge.asking.encoder import load
from knowledge.database import KnowledgeError, writing
from knowledge.history import latest
from knowledge.people import SHELL
from knowledge.reading.formats.pdf_lines import Line, join_lines
from knowledge.reading.load import DocumentError, load_bytes
from knowledge.review import Reviewer
from tests.bureau import write_bureau
from tests.security.pumps import pumps

ROOT = Path(__file__).parents[2]

LENGTH = 50_000
"""Characters; a message has 2,000 at most, a line of a document may have so many. Whatever is worse than
linear shows by then.
"""

SECONDS = 1.0


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int, int]]:
    """All of them; see `tests.security.patterns`."""
    folder = write_bureau(tmp_path_factory.mktemp("documents"))
    command = [sys.executable, "-m", "tests.security.patterns", str(folder / "notice.txt")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    return [(pattern, flags, length) for pattern, flags, length in json.loads(done.stdout)]


class _TooLongError(Exception):
    pass


def _end(*_: object) -> None:
    raise _TooLongError


def longest(pattern: str, flags: int = 0, length: int = LENGTH) -> float:
    """Seconds that the hardest text takes, found everywhere it could be; what takes far too long is ended."""
    compiled, found = re.compile(pattern, flags), 0.0
    before = signal.signal(signal.SIGVTALRM, _end)
    try:
        for text in pumps(pattern, flags, length):
            began = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, 3 * SECONDS)
            with suppress(_TooLongError):
                for _ in compiled.finditer(text):
                    pass
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            found = max(found, time.process_time() - began)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return found


def test_the_texts_are_hard() -> None:
    """What is known to be bad is found, so that what is found to be good is."""
    assert longest(r"\s*(\d+)?\s*,?\s*x", length=120) > 20 * longest(r"\s*+\d++x", length=120)


def test_no_pattern_can_be_kept_busy(patterns: list[tuple[str, int, int]]) -> None:
    # Those of the desk's errors see no longer line.
    lengths = {pattern.pattern: faults.LONGEST for pattern, _ in faults._faults()}

    assert len(patterns) > 250
    assert any(length for *_, length in patterns)
    slow = {
        pattern: took
        for pattern, flags, length in patterns
        if (took := longest(pattern, flags, length or lengths.get(pattern, LENGTH))) > SECONDS
    }

    assert slow == {}


def test_a_long_line_of_an_error_is_shown_as_it_is() -> None:
    line = "1" * LENGTH
    began = time.process_time()
    set_locale("zh")
    told = errors.explain(KnowledgeError(line)), errors.explain(KnowledgeError("park.a rests on park.b."))
    set_locale("en")

    assert told[0] == line
    assert told[1] != "park.a rests on park.b."
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("question", ["83{}x", "超过83{}x", "含有“{}”的链", "83这个数{}"])
@pytest.mark.parametrize("pump", [" ", "8", "“", "万 ", "指"])
def test_a_question_of_one_thing_is_answered_in_time(asker: Asker, question: str, pump: str) -> None:
    asker.prepare()
    load()
    began = time.process_time()
    asker.ask(question.format(pump * 490))

    assert time.process_time() - began < SECONDS


def test_blanks_without_end_in_a_line_of_a_printed_file() -> None:
    began = time.process_time()
    join_lines([[Line("第 1" + " " * 20_000 + "x", 0, 100, 10)]] * 3)

    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("suffix", [".txt", ".html", ".csv"])
@pytest.mark.parametrize(
    "pump", [" ", "a:", "（", "2024年", "第一", "、", "<b>", "&amp;", "=", "\t", "http://a/"]
)
def test_a_text_of_one_thing_is_read_in_time(suffix: str, pump: str) -> None:
    began = time.process_time()
    # Read or refused, but soon.
    with suppress(DocumentError):
        load_bytes(f"a{suffix}", ("云港新区通报\n" + pump * (50_000 // len(pump))).encode())

    assert time.process_time() - began < 5 * SECONDS


PATTERNS = ["(a+)+$", ".*", "[", "(?P<", "\\", "^低空", "(?i)x{9999999}", "%", "_", "*"]


def test_other_names_that_staff_give_are_no_patterns(own_bureau: Engine) -> None:
    with writing(own_bureau) as database:
        entry = latest(database, ["park.xinghe"])["park.xinghe"].entry or {}
        aliases = [*entry.get("aliases", []), *(f"{one}园区" for one in PATTERNS)]
        Reviewer(database, SHELL).edit({**entry, "aliases": aliases}, 1)
        database.commit()
    asker = Asker(own_bureau)
    began = time.process_time()

    assert "周岚" in asker.ask("低空经济的链长是谁").text
    assert "北岸大道" in asker.ask("星河航空产业园在哪").text
    assert "北岸大道" in asker.ask("(a+)+$园区在哪").text
    asker.ask("a" * 1900 + "!园区在哪")
    assert "北岸大道" not in asker.ask("天府科学城在哪").text
    assert time.process_time() - began < 10 * SECONDS
