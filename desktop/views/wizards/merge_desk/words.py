"""What one file brings, as columns of a table and as details beside it."""

from collections.abc import Callable, Iterator

from desktop.domain.exchange import Receipt
from desktop.procedures.merge_words import ToldBundle, ToldFile
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words

_MOST_SHOWN = 200
_NOTICES = {
    "predecessor-missing": "前面有缺号",
    "older-after-newer": "比收过的早",
    "withdrawn": "已被撤回",
    "data-outdated": "本机数据旧",
}


def _number(title: str, count: Callable[[ToldBundle], int]) -> Column[ToldFile]:
    """Return a column of numbers; of a refused file there is nothing to count."""
    return Column(
        title,
        lambda file: (
            (f"{count(file.bundle):,}" if count(file.bundle) else "—") if file.bundle else ""
        ),
        sort_key=lambda file: count(file.bundle) if file.bundle else -1,
        align=Align.RIGHT,
        width=3,
    )


def verdict(file: ToldFile) -> str:
    """Return in a few words what becomes of a file."""
    if file.refusal:
        return "不能收入"
    bundle = file.bundle
    assert bundle  # noqa: S101 - a file is genuine or refused
    if not bundle.report.statements and not bundle.new:
        return "只有回执和证书" if bundle.receipts else "没有新的内容"
    if not bundle.new:
        return "已经收过"
    return _needs_a_look(bundle) or "可以收入"


def _needs_a_look(bundle: ToldBundle) -> str:
    """Return in a few words what a person should look at, "" for nothing."""
    if bundle.conflicts:
        return "有分歧"
    if bundle.missing:
        return "有人没提到"
    if bundle.foreign:
        return "有的不归它说"
    codes = [notice.code for notice in bundle.report.notices]
    return next((_NOTICES[code] for code in codes if code in _NOTICES), "")


FILE_COLUMNS: tuple[Column[ToldFile], ...] = (
    Column("来自", lambda f: f.bundle.office_name if f.bundle else "不能确认", width=8),
    Column(
        "编号",
        lambda f: f"第{f.bundle.report.number}号" if f.bundle else "",
        sort_key=lambda f: f.bundle.report.number if f.bundle else 0,
        width=4,
    ),
    Column("情况", verdict, width=6),
    _number("新的", lambda b: b.new),
    _number("已有", lambda b: b.already),
    _number("改动", lambda b: len(b.changes)),
    _number("分歧", lambda b: len(b.conflicts)),
    Column("文件", lambda f: f.name, width=16, may_be_cut=True),
)


def file_parts(file: ToldFile) -> list[Part]:
    """Return everything there is to say of one file."""
    if refusal := file.refusal:
        return [
            Heading(file.name),
            Standing(State.ATTENTION, "整份不收"),
            Fact("为什么", refusal.what),
            Fact("怎么办", refusal.todo),
            Fact("代码", refusal.code),
        ]
    assert file.bundle  # noqa: S101 - a file is genuine or refused
    return list(_bundle_parts(file.bundle))


def _bundle_parts(bundle: ToldBundle) -> Iterator[Part]:
    report = bundle.report
    yield Heading(f"{bundle.office_name} 第{report.number}号")
    state = State.ATTENTION if bundle.needs_a_look else State.DONE
    yield Standing(state, "真实有效，需要看" if bundle.needs_a_look else "真实有效")
    made = report.created[:16].replace("T", " ")
    yield Fact("批次", bundle.round_name)
    yield Fact("导出", f"{report.from_seat}号席位，{made}")
    yield Fact("记载", f"{report.statements:,} 条：新的 {bundle.new:,}，已有 {bundle.already:,}")
    yield from (Words(sentence) for sentence in bundle.notices)
    yield from _conflict_parts(bundle)
    yield from _missing_parts(bundle)
    if bundle.foreign:
        names = "、".join(who.words for who in bundle.foreign[:_MOST_SHOWN])
        yield Words(f"不归这个部门说的 {len(bundle.foreign)} 项（收下但不计入）", "strong")
        yield Words(names)
    yield from _change_parts(bundle)
    if bundle.receipts:
        yield Words(f"带来的回执 {len(bundle.receipts)} 份", "strong")
        yield from (Words(receipt_sentence(receipt)) for receipt in bundle.receipts)
    for other in bundle.forwarded:
        yield Words(
            f"转交 {other.report.from_seat}号席位的第{other.report.number}号："
            f"新的记载 {other.report.new_statements:,} 条。"
        )


def _conflict_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.conflicts:
        return
    yield Words(f"会产生的分歧 {len(bundle.conflicts)} 处（收入以后裁定）", "strong")
    for conflict in bundle.conflicts[:_MOST_SHOWN]:
        yield Fact(f"{conflict.who.words}　{conflict.title}", " ≠ ".join(conflict.sides))
    yield from _rest(len(bundle.conflicts))


def _missing_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.missing:
        return
    yield Words(f"没有提到的学生 {bundle.missing_students} 人：是漏了，还是另有一份？", "strong")
    for silent in bundle.missing:
        yield Fact(f"{silent.class_name}（{len(silent.names)} 人）", "、".join(silent.names))


def _change_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.changes:
        return
    yield Words(f"改动 {len(bundle.changes)} 处（原来 → 现在）", "strong")
    for change in bundle.changes[:_MOST_SHOWN]:
        yield Fact(f"{change.who.words}　{change.title}", f"{change.old} → {change.new}")
    yield from _rest(len(bundle.changes))


def _rest(count: int) -> Iterator[Part]:
    if count > _MOST_SHOWN:
        yield Words(f"还有 {count - _MOST_SHOWN} 处，收入以后可以在学生的记录里查看。", "quiet")


def receipt_sentence(receipt: Receipt) -> str:
    """Return an answer in a sentence."""
    if receipt.refused:
        return f"第{receipt.number}号被拒收：{receipt.refused}{receipt.todo}"
    parts = [f"第{receipt.number}号已收下，新的 {receipt.taken:,} 条"]
    if receipt.already:
        parts.append(f"以前已有 {receipt.already:,} 条")
    if receipt.waiting:
        parts.append(f"等待裁定 {receipt.waiting:,} 处")
    if receipt.without_authority:
        parts.append(f"不归本部门说的 {receipt.without_authority:,} 项没有计入")
    if receipt.missing:
        parts.append(f"没有提到的学生 {receipt.missing:,} 人")
    return "，".join(parts) + "。"
