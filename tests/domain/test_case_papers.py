"""The written material of a case, and the closing report, as they are drafted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.case_papers import (
    CaseDossier,
    CaseNote,
    ClosingFacts,
    case_paper,
    closing_report,
    unwritten,
)
from desktop.domain.recheck import RecheckCount
from desktop.domain.written_papers import Bars, PaperTable, Prose, WrittenPaper

CASE = CaseDossier(
    "002-001", "202600000003", "王小丁", "女", "420602200803040031", "26420600000003",
    "信息技术学院", "软件2601班", "软件技术", "照片与本人不符",
)  # fmt: skip
OPEN = "（请在此填写）"


def prose(paper: WrittenPaper) -> list[str]:
    return [part.text for part in paper.parts if isinstance(part, Prose)]


def written(case: CaseDossier) -> WrittenPaper:
    return case_paper("襄阳职业技术学院", "2026级新生入学资格复查", "case:002-001", case)


@pytest.mark.parametrize(
    ("outcome", "enrolled", "until", "words"),
    [
        ("", False, "", "还没有结论"),
        ("passed", False, "", "合格"),
        ("failed", False, "", "不合格，取消入学资格"),
        ("failed", True, "", "不合格，取消学籍"),
        ("kept", False, "2027-09-01", "保留入学资格至2027年9月1日"),
    ],
)
def test_the_outcome_s_words_follow_whether_the_student_is_registered(
    outcome: str, enrolled: bool, until: str, words: str
) -> None:
    case = replace(CASE, outcome=outcome, enrolled=enrolled, until=until)
    assert case.outcome_words == words
    assert any(f"结论：{words}。" in text for text in prose(written(case)))


def test_what_nobody_has_written_yet_is_left_to_be_filled_in() -> None:
    assert OPEN in prose(written(CASE))
    notes = (
        CaseNote("interview", "2026-10-09", "张主任、王小丁", "问：毕业中学？\n答：襄阳四中。"),
        CaseNote("finding", "2026-10-10", "李老师", "中学证明属实。"),
    )
    case = replace(CASE, notes=notes, findings="系本人。", outcome="passed")
    told = prose(written(case))
    assert OPEN not in told
    assert "答：襄阳四中。" in told
    assert "谈话记录（2026年10月9日，参加人：张主任、王小丁）" in told


def test_the_conclusion_says_by_whom_on_what_paper_and_why_each_in_a_paragraph() -> None:
    case = replace(
        CASE, outcome="failed", important=True, decided_by="领导小组", decided_on="2026-10-20",
        document="会议纪要〔2026〕1号", explanation="本人不是被录取的考生。",
    )  # fmt: skip
    paper = written(case)
    assert prose(paper)[-4:] == [
        "结论：不合格，取消入学资格。",
        "决定：由领导小组于2026年10月20日作出。",
        "依据：会议纪要〔2026〕1号。",
        "理由：本人不是被录取的考生。",
    ]
    facts = next(paper.tables)
    assert not facts.headed
    assert facts.rows[-1][-2:] == ("核查对象", "重点对象，报领导小组")


@pytest.mark.parametrize(
    ("changes", "sections"),
    [
        ({"outcome": ""}, ()),
        ({}, ("核查经过", "查明的情况")),
        ({"findings": "系本人。"}, ("核查经过",)),
        ({"notes": (CaseNote("interview", "2026-10-09", "张主任", "问答"),)}, ("查明的情况",)),
        ({"notes": (CaseNote("finding", "2026-10-10", "", "中学证明属实。"),)}, ("核查经过",)),
    ],
)
def test_what_a_concluded_case_leaves_open_is_named(
    changes: dict[str, Any], sections: tuple[str, ...]
) -> None:
    case = replace(CASE, **{"outcome": "passed", **changes})
    assert unwritten(case, written(case)) == sections


@pytest.mark.parametrize(
    ("important", "signers"),
    [(False, ["head", "admissions"]), (True, ["head", "admissions", "group_leader"])],
)
def test_the_leading_group_signs_the_paper_of_a_case_that_goes_to_it(
    important: bool, signers: list[str]
) -> None:
    paper = written(replace(CASE, important=important))
    assert [box.signer for box in paper.sign_offs] == signers
    assert all(box.sentence for box in paper.sign_offs)


def evidence(notes: Sequence[CaseNote]) -> tuple[tuple[str, ...], ...]:
    tables = list(written(replace(CASE, notes=tuple(notes))).tables)
    return tables[-1].rows


def test_the_list_of_evidence_names_files_by_their_digest() -> None:
    notes = [
        CaseNote("evidence", "2026-10-10", "襄阳四中", "毕业证明原件"),
        CaseNote("evidence", "2026-10-11", "本人", "", ("ab12" * 16,)),
        CaseNote("interview", "2026-10-12", "张主任", "问答", ("cd34" * 16, "ef56" * 16)),
        CaseNote("finding", "2026-10-13", "", "没有文件的不列"),
    ]
    assert evidence(notes) == (
        ("1", "2026-10-10", "毕业证明原件", "襄阳四中"),
        ("2", "2026-10-11", "附文件 1 份，校验码 ab12ab12", "本人"),
        ("3", "2026-10-12", "谈话记录（附文件 2 份，校验码 cd34cd34、ef56ef56）", "张主任"),
    )
    assert evidence([]) == ()


def test_the_closing_report_says_the_numbers_that_it_is_given() -> None:
    total = RecheckCount(
        students=9, forms=8, missing_forms=1, doubts=2, cases=2, open_cases=1, failed=1, approved=6
    )
    titles = (("students", "应复查"), ("forms", "已交复查表"), ("missing_forms", "未交"),
              ("doubts", "有疑点"), ("cases", "专项核查"), ("failed", "不合格"),
              ("kept", "保留入学资格"), ("approved", "合格"))  # fmt: skip
    facts = ClosingFacts(
        "襄阳职业技术学院", "2026级新生入学资格复查", "2026", "admissions", total,
        (("信息技术学院", total),), (replace(CASE, outcome="failed"),), titles, "2026-12-05",
    )  # fmt: skip
    paper = closing_report(facts)
    told = "".join(prose(paper))
    for words in (
        "应复查 9 人",
        "8 份",
        "立案专项核查 2 件",
        "已有结论 1 件",
        "应复查 9 人，经复查，合格 6 人，不合格 1 人，保留入学资格 0 人。其余 2 人还没有复查结果",
        "复查截止日期为2026年12月5日。",
    ):
        assert words in told
    table = next(part for part in paper.parts if isinstance(part, PaperTable))
    assert table.rows[0][1:] == table.total[1:] == ("9", "8", "1", "2", "2", "1", "0", "6")
    chart = next(part for part in paper.parts if isinstance(part, Bars))
    assert dict(chart.bars)["合格"] == total.approved
    assert [sign_off.signer for sign_off in paper.sign_offs] == ["admissions", "group_leader"]


def test_the_closing_report_leaves_nobody_over_when_all_have_a_result() -> None:
    total = RecheckCount(students=3, forms=3, failed=1, kept=1, approved=1)
    titles = tuple((name, name) for name in ("forms", "missing_forms", "doubts", "cases", "failed",
                                             "kept", "approved"))  # fmt: skip
    facts = ClosingFacts("学校", "批次", "2026", "admissions", total, (), (), titles)
    assert not any("其余" in text for text in prose(closing_report(facts)))
