"""correction: what staff say of a document's title, publisher, date and address."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "correction",
        *(
            sa.Column(name, sqltypes.AutoString(), nullable=False)
            for name in ("sha256", "field", "value", "said_by")
        ),
        sa.Column("said_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "field", name=op.f("pk_correction")),
    )


def downgrade() -> None:
    op.drop_table("correction")
