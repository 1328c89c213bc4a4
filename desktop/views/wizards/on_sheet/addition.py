"""A student who was written by hand into a blank row at the end of a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.id_numbers import id_fault
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.recording import AddedStudent, record_addition
from desktop.procedures.signing.recording_desk import DeskSheet
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

STUDENT, DONE = "student", "done"
_SEXES = (("", tr("没有写")), (tr("男"), tr("男")), (tr("女"), tr("女")))


@dataclass(frozen=True, slots=True)
class AdditionDraft:
    """What stands in the blank row, and why; ``confirmed`` are doubts that a person answered."""

    round_id: str
    sheet: str
    class_name: str
    name: str = ""
    sex: str = ""
    student_number: str = ""
    exam_number: str = ""
    id_number: str = ""
    explanation: str = ""
    confirmed: tuple[str, ...] = ()


def next_step(step: str, _draft: AdditionDraft) -> str:
    """Return the step after a step."""
    return DONE if step == STUDENT else ""


def problems(step: str, draft: AdditionDraft) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step != STUDENT:
        return {}
    found = {}
    if not draft.name:
        found["name"] = tr("请照纸面填写姓名。")
    if not (draft.student_number or draft.exam_number or draft.id_number):
        found["student_number"] = tr("学号、考生号、身份证号至少填写一个，学籍科才能找到这名学生。")
    if draft.id_number and id_fault(draft.id_number):
        found["id_number"] = tr("这个身份证号的校验位或出生日期不对，请对照纸面重新输入。")
    if not draft.explanation:
        found["explanation"] = tr("请写明为什么名单上没有，例如“从软件2601班转来”。")
    return found


def add(session: Session, draft: AdditionDraft, _progress: Progress) -> AdditionDraft:
    """Record the student."""
    added = AddedStudent(
        sheet=draft.sheet,
        name=draft.name,
        explanation=draft.explanation,
        sex=draft.sex,
        exam_number=draft.exam_number,
        student_number=draft.student_number,
        id_number=draft.id_number,
    )
    record_addition(session, draft.round_id, added, confirmed=draft.confirmed)
    return draft


def done_sentences(draft: AdditionDraft) -> tuple[str, ...]:
    """Say what was recorded, and what comes next."""
    return (
        tr("已登记 {class_name} 增补的{name}。", class_name=draft.class_name, name=draft.name),
        tr("接下来：导出报送包交学籍科，由学籍科认定是哪一名学生；认定以前不计入本班人数。"),
    )


def addition_wizard(desk: Desk, sheet: DeskSheet, parent: QWidget) -> Wizard[AdditionDraft]:
    """Return the wizard for a blank row of a sheet."""
    flow = Flow(
        title=tr("增补手写的学生：{name}", name=sheet.group.name),
        guide="核对签字（院部）#空白行里手写",
        first=STUDENT,
        next_step=next_step,
        problems=problems,
        steps={
            STUDENT: Step(tr("纸面内容"), _form, desk.act(add), tr("登记增补")),
            DONE: Step(
                tr("完成"),
                partial(SummaryStep, tr("已登记增补"), done_sentences),
                button=tr("完成"),
            ),
        },
    )
    draft = AdditionDraft(sheet.sheet.round, sheet.sheet.number, sheet.group.name)
    return Wizard(flow, draft, desk.runner, parent)


def _form() -> StepPage[AdditionDraft]:
    fields = (
        Field("name", tr("姓名")),
        Field("sex", tr("性别"), kind=Kind.CHOICE, options=_SEXES),
        Field("student_number", tr("学号")),
        Field("exam_number", tr("考生号")),
        Field("id_number", tr("身份证号")),
        Field("explanation", tr("原因")),
    )
    return FormStep(tr("空白行里手写了谁？"), tr("本人应当已经在这一行签字。"), fields)
