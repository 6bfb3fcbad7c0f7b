"""incoming: updates that were taken in, until they are handled."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0010"
down_revision = "0009"

_OPEN = sa.text("state in ('waiting', 'taken')")


def upgrade() -> None:
    op.create_table(
        "incoming",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat", sqltypes.AutoString(), nullable=False),
        sa.Column("content", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "taken", "handled", "failed", name="incomingstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("arrived_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("worker", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming")),
    )
    op.create_index(op.f("ix_incoming_arrived_at"), "incoming", ["arrived_at"], unique=False)
    op.create_index(
        "ix_incoming_open", "incoming", ["chat", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    op.drop_table("incoming")
