"""`investbot export`, `investbot import`: the knowledge as a workbook, both ways."""

import os
import sys
import tempfile
from pathlib import Path

import click

from bot.command import REFUSED, database_option, find_person, open_knowledge, show_progress

language_option = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Of what staff read.",
)


@click.command(name="export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@language_option
@database_option
def export_facts(file: Path, language: str, database: str | None) -> None:
    """Write every fact into a workbook to be edited in Excel: a sheet per kind.

    A file that is there is replaced.

    Example: investbot export facts.xlsx
    """
    from knowledge.database import session
    from knowledge.exchange import export_workbook
    from knowledge.exchange.problems import say
    from knowledge.history import latest

    _check_suffix(file)
    _, engine = open_knowledge(database)
    with session(engine) as opened:
        show_progress("Writing the workbook")
        content = export_workbook(opened, language)
        facts = sum(held.entry is not None for held in latest(opened).values())
    _write(file, content)
    click.echo(say(language, "report", "exported", facts=facts, file=file))


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--by", metavar="NAME", help="The member of staff who imports.")
@click.option("--reason", default="", help="Why; it stays in the history.")
@language_option
@database_option
def import_facts(
    file: Path, dry_run: bool, by: str | None, reason: str, language: str, database: str | None
) -> None:
    """Take an edited workbook back: all of it as one change, or nothing.

    Each row is shown: new, changed (old → new), or rejected and why. Exit code 1: rows were rejected, and
    nothing was changed.

    Example: investbot import facts.xlsx --dry-run
    """
    from knowledge.database import session, writing
    from knowledge.exchange import WorkbookError, apply_plan, describe, plan_import
    from knowledge.exchange.opening import MAX_BYTES
    from knowledge.exchange.problems import say
    from knowledge.review import Reviewer

    _check_suffix(file)
    if file.stat().st_size > MAX_BYTES:
        raise WorkbookError(f"{file.name} is larger than {MAX_BYTES // 2**20} MB. Split it.")
    content = file.read_bytes()
    settings, engine = open_knowledge(database)
    # Others can write while it is read: what they change meanwhile is a conflict, not lost.
    with session(engine) as opened:
        person = find_person(opened, by)
        show_progress("Reading the workbook")
        plan = plan_import(opened, content)
    click.echo(describe(plan, language))
    if plan.rejected:
        click.echo(say(language, "report", "refused"))
        sys.exit(REFUSED)
    if dry_run:
        click.echo(say(language, "report", "dry"))
        return
    with writing(engine) as opened:
        show_progress("Applying it")
        reviewer = Reviewer(opened, person, two_persons=settings.review_two_persons)
        decided = apply_plan(opened, plan, reviewer, reason=reason)
        opened.commit()
    if decided.second:
        click.echo(say(language, "report", "waits", count=len(decided.second), draft=decided.second[0].id))
    elif decided.change is None:
        click.echo(say(language, "report", "nothing"))
    else:
        click.echo(say(language, "report", "done", change=decided.change.id))


def _check_suffix(file: Path) -> None:
    from knowledge.exchange import WorkbookError

    if file.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{file.name}: only .xlsx workbooks are written and read. Name it so.")


def _write(file: Path, content: bytes) -> None:
    """Put a file in its place as a whole: whoever opens it never sees half of it."""
    from knowledge.database import KnowledgeError

    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(content)
            fresh.chmod(0o644)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise KnowledgeError(
            f"{file} cannot be written ({error.strerror}). Check its folder, and that nothing holds it open."
        ) from error
