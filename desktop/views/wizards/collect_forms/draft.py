"""Collecting filled-in forms, as plain functions on a frozen draft: the way and the words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.procedures.named_files import File, Who, as_page_of, path_of
from desktop.procedures.recheck.recheck_forms import TakenForms, forms_chosen_at_first
from desktop.procedures.recheck.recheck_looking import FormLook
from desktop.views.language import tr
from desktop.views.wizards.found_pictures.choosing import Choosing, groups, in_order, whose

PLACE, FOUND, REASON, CONFIRM, DONE = "place", "found", "reason", "confirm", "done"
GROUPS: Final = groups(tr("还没有交的学生"))
_NAMED = 5
_PAGES_NAMED = 8


@dataclass(frozen=True, slots=True)
class CollectForms(Choosing):
    """What the wizard collects.

    Attributes:
        round_id: the re-check.
        classes: id and name of those whose forms may be collected.
        class_id: whose forms they are, "" for all classes.
        look: what was found, None while not looked at.
        taken: what came in.
    """

    round_id: str = ""
    classes: tuple[tuple[str, str], ...] = ()
    class_id: str = ""
    look: FormLook | None = None
    taken: TakenForms | None = None

    @property
    def title(self) -> str:
        """What the pictures are, in words."""
        return tr("复查表")

    @property
    def found(self) -> FormLook | None:
        """What was found, None while nobody has looked."""
        return self.look

    @property
    def remark(self) -> str:
        """Which pages of scans were passed over because nothing stands on them."""
        blank = self.look.blank if self.look else ()
        if not blank:
            return ""
        return tr("空白页 {count:,} 页，已跳过：{names}。", count=len(blank), names=_pages(blank))

    @property
    def everybody(self) -> tuple[Who, ...]:
        """To whom a person may give a form whose name says nothing."""
        return self.look.everybody if self.look else ()


def next_step(step: str, draft: CollectForms) -> str:
    """Return the step after a step; a reason is asked for only where there is a question."""
    if step == PLACE:
        return FOUND
    if step == FOUND:
        return REASON if draft.doubtful else CONFIRM
    return {REASON: CONFIRM, CONFIRM: DONE}.get(step, "")


def problems(step: str, draft: CollectForms) -> dict[str, str]:
    """Return what is missing or wrong on a step."""
    if step == PLACE and not draft.source:
        return {"source": tr("请选择放复查表照片的文件夹、压缩包或者扫描件，也可以拖到这里。")}
    if step == PLACE and not Path(draft.source).exists():
        return {"source": tr("这个位置打不开。请确认U盘或手机已连接好，再选一次。")}
    if step == FOUND and not draft.chosen:
        return {"": tr("还没有选中要收入的复查表。有疑问的请看过以后逐张决定，或者关闭。")}
    if step == REASON and not draft.reason:
        return {"reason": tr("请写明为什么可以收入，例如“已打开核对，看得清”。")}
    return {}


def with_look(draft: CollectForms, look: FormLook) -> CollectForms:
    """Return the draft with what was found, what is ready chosen."""
    return replace(draft, look=look, chosen=in_order(forms_chosen_at_first(look)))


def confirm_sentences(draft: CollectForms) -> tuple[str, ...]:
    """Say what will happen."""
    if draft.look is None:
        return ()
    said = [
        tr(
            "收入复查表 {count:,} 张，按“学号+姓名”命名，每张记在它的学生名下。",
            count=len(draft.chosen),
        )
    ]
    if draft.doubtful:
        names = [_named(draft, place) for place in range(len(draft.doubtful))]
        said.append(
            tr(
                "其中有疑问、由人决定收入的：{names}。原因：{reason}",
                names=_listed(names),
                reason=draft.reason,
            )
        )
    said += _changed_pictures(draft, draft.look)
    if draft.remark:
        said.append(draft.remark)
    if left := len(draft.look.files) - len(draft.chosen):
        said.append(tr("另外 {count:,} 张不收入，原来的文件不作任何改动。", count=left))
    return (*said, *_still_without(draft))


def _changed_pictures(draft: CollectForms, look: FormLook) -> list[str]:
    """Say of how many pictures something else is kept than was brought."""
    chosen = [one for one, _ in draft.chosen_files()]
    large, turned = {one.file for one in look.reduced}, [one for one in chosen if one.turn]
    pages = [one for one in chosen if as_page_of(one.file)]
    smaller = [one for one in chosen if one.file in large]
    said = []
    if pages:
        said.append(tr("扫描件每一页存成一张照片，共 {count:,} 张。", count=len(pages)))
    if turned:
        said.append(
            tr("{count:,} 张横放或者倒放的，按表上的二维码转正以后收入。", count=len(turned))
        )
    if smaller:
        said.append(tr("{count:,} 张超过 3 MB，会缩小以后收入。", count=len(smaller)))
    others = [one for one in chosen if not (one.turn or one.file in large or as_page_of(one.file))]
    if said and others:
        said.append(tr("其余 {count:,} 张原样收入，一个字节也不改。", count=len(others)))
    return said or [tr("照片原样收入，一个字节也不改。")]


def done_sentences(draft: CollectForms) -> tuple[str, ...]:
    """Say what was done, and what comes next."""
    if draft.taken is None or draft.look is None:
        return ()
    taken = draft.taken
    said = [tr("已收入复查表 {count:,} 张。", count=taken.taken)]
    if taken.replaced:
        said.append(
            tr("其中 {count:,} 张换下了原来的，原来的仍可在记载里看到。", count=taken.replaced)
        )
    if taken.same:
        said.append(tr("{count:,} 张与已有的完全相同，没有重复收入。", count=taken.same))
    if taken.turned:
        said.append(tr("{count:,} 张已转正，记载里写明了原图。", count=taken.turned))
    said += _still_without(draft)
    said.append(tr("接下来：在“入学复查”里选一名学生，对着照片录入并与档案比对。"))
    return tuple(said)


def _still_without(draft: CollectForms) -> list[str]:
    """Say who has no form yet."""
    served = {student for _, student in draft.chosen}
    without = draft.look.without if draft.look else ()
    names = [who.name for who in without if who.subject not in served]
    return [tr("还没有交复查表的：{names}。", names=_listed(names))] if names else []


def _named(draft: CollectForms, place: int) -> str:
    one = draft.doubtful[place]
    who = whose(one, draft)
    return who.name if who else one.path


def _pages(pages: Sequence[File]) -> str:
    """Name pages scan by scan, the first of many."""
    scans: dict[File, list[str]] = {}
    for scan, number in filter(None, map(as_page_of, pages)):
        scans.setdefault(scan, []).append(str(number))
    named = [_pages_of(path_of(scan), numbers) for scan, numbers in scans.items()]
    return tr("{names}等", names="；".join(named[:_NAMED])) if named[_NAMED:] else "；".join(named)


def _pages_of(scan: str, numbers: Sequence[str]) -> str:
    shown = "、".join(numbers[:_PAGES_NAMED])
    if numbers[_PAGES_NAMED:]:
        return tr("{scan} 第{numbers}…页", scan=scan, numbers=shown)
    return tr("{scan} 第{numbers}页", scan=scan, numbers=shown)


def _listed(names: Sequence[str]) -> str:
    """Name people, the first of many."""
    if len(names) <= _NAMED:
        return "、".join(names)
    return tr("{names}等 {count:,} 人", names="、".join(names[:_NAMED]), count=len(names))
