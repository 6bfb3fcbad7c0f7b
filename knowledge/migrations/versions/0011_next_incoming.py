"""incoming: an index of what is not handled yet, in the order in which it came."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_OPEN = sa.text("state in ('waiting', 'taken')")


def upgrade() -> None:
    op.create_index("ix_incoming_next", "incoming", ["id"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_index("ix_incoming_next", table_name="incoming")
