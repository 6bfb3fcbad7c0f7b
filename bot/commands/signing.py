"""`investbot signing`: signings announced, corrected, recalled."""

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import click

from bot.command import REFUSED, Commands, attempt, by_option, database_option, open_knowledge, refusing

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.settings import Settings
    from knowledge.announcing.content import Content
    from knowledge.people import Person

# What a command needs is imported inside it, so that `investbot --help` is there at once.

PICTURES = ("none", "signing", "chain")
"""What the card may show; see `knowledge.announcing.announcements.PICTURES`."""


@click.group(cls=Commands)
def signing() -> None:
    """Announce signings to those who subscribed to them.

    ID is a signing's id, or an announcement's number. What is sent is sent by a running `investbot serve`.
    """


@signing.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@database_option
def list_signings(as_json: bool, database: str | None) -> None:
    """List the published signings, and how far their announcements are.

    Example: investbot signing list --json
    """
    from bot.push.words import standing
    from knowledge.announcing.announcements import announcement_of, published
    from knowledge.announcing.pushes import Progress
    from knowledge.announcing.reports import report
    from knowledge.asking.answer import Language
    from knowledge.database import snapshot

    settings, engine = open_knowledge(database)
    now = _now(settings)
    with snapshot(engine) as opened:
        rows = published(opened)
        for row in rows:
            held = announcement_of(opened, row.id)
            progress = report(opened, held, now).progress if held else Progress()
            if as_json:
                public = {
                    "id": row.id,
                    "name": row.name,
                    "date": row.date.isoformat() if row.date else None,
                    "announcement": held.id if held else None,
                    "state": held.state.value if held else None,
                    "at": held.at.astimezone(now.tzinfo).isoformat() if held else None,
                    "by": held.made_by if held else None,
                    "sent": progress.sent,
                    "waiting": progress.waiting,
                    "blocked": progress.blocked,
                    "failed": progress.failed,
                }
                click.echo(json.dumps(public, ensure_ascii=False))
                continue
            number = f" (no. {held.id})" if held else ""
            click.echo(
                f"{row.id} {row.date} 「{row.name}」 {standing(held, progress, now, Language.EN)}{number}"
            )
    if not rows and not as_json:
        click.echo("There are no signings.")


@signing.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Announce without showing it and asking.")
@click.option("--at", metavar="TIME", help="When it is sent, e.g. 2026-11-30T10:00 in TIME_ZONE; else now.")
@click.option("--picture", type=click.Choice(PICTURES), default=PICTURES[0], help="What the card shows.")
@by_option
@database_option
def announce(id: str, yes: bool, at: str | None, picture: str, by: str | None, database: str | None) -> None:
    """Announce a signing: show what each language will show and how many get it, ask, and send it.

    Exit code 1: it was not announced; nobody is told twice.

    Example: investbot signing announce signing.2021-01-28 --at 2026-11-30T10:00
    """
    from knowledge.announcing import announcements
    from knowledge.announcing.content import Content
    from knowledge.asking.asker import Asker
    from knowledge.database import session

    settings, engine = open_knowledge(database)
    when = _moment(at, settings)
    asker, seen = Asker(engine), ""
    if not yes:
        with session(engine) as opened, refusing():
            name = _signing(opened, id)
            shown = Content.of(asker, name)
            click.echo(_preview(opened, name, shown, when or _now(settings)))
        seen = shown.digest
        if not click.confirm("Announce it?"):
            click.echo("Refused: nothing was announced.", err=True)
            sys.exit(REFUSED)

    def act(opened: "Session", person: "Person", now: dt.datetime) -> str:
        name = _signing(opened, id)
        content = Content.of(asker, name, seen)
        chosen = "" if picture == PICTURES[0] else picture
        row = announcements.announce(opened, name, content, person, now, at=when, picture=chosen)
        told = f"It goes out at {when:%Y-%m-%d %H:%M}. " if when else ""
        return f"Announced as no. {row.id}. {told}«investbot push status {row.id}» tells how far it is."

    attempt(settings, engine, by, act)


@signing.command()
@click.argument("id")
@by_option
@database_option
def correct(id: str, by: str | None, database: str | None) -> None:
    """Let the messages of an announcement say what the facts say now; those sent are changed in place.

    Exit code 1: nothing differs, or it does not stand any more; nothing was changed.

    Example: investbot signing correct signing.2021-01-28
    """
    from bot.push.words import difference, marked
    from knowledge.announcing import announcements
    from knowledge.announcing.content import Content
    from knowledge.asking.answer import Language
    from knowledge.asking.asker import Asker

    settings, engine = open_knowledge(database)
    asker = Asker(engine)

    def act(opened: "Session", person: "Person", now: dt.datetime) -> str:
        row = announcements.look_up(opened, id)
        old, new = Content.decode(row.content), Content.of(asker, row.signing_id)
        count = announcements.correct(opened, row.id or 0, new, person, now)
        lines = [line for language in Language for line in marked(difference(old, new, language))]
        return "\n".join([*lines, f"Corrected; messages sent that are changed in place: {count}."])

    attempt(settings, engine, by, act)


@signing.command()
@click.argument("id")
@by_option
@database_option
def recall(id: str, by: str | None, database: str | None) -> None:
    """Take an announcement back: what was sent is deleted, or struck out where it cannot be any more.

    Exit code 1: it was recalled already; nothing was changed.

    Example: investbot signing recall signing.2021-01-28
    """
    from knowledge.announcing import announcements

    settings, engine = open_knowledge(database)

    def act(opened: "Session", person: "Person", now: dt.datetime) -> str:
        row = announcements.look_up(opened, id)
        count = announcements.recall(opened, row.id or 0, person, now)
        return f"Recalled; messages sent that are deleted or struck out: {count}."

    attempt(settings, engine, by, act)


@signing.command()
@click.argument("id")
@by_option
@database_option
def cancel(id: str, by: str | None, database: str | None) -> None:
    """Stop an announcement: what is not sent yet is not sent; announced again, nobody gets it twice.

    Exit code 1: everybody has it, or it does not stand any more; nothing was changed.

    Example: investbot signing cancel signing.2021-01-28
    """
    from knowledge.announcing import announcements

    settings, engine = open_knowledge(database)

    def act(opened: "Session", person: "Person", now: dt.datetime) -> str:
        row = announcements.look_up(opened, id)
        count = announcements.cancel(opened, row.id or 0, person, now)
        return f"Cancelled; messages that are not sent now: {count}."

    attempt(settings, engine, by, act)


def _moment(at: str | None, settings: "Settings") -> dt.datetime | None:
    from bot.moments import read_moment

    if at is None:
        return None
    try:
        return read_moment(at, settings.working_hours.zone)
    except ValueError as error:
        raise click.UsageError(f"--at is {at!r}; allowed is a day with a time, 2026-11-30T10:00.") from error


def _now(settings: "Settings") -> dt.datetime:
    return dt.datetime.now(settings.working_hours.zone)


def _signing(opened: "Session", id: str) -> str:
    """The signing that is meant by its id or by an announcement's number."""
    from knowledge.announcing.announcements import look_up

    return look_up(opened, id).signing_id if id.isdigit() else id


def _preview(opened: "Session", signing: str, content: "Content", at: dt.datetime) -> str:
    from bot.push.words import by_language, preview, reach
    from bot.terminal import plain
    from knowledge.announcing.announcements import heard_by
    from knowledge.announcing.release import audience
    from knowledge.asking.answer import Language

    found = audience(opened, content, at, beside=heard_by(opened, signing))
    parts = [f"— {language} —\n{plain(preview(signing, content, language, at))}" for language in Language]
    counted = f"If announced: {reach(found, Language.EN)}."
    by = by_language(found, Language.EN)
    return "\n\n".join([*parts, f"{counted} By language: {by}." if by else counted])
