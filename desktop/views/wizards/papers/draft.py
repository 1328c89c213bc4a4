"""Making papers and files, as plain functions on a frozen draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.documents import Document
from desktop.procedures.registration.papers import PaperCheck
from desktop.views.language import tr

REGISTER, CHSI, HAND_OVER, CLASS_LISTS = "register", "chsi", "hand_over", "class_lists"
WHAT, CHECK, DONE = "what", "check", "done"
_NEXT = {WHAT: CHECK, CHECK: DONE, DONE: ""}
TITLES = {
    REGISTER: tr("名册"),
    CHSI: tr("学信网文件"),
    HAND_OVER: tr("移交清单"),
    CLASS_LISTS: tr("班级名单"),
}
_NEXT_STEPS = {
    REGISTER: tr(
        "接下来：点“打开文档”，预览、打印名册，请教务处负责人、分管校长签字，盖学校印章。"
    ),
    CHSI: tr(
        "接下来：点“打开文档”，选中这几份（可以用 Shift 或 Ctrl 多选），一起保存到U盘，"
        "到学信网平台上传。"
    ),
    HAND_OVER: tr(
        "接下来：点“打开文档”，打印移交清单，连同名册和签字表交院长办公室档案室，双方签字。"
    ),
    CLASS_LISTS: tr("接下来：点“打开文档”，把班级名单保存到文件夹或U盘。"),
}
_MOST = 12


@dataclass(frozen=True, slots=True)
class Papers:
    """What is to be made, what is known before, and what was made.

    ``class_ids`` and ``classes_title`` say for which classes lists are made.
    """

    round_id: str
    round_name: str
    class_ids: tuple[str, ...]
    classes_title: str
    what: str = ""
    check: PaperCheck | None = None
    made: tuple[Document, ...] = ()
    left_out: tuple[str, ...] = ()


def next_step(step: str, _draft: Papers) -> str:
    """Return the step that follows, "" after the last."""
    return _NEXT[step]


def problems(step: str, draft: Papers) -> dict[str, str]:
    """Return what keeps the papers from being made."""
    if step == WHAT:
        return {} if draft.what else {"": tr("请先选择一项。")}
    check = draft.check
    if step != CHECK or check is None:
        return {}
    if draft.what in (REGISTER, CHSI) and check.stopped:
        return {"": tr("请先关闭这里，把上面的学生处理好，再来生成。")}
    if draft.what in (REGISTER, CHSI) and not check.issued:
        return {"": tr("还没有一名学生办理注册结论。请先办理注册，再来生成。")}
    if draft.what == HAND_OVER and not check.register_made:
        return {"": tr("这个批次还没有生成名册。请先生成名册，再生成移交清单。")}
    return {}


def check_sentences(draft: Papers) -> tuple[str, ...]:
    """Say what will be made, what stops it, and what will be missing."""
    check = draft.check
    if check is None:
        return ()
    if draft.what == CLASS_LISTS:
        return (
            tr(
                "把{classes_title}的班级名单做成一份表格，一个班一张工作表。",
                classes_title=draft.classes_title,
            ),
        )
    if draft.what == HAND_OVER:
        return (
            tr("把已经生成的名册、学信网文件和签字盖章的签字表列成一份移交清单。")
            if check.register_made
            else tr("现在还不能生成：这个批次还没有生成名册。请先生成名册，再生成移交清单。"),
        )
    if check.stopped or not check.issued:
        return _stopping(check)
    return _coming(draft.what, check)


def _coming(what: str, check: PaperCheck) -> tuple[str, ...]:
    """Say what is in the register or the files, and who is not."""
    said = [_contents(what, check)]
    if check.held_back:
        where = tr("不上传") if what == CHSI else tr("逐人列在名册的“暂未注册名单”里")
        said.append(
            tr("{held_back:,} 人暂未注册，{where}。", held_back=check.held_back, where=where)
        )
    if what == CHSI and check.left_out:
        said.append(
            tr(
                "DBF文件有 {count} 处写不下，这些行不写入DBF，电子表格里有：",
                count=len(check.left_out),
            )
        )
        said += [*check.left_out[:_MOST]]
        if len(check.left_out) > _MOST:
            said.append(tr("其余 {rest} 处生成以后全部列出。", rest=len(check.left_out) - _MOST))
    return tuple(said)


def done_sentences(draft: Papers) -> tuple[str, ...]:
    """Say what was made, and what comes next."""
    said = [tr("已生成：{named}。", named=_named(draft.made)), _NEXT_STEPS[draft.what]]
    if draft.left_out:
        said.append(
            tr("下列 {count} 处没有写入DBF文件，请在学信网上手工录入：", count=len(draft.left_out))
        )
        said += draft.left_out
    return tuple(said)


def _stopping(check: PaperCheck) -> tuple[str, ...]:
    if not check.stopped:
        return (tr("现在还不能生成：还没有一名学生办理注册结论。请先办理注册，再来生成。"),)
    said = [tr("现在还不能生成，什么都不会写出。")]
    if check.disputed:
        names = "、".join(check.disputed)
        said.append(
            tr(
                "各方说法不一致、要先裁定的有 {count} 人：{names}。",
                count=len(check.disputed),
                names=names,
            )
        )
    if check.unfinished:
        names = "、".join(check.unfinished)
        said.append(
            tr(
                "没有班级或信息不完整、要先补全的有 {count} 人：{names}。",
                count=len(check.unfinished),
                names=names,
            )
        )
    return tuple(said)


def _contents(what: str, check: PaperCheck) -> str:
    if what == CHSI:
        return tr(
            "注册学籍、保留入学资格、放弃入学资格各生成一份电子表格和一份DBF文件，"
            "{issued:,} 人已有结论；取消入学资格的不上传。",
            issued=check.issued,
        )
    return tr(
        "名册一份（PDF）和它的电子表格一份，共 {issued:,} 人已有注册结论。", issued=check.issued
    )


def _named(documents: Sequence[Document]) -> str:
    return "、".join(f"“{document.name}”" for document in documents)
