"""Reading photos in, as plain functions on a frozen draft: the way, the choices, the words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.domain.rounds import Round
from desktop.procedures.named_files import File, LookedAt, Verdict, Who
from desktop.procedures.photo_looking import PhotoLook
from desktop.procedures.photo_taking import TakenPhotos, chosen_at_first, is_doubtful
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Deed, Fact, Heading, Part, Words

Decide = Callable[[LookedAt, str], None]
PLACE, FOUND, REASON, CONFIRM, DONE = "place", "found", "reason", "confirm", "done"
WITHOUT: Final = "without"
GROUPS: Final = (
    (str(Verdict.QUESTION), tr("有疑问")),
    (str(Verdict.WHOSE), tr("不知道是谁的")),
    (str(Verdict.REFUSED), tr("打不开")),
    (str(Verdict.READY), tr("可以收入")),
    (str(Verdict.KNOWN), tr("已经有了")),
    (WITHOUT, tr("还没有照片的学生")),
)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReadPhotos:
    """What the wizard collects.

    Attributes:
        rounds: those whose students may be meant, to choose from.
        kind: which of the four photos.
        round_id: whose students should have one, "" for all.
        source: the folder or ZIP.
        look: what was found there, None while not looked at.
        chosen: the files that come in, each with its student.
        reason: why those come in about which there is a question.
        taken: what came in.
    """

    rounds: tuple[Round, ...] = ()
    kind: str = PhotoKind.ENTRANCE
    round_id: str = ""
    source: str = ""
    look: PhotoLook | None = None
    chosen: tuple[tuple[File, str], ...] = ()
    reason: str = ""
    taken: TakenPhotos | None = None

    @property
    def title(self) -> str:
        """Which photo it is, in words."""
        return PHOTO_TITLES[self.kind]

    @property
    def doubtful(self) -> tuple[LookedAt, ...]:
        """The chosen files about which there is a question."""
        return tuple(one for one, student in self.chosen_files() if is_doubtful(one, student))

    def chosen_files(self) -> list[tuple[LookedAt, str]]:
        """Return the chosen files as they were looked at, each with its student."""
        files = {one.file: one for one in self.look.files} if self.look else {}
        return [(files[file], student) for file, student in self.chosen]


def fresh_draft(rounds: Sequence[Round]) -> ReadPhotos:
    """Return the draft with what is right nine times in ten: the latest open round."""
    return ReadPhotos(tuple(rounds), round_id=rounds[0].id if rounds else "")


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
    return replace(draft, look=look, chosen=_sorted(chosen_at_first(look)))


def with_choice(draft: ReadPhotos, one: LookedAt, student: str) -> ReadPhotos:
    """Return the draft with one file chosen for a student, in place of any other; "" for no one."""
    chosen = {file: whose for file, whose in draft.chosen if file != one.file and whose != student}
    if student:
        chosen[one.file] = student
    return replace(draft, chosen=_sorted(chosen))


def with_all(draft: ReadPhotos, files: Iterable[LookedAt], *, come_in: bool) -> ReadPhotos:
    """Return the draft with many files chosen or left out; a student still gets only one."""
    chosen = dict(draft.chosen)
    if not come_in:
        for one in files:
            chosen.pop(one.file, None)
        return replace(draft, chosen=_sorted(chosen))
    served = set(chosen.values())
    for one in files:
        if may_come_in(one) and one.who and one.who.subject not in served:
            chosen[one.file] = one.who.subject
            served.add(one.who.subject)
    return replace(draft, chosen=_sorted(chosen))


def may_come_in(one: LookedAt) -> bool:
    """Tell whether a file's student is certain and there is anything new about it."""
    return one.verdict in (Verdict.READY, Verdict.QUESTION)


BY_LOT: Final = frozenset({str(Verdict.READY), str(Verdict.QUESTION)})
"""The groups whose files may all come in at once; whose each of the others is, a person says."""


def _sorted(chosen: Mapping[File, str]) -> tuple[tuple[File, str], ...]:
    return tuple(sorted(chosen.items()))


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A file, or a student without a photo, as a row; the same row whatever is decided.

    ``id`` is the file's path in parts, or the student.
    """

    group: str
    id: File | str
    who: Who | None = field(compare=False)
    decision: str = field(default="", compare=False)
    one: LookedAt | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The student's name, "" where it is not known whose the file is."""
        return self.who.name if self.who else ""

    @property
    def number(self) -> str:
        """The student's 学号, or another number."""
        return self.who.number if self.who else ""

    @property
    def class_name(self) -> str:
        """The student's class."""
        return self.who.class_name if self.who else ""

    @property
    def file(self) -> str:
        """The path of the file, "" for a student without one."""
        return self.one.path if self.one else ""

    @property
    def doubts(self) -> str:
        """What there is to know, each thing in a word."""
        return "、".join(finding.title for finding in self.one.findings) if self.one else ""

    @property
    def sentence(self) -> str:
        """What there is to know, in sentences."""
        return "".join(finding.sentence for finding in self.one.findings) if self.one else ""


_COMES_IN, _STAYS_OUT = tr("收入"), tr("不收")
_STATES: Final = {_COMES_IN: State.DONE, _STAYS_OUT: State.NOT_YET}
COLUMNS: Final[tuple[Column[PhotoLine], ...]] = (
    Column(
        tr("决定"),
        lambda line: line.decision,
        width=4,
        state=lambda line: _STATES.get(line.decision),
    ),
    Column(tr("姓名"), lambda line: line.name, width=4),
    Column(tr("说明"), lambda line: line.doubts, width=10, copied=lambda line: line.sentence),
    Column(tr("文件"), lambda line: line.file, width=14, may_be_cut=True),
    Column(tr("学号"), lambda line: line.number, width=9),
    Column(tr("班级"), lambda line: line.class_name, width=9, may_be_cut=True),
)


def lines(draft: ReadPhotos) -> list[PhotoLine]:
    """Return everything that was found, row by row."""
    if draft.look is None:
        return []
    chosen = dict(draft.chosen)
    found = [
        PhotoLine(
            str(one.verdict),
            one.file,
            one.who or _chosen_of(one, chosen.get(one.file, "")),
            _decision(one, one.file in chosen),
            one,
        )
        for one in draft.look.files
    ]
    return found + [PhotoLine(WITHOUT, who.subject, who) for who in draft.look.without]


def _chosen_of(one: LookedAt, student: str) -> Who | None:
    """Return the candidate whom a person has chosen."""
    return next((who for who in one.candidates if who.subject == student), None)


def _decision(one: LookedAt, chosen: bool) -> str:
    if one.verdict in (Verdict.REFUSED, Verdict.KNOWN):
        return ""
    return _COMES_IN if chosen else _STAYS_OUT


def found_sentence(draft: ReadPhotos) -> str:
    """Say in one sentence what was found."""
    if draft.look is None:
        return ""
    counts = {verdict: len(draft.look.of(verdict)) for verdict in Verdict}
    files, ready = len(draft.look.files), counts[Verdict.READY]
    parts = [tr("{files:,} 个文件，可以收入的 {ready:,} 张", files=files, ready=ready)]
    if count := counts[Verdict.QUESTION]:
        parts.append(tr("有疑问的 {count:,} 张", count=count))
    if count := counts[Verdict.WHOSE]:
        parts.append(tr("不知道是谁的 {count:,} 张", count=count))
    if count := counts[Verdict.REFUSED]:
        parts.append(tr("打不开的 {count:,} 个", count=count))
    if count := counts[Verdict.KNOWN]:
        parts.append(tr("已经有了的 {count:,} 张", count=count))
    return tr(
        "{found}。现在选了收入 {chosen:,} 张。", found="，".join(parts), chosen=len(draft.chosen)
    )


def parts(line: PhotoLine, draft: ReadPhotos, decide: Decide) -> list[Part]:
    """Return what there is to say of a row, and what can be decided.

    Args:
        line: the row.
        draft: with what is decided so far.
        decide: called with the file and the student, "" for no one.
    """
    if line.one is None:
        return [
            Heading(line.name or tr("（无姓名）")),
            Fact(tr("班级"), line.class_name or tr("还没有分班")),
            Words(tr("这次没有找到可以收入的{photo}。", photo=draft.title)),
        ]
    one = line.one
    told: list[Part] = [Heading(line.name or tr("不知道是谁的"))]
    told += [Words(finding.sentence) for finding in one.findings]
    told += list(_deeds(one, dict(draft.chosen).get(one.file, ""), decide))
    if line.name:
        told.append(Fact(tr("学生"), f"{line.number}　{line.class_name}".strip()))
    told.append(Fact(tr("文件"), one.path))
    if picture := one.picture:
        measured = [f"{picture.width}×{picture.height}", f"{picture.size / 1024:.1f} KB"]
        if picture.dpi:
            measured.insert(1, f"{picture.dpi} dpi")
        told.append(Fact(tr("照片"), "，".join(measured)))
    if one.verdict is Verdict.WHOSE and not one.candidates:
        told.append(Words(tr("请把文件名改成学号或考生号，再读入一次。"), "quiet"))
    return told


def _deeds(one: LookedAt, chosen: str, decide: Decide) -> list[Deed]:
    """Return what can be decided of a file."""
    if one.verdict in (Verdict.REFUSED, Verdict.KNOWN):
        return []
    whose = (one.who,) if one.who else one.candidates[:_NAMED]
    deeds = [
        Deed(
            tr("收入这一张")
            if one.who
            else tr("是{name}的（{place}）", name=who.name, place=who.class_name or who.number),
            lambda who=who: decide(one, who.subject),  # type: ignore[misc]
            drawing="tick",
        )
        for who in whose
        if who.subject != chosen
    ]
    if chosen:
        deeds.append(Deed(tr("不收这一张"), lambda: decide(one, ""), drawing="close"))
    return deeds


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
    who = _chosen_of(one, dict(draft.chosen).get(one.file, "")) or one.who
    return who.name if who else one.path
