"""`investbot picture`: a signing's card, or a chain's map."""

import sys
from pathlib import Path

import click

from bot.command import REFUSED, database_option, find_asker, find_settings
from knowledge.asking.answer import Language

# What a command needs is imported inside it, so that `investbot --help` is there at once.

LANGUAGES = tuple(one.value for one in Language)


@click.command()
@click.argument("id")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; else ID.png.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@database_option
def picture(id: str, output: Path | None, language: str, database: str | None) -> None:
    """Draw a signing as a card or a chain as a map, in BUREAU_COLOUR: a PNG of 1280 pixels across.

    Exit code 1: the typeface lacks a character, so there is no picture.

    Example: investbot picture chain.ships --output ships.png --language en
    """
    from bot.pictures.card import draw
    from bot.pictures.palette import Palette

    settings = find_settings(database_url=database)
    drawn = draw(find_asker(settings), id, Language(language), Palette.of(settings.bureau_colour))
    if drawn is None:
        click.echo(
            f"There is no picture of {id}: the typeface lacks a character that stands in it.", err=True
        )
        sys.exit(REFUSED)
    path = output or Path(f"{id}.png")
    path.write_bytes(drawn)
    click.echo(path)
