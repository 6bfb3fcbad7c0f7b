"""Replies as Telegram's HTML: escaped, within the limit, cut between entries."""

import datetime as dt
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.reply import Reply
from bot.telegram.render import LIMIT, render, units
from knowledge.asking.answer import Answer, Language, Outcome, Source

LINES = st.lists(st.text(min_size=1, max_size=300), max_size=20)


def reply(*lines: str, title: str = "", quote: str = "") -> Reply:
    source = Source("题", "a.txt", "报", "", dt.date(2024, 3, 5), "", quote, 0, len(quote))
    return Reply(
        Answer(
            Outcome.ANSWERED if quote else Outcome.UNKNOWN,
            Language.HANS,
            title=title,
            lines=lines,
            sources=(source,) if quote else (),
            credit="来源：《报》" if quote else "",
        )
    )


def bare(message: str) -> str:
    for tag in ("<b>", "</b>", "<blockquote>", "<blockquote expandable>", "</blockquote>"):
        message = message.replace(tag, "")
    return unescape(message)


def test_title_lines_quote_and_source_in_this_order() -> None:
    assert render(reply("甲 < 乙 & 丙", title="题<b>", quote="原文")) == [
        "<b>题&lt;b&gt;</b>\n甲 &lt; 乙 &amp; 丙\n<blockquote>原文</blockquote>\n来源：《报》"
    ]


def test_long_quotes_are_folded() -> None:
    assert "<blockquote expandable>" in render(reply("甲", quote="长" * 200))[0]


def test_messages_are_cut_between_entries() -> None:
    messages = render(reply("一" * 3000, "二" * 3000))

    assert messages == ["一" * 3000, "二" * 3000]


@given(LINES, st.integers(100, 400))
def test_every_message_fits_and_nothing_is_lost(lines: list[str], limit: int) -> None:
    messages = render(reply(*lines, title="题", quote="原文"), limit)

    assert all(units(message) <= limit for message in messages)
    told = "".join("".join(map(bare, messages)).split())
    assert all("".join(line.split()) in told for line in lines)


@given(st.text(alphabet="<>&\"'b/i a", max_size=200))
def test_no_tag_of_a_name_survives(text: str) -> None:
    for message in render(reply(text)):
        assert "<" not in message
        assert unescape(message).split() == text.split()


def test_emoji_count_as_telegram_counts_them() -> None:
    assert units("🙂a中") == 4
    assert all(units(message) <= LIMIT for message in render(reply("🙂" * 3000)))
