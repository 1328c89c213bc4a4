"""The words of the step 改问题: kinds of problems, how rows stand, what can be done with one."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.import_problems import Severity
from desktop.procedures.imports.mending_rows import Counts, MendRow, RowProblem, Standing
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.widgets.details import Deed, Heading, Part, Words
from desktop.views.widgets.details import Standing as Shape

OPEN: Final = "open"
GROUPS: Final = (
    (OPEN, tr("还没办的")),
    (str(Standing.ERROR), tr("有错误")),
    (str(Standing.QUESTION), tr("有疑问")),
    (str(Standing.HINT), tr("提示")),
    (str(Standing.MENDED), tr("已改好")),
    (str(Standing.LET_IN), tr("按原样收入")),
    (str(Standing.SET_ASIDE), tr("不收入")),
)
_OPEN_STANDINGS: Final = frozenset({Standing.ERROR, Standing.QUESTION, Standing.HINT})
STANDING_TITLES: Final = {
    Standing.ERROR: tr("有错误"),
    Standing.QUESTION: tr("有疑问"),
    Standing.HINT: tr("提示"),
    Standing.MENDED: tr("已改好"),
    Standing.LET_IN: tr("收入"),
    Standing.SET_ASIDE: tr("不收入"),
}
STATES: Final = {
    Standing.ERROR: State.ATTENTION,
    Standing.QUESTION: State.ATTENTION,
    Standing.HINT: State.IN_HAND,
    Standing.MENDED: State.DONE,
    Standing.LET_IN: State.DONE,
    Standing.SET_ASIDE: State.NOT_YET,
}
_KINDS: Final = {
    "required-missing": tr("没有填写"),
    "id-digits-lost": tr("末几位丢失"),
    "id-length": tr("证件号位数不对"),
    "id-checksum": tr("证件号校验不对"),
    "date-invalid": tr("日期不对"),
    "duplicate-key": tr("号码重复"),
    "formula-error": tr("公式错误"),
    "id-birth-mismatch": tr("出生日期与证件号不一致"),
    "id-sex-mismatch": tr("性别与证件号不一致"),
    "leading-zero-lost": tr("开头的0可能丢了"),
    "study-dates": tr("学制与日期不一致"),
    "code-unknown": tr("不是规定的名称"),
    "name-placeholder": tr("姓名缺字"),
    "name-character": tr("姓名有认不出的字"),
    "width-exceeded": tr("超出学信网的长度"),
    "name-similar": tr("院部、班级写法相近"),
    "header-missing": tr("缺少栏目"),
    "header-ambiguous": tr("栏目不清楚"),
    "wrong-kind": tr("不是这种名单"),
}
_LOST_NAMES: Final = frozenset({"name-placeholder", "name-character"})


def kind_of_problem(code: str) -> str:
    """Return what a kind of problem is called."""
    return _KINDS.get(code, tr("其他"))


def belongs(row: MendRow, group: str, code: str = "") -> bool:
    """Tell whether a row is of a group, and has an open problem of a kind ("" for any)."""
    if code and not any(one.problem.code == code for one in row.open_problems):
        return False
    return row.standing in _OPEN_STANDINGS if group == OPEN else str(row.standing) == group


def group_counts(rows: Sequence[MendRow]) -> dict[str, int]:
    """Return how many rows each group has."""
    return {id_: sum(belongs(row, id_) for row in rows) for id_, _ in GROUPS}


def code_counts(rows: Sequence[MendRow]) -> dict[str, int]:
    """Return in how many rows each kind of problem is open, the most frequent first."""
    codes = (code for row in rows for code in {one.problem.code for one in row.open_problems})
    return dict(Counter(codes).most_common())


def counts_sentence(counts: Counts) -> str:
    """Say how the rows stand; this is always in sight."""
    parts = [
        tr("共 {rows:,} 行，可以收入 {fine:,} 行", rows=counts.rows, fine=counts.fine),
        *(
            text
            for number, text in (
                (counts.errors, tr("有错误 {count:,} 行", count=counts.errors)),
                (counts.questions, tr("有疑问 {count:,} 行", count=counts.questions)),
                (counts.set_aside, tr("不收入 {count:,} 行", count=counts.set_aside)),
            )
            if number
        ),
    ]
    done = [
        text
        for number, text in (
            (counts.mended, tr("已改好 {count:,} 行", count=counts.mended)),
            (counts.let_in, tr("按原样收入 {count:,} 行", count=counts.let_in)),
        )
        if number
    ]
    told = "，".join(parts)
    return tr("{told}。其中{done}。", told=told, done="，".join(done)) if done else f"{told}。"


def place_of(row: MendRow, *, names_sheet: bool) -> str:
    """Return where a row stands in the file."""
    sheet, number = row.place
    if not number:
        return sheet
    return tr("{sheet} 第{row}行", sheet=sheet, row=number) if names_sheet else f"{number}"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What can be done with the row in sight: each is called without anything."""

    take: Callable[[RowProblem], object]
    take_alike: Callable[[RowProblem], object]
    let_in: Callable[[], object]
    set_aside: Callable[[], object]
    ask_again: Callable[[], object]
    as_in_file: Callable[[], object]
    find_character: Callable[[], object]


def in_turn(row: MendRow, field: str) -> list[RowProblem]:
    """Return the open problems of a row, those of the cell in hand first."""
    return sorted(row.open_problems, key=lambda one: (one.field != field, one.suggestion is None))


def row_parts(
    row: MendRow, field: str, alike: Callable[[RowProblem], int], do: Deeds
) -> list[Part]:
    """Return what there is to say of a row, and what can be done.

    Args:
        row: the row.
        field: of the cell in hand.
        alike: says for how many problems of the same kind there is a suggestion.
        do: what the buttons do.
    """
    name = row.cells.get("name", "") or tr("（无姓名）")
    heading = (
        tr("第{row}行 {name}", row=row.place[1], name=name) if row.is_student else row.place[0]
    )
    told: list[Part] = [Heading(heading), Shape(STATES[row.standing], GROUP_TITLES[row.standing])]
    if row.reason:
        told.append(Words(tr("原因：{reason}", reason=row.reason)))
    first = True
    for one in in_turn(row, field):
        told.append(
            Words(one.problem.message, "" if one.problem.severity is Severity.NOTE else "strong")
        )
        if one.suggestion:
            told += list(_suggestion(one, alike(one), do, takes_key=first))
            first = False
    told += list(_row_deeds(row, do))
    return told


def _suggestion(one: RowProblem, alike: int, do: Deeds, *, takes_key: bool) -> Iterator[Part]:
    suggestion = one.suggestion
    if suggestion is None:
        return
    text = (
        tr("不收入这一行") if suggestion.leave_out else tr("改为“{value}”", value=suggestion.value)
    )
    if takes_key:
        text = tr("{text}（Alt+1）", text=text)
    yield Words(suggestion.sentence, "quiet")
    yield Deed(text, lambda: do.take(one), drawing="tick")
    if alike > 1:
        yield Deed(tr("同类的 {count:,} 处都这样改", count=alike), lambda: do.take_alike(one))


def _row_deeds(row: MendRow, do: Deeds) -> Iterator[Part]:
    """Yield what can be done with the row as a whole."""
    if any(one.problem.code in _LOST_NAMES for one in row.open_problems):
        yield Deed(tr("查找缺的字…（Alt+4）"), do.find_character, drawing="search")
    if row.standing is Standing.QUESTION:
        yield Deed(tr("按原样收入…（Alt+2）"), do.let_in)
    if row.standing in _OPEN_STANDINGS or row.standing is Standing.MENDED:
        yield Deed(tr("不收入（Alt+3）"), do.set_aside)
    if row.standing in (Standing.LET_IN, Standing.SET_ASIDE):
        yield Deed(tr("重新办理这一行"), do.ask_again, drawing="undo")
    if row.typed:
        yield Deed(tr("恢复成文件里的内容"), do.as_in_file, drawing="undo")


GROUP_TITLES: Final = {Standing(id_): title for id_, title in GROUPS if id_ != OPEN}
