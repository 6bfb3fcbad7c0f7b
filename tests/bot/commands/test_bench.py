"""`investbot bench …`: what it starts ends with it, and what it asks is what people ask."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from bot.benchmark.folder import LOCK, PREFIX, own_folder
from bot.benchmark.updates import EASY, find_varied
from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from tests.bot.process import environ, start
from tests.bot.telegram.conftest import wait_until
from tests.bureau import write_bureau


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command(pid: int) -> str:
    """Empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.mark.parametrize("ended", [signal.SIGTERM, signal.SIGKILL])
def test_what_a_benchmark_started_ends_with_it(tmp_path: Path, ended: signal.Signals) -> None:
    write_bureau(tmp_path / "documents")
    env = environ(DOCUMENTS=str(tmp_path / "documents"), TMPDIR=str(tmp_path))
    with (tmp_path / "log.txt").open("wb") as log:
        process = start("bench", "bot", "--memory", cwd=tmp_path, env=env, stdout=log)
        wait_until(lambda: any("bot.benchmark.worker" in command(one) for one in children(process.pid)), 60)
        started = children(process.pid)

        os.kill(process.pid, ended)

        process.wait(20)
    wait_until(lambda: not any(map(command, started)))
    assert len(started) > 1


def test_the_folder_of_a_killed_benchmark_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / LOCK).touch()

    with own_folder() as running, own_folder() as other:
        assert running.exists()
        assert other.exists()
        assert not left.exists()

    assert not list(tmp_path.iterdir())


def test_every_tenth_question_is_answered_by_no_words(asker: Asker) -> None:
    questions = find_varied(asker)
    hard = questions[EASY :: EASY + 1]

    assert len(set(hard)) == len(hard) == len(questions) / (EASY + 1)
    assert {asker.ask(one).outcome for one in hard} <= {Outcome.MISSING, Outcome.UNKNOWN}
