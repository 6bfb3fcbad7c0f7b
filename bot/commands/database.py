"""`investbot database …`: the database as a whole."""

import click

from bot.command import database_option, find_settings, show_progress


@click.group(name="database")
def database_commands() -> None:
    """Look after the database as a whole."""


@database_commands.command()
@click.option("--to", "target", metavar="URL", required=True, help="An empty database, which is filled.")
@database_option
def move(target: str, database: str | None) -> None:
    """Copy everything into another, empty database: from SQLite to PostgreSQL, or back.

    Every row is compared afterwards; if one is not the same, nothing is kept. Stop the bot before, and set
    DATABASE_URL to the new database after.

    Example: investbot database move --to postgresql://investbot:secret@localhost/investbot
    """
    from knowledge.address import place
    from knowledge.database import migrate, open_engine
    from knowledge.moving import move as move_rows

    source = open_engine(find_settings(database_url=database).database_url)
    migrate(source)
    new = open_engine(target)
    moved = move_rows(source, new, show_progress)
    for name, rows in moved.items():
        click.echo(f"{name:14} {rows:>8}")
    click.echo(f"{sum(moved.values())} rows are now in {place(new.url)}, each the same as before.")
