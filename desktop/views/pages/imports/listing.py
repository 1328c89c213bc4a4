"""The list of imports as data: columns, filters, what is said of one and of its rows."""

from collections.abc import Sequence
from typing import Final

from desktop.domain.imports import FATE_TITLES, LEFT_OUT, Fate, PlannedRow
from desktop.procedures.imports.imports import ImportLine
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Fact, Heading, Part, Words
from desktop.views.wizards.read_file.words import row_text

ALL: Final = "all"


def imported_at(line: ImportLine) -> str:
    """Return when it was read in, to the minute."""
    return line.kept.imported_at[:16].replace("T", " ")


def standing(line: ImportLine) -> str:
    """Say whether it counts, in a word."""
    if line.kept.undone:
        return tr("已撤销")
    return tr("已写入") if line.written else tr("没有新内容")


_STATES: Final = {tr("已写入"): State.DONE, tr("已撤销"): State.NOT_YET}
COLUMNS: Final[tuple[Column[ImportLine], ...]] = (
    Column(tr("时间"), imported_at, width=9),
    Column(tr("种类"), lambda line: line.kind_title, width=8, may_be_cut=True),
    Column(tr("批次或年份"), lambda line: line.target_title, width=8, may_be_cut=True),
    Column(tr("文件"), lambda line: line.kept.file_name, width=14, may_be_cut=True),
    Column(tr("经办人"), lambda line: line.kept.operator, width=6, may_be_cut=True),
    Column(
        tr("登记"),
        lambda line: f"{line.written:,}",
        sort_key=lambda line: line.written,
        align=Align.RIGHT,
        width=4,
    ),
    Column(
        tr("没写入"),
        lambda line: f"{line.left_out:,}",
        sort_key=lambda line: line.left_out,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("情况"), standing, width=6, state=lambda line: _STATES.get(standing(line))),
)
ROW_COLUMNS: Final[tuple[Column[PlannedRow], ...]] = (
    Column(
        tr("行"),
        lambda row: tr("第{row}行", row=row.row),
        sort_key=lambda row: row.place,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("姓名"), lambda row: row.name, width=4),
    Column(tr("号码"), lambda row: row.number, width=9),
    Column(tr("班级"), lambda row: row.class_name, width=8, may_be_cut=True),
    Column(
        tr("去向"),
        lambda row: FATE_TITLES[row.fate],
        width=7,
        state=lambda row: State.ATTENTION if row.fate in LEFT_OUT else State.DONE,
    ),
    Column(
        tr("说明"),
        row_text,
        width=16,
        may_be_cut=True,
    ),
)
FATES: Final = ((ALL, tr("全部")), *((str(fate), title) for fate, title in FATE_TITLES.items()))


def kinds_of(lines: Sequence[ImportLine]) -> tuple[tuple[str, str], ...]:
    """Return the kinds of lists that were read in, with their words."""
    found = {line.kept.target.kind: line.kind_title for line in lines}
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def state_sentence(lines: Sequence[ImportLine]) -> str:
    """Say how many there are."""
    if not lines:
        return tr("还没有读入过名单。")
    undone = sum(line.kept.undone for line in lines)
    rest = tr("，其中 {count:,} 次已经撤销", count=undone) if undone else ""
    return tr("读入过 {count:,} 次{rest}。", count=len(lines), rest=rest)


def import_parts(line: ImportLine) -> list[Part]:
    """Return what there is to say of an import."""
    kept = line.kept
    told: list[Part] = [
        Heading(kept.file_name),
        Fact(tr("种类"), line.kind_title),
        Fact(tr("时间"), imported_at(line)),
        Fact(tr("经办人"), kept.operator),
        Fact(tr("一共"), tr("{count:,} 行", count=kept.students)),
    ]
    if line.target_title:
        told.insert(2, Fact(tr("用在"), line.target_title))
    counted = [
        tr("{title} {count:,} 行", title=title, count=count)
        for fate, title in FATE_TITLES.items()
        if (count := kept.counts.get(str(fate), 0))
    ]
    told.append(Words(tr("{counts}。", counts="，".join(counted))))
    if kept.undone:
        told.append(Words(tr("已撤销：{reason}", reason=kept.explanation)))
    told.append(Fact(tr("校验码"), kept.sha256[:16]))
    return told


def fates_in(rows: Sequence[PlannedRow]) -> list[str]:
    """Return the fates that rows have, in the order of fates."""
    present = {row.fate for row in rows}
    return [ALL, *(str(fate) for fate in Fate if fate in present)]
