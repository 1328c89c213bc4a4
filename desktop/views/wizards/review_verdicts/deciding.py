"""The wizards of verdicts by name: given up, kept, failed, and taking a verdict back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.entry_review import ArrivalState
from desktop.procedures.entry_review.review_desk import DeskStudent
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_failed,
    confirm_given_up,
    confirm_kept,
    take_back_verdicts,
)
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.review_verdicts.students_form import StudentsForm
from desktop.views.wizards.step_pages import Field, Kind

_NAMED = 10
_SCANS = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.bmp *.tif *.tiff)")


class What(StrEnum):
    """What is decided about students."""

    GIVEN_UP = "given_up"
    KEPT = "kept"
    FAILED = "failed"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who can be chosen, who is, and on what ground."""

    what: What
    round_id: str
    students: tuple[DeskStudent, ...]
    chosen: tuple[str, ...] = ()
    reason: str = ""
    document: str = ""
    until: str = ""
    scan: str = ""

    @property
    def decided(self) -> tuple[DeskStudent, ...]:
        """The students who are chosen."""
        return tuple(one for one in self.students if one.subject in self.chosen)


@dataclass(frozen=True, slots=True)
class Words:
    """What a wizard says.

    Attributes:
        title: of the wizard.
        question: above the table.
        hint: below it.
        happens: what happens to those who are named.
        reason: an example of one.
        document: an example of one, "" where no paper is asked for.
        verb: on the button.
        nobody: why nobody can be chosen, and what then.
    """

    title: str
    question: str
    hint: str
    happens: str
    reason: str
    document: str
    verb: str
    nobody: str


WORDS: Final[Mapping[What, Words]] = {
    What.GIVEN_UP: Words(
        tr("确认放弃入学资格"),
        tr("确认哪些学生放弃入学资格？"),
        tr("列出的是超过期限没有报到的，以及书面放弃的学生（41号令 第八条）。请逐人核对后勾选。"),
        tr("确认放弃入学资格"),
        tr("例如“逾期两周未报到，多次联系无果”。"),
        tr("例如“未报到学生情况说明”及文号。"),
        tr("确认放弃"),
        tr("现在没有可以确认放弃的学生：没有人超过期限，也没有人书面放弃。"),
    ),
    What.KEPT: Words(
        tr("确认保留入学资格"),
        tr("确认哪些学生保留入学资格？"),
        tr("院部已经登记原因、材料和期限的，下面可以空着，按院部登记的确认（41号令 第十条）。"),
        tr("确认保留入学资格"),
        tr("例如“应征入伍”。空着就按院部登记的。"),
        tr("例如“入伍通知书”。空着就按院部登记的。"),
        tr("确认保留"),
        tr("现在没有可以确认保留的学生：没有报到的学生都已经有结论。"),
    ),
    What.FAILED: Words(
        tr("审查不合格"),
        tr("哪些学生审查不合格？"),
        tr("不合格的取消入学资格（41号令 第九条）。请在查清以后办理，并附认定材料。"),
        tr("认定审查不合格，取消入学资格"),
        tr("例如“本人与录取照片不是同一人”。"),
        tr("例如“入学资格认定书1号”。"),
        tr("认定不合格"),
        tr("现在没有已报到又没有结论的学生。"),
    ),
    What.TAKEN_BACK: Words(
        tr("收回审查结论"),
        tr("收回哪些学生的审查结论？"),
        tr("学籍科已经办理注册结论的不能收回。收回以后按现有登记重新审查，原来的结论留在记录里。"),
        tr("收回审查结论"),
        tr("例如“本人已到校，原登记有误”。"),
        "",
        tr("收回"),
        tr("现在没有可以收回的审查结论。"),
    ),
}


def can_be(what: What, one: DeskStudent) -> bool:
    """Tell whether a student can be chosen."""
    file = one.reviewed.file
    match what:
        case What.GIVEN_UP:
            return one.may_give_up
        case What.KEPT:
            return one.may_be_kept
        case What.FAILED:
            return file.verdict is None and file.arrival is ArrivalState.ARRIVED
        case What.TAKEN_BACK:
            return file.verdict is not None


def offered(what: What, students: Iterable[DeskStudent]) -> tuple[DeskStudent, ...]:
    """Return who can be chosen, those first for whom the college has asked."""
    found = [one for one in students if can_be(what, one)]
    if what is What.KEPT:
        found.sort(key=lambda one: not one.asks_to_be_kept)
    return tuple(found)


def hindrance(what: What, one: DeskStudent) -> str:
    """Return why a student in the list can not be ticked now, "" where nothing is in the way."""
    conflicts = one.reviewed.file.conflicts
    if what is What.TAKEN_BACK or not conflicts:
        return ""
    return tr("各方说法不一致：{fields}。请先裁定。", fields="、".join(conflicts))


def problems(draft: Deciding) -> dict[str, str]:
    """Return what is missing, per field."""
    words = WORDS[draft.what]
    if not draft.students:
        return {"": words.nobody}
    found = {}
    if not draft.chosen:
        found[""] = tr("请勾选学生。")
    if draft.what is What.KEPT:
        return {**found, **_kept_problems(draft)}
    if not draft.reason:
        found["reason"] = tr("请写明原因，{example}", example=words.reason)
    if words.document and not draft.document:
        found["document"] = tr("请写明证明材料的名称，{example}", example=words.document)
    return found


def _kept_problems(draft: Deciding) -> dict[str, str]:
    """Return what neither the form nor the college has said of those chosen."""
    files = [one.reviewed.file for one in draft.decided]
    lacking = {
        "reason": (draft.reason, all(file.place_explanation for file in files)),
        "document": (draft.document, all(file.place_document for file in files)),
        "until": (draft.until, all(file.place_until for file in files)),
    }
    told = {
        "reason": tr("选中的学生里有院部没有登记原因的，请填写。"),
        "document": tr("选中的学生里有院部没有登记材料的，请填写。"),
        "until": tr("选中的学生里有院部没有登记期限的，请填写，例如 2028-12-31。"),
    }
    return {name: told[name] for name, (typed, known) in lacking.items() if not (typed or known)}


def confirm_sentences(draft: Deciding) -> tuple[str, ...]:
    """Say for how many and whom, why and on what paper."""
    names = [named(one.reviewed.student) for one in draft.decided]
    shown = "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
    words = WORDS[draft.what]
    said = [
        tr("{happens} {count} 人：{shown}。", happens=words.happens, count=len(names), shown=shown)
    ]
    as_college = tr("按院部登记的")
    said.append(tr("原因：{reason}。", reason=draft.reason or as_college))
    if words.document:
        said.append(tr("证明材料：{document}。", document=draft.document or as_college))
    if draft.what is What.KEPT:
        said.append(tr("保留到：{until}。", until=draft.until or as_college))
    if draft.scan:
        said.append(tr("附上：{scan}。", scan=draft.scan))
    if draft.what is not What.TAKEN_BACK:
        said.append(tr("办理以后，学籍科没有办理注册结论以前，还可以写明原因收回。"))
    return tuple(said)


def deciding_wizard(desk: Desk, draft: Deciding, parent: QWidget) -> Wizard[Deciding]:
    """Return the wizard."""
    words = WORDS[draft.what]
    form = OneForm(
        title=words.title,
        guide="入学审查（招生工作处）#按人办理结论",
        form=lambda: StudentsForm(
            words.question,
            words.hint if draft.students else words.nobody,
            _fields(draft.what),
            draft.students,
            lambda one: hindrance(draft.what, one),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=words.verb,
        done=lambda d: (
            tr("已办理：{happens} {count} 人。", happens=words.happens, count=len(d.chosen)),
            tr("接下来：到“收发”里导出给教务处学籍科和有关院部。"),
        ),
        roomy=True,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Deciding, _progress: Progress) -> Deciding:
    """Decide it."""
    if draft.what is What.TAKEN_BACK:
        take_back_verdicts(session, draft.round_id, draft.chosen, draft.reason)
        return draft
    scans = read_evidence([draft.scan] if draft.scan else [])
    ground = Ground(draft.reason, draft.document, scans)
    if draft.what is What.KEPT:
        confirm_kept(session, draft.round_id, draft.chosen, ground, draft.until)
    else:
        _BY_GROUND[draft.what](session, draft.round_id, draft.chosen, ground)
    return draft


_BY_GROUND: Final[Mapping[What, Callable[[Session, str, tuple[str, ...], Ground], int]]] = {
    What.GIVEN_UP: confirm_given_up,
    What.FAILED: confirm_failed,
}


def _fields(what: What) -> tuple[Field, ...]:
    words = WORDS[what]
    reason = Field("reason", tr("原因"), words.reason)
    if what is What.TAKEN_BACK:
        return (reason,)
    until = Field("until", tr("保留到"), tr("例如 2028-12-31。空着就按院部登记的。"))
    document = Field("document", tr("证明材料"), words.document)
    scan = Field("scan", tr("扫描件（可以不附）"), kind=Kind.FILE, file_kinds=_SCANS)
    return (reason, document, *((until,) if what is What.KEPT else ()), scan)
