"""The pictures of the invented bureau and of the shipped documents."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.card import (
    ENTRIES,
    PARTIES,
    TALLEST,
    NoPictureError,
    chain_data,
    draw,
    draw_signing,
    signing_data,
)
from bot.pictures.palette import USUAL, Palette
from bot.pictures.typesetting import WIDTH
from knowledge.announcing.content import Content
from knowledge.asking.answer import Language
from knowledge.asking.asker import Asker
from knowledge.asking.chains import Entry
from knowledge.asking.signings import Party

PALETTE = Palette.of(USUAL)
SIGNING, CHAIN = "signing.spring-2024", "chain.low-altitude"
LARGEST = 300_000


def opened(drawn: bytes | None) -> Image.Image:
    assert drawn is not None
    assert len(drawn) < LARGEST
    picture = Image.open(BytesIO(drawn))
    picture.load()
    assert picture.format == "PNG"
    assert picture.width == WIDTH
    assert picture.height <= TALLEST * WIDTH
    return picture.convert("RGB")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("id", [SIGNING, CHAIN, "chain.hydrogen"])
def test_pictures_of_the_invented_bureau(asker: Asker, id: str, language: Language) -> None:
    picture = opened(draw(asker, id, language, PALETTE))

    assert picture.getpixel((5, 5)) == (0x1F, 0x5F, 0xA8)
    assert picture.getpixel((5, picture.height - 5)) == (255, 255, 255)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("id", ["signing.2021-01-28", "chain.film-culture", "chain.new-economy"])
def test_pictures_of_the_shipped_documents(shipped_asker: Asker, id: str, language: Language) -> None:
    opened(draw(shipped_asker, id, language, PALETTE))


def test_the_same_picture_is_the_same_bytes(asker: Asker) -> None:
    once, again = (draw(Asker(asker._engine), CHAIN, Language.HANT, PALETTE) for _ in range(2))

    assert once == again
    assert once != draw(asker, CHAIN, Language.HANS, PALETTE)
    assert once != draw(asker, CHAIN, Language.HANT, Palette.of("#a8321f"))


def test_a_card_says_what_the_announcement_says(asker: Asker) -> None:
    told = Content.decode(Content.of(asker, SIGNING).encode()).told[Language.HANS]
    shown = signing_data(told, "云港新区", Language.HANS)

    assert (shown["name"], shown["notes"]) == ("2024年春季签约仪式", ["2024年2月18日"])
    assert [(figure["before"], figure["number"], figure["unit"]) for figure in shown["figures"]] == [
        ("超过", "90", "亿元"),
        ("", "12", "个"),
    ]
    assert [party["name"] for party in shown["parties"]] == ["海灯科技有限公司"]
    assert shown["more"] == ""
    assert shown["source"] == told.credit


def test_a_card_in_english_has_the_chinese_names_beside(asker: Asker) -> None:
    told = Content.of(asker, SIGNING).told[Language.EN]
    shown = signing_data(told, "Yungang", Language.EN)

    assert shown["name"] == "Spring 2024 signing ceremony"
    assert shown["notes"] == ["2024年春季签约仪式", "18 February 2024"]
    figure = shown["figures"][0]
    assert (figure["before"], figure["number"], figure["unit"]) == ("over CNY", "9", "billion")
    assert figure["beside"] == "超过90亿元"
    assert shown["parties"][0]["notes"] == ("海灯科技有限公司",)


def test_a_card_in_traditional_characters_is_in_them_throughout(asker: Asker) -> None:
    told = Content.of(asker, SIGNING).told[Language.HANT]
    shown = str(signing_data(told, asker.bureau(Language.HANT), Language.HANT))

    assert "雲港新區" in shown
    assert "海燈科技有限公司" in shown
    assert not set("云区约亿业") & set(shown)


def test_a_map_shows_the_leader_and_what_stands_in_the_chain(asker: Asker) -> None:
    held = asker.chain_map(CHAIN)

    assert [entry.name for entry in held.leaders] == ["周岚"]
    assert [(branch.label, [entry.name for entry in branch.entries]) for branch in held.branches] == [
        ("园区", ["星河航空产业园"]),
        ("项目", ["无人机整机项目"]),
    ]
    assert held.branches[1].entries[0].notes == ("海灯科技有限公司", "投资额（计划）：8亿元")
    assert held.answer.credit == "来源：《云港日报》2024年3月5日第2版"
    assert "post.zhou-lan-leader" in held.answer.facts


def test_what_is_too_much_is_counted(asker: Asker) -> None:
    held = asker.chain_map(CHAIN)
    branch = held.branches[0]
    many = replace(held, branches=(replace(branch, entries=(Entry("园", ()),) * 40),))
    told = Content.of(asker, SIGNING).told[Language.HANS]
    crowd = replace(told.particulars, parties=(Party("甲", (), ""),) * 8, more=4)

    assert chain_data(many, "", Language.HANS)["branches"][0]["more"] == f"另有{40 - ENTRIES[0]}个"
    shown = signing_data(replace(told, particulars=crowd), "", Language.HANS)
    assert len(shown["parties"]) == PARTIES
    assert shown["more"] == f"另有{12 - PARTIES}个"


def test_there_is_no_picture_where_a_character_is_missing(
    asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    told = Content.of(asker, SIGNING).told[Language.HANS]
    strange = replace(told, particulars=replace(told.particulars, name="签约😀"))

    assert draw_signing(strange, "云港新区", Language.HANS, PALETTE) is None
    assert "😀" in caplog.text


@pytest.mark.parametrize("id", ["chain.nowhere", "park.xinghe", "", "chain."])
def test_of_anything_else_there_is_no_picture(asker: Asker, id: str) -> None:
    with pytest.raises(NoPictureError, match="no published chain or signing"):
        draw(asker, id, Language.HANS, PALETTE)
