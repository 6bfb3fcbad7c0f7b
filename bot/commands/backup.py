"""`investbot backup` and `investbot restore`: everything in one file, and back."""

from pathlib import Path

import click

from bot.command import database_option, find_settings, show_progress


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option(
    "--keep",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="FILE is a folder: write one named after the time, and delete the oldest beyond N.",
)
@database_option
def backup(target: Path, force: bool, number: int | None, database: str | None) -> None:
    """Write everything into one file that can be restored on SQLite and on PostgreSQL; the bot may run.

    It holds what people asked: keep it where only you can read it.

    Example: investbot backup --keep 14 /var/backups/investbot
    """
    from knowledge.backup import back_up, keep
    from knowledge.database import open_engine

    if number and force:
        raise click.UsageError("Give --keep or --force; a dated name is always new.")
    engine = open_engine(find_settings(database_url=database).database_url)
    if number:
        target, manifest = keep(engine, target, number, show_progress)
    else:
        manifest = back_up(engine, target, show_progress, force=force)
    rows = sum(manifest.counts.values())
    click.echo(f"{target}: {rows} rows of {len(manifest.counts)} tables, {target.stat().st_size:,} bytes.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what the database holds; that is backed up first.")
@database_option
def restore(file: Path, replace: bool, database: str | None) -> None:
    """Put a backup into an empty database, or with --replace in the place of what it holds. Stop the bot
    before.

    All of it is put back, or nothing. One that an older version made is brought up to date.

    Example: investbot restore --replace investbot-20270301T020000Z.zip
    """
    from knowledge.address import place
    from knowledge.database import open_engine
    from knowledge.restoring import restore as put_back

    engine = open_engine(find_settings(database_url=database).database_url)
    restored = put_back(engine, file, show_progress, replace=replace)
    manifest = restored.manifest
    if restored.safety:
        click.echo(f"What was there before is in {restored.safety}.")
    rows = sum(manifest.counts.values())
    click.echo(f"{rows} rows of {manifest.made_at} are now in {place(engine.url)}.")
    if any(restored.pending):
        updates, messages, pushes = restored.pending
        click.echo(
            f"When it was made {updates} updates, {messages} messages and {pushes} pushes waited: when the "
            "bot starts they are handled and sent, maybe once more."
        )
