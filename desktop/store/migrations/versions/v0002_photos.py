"""Photos of students, and what is asked of each kind."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; no statement is about photos yet, so they begin empty."""
    op.create_table(
        "photo",
        sa.Column("credential_photo", sa.Text(), nullable=True),
        sa.Column("admission_photo", sa.Text(), nullable=True),
        sa.Column("entrance_photo", sa.Text(), nullable=True),
        sa.Column("id_card_photo", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "round", name=op.f("pk_photo")),
    )
    op.create_table(
        "photo_rules",
        sa.Column("width", sa.Text(), nullable=True),
        sa.Column("height", sa.Text(), nullable=True),
        sa.Column("dpi", sa.Text(), nullable=True),
        sa.Column("smallest_kb", sa.Text(), nullable=True),
        sa.Column("largest_kb", sa.Text(), nullable=True),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("background", sa.Text(), nullable=True),
        sa.Column("tolerance", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "round", name=op.f("pk_photo_rules")),
    )
    op.create_table(
        "miniature",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("greys", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_miniature")),
    )
