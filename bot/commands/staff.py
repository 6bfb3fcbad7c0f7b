"""`investbot staff …`: who looks after the knowledge."""

from typing import TYPE_CHECKING

import click

from bot.command import by_option, database_option, find_person, open_knowledge

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.models import LinkPurpose

ROLES = ("viewer", "editor", "publisher", "owner")


@click.group()
def staff() -> None:
    """Say who looks after the knowledge, and let them in."""


@staff.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may do.")
@by_option
@database_option
def add(name: str, role: str, by: str | None, database: str | None) -> None:
    """Add a member of staff, or give one another role.

    A viewer looks; an editor also answers questions and proposes; a publisher also publishes; an owner also
    looks after staff.

    Example: investbot staff add "Zhang Min" --role publisher
    """
    from knowledge.database import writing
    from knowledge.models import StaffRole
    from knowledge.people import add_staff

    _, engine = open_knowledge(database)
    with writing(engine) as opened:
        row = add_staff(opened, name, StaffRole(role), find_person(opened, by))
        opened.commit()
    click.echo(f"{row.name} is {row.role.value}. «investbot staff link» and «staff invite» let them in.")


@staff.command()
@click.argument("name")
@database_option
def link(name: str, database: str | None) -> None:
    """Print a one-time address of the desk, good for half an hour.

    Example: investbot staff link "Zhang Min"
    """
    from bot.desk.address import login_address
    from knowledge.models import LinkPurpose

    settings, secret = _made_link(name, LinkPurpose.DESK, database)
    click.echo(login_address(settings, secret))


@staff.command()
@click.argument("name")
@database_option
def invite(name: str, database: str | None) -> None:
    """Print a one-time link by which a member of staff joins on Telegram, good for three days.

    Example: investbot staff invite "Zhang Min"
    """
    from bot.staff.desk import INVITE
    from bot.telegram.username import find_username
    from knowledge.models import LinkPurpose

    settings, secret = _made_link(name, LinkPurpose.TELEGRAM, database)
    username = find_username(settings)
    if username:
        click.echo(f"https://t.me/{username}?start={INVITE}{secret}")
    else:
        click.echo(f"/start {INVITE}{secret}")
        click.echo(
            "Telegram could not be asked what the bot is called; send the bot the line above.", err=True
        )


def _made_link(name: str, purpose: "LinkPurpose", database: str | None) -> "tuple[Settings, str]":
    from knowledge.database import writing
    from knowledge.people import make_link

    settings, engine = open_knowledge(database)
    with writing(engine) as opened:
        secret = make_link(opened, name, purpose)
        opened.commit()
    return settings, secret


@staff.command(name="list")
@database_option
def show(database: str | None) -> None:
    """List the members of staff, their roles, and whether they are on Telegram.

    Example: investbot staff list
    """
    from knowledge.database import session
    from knowledge.people import list_staff

    _, engine = open_knowledge(database)
    with session(engine) as opened:
        rows = list_staff(opened)
    for row in rows:
        click.echo(f"{row.name}\t{row.role.value}\t{'on Telegram' if row.chat else 'not on Telegram'}")
    if not rows:
        click.echo("There is nobody yet: investbot staff add NAME --role owner")


@staff.command()
@click.argument("name")
@by_option
@database_option
def remove(name: str, by: str | None, database: str | None) -> None:
    """Take a member of staff's access away at once; what they did stays under their name.

    Example: investbot staff remove "Zhang Min"
    """
    from knowledge.database import writing
    from knowledge.people import remove_staff

    _, engine = open_knowledge(database)
    with writing(engine) as opened:
        remove_staff(opened, name, find_person(opened, by))
        opened.commit()
    click.echo(f"{name} has no access any more.")
