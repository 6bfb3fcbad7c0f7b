"""Settings: named when wrong, and all of them in .env.example."""

from pathlib import Path

import pytest

from bot.settings import ConfigurationError, Settings, read_settings

ROOT = Path(__file__).parents[2]


def test_the_example_names_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = dict(
        line.removeprefix("#").strip().split("=", 1) for line in lines if "=" in line and " =" not in line
    )

    assert set(named) == {name.upper() for name in Settings.model_fields}
    fresh = Settings(_env_file=None)
    for name in Settings.model_fields:
        value = getattr(fresh, name)
        shown = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        assert named[name.upper()] == ("" if shown is None else str(shown))


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("FLOOD_MESSAGES", "many", "integer"),
        ("FLOOD_SECONDS", "0", "greater than or equal to 1"),
        ("LOG_LEVEL", "loud", "DEBUG"),
        ("LOG_FORMAT", "xml", "json"),
        ("METRICS_PORT", "65530", "65525"),
        ("BUREAU_COLOUR", "blue", "#1f5fa8"),
        ("DESK_URL", "desk.example", "http"),
        ("DESK_PORT", "70000", "65535"),
        ("CHAT_SITES", "www.example.gov.cn", "https://www.example.gov.cn"),
        ("CHAT_SITES", "https://a.example; script-src *", "https://www.example.gov.cn"),
        ("CONFIRM_AFTER_DAYS", "-1", "greater than or equal to 0"),
        ("TELEGRAM_BASE_URL", "ftp://x", "http"),
        ("TELEGRAM_BOT_TOKEN", "no token", "@BotFather"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(key, value)

    with pytest.raises(ConfigurationError) as wrong:
        read_settings()

    assert key in str(wrong.value)
    assert allowed in str(wrong.value)


def test_a_wrong_token_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret word")

    with pytest.raises(ConfigurationError) as wrong:
        read_settings()

    assert "secret" not in str(wrong.value)


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOOD_MESSAGES", "")

    assert read_settings().flood_messages == 20


def test_a_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe")

    with pytest.raises(ConfigurationError, match=r"\.env"):
        read_settings()
