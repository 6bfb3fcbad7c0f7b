"""`investbot history`: who changed what, and what investors were told on a day."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import click

from bot.command import database_option, open_knowledge

if TYPE_CHECKING:
    from knowledge.models import Change, Version

# What a command needs is imported inside it, so that `investbot --help` is there at once.

FEW = 10
"""So many facts of a change are shown one by one."""


@click.command()
@click.argument("fact", required=False, metavar="[ID]")
@click.option("--at", metavar="DAY", help="What was published when this day ended, e.g. 2021-05-03.")
@click.option("--about", metavar="NAME", help="With --at: about what.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Changes at most.")
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@database_option
def history(
    fact: str | None, at: str | None, about: str | None, limit: int, as_json: bool, database: str | None
) -> None:
    """Show who changed what, when and why; or what investors were told about something on a day.

    Examples: investbot history park.harbour
              investbot history --at 2021-05-03 --about "Harbour Park"
    """
    if (at is None) != (about is None):
        raise click.UsageError("--at and --about go together: --at 2021-05-03 --about NAME.")
    if at is not None and about is not None:
        _told(database, about, at, as_json)
        return
    from bot.staff import words
    from knowledge.asking.answer import Language
    from knowledge.database import session
    from knowledge.entries import parse
    from knowledge.history import changes

    settings, engine = open_knowledge(database)
    with session(engine) as opened:
        found = changes(opened, fact_id=fact, limit=limit)
        name = words.namer(opened)
        for change, made in found:
            if as_json:
                click.echo(json.dumps(_public_change(change, made), ensure_ascii=False))
                continue
            when = change.at.astimezone(settings.working_hours.zone)
            reason = f": {change.reason}" if change.reason else ""
            undone = f" of change {change.undoes}" if change.undoes else ""
            click.echo(
                f"{change.id}  {when:%Y-%m-%d %H:%M}  {change.actor}  {change.action.value}{undone}{reason}"
            )
            for version in made if fact or len(made) <= FEW else ():
                lines = words.changed(parse(version.before), parse(version.after), name, Language.EN)
                for line in lines or ["its evidence"]:
                    click.echo(f"    {version.fact_id}: {line}")
            if not fact and len(made) > FEW:
                click.echo(f"    {len(made)} facts; «investbot history ID» shows one.")
    if not found and not as_json:
        click.echo(f"No change of {fact} was ever made." if fact else "Nothing was ever changed.")


def _public_change(change: "Change", made: "list[Version]") -> dict[str, Any]:
    from knowledge.entries import parse
    from knowledge.history import differences

    return {
        "change": change.id,
        "at": change.at.isoformat(),
        "by": change.actor,
        "action": change.action.value,
        "reason": change.reason,
        "undoes": change.undoes,
        "facts": [
            {
                "fact": version.fact_id,
                "version": version.number,
                "differences": [
                    vars(item) for item in differences(parse(version.before), parse(version.after))
                ],
            }
            for version in made
        ],
    }


def _told(database: str | None, about: str, at: str, as_json: bool) -> None:
    from bot.staff import words
    from knowledge.asking.answer import Language
    from knowledge.database import session
    from knowledge.telling import told

    try:
        day = dt.date.fromisoformat(at)
    except ValueError:
        raise click.BadParameter(f"{at!r} is no day; write it like 2021-05-03.", param_hint="--at") from None
    settings, engine = open_knowledge(database)
    begin = dt.datetime.combine(day, dt.time(), settings.working_hours.zone)
    with session(engine) as opened:
        found = told(opened, about, begin, begin + dt.timedelta(days=1))
    if as_json:
        for entry in found.facts:
            click.echo(json.dumps({"fact": entry}, ensure_ascii=False))
        for row in found.questions:
            asked = {"at": row.asked_at.isoformat(), "text": row.text, "status": row.status}
            click.echo(json.dumps({"question": asked | {"facts": row.facts.split()}}, ensure_ascii=False))
        return

    def name(id: str) -> str:
        return str(found.state.get(id, {}).get("name") or id)

    click.echo(f"Published about {', '.join(map(name, found.entities))} on {day}:")
    for entry in found.facts:
        click.echo(f"  {entry['id']}: {words.line(entry, name, Language.EN)}")
        if words.quote(entry):
            click.echo(f"      「{words.quote(entry)}」")
    click.echo(f"Asked on that day: {len(found.questions) or 'nothing'}")
    for row in found.questions:
        shown = f": {', '.join(row.facts.split())}" if row.facts else ""
        when = row.asked_at.astimezone(settings.working_hours.zone)
        click.echo(f"  {when:%H:%M} 「{row.text}」 {row.status}{shown}")
