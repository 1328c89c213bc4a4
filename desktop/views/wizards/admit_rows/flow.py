"""The wizard 收入存疑的行 as data."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.domain.import_problems import RosterRow
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.rosters import admit_rows
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.admit_rows.draft import (
    AdmitRows,
    confirm_sentences,
    done_sentences,
    field_order,
    problems,
    rows_of,
)
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_REASON = Field("reason", tr("原因"), tr("例如“已与招生工作处核对”，会记在每名学生名下。"))
_TITLES = {"college": tr("院部"), "class_name": tr("班级")}
_SEXES = ((tr("男"), tr("男")), (tr("女"), tr("女")), ("", tr("（空）")))


def admit_rows_wizard(desk: Desk, draft: AdmitRows, parent: QWidget) -> Wizard[AdmitRows]:
    """Return the wizard for rows."""
    form = OneForm(
        title=tr("收入存疑的行"),
        guide="学籍科的三个页面#有疑问的行一直列",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(admit),
        verb=tr("收入名单"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def admit(session: Session, draft: AdmitRows, _progress: Progress) -> AdmitRows:
    """Let the rows in, those of each file together."""
    by_source: dict[str, list[RosterRow]] = {}
    for source, row in rows_of(draft):
        by_source.setdefault(source, []).append(row)
    brought = tuple(
        admit_rows(session, draft.round_id, rows, draft.reason, source=source)
        for source, rows in by_source.items()
    )
    return replace(draft, brought=brought)


def _form(draft: AdmitRows) -> StepPage[AdmitRows]:
    if not draft.single:
        question = tr("为什么这 {count} 行可以按原样收入？", count=len(draft.rows))
        return FormStep(
            question, tr("各行都按文件里写的收入；要改正的，请一行一行办理。"), (_REASON,)
        )
    why = "".join(problem.message for problem in draft.rows[0].problems)
    fields = tuple(_field(name) for name in field_order(draft))
    return FormStep(tr("核对以后，这一行应该怎么写？"), why, fields)


def _field(name: str) -> Field:
    if name == "reason":
        return _REASON
    if name == "sex":
        return Field(name, tr("性别"), kind=Kind.CHOICE, options=_SEXES)
    return Field(name, _TITLES.get(name) or FIELD_TITLES[name])
