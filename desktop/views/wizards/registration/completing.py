"""The wizard 补全信息: the empty fields of a student, and on what they rest."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.students import FIELD_TITLES
from desktop.procedures.deciding.decisions import complete_identity
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_DATE_DIGITS = 8
_SEXES = (("", tr("（还不知道）")), (tr("男"), tr("男")), (tr("女"), tr("女")))
_HINTS = {"birth_date": tr("八位数字，例如 20080315。"), "major_code": tr("六位专业代码。")}


@dataclass(frozen=True, slots=True)
class Completing:
    """What is empty (``missing``) and what is filled in now; which doubts were confirmed."""

    student: str
    title: str
    missing: tuple[str, ...]
    name: str = ""
    id_number: str = ""
    exam_number: str = ""
    sex: str = ""
    birth_date: str = ""
    major_code: str = ""
    reason: str = ""
    confirmed: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """What was filled in."""
        return {field: getattr(self, field) for field in self.missing if getattr(self, field)}


def problems(draft: Completing) -> dict[str, str]:
    """Return what is missing or wrong, per field."""
    found = {}
    if not draft.values:
        found[draft.missing[0]] = tr("请至少补全一项。")
    day = draft.birth_date
    if day and not (len(day) == _DATE_DIGITS and day.isascii() and day.isdigit()):
        found["birth_date"] = tr("出生日期是八位数字，例如 20080315。")
    if not draft.reason:
        found["reason"] = tr("请写明依据，例如“招生工作处补送的录取信息”。")
    return found


def confirm_sentences(draft: Completing) -> tuple[str, ...]:
    """Say what is filled in, and what stays empty."""
    said = [
        tr(
            "{draft_title}：{field_titles_title}补为“{text}”。",
            draft_title=draft.title,
            field_titles_title=FIELD_TITLES[f],
            text=text,
        )
        for f, text in draft.values.items()
    ]
    if rest := [FIELD_TITLES[field] for field in draft.missing if field not in draft.values]:
        said.append(tr("仍然空缺：{rest}。", rest="、".join(rest)))
    return (*said, tr("依据：{reason}。", reason=draft.reason))


def completing_wizard(desk: Desk, draft: Completing, parent: QWidget) -> Wizard[Completing]:
    """Return the wizard."""
    form = OneForm(
        title=tr("补全信息"),
        guide="学籍科的三个页面#学籍注册",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("保存"),
        done=lambda d: (
            tr("{title}的信息已经补全 {count} 项。", title=d.title, count=len(d.values)),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Completing, _progress: Progress) -> Completing:
    """Save what was filled in."""
    complete_identity(session, draft.student, draft.values, draft.reason, confirmed=draft.confirmed)
    return draft


def _form(draft: Completing) -> StepPage[Completing]:
    fields = [
        Field(name, FIELD_TITLES[name], kind=Kind.CHOICE, options=_SEXES)
        if name == "sex"
        else Field(name, FIELD_TITLES[name], _HINTS.get(name, ""))
        for name in draft.missing
    ]
    return FormStep(
        tr("{title}还缺什么？", title=draft.title),
        tr("只能补空缺的项；已经有内容的，要走更正。"),
        (*fields, Field("reason", tr("依据"))),
    )
