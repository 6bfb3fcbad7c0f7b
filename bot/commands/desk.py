"""`investbot desk`: the web page for staff."""

from typing import TYPE_CHECKING

import click

from bot.command import database_option, find_settings, show_progress

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="In place of DESK_PORT.")
@database_option
def desk(port: int | None, database: str | None) -> None:
    """Serve the desk alone until stopped (Ctrl-C).

    Staff come in by a one-time link: investbot staff link NAME.

    Example: investbot desk --port 8080
    """
    serve_desk(find_settings(desk_port=port, database_url=database), renew=False)


def serve_desk(settings: "Settings", *, renew: bool) -> None:
    """Serve the desk alone.

    Args:
        settings: where it listens, and where the database is.
        renew: whether the knowledge is brought up to date with the documents first.
    """
    from bot.desk.application import build_desk
    from bot.desk.service import serve
    from bot.startup import open_built
    from knowledge.asking.asker import Asker

    engine = open_built(settings, show_progress, renew=renew)
    asker = Asker(engine)
    asker.prepare()
    click.echo(f"The desk is at {settings.desk_address}. Come in by: investbot staff link NAME", err=True)
    serve(build_desk(engine, asker, settings), settings)
