"""Enquiries: what was not answered, who waits for a reply, what is to be sent; the facts a question got."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("enquirykind", "miss", "complaint"), nullable=False),
        _required("text"),
        _required("folded"),
        _required("language"),
        _required("entity"),
        _required("topic"),
        _required("strange"),
        _required("facts"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", _enum("enquirystate", "open", "answered", "closed"), nullable=False),
        _required("desk"),
        _required("owner"),
        sa.Column("due_at", sqltypes.UTCDateTime(), nullable=True),
        _required("answer"),
        _required("answered_by"),
        sa.Column("answered_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_enquiry_draft_id_draft"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    op.create_index(op.f("ix_enquiry_entity"), "enquiry", ["entity"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        _required("chat"),
        _required("language"),
        _required("text"),
        _required("before"),
        sa.Column("asked_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_waiting_enquiry_id_enquiry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("enquiry_id", "chat", name=op.f("uq_waiting_enquiry_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_waiting_chat"), "waiting", ["chat"], unique=False)
    op.create_index(op.f("ix_waiting_enquiry_id"), "waiting", ["enquiry_id"], unique=False)
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        _required("key"),
        _required("chat"),
        _required("language"),
        _required("title"),
        _required("text"),
        sa.Column("waiting_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            _enum("outgoingstate", "waiting", "sending", "sent", "uncertain", "refused"),
            nullable=False,
        ),
        sa.Column("made_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("begun_at", sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_key")),
    )
    # Straight: a batch would make the table anew, and dropping the old one empties what refers to it.
    op.add_column("chat", _empty("recent"))
    op.add_column("staff", _empty("menu"))
    op.add_column("question", _empty("facts"))
    op.add_column("question", sa.Column("enquiry_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_question_enquiry_id"), "question", ["enquiry_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_question_enquiry_id"), table_name="question")
    op.drop_column("question", "enquiry_id")
    op.drop_column("question", "facts")
    op.drop_column("staff", "menu")
    op.drop_column("chat", "recent")
    for table in ("outgoing", "waiting", "enquiry"):
        op.drop_table(table)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def _required(name: str) -> sa.Column[str]:
    return sa.Column(name, sqltypes.AutoString(), nullable=False)


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sqltypes.AutoString(), nullable=False, server_default="")
