"""Admissions sums the re-check up, and looks into a doubt with a college."""

from pathlib import Path

from desktop.domain.entry_review import ArrivalState
from desktop.domain.recheck import RecheckVerdict, Standing
from desktop.domain.rounds import Procedure
from desktop.procedures.check_in.check_in import record_check_in
from desktop.procedures.check_in.check_in_notes import ArrivalNote, CheckInNotes
from desktop.procedures.entry_review.review_desk import review_desk
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.recheck.recheck_desk import recheck_desk
from desktop.procedures.recheck.recheck_verdicts import take_back_verdicts
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.cases.page import CasesPage
from desktop.views.pages.recheck_desk.page import RecheckDeskPage
from scripts.screens.seat import Seat, press
from scripts.screens.stages import ISSUED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, photograph, round_of, signed_in

_COLLEGE = "college-01"


def look_into(way: Way) -> Sights:
    """Walk admissions' page, then a case from its beginning at the college to its end."""
    demo = way.demo(ISSUED)
    round_id = _reconsider(demo)
    _come_late(demo)
    seat = way.seat(demo, "admissions")
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    yield from _sum_up(seat)
    yield from _open_case(seat)
    yield from _verdicts(seat)
    seat.close()
    _carry(demo, round_id)
    seat = way.seat(demo, _COLLEGE)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    yield from _work_on_case(seat, photograph(way.stick() / "准考证原件.png"))
    seat.close()


def _sum_up(seat: Seat) -> Sights:
    page = seat.open(RecheckDeskPage)
    yield "recheck-desk", seat.window
    page.begin_round()
    yield "recheck-begin-form", seat.wizard
    fill(seat.wizard, deadline="2026-12-31")
    yield "recheck-begin-confirm", seat.go_on()
    yield "recheck-begin-done", seat.go_on()
    seat.put_away()
    yield from _take_latecomers(seat)
    page.record_approval()
    fill(seat.wizard, document="校招〔2026〕18号", leader="王副校长")
    yield "approval-form", seat.wizard
    yield "approval-files", seat.go_on()
    yield "approval-confirm", seat.go_on()
    yield "approval-done", seat.go_on()
    seat.go_on()


def _take_latecomers(seat: Seat) -> Sights:
    page = seat.open(RecheckDeskPage)
    page.take_latecomers()
    yield "latecomers-form", seat.wizard
    yield "latecomers-confirm", seat.go_on()
    yield "latecomers-done", seat.go_on()
    seat.go_on()


def _open_case(seat: Seat) -> Sights:
    page = seat.open(RecheckDeskPage, "approved")
    mine = next(n for n in page.table.records if n.group.office == _COLLEGE and not n.cases)
    page.table.choose(mine)
    yield "recheck-student", seat.window
    page.begin_case(mine)
    fill(seat.wizard, cause="接到来信，反映录取通知书上的考生号与本人不符", important="no")
    yield "case-open-form", seat.wizard
    yield "case-open-confirm", seat.go_on()
    yield "case-open-done", seat.go_on()
    seat.go_on()
    page.chips.choose("all")
    seat.open(CasesPage)
    yield "cases-admissions", seat.window


def _verdicts(seat: Seat) -> Sights:
    page = seat.open(RecheckDeskPage, "all")
    page.issue_verdicts()
    yield "recheck-issue-form", seat.wizard
    yield "recheck-issue-confirm", seat.go_on()
    yield "recheck-issue-done", seat.go_on()
    seat.go_on()
    page.table.choose(next(n for n in page.table.records if n.one.file.verdict))
    page.take_verdicts_back()
    fill(seat.wizard, reason="接到来信，需要再查")
    yield "recheck-recall-form", seat.wizard
    yield "recheck-recall-confirm", seat.go_on()
    yield "recheck-recall-done", seat.go_on()
    seat.go_on()


def _work_on_case(seat: Seat, scan: Path) -> Sights:
    page = seat.open(CasesPage, "open")
    case = next(n for n in page.table.records if n.case and not n.important)
    page.table.choose(case)
    press(page.details, "登记核查记录")
    fill(seat.wizard, people="周敏、本人", text="出示准考证原件和身份证，考生号与档案一致。")
    yield "case-note-form", seat.wizard
    seat.go_on()
    seat.wizard.page.attach([scan])  # type: ignore[attr-defined]
    yield "case-note-files", seat.wizard
    yield "case-note-done", seat.go_on()
    seat.go_on()
    press(page.details, "核查情况小结")
    fill(seat.wizard, text="考生号与档案一致，来信反映的情况不属实。")
    yield "case-findings-form", seat.wizard
    yield "case-findings-confirm", seat.go_on()
    yield "case-findings-done", seat.go_on()
    seat.go_on()
    yield "cases-college", seat.window
    press(page.details, "作结论")
    yield "case-end-kind", seat.wizard
    seat.go_on()
    fill(seat.wizard, explanation="考生号与档案一致，排除疑点", decided_by="刘建国")
    yield "case-end-paper", seat.wizard
    yield "case-end-files", seat.go_on()
    yield "case-end-confirm", seat.go_on()
    yield "case-end-done", seat.go_on()
    seat.go_on()


def _reconsider(demo: Path) -> str:
    """Let admissions take verdicts back that are not registered yet, so that there is a plan."""
    with signed_in(demo, "admissions") as session:
        round_id = round_of(session, Procedure.RECHECK).id
        told = [
            one.one.student.subject
            for one in recheck_desk(session, round_id).students
            if one.one.file.verdict is RecheckVerdict.PASSED
            and one.one.assessment.standing is Standing.APPROVED
        ]
        take_back_verdicts(session, round_id, told[:30], "补办手续后重新下达")
    return round_id


def _come_late(demo: Path) -> None:
    """Let somebody come who was on leave when the re-check began, and admissions hear of it."""
    with signed_in(demo, "admissions") as admissions:
        review = round_of(admissions, Procedure.ENTRY_REVIEW).id
        desk = review_desk(admissions, review).students
        late = next(n for n in desk if n.reviewed.file.arrival is ArrivalState.LEAVE)
        with signed_in(demo, late.group.office) as college:
            came = ArrivalNote(late.subject, ArrivalState.ARRIVED, college.today().isoformat())
            record_check_in(college, review, CheckInNotes(arrivals=(came,)))
            bundle = export(college, "admissions", review, demo / "bundles").path
        merge(admissions, [bundle])


def _carry(demo: Path, round_id: str) -> None:
    """Let the college hear what admissions has said."""
    with signed_in(demo, "admissions") as session, signed_in(demo, _COLLEGE) as college:
        bundle = export(session, _COLLEGE, round_id, demo / "bundles").path
        merge(college, [bundle])
