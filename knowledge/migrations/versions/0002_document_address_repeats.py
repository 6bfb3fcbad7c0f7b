"""document: where it was published, and which other it repeats."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("repeats", sqltypes.AutoString(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("repeats")
        batch_op.drop_column("address")
