"""Procedures one and two: what the entry review and the re-check say, as readings."""

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

READINGS: Final[Mapping[str, Sequence[str]]] = {
    "review_rules": (
        "face_link",
        "face_threshold",
        "second_check",
        "check_in_from",
        "check_in_until",
        "no_show_days",
        "report_days",
        "recheck_until",
        "form_fields",
    ),
    "checklist_item": (
        "title",
        "required_types",
        "place",
        "note",
        "dropped",
    ),
    "training": (
        "teacher",
        "trained_on",
        "explanation",
    ),
    "training_waiver": (
        "head",
        "waived_on",
        "explanation",
    ),
    "arrival": (
        "state",
        "arrived_on",
        "until",
        "cause",
        "explanation",
    ),
    "document_check": (
        "item_01",
        "item_02",
        "item_03",
        "item_04",
        "item_05",
        "item_06",
        "item_07",
        "item_08",
        "item_09",
        "item_10",
        "item_11",
        "item_12",
        "item_13",
        "item_14",
        "item_15",
        "item_16",
        "item_17",
        "item_18",
        "item_19",
        "item_20",
        "explanation",
    ),
    "class_verdict": (
        "photo",
        "notice",
        "exam_card",
        "archive_file",
        "id_card",
        "person",
        "verdict",
        "explanation",
        "checker",
    ),
    "second_verdict": (
        "verdict",
        "explanation",
        "checker",
    ),
    "paper": (
        "kind",
        "about",
        "title",
        "page_count",
        "digest",
        "printed_at",
    ),
    "paper_sign_off": (
        "class_teacher",
        "class_teacher_date",
        "student_section",
        "student_section_date",
        "head",
        "head_date",
        "admissions",
        "admissions_date",
        "group_leader",
        "group_leader_date",
        "seal",
        "seal_date",
    ),
    "review_waiting": (
        "standing",
        "explanation",
    ),
    "archive": (
        "exam_card_number",
        "home_address",
        "family",
        "height",
        "resume",
        "exam_score",
        "wishes",
    ),
    "recheck_form": (
        "form",
        "state",
        "explanation",
    ),
    "recheck_answer": (
        "name",
        "sex",
        "birth_date",
        "ethnicity",
        "id_number",
        "exam_number",
        "secondary_school",
        "exam_card_number",
        "home_address",
        "family",
        "height",
        "resume",
        "exam_score",
        "wishes",
    ),
    "answer_ruling": (
        "name",
        "sex",
        "birth_date",
        "ethnicity",
        "id_number",
        "exam_number",
        "secondary_school",
        "exam_card_number",
        "home_address",
        "family",
        "height",
        "resume",
        "exam_score",
        "wishes",
        "explanation",
    ),
    "recheck_review": (
        "procedure_sound",
        "qualification_sound",
        "identity_sound",
        "health_sound",
        "talent_sound",
        "verdict",
        "reviewer",
        "explanation",
    ),
    "recheck_second_review": (
        "verdict",
        "reviewer",
        "explanation",
    ),
    "case_file": (
        "student",
        "cause",
        "important",
        "state",
        "opened_on",
        "findings",
        "statement",
        "outcome",
        "until",
        "decided_by",
        "decided_on",
        "document",
        "explanation",
    ),
    "case_note": (
        "case_file",
        "student",
        "kind",
        "noted_on",
        "people",
        "text",
    ),
    "approval": (
        "approved_on",
        "document",
        "leader",
        "members",
        "report",
        "explanation",
    ),
    "spelling_ruling": (
        "field",
        "one",
        "other",
        "verdict",
        "explanation",
    ),
}
INDEXED: Final = {"paper": "about", "case_file": "student", "case_note": "case_file"}
ADDED: Final = (("entry_review", "until"), ("recheck", "until"), ("round", "asks_verdicts"))
EARLIER: Final = (
    *("addition", "addition_decision", "chsi_state", "class_group", "class_staff", "correction"),
    *("correction_decision", "credit_audit", "entry_review", "face_check", "fee", "identity"),
    *("likeness", "list_import", "office", "photo", "photo_rules", "place_report", "placement"),
    *("recheck", "registration", "roster", "round", "school", "sheet", "sign_off", "signature"),
    "withdrawal",
)
"""The readings of earlier forms."""


def upgrade() -> None:
    """Make the tables, which begin empty, and columns that nothing has said so far.

    Every reading gets an index of the few rows that are in conflict.
    """
    for name, fields in READINGS.items():
        op.create_table(
            name,
            *(sa.Column(field, sa.Text(), nullable=True) for field in fields),
            sa.Column("subject", sa.Text(), nullable=False),
            sa.Column("round", sa.Text(), nullable=False),
            sa.Column("conflicts", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("subject", "round", name=op.f(f"pk_{name}")),
        )
    for name, column in INDEXED.items():
        op.create_index(f"ix_{name}_{column}", name, [column])
    for name in (*EARLIER, *READINGS):
        disputed = sa.text("conflicts <> ''")
        op.create_index(f"ix_{name}_disputed", name, ["round"], sqlite_where=disputed)
    for name, column in ADDED:
        op.add_column(name, sa.Column(column, sa.Text(), nullable=True))
