"""What stands beside the table about one case, and what can be done with it, as data."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.cases import CONCLUSION_TITLES, IMPORTANT_TITLE
from desktop.domain.histories import Attached
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import NOTE_TITLES, RECHECK_VERDICT_TITLES, RecheckVerdict
from desktop.procedures.cases.case_files import Case, Note
from desktop.views.language import tr
from desktop.views.pages.cases.lines import CaseLine
from desktop.views.widgets import details as part
from desktop.views.widgets.masked_number import masked
from desktop.views.wizards.cases.reasons import What


@dataclass(frozen=True, slots=True)
class Acts:
    """What the page does when a button beside the table is pressed."""

    office: str
    kind: OfficeKind
    open_: bool  # whether the round is
    note: Callable[[Case], None]
    conclude: Callable[[Case], None]
    deed: Callable[[Case, What, Note | None], None]
    begin: Callable[[CaseLine], None]
    show: Callable[[Attached], None]
    paper: Callable[[Case], None]
    look: Callable[[CaseLine], None]


def parts_of(line: CaseLine, acts: Acts, told: str) -> list[part.Part]:
    """Return a case with all that was written down, and what can be done now.

    Args:
        line: the case, or the doubt.
        acts: what the buttons do.
        told: the verdict that the registrar was told, "" for none.
    """
    case = line.case
    parts: list[part.Part] = [
        part.Heading(line.identity.name or tr("（姓名待定）")),
        part.Standing(line.state, line.title),
    ]
    if case and case.conflicts:
        words = tr("各方说法不一致：{fields}。请先裁定。", fields="、".join(case.conflicts))
        parts.append(part.Words(words, "strong"))
    parts += _deeds(line, acts)
    parts += _facts(line, told)
    if case:
        parts += _conclusion(case)
        parts += _notes(case, acts)
        parts += _papers(case, acts)
        parts += _rare(case, acts)
    look = part.Deed(tr("在“学生”里查看"), lambda: acts.look(line), drawing="students")
    return [*parts, look]


def note_words(note: Note) -> str:
    """Return a note in one line, to be named by."""
    text = note.text.replace("\n", " ")
    return tr(
        "{day} {kind} {text}", day=note.noted_on, kind=NOTE_TITLES.get(note.kind, ""), text=text
    ).rstrip()


def _facts(line: CaseLine, told: str) -> list[part.Part]:
    identity, case = line.identity, line.case
    important = tr("{title}，报领导小组决定", title=IMPORTANT_TITLE)
    facts = [
        (tr("疑点"), line.cause),
        (tr("核查对象"), important if line.important else tr("一般对象")),
        (tr("院部和班级"), f"{line.group.college_name}　{line.group.name}"),
        (tr("学号"), identity.student_number or tr("（空）")),
        (tr("考生号"), identity.exam_number or tr("（空）")),
        (tr("身份证号"), masked(identity.id_number) or tr("（空）")),
    ]
    if case:
        facts.insert(0, (tr("编号"), case.number))
        facts.append((tr("立案日期"), case.opened_on))
    if case and case.findings:
        facts.append((tr("核查情况"), case.findings))
    if told:
        facts.append((tr("已下达"), told))
    return [part.Fact(title, text) for title, text in facts]


def _deeds(line: CaseLine, acts: Acts) -> list[part.Part]:
    """Return what is done most of the time."""
    if not acts.open_:
        return [part.Words(tr("批次已经结束，不能再登记。"), "note")]
    case = line.case
    if case is None:
        begin = part.Deed(tr("立案核查…"), lambda: acts.begin(line), role="primary")
        return [begin]
    if case.concluded:
        return []
    parts: list[part.Part] = [
        part.Deed(tr("登记核查记录…"), lambda: acts.note(case), role="primary", drawing="edit"),
        part.Deed(tr("核查情况小结…"), lambda: acts.deed(case, What.FINDINGS, None)),
    ]
    if case.important and acts.kind is OfficeKind.COLLEGE:
        words = tr("重点对象：登记清楚以后导出给招生工作处，由招生工作处报领导小组决定。")
        return [*parts, part.Words(words, "note")]
    if not case.examined:
        return [*parts, part.Words(tr("登记了谈话、核查情况或证据以后，就可以作结论。"), "note")]
    return [*parts, part.Deed(tr("作结论…"), lambda: acts.conclude(case), drawing="tick")]


def _conclusion(case: Case) -> list[part.Part]:
    if not case.outcome:
        return []
    title = CONCLUSION_TITLES.get(
        RecheckVerdict(case.outcome), RECHECK_VERDICT_TITLES[RecheckVerdict(case.outcome)]
    )
    facts = [
        (
            tr("结论"),
            tr("{title}至 {until}", title=title, until=case.until) if case.until else title,
        ),
        (tr("理由"), case.explanation),
        (tr("决定"), tr("{who}，{day}", who=case.decided_by, day=case.decided_on)),
        (tr("依据"), case.document or tr("没有登记")),
    ]
    return [part.Heading(tr("结论")), *(part.Fact(name, text) for name, text in facts)]


def _notes(case: Case, acts: Acts) -> list[part.Part]:
    parts: list[part.Part] = [
        part.Heading(tr("核查记录 {count} 条", count=len(case.notes)))
        if case.notes
        else part.Words(tr("还没有核查记录。"), "quiet")
    ]
    for note in case.notes:
        people = tr("（{people}）", people=note.people) if note.people else ""
        title = f"{note.noted_on}　{NOTE_TITLES.get(note.kind, '')}{people}"
        parts.append(part.Words(title, "strong"))
        if note.text:
            parts.append(part.Words(note.text))
        parts += [_shown(file, acts) for file in note.evidence]
        if acts.open_ and not case.concluded and note.office == acts.office:
            parts.append(
                part.Deed(
                    tr("撤回这条…"),
                    lambda note=note: acts.deed(case, What.RETRACT_NOTE, note),  # type: ignore[misc]
                )
            )
    return parts


def _papers(case: Case, acts: Acts) -> list[part.Part]:
    parts: list[part.Part] = [_shown(file, acts) for file in case.evidence]
    if parts:
        parts.insert(0, part.Heading(tr("书面材料和文件")))
    if case.examined:
        parts.append(
            part.Deed(tr("打印书面材料…"), lambda: acts.paper(case), drawing="print"),
        )
    if acts.open_ and case.examined:
        parts.append(
            part.Deed(
                tr("附上书面材料…"),
                lambda: acts.deed(case, What.STATEMENT, None),
                drawing="documents",
            )
        )
    return parts


def _rare(case: Case, acts: Acts) -> list[part.Part]:
    """Return what is done now and then."""
    if not acts.open_:
        return []
    college = acts.kind is OfficeKind.COLLEGE
    if case.concluded:
        if case.important and college:
            return []
        again = part.Deed(tr("重新核查…"), lambda: acts.deed(case, What.REOPEN, None))
        return [again]
    parts: list[part.Part] = []
    if not case.important:
        parts.append(part.Deed(tr("列为重点对象…"), lambda: acts.deed(case, What.IMPORTANT, None)))
    elif not college:
        parts.append(part.Deed(tr("改为一般对象…"), lambda: acts.deed(case, What.PLAIN, None)))
    if not case.examined and case.opened_by == acts.office:
        parts.append(part.Deed(tr("撤回立案…"), lambda: acts.deed(case, What.RETRACT, None)))
    return parts


def _shown(file: Attached, acts: Acts) -> part.Deed:
    return part.Deed(
        tr("查看“{name}”", name=file.name), lambda: acts.show(file), drawing="documents"
    )
