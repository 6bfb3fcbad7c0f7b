from pathlib import Path

import pytest

from knowledge.reading.clean import clean
from knowledge.reading.rewrites import RewritesError, read_words, rewrites


def test_what_proves_a_rewriting_is_put_right_by_the_lists() -> None:
    lists = rewrites()
    idle = [
        proof
        for proof in lists.proof_of
        if not any(
            lists.words[match[0]].choose(proof, match.start(), match.end())[0]
            for match in lists.finder.finditer(proof)
        )
    ]

    assert idle == []


def test_no_word_is_written_as_another_that_is_never_right() -> None:
    always = {word.found for word in rewrites().words.values() if word.write and not word.phrases}
    written = {
        write
        for word in rewrites().words.values()
        for write in [word.write, *(p.write for p in word.phrases)]
    }

    assert not always & written


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('["效劳"]\nwrite = "效劳"', "written as itself"),
        ('["效劳"]\nkeep = ["服务"]', "not in its phrase «服务»"),
        ('["效劳"]\nproof = ["服务业"]', "not in its phrase «服务业»"),
        ('["效劳"]\nwrit = "服务"', "unknown key"),
        ('"效劳" = "服务"', "needs lines"),
        ('["效劳"\n', "cannot be read"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry: str, problem: str) -> None:
    file = tmp_path / "office.toml"
    file.write_text(entry, "utf-8")

    with pytest.raises(RewritesError, match=r"office\.toml") as wrong:
        read_words([file])
    assert problem in str(wrong.value)


def test_a_word_of_two_lists_is_named(tmp_path: Path) -> None:
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for file in files:
        file.write_text('["效劳"]\nwrite = "服务"', "utf-8")

    with pytest.raises(RewritesError, match=r"b\.toml: «效劳» is listed twice"):
        read_words(files)


def test_one_or_two_chance_finds_change_nothing() -> None:
    text = "云港新区的工业链很长。" + "园区的道路、供水和供电已经齐备,企业可以入驻。" * 20

    assert clean(text).text == text
