"""`investbot desk`: the web page for staff."""

import click

from bot.command import database_option, find_settings, show_progress


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="In place of DESK_PORT.")
@database_option
def desk(port: int | None, database: str | None) -> None:
    """Serve the desk alone until stopped (Ctrl-C).

    Staff come in by a one-time link: investbot staff link NAME.

    Example: investbot desk --port 8080
    """
    from bot.serving import serve

    settings = find_settings(desk_port=port, database_url=database)
    click.echo(f"The desk is at {settings.desk_address}. Come in by: investbot staff link NAME", err=True)
    serve(settings, show_progress, renew=False, desk_only=True)
