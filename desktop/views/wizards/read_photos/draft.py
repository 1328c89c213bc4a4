"""Reading photos in, as plain functions on a frozen draft: the way, the choices, the words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.domain.rounds import Round
from desktop.procedures.named_files import LookedAt
from desktop.procedures.photos.photo_looking import PhotoLook
from desktop.procedures.photos.photo_taking import TakenPhotos, chosen_at_first
from desktop.views.language import tr
from desktop.views.wizards.found_pictures.choosing import Choosing, groups, in_order, whose

PLACE, FOUND, REASON, CONFIRM, DONE = "place", "found", "reason", "confirm", "done"
GROUPS: Final = groups(tr("还没有照片的学生"))
_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReadPhotos(Choosing):
    """What the wizard collects.

    Attributes:
        rounds: those whose students may be meant, to choose from.
        kind: which of the four photos.
        round_id: whose students should have one, "" for all.
        look: what was found there, None while not looked at.
        taken: what came in.
    """

    rounds: tuple[Round, ...] = ()
    kind: str = PhotoKind.ENTRANCE
    round_id: str = ""
    look: PhotoLook | None = None
    taken: TakenPhotos | None = None

    @property
    def title(self) -> str:
        """Which photo it is, in words."""
        return PHOTO_TITLES[self.kind]

    @property
    def found(self) -> PhotoLook | None:
        """What was found, None while nobody has looked."""
        return self.look


def fresh_draft(rounds: Sequence[Round]) -> ReadPhotos:
    """Return the draft with what is right nine times in ten: the latest open round."""
    return ReadPhotos(rounds=tuple(rounds), round_id=rounds[0].id if rounds else "")


def next_step(step: str, draft: ReadPhotos) -> str:
    """Return the step after a step; a reason is asked for only where there is a question."""
    if step == PLACE:
        return FOUND
    if step == FOUND:
        return REASON if draft.doubtful else CONFIRM
    return {REASON: CONFIRM, CONFIRM: DONE}.get(step, "")


def problems(step: str, draft: ReadPhotos) -> dict[str, str]:
    """Return what is missing or wrong on a step."""
    if step == PLACE and not draft.source:
        return {"source": tr("请选择放照片的文件夹或压缩包，也可以拖到这里。")}
    if step == PLACE and not Path(draft.source).exists():
        return {"source": tr("这个位置打不开。请确认U盘已插好，再选一次。")}
    if step == FOUND and not draft.chosen:
        return {"": tr("还没有选中要收入的照片。有疑问的请看过以后逐张决定，或者关闭。")}
    if step == REASON and not draft.reason:
        return {"reason": tr("请写明为什么可以收入，例如“已与本人核对”。")}
    return {}


def with_look(draft: ReadPhotos, look: PhotoLook) -> ReadPhotos:
    """Return the draft with what was found, what is ready chosen."""
    return replace(draft, look=look, chosen=in_order(chosen_at_first(look)))


# --- the last pages ------------------------------------------------------------------------------


def confirm_sentences(draft: ReadPhotos) -> tuple[str, ...]:
    """Say what will happen."""
    if draft.look is None:
        return ()
    said = [
        tr(
            "收入{photo} {count:,} 张，每张记在它的学生名下。",
            photo=draft.title,
            count=len(draft.chosen),
        )
    ]
    if draft.doubtful:
        said.append(
            tr(
                "其中有疑问、由人决定收入的：{names}。原因：{reason}",
                names=_doubtful_names(draft),
                reason=draft.reason,
            )
        )
    converted = sum(
        one.picture is not None and (one.picture.turned or one.picture.format != "JPEG")
        for one, _ in draft.chosen_files()
    )
    if converted:
        said.append(tr("{count:,} 张会转成端正的 JPG，其余的一个字节也不改。", count=converted))
    if left := len(draft.look.files) - len(draft.chosen):
        said.append(tr("另外 {count:,} 个文件不收入，原来的文件夹不作任何改动。", count=left))
    return tuple(said)


def _doubtful_names(draft: ReadPhotos) -> str:
    """Name the students of doubtful photos, the first of many."""
    doubtful = draft.doubtful
    names = _listed([_named(one, draft) for one in doubtful[:_NAMED]])
    if len(doubtful) <= _NAMED:
        return names
    return tr("{names}等 {count:,} 张", names=names, count=len(doubtful))


def done_sentences(draft: ReadPhotos) -> tuple[str, ...]:
    """Say what was done, and what comes next."""
    if draft.taken is None or draft.look is None:
        return ()
    taken = draft.taken
    said = [tr("已收入{photo} {count:,} 张。", photo=draft.title, count=taken.taken)]
    if taken.replaced:
        said.append(
            tr(
                "其中 {count:,} 张换下了原来的，原来的仍可在记载里看到。",
                count=taken.replaced,
            )
        )
    if taken.same:
        said.append(tr("{count:,} 张与已有的完全相同，没有重复收入。", count=taken.same))
    said += _still_without(draft)
    said.append(tr("接下来：在学生详情里可以看到照片；下一份报送包会把照片带给学生所在的院部。"))
    return tuple(said)


def _still_without(draft: ReadPhotos) -> list[str]:
    """Say who has no photo of this kind yet."""
    served = {student for _, student in draft.chosen}
    without = draft.look.without if draft.look else ()
    names = [who.name for who in without if who.subject not in served]
    if not names:
        return []
    if len(names) <= _NAMED:
        return [tr("还没有{photo}的：{names}。", photo=draft.title, names=_listed(names))]
    return [
        tr(
            "还没有{photo}的：{names}等 {count:,} 人。",
            photo=draft.title,
            names=_listed(names[:_NAMED]),
            count=len(names),
        )
    ]


def _listed(names: Sequence[str]) -> str:
    return "、".join(names)


def _named(one: LookedAt, draft: ReadPhotos) -> str:
    who = whose(one, draft)
    return who.name if who else one.path
