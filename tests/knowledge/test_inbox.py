"""Updates that are to be handled are found however many were handled before them."""

from typing import Any

from sqlalchemy import Connection, Engine, event

from knowledge.database import writing
from knowledge.inbox import any_waiting, holders, take
from tests.databases import POSTGRESQL


def test_what_was_handled_is_never_read_again_to_find_what_waits(engine: Engine) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _(_c: Connection, _r: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401 - the library's own
        asked.append((statement, values))

    with writing(engine) as database:
        any_waiting(database)
        holders(database)
        take(database, worker=1, limit=64)
    said = [one for one in asked if "incoming" in one[0].lower()]
    assert len(said) == 3
    if POSTGRESQL:
        # Its planner goes by what the table holds.
        return
    with engine.connect() as connection:
        for statement, values in said:
            plan = connection.exec_driver_sql(f"explain query plan {statement}", values).all()
            steps = [row[-1] for row in plan if "incoming" in row[-1]]
            assert steps
            assert all("USING INDEX" in step or "USING COVERING INDEX" in step for step in steps), steps
