"""Runs the migrations on the engine that `knowledge.database.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import knowledge.models  # noqa: F401 - registers the tables

with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
