"""HTML is read and refused as TDLib does; the cases are those of its own tests, and more."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram_server.entities import Entity, find_entities, units
from tests.telegram_server.markup import parse_html
from tests.telegram_server.refusals import Refused
from tests.telegram_server.words import clean

SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
    "code units"
)

# The flag is four bytes long, so all that follows stands at byte 13.
LEAD = "🏟 🏟&lt;"


def shape(entity: Entity) -> tuple[object, ...]:
    more = (entity[key] for key in ("url", "language", "custom_emoji_id") if key in entity)
    return (entity["type"], entity["offset"], entity["length"], *more)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("&#57311;", SURROGATES),
        ("&#xDFDF", SURROGATES),
        (f"{LEAD}<abacaba", "Unclosed start tag at byte offset 13"),
        (f"{LEAD}<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        (f"{LEAD}<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (f"{LEAD}<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        (f"{LEAD}<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        (f"{LEAD}<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        (f'{LEAD}<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        (f"{LEAD}<i    aba  =  '&lt;&gt;&quot;>", "Unclosed start tag at byte offset 13"),
        (f"{LEAD}</", "Unexpected end tag at byte offset 13"),
        (f"{LEAD}<b></b></", "Unexpected end tag at byte offset 20"),
        (f"{LEAD}<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (f"{LEAD}<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("x<br/>y", 'Unsupported start tag "br/" at byte offset 1'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_refuses_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;&#0;&", '&ge;<>&"&laquo;&#12345678;&#0;&', []),
        ("&#x4f60;&#22909", "你好", []),
        ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
        ("🏟 🏟<i>🏟 &gt;<b a   =   c>&lt🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
        ("<i aba=190azAz-.   >a</i>", "a", [("italic", 0, 1)]),
        ('<i aba  =  "&lt;&gt;&quot;">a</i  >', "a", [("italic", 0, 1)]),
        ("<i aba='&lt;>'>a</>", "a", [("italic", 0, 1)]),
        ("<B>x</b>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        (
            "<i><b><code> </code></b></i>",
            " ",
            [("code", 0, 1), ("bold", 0, 1), ("italic", 0, 1)],
        ),
        ("<a href=telegram.org> </a>", " ", [("text_link", 0, 1, "http://telegram.org/")]),
        (
            '<a href="https://A.b/?x=1&amp;y">z</a>',
            "z",
            [("text_link", 0, 1, "https://a.b/?x=1&y")],
        ),
        ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12, "http://telegram.org/")]),
        ("<a>telegram.org </a>", "telegram.org ", []),
        ('<a href="javascript:x">y</a>', "y", []),
        ('<a href="tg://user?id=7">y</a>', "y", [("text_mention", 0, 1)]),
        ("<pre><code>x</code></pre>", "x", [("pre", 0, 1), ("code", 0, 1)]),
        ('<pre><code class="language-py">x</></>', "x", [("pre", 0, 1, "py")]),
        ('<code class="language-py"><pre>x</></>', "x", [("pre", 0, 1, "py")]),
        ('<pre> <code class="language-py">x</></>', " x", [("pre", 0, 2), ("code", 1, 1)]),
        ('<span class = "tg-spoiler">a</span><tg-spoiler>b</>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ('<tg-emoji emoji-id="12345">x</tg-emoji>', "x", [("custom_emoji", 0, 1, "12345")]),
        ('<blockquote cite="">a<pre>b</></>', "ab", [("blockquote", 0, 2), ("pre", 1, 1)]),
        ("<blockquote   expandable   x>a</>", "a", [("expandable_blockquote", 0, 1)]),
    ],
)
def test_reads_what_telegram_reads(source: str, text: str, entities: list[tuple[object, ...]]) -> None:
    plain, found = parse_html(source)

    assert plain == text
    assert [shape(entity) for entity in found] == entities


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    plain, entities = parse_html(f"<b>{escape(text)}</b>")

    assert plain == text
    assert [shape(entity) for entity in entities] == ([("bold", 0, units(text))] if text else [])


@given(st.text(alphabet="<>/ab &;lt\"='", max_size=30))
def test_any_markup_is_read_or_refused(text: str) -> None:
    told, plain = "Bad Request: can't parse entities: ", ""
    entities: list[Entity] = []
    try:
        plain, entities = parse_html(text)
    except Refused as refused:
        told = refused.description

    assert told.startswith("Bad Request: can't parse entities: ")
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= units(plain) for e in entities)


@pytest.mark.parametrize(
    ("text", "cleaned", "place"),
    [
        (" \n🙂b\n ", "🙂b", (2, 1)),
        ("\0🙂\tb", "🙂 b", (3, 1)),
        ("🙂\r\nb", "🙂\nb", (3, 1)),
        ("\u202e🙂b", "🙂b", (2, 1)),
        ("\u3000b", "\u3000b", (1, 1)),
    ],
)
def test_cleans_a_text_and_keeps_entities_in_place(text: str, cleaned: str, place: tuple[int, int]) -> None:
    bold: Entity = {"type": "bold", "offset": units(text[: text.index("b")]), "length": 1}

    plain, entities = clean(text, [bold])

    assert plain == cleaned
    assert [(entity["offset"], entity["length"]) for entity in entities] == [place]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start chain", [("bot_command", 0, 6)]),
        ("/chains@bureau_test_bot x", [("bot_command", 0, 23)]),
        ("🙂 @bureau_test_bot", [("mention", 3, 16)]),
        ("a/b c@d.org @ab", [("email", 4, 7)]),
        ("https://a.b/c#d #tag", [("url", 0, 15), ("hashtag", 16, 4)]),
        ("<b>/x</b>", []),
    ],
)
def test_finds_what_telegram_marks_by_itself(text: str, found: list[tuple[object, ...]]) -> None:
    assert [shape(entity) for entity in find_entities(text)] == found
