"""Review: changes and their versions, drafts, staff.

The facts so far came with their files and are built anew, so that the history begins with them.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "build",
                "publish",
                "edit",
                "retire",
                "confirm",
                "import",
                "undo",
                name="action",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sqltypes.AutoString(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["change.id"], name=op.f("fk_change_undoes_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_at"), ["at"], unique=False)

    op.create_table(
        "staff",
        sa.Column("name", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("viewer", "editor", "publisher", "owner", name="staffrole", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("chat", sqltypes.AutoString(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by", sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_staff")),
        sa.UniqueConstraint("chat", name=op.f("uq_staff_chat")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sqltypes.AutoString(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("entry", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "document", "staff", "question", "reviewed", name="draftsource", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("document_sha256", sqltypes.AutoString(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("author", sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "accepted", "rejected", "outdated", name="draftstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("approved_by", sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sqltypes.AutoString(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_draft_change_id_change")),
        sa.ForeignKeyConstraint(
            ["document_sha256"],
            ["document.sha256"],
            name=op.f("fk_draft_document_sha256_document"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_document_sha256"), ["document_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_fact_id"), ["fact_id"], unique=False)

    op.create_table(
        "stafflink",
        sa.Column("digest", sqltypes.AutoString(), nullable=False),
        sa.Column("staff_name", sqltypes.AutoString(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("desk", "telegram", name="linkpurpose", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_name"], ["staff.name"], name=op.f("fk_stafflink_staff_name_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stafflink")),
    )
    with op.batch_alter_table("stafflink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stafflink_staff_name"), ["staff_name"], unique=False)

    op.create_table(
        "staffsession",
        sa.Column("digest", sqltypes.AutoString(), nullable=False),
        sa.Column("staff_name", sqltypes.AutoString(), nullable=False),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_name"], ["staff.name"], name=op.f("fk_staffsession_staff_name_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staffsession")),
    )
    with op.batch_alter_table("staffsession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staffsession_staff_name"), ["staff_name"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sqltypes.AutoString(), nullable=True),
        sa.Column("after", sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_version_change_id_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("fact_id", "number", name=op.f("uq_version_fact_id")),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_version_fact_id"), ["fact_id"], unique=False)

    op.execute("delete from fact")
    op.execute("delete from revision")
    for table in ("document", "fact"):
        op.add_column(table, sa.Column("origin", _ORIGIN, nullable=False, server_default="documents"))
    op.add_column("document", _text("added_by"))
    op.add_column("fact", _text("owner"))
    op.add_column("fact", sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.add_column("fact", _text("reviewed"))
    # Straight: a batch would make the table anew, and dropping the old one empties what refers to it.
    op.drop_column("fact", "digest")
    for table in _HISTORY:
        for act in _acts():
            _forbid(table, act)


def downgrade() -> None:
    op.execute("delete from fact")
    op.execute("delete from revision")
    for table in _HISTORY:
        _allow(table)
    op.add_column("fact", _text("digest"))
    for table, column in (
        ("fact", "reviewed"),
        ("fact", "confirmed_on"),
        ("fact", "owner"),
        ("document", "added_by"),
        ("fact", "origin"),
        ("document", "origin"),
    ):
        op.drop_column(table, column)
    for table in ("version", "staffsession", "stafflink", "draft", "staff", "change"):
        op.drop_table(table)


_ORIGIN = sa.Enum("documents", "staff", "note", name="origin", native_enum=False, length=32)
_HISTORY = ("change", "version")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqltypes.AutoString(), nullable=False, server_default="")


def _acts() -> tuple[str, ...]:
    """How a table is edited; SQLite empties one only by deleting its rows."""
    acts = ("update", "delete")
    return acts if op.get_bind().dialect.name == "sqlite" else (*acts, "truncate")


def _forbid(table: str, act: str) -> None:
    """The database itself refuses to edit history, whoever asks."""
    said = "history is never edited"
    name = f"{table}_{act}_forbidden"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"create trigger {name} before {act} on {table} begin select raise(abort, '{said}'); end")
        return
    op.execute(
        f"create or replace function {name}() returns trigger language plpgsql as "
        f"$$ begin raise exception '{said}'; end $$"
    )
    row = "statement" if act == "truncate" else "row"
    op.execute(f"create trigger {name} before {act} on {table} for each {row} execute function {name}()")


def _allow(table: str) -> None:
    for act in _acts():
        name = f"{table}_{act}_forbidden"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"drop trigger {name}")
        else:
            op.execute(f"drop trigger {name} on {table}")
            op.execute(f"drop function {name}()")
