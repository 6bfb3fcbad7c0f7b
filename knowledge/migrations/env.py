"""Runs the migrations on the engine that `knowledge.database.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import knowledge.models  # noqa: F401 - registers the tables
from knowledge.database import WRITERS

with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        if connection.dialect.name != "sqlite":
            # Of two programs that start at once the second waits, and finds nothing left to do.
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({WRITERS})")
        context.run_migrations()
