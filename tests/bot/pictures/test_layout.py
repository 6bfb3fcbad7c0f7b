"""No word of a picture stands outside it or on another, however long the names are."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.card import chain_data, signing_data
from bot.pictures.palette import USUAL, Palette
from bot.pictures.typesetting import PHONE, set_picture
from knowledge.announcing.content import Told
from knowledge.asking.answer import Answer, Language, Outcome, Source
from knowledge.asking.chains import Branch, ChainMap, Entry
from knowledge.asking.signings import Particulars, Party

MARGIN = 20
"""Points that stay free left and right."""

SMALLEST = 12
"""Points of the smallest letters: as many pixels of a phone."""

PALETTE = Palette.of(USUAL)
ANSWER = Answer(Outcome.ANSWERED, Language.EN, credit="来源：《云港日报》2024年3月5日第2版")
SOURCE = Source("d", "d.txt", "云港日报", "", None, "", "q", 0, 1)

NAMES = st.text("云港新区产业园有限公司，、（）()WwiM -/12", min_size=1, max_size=70).filter(str.strip)
NOTES = st.lists(NAMES, max_size=3).map(tuple)
AMOUNTS = st.sampled_from(
    ["", "8亿元", "超过1234.56亿元", "over CNY 123,456 billion (超过123456亿元)", "20%"]
)
FIGURES = st.lists(st.tuples(NAMES, AMOUNTS.filter(bool)), max_size=5).map(tuple)
ENTRIES = st.builds(Entry, NAMES, NOTES)
BRANCHES = st.builds(Branch, NAMES, st.lists(ENTRIES, min_size=1, max_size=14).map(tuple))
CHAINS = st.builds(
    ChainMap,
    ENTRIES,
    NAMES,
    st.lists(ENTRIES, max_size=2).map(tuple),
    FIGURES,
    st.lists(BRANCHES, max_size=3).map(tuple),
    st.just(ANSWER),
)
SIGNINGS = st.builds(
    Particulars,
    NAMES,
    NAMES,
    NAMES,
    FIGURES,
    st.lists(st.builds(Party, NAMES, NOTES, AMOUNTS), max_size=7).map(tuple),
    st.integers(0, 3),
    st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=4).map(tuple)), max_size=3).map(tuple),
)


def places(
    template: str, data: dict[str, Any], language: Language
) -> list[tuple[float, float, float, float]]:
    """Where each letter stands: left, bottom, right, top in points."""
    drawn = set_picture(template, data, language, PALETTE, "pdf")
    assert drawn
    document = pypdfium2.PdfDocument(drawn)
    assert len(document) == 1
    page = document[0]
    text = page.get_textpage()
    found = [text.get_charbox(place) for place in range(text.count_chars())]
    width, height = page.get_size()
    document.close()
    boxes = [box for box in found if box[2] - box[0] > 0.1 and box[3] - box[1] > 0.1]
    assert width == PHONE
    assert boxes
    for left, bottom, right, top in boxes:
        assert left >= MARGIN - 1
        assert right <= PHONE - MARGIN + 1
        assert bottom >= 0
        assert top <= height
    return boxes


def apart(boxes: list[tuple[float, float, float, float]]) -> None:
    """No two letters share more than their edges."""
    boxes = sorted(boxes)
    for one, other in combinations(boxes, 2):
        wide = min(one[2], other[2]) - max(one[0], other[0])
        high = min(one[3], other[3]) - max(one[1], other[1])
        assert wide < 1 or high < 1, (one, other)


@settings(max_examples=20)
@given(CHAINS, st.sampled_from(Language))
def test_a_chains_words_stand_apart(held: ChainMap, language: Language) -> None:
    apart(places("chain", chain_data(held, "云港新区投资促进局", language), language))


@settings(max_examples=20)
@given(SIGNINGS, st.sampled_from(Language))
def test_a_signings_words_stand_apart(held: Particulars, language: Language) -> None:
    told = Told("", (), SOURCE, ANSWER.credit, held)

    apart(places("signing", signing_data(told, "云港新区投资促进局", language), language))


def test_the_smallest_letters_can_be_read_on_a_phone() -> None:
    entry = Entry("国", ("国",))
    held = ChainMap(
        entry, "国", (entry,), (("国", "国"),), (Branch("国", (entry,)),), replace(ANSWER, credit="国")
    )
    boxes = places("chain", chain_data(held, "国", Language.HANS), Language.HANS)

    # 国 fills eight tenths of its square.
    assert min(top - bottom for _, bottom, _, top in boxes if top - bottom > 6) >= SMALLEST * 0.8
