"""`investbot doctor`: what is wrong with this installation."""

import json
import sys
from dataclasses import asdict

import click

from bot.command import REFUSED, database_option


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@database_option
def doctor(as_json: bool, database: str | None) -> None:
    """Look at settings, Telegram, database, machine: a line each, and what to do. Nothing is changed.

    ✓ is well, ! somebody should know, ✗ does not work. Exit code 1: there is a ✗.

    Example: investbot doctor
    """
    from bot.doctor.examination import examine
    from bot.doctor.finding import State
    from bot.logs import configure_logs

    # What goes wrong is told as a finding, not logged.
    configure_logs("CRITICAL")
    sick = False
    for finding in examine(database_url=database):
        sick |= finding.state is State.BAD
        told = json.dumps(asdict(finding), ensure_ascii=False) if as_json else finding.line()
        click.echo(told)
        sys.stdout.flush()
    sys.exit(REFUSED if sick else 0)
