"""Days and times as people say them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.moments import ago, moment, read_moment
from knowledge.asking.answer import Language

NOW = dt.datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-03-04T09:30Z", "今天17:30"),
        ("2026-03-05T02:00Z", "明天10:00"),
        ("2026-03-03T16:30Z", "今天00:30"),
        ("2026-03-03T02:00Z", "昨天10:00"),
        ("2026-03-09T02:00Z", "2026年3月9日（周一）10:00"),
    ],
)
def test_moments(when: str, said: str) -> None:
    assert moment(dt.datetime.fromisoformat(when), NOW, Language.HANS) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-03-04T01:00Z", "今天"),
        ("2026-03-03T01:00Z", "昨天"),
        ("2026-03-02T01:00Z", "本周"),
        ("2026-02-27T01:00Z", "上周"),
        ("2026-02-23T01:00Z", "上周"),
        ("2026-02-22T01:00Z", "2026年2月22日"),
    ],
)
def test_the_past(when: str, said: str) -> None:
    assert ago(dt.datetime.fromisoformat(when), NOW, Language.HANS) == said


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-05T10:30", "2026-03-05T02:30Z"),
        (" 2026-03-05 10:30 ", "2026-03-05T02:30Z"),
        ("2026-03-05T10:30+00:00", "2026-03-05T10:30Z"),
    ],
)
def test_a_moment_is_read_by_the_clocks_of_the_bureau(text: str, at: str) -> None:
    assert read_moment(text, ZoneInfo("Asia/Shanghai")) == dt.datetime.fromisoformat(at)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-03-05", "10:30", "2026-13-05T10:30"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_moment(text, ZoneInfo("Asia/Shanghai"))
