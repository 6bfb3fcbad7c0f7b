"""`investbot drafts`, `publish`, `retire`, `undo`, `history`: reviewing from the shell."""

import datetime as dt
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from bot.command import REFUSED, by_option, database_option, find_person, open_knowledge, reason_option

if TYPE_CHECKING:
    from knowledge.models import Change, Draft, Version
    from knowledge.review import Reviewer

# What a command needs is imported inside it, so that `investbot --help` is there at once.


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As data, a line each.")
@database_option
def drafts(as_json: bool, database: str | None) -> None:
    """List the drafts that wait: what they would publish or change, and the words they rest on.

    Example: investbot drafts --json
    """
    from bot.staff import words
    from knowledge.asking.answer import Language
    from knowledge.database import session
    from knowledge.entries import parse
    from knowledge.history import latest
    from knowledge.review import waiting_drafts

    _, engine = open_knowledge(database)
    with session(engine) as opened:
        rows = waiting_drafts(opened)
        held = latest(opened, {row.fact_id for row in rows})
        name = words.namer(opened)
        for row in rows:
            entry = parse(row.entry) or {}
            before = held[row.fact_id].entry if row.fact_id in held else None
            before = before if before and before["published"] else None
            if as_json:
                click.echo(json.dumps(_public(row, entry, before), ensure_ascii=False))
                continue
            click.echo(f"#{row.id} {row.fact_id}: {words.line(entry, name, Language.EN)}")
            if before is not None:
                for line in words.changed(before, entry, name, Language.EN):
                    click.echo(f"    {line}")
            if words.quote(entry):
                click.echo(f"    「{words.quote(entry)}」")
            click.echo(f"    {_proposed(row)}")
    if not rows and not as_json:
        click.echo("No drafts wait.")


@click.command()
@click.argument("ids", nargs=-1, required=True, type=int, metavar="ID…")
@reason_option
@by_option
@database_option
def publish(ids: tuple[int, ...], reason: str, by: str | None, database: str | None) -> None:
    """Publish drafts, with the drafts that they rest on.

    Exit code 1: a draft could not be published; each is named with the reason, and the others are published.

    Example: investbot publish 12 13 --reason "checked with the bureau"
    """
    left = list(ids)

    def together(reviewer: "Reviewer") -> str:
        return _published(reviewer, left, reason)

    if _attempt(database, by, together, quiet=len(ids) > 1):
        return
    refused = False
    done: set[int] = set()
    for id in ids if len(ids) > 1 else ():

        def alone(reviewer: "Reviewer", id: int = id) -> str:
            return _published(reviewer, [id], reason, done)

        refused |= id not in done and not _attempt(database, by, alone)
    sys.exit(REFUSED if refused or len(ids) == 1 else 0)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--with-dependents", is_flag=True, help="Also the facts that rest on them.")
@reason_option
@by_option
@database_option
def retire(
    ids: tuple[str, ...], with_dependents: bool, reason: str, by: str | None, database: str | None
) -> None:
    """Take facts from investors; they stay in the history, and `undo` brings them back.

    Exit code 1: they could not be taken out; nothing was changed.

    Example: investbot retire figure.plant-area --reason "the plant has moved"
    """

    def act(reviewer: "Reviewer") -> str:
        change = reviewer.retire(ids, reason, with_dependents=with_dependents)
        return f"Retired. {_undoable(change)}"

    sys.exit(0 if _attempt(database, by, act) else REFUSED)


@click.command()
@click.argument("change", type=int)
@reason_option
@by_option
@database_option
def undo(change: int, reason: str, by: str | None, database: str | None) -> None:
    """Make every fact of a change what it was before it.

    Exit code 1: it could not be undone; nothing was changed.

    Example: investbot undo 41 --reason "wrong park"
    """

    def act(reviewer: "Reviewer") -> str:
        made = reviewer.undo(change, reason)
        return f"Change {change} was undone. {_undoable(made)}"

    sys.exit(0 if _attempt(database, by, act) else REFUSED)


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


FEW = 10
"""So many facts of a change are shown one by one."""


def _attempt(
    database: str | None, by: str | None, act: "Callable[[Reviewer], str]", *, quiet: bool = False
) -> bool:
    """Do something as a reviewer, all or nothing; False where it was refused."""
    from knowledge.database import KnowledgeError, writing
    from knowledge.review import Reviewer

    settings, engine = open_knowledge(database)
    with writing(engine) as opened:
        person = find_person(opened, by)
        try:
            said = act(Reviewer(opened, person, two_persons=settings.review_two_persons))
            opened.commit()
        except KnowledgeError as error:
            if not quiet:
                click.echo(f"Refused: {error}", err=True)
            return False
    click.echo(said)
    return True


def _published(reviewer: "Reviewer", ids: list[int], reason: str, done: "set[int] | None" = None) -> str:
    decided = reviewer.accept(ids, reason)
    if decided.second:
        numbers = ", ".join(f"#{draft.id}" for draft in decided.second)
        return f"Agreed to; {numbers} wait for a second person."
    if done is not None:
        done.update(ids)
    return f"Published. {_undoable(decided.change)}"


def _undoable(change: "Change | None") -> str:
    if change is None:
        return "Nothing differs from what was there."
    return f"This is change {change.id}; «investbot undo {change.id}» takes it back."


def _proposed(row: "Draft") -> str:
    parts = [f"confidence {row.confidence:.2f}", f"from {row.source.value}"]
    parts += [f"by {row.author}"] if row.author else []
    parts += [f"agreed to by {row.approved_by}, waits for a second person"] if row.approved_by else []
    parts += [f"note: {row.note}"] if row.note else []
    return ", ".join(parts)


def _public(row: "Draft", entry: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    from knowledge.history import differences

    apart = {"kind", "published", "evidence"}
    return {
        "id": row.id,
        "kind": entry["kind"],
        "fact": row.fact_id,
        "fields": {key: value for key, value in entry.items() if key not in apart},
        "evidence": entry.get("evidence", []),
        "confidence": row.confidence,
        "source": row.source.value,
        "author": row.author,
        "note": row.note,
        "approved_by": row.approved_by,
        "new": before is None,
        "differences": [vars(item) for item in differences(before, entry)] if before else [],
    }


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
