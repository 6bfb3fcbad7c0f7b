"""`investbot drafts`, `publish`, `retire`, `undo`: reviewing from the shell."""

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from bot.command import REFUSED, attempted, by_option, database_option, open_knowledge, reason_option

if TYPE_CHECKING:
    from knowledge.models import Change, Draft
    from knowledge.review import Decided, Reviewer

# What a command needs is imported inside it, so that `investbot --help` is there at once.

FEW = 10
"""So many drafts are named one by one."""


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
        decided = reviewer.retire(ids, reason, with_dependents=with_dependents)
        return _waiting(decided) or f"Retired. {_undoable(decided.change)}"

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
        decided = reviewer.undo(change, reason)
        return _waiting(decided) or f"Change {change} was undone. {_undoable(decided.change)}"

    sys.exit(0 if _attempt(database, by, act) else REFUSED)


def _attempt(
    database: str | None, by: str | None, act: "Callable[[Reviewer], str]", *, quiet: bool = False
) -> bool:
    """Do something as a reviewer; see `bot.command.attempted`."""
    from knowledge.review import Reviewer

    settings, engine = open_knowledge(database)
    two = settings.review_two_persons
    return attempted(
        settings, engine, by, lambda opened, by, _: act(Reviewer(opened, by, two_persons=two)), quiet=quiet
    )


def _published(reviewer: "Reviewer", ids: list[int], reason: str, done: "set[int] | None" = None) -> str:
    decided = reviewer.accept(ids, reason)
    if decided.second:
        numbers = ", ".join(f"#{draft.id}" for draft in decided.second)
        return f"Agreed to; {numbers} wait for a second person."
    if done is not None:
        done.update(ids)
    return f"Published. {_undoable(decided.change)}"


def _waiting(decided: "Decided") -> str:
    """That what was asked for waits for another person; empty where it does not."""
    if not decided.second:
        return ""
    numbers = ", ".join(f"#{draft.id}" for draft in decided.second[:FEW])
    more = f" and {len(decided.second) - FEW} more" if len(decided.second) > FEW else ""
    return (
        f"Nothing is changed yet: {numbers}{more} wait for another person; «investbot publish "
        f"{decided.second[0].id} --by NAME» accepts all of it."
    )


def _undoable(change: "Change | None") -> str:
    if change is None:
        return "Nothing differs from what was there."
    return f"This is change {change.id}; «investbot undo {change.id}» takes it back."


def _proposed(row: "Draft") -> str:
    parts = [f"confidence {row.confidence:.2f}", f"from {row.source.value}"]
    parts += [f"by {row.author}"] if row.author else []
    parts += [f"agreed to by {row.approved_by}, waits for a second person"] if row.approved_by else []
    parts += [f"to {row.action.value}"] if row.action.value != "publish" else []
    parts += [f"with the others of #{row.together}"] if row.together else []
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
        "action": row.action.value,
        "together": row.together,
        "note": row.note,
        "approved_by": row.approved_by,
        "new": before is None,
        "differences": [vars(item) for item in differences(before, entry)] if before else [],
    }
