"""Who may say what, about whom: one table, asked when a person acts and when a bundle is merged.

*What* an office may say depends on its kind alone and is checked for a whole bundle. *About whom*
a college may say it depends on the journal: a student belongs to a college that a class of that
student was ever assigned to. "Ever", so that the order in which bundles arrive does not matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.checklists import SLOTS
from desktop.domain.offices import OfficeKind
from desktop.domain.photos import RULE_TITLES, PhotoKind
from desktop.domain.review_fields import (
    ANSWER_FIELDS,
    ARCHIVE_FIELDS,
    CASE_FIELDS,
    FIVE_THINGS,
    REVIEW_RULE_FIELDS,
    SIX_THINGS,
)
from desktop.domain.students import IDENTITY_FIELDS


class Scope(StrEnum):
    """How the students that a statement is about are found from it."""

    SUBJECT = "subject"  # the subject itself: a student, a class, a sheet
    CLASS = "class"  # the class that the values name
    STUDENT = "student"  # the student that the values name
    ABOUT = "about"  # the class or office that the values name
    SPEAKER = "speaker"  # nobody: it is about what the speaking seat itself has said


@dataclass(frozen=True, slots=True)
class Aspect:
    """What can be said about one kind of subject.

    Attributes:
        subject: the kind of subject, the part before the colon.
        fields: the fields that statements of this aspect may set.
        kinds: the kinds of offices that may say it.
        scope: where a college's own students are looked for.
        lasting: true where it holds beyond one round.
        years: the form of the year that stands in place of the round; "" where none does.
    """

    subject: str
    fields: frozenset[str]
    kinds: frozenset[OfficeKind]
    scope: Scope = Scope.SUBJECT
    lasting: bool = False
    years: str = ""


_SCHOOL_YEAR = r"(\d{4})-(\d{4})"
_YEAR = r"\d{4}"
_REGISTRAR = frozenset({OfficeKind.REGISTRAR})
_ADMISSIONS = _REGISTRAR | {OfficeKind.ADMISSIONS}
# The registrar may state a college's aspects too: that is how conflicts are decided.
_COLLEGE = _REGISTRAR | {OfficeKind.COLLEGE}
# procedures one and two are in the hands of admissions, which decides what colleges contradict
_PREPARING = _ADMISSIONS | {OfficeKind.STUDENT_AFFAIRS}
_REVIEWING = _ADMISSIONS | {OfficeKind.COLLEGE}
# whoever takes in what others answer for takes it back; it counts where it was taken in (ADR 48)
_TAKING_IN = _PREPARING

SIGN_OFFS: Final = ("class_teacher", "student_section", "teaching_section", "head")
SIGN_OFF_TITLES: Final = {
    "class_teacher": "班主任",
    "student_section": "学工科",
    "teaching_section": "教务科",
    "head": "主要负责人",
}

PAPER_SIGNERS: Final = (
    "class_teacher",
    "student_section",
    "head",
    "admissions",
    "group_leader",
)
"""Who signs the papers of procedures one and two (细则 一(二), 二(二), 二(三)5)."""

ASPECTS: Final[Mapping[str, Aspect]] = {
    "school": Aspect(
        "school", frozenset({"code", "name", "president", "level"}), _REGISTRAR, lasting=True
    ),
    "office": Aspect("office", frozenset({"kind", "name"}), _REGISTRAR, lasting=True),
    "round": Aspect(
        "round",
        frozenset(
            {
                "procedure",
                "name",
                "entry_year",
                "deadline",
                "required_sign_offs",
                "proxy_allowed",
                "state",
                "closed_on",
                "asks_verdicts",
            }
        ),
        _ADMISSIONS,
        lasting=True,
    ),
    "class_group": Aspect(
        "class",
        frozenset({"name", "college_name", "office", "major_code", "major_name", "entry_year"}),
        _ADMISSIONS,
        lasting=True,
    ),
    "class_staff": Aspect("class", frozenset({"class_teacher"}), _REVIEWING, lasting=True),
    "identity": Aspect("student", frozenset(IDENTITY_FIELDS), _ADMISSIONS, lasting=True),
    "placement": Aspect("student", frozenset({"class_id"}), _ADMISSIONS, lasting=True),
    # each photo by its SHA-256, which is also evidence, so that it travels
    "photo": Aspect("student", frozenset(map(str, PhotoKind)), _ADMISSIONS, lasting=True),
    "photo_rules": Aspect("photo_kind", frozenset(RULE_TITLES), _REGISTRAR, lasting=True),
    "roster": Aspect("student", frozenset({"listed"}), _ADMISSIONS),
    "entry_review": Aspect(
        "student", frozenset({"verdict", "explanation", "document", "until"}), _ADMISSIONS
    ),
    # why there is no verdict yet: told with the list, so that nobody is forgotten (ADR 33)
    "review_waiting": Aspect("student", frozenset({"standing", "explanation"}), _ADMISSIONS),
    "recheck": Aspect(
        "student", frozenset({"verdict", "explanation", "document", "until"}), _ADMISSIONS
    ),
    "sheet": Aspect(
        "sheet",
        frozenset({"class_id", "page_count", "digest", "rows", "printed_at"}),
        _COLLEGE,
        Scope.CLASS,
    ),
    "signature": Aspect("student", frozenset({"mark", "sheet", "proxy", "explanation"}), _COLLEGE),
    "sign_off": Aspect(
        "sheet",
        frozenset({part for s in (*SIGN_OFFS, "seal") for part in (s, f"{s}_date")}),
        _COLLEGE,
    ),
    "place_report": Aspect(
        "student", frozenset({"kind", "explanation", "document", "until"}), _REVIEWING
    ),
    "addition": Aspect(
        "addition",
        frozenset(
            {
                "class_id",
                "sheet",
                "name",
                "sex",
                "exam_number",
                "student_number",
                "id_number",
                "explanation",
            }
        ),
        _COLLEGE,
        Scope.CLASS,
    ),
    "addition_decision": Aspect(
        "addition", frozenset({"decision", "student", "explanation"}), _REGISTRAR
    ),
    "correction": Aspect(
        "correction",
        frozenset({"student", "field", "old", "new", "sheet", "explanation"}),
        _COLLEGE,
        Scope.STUDENT,
    ),
    "correction_decision": Aspect("correction", frozenset({"decision", "explanation"}), _REGISTRAR),
    "registration": Aspect(
        "student",
        frozenset({"outcome", "issued_on", "explanation", "document", "until"}),
        _REGISTRAR,
    ),
    "withdrawal": Aspect(
        "bundle", frozenset({"withdrawn", "explanation"}), _TAKING_IN, lasting=True
    ),
    # what other offices' lists say; the registrar vouches for those of offices without a seat
    "fee": Aspect(
        "student",
        frozenset({"fee_state", "amount_due", "amount_paid", "amount_owed", "remark"}),
        _REGISTRAR | {OfficeKind.FINANCE},
        years=_SCHOOL_YEAR,
    ),
    "credit_audit": Aspect(
        "student",
        frozenset(
            {
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
            }
        ),
        _REGISTRAR | {OfficeKind.ACADEMIC_AFFAIRS},
        years=_YEAR,
    ),
    "face_check": Aspect(
        "student",
        frozenset({"face_result", "face_likeness", "face_time", "face_attempts", "remark"}),
        _REVIEWING,
        lasting=True,
    ),
    "chsi_state": Aspect(
        "student",
        frozenset(
            {
                "identity_check",
                "registration_state",
                "enrolment_state",
                "change",
                "attribute",
                "has_photo",
            }
        ),
        _REGISTRAR,
        lasting=True,
    ),
    # whether two students who look alike are one, so that it is asked once
    "likeness": Aspect(
        "pair", frozenset({"one", "other", "verdict", "explanation"}), _ADMISSIONS, lasting=True
    ),
    # a list that was read: which statements of which seat it made, and that they no longer count
    "list_import": Aspect(
        "import",
        frozenset(
            {
                "kind",
                "target",
                "file_name",
                "sha256",
                "seat",
                "first",
                "last",
                "withdrawn",
                "explanation",
            }
        ),
        _REVIEWING | {OfficeKind.FINANCE, OfficeKind.ACADEMIC_AFFAIRS},
        Scope.SPEAKER,
        lasting=True,
    ),
    # --- procedure one: the entry review (细则 一) -----------------------------------------------
    "review_rules": Aspect("round", frozenset(REVIEW_RULE_FIELDS), _PREPARING),
    "checklist_item": Aspect(
        "item", frozenset({"title", "required_types", "place", "note", "dropped"}), _PREPARING
    ),
    "training": Aspect("class", frozenset({"teacher", "trained_on", "explanation"}), _PREPARING),
    "training_waiver": Aspect("class", frozenset({"head", "waived_on", "explanation"}), _REVIEWING),
    "arrival": Aspect(
        "student",
        frozenset({"state", "arrived_on", "until", "cause", "explanation"}),
        _REVIEWING,
    ),
    "document_check": Aspect("student", frozenset({*SLOTS, "explanation"}), _REVIEWING),
    "class_verdict": Aspect(
        "student",
        frozenset({*SIX_THINGS, "verdict", "explanation", "checker"}),
        _REVIEWING,
    ),
    "second_verdict": Aspect(
        "student", frozenset({"verdict", "explanation", "checker"}), _REVIEWING
    ),
    "paper": Aspect(
        "paper",
        frozenset({"kind", "about", "title", "page_count", "digest", "printed_at"}),
        _PREPARING | _REVIEWING,
        Scope.ABOUT,
    ),
    "paper_sign_off": Aspect(
        "paper",
        frozenset({part for s in (*PAPER_SIGNERS, "seal") for part in (s, f"{s}_date")}),
        _PREPARING | _REVIEWING,
    ),
    # --- procedure two: the re-check (细则 二) ---------------------------------------------------
    "archive": Aspect("student", frozenset(ARCHIVE_FIELDS), _ADMISSIONS, lasting=True),
    "recheck_form": Aspect("student", frozenset({"form", "state", "explanation"}), _REVIEWING),
    "recheck_answer": Aspect("student", frozenset(ANSWER_FIELDS), _REVIEWING),
    "answer_ruling": Aspect("student", frozenset({*ANSWER_FIELDS, "explanation"}), _REVIEWING),
    "recheck_review": Aspect(
        "student",
        frozenset({*FIVE_THINGS, "verdict", "reviewer", "explanation"}),
        _REVIEWING,
    ),
    "recheck_second_review": Aspect(
        "student", frozenset({"verdict", "reviewer", "explanation"}), _REVIEWING
    ),
    "case_file": Aspect("case", frozenset(CASE_FIELDS), _REVIEWING, Scope.STUDENT),
    "case_note": Aspect(
        "note",
        frozenset({"case_file", "student", "kind", "noted_on", "people", "text"}),
        _REVIEWING,
        Scope.STUDENT,
    ),
    "approval": Aspect(
        "round",
        frozenset({"approved_on", "document", "leader", "members", "report", "explanation"}),
        _ADMISSIONS,
    ),
    # decided once for all students: an old name of a place is the same as its new one
    "spelling_ruling": Aspect(
        "spelling",
        frozenset({"field", "one", "other", "verdict", "explanation"}),
        _ADMISSIONS,
        lasting=True,
    ),
}
YEARLY: Final = frozenset(aspect for aspect, rule in ASPECTS.items() if rule.years)
"""The aspects that are about a year, whatever round is worked on."""


def names_year(aspect: str, text: str) -> bool:
    """Tell whether a text is a year as a yearly aspect must name it: 2027, or 2026-2027."""
    found = re.fullmatch(ASPECTS[aspect].years, text, re.ASCII)
    if found is None:
        return False
    return not found.groups() or int(found[1]) + 1 == int(found[2])


def may_state(kind: OfficeKind, aspect: str) -> bool:
    """Tell whether an office of this kind may say anything of this aspect at all."""
    rule = ASPECTS.get(aspect)
    return rule is not None and kind in rule.kinds


def needs_scope(kind: OfficeKind) -> bool:
    """Tell whether offices of this kind may speak about their own students only."""
    return kind is OfficeKind.COLLEGE


def scope_subject(aspect: str, subject: str, values: Mapping[str, str | None]) -> str | None:
    """Return the subject whose college must be the speaker's; None when the values name none."""
    field = _NAMED_BY[ASPECTS[aspect].scope]
    return values.get(field) if field else subject


def is_about_speaker(aspect: str) -> bool:
    """Tell whether an aspect is about what the speaking seat has said, and so always its own.

    Who hears it makes sure that it names no other seat.
    """
    return ASPECTS[aspect].scope is Scope.SPEAKER


_NAMED_BY: Final = {
    Scope.SUBJECT: "",
    Scope.SPEAKER: "",
    Scope.CLASS: "class_id",
    Scope.STUDENT: "student",
    Scope.ABOUT: "about",
}
