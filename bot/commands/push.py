"""`investbot push`: how far the messages of announcements are."""

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from bot.command import Commands, attempt, by_option, database_option, open_knowledge, refusing

if TYPE_CHECKING:
    from sqlmodel import Session

    from knowledge.people import Person

# What a command needs is imported inside it, so that `investbot --help` is there at once.


@click.group(cls=Commands)
def push() -> None:
    """Show how far the messages of announcements are, and send failed ones again."""


@push.command()
@click.argument("id", required=False)
@click.option("--json", "as_json", is_flag=True, help="As data.")
@database_option
def status(id: str | None, as_json: bool, database: str | None) -> None:
    """Count messages: sent, waiting, blocked, failed; with ID those of one signing or announcement.

    Exit code 1: it was not announced.

    Example: investbot push status signing.2021-01-28 --json
    """
    from bot.push.words import numbers, reasons, standing
    from knowledge.announcing.announcements import look_up
    from knowledge.announcing.content import Content
    from knowledge.announcing.reports import report, total
    from knowledge.asking.answer import Language
    from knowledge.database import snapshot

    settings, engine = open_knowledge(database)
    now = dt.datetime.now(settings.working_hours.zone)
    with snapshot(engine) as opened, refusing():
        row = look_up(opened, id) if id else None
        found = report(opened, row, now) if row else None
        progress = found.progress if found else total(opened, now)
    counts = {name: getattr(progress, name) for name in ("sent", "waiting", "blocked", "failed")}
    if as_json:
        click.echo(json.dumps(counts))
    elif row is None or found is None:
        click.echo(", ".join(f"{name} {count:,}" for name, count in counts.items()))
    else:
        title = Content.decode(row.content).told[Language.EN].title
        click.echo(f"no. {row.id} “{title}”: {standing(row, progress, now, Language.EN)}")
        click.echo(numbers(found, Language.EN))
        if found.failures:
            click.echo(f"Failed because of: {reasons(found.failures, Language.EN)}")


@push.command()
@click.argument("id")
@by_option
@database_option
def retry(id: str, by: str | None, database: str | None) -> None:
    """Send the messages of an announcement that failed again, alone.

    Exit code 1: none failed.

    Example: investbot push retry signing.2021-01-28
    """
    from knowledge.announcing.announcements import look_up, send_again

    settings, engine = open_knowledge(database)

    def act(opened: "Session", person: "Person", now: dt.datetime) -> str:
        count = send_again(opened, look_up(opened, id).id or 0, person, now)
        return f"To be sent again: {count}."

    attempt(settings, engine, by, act)
