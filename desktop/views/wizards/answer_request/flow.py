"""The wizard 批复加入申请 as data: its steps, their pages, what is done between them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.offices import OFFICE_KIND_TITLES
from desktop.procedures.school.answers import RepeatedAnswer, answer_of_seat, answer_to_request
from desktop.procedures.school.class_offices import class_desk
from desktop.procedures.school.enrolment import (
    enrol,
    read_text,
    school_fingerprint,
    show_request,
    write_text,
)
from desktop.procedures.school.joining_files import requests_among
from desktop.procedures.school.seat_list import offices_for, seat_list
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.runner import Runner
from desktop.views.sticks import Stick, files_on
from desktop.views.wizards.answer_request.draft import (
    CONFIRM,
    DIGITS,
    DONE,
    FILE,
    OFFICE,
    PLACE,
    AnswerRequest,
    confirm_sentences,
    done_sentences,
    next_step,
    office_title,
    place_hint,
    problems,
    request_sentence,
)
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep
from desktop.views.wizards.stick_files import StickFileStep, files_seen

ANSWER_NAME = tr("籍册加入批复-{office}-{seat}.txt")
_KINDS = tr("加入申请 (*.txt);;所有文件 (*)")


class DigitsStep(FormStep):
    """Who asks, and a field for what was heard.

    The digits of the file are nowhere to be seen: whoever could copy them would not listen, and a
    file that was exchanged on its way would be answered.
    """

    def __init__(self) -> None:
        super().__init__(
            tr("电话里听到的数字是什么？"),
            "",
            (Field("digits_heard", tr("对方读出的数字"), tr("二十位，可以分组输入。")),),
        )

    def show_draft(self, draft: AnswerRequest) -> None:
        """Say who asks."""
        super().show_draft(draft)
        self.say(request_sentence(draft))


class OfficeStep(FormStep):
    """Which office the seat is of."""

    def __init__(self) -> None:
        super().__init__(
            tr("这是哪个部门的席位？"),
            tr("名称一致的部门排在最前面；院部的名称要与录取名单上的写法一致。"),
            (Field("office", tr("部门"), kind=Kind.CHOICE),),
        )

    def show_draft(self, draft: AnswerRequest) -> None:
        """Offer the offices that it can be."""
        box = self.field("office")
        if isinstance(box, QComboBox):
            box.blockSignals(True)
            box.clear()
            for office in draft.offices:
                box.addItem(office_title(office, draft), office.id)
            box.blockSignals(False)
        super().show_draft(draft)


def answer_flow(desk: Desk) -> Flow[AnswerRequest]:
    """Return the flow at this desk."""
    return Flow(
        title=tr("批复加入申请"),
        guide="建立学校和加入学校",
        first=FILE,
        next_step=next_step,
        problems=problems,
        steps={
            FILE: Step(tr("申请文件"), lambda: _file(desk.runner), desk.act(read), reads=True),
            DIGITS: Step(tr("核对数字"), DigitsStep),
            OFFICE: Step(tr("部门"), OfficeStep),
            CONFIRM: Step(tr("批复"), _confirm, desk.act(answer), tr("批复")),
            PLACE: Step(
                tr("写出批复"),
                lambda: PlaceStep(desk.runner, tr("批复文件写到哪里？"), place_hint),
                desk.act(write),
                tr("写出批复文件"),
            ),
            DONE: Step(tr("完成"), _done, button=tr("完成")),
        },
    )


def answer_wizard(desk: Desk, parent: QWidget) -> Wizard[AnswerRequest]:
    """Return the wizard."""
    return Wizard(answer_flow(desk), AnswerRequest(), desk.runner, parent)


def again_wizard(desk: Desk, draft: AnswerRequest, parent: QWidget) -> Wizard[AnswerRequest]:
    """Return the wizard for an answer that is only written once more."""
    return Wizard(answer_flow(desk), draft, desk.runner, parent, at=PLACE)


def read(session: Session, draft: AnswerRequest, _progress: Progress) -> AnswerRequest:
    """Read the request; nothing is changed."""
    text = read_text(Path(draft.file))
    shown = show_request(session, text)
    if shown.answered:
        again = repeated(session, answer_to_request(session, text))
        return replace(again, file=draft.file, text=text, folder=str(Path(draft.file).parent))
    offices = offices_for(session, shown.request)
    known = frozenset(line.seat.office.id for line in seat_list(session) if line.works)
    return replace(
        draft,
        again=None,
        text=text,
        shown=shown,
        offices=offices,
        known=known,
        loose=class_desk(session).loose,
        office=offices[0].id,
        folder=str(Path(draft.file).parent),  # the stick that it came on goes back
    )


def draft_again(session: Session, seat_id: str) -> AnswerRequest:
    """Return the draft for writing the answer of a seat once more."""
    return repeated(session, answer_of_seat(session, seat_id))


def repeated(session: Session, given: RepeatedAnswer) -> AnswerRequest:
    """Return the draft of an answer that was given before."""
    office = given.seat.office
    return AnswerRequest(
        again=given.seat,
        answer=given.text,
        offices=(office,),
        office=office.id,
        school_digits=school_fingerprint(session),
    )


def answer(session: Session, draft: AnswerRequest, _progress: Progress) -> AnswerRequest:
    """Sign the answer; it is written to the stick on the next step, as often as need be."""
    text = enrol(session, draft.text, draft.digits_heard, draft.office)
    return replace(draft, answer=text, school_digits=school_fingerprint(session))


def write(_session: Session, draft: AnswerRequest, _progress: Progress) -> AnswerRequest:
    """Write the answer to the stick."""
    name = ANSWER_NAME.format(office=draft.office_name, seat=draft.seat_name)
    path = write_text(Path(draft.folder), name, draft.answer)
    return replace(draft, written=str(path))


def _file(runner: Runner) -> StepPage[AnswerRequest]:
    field = Field(
        "file", tr("加入申请"), tr("对方用U盘交来的文件。可以拖到这里。"), Kind.FILE, (), _KINDS
    )
    return StickFileStep(
        runner,
        (tr("加入申请在哪个文件里？"), tr("先看是谁申请，核对以后才批复。")),
        (field,),
        lambda plugged_in: files_seen(plugged_in, _requests_on, tr("加入申请")),
    )


def _requests_on(stick: Stick) -> list[tuple[Path, str]]:
    """Return the join requests on a stick, each with who asks."""
    return [
        (
            path,
            tr(
                "{office}的“{seat_name}”，{created} 申请",
                office=request.office_name or OFFICE_KIND_TITLES[request.office_kind],
                seat_name=request.seat_name,
                created=request.created[:16].replace("T", " "),
            ),
        )
        for path, request in requests_among(files_on(stick, "*.txt"))
    ]


def _confirm() -> StepPage[AnswerRequest]:
    return SummaryStep(tr("将要批复"), confirm_sentences)


def _done() -> StepPage[AnswerRequest]:
    return SummaryStep(tr("已经批复"), done_sentences, lambda draft: draft.school_digits)
