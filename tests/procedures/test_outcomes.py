"""An outcome that turns out wrong is changed, and whoever holds a paper is told."""

import io
from itertools import permutations
from shutil import copytree

import pytest
from python_calamine import CalamineWorkbook

from desktop.domain.documents import Document
from desktop.domain.student_registration import TAKEN_BACK, Outcome
from desktop.errors import Incomplete, NotAllowed, NotFound, NothingToChange, RoundNotOpen
from desktop.procedures.deciding.decisions import decide_conflict, open_conflicts
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.overview.histories import student_page
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.registration.outcomes import (
    OutcomeChange,
    change_outcome,
    changes_since_register,
    chsi_changes,
)
from desktop.procedures.registration.papers import (
    make_change_list,
    make_chsi_files,
    make_hand_over,
    make_register,
)
from desktop.procedures.registration.registers import register_of
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session, open_and_sign_in
from desktop.procedures.signing.recording import (
    PlaceReport,
    ProposedCorrection,
    propose_correction,
    report_place,
)
from desktop.store import documents, exchange
from tests.conftest import FAR_DAY, OPERATOR, PASSPHRASE, ROUND, School

from .acts import (
    complete_class,
    digest,
    members,
    reasons,
    require_healthy,
    second_registrar,
    verdicts,
)

CLASS = "软件2601班"
WHY = "本人持入伍通知书报到"
PAPER = "学籍更正审批表3号"


@pytest.fixture
def issued(school: School) -> School:
    """A round in which the first class has outcomes: one gave the place up, two registered."""
    complete_class(school.first, CLASS)
    gone = members(school.first, CLASS)[0].subject
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "放弃声明"))
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    return school


def three(school: School) -> list[str]:
    """Return who gave up, and the two who are registered."""
    return [one.subject for one in members(school.registrar, CLASS)]


def told(changes: tuple[OutcomeChange, ...]) -> list[tuple[str, str, str, str, str]]:
    return [
        (c.student.subject, c.before_title, c.after_title, c.reason, c.document) for c in changes
    ]


def made(session: Session) -> list[Document]:
    with session.unit_of_work() as unit:
        return list(documents.documents(unit.connection, ROUND))


# --- changing ------------------------------------------------------------------------------------


def test_who_was_written_off_and_turns_up_is_registered(issued: School) -> None:
    gone, *_ = three(issued)
    change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)
    now = verdicts(issued.registrar)[gone].issued
    assert now is not None
    assert (now.outcome, now.explanation, now.document, now.until) == (
        Outcome.REGISTERED, WHY, PAPER, "",
    )  # fmt: skip
    history = [e for e in student_page(issued.registrar, gone).history if e.title == "注册结论"]
    assert [dict(e.told)["注册结论"] for e in history] == ["注册学籍", "放弃入学资格"]
    assert history[0].reason == WHY
    assert issue(issued.registrar, ROUND).outcomes == {}
    issued.carry(issued.registrar, issued.first)
    assert outcome_counts(issued.first, ROUND)["registered"] == 3
    require_healthy(issued.first)


def test_a_kept_place_has_its_day_and_loses_it_again(issued: School) -> None:
    _, student, _ = three(issued)
    change = (issued.registrar, ROUND, student, Outcome.PLACE_KEPT, WHY, PAPER)
    for until in ("", "明年", "2028-13-01"):
        with pytest.raises(Incomplete):
            change_outcome(*change, until=until)
    change_outcome(*change, until=FAR_DAY)
    with pytest.raises(NothingToChange):
        change_outcome(*change, until=FAR_DAY)
    change_outcome(*change, until=FAR_DAY.replace("-12-", "-10-"))
    change_outcome(issued.registrar, ROUND, student, Outcome.REGISTERED, "退役复学", PAPER)
    now = verdicts(issued.registrar)[student].issued
    assert now is not None
    assert (now.outcome, now.until) == (Outcome.REGISTERED, "")


def test_whose_outcome_was_taken_back_waits_for_a_person(issued: School) -> None:
    _, student, _ = three(issued)
    change_outcome(issued.registrar, ROUND, student, None, "冒名顶替，正在核查", PAPER)
    assert set(reasons(issued.registrar, student)) == {TAKEN_BACK}
    (held,) = [o for o in verdicts(issued.registrar).values() if o.student.subject == student]
    assert "冒名顶替，正在核查；" + PAPER in held.verdict.reasons[0].sentence
    again = issue(issued.registrar, ROUND)
    assert again.outcomes == {}
    assert student in {one.student.subject for one in again.held_back}
    issued.carry(issued.registrar, issued.first)
    assert set(reasons(issued.first, student)) == {TAKEN_BACK}
    with pytest.raises(NothingToChange):
        change_outcome(issued.registrar, ROUND, student, None, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, student, Outcome.REGISTERED, "核查为本人", PAPER)
    issued.carry(issued.registrar, issued.first)
    assert outcome_counts(issued.first, ROUND)["registered"] == 2
    assert verdicts(issued.first)[student].issued is not None


def test_a_bundle_can_be_withdrawn_when_every_outcome_is_taken_back(issued: School) -> None:
    with issued.registrar.unit_of_work() as unit:
        (bundle,) = exchange.incoming(unit.connection)
    for student in three(issued):
        change_outcome(issued.registrar, ROUND, student, None, "签字表是伪造的", PAPER)
    withdraw_bundle(issued.registrar, bundle.bundle_id, "签字表是伪造的")
    assert outcome_counts(issued.registrar, ROUND)["held_back"] == 9
    require_healthy(issued.registrar)


@pytest.mark.parametrize("kept", [Outcome.PLACE_GIVEN_UP, None])
def test_two_registrars_who_change_differently_are_asked(
    issued: School, kept: Outcome | None
) -> None:
    _, student, _ = three(issued)
    again = second_registrar(issued)
    make_register(issued.registrar, ROUND)
    change_outcome(issued.registrar, ROUND, student, Outcome.PLACE_GIVEN_UP, "书面放弃", "声明")
    change_outcome(again, ROUND, student, None, "正在核查", PAPER)
    issued.carry(again, issued.registrar)
    (change,) = changes_since_register(issued.registrar, ROUND)
    assert (change.after, change.disputed) == (None, True)
    assert change.after_title == "各方说法不一致，待裁定"
    with pytest.raises(Incomplete):
        register_of(issued.registrar, ROUND)
    with pytest.raises(Incomplete):
        change_outcome(issued.registrar, ROUND, student, Outcome.REGISTERED, WHY, PAPER)
    for conflict in open_conflicts(issued.registrar, ROUND):
        side = next(a for a in conflict.alternatives if (a.value is None) is (kept is None))
        decide_conflict(issued.registrar, conflict.key, conflict.field, side.value, "看了材料")
    (change,) = changes_since_register(issued.registrar, ROUND)
    assert (change.after, change.disputed) == (kept, False)
    assert issue(issued.registrar, ROUND).outcomes == {}
    issued.carry(issued.registrar, again)
    said = verdicts(again)[student].issued
    assert (said.outcome if said else None) == kept
    assert issue(again, ROUND).outcomes == {}
    require_healthy(again)


def test_no_college_changes_an_outcome(issued: School) -> None:
    gone, *_ = three(issued)
    issued.carry(issued.registrar, issued.first)
    with pytest.raises(NotAllowed):
        change_outcome(issued.first, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)


@pytest.mark.parametrize(("reason", "document"), [("", PAPER), (WHY, ""), (" ", PAPER)])
def test_a_change_needs_a_reason_and_a_paper(issued: School, reason: str, document: str) -> None:
    gone, *_ = three(issued)
    before = digest(issued.registrar)
    for outcome in (Outcome.REGISTERED, None):
        with pytest.raises(Incomplete):
            change_outcome(issued.registrar, ROUND, gone, outcome, reason, document)
    assert digest(issued.registrar) == before


def test_what_can_not_be_changed_is_refused(issued: School) -> None:
    gone, registered, _ = three(issued)
    never = members(issued.registrar, "护理2601班")[0].subject
    with pytest.raises(NotFound):
        change_outcome(issued.registrar, ROUND, never, Outcome.REGISTERED, WHY, PAPER)
    with pytest.raises(NothingToChange):
        change_outcome(issued.registrar, ROUND, gone, Outcome.PLACE_GIVEN_UP, WHY, PAPER)
    proposed = ProposedCorrection(registered, "name", "王大乙", "身份证")
    propose_correction(issued.first, ROUND, proposed, [Evidence("身份证.pdf", b"%PDF-")])
    issued.carry(issued.first, issued.registrar)
    with pytest.raises(Incomplete, match="更正尚未处理"):
        change_outcome(issued.registrar, ROUND, registered, Outcome.PLACE_GIVEN_UP, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, registered, None, WHY, PAPER)  # may always be
    close_round(issued.registrar, ROUND)
    with pytest.raises(RoundNotOpen):
        change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)


def test_changes_read_the_same_in_whatever_order_they_arrive(issued: School) -> None:
    gone, student, other = three(issued)
    bundles = [issued.send(issued.registrar, "college-01")]
    change_outcome(issued.registrar, ROUND, student, None, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)
    bundles.append(issued.send(issued.registrar, "college-01"))
    change_outcome(issued.registrar, ROUND, student, Outcome.PLACE_CANCELLED, WHY, PAPER)
    bundles.append(issued.send(issued.registrar, "college-01"))
    issued.sessions.pop("first").store.close()
    digests = set()
    for place, order in enumerate(permutations(bundles)):
        copy = issued.folder / f"first-{place}"
        copytree(issued.store_folder("first"), copy)
        session = open_and_sign_in(copy, OPERATOR, PASSPHRASE)
        with session.store:
            merge(session, [*order, order[0]])
            require_healthy(session)
            digests.add(digest(session))
            outcomes = {s: v.issued.outcome for s, v in verdicts(session).items() if v.issued}
        assert outcomes == {
            gone: Outcome.REGISTERED,
            student: Outcome.PLACE_CANCELLED,
            other: Outcome.REGISTERED,
        }
    assert len(digests) == 1


# --- who must be told ----------------------------------------------------------------------------


def test_who_holds_a_register_is_told_what_changed_since(issued: School) -> None:
    gone, student, _ = three(issued)
    change_outcome(issued.registrar, ROUND, student, None, "先核查", "核查通知")
    change_outcome(issued.registrar, ROUND, student, Outcome.REGISTERED, "属实", "核查结论")
    assert changes_since_register(issued.registrar, ROUND) == ()  # nobody holds one
    make_register(issued.registrar, ROUND)
    assert changes_since_register(issued.registrar, ROUND) == ()
    change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, student, None, "冒名顶替", "核查结论2号")
    changes = changes_since_register(issued.registrar, ROUND)
    assert told(changes) == [
        (gone, "放弃入学资格", "注册学籍", WHY, PAPER),
        (student, "注册学籍", "暂未注册", "冒名顶替", "核查结论2号"),
    ]
    assert {(c.operator, c.seat, c.disputed) for c in changes} == {(OPERATOR, "001", False)}
    assert all(c.day == issued.registrar.today().isoformat() for c in changes)
    change_outcome(issued.registrar, ROUND, gone, Outcome.PLACE_GIVEN_UP, "又改回", "说明")
    assert [c.student.subject for c in changes_since_register(issued.registrar, ROUND)] == [student]


def test_the_clock_may_go_wrong_between_register_and_change(issued: School) -> None:
    gone, *_ = three(issued)
    now = issued.registrar.store.now()
    make_register(issued.registrar, ROUND)
    issued.registrar.store.now = lambda: now.replace(year=now.year - 1)
    change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)
    issued.registrar.store.now = lambda: now
    assert [c.student.subject for c in changes_since_register(issued.registrar, ROUND)] == [gone]


def test_a_later_registration_is_no_change_of_the_register(issued: School) -> None:
    make_register(issued.registrar, ROUND)
    make_chsi_files(issued.registrar, ROUND)
    complete_class(issued.first, "软件2602班")
    issued.carry(issued.first, issued.registrar)
    issue(issued.registrar, ROUND)
    assert changes_since_register(issued.registrar, ROUND) == ()
    later = {one.subject for one in members(issued.registrar, "软件2602班")}
    assert {c.student.subject for c in chsi_changes(issued.registrar, ROUND)} == later


def test_the_next_register_tells_what_the_last_one_said(issued: School) -> None:
    gone, student, other = three(issued)
    make_register(issued.registrar, ROUND)
    change_outcome(issued.registrar, ROUND, gone, Outcome.REGISTERED, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, student, Outcome.PLACE_CANCELLED, WHY, "小结1号")
    change_outcome(issued.registrar, ROUND, other, None, "冒名顶替", "小结2号")
    day = issued.registrar.today().isoformat()
    for _ in range(2):  # printed once more, it says the same
        register = register_of(issued.registrar, ROUND)
        assert [row.remark for group in register.classes for row in group.rows] == [
            f"原登记为放弃入学资格，{day}更改，依据{PAPER}"
        ]
        said = {row.name: row.reason for annotated in register.annotated for row in annotated.rows}
        names = {one.subject: one.identity.name for one in members(issued.registrar, CLASS)}
        assert f"原登记为注册学籍，{day}更改，依据小结1号" in said[names[student]]
        assert f"原登记为注册学籍，{day}收回，依据小结2号" in said[names[other]]
        make_register(issued.registrar, ROUND)
        assert changes_since_register(issued.registrar, ROUND) == ()


def test_the_list_of_changes_says_it_all_and_goes_along_with_the_register(issued: School) -> None:
    gone, *_ = three(issued)
    with pytest.raises(NothingToChange):
        make_change_list(issued.registrar, ROUND)
    make_register(issued.registrar, ROUND)
    make_chsi_files(issued.registrar, ROUND)
    make_hand_over(issued.registrar, ROUND)
    assert "changes" not in {document.kind for document in made(issued.registrar)}
    change_outcome(issued.registrar, ROUND, gone, Outcome.PLACE_KEPT, "=入伍", PAPER, until=FAR_DAY)
    make_hand_over(issued.registrar, ROUND)
    (listed,) = [document for document in made(issued.registrar) if document.kind == "changes"]
    assert listed.name == "2026级新生学籍注册-变更清单.xlsx"
    data = issued.registrar.store.attachments.get(listed.sha256)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    identity = members(issued.registrar, CLASS)[0].identity
    assert book.sheet_names == ["名册以后的变更", "学信网文件以后的变更"]
    for name in book.sheet_names:
        _, row = book.get_sheet_by_name(name).to_python()
        assert row == [
            "信息技术学院", CLASS, identity.student_number, identity.exam_number, identity.name,
            "放弃入学资格", "保留入学资格", FAR_DAY, issued.registrar.today().isoformat(),
            OPERATOR, "001", "=入伍", PAPER,
        ]  # fmt: skip


def test_only_who_moves_between_the_platforms_files_makes_them_stale(issued: School) -> None:
    gone, student, other = three(issued)
    assert chsi_changes(issued.registrar, ROUND) == ()  # there are none yet
    make_chsi_files(issued.registrar, ROUND)
    change_outcome(issued.registrar, ROUND, gone, Outcome.PLACE_CANCELLED, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, student, None, WHY, PAPER)
    assert {c.student.subject for c in chsi_changes(issued.registrar, ROUND)} == {gone, student}
    make_chsi_files(issued.registrar, ROUND)
    assert chsi_changes(issued.registrar, ROUND) == ()
    change_outcome(issued.registrar, ROUND, student, Outcome.PLACE_CANCELLED, WHY, PAPER)
    change_outcome(issued.registrar, ROUND, gone, None, WHY, PAPER)
    assert chsi_changes(issued.registrar, ROUND) == ()  # a cancelled place is in no file
    change_outcome(
        issued.registrar, ROUND, other, Outcome.PLACE_KEPT, WHY, PAPER, until="2027-09-01"
    )
    assert [c.after_title for c in chsi_changes(issued.registrar, ROUND)] == ["保留入学资格"]


def test_only_the_registrar_has_registers_and_files(issued: School) -> None:
    for ask in (changes_since_register, chsi_changes, make_change_list):
        with pytest.raises(NotAllowed):
            ask(issued.first, ROUND)
