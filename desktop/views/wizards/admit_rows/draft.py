"""Letting held-back rows in, as plain functions on a frozen draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.import_problems import RosterRow
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.held_rows import HeldRow
from desktop.procedures.rosters import RosterImport
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
)
"""The fields of the student that can be mended."""
_NUMBERS = ("exam_number", "id_number", "student_number")
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
    row = rows[0].row
    values = {field: getattr(row.identity, field) for field in MENDED}
    return replace(draft, college=row.college, class_name=row.class_name, **values)


def field_order(draft: AdmitRows) -> tuple[str, ...]:
    """Return the fields of the form: what is wrong first, then the reason, then all the rest."""
    titles = {**FIELD_TITLES, "college": tr("院部"), "class_name": tr("班级")}
    columns = {problem.column for held in draft.rows for problem in held.problems}
    fields = (*MENDED, "college", "class_name")
    wrong = tuple(field for field in fields if titles[field] in columns)
    return (*wrong, "reason", *(field for field in fields if field not in wrong))


def rows_of(draft: AdmitRows) -> list[tuple[str, RosterRow]]:
    """Return the rows to be let in, each with the file that it comes from."""
    if not draft.single:
        return [(held.source, held.row) for held in draft.rows]
    (held,) = draft.rows
    values = {field: getattr(draft, field) for field in MENDED}
    mended = replace(
        held.row,
        identity=replace(held.row.identity, **values),
        college=draft.college,
        class_name=draft.class_name,
    )
    return [(held.source, mended)]


def problems(draft: AdmitRows) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if not draft.reason:
        found["reason"] = tr("请写明为什么可以收入，例如“已与招生工作处核对”。")
    if not draft.single:
        return found
    for field, title in (("name", tr("姓名")), ("college", tr("院部")), ("class_name", tr("班级"))):
        if not getattr(draft, field):
            found[field] = tr("请填写{title}。", title=title)
    if not any(getattr(draft, field) for field in _NUMBERS):
        found["exam_number"] = tr("考生号、身份证号、学号至少要有一个，才能认定是哪名学生。")
    return found


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
    changes = changed_sentences(held.row, draft)
    return (
        tr(
            "把{name}收入名单：{college} {class_name}。",
            name=draft.name,
            college=draft.college,
            class_name=draft.class_name,
        ),
        *(changes or (tr("各项都按文件里写的原样。"),)),
        tr("原因：{reason}", reason=draft.reason),
    )


def changed_sentences(row: RosterRow, draft: AdmitRows) -> tuple[str, ...]:
    """Say which values a person has mended."""
    pairs = [(FIELD_TITLES[f], getattr(row.identity, f), getattr(draft, f)) for f in MENDED]
    pairs += [
        (tr("院部"), row.college, draft.college),
        (tr("班级"), row.class_name, draft.class_name),
    ]
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
