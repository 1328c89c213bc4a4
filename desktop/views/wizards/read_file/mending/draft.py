"""Choosing, recognising and mending a list, as plain functions on a frozen draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from desktop.domain.list_shapes import ColumnChoice, ColumnMapping, SeenSheet
from desktop.domain.mended_lists import Mended
from desktop.procedures.imports.list_opening import OpenedList
from desktop.procedures.imports.mending import Mending
from desktop.views.language import tr

FILE, COLUMNS, MEND = "file", "columns", "mend"
Chosen = Mapping[tuple[str, int], str]
"""What columns are said to be: by sheet and place, the field or "" for none."""


@dataclass(frozen=True, slots=True)
class MendDraft:
    """What the steps collect.

    Attributes:
        source: the file.
        kind: of list, as a person says it; "" lets the file tell.
        opened: what the file is, None while not looked at.
        goes_on: whether to go on with what was done to the file before.
        asks_columns: whether a person wants to say what the columns are, though they are clear.
        chosen: what the columns are said to be, empty while nobody has.
        remembers: whether that holds for files of the same shape from now on.
        mending: the list as it is mended, None while not read.
    """

    source: str = ""
    kind: str = ""
    opened: OpenedList | None = None
    goes_on: bool = True
    asks_columns: bool = False
    chosen: tuple[tuple[tuple[str, int], str], ...] = ()
    remembers: bool = True
    mending: Mending | None = None

    @property
    def mended(self) -> Mended | None:
        """The list that the step after these takes."""
        return self.mending.mended if self.mending else None

    @property
    def continues(self) -> bool:
        """Whether what was done to the file before is taken up again."""
        return self.goes_on and self.opened is not None and self.opened.draft is not None

    @property
    def says_columns(self) -> bool:
        """Whether the columns are asked for: they are unclear, or a person wants to say it."""
        if self.opened is None or self.continues:
            return False
        return self.asks_columns or bool(self.chosen) or self.opened.is_unclear

    @property
    def said(self) -> ColumnMapping:
        """What is said of the columns: here, when it was mended before, or of such files."""
        if self.opened is None:
            return ColumnMapping("")
        if self.continues and self.opened.draft:
            kept = self.opened.draft
            return ColumnMapping(kept.kind, kept.mapping.columns)
        return mapping_of(self) if self.chosen else self.opened.mapping


class HasMend(Protocol):
    """A wizard's draft that has these steps' draft in it."""

    @property
    def mend(self) -> MendDraft:
        """What the steps up to a mended list collect."""


def next_mending_step(step: str, draft: MendDraft) -> str:
    """Return the step after one of these, "" when the list is ready for what comes after them."""
    if step == FILE and draft.says_columns:
        return COLUMNS
    if step in (FILE, COLUMNS) and (draft.mending is None or draft.mending.rows):
        return MEND
    return ""


def mending_problems(step: str, draft: MendDraft) -> dict[str, str]:
    """Return what is missing or wrong on one of these steps."""
    if step == FILE and not draft.source:
        return {"source": tr("请选择名单文件，也可以把它拖到这里。")}
    if step == FILE and not Path(draft.source).exists():
        return {"source": tr("这个位置打不开。请确认U盘已插好，再选一次。")}
    if step == COLUMNS and draft.opened is not None:
        return _column_problems(draft.opened, dict(draft.chosen))
    return {}


def listed_sheets(opened: OpenedList) -> tuple[SeenSheet, ...]:
    """Return the sheets whose columns are asked for: of those headed alike only the first."""
    found: dict[tuple[tuple[int, str], ...], SeenSheet] = {}
    for sheet in opened.sheets_of_students:
        found.setdefault(_heading(sheet), sheet)
    return tuple(found.values())


def key_of(sheet: SeenSheet) -> str:
    """Return what tells a list from the others, of which several may stand on a sheet."""
    return f"{sheet.name}:{','.join(map(str, sheet.header_rows))}"


def chosen_at_first(opened: OpenedList) -> Chosen:
    """Return what the columns are taken for; where two could be the same, a person says which."""
    return {
        (key_of(sheet), column.place): "" if column.ambiguous else column.field
        for sheet in listed_sheets(opened)
        for column in sheet.columns
    }


def mapping_of(draft: MendDraft) -> ColumnMapping:
    """Return what a person has said of the columns."""
    if draft.opened is None or not draft.chosen:
        return ColumnMapping("")
    said = dict(draft.chosen)
    choices = {
        ColumnChoice(column.place, column.title, said.get((key_of(sheet), column.place), ""))
        for sheet in listed_sheets(draft.opened)
        for column in sheet.columns
    }
    ordered = sorted(choices, key=lambda one: (one.place, one.title))
    return ColumnMapping(draft.opened.shape.kind, tuple(ordered))


def with_opened(draft: MendDraft, opened: OpenedList) -> MendDraft:
    """Return the draft with what a file is; what belonged to another file is gone."""
    same = draft.opened is not None and draft.opened.shape == opened.shape
    if same:
        return replace(draft, opened=opened)
    return replace(draft, opened=opened, chosen=(), mending=None)


def with_choice(draft: MendDraft, sheet: str, place: int, field: str) -> MendDraft:
    """Return the draft with another word about a column; no other column is the same then."""
    if draft.opened is None:
        return draft
    said = dict(draft.chosen or chosen_at_first(draft.opened).items())
    if field:
        said = {key: "" if key[0] == sheet and one == field else one for key, one in said.items()}
    said[sheet, place] = field
    return replace(draft, chosen=tuple(sorted(said.items())))


def _column_problems(opened: OpenedList, chosen: Chosen) -> dict[str, str]:
    """Return what is still to be said: on one sheet at least, every field that must be there."""
    lacking = [_lacking(opened, sheet, chosen) for sheet in listed_sheets(opened)]
    if not lacking or not all(lacking):
        return {}
    fewest = min(len(titles) for titles in lacking)
    titles = next(titles for titles in lacking if len(titles) == fewest)
    return {
        "": tr(
            "还没有指明哪一栏是{titles}。没有这一栏的，请对方补上以后再读入。",
            titles="、".join(titles),
        )
    }


def _lacking(opened: OpenedList, sheet: SeenSheet, chosen: Chosen) -> list[str]:
    said = {chosen.get((key_of(sheet), column.place), column.field) for column in sheet.columns}
    return [one.title for one in opened.shape.fields if one.needed and one.name not in said]


def _heading(sheet: SeenSheet) -> tuple[tuple[int, str], ...]:
    return tuple((column.place, column.title) for column in sheet.columns)


# --- the words about a file ----------------------------------------------------------------------


def file_sentences(opened: OpenedList, kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield what there is to know of a file before it is read."""
    sheets = opened.sheets_of_students
    if not sheets:
        yield tr("没有找到像名单的内容，请在下一步指明各栏是什么。")
    elif len(sheets) == 1:
        yield tr("从栏目看，这是{kind}。", kind=kinds[opened.shape.kind])
    else:
        yield tr(
            "从栏目看，这是{kind}，共 {count} 张工作表：{names}。",
            kind=kinds[opened.shape.kind],
            count=len(sheets),
            names=_listed([sheet.name for sheet in sheets]),
        )
    if also := kinds.get(opened.shape.also):
        yield tr(
            "里面还有简历、身高等档案内容。写入新生以后再读一次这个文件夹，"
            "“是哪种名单”选“{also}”，供入学复查比对。",
            also=also,
        )
    if opened.remembered:
        yield tr(
            "{by}在{day}为“{file}”选过各栏是什么，这个文件的栏目相同，照样读取。",
            by=opened.remembered.by,
            day=spoken_time(opened.remembered.at),
            file=opened.remembered.file_name,
        )
    for record in opened.imported[:1]:
        yield tr(
            "同一个文件在{day}由{who}读入过（{name}）。再读一次不会重复收入，只会补上有变动的。",
            day=spoken_time(record.imported_at),
            who=record.operator,
            name=record.file_name,
        )
    if opened.is_unclear:
        yield tr("有的栏还不能确定是什么，下一步请指明。")


def draft_sentence(opened: OpenedList) -> str:
    """Say what was done to a file before and not written, "" where nothing was."""
    if opened.draft is None:
        return ""
    return tr(
        "接着上次的改（{by}，{day}，办理过 {count:,} 行）",
        by=opened.draft.by,
        day=spoken_time(opened.draft.at),
        count=len(opened.draft.mends.rows),
    )


def spoken_time(moment: str) -> str:
    """Return a moment of the store, to the minute."""
    return moment[:16].replace("T", " ")


_NAMED: Final = 5


def _listed(names: list[str]) -> str:
    more = tr("等") if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
