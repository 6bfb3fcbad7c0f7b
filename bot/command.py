"""What every command shares: options, exit codes, and how a fault is said."""

import datetime as dt
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from bot.conversation import Conversation
    from bot.settings import Settings
    from knowledge.asking.asker import Asker
    from knowledge.people import Person

# What a command needs is imported inside it, so that `investbot --help` is there at once.

REFUSED, UNUSABLE = 1, 2
"""Exit codes: done but something was refused; usage or configuration."""

Command = TypeVar("Command", bound=Callable[..., Any])


class Commands(click.Group):
    """Commands whose errors are said in plain words."""

    def invoke(self, ctx: click.Context) -> None:
        """Run a command; a fault that a person can put right ends it with its message and exit code 2."""
        # What a start loads is kept: looking through it for garbage again and again is a sixth of its time.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        try:
            super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            click.echo(f"investbot: {_explain_fault(error)}", err=True)
            ctx.exit(UNUSABLE)
        finally:
            # What is left goes with the process: the end need not look through it either.
            gc.freeze()


def _explain_fault(error: Exception) -> str:
    import logging

    from bot.settings import ConfigurationError
    from knowledge.database import KnowledgeError
    from knowledge.reading.load import DocumentError

    if isinstance(error, KnowledgeError | ConfigurationError | DocumentError):
        return str(error)
    logging.getLogger(__name__).debug("Unexpected", exc_info=error)
    what = f"{type(error).__name__}: {error}"
    return f"something unexpected went wrong ({what}). With LOG_LEVEL=DEBUG the place is shown."


def database_option(command: Command) -> Command:
    """Give a command `--database`."""
    return click.option("--database", metavar="URL", help="In place of DATABASE_URL.")(command)


def by_option(command: Command) -> Command:
    """Give a command `--by`."""
    return click.option("--by", metavar="NAME", help="The member of staff who acts; else the shell does.")(
        command
    )


def reason_option(command: Command) -> Command:
    """Give a command `--reason`."""
    return click.option("--reason", default="", help="Why; it stays in the history.")(command)


def documents_option(command: Command) -> Command:
    """Give a command `--documents`."""
    return click.option(
        "--documents",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="A folder in place of the documents that come with the program.",
    )(command)


def find_settings(**overrides: Any) -> "Settings":  # noqa: ANN401 - any field's value
    """Read the settings and begin to log.

    Args:
        overrides: options of the command line; None for those not given.
    """
    from bot.logs import configure_logs
    from bot.settings import read_settings

    settings = read_settings(**overrides)
    configure_logs(settings.log_level, *settings.secrets, form=settings.log_format)
    return settings


def show_progress(step: str) -> None:
    """A step of long work: shown to a person, not to a pipe; what was refused is shown to both."""
    if sys.stderr.isatty() or step.startswith("Refused"):
        click.echo(step, err=True)


def open_knowledge(database: str | None) -> "tuple[Settings, Engine]":
    """The settings and the database, which is built if there is nothing in it yet.

    Args:
        database: in place of DATABASE_URL.
    """
    from bot.startup import open_built

    settings = find_settings(database_url=database)
    return settings, open_built(settings, show_progress)


def find_person(database: "Session", by: str | None) -> "Person":
    """Who acts: a member of staff by name, else the shell.

    Raises:
        StaffError: there is nobody of this name.
    """
    from knowledge.people import SHELL, Person, find_staff

    if by is None:
        return SHELL
    row = find_staff(database, by)
    return Person(row.name, row.role)


@contextmanager
def refusing() -> "Iterator[None]":
    """What cannot be done is said, and ends the command with exit code 1."""
    from knowledge.database import KnowledgeError

    try:
        yield
    except KnowledgeError as error:
        click.echo(f"Refused: {error}", err=True)
        sys.exit(REFUSED)


def attempt(
    settings: "Settings",
    engine: "Engine",
    by: str | None,
    act: "Callable[[Session, Person, dt.datetime], str]",
) -> None:
    """Do something as a member of staff; if it is refused, end with exit code 1; see `attempted`."""
    if not attempted(settings, engine, by, act):
        sys.exit(REFUSED)


def attempted(
    settings: "Settings",
    engine: "Engine",
    by: str | None,
    act: "Callable[[Session, Person, dt.datetime], str]",
    *,
    quiet: bool = False,
) -> bool:
    """Do something as a member of staff, all or nothing, and say what came of it.

    Args:
        settings: where the bureau's clocks hang.
        engine: a migrated database.
        by: see `find_person`.
        act: takes a session that is the only one to write, who acts, and the time; gives what is said.
        quiet: whether it is not said why something was refused.

    Returns:
        False where it was refused.
    """
    from knowledge.database import KnowledgeError, writing

    with writing(engine) as opened:
        person = find_person(opened, by)
        try:
            said = act(opened, person, dt.datetime.now(settings.working_hours.zone))
            opened.commit()
        except KnowledgeError as error:
            if not quiet:
                click.echo(f"Refused: {error}", err=True)
            return False
    click.echo(said)
    return True


def find_asker(settings: "Settings", *, renew: bool = False) -> "Asker":
    """Open the knowledge base, which is built if there is none; see `bot.startup.open_built`."""
    from bot.startup import open_built
    from knowledge.asking.asker import Asker

    return Asker(open_built(settings, show_progress, renew=renew))


def forgetful(asker: "Asker") -> "Conversation":
    """A conversation of which nothing stays after this run."""
    from bot.conversation import Conversation
    from bot.memory import RunMemory

    return Conversation(asker, RunMemory(), "terminal")
