"""The bureau's colours: all that a picture needs, derived from one, and always readable.

Luminance and contrast are those of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

import re
from dataclasses import dataclass

READABLE = 4.5
"""The contrast that WCAG's level AA asks of text."""

USUAL = "#1f5fa8"
"""A calm blue."""

_STEPS = 100

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True)
class Palette:
    """The colours of a picture, each as `#rrggbb`.

    Attributes:
        brand, on_brand: the bureau's own, and what is written on it.
        paper, tint: the ground, and the ground of what is set apart.
        ink, muted, accent: what is written on both: usual, lesser, and what strikes the eye.
        line: thin lines; nothing is written in it.
    """

    brand: str
    on_brand: str
    paper: str
    tint: str
    ink: str
    muted: str
    accent: str
    line: str

    @classmethod
    def of(cls, colour: str) -> "Palette":
        """Derive all from one.

        Args:
            colour: `#rrggbb`.

        Raises:
            ValueError: it is none.
        """
        brand = read_colour(colour)
        tint = mix(brand, WHITE, 0.93)
        return cls(
            brand=write_colour(brand),
            on_brand=write_colour(_written_on(brand)),
            paper=write_colour(WHITE),
            tint=write_colour(tint),
            ink=write_colour(_readable(mix(brand, BLACK, 0.8), tint, 10.0)),
            muted=write_colour(_readable(mix(mix(brand, BLACK, 0.5), WHITE, 0.4), tint, READABLE)),
            accent=write_colour(_readable(brand, tint, READABLE)),
            line=write_colour(mix(brand, WHITE, 0.75)),
        )

    @classmethod
    def dark(cls, colour: str) -> "Palette":
        """The same for where it is dark: light letters on a dark ground; see `of`."""
        brand = read_colour(colour)
        paper = mix(brand, BLACK, 0.91)
        tint = mix(mix(brand, BLACK, 0.82), WHITE, 0.05)
        shown = _readable(brand, tint, 3.0, WHITE)
        return cls(
            brand=write_colour(shown),
            on_brand=write_colour(_written_on(shown)),
            paper=write_colour(paper),
            tint=write_colour(tint),
            ink=write_colour(_readable(mix(brand, WHITE, 0.9), tint, 10.0, WHITE)),
            muted=write_colour(_readable(mix(mix(brand, WHITE, 0.6), BLACK, 0.2), tint, READABLE, WHITE)),
            accent=write_colour(_readable(mix(brand, WHITE, 0.45), tint, READABLE, WHITE)),
            line=write_colour(mix(tint, WHITE, 0.15)),
        )


def read_colour(text: str) -> Colour:
    """A colour from `#rrggbb`.

    Raises:
        ValueError: it is none; says what one is.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("a colour as # and six digits of 0-9 and a-f, e.g. " + USUAL)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def write_colour(colour: Colour) -> str:
    """A colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Two colours mixed; `share`, 0 to 1, is how much of the other there is in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written_on(brand: Colour) -> Colour:
    """White, where it can be read on a colour, else black."""
    return max(WHITE, BLACK, key=lambda text: (contrast(text, brand) >= READABLE, text))


def _readable(colour: Colour, ground: Colour, ratio: float, towards: Colour = BLACK) -> Colour:
    """The colour, as little darker, or lighter, as it takes to be read on a ground."""
    shades = (mix(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= ratio)
