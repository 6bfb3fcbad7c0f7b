"""`investbot misses`, `answer`: what was asked and not answered."""

import datetime as dt
import json
import sys

import click

from bot.command import REFUSED, by_option, database_option, find_person, open_knowledge


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@database_option
def misses(as_json: bool, database: str | None) -> None:
    """List what was asked and not answered: what somebody waits for first, then the most asked.

    Example: investbot misses --json
    """
    from knowledge.database import session
    from knowledge.enquiries import open_enquiries, waiting_for

    settings, engine = open_knowledge(database)
    zone = settings.working_hours.zone
    with session(engine) as opened:
        rows = open_enquiries(opened)
        for row in rows:
            waiting = len(waiting_for(opened, row.id or 0))
            due = row.due_at.astimezone(zone) if row.due_at else None
            if as_json:
                public = {
                    "id": row.id,
                    "kind": row.kind.value,
                    "text": row.text,
                    "times": row.times,
                    "waiting": waiting,
                    "entity": row.entity,
                    "topic": row.topic,
                    "desk": row.desk,
                    "owner": row.owner,
                    "due": due.isoformat() if due else None,
                    "last": row.last_at.isoformat(),
                    "facts": row.facts.split(),
                }
                click.echo(json.dumps(public, ensure_ascii=False))
                continue
            parts = [f"asked {row.times}×"]
            parts += [f"{waiting} waiting"] if waiting else []
            parts += [f"until {due:%Y-%m-%d %H:%M}"] if due else []
            parts += [f"owner {row.owner}"] if row.owner else []
            parts += [f"said to be no answer: {row.facts}"] if row.facts else []
            click.echo(f"#{row.id} 「{row.text}」 {', '.join(parts)}")
    if not rows and not as_json:
        click.echo("Nothing is left unanswered.")


@click.command()
@click.argument("enquiry", type=int)
@click.argument("text")
@by_option
@database_option
def answer(enquiry: int, text: str, by: str | None, database: str | None) -> None:
    """Answer an enquiry once: whoever waits gets the reply, and it becomes a draft.

    TEXT is the answer in a sentence or two; or =NAME where the question only calls something by another name.
    Exit code 1: the answer was not taken; nothing was changed.

    Example: investbot answer 12 "The park has 300 parking spaces."
    """
    from bot.staff.answering import take_answer
    from bot.staff.misses import said
    from knowledge.asking.answer import Language
    from knowledge.asking.asker import Asker
    from knowledge.database import KnowledgeError, session

    settings, engine = open_knowledge(database)
    with session(engine) as opened:
        person = find_person(opened, by)
    now = dt.datetime.now(settings.working_hours.zone)
    try:
        done = take_answer(engine, Asker(engine), enquiry, text, person, now)
    except KnowledgeError as error:
        click.echo(f"Refused: {error}", err=True)
        sys.exit(REFUSED)
    for line in said(done, Language.EN):
        click.echo(line)
