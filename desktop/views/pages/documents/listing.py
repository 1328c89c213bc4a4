"""The list of documents as data: columns and filters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.procedures.document_shelf import KIND_TITLES, OTHER_KIND, DocumentLine
from desktop.views.language import tr
from desktop.views.table_models.columns import Align, Column

ALL: Final = ""
FILTERS: Final = (
    (ALL, tr("全部")),
    *((title, title) for title in dict.fromkeys(KIND_TITLES.values())),
    (OTHER_KIND, OTHER_KIND),
)
COLUMNS: Final[tuple[Column[DocumentLine], ...]] = (
    Column(tr("时间"), lambda d: d.document.made_at[:16].replace("T", " "), width=9),
    Column(tr("名称"), lambda d: d.document.name, width=16, may_be_cut=True),
    Column(
        tr("页数"),
        lambda d: str(d.document.pages or ""),
        sort_key=lambda d: d.document.pages,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("种类"), lambda d: d.kind_title, width=8),
    Column(tr("批次"), lambda d: d.round_name, width=12, may_be_cut=True),
    Column(tr("经办人"), lambda d: d.document.operator, width=6),
)


def counts(lines: Sequence[DocumentLine]) -> dict[str, int]:
    """Return how many documents each filter of a kind shows."""
    return {kind: sum(kind in (ALL, line.kind_title) for line in lines) for kind, _title in FILTERS}


def rounds_of(lines: Sequence[DocumentLine]) -> list[tuple[str, str]]:
    """Return the rounds of documents, id and name, the latest first."""
    return list(dict.fromkeys((line.document.round, line.round_name) for line in lines))


def state_sentence(lines: Sequence[DocumentLine]) -> str:
    """Return the sentence of state at the head of the page."""
    if not lines:
        return tr("打印过的纸质材料和导出过的文件都会留在这里。")
    pages = sum(line.document.pages for line in lines)
    return tr(
        "共 {count:,} 份，{pages:,} 页。再次打印、保存的内容与当时完全一样。",
        count=len(lines),
        pages=pages,
    )


def replacing_question(replaced: Sequence[DocumentLine], folder: Path) -> str:
    """Return the question before files of other content are replaced, with their names."""
    names = "、".join(f"“{line.document.name}”" for line in replaced)
    if len(replaced) == 1:
        return tr(
            "“{name}”里已有一份内容不同的{names}，要替换它吗？",
            name=folder.name or folder,
            names=names,
        )
    return tr(
        "“{name}”里已有 {count} 份内容不同的文件：{names}，要替换它们吗？",
        name=folder.name or folder,
        count=len(replaced),
        names=names,
    )


def saved_sentence(paths: Sequence[Path], folder: Path) -> str:
    """Say where documents were saved."""
    if len(paths) == 1:
        return tr("已保存到“{path}”，与当时完全一样。", path=paths[0])
    return tr("{count} 份已保存到“{folder}”，与当时完全一样。", count=len(paths), folder=folder)
