"""Subscriptions and what they hear of signings: announcements, and a message to each chat."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "subscription",
        _text("chat"),
        _text("language"),
        sa.Column("pace", _enum("pace", "at_once", "daily", "weekly"), nullable=False),
        _text("time_zone"),
        _text("quiet"),
        sa.Column("least", sa.Float(), nullable=False),
        _time("made_at"),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_subscription")),
    )
    op.create_table(
        "interest",
        _number("id"),
        _text("chat"),
        _text("entity"),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["subscription.chat"], name=op.f("fk_interest_chat_subscription"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("chat", "entity", name=op.f("uq_interest_chat")),
    )
    op.create_index(op.f("ix_interest_chat"), "interest", ["chat"], unique=False)
    op.create_table(
        "announcement",
        _number("id"),
        _text("signing_id"),
        _text("content"),
        _number("revision"),
        _text("picture"),
        sa.Column(
            "state",
            _enum("announcementstate", "scheduled", "released", "cancelled", "recalled"),
            nullable=False,
        ),
        _time("at"),
        _time("made_at"),
        _text("made_by"),
        _text("planned"),
        _time("changed_at", nullable=True),
        _number("reported"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_announcement_signing_id"), "announcement", ["signing_id"], unique=False)
    op.create_index(op.f("ix_announcement_at"), "announcement", ["at"], unique=False)
    states = ("waiting", "sending", "sent", "blocked", "failed", "cancelled")
    op.create_table(
        "push",
        _number("id"),
        _text("chat"),
        sa.Column("state", _enum("pushstate", *states), nullable=False),
        _time("due_at"),
        sa.Column("gathers", sa.Boolean(), nullable=False),
        _number("revision"),
        _text("language"),
        _text("message"),
        _text("form"),
        _time("sent_at", nullable=True),
        _number("attempts"),
        _number("unsure"),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_push_chat"), "push", ["chat"], unique=False)
    op.create_index("ix_push_state_due_at", "push", ["state", "due_at"], unique=False)
    op.create_table(
        "mention",
        _number("id"),
        _number("announcement_id"),
        _text("chat"),
        _number("push_id"),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_mention_announcement_id_announcement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["push_id"], ["push.id"], name=op.f("fk_mention_push_id_push"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("announcement_id", "chat", name=op.f("uq_mention_announcement_id")),
    )
    op.create_index(op.f("ix_mention_push_id"), "mention", ["push_id"], unique=False)


def downgrade() -> None:
    for table in ("mention", "push", "announcement", "interest", "subscription"):
        op.drop_table(table)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqltypes.AutoString(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sqltypes.UTCDateTime(), nullable=nullable)
