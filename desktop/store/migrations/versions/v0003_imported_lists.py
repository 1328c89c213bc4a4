"""What other offices' lists say, and what became of every row of a list that was read."""

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

READINGS: Final[Mapping[str, Sequence[str]]] = {
    "fee": (
        "fee_state",
        "amount_due",
        "amount_paid",
        "amount_owed",
        "remark",
    ),
    "credit_audit": (
        "credits_due",
        "credits_earned",
        "required_due",
        "required_earned",
        "elective_due",
        "elective_earned",
        "conduct",
        "fitness",
        "discipline",
        "remark",
    ),
    "face_check": (
        "face_result",
        "face_likeness",
        "face_time",
        "face_attempts",
        "remark",
    ),
    "chsi_state": (
        "identity_check",
        "registration_state",
        "enrolment_state",
        "change",
        "attribute",
        "has_photo",
    ),
    "likeness": (
        "one",
        "other",
        "verdict",
        "explanation",
    ),
    "list_import": (
        "kind",
        "target",
        "file_name",
        "sha256",
        "seat",
        "first",
        "last",
        "withdrawn",
        "explanation",
    ),
}
KEPT: Final = ("kind", "target", "subject", "counts", "fates")


def upgrade() -> None:
    """Make the tables, which begin empty; what was imported so far were rosters of rounds."""
    for name, fields in READINGS.items():
        op.create_table(
            name,
            *(sa.Column(field, sa.Text(), nullable=True) for field in fields),
            sa.Column("subject", sa.Text(), nullable=False),
            sa.Column("round", sa.Text(), nullable=False),
            sa.Column("conflicts", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("subject", "round", name=op.f(f"pk_{name}")),
        )
    op.create_index("ix_fee_round", "fee", ["round"])
    op.create_index("ix_credit_audit_round", "credit_audit", ["round"])
    op.create_table(
        "undone_import",
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seat", "first", "last", name=op.f("pk_undone_import")),
    )
    op.create_table(
        "import_detail",
        sa.Column("import_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in KEPT),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import_detail")),
    )
