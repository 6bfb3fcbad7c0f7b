"""One act of staff in a process of its own, to be killed while it is at it."""

import datetime as dt
from pathlib import Path

from knowledge.database import open_engine, writing
from knowledge.exchange import apply_plan, plan_import
from knowledge.people import SHELL
from knowledge.review import Reviewer
from tests.databases import database_url

ACTS = ("import", "publish", "undo")


def act(what: str, database_file: Path, workbook: Path, begun: Path) -> None:
    """Do one of `ACTS`, as the commands do it.

    Args:
        what: which.
        database_file: of the knowledge; draft 1 waits, change 2 can be undone.
        workbook: to be imported.
        begun: a file made when it begins.
    """
    engine = open_engine(database_url(database_file))
    begun.touch()
    with writing(engine) as database:
        if what == "import":
            plan = plan_import(database, workbook.read_bytes())
            apply_plan(database, plan, Reviewer(database, SHELL), today=dt.date(2024, 5, 3))
        elif what == "publish":
            Reviewer(database, SHELL).accept([1])
        else:
            Reviewer(database, SHELL).undo(2)
        database.commit()
