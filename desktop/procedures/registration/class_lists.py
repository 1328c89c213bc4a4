"""The lists of classes as a workbook: what the signature sheets say, with outcome and reasons."""

from collections.abc import Collection

from desktop.domain.documents import Document
from desktop.domain.rounds import ClassGroup
from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES
from desktop.errors import NotFound
from desktop.interchange.lists import ListColumn, ListSheet, write_lists
from desktop.procedures.registration.papers import keep_document
from desktop.procedures.registration.student_registration import Judged, judged_once
from desktop.procedures.session import Session
from desktop.store import registration, school
from desktop.store.registration import Texts

_COLUMNS = [
    ListColumn(title, width)
    for title, width in (
        ("序号", 6), ("学号", 15), ("姓名", 16), ("性别", 6), ("身份证号", 21), ("专业", 22),
        ("签字情况", 12), ("说明", 28), ("结论", 16), ("理由", 60),
    )
]  # fmt: skip


def make_class_lists(session: Session, round_id: str, class_ids: Collection[str]) -> Document:
    """Make a workbook with one sheet per class; every number is a text cell.

    Args:
        session: of a college (its own classes) or of the registrar.
        round_id: the round.
        class_ids: the classes, in the order of the sheets.

    Raises:
        NotFound: none of the classes has students in this round.
    """
    with session.unit_of_work() as unit:
        groups = {group.id: group for group in school.classes(unit.connection)}
        marks = registration.texts_of_round(unit.connection, "signature", round_id)
        by_class: dict[str, list[Judged]] = {}
        for judged in judged_once(session, unit, round_id, class_ids):
            by_class.setdefault(judged.student.class_id, []).append(judged)
        name = school.round_by_id(unit.connection, round_id).name
    sheets = [
        _sheet(groups[class_id], by_class[class_id], marks)
        for class_id in class_ids
        if class_id in by_class
    ]
    if not sheets:
        raise NotFound("所选班级在这个批次里没有学生。", "请核对批次和班级。")
    office = session.home.seat.office.name
    data = write_lists(sheets)
    return keep_document(session, "class_list", round_id, f"{office}-{name}-班级名单.xlsx", data, 0)


def _sheet(group: ClassGroup, members: list[Judged], marks: dict[str, Texts]) -> ListSheet:
    """Return one class as rows of text."""
    rows = []
    for number, judged in enumerate(members, start=1):
        identity = judged.student.identity
        texts = marks.get(judged.student.subject, {})
        mark = MARK_TITLES[Mark(texts["mark"])] if texts.get("mark") else ""
        outcome = OUTCOME_TITLES[judged.issued.outcome] if judged.issued else HELD_BACK_TITLE
        reasons = "；".join(reason.sentence for reason in judged.verdict.reasons)
        if judged.issued:  # what is undecided about somebody who has an outcome is not hidden
            undecided = [r.sentence for r in judged.verdict.reasons if r.code == "conflict"]
            reasons = "；".join((judged.issued.explanation, *undecided))
        rows.append(
            (
                str(number),
                identity.student_number,
                identity.name,
                identity.sex,
                identity.id_number,
                identity.major_name,
                mark,
                texts.get("explanation", ""),
                outcome,
                reasons,
            )
        )
    return ListSheet(group.name, _COLUMNS, rows)
