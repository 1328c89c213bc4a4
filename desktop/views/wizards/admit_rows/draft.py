"""Letting held-back rows in, as plain functions on a frozen draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.import_problems import RosterRow
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.imports.admissible_rows import RowCheck, check_row, said_of
from desktop.procedures.imports.held_rows import HeldRow
from desktop.procedures.imports.roster_comparison import RosterImport
from desktop.views.language import tr

MENDED = (
    "name",
    "sex",
    "exam_number",
    "id_number",
    "student_number",
    "birth_date",
    "ethnicity",
    "major_code",
    "major_name",
    "schooling_length",
    "entry_date",
    "expected_graduation_date",
    "political_status",
    "level",
    "study_form",
    "admission_type",
    "secondary_school",
    "phone",
    "remark",
    "college",
    "class_name",
)
"""The fields that can be mended, in the order of the form."""
TITLES = {**FIELD_TITLES, "college": tr("院部"), "class_name": tr("班级")}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class AdmitRows:
    """The rows, the reason, and, for a single row, its values as they are mended."""

    round_id: str
    rows: tuple[HeldRow, ...]
    name: str = ""
    sex: str = ""
    exam_number: str = ""
    id_number: str = ""
    student_number: str = ""
    birth_date: str = ""
    ethnicity: str = ""
    major_code: str = ""
    major_name: str = ""
    schooling_length: str = ""
    entry_date: str = ""
    expected_graduation_date: str = ""
    political_status: str = ""
    level: str = ""
    study_form: str = ""
    admission_type: str = ""
    secondary_school: str = ""
    phone: str = ""
    remark: str = ""
    college: str = ""
    class_name: str = ""
    reason: str = ""
    brought: tuple[RosterImport, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it is one row, which can be mended."""
        return len(self.rows) == 1


def draft_of(round_id: str, rows: Sequence[HeldRow]) -> AdmitRows:
    """Return the draft for rows; a single one begins as it stands in the file."""
    draft = AdmitRows(round_id, tuple(rows))
    if not draft.single:
        return draft
    texts: Mapping[str, Any] = rows[0].row.texts
    return replace(draft, **texts)


def field_order(draft: AdmitRows) -> tuple[str, ...]:
    """Return the fields of the form: what is wrong first, then the reason, then all the rest."""
    named = {field for field, _ in _check(draft).problems}
    wrong = tuple(field for field in MENDED if field in named)
    return (*wrong, "reason", *(field for field in MENDED if field not in wrong))


def rows_of(draft: AdmitRows) -> list[tuple[str, RosterRow]]:
    """Return the rows to be let in, each with the file that it comes from."""
    if not draft.single:
        return [(held.source, held.row) for held in draft.rows]
    return [(draft.rows[0].source, _check(draft).row)]


def problems(draft: AdmitRows) -> dict[str, str]:
    """Return what is missing, and the errors that are left, per field."""
    found = {}
    if not draft.reason:
        found["reason"] = tr("请写明为什么可以收入，例如“已与招生工作处核对”。")
    if draft.single:
        for field, one in _check(draft).errors:
            found[field] = found.get(field, "") + one.message
        return found
    checks = [check_row(held.row, held) for held in draft.rows]
    wrong = [said_of(check.row, one) for check in checks for _, one in check.errors]
    if wrong:
        found[""] = tr("有错误的行要逐行改正：{wrong}", wrong="".join(wrong[:_NAMED]))
    return found


def question_about(draft: AdmitRows, field: str, texts: Mapping[str, str]) -> str:
    """Say what is asked about a field ("" for the row), as the form is filled in."""
    mended: Mapping[str, Any] = {name: text for name, text in texts.items() if name in MENDED}
    typed = replace(draft, **mended)
    asked = "".join(one.message for named, one in _check(typed).questions if named == field)
    return tr("有疑问，凭原因收入：{asked}", asked=asked) if asked else ""


def _check(draft: AdmitRows) -> RowCheck:
    """Check the single row as it is typed."""
    (held,) = draft.rows
    typed = held.row.with_texts({field: getattr(draft, field).strip() for field in MENDED})
    return check_row(typed, held)


def confirm_sentences(draft: AdmitRows) -> tuple[str, ...]:
    """Say what will happen."""
    if not draft.single:
        names = "、".join(held.row.identity.name for held in draft.rows[:_NAMED])
        more = tr("等 {count} 人", count=len(draft.rows)) if len(draft.rows) > _NAMED else ""
        return (
            tr(
                "按文件里写的原样收入 {count} 行：{names}{more}。",
                count=len(draft.rows),
                names=names,
                more=more,
            ),
            tr("原因：{reason}", reason=draft.reason),
        )
    (held,) = draft.rows
    ((_, mended),) = rows_of(draft)
    changes = changed_sentences(held.row, mended)
    return (
        tr(
            "把{name}收入名单：{college} {class_name}。",
            name=mended.identity.name,
            college=mended.college,
            class_name=mended.class_name,
        ),
        *(changes or (tr("各项都按文件里写的原样。"),)),
        *(
            tr("有疑问，凭原因收入：{asked}", asked=one.message)
            for _, one in _check(draft).questions
        ),
        tr("原因：{reason}", reason=draft.reason),
    )


def changed_sentences(row: RosterRow, mended: RosterRow) -> tuple[str, ...]:
    """Say which values a person has mended."""
    before, now = row.texts, mended.texts
    pairs = [(TITLES[field], before[field], now[field]) for field in MENDED]
    return tuple(
        tr(
            "{title}：文件里是“{old}”，改正为“{new}”。",
            title=title,
            old=old or tr("（空）"),
            new=new or tr("（空）"),
        )
        for title, old, new in pairs
        if old != new
    )


def done_sentences(draft: AdmitRows) -> tuple[str, ...]:
    """Say who came in, and who did not and why."""
    came = sum(len(brought.new) for brought in draft.brought)
    said = [tr("收入名单 {came} 人。", came=came)]
    refused = [problem.message for brought in draft.brought for problem in brought.problems]
    said += [tr("没有收入：{message}", message=message) for message in refused]
    if known := sum(brought.same + _known_before(brought) for brought in draft.brought):
        said.append(tr("{known} 行的学生本来就在名单上。", known=known))
    if came:
        said.append(tr("接下来：把新的名单导出给所在院部，补打这几名学生的签字表。"))
    return tuple(said)


def _known_before(brought: RosterImport) -> int:
    """Return of how many students, who were on the roster, something has changed."""
    return len({change.student for change in brought.changed} - set(brought.new))
