"""`investbot staff …`: who may look after the knowledge."""

import click

from bot.command import database_option, find_settings, show_progress

ROLES = ("viewer", "editor", "publisher", "owner")

# What a command needs is imported inside it, so that `investbot --help` is there at once.


@click.group()
def staff() -> None:
    """Say who may look after the knowledge, and let them in."""


@staff.command(name="add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may do.")
@database_option
def add(name: str, role: str, database: str | None) -> None:
    """Add somebody, or give somebody another role.

    Example: investbot staff add 周岚 --role publisher
    """
    from bot.startup import open_built
    from knowledge.database import writing
    from knowledge.models import StaffRole
    from knowledge.people import SHELL, add_staff

    with writing(open_built(find_settings(database_url=database), show_progress)) as opened:
        row = add_staff(opened, name, StaffRole(role), SHELL)
        opened.commit()
    click.echo(f"{row.name} is {row.role.value}. Let them in: investbot staff link {row.name}")


@staff.command(name="link")
@click.argument("name")
@database_option
def link(name: str, database: str | None) -> None:
    """Print an address by which somebody comes to the desk, once, within half an hour.

    Example: investbot staff link 周岚
    """
    from bot.desk.address import login_address
    from bot.startup import open_built
    from knowledge.database import writing
    from knowledge.models import LinkPurpose
    from knowledge.people import make_link

    settings = find_settings(database_url=database)
    with writing(open_built(settings, show_progress)) as opened:
        secret = make_link(opened, name, LinkPurpose.DESK)
        opened.commit()
    click.echo(login_address(settings, secret))


@staff.command(name="list")
@database_option
def list_(database: str | None) -> None:
    """List who there is, with their roles.

    Example: investbot staff list
    """
    from bot.startup import open_built
    from knowledge.database import session
    from knowledge.people import list_staff

    with session(open_built(find_settings(database_url=database), show_progress)) as opened:
        for row in list_staff(opened):
            click.echo(f"{row.name}\t{row.role.value}")


@staff.command(name="remove")
@click.argument("name")
@database_option
def remove(name: str, database: str | None) -> None:
    """Take somebody's access away at once; what they did stays under their name.

    Example: investbot staff remove 周岚
    """
    from bot.startup import open_built
    from knowledge.database import writing
    from knowledge.people import SHELL, remove_staff

    with writing(open_built(find_settings(database_url=database), show_progress)) as opened:
        remove_staff(opened, name, SHELL)
        opened.commit()
    click.echo(f"{name} is not staff any more.")
