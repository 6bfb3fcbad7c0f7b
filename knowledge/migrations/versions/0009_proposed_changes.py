"""draft: what accepting it does, which change it takes back, and the drafts that are decided with it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ACTION = sa.Enum(
    "build",
    "publish",
    "edit",
    "retire",
    "confirm",
    "import",
    "undo",
    "correct",
    name="action",
    native_enum=False,
    length=32,
)


def upgrade() -> None:
    op.add_column("draft", sa.Column("action", _ACTION, nullable=False, server_default="publish"))
    op.add_column("draft", sa.Column("undoes", sa.Integer(), nullable=True))
    op.add_column("draft", sa.Column("together", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_draft_together"), "draft", ["together"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_draft_together"), table_name="draft")
    for column in ("together", "undoes", "action"):
        op.drop_column("draft", column)
