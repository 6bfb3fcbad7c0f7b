"""document: where it was published, and which other it repeats."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("address", "repeats"):
        column: sa.Column[str] = sa.Column(name, sqltypes.AutoString(), nullable=False, server_default="")
        op.add_column("document", column)


def downgrade() -> None:
    for name in ("repeats", "address"):
        op.drop_column("document", name)
