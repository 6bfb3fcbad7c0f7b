"""The bureau's colours can be read, whatever colour it chooses."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.palette import BLACK, READABLE, USUAL, WHITE, Palette, contrast, read_colour

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize("derive", [Palette.of, Palette.dark])
@given(colour=COLOURS)
def test_every_text_can_be_read_on_its_ground(derive: Callable[[str], Palette], colour: str) -> None:
    palette = derive(colour)

    pairs = [(palette.on_brand, palette.brand)]
    for ground in (palette.paper, palette.tint):
        pairs += [(text, ground) for text in (palette.ink, palette.muted, palette.accent)]
    for text, ground in pairs:
        assert contrast(read_colour(text), read_colour(ground)) >= READABLE
    assert palette.brand == colour or derive == Palette.dark


def test_a_dark_colour_stays_what_strikes_the_eye() -> None:
    assert Palette.of(USUAL).accent == USUAL
    assert Palette.of(USUAL).on_brand == "#ffffff"
    assert Palette.of("#ffd400").on_brand == "#000000"


@given(COLOURS)
def test_where_it_is_dark_letters_are_lighter_than_their_ground(colour: str) -> None:
    palette = Palette.dark(colour)

    for ground in (palette.paper, palette.tint):
        dark = contrast(read_colour(ground), BLACK)
        assert all(
            contrast(read_colour(text), BLACK) > dark
            for text in (palette.ink, palette.muted, palette.accent, palette.brand)
        )


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(WHITE, BLACK) == 21
    assert contrast(WHITE, (0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["", "blue", "#12345", "1f5fa8", "#1f5fa8 ", "#gggggg"])
def test_what_is_no_colour_is_refused_with_an_example(colour: str) -> None:
    with pytest.raises(ValueError, match="#1f5fa8"):
        read_colour(colour)
