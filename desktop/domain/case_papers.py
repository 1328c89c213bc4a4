"""The written documents of procedure two: a case, and the closing report (细则 二(三)4 and 5).

What is in them comes from the readings; what only people know is left open, with words that say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases import IMPORTANT_TITLE
from desktop.domain.dates import day_words
from desktop.domain.recheck import (
    NOTE_TITLES,
    RECHECK_VERDICT_TITLES,
    RecheckCount,
    RecheckVerdict,
    cancelled_title,
)
from desktop.domain.written_papers import (
    KIND_TITLES,
    Bars,
    Heading,
    PaperColumn,
    PaperKind,
    PaperTable,
    Part,
    Prose,
    WrittenPaper,
    number_column,
    sign_offs_for,
)

_CODE_LENGTH: Final = 8
_OPEN: Final = "（请在此填写）"
_CASE_VOUCHED: Final = {
    "head": "核查情况属实，同意上报。",
    "admissions": "经复核，结论属实。",
    "group_leader": "经审定，同意。",
}
_REPORT_VOUCHED: Final = {
    "admissions": "小结内容属实，报请审定。",
    "group_leader": "经审定，同意。",
}


@dataclass(frozen=True, slots=True)
class CaseNote:
    """One note of a case: an interview, a finding, a piece of evidence, a written word.

    ``kind`` is a key of ``recheck.NOTE_TITLES``; ``files`` are the SHA-256 of what belongs to it.
    """

    kind: str
    noted_on: str
    people: str
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseDossier:
    """All that is known of a case, as its written material needs it; days are ISO or empty.

    Attributes:
        number: of the case.
        student_number: 学号.
        name: 姓名.
        sex: 性别.
        id_number: 身份证号.
        exam_number: 考生号.
        college: 院部.
        class_name: 班级.
        major: 专业.
        cause: why the case was opened.
        important: whether it goes to the leading group.
        opened_on: the day.
        findings: what was found.
        notes: interviews, findings, evidence, in order.
        outcome: a ``RecheckVerdict``, "" while there is none.
        enrolled: whether the student is registered already; the words of failing follow it.
        until: 保留至.
        decided_by: who decided.
        decided_on: the day.
        document: the paper on which the decision rests.
        explanation: the reason of the decision.
    """

    number: str
    student_number: str
    name: str
    sex: str
    id_number: str
    exam_number: str
    college: str
    class_name: str
    major: str
    cause: str
    important: bool = False
    opened_on: str = ""
    findings: str = ""
    notes: tuple[CaseNote, ...] = ()
    outcome: str = ""
    enrolled: bool = False
    until: str = ""
    decided_by: str = ""
    decided_on: str = ""
    document: str = ""
    explanation: str = ""

    @property
    def outcome_words(self) -> str:
        """What was decided, as papers say it."""
        if not self.outcome:
            return "还没有结论"
        title = RECHECK_VERDICT_TITLES[RecheckVerdict(self.outcome)]
        if self.outcome == RecheckVerdict.FAILED:
            return f"{title}，{cancelled_title(enrolled=self.enrolled)}"
        if self.outcome == RecheckVerdict.KEPT and self.until:
            return f"{title}至{day_words(self.until)}"
        return title


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What the closing report is drafted from.

    Attributes:
        school: what it is called.
        round_name: of the round.
        entry_year: 2026.
        office: the id of the admissions office.
        total: the numbers of everybody.
        colleges: the numbers of each college, by name.
        cases: every case.
        titles: what the numbers are called, by their field's name.
        until: the last day of the re-check, ISO or empty.
    """

    school: str
    round_name: str
    entry_year: str
    office: str
    total: RecheckCount
    colleges: tuple[tuple[str, RecheckCount], ...]
    cases: tuple[CaseDossier, ...]
    titles: tuple[tuple[str, str], ...]
    until: str = ""


def case_paper(school: str, round_name: str, about: str, case: CaseDossier) -> WrittenPaper:
    """Return the written material of a case (细则 二(三)4: 调查、取证、落实，写出书面材料)."""
    grave = f"{IMPORTANT_TITLE}，报领导小组" if case.important else "一般对象"
    facts = (
        ("姓名", case.name, "性别", case.sex),
        ("学号", case.student_number, "考生号", case.exam_number),
        ("身份证号", case.id_number, "专业", case.major),
        ("院部", case.college, "班级", case.class_name),
        ("立案日期", case.opened_on, "核查对象", grave),
    )
    head = PaperTable(_FACT_COLUMNS, facts, headed=False)
    return WrittenPaper(
        PaperKind.CASE_STATEMENT,
        about,
        school,
        KIND_TITLES[PaperKind.CASE_STATEMENT],
        (round_name, f"专项核查 {case.number}"),
        (
            Heading("一、基本情况"),
            head,
            Heading("二、核查原因"),
            *_paragraphs(case.cause),
            Heading("三、核查经过"),
            *_notes(case.notes, ("interview", "statement")),
            Heading("四、查明的情况"),
            *_paragraphs(case.findings, optional=_has(case.notes, "finding")),
            *_notes(case.notes, ("finding",), required=False),
            Heading("五、证据材料清单"),
            _evidence(case.notes),
            Heading("六、核查意见和结论"),
            *(() if case.outcome else (Prose(_OPEN),)),
            Prose(f"结论：{case.outcome_words}。"),
            *_decision(case),
        ),
        sign_offs_for(PaperKind.CASE_STATEMENT, _CASE_VOUCHED, important=case.important),
        sealed=True,
    )


def unwritten(case: CaseDossier, paper: WrittenPaper) -> tuple[str, ...]:
    """Return the sections of a concluded case's paper that nobody has written.

    A case that is still looked into is not finished: of it nothing is said.
    """
    found: list[str] = []
    section = ""
    for part in paper.parts if case.outcome else ():
        if isinstance(part, Heading):
            section = part.text.partition("、")[2]
        elif part == Prose(_OPEN) and section not in found:
            found.append(section)
    return tuple(found)


_FACT_COLUMNS: Final = (
    PaperColumn("左边的项目", 20, names=True),
    PaperColumn("内容", 62),
    PaperColumn("右边的项目", 20, names=True),
    PaperColumn("右边的内容", 62),
)
"""Their titles are not printed: they name a change (“院部”的右边的内容由…)."""


def closing_report(facts: ClosingFacts) -> WrittenPaper:
    """Draft the 复查小结 from the numbers and the cases (细则 二(三)5)."""
    total, titles = facts.total, dict(facts.titles)
    columns = (
        PaperColumn("院部", 40),
        *(number_column(title) for title in titles.values()),
    )
    rows = tuple((name, *_texts(count, titles)) for name, count in facts.colleges)
    shown = ("forms", "missing_forms", "doubts", "cases", "failed", "kept", "approved")
    return WrittenPaper(
        PaperKind.CLOSING_REPORT,
        facts.office,
        facts.school,
        f"{facts.entry_year}级{KIND_TITLES[PaperKind.CLOSING_REPORT]}",
        (facts.round_name, "招生工作处"),
        (
            Heading("一、基本情况"),
            *(Prose(text) for text in _overview(facts)),
            Heading("二、各院部复查结果"),
            PaperTable(columns, rows, ("全校", *_texts(total, titles))),
            Bars(
                "全校复查结果（人；专项核查为件）",
                tuple((titles[name], getattr(total, name)) for name in shown),
            ),
            Heading("三、疑点和专项核查"),
            Prose(_cases_sentence(facts)),
            _case_table(facts.cases),
            Heading("四、存在的问题和下一步工作"),
            Prose(_OPEN),
            Heading("五、复查结论"),
            Prose(
                f"应复查 {total.students} 人，经复查，合格 {total.approved} 人，不合格 "
                f"{total.failed} 人，保留入学资格 {total.kept} 人。{_rest_sentence(total)}现将复查"
                "结果报新生入学资格审查复查工作领导小组审定，审定后把复查合格的学生名单提供给教务处。"
            ),
        ),
        sign_offs_for(PaperKind.CLOSING_REPORT, _REPORT_VOUCHED),
        sealed=True,
    )


def _rest_sentence(total: RecheckCount) -> str:
    """Account for those who have no result: nobody is left out of the sum."""
    rest = total.students - total.approved - total.failed - total.kept
    if not rest:
        return ""
    return f"其余 {rest} 人还没有复查结果，不列入合格名单，有结果后另行报审。"


def _overview(facts: ClosingFacts) -> tuple[str, str]:
    total = facts.total
    until = f"复查截止日期为{day_words(facts.until)}。" if facts.until else ""
    first = (
        f"根据《普通高等学校学生管理规定》（教育部令第41号）第十一条和学校学籍学历注册工作实施细则，"
        f"学校组织{facts.entry_year}级新生开展了入学资格复查。{until}应复查 {total.students} 人，"
        f"收到《入学资格复查表》{total.forms} 份，未交或须重交 {total.missing_forms} 人。"
    )
    second = (
        "各院部以班级为单位组织新生当场填写复查表，与录取档案逐项比对，从录取手续和程序、录取资格、"
        "本人与档案一致、身心健康、特殊类型专业水平五个方面进行复查，由两人分别初核和复核，"
        "学工科和主要负责人逐级审核后报招生工作处汇总。"
    )
    return first, second


def _cases_sentence(facts: ClosingFacts) -> str:
    total = facts.total
    return (
        f"复查中有疑点的学生 {total.doubts} 人，招生工作处会同院部立案专项核查 {total.cases} 件，"
        f"已有结论 {total.cases - total.open_cases} 件，仍在核查 {total.open_cases} 件。"
    )


def _case_table(cases: Sequence[CaseDossier]) -> PaperTable:
    columns = (
        PaperColumn("序号", 9, numbers=True),
        PaperColumn("编号", 15, numbers=True),
        PaperColumn("院部", 28),
        PaperColumn("姓名", 20),
        PaperColumn("核查原因", 70, left=True),
        PaperColumn("结论", 33),
    )
    rows = tuple(
        (str(number), case.number, case.college, case.name, case.cause, case.outcome_words)
        for number, case in enumerate(cases, start=1)
    )
    return PaperTable(columns, rows, empty="没有专项核查", label=3)


def _texts(count: RecheckCount, titles: dict[str, str]) -> tuple[str, ...]:
    return tuple(str(getattr(count, name)) for name in titles)


def _paragraphs(text: str, *, optional: bool = False) -> tuple[Prose, ...]:
    """Return the paragraphs of a text; where it is empty, what is still to be written."""
    found = tuple(Prose(line.strip()) for line in text.splitlines() if line.strip())
    return found or (() if optional else (Prose(_OPEN),))


def _has(notes: Sequence[CaseNote], kind: str) -> bool:
    return any(note.kind == kind for note in notes)


def _notes(
    notes: Sequence[CaseNote], kinds: Sequence[str], *, required: bool = True
) -> tuple[Part, ...]:
    """Return the notes of some kinds, each with its day and the people."""
    parts: list[Part] = []
    for note in notes:
        if note.kind in kinds:
            people = f"，参加人：{note.people}" if note.people else ""
            day = day_words(note.noted_on)
            parts.append(Prose(f"{NOTE_TITLES[note.kind]}（{day}{people}）"))
            parts += _paragraphs(note.text)
    return tuple(parts) or ((Prose(_OPEN),) if required else ())


def _evidence(notes: Sequence[CaseNote]) -> PaperTable:
    columns = (
        PaperColumn("序号", 10, numbers=True),
        PaperColumn("取得日期", 24, numbers=True),
        PaperColumn("证据名称和内容", 90, left=True),
        PaperColumn("提供人或取证人", 40),
    )
    shown = [note for note in notes if note.kind == "evidence" or note.files]
    rows = tuple(
        (str(number), note.noted_on, _evidence_words(note), note.people)
        for number, note in enumerate(shown, start=1)
    )
    return PaperTable(columns, rows, empty="没有登记证据材料", label=2)


def _evidence_words(note: CaseNote) -> str:
    """Name a piece of evidence; its files by the beginning of their digest, which is for ever."""
    text = note.text if note.kind == "evidence" else NOTE_TITLES[note.kind]
    if not note.files:
        return text
    codes = "、".join(file[:_CODE_LENGTH] for file in note.files)
    attached = f"附文件 {len(note.files)} 份，校验码 {codes}"
    return f"{text}（{attached}）" if text else attached


def _decision(case: CaseDossier) -> tuple[Prose, ...]:
    """Say by whom it was decided and when, on what paper, and why; a paragraph for each."""
    if not case.outcome:
        return ()
    by = f"由{case.decided_by}" if case.decided_by else ""
    on = f"于{day_words(case.decided_on)}" if case.decided_on else ""
    told = (
        ("决定", f"{by}{on}作出" if by or on else ""),
        ("依据", case.document),
        ("理由", case.explanation),
    )
    return tuple(Prose(f"{title}：{_sentence(text)}") for title, text in told if text)


def _sentence(text: str) -> str:
    """End a text that a person has typed as a sentence ends."""
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
