"""The wizard that records signatures, as plain functions without a window."""

from dataclasses import replace

from desktop.domain.written_papers import PaperKind, StatedPaper, signers_of
from desktop.views.wizards.paper_sign_off.flow import (
    DONE,
    FORM,
    begin,
    done_sentences,
    next_step,
    problems,
)

TODAY = "2026-09-10"


def stated(kind: PaperKind, *, important: bool = False, **signed: str) -> StatedPaper:
    signers = signers_of(kind, important=important)
    return StatedPaper(
        "002-001",
        "2026-recheck-005-1",
        kind,
        "college-01",
        "审核单",
        1,
        "ab",
        TODAY,
        signers,
        signed,
    )


def test_it_asks_those_who_sign_this_paper_and_the_seal() -> None:
    assert begin(stated(PaperKind.CLASS_REPORT), TODAY).signers == (
        "class_teacher",
        "student_section",
    )
    assert begin(stated(PaperKind.APPROVED), TODAY).signers == (
        "admissions",
        "group_leader",
        "seal",
    )
    case = begin(stated(PaperKind.CASE_STATEMENT), TODAY)
    assert case.signers == ("head", "admissions", "seal")
    case = begin(stated(PaperKind.CASE_STATEMENT, important=True), TODAY)
    assert case.signers == ("head", "admissions", "group_leader", "seal")


def test_only_what_is_new_is_recorded() -> None:
    paper = stated(PaperKind.COLLEGE_RETURN, head="赵院长", head_date="2026-09-09")
    draft = begin(paper, TODAY)
    assert draft.head == "赵院长"
    assert draft.news == {}
    assert "还没有填写" in problems(FORM, draft)["student_section"]
    draft = replace(draft, student_section="李科长")
    assert draft.news == {"student_section": ("李科长", TODAY)}
    assert problems(FORM, draft) == {}
    draft = replace(draft, student_section_date="九月十日")
    assert list(problems(FORM, draft)) == ["student_section_date"]


def test_it_says_what_is_still_missing() -> None:
    paper = stated(PaperKind.COLLEGE_RETURN, head="赵院长", head_date="2026-09-09")
    told = "".join(done_sentences(begin(paper, TODAY)))
    assert "主要负责人 赵院长" in told
    assert "还没有登记的：学工科、盖章" in told
    whole = replace(paper, sign_offs=dict.fromkeys(("head", "student_section", "seal"), "某"))
    assert "已经齐全" in "".join(done_sentences(begin(whole, TODAY)))
    assert next_step(FORM, begin(paper, TODAY)) == DONE
    assert next_step(DONE, begin(paper, TODAY)) == ""
