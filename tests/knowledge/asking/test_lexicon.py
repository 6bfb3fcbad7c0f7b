"""The words in which people ask are data: a change is in force at once, a broken one changes nothing."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.asking import asker as asker_module
from knowledge.asking import lexicon
from knowledge.asking.answer import Outcome
from knowledge.asking.asker import Asker
from knowledge.asking.lexicon import lexicon_stamp, read_lexicon


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the words that may be changed."""
    copied = tmp_path / "lexicon"
    shutil.copytree(lexicon.FOLDER, copied)
    monkeypatch.setattr(asker_module, "read_lexicon", lambda: read_lexicon(copied))
    monkeypatch.setattr(asker_module, "lexicon_stamp", lambda: lexicon_stamp(copied))
    return copied


def test_a_new_word_is_understood_by_the_next_question(folder: Path, bureau: Engine) -> None:
    asker = Asker(bureau)
    assert asker.ask("低空经济的扛把子").outcome is not Outcome.ANSWERED
    file = folder / "zh.toml"
    text = file.read_text(encoding="utf-8")
    at = text.index("wordings = [", text.index("[topics.chain_leader]")) + len("wordings = [")
    file.write_text(f'{text[:at]}"扛把子", {text[at:]}', encoding="utf-8")

    assert "周岚" in asker.ask("低空经济的扛把子").text


def test_a_broken_file_leaves_the_words_from_before(folder: Path, bureau: Engine) -> None:
    asker = Asker(bureau)
    assert "周岚" in asker.ask("低空经济的链长是谁").text
    (folder / "zh.toml").write_text("language = ", encoding="utf-8")

    assert "周岚" in asker.ask("低空经济的链长是谁").text


def test_the_version_of_the_words_is_shown(asker: Asker) -> None:
    assert set(asker.trace("低空经济的链长是谁")["lexicon"]) == {"en", "zh"}


@pytest.mark.parametrize("question", ["ygxq有哪些产业链", "xhhkcyy在哪", "XHHKCYY占地多少"])
def test_initials_are_a_name(asker: Asker, question: str) -> None:
    assert asker.ask(question).outcome is Outcome.ANSWERED
