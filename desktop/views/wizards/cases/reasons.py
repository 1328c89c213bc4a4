"""The wizards of a case that ask for one text: a reason, what was found, or a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.procedures.cases.case_conclusions import reopen_case
from desktop.procedures.cases.case_notes import retract_note
from desktop.procedures.cases.cases import amend_case, keep_statement, mark_important, retract_case
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_SCANS = tr("扫描件 (*.pdf *.jpg *.jpeg *.png *.bmp *.tif *.tiff)")


class What(StrEnum):
    """What is done."""

    FINDINGS = "findings"
    IMPORTANT = "important"
    PLAIN = "plain"
    REOPEN = "reopen"
    RETRACT = "retract"
    RETRACT_NOTE = "retract_note"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class CaseDeed:
    """One deed on a case: its text is the reason, the findings, or the path of a file.

    ``note`` is the number of the note that is taken back, ``told`` what it says.
    """

    what: What
    round_id: str
    number: str
    name: str
    text: str = ""
    note: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a wizard says; ``{name}`` and ``{told}`` are filled in."""

    title: str
    question: str
    hint: str
    field: str
    missing: str
    happens: str
    verb: str
    done: str
    kind: Kind = Kind.TEXT


WORDS: Final[Mapping[What, Words]] = {
    What.FINDINGS: Words(
        tr("核查情况小结"),
        tr("{name}的情况查清了什么？"),
        tr("这里写总的核查情况，会写进书面材料；每次谈话和材料请逐条登记。"),
        tr("核查情况"),
        tr("请写明查清的情况。"),
        tr("登记{name}的核查情况。"),
        tr("保存"),
        tr("已登记{name}的核查情况。接下来：查清楚以后作结论。"),
        Kind.LONG,
    ),
    What.IMPORTANT: Words(
        tr("列为重点对象"),
        tr("为什么把{name}列为重点对象？"),
        tr("重点对象由招生工作处凭领导小组的文件作结论，院部不能自己作结论。"),
        tr("原因"),
        tr("请写明原因，例如“照片与本人不像”。"),
        tr("把{name}的专项核查列为重点对象，报领导小组决定。"),
        tr("列为重点对象"),
        tr("已列为重点对象。接下来：导出给招生工作处。"),
    ),
    What.PLAIN: Words(
        tr("改为一般对象"),
        tr("为什么{name}不再是重点对象？"),
        tr("改为一般对象以后，院部核查清楚就可以作结论。"),
        tr("原因"),
        tr("请写明原因。"),
        tr("把{name}的专项核查改为一般对象。"),
        tr("改为一般对象"),
        tr("已改为一般对象。接下来：导出给院部。"),
    ),
    What.REOPEN: Words(
        tr("重新核查"),
        tr("为什么重新核查{name}？"),
        tr("原来的结论不再有效，核查记录都保留；复查结论已报学籍科的，要先收回。"),
        tr("原因"),
        tr("请写明原因，例如“收到新的材料”。"),
        tr("{name}的专项核查重新进行，原来的结论作废。"),
        tr("重新核查"),
        tr("已重新核查。接下来：继续登记核查记录，再作结论。"),
    ),
    What.RETRACT: Words(
        tr("撤回立案"),
        tr("为什么撤回{name}的立案？"),
        tr("只有登记有误、还没有核查记录的才能撤回；疑点已经查清的，请作结论。"),
        tr("原因"),
        tr("请写明原因，例如“选错了学生”。"),
        tr("撤回{name}的专项核查，这一件不再计入。"),
        tr("撤回"),
        tr("已撤回{name}的立案。"),
    ),
    What.RETRACT_NOTE: Words(
        tr("撤回核查记录"),
        tr("为什么撤回{name}的这条核查记录？"),
        tr("撤回的是：{told}"),
        tr("原因"),
        tr("请写明原因，例如“记到了别人名下”。"),
        tr("撤回{name}的核查记录：{told}"),
        tr("撤回"),
        tr("已撤回。需要时请重新登记。"),
    ),
    What.STATEMENT: Words(
        tr("附上书面材料"),
        tr("{name}的书面材料在哪里？"),
        tr("选择签字盖章以后的扫描件或文件，它会随报送包送到对方。"),
        tr("书面材料"),
        tr("请选择书面材料的文件。"),
        tr("把“{text}”作为{name}的书面材料附上。"),
        tr("附上"),
        tr("已附上书面材料。接下来：到“收发”里导出。"),
        Kind.FILE,
    ),
}
_DEEDS: Final[Mapping[What, Callable[[Session, CaseDeed], None]]] = {
    What.FINDINGS: lambda s, d: amend_case(s, d.round_id, d.number, findings=d.text),
    What.IMPORTANT: lambda s, d: mark_important(s, d.round_id, d.number, d.text, important=True),
    What.PLAIN: lambda s, d: mark_important(s, d.round_id, d.number, d.text, important=False),
    What.REOPEN: lambda s, d: reopen_case(s, d.round_id, d.number, d.text),
    What.RETRACT: lambda s, d: retract_case(s, d.round_id, d.number, d.text),
    What.RETRACT_NOTE: lambda s, d: retract_note(s, d.round_id, d.number, d.note, d.text),
    What.STATEMENT: lambda s, d: keep_statement(
        s, d.round_id, d.number, read_evidence([d.text])[0]
    ),
}


def problems(draft: CaseDeed) -> dict[str, str]:
    """Return what is missing."""
    return {} if draft.text else {"text": WORDS[draft.what].missing}


def confirm_sentences(draft: CaseDeed) -> tuple[str, ...]:
    """Say what will happen, to whom and why."""
    words = WORDS[draft.what]
    said = [_filled(words.happens, draft)]
    if words.kind is not Kind.FILE:
        text = draft.text.replace("\n", " ").rstrip("。")
        said.append(tr("{field}：{text}。", field=words.field, text=text))
    return tuple(said)


def carry_out(session: Session, draft: CaseDeed, _progress: Progress) -> CaseDeed:
    """Do it."""
    _DEEDS[draft.what](session, draft)
    return draft


def case_deed_wizard(desk: Desk, draft: CaseDeed, parent: QWidget) -> Wizard[CaseDeed]:
    """Return the wizard."""
    words = WORDS[draft.what]
    form = OneForm(
        title=tr("{title}：{name}", title=words.title, name=draft.name),
        guide="专项核查",
        form=lambda: FormStep(
            _filled(words.question, draft),
            _filled(words.hint, draft),
            (Field("text", words.field, kind=words.kind, file_kinds=_SCANS),),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=words.verb,
        done=lambda d: (_filled(words.done, d),),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def _filled(text: str, draft: CaseDeed) -> str:
    return text.format(name=draft.name, told=draft.told, text=draft.text)
