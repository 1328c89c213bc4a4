"""The wizard 收入存疑的行 as data."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.domain.import_problems import RosterRow
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.admit_rows.draft import (
    TITLES,
    AdmitRows,
    confirm_sentences,
    done_sentences,
    field_order,
    problems,
    question_about,
    rows_of,
)
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_REASON = Field("reason", tr("原因"), tr("例如“已与招生工作处核对”，会记在每名学生名下。"))
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
    fields = tuple(_field(name, draft) for name in field_order(draft))
    hint = tr("有错误的栏要改正；只有疑问的，写明原因就可以收入。边输入边检查。")
    return FormStep(
        tr("核对以后，这一行应该怎么写？"), question_about(draft, "", {}) or hint, fields
    )


def _field(name: str, draft: AdmitRows) -> Field:
    if name == "reason":
        return _REASON
    chosen = name == "sex"
    return Field(
        name,
        TITLES[name],
        kind=Kind.CHOICE if chosen else Kind.TEXT,
        options=_sexes(draft.rows[0].row.identity.sex) if chosen else (),
        remark=lambda texts: question_about(draft, name, texts),
        at_once=True,
    )


def _sexes(in_file: str) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen; what stands in the file is not taken for something else."""
    known = in_file in dict(_SEXES)
    return _SEXES if known else (*_SEXES, (in_file, tr("文件里写的“{sex}”", sex=in_file)))
