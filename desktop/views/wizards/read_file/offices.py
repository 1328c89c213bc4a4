"""What reading a list in is for each kind of office: what it may bring, what comes after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.duties import READERS
from desktop.domain.offices import OfficeKind
from desktop.procedures.imports.import_kinds import readable_kinds
from desktop.views.language import tr


@dataclass(frozen=True, slots=True)
class ReadingOffice:
    """What an office reads lists in for.

    Attributes:
        bring: which files to choose, where none was read in yet.
        unknown: what to do about students whom this store does not know.
        unknown_row: the same, of one of them.
        then: what to do when a list is written, "" for nothing.
    """

    bring: str
    unknown: str
    unknown_row: str
    then: str = ""


def _of(kind: OfficeKind) -> ReadingOffice:
    """Return the words of an office that brings its own lists and hands them on."""
    titles = "、".join(f"“{rule.title}”" for rule in readable_kinds(kind))
    return ReadingOffice(
        bring=tr("请点“读入名单”，选择本部门的{titles}。", titles=titles),
        unknown=tr("请与教务处学籍科核对这些学生；收入他们补来的报送包以后，再把这个文件读一次。"),
        unknown_row=tr(
            "请与教务处学籍科核对；收入他们补来的报送包以后，再把这个文件读一次，就会写入。"
        ),
        then=tr("然后到“收发”导出报送包，用U盘交给教务处学籍科。"),
    )


_UNKNOWN: Final = tr("先读入这些学生所在的名单，再把这个文件读一次。")
_UNKNOWN_ROW: Final = tr("先读入这名学生所在的名单，再把这个文件读一次，就会写入。")
READING_OFFICES: Final[Mapping[OfficeKind, ReadingOffice]] = {
    **{kind: _of(kind) for kind in READERS},
    OfficeKind.COLLEGE: ReadingOffice(
        tr("请点“读入名单”，选择人像比对核查系统导出的结果表；只写入本院部的学生。"),
        tr("请与招生工作处核对这些学生；收入他们补来的报送包以后，再把这个文件读一次。"),
        tr("请与招生工作处核对这名学生；收入他们补来的报送包以后，再把这个文件读一次。"),
        tr("然后到“报到核验”，没有通过的逐个人工对照。"),
    ),
    OfficeKind.REGISTRAR: ReadingOffice(
        tr("请点“读入名单”，选择招生、财务、教务等部门交来的文件。"), _UNKNOWN, _UNKNOWN_ROW
    ),
    OfficeKind.ADMISSIONS: ReadingOffice(
        tr("请点“读入名单”，选择录取名单，或者人像比对系统导出的文件。"),
        _UNKNOWN,
        _UNKNOWN_ROW,
        tr("然后到“收发”导出报送包，交给各院部和教务处学籍科。"),
    ),
}
