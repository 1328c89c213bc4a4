"""What the last steps of reading a list in say: what it is for, what will happen, what was done."""

from collections.abc import Sequence
from typing import Final

from desktop.domain.imports import FATE_TITLES, LEFT_OUT, Fate
from desktop.procedures.imports.import_kinds import RULES, AskedFor, target_title
from desktop.procedures.imports.import_plans import ImportPlan
from desktop.views.language import tr
from desktop.views.wizards.read_file.draft import ReadFile, round_names
from desktop.views.wizards.read_file.offices import READING_OFFICES

_NAMED = 5


def target_words(draft: ReadFile) -> str:
    """Say what reading such a list does."""
    if not draft.kind:
        return ""
    return _DOES[draft.kind]


_DOES: Final = {
    "new-students": tr("新生名单：学生按考生号认定，写入学籍信息和班级，列入所选批次的名单。"),
    "continuing-students": tr("在校生名单：学生按学号认定，写入学籍信息、班级和学信网学籍状态。"),
    "expected-graduates": tr(
        "学信网预计毕业生：学生按学号认定，与学籍信息逐项核对，身份核验的结果另外登记。"
    ),
    "fees": tr("缴费情况：学生按学号认定，姓名要一致；登记这一学年的缴费状态和金额。"),
    "face-check": tr("人像比对结果：学生按考生号认定，姓名要一致；登记比对结果。"),
    "archive": tr(
        "考生档案信息：学生按考生号认定，姓名要一致；登记家庭、简历、志愿等，供入学资格复查比对。"
    ),
    "credit-audit": tr("毕业资格审核：学生按学号认定，姓名要一致；登记这一届的学分和评定。"),
}


def asked_title(draft: ReadFile) -> str:
    """Return what is to be chosen for a list, "" for nothing."""
    return {
        AskedFor.ROUND: tr("列入哪个批次"),
        AskedFor.SCHOOL_YEAR: tr("哪一学年的缴费"),
        AskedFor.YEAR: tr("哪一年毕业"),
    }.get(draft.asked, "")


def write_sentences(draft: ReadFile) -> tuple[str, ...]:
    """Say what will happen, in numbers and names."""
    plan = draft.last
    if plan is None or draft.mend.mended is None:
        return ()
    title = target_title(draft.target, round_names(draft))
    said = [
        tr(
            "把“{file}”（{kind}）写入{target}。",
            file=draft.mend.mended.file.file_name,
            kind=RULES[draft.kind].title,
            target=title or tr("学生的登记"),
        ),
        *_written(plan, tr("新的 {count:,} 行会登记。"), tr("有改动的 {count:,} 行会按文件改。")),
    ]
    if not _writes(plan):
        said.append(tr("没有新的内容，什么都不会改动；只留下这次读入的记录。"))
    if draft.come_in:
        names = [row.name or row.where for row in plan.rows if row.place in draft.come_in]
        said.append(
            tr(
                "其中由人决定仍然读入的 {count:,} 行（{names}）。原因：{reason}",
                count=len(names),
                names=_listed(names),
                reason=draft.reason,
            )
        )
    said += _untouched(plan)
    said += _left_out(draft, plan, _STAYS_OUT)
    said.append(tr("要么全部写入，要么一行也不写；写入以后，在没有据此办理别的事情以前可以撤销。"))
    return tuple(said)


def done_sentences(draft: ReadFile) -> tuple[str, ...]:
    """Say what was done, and what to do with what was left out."""
    if draft.done is None:
        return ()
    plan = draft.done.plan
    said = list(
        _written(plan, tr("新的 {count:,} 行已经登记。"), tr("有改动的 {count:,} 行已经按文件改。"))
    )
    if not _writes(plan):
        said.append(tr("没有新的内容，什么都没有改动。"))
    said += _untouched(plan)
    said += _left_out(draft, plan, _STAYED_OUT)
    if plan.missing:
        said.append(
            tr(
                "不在这份名单里的学生 {count:,} 名：{names}。原来的登记不动，请核对是不是漏了。",
                count=len(plan.missing),
                names=_listed([one.name for one in plan.missing]),
            )
        )
    said.append(tr("接下来：在“读入记录”里可以看到每一行的去向，也可以撤销这次读入。"))
    if then := READING_OFFICES[draft.office].then:
        said.append(then)
    if draft.asked is AskedFor.ROUND:
        said.append(tr("没有写入的行列在“批次名单”里，核对以后再收入。"))
    return tuple(said)


def _writes(plan: ImportPlan) -> bool:
    return bool(plan.counts.get(Fate.NEW) or plan.counts.get(Fate.CHANGED))


def _written(plan: ImportPlan, new: str, changed: str) -> list[str]:
    said = []
    for fate, text in ((Fate.NEW, new), (Fate.CHANGED, changed)):
        if count := plan.counts.get(fate, 0):
            said.append(text.format(count=count))
    return said


def _untouched(plan: ImportPlan) -> list[str]:
    said = []
    if count := plan.counts.get(Fate.SAME, 0):
        said.append(tr("没有变化的 {count:,} 行不动。", count=count))
    if count := plan.counts.get(Fate.KEPT, 0):
        said.append(tr("{count:,} 行与人工决定的不同，按人工决定的保留。", count=count))
    return said


def _left_out(draft: ReadFile, plan: ImportPlan, sentence: str) -> list[str]:
    """Say which rows stay out, group by group, with the first names."""
    said = []
    todo = {**_NEXT, Fate.UNKNOWN: READING_OFFICES[draft.office].unknown}
    for fate, title in FATE_TITLES.items():
        names = [row.name or row.where for row in plan.rows if row.fate is fate]
        if fate in LEFT_OUT and names:
            told = sentence.format(title=title, count=len(names), names=_listed(names))
            said.append(f"{told}{todo.get(fate, '')}")
    return said


_STAYS_OUT = tr("不写入：{title}的 {count:,} 行（{names}）。")
_STAYED_OUT = tr("没有写入：{title}的 {count:,} 行（{names}）。")
_NEXT: Final = {
    Fate.FOREIGN: tr("由他们的院部读入，这里不用处理。"),
    Fate.LIKELY: tr("再读一次这个文件时还会问。"),
    Fate.HELD: tr("改好以后，再读一次这个文件，或者读对方改好的。"),
    Fate.CLASH: tr("请与交来文件的部门核对号码。"),
}


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED])
    return tr("{shown}等", shown=shown) if len(names) > _NAMED else shown
