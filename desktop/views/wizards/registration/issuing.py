"""The wizard 办理注册: for whom, what will happen in numbers and names, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.student_registration import OUTCOME_TITLES, Outcome
from desktop.procedures.registration.registration_desk import RegistrationLine, outcomes_ready
from desktop.procedures.registration.student_registration import Issued, issue
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

ALL = ""
_COLLEGE, _CLASS = "college:", "class:"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Issuing:
    """Every student of the round, and for whom outcomes are to be issued."""

    round_id: str
    round_name: str
    lines: tuple[RegistrationLine, ...]
    scope: str = ALL
    issued: Issued | None = None

    @property
    def chosen(self) -> tuple[RegistrationLine, ...]:
        """The students of the scope."""
        return tuple(line for line in self.lines if _within(line, self.scope))

    @property
    def class_ids(self) -> list[str] | None:
        """The classes of the scope, None for all."""
        if self.scope == ALL:
            return None
        return sorted({line.group.id for line in self.chosen if line.group.id})


def scope_of(college: str, class_id: str) -> str:
    """Return the scope that filters of a page stand for; "" where nothing is filtered."""
    if class_id:
        return f"{_CLASS}{class_id}"
    return f"{_COLLEGE}{college}" if college else ALL


def scopes(lines: Sequence[RegistrationLine]) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: all, each college, each class that has somebody ready."""
    ready = [line for line in lines if line.ready and line.group.id]
    colleges: dict[str, int] = {}
    classes: dict[tuple[str, str], int] = {}
    for line in ready:
        college, group = line.group.college_name, (line.group.id, line.group.name)
        colleges[college] = colleges.get(college, 0) + 1
        classes[group] = classes.get(group, 0) + 1
    everybody = sum(line.ready for line in lines)
    return (
        (ALL, tr("全部院部，可以办理 {everybody:,} 人", everybody=everybody)),
        *(
            (f"{_COLLEGE}{name}", tr("{name}，{count:,} 人", name=name, count=count))
            for name, count in colleges.items()
        ),
        *(
            (f"{_CLASS}{id_}", tr("{name}，{count:,} 人", name=name, count=count))
            for (id_, name), count in classes.items()
        ),
    )


def problems(draft: Issuing) -> dict[str, str]:
    """Say so when nobody of the scope is ready."""
    if any(line.ready for line in draft.chosen):
        return {}
    return {"scope": tr("这个范围里现在没有可以办理的学生。")}


def confirm_sentences(draft: Issuing) -> tuple[str, ...]:
    """Say in numbers and names what will be issued, and who is left as they are."""
    chosen = draft.chosen
    counts = outcomes_ready(chosen)
    said = [
        tr(
            "“{round_name}”将办理 {total:,} 人的注册结论。",
            round_name=draft.round_name,
            total=sum(counts.values()),
        )
    ]
    for outcome, count in counts.items():
        names = "" if outcome is Outcome.REGISTERED else f"：{_names(chosen, outcome)}"
        said.append(
            tr(
                "{title} {count:,} 人{names}。",
                title=OUTCOME_TITLES[outcome],
                count=count,
                names=names,
            )
        )
    waiting = sum(bool(line.codes) for line in chosen)
    if waiting:
        said.append(
            tr("另有 {waiting:,} 人没有办齐，这次不动，以后可以补充办理。", waiting=waiting)
        )
    said.append(tr("办理以后，这些学生涉及的报送包不能再撤回，有错的要逐一更正。"))
    return tuple(said)


def done_sentences(draft: Issuing) -> tuple[str, ...]:
    """Say what was issued, and what comes next."""
    if draft.issued is None:
        return ()
    outcomes = draft.issued.outcomes
    said = [
        tr("{title} {outcomes:,} 人。", title=OUTCOME_TITLES[outcome], outcomes=outcomes[outcome])
        for outcome in OUTCOME_TITLES
        if outcomes.get(outcome)
    ] or [tr("没有新办理的学生：情况已经变了，请关闭后重新查看。")]
    if draft.issued.held_back:
        said.append(
            tr("暂未注册 {count:,} 人，原因逐人列在页面上。", count=len(draft.issued.held_back))
        )
    return (*said, tr("接下来：生成名册和学信网文件，把结果导出给各院部。"))


def issuing_wizard(desk: Desk, draft: Issuing, parent: QWidget) -> Wizard[Issuing]:
    """Return the wizard."""
    form = OneForm(
        title=tr("办理注册"),
        guide="学籍科的三个页面#学籍注册",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("办理注册"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Issuing, progress: Progress) -> Issuing:
    """Issue the outcomes."""
    return replace(draft, issued=issue(session, draft.round_id, draft.class_ids, progress))


def _form(draft: Issuing) -> StepPage[Issuing]:
    field = Field("scope", tr("范围"), kind=Kind.CHOICE, options=scopes(draft.lines))
    return FormStep(
        tr("为谁办理？"),
        tr("只办理手续齐全的学生；没有办齐的保持“暂未注册”，写明原因（细则 三(三)2）。"),
        (field,),
    )


def _within(line: RegistrationLine, scope: str) -> bool:
    if scope.startswith(_CLASS):
        return line.group.id == scope.removeprefix(_CLASS)
    if scope.startswith(_COLLEGE):
        return line.group.college_name == scope.removeprefix(_COLLEGE)
    return True


def _names(lines: Sequence[RegistrationLine], outcome: Outcome) -> str:
    names = [n.identity.name for n in lines if n.ready and n.judged.verdict.outcome is outcome]
    return "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
