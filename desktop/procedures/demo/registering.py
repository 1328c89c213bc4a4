"""The registrar's part of the play: bundles taken, contradictions decided, outcomes, the books."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.student_registration import Outcome
from desktop.procedures.deciding.decisions import (
    accept_addition,
    decide_conflict,
    decide_correction,
    open_conflicts,
)
from desktop.procedures.demo.colleges import College
from desktop.procedures.demo.stage import Stage
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.registration.class_lists import make_class_lists
from desktop.procedures.registration.outcomes import change_outcome
from desktop.procedures.registration.papers import (
    make_change_list,
    make_chsi_files,
    make_hand_over,
    make_register,
    save_document,
)
from desktop.procedures.registration.student_registration import eligibility, issue
from desktop.procedures.rounds import close_round, reopen_round
from desktop.store import registration


def take_bundles(stage: Stage, late: str) -> None:
    """Take everything but what one college brings late, and decide what waits."""
    held_back = _of_college(stage, late)
    files = [file for file in sorted(stage.bundles.glob("*.jice")) if file not in held_back]
    _take(stage, files)
    _take(stage, files[:1])  # the same stick twice: nothing new
    _decide(stage)


def register(stage: Stage, late: str) -> None:
    """Issue the outcomes, let the late college in after all, make the books, end the round."""
    registrar, round_id = stage.registrar, stage.round_id
    issue(registrar, round_id)
    close_round(registrar, round_id)
    files = _of_college(stage, late)
    _take(stage, files)  # refused: the round is closed
    reopen_round(registrar, round_id, f"{stage.colleges[late]}迟交，经处长同意补收")
    _take(stage, files)
    _decide(stage)
    issue(registrar, round_id)
    _make_papers(stage)
    _change_an_outcome(stage)
    close_round(registrar, round_id)


def send_outcomes(stage: Stage, colleges: dict[str, College]) -> None:
    """Let the colleges hear the outcomes, and print the lists of their classes."""
    for office in stage.colleges:
        export(stage.registrar, office, stage.round_id, stage.to_college(office))
    for office, college in colleges.items():
        merge(college.session, sorted(stage.to_college(office).glob("*.jice")))
        lists = make_class_lists(college.session, stage.round_id, college.classes)
        path = save_document(college.session, lists, stage.papers)
        stage.documents.append(str(path.relative_to(stage.wishes.out)))


def _of_college(stage: Stage, office: str) -> list[Path]:
    """Return the bundles of a college, by name."""
    name = stage.colleges[office]
    return [file for file in sorted(stage.bundles.glob("*.jice")) if name in file.name]


def _take(stage: Stage, files: Sequence[Path]) -> None:
    report = merge(stage.registrar, files)
    stage.merged += sum(1 for b in report.bundles if b.new_statements)
    stage.refused.extend((r.file_name, r.code) for r in report.refusals)


def _decide(stage: Stage) -> None:
    """Decide everything that waits: conflicts, corrections, additions."""
    registrar, round_id = stage.registrar, stage.round_id
    _decide_conflicts(stage, only="mark")  # the reasons go with the marks
    _decide_conflicts(stage)
    with registrar.unit_of_work() as unit:
        corrections = registration.corrections(unit.connection, round_id)
        additions = registration.additions(unit.connection, round_id)
    for correction in corrections:
        if not correction.decision:
            accept = "口头" not in correction.explanation
            reason = "证明材料齐全" if accept else "没有证明材料支持"
            decide_correction(registrar, round_id, correction.subject, accept=accept, reason=reason)
    for addition in additions:
        if not addition.decision:
            accept_addition(registrar, round_id, addition.subject, "招生工作处确认已录取")


def _decide_conflicts(stage: Stage, only: str = "") -> None:
    """Decide contradictions, all or those about one field, for those who saw a signature."""
    for conflict in open_conflicts(stage.registrar, stage.round_id):
        if only and conflict.field != only:
            continue
        side = max(conflict.alternatives, key=lambda a: (a.value == "signed", a.value or ""))
        decide_conflict(
            stage.registrar, conflict.key, conflict.field, side.value, "查看了签字表原件"
        )
        stage.decided += 1


def _change_an_outcome(stage: Stage) -> None:
    """Let one outcome turn out wrong: the books are made anew, and say what they had said."""
    registrar, round_id = stage.registrar, stage.round_id
    changeable = [
        (one.student.subject, one.issued.outcome)
        for one in eligibility(registrar, round_id)
        if one.issued and one.verdict.outcome
    ]
    if not changeable:
        return
    gone = [one for one in changeable if one[1] is Outcome.PLACE_GIVEN_UP]
    student, outcome = (gone or changeable)[0]
    after, why, paper = (
        (Outcome.REGISTERED, "放弃声明不是本人所写，本人已报到", "学籍更正审批表1号")
        if outcome is Outcome.PLACE_GIVEN_UP
        else (Outcome.PLACE_GIVEN_UP, "注册以后书面放弃入学资格", "放弃入学资格声明")
    )
    change_outcome(registrar, round_id, student, after, why, paper)
    stage.outcomes_changed += 1
    changes = save_document(registrar, make_change_list(registrar, round_id), stage.papers)
    stage.documents.append(str(changes.relative_to(stage.wishes.out)))
    _make_papers(stage)


def _make_papers(stage: Stage) -> None:
    """Make the register, the lists, the platform files and the hand-over list."""
    registrar, round_id = stage.registrar, stage.round_id
    made = [*make_register(registrar, round_id)]
    made += make_chsi_files(registrar, round_id).documents
    made.append(make_hand_over(registrar, round_id))
    for document in made:
        path = save_document(registrar, document, stage.papers)
        stage.documents.append(str(path.relative_to(stage.wishes.out)))
