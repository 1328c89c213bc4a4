"""The merge desk as plain functions on a frozen draft: files, plan, result."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.procedures.exchange.merge_words import ToldMerge
from desktop.views.language import tr

FILES, PLAN, DONE, DISPUTED = "files", "plan", "done", "disputed"
ENDING = ".jice"
_SHOWN_OFFICES = 4
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """What the merge desk collects.

    Attributes:
        registrar: whether this office decides contradictions itself.
        files: what is to be taken in, in the order in which it will be.
        plan: what that would do, for exactly these files; None while not worked out.
        result: what it did.
    """

    registrar: bool
    files: tuple[Path, ...] = ()
    plan: ToldMerge | None = None
    result: ToldMerge | None = None


def next_step(step: str, draft: MergeDraft) -> str:
    """Return the step after a step; contradictions lead to another last step."""
    if step == FILES:
        return PLAN
    if step != PLAN:
        return ""
    return DISPUTED if draft.registrar and draft.result and _disputed(draft.result) else DONE


def problems(step: str, draft: MergeDraft) -> dict[str, str]:
    """Return what is wrong on a step."""
    if step == FILES and not draft.files:
        return {"": tr("请把报送包拖到这里，或者点“选择文件”。")}
    return {}


def with_files(known: Iterable[Path], added: Iterable[Path]) -> tuple[Path, ...]:
    """Return files with others added, each once, the bundles of folders too, in natural order."""
    found = set(known)
    for path in added:
        found.update(path.glob(f"*{ENDING}") if path.is_dir() else [path])
    return tuple(sorted(found, key=_natural))


def _natural(path: Path) -> list[tuple[int, str]]:
    """Sort 第2号 before 第10号."""
    parts = _DIGITS.split(path.name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _disputed(told: ToldMerge) -> bool:
    return any(bundle.conflicts for bundle in told.bundles)


# --- words ---------------------------------------------------------------------------------------


def plan_sentence(told: ToldMerge) -> str:
    """Return in one sentence what taking these files in would do."""
    good, bad = told.bundles, told.refusals
    parts = [
        tr(
            "{files_count} 份文件，{good_count} 份真实有效",
            files_count=len(told.files),
            good_count=len(good),
        )
    ]
    if bad:
        parts.append(tr("{count} 份不能收入", count=len(bad)))
    new = sum(bundle.new for bundle in good)
    parts.append(tr("新的记载 {new:,} 条", new=new) if new else tr("没有新的内容"))
    if changes := sum(len(bundle.changes) for bundle in good):
        parts.append(tr("改动 {changes:,} 处", changes=changes))
    if conflicts := sum(len(bundle.conflicts) for bundle in good):
        parts.append(tr("产生分歧 {conflicts:,} 处", conflicts=conflicts))
    if missing := missing_students(told):
        parts.append(tr("有 {missing:,} 名学生没有提到", missing=missing))
    return "，".join(parts) + "。"


def missing_students(told: ToldMerge) -> int:
    """Return how many students no bundle of these speaks about; the last word on a class counts."""
    silent = {s.class_name: s.names for bundle in told.bundles for s in bundle.missing}
    return sum(len(names) for names in silent.values())


def result_sentences(told: ToldMerge, *, registrar: bool) -> tuple[str, ...]:
    """Return what was taken, what waits, what was refused, and what to do next."""
    taken = [bundle for bundle in told.bundles if bundle.new]
    again = len(told.bundles) - len(taken)
    said = [
        tr(
            "已收入 {count} 份报送包，新的记载 {total:,} 条。",
            count=len(taken),
            total=sum(b.new for b in taken),
        )
    ]
    if again:
        said.append(tr("{again} 份没有新的内容，以前已经收过。", again=again))
    if told.refusals:
        names = "、".join(f"“{refusal.file_name}”" for refusal in told.refusals)
        said.append(
            tr(
                "拒收 {count} 份：{names}。原因和办法在各行里，也留在“收发”页。",
                count=len(told.refusals),
                names=names,
            )
        )
    if told.untouched:
        names = "、".join(f"“{path.name}”" for path in told.untouched)
        said.append(
            tr(
                "已按要求停下，还有 {count} 份没有动：{names}。",
                count=len(told.untouched),
                names=names,
            )
        )
    return (*said, *_next_sentences(told, registrar=registrar))


def _next_sentences(told: ToldMerge, *, registrar: bool) -> tuple[str, ...]:
    said = []
    if disputed := sum(len(bundle.conflicts) for bundle in told.bundles):
        who = tr("请接着裁定") if registrar else tr("由学籍科裁定")
        said.append(
            tr(
                "有 {disputed} 处分歧，{who}；没有裁定的只影响所涉及的学生。",
                disputed=disputed,
                who=who,
            )
        )
    if missing := missing_students(told):
        said.append(
            tr(
                "有 {missing} 名学生还没有任何情况，请向院部问清楚；名单没有任何改动。",
                missing=missing,
            )
        )
    if answered := sorted({b.office_name for b in told.bundles if b.report.statements}):
        names = "、".join(answered)
        whom = (
            names
            if len(answered) <= _SHOWN_OFFICES
            else tr("这 {count} 个部门", count=len(answered))
        )
        said.append(
            tr("接下来：把回执导出给{whom}。", whom=whom)
            if registrar
            else tr(
                "接下来：看“工作台”上各班的下一步。"
                "回执会随下一份给{whom}的报送包带回，不必专门送。",
                whom=whom,
            )
        )
    return tuple(said)
