"""What one file brings, as columns of a table and as details beside it."""

from collections.abc import Callable, Iterator

from desktop.domain.exchange import Receipt
from desktop.procedures.exchange.merge_words import ToldBundle, ToldFile
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words

_MOST_SHOWN = 200
_NOTICES = {
    "predecessor-missing": tr("前面有缺号"),
    "older-after-newer": tr("比收过的早"),
    "withdrawn": tr("已被撤回"),
    "data-outdated": tr("本机数据旧"),
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
        return tr("不能收入")
    bundle = file.bundle
    assert bundle  # noqa: S101 - a file is genuine or refused
    if not bundle.report.statements and not bundle.new:
        return tr("只有回执和证书") if bundle.receipts else tr("没有新的内容")
    if not bundle.new:
        return tr("已经收过")
    return _needs_a_look(bundle) or tr("可以收入")


def _needs_a_look(bundle: ToldBundle) -> str:
    """Return in a few words what a person should look at, "" for nothing."""
    if bundle.conflicts:
        return tr("有分歧")
    if bundle.missing:
        return tr("有人没提到")
    if bundle.foreign:
        return tr("有的不归它说")
    codes = [notice.code for notice in bundle.report.notices]
    return next((_NOTICES[code] for code in codes if code in _NOTICES), "")


FILE_COLUMNS: tuple[Column[ToldFile], ...] = (
    Column(tr("来自"), lambda f: f.bundle.office_name if f.bundle else tr("不能确认"), width=8),
    Column(
        tr("编号"),
        lambda f: tr("第{number}号", number=f.bundle.report.number) if f.bundle else "",
        sort_key=lambda f: f.bundle.report.number if f.bundle else 0,
        width=4,
    ),
    Column(tr("情况"), verdict, width=6),
    _number(tr("新的"), lambda b: b.new),
    _number(tr("已有"), lambda b: b.already),
    _number(tr("改动"), lambda b: len(b.changes)),
    _number(tr("分歧"), lambda b: len(b.conflicts)),
    Column(tr("文件"), lambda f: f.name, width=16, may_be_cut=True),
)


def file_parts(file: ToldFile) -> list[Part]:
    """Return everything there is to say of one file."""
    if refusal := file.refusal:
        return [
            Heading(file.name),
            Standing(State.ATTENTION, tr("整份不收")),
            Fact(tr("为什么"), refusal.what),
            Fact(tr("怎么办"), refusal.todo),
            Fact(tr("代码"), refusal.code),
        ]
    assert file.bundle  # noqa: S101 - a file is genuine or refused
    return list(_bundle_parts(file.bundle))


def _bundle_parts(bundle: ToldBundle) -> Iterator[Part]:
    report = bundle.report
    yield Heading(
        tr("{office_name} 第{number}号", office_name=bundle.office_name, number=report.number)
    )
    state = State.ATTENTION if bundle.needs_a_look else State.DONE
    yield Standing(state, tr("真实有效，需要看") if bundle.needs_a_look else tr("真实有效"))
    made = report.created[:16].replace("T", " ")
    yield Fact(tr("批次"), bundle.round_name)
    yield Fact(tr("导出"), tr("{from_seat}号席位，{made}", from_seat=report.from_seat, made=made))
    yield Fact(
        tr("记载"),
        tr(
            "{statements:,} 条：新的 {new:,}，已有 {already:,}",
            statements=report.statements,
            new=bundle.new,
            already=bundle.already,
        ),
    )
    yield from (Words(sentence) for sentence in bundle.notices)
    yield from _conflict_parts(bundle)
    yield from _missing_parts(bundle)
    if bundle.foreign:
        names = "、".join(who.words for who in bundle.foreign[:_MOST_SHOWN])
        yield Words(
            tr("不归这个部门说的 {count} 项（收下但不计入）", count=len(bundle.foreign)), "strong"
        )
        yield Words(names)
    yield from _fact_parts(bundle)
    yield from _change_parts(bundle)
    if bundle.receipts:
        yield Words(tr("带来的回执 {count} 份", count=len(bundle.receipts)), "strong")
        yield from (Words(receipt_sentence(receipt)) for receipt in bundle.receipts)
    for other in bundle.forwarded:
        yield Words(
            tr(
                "转交 {from_seat}号席位的第{number}号：新的记载 {new_statements:,} 条。",
                from_seat=other.report.from_seat,
                number=other.report.number,
                new_statements=other.report.new_statements,
            )
        )


def _conflict_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.conflicts:
        return
    yield Words(
        tr("会产生的分歧 {count} 处（收入以后裁定）", count=len(bundle.conflicts)), "strong"
    )
    for conflict in bundle.conflicts[:_MOST_SHOWN]:
        yield Fact(f"{conflict.who.words}　{conflict.title}", " ≠ ".join(conflict.sides))
    yield from _rest(len(bundle.conflicts))


def _missing_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.missing:
        return
    yield Words(
        tr(
            "没有提到的学生 {missing_students} 人：是漏了，还是另有一份？",
            missing_students=bundle.missing_students,
        ),
        "strong",
    )
    for silent in bundle.missing:
        yield Fact(
            tr("{class_name}（{count} 人）", class_name=silent.class_name, count=len(silent.names)),
            "、".join(silent.names),
        )


def _fact_parts(bundle: ToldBundle) -> Iterator[Part]:
    """Say what lists say of students anew, one by one while they are few."""
    for facts in bundle.facts:
        yield Words(
            tr("{title}：新登记 {count:,} 人", title=facts.title, count=facts.students), "strong"
        )
        yield from (Fact(who.words, text) for who, text in facts.shown)
        if (rest := facts.students - len(facts.shown)) > 0:
            yield Words(tr("还有 {rest:,} 人，收入以后可以在学生详情里查看。", rest=rest), "quiet")


def _change_parts(bundle: ToldBundle) -> Iterator[Part]:
    if not bundle.changes:
        return
    yield Words(tr("改动 {count} 处（原来 → 现在）", count=len(bundle.changes)), "strong")
    for change in bundle.changes[:_MOST_SHOWN]:
        yield Fact(f"{change.who.words}　{change.title}", f"{change.old} → {change.new}")
    yield from _rest(len(bundle.changes))


def _rest(count: int) -> Iterator[Part]:
    if count > _MOST_SHOWN:
        yield Words(
            tr("还有 {rest} 处，收入以后可以在学生的记录里查看。", rest=count - _MOST_SHOWN),
            "quiet",
        )


def receipt_sentence(receipt: Receipt) -> str:
    """Return an answer in a sentence."""
    if receipt.refused:
        return tr(
            "第{number}号被拒收：{refused}{todo}",
            number=receipt.number,
            refused=receipt.refused,
            todo=receipt.todo,
        )
    parts = [
        tr("第{number}号已收下，新的 {taken:,} 条", number=receipt.number, taken=receipt.taken)
    ]
    if receipt.already:
        parts.append(tr("以前已有 {already:,} 条", already=receipt.already))
    if receipt.waiting:
        parts.append(tr("等待裁定 {waiting:,} 处", waiting=receipt.waiting))
    if receipt.without_authority:
        parts.append(
            tr(
                "不归本部门说的 {without_authority:,} 项没有计入",
                without_authority=receipt.without_authority,
            )
        )
    if receipt.missing:
        parts.append(tr("没有提到的学生 {missing:,} 人", missing=receipt.missing))
    return "，".join(parts) + "。"
