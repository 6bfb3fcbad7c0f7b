"""Secrets: in no log, error or command line, and not with the process that reads strangers' files."""

import subprocess
from pathlib import Path

import pytest

from bot.logs import RedactingFormatter
from bot.settings import Settings
from knowledge.reading.load import DocumentError, load_bytes
from tests.bot.desk.visitor import Visitor
from tests.bot.process import INVESTBOT, environ
from tests.bot.telegram.conftest import wait_until
from tests.knowledge.reading import office
from tests.security.conftest import Premises
from tests.telegram_server.client import TOKEN

TOKEN_PART = TOKEN.partition(":")[2]


def test_what_failed_is_logged_without_what_was_written(premises: Premises) -> None:
    stranger = premises.acquaintance()
    log = premises.log
    words, secret = "我的手机号是13800000000", "staff_SecretOfAnInvitation"
    wrong = {"chat": {"id": 2**70, "type": "private"}}
    premises.send(premises.message(stranger, f"/start {secret} {words}", **wrong))
    premises.send(premises.message(stranger, words, **wrong))
    wait_until(lambda: premises.log.removeprefix(log).count("An update failed") >= 2)
    told = premises.log.removeprefix(log)

    assert "An update failed" in told
    for hidden in (words, "13800000000", secret):
        assert hidden not in told


def test_no_secret_stands_in_log_errors_or_command_lines(premises: Premises, owner: Visitor) -> None:
    with Visitor(premises.desk) as visitor:
        link = premises.link("陶然")
        visitor.enter(link)
        cookie = visitor.client.cookies["investbot_desk"]
    pages = [owner.get(path).text for path in ("/nothing", "/try?text=token", "/changes/999999", "/staff")]
    own = Path(f"/proc/{premises.process.pid}/cmdline").read_bytes().decode()
    ours = Path(f"/proc/{premises.process.pid}/environ").read_bytes().decode()
    key = ours.partition("EXTRACTION_KEY=")[2].partition("\0")[0]
    secrets = [TOKEN_PART, premises.secret, link.partition("link=")[2], cookie, key]

    assert all(len(secret) > 5 for secret in secrets)
    for secret in secrets:
        assert secret not in premises.log
        assert not any(secret in page for page in pages)
        assert secret not in own


def test_every_secret_of_the_settings_is_blotted_out_of_the_log() -> None:
    import logging

    settings = Settings(
        _env_file=None,
        telegram_bot_token="12:tokentoken",
        extraction_key="keykeykey",
        database_url="postgresql://me:pass%40word@host/bureau",
    )
    formatter = RedactingFormatter(*settings.secrets)
    said = "https://x/bot12:tokentoken/getMe keykeykey pass@word word"
    told = formatter.format(logging.LogRecord("x", logging.ERROR, "", 1, said, None, None))

    assert told.endswith("https://x/bot<secret>/getMe <secret> <secret> word")


def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://me:verysecret@127.0.0.1:1/bureau"
    done = subprocess.run(
        [INVESTBOT, "explain", "周岚是谁"],
        cwd=tmp_path,
        env=environ(DATABASE_URL=url, LOG_LEVEL="DEBUG"),
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert "127.0.0.1" in done.stderr
    assert "verysecret" not in done.stdout + done.stderr


def test_who_reads_strangers_files_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    spy = tmp_path / "spy"
    spy.write_text('#!/bin/sh\nprintf \'{"refused": "knew %s of %s"}\' "$TELEGRAM_BOT_TOKEN" "$PATH"')
    spy.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(spy))
    with pytest.raises(DocumentError) as refused:
        load_bytes("a.pdf", office.printed_file())

    assert "knew  of /" in str(refused.value)
