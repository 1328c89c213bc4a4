"""Admissions' verdicts of procedure one: by name on paper, or all who are qualified at once."""

from collections.abc import Callable

import pytest

from desktop.domain.entry_review import ReviewVerdict, Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.errors import (
    AlreadyIssued,
    Contradicted,
    Incomplete,
    NotAllowed,
    NotFound,
    NothingToChange,
    NotOverdue,
    RoundNotOpen,
    UserError,
    ValueRefused,
    VerdictGiven,
)
from desktop.procedures.entry_review.review_desk import DeskStudent, review_desk
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_failed,
    confirm_given_up,
    confirm_kept,
    issue_qualified,
    qualifying,
    take_back_verdicts,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.registration.verdicts import verdicts_for
from desktop.procedures.rounds import NewRound, state_round
from desktop.procedures.session import Session
from desktop.store import school as school_queries
from desktop.store.journal import Draft
from desktop.store.tables import statements_of
from tests.conftest import FAR_DAY, School
from tests.list_offices import join
from tests.procedures.acts import require_healthy
from tests.reviews import (
    CHECK_IN,
    REVIEW,
    arrives,
    begin_review,
    college_says,
    say_as,
    set_today,
    subjects,
)

IN_TIME, TOO_LATE = "2026-09-10", "2026-09-22"
WHY = Ground("逾期两周未报到，多次联系无果", "招生工作处〔2026〕12号")
ABSENT = {"state": "absent", "cause": "unreachable"}


@pytest.fixture
def admissions(founded: School) -> Session:
    """Admissions after check-in, in time."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session, **CHECK_IN)
    set_today(session, IN_TIME)
    return session


def on_desk(session: Session, student: str) -> DeskStudent:
    found = review_desk(session, REVIEW).of(student)
    assert found is not None
    return found


def standing(session: Session, student: str) -> Standing:
    return on_desk(session, student).standing


# --- given up ------------------------------------------------------------------------------------


def test_a_place_is_given_up_once_the_time_is_over(founded: School, admissions: Session) -> None:
    gone = subjects(admissions)[0]
    college_says(founded, admissions, gone, arrival=ABSENT)
    with pytest.raises(NotOverdue) as early:
        confirm_given_up(admissions, REVIEW, [gone], WHY)
    assert "没有超过规定的期限" in early.value.what
    assert on_desk(admissions, gone).reviewed.file.verdict is None
    set_today(admissions, TOO_LATE)
    assert on_desk(admissions, gone).may_give_up
    scan = Evidence("联系记录.pdf", b"%PDF-1.4 calls")
    ground = Ground(WHY.reason, WHY.document, (scan,))
    assert confirm_given_up(admissions, REVIEW, [gone], ground) == 1
    found = on_desk(admissions, gone)
    assert (found.standing, found.may_give_up) == (Standing.GIVEN_UP, False)
    with admissions.unit_of_work() as unit:
        key = Key(gone, "entry_review", REVIEW)
        [said] = statements_of(unit.connection, [key])[key]
    assert dict(said.values) == {
        "verdict": "given_up",
        "explanation": WHY.reason,
        "document": WHY.document,
        "until": None,
    }
    assert len(said.evidence) == 1
    require_healthy(admissions)


def test_an_overstayed_leave_is_given_up_like_a_no_show(
    founded: School, admissions: Session
) -> None:
    away = subjects(admissions)[0]
    college_says(founded, admissions, away, arrival={"state": "leave", "until": "2026-09-12"})
    set_today(admissions, TOO_LATE)
    assert not on_desk(admissions, away).may_give_up  # ten days only
    set_today(admissions, "2026-09-27")
    assert confirm_given_up(admissions, REVIEW, [away], WHY) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"arrival": {"state": "absent", "cause": "gave_up"}},
        {"place_report": {"kind": "given_up", "explanation": "复读", "document": "放弃声明"}},
    ],
)
def test_who_gives_it_up_in_writing_need_not_wait(
    founded: School, admissions: Session, said: dict[str, dict[str, str]]
) -> None:
    gone = subjects(admissions)[0]
    college_says(founded, admissions, gone, **said)
    assert confirm_given_up(admissions, REVIEW, [gone], WHY) == 1


def test_who_came_has_not_given_it_up(founded: School, admissions: Session) -> None:
    there, gone = subjects(admissions)[:2]
    arrives(founded, admissions, there)
    college_says(founded, admissions, gone, arrival=ABSENT)
    set_today(admissions, TOO_LATE)
    with pytest.raises(NotOverdue):
        confirm_given_up(admissions, REVIEW, [there, gone], WHY)
    assert standing(admissions, gone) is Standing.ABSENT


# --- kept ----------------------------------------------------------------------------------------


def test_a_kept_place_rests_on_what_the_college_reported(
    founded: School, admissions: Session
) -> None:
    soldier, ill = subjects(admissions)[:2]
    college_says(
        founded,
        admissions,
        soldier,
        arrival={"state": "absent", "cause": "conscript"},
        place_report={
            "kind": "kept",
            "explanation": "应征入伍",
            "document": "入伍通知书",
            "until": FAR_DAY,
        },
    )
    college_says(founded, admissions, ill, arrival={"state": "absent", "cause": "illness"})
    with pytest.raises(Incomplete) as bare:
        confirm_kept(admissions, REVIEW, [soldier, ill], Ground("", ""))
    assert "院部也没有登记" in bare.value.what
    assert confirm_kept(admissions, REVIEW, [soldier], Ground("", "")) == 1
    assert confirm_kept(admissions, REVIEW, [ill], Ground("住院", "诊断书"), FAR_DAY) == 1
    assert standing(admissions, soldier) is standing(admissions, ill) is Standing.KEPT
    with admissions.unit_of_work() as unit:
        round_ = school_queries.round_by_id(unit.connection, REVIEW)
        said = verdicts_for(unit, Procedure.ENTRY_REVIEW, round_)
        told = said.of(soldier), said.of(ill)
    assert [(t["verdict"], t["document"], t["until"]) for t in told] == [
        ("kept", "入伍通知书", FAR_DAY),
        ("kept", "诊断书", FAR_DAY),
    ]


@pytest.mark.parametrize("day", ["2026-09-10", "2026-02-30", "两年后"])
def test_a_place_is_kept_until_a_day_to_come(admissions: Session, day: str) -> None:
    with pytest.raises(ValueRefused):
        confirm_kept(admissions, REVIEW, subjects(admissions)[:1], Ground("住院", "诊断书"), day)


# --- failed --------------------------------------------------------------------------------------


def test_an_impostor_fails_on_paper(founded: School, admissions: Session) -> None:
    impostor = subjects(admissions)[0]
    arrives(
        founded,
        admissions,
        impostor,
        class_verdict={"verdict": "abnormal", "explanation": "与照片不是同一人"},
    )
    assert standing(admissions, impostor) is Standing.DOUBTFUL
    with pytest.raises(Incomplete):
        confirm_failed(admissions, REVIEW, [impostor], Ground("冒名顶替", ""))
    assert confirm_failed(admissions, REVIEW, [impostor], Ground("冒名顶替", "认定书1号")) == 1
    assert standing(admissions, impostor) is Standing.FAILED
    assert issue_names(admissions) == []


def issue_names(session: Session) -> list[str]:
    return [one.student.subject for one in qualifying(session, REVIEW).passed]


# --- qualified -----------------------------------------------------------------------------------


def test_all_who_are_qualified_pass_at_once_and_the_rest_is_named(
    founded: School, admissions: Session
) -> None:
    good, late, doubted, gone, *_ = subjects(admissions)
    arrives(founded, admissions, good)
    arrives(
        founded,
        admissions,
        late,
        document_check={"item_01": "seen", "item_02": "seen", "item_03": "seen",
                        "item_04": "due 2026-09-30", "item_05": "seen"},
    )  # fmt: skip
    arrives(founded, admissions, doubted, class_verdict={"verdict": "doubtful"})
    college_says(founded, admissions, gone, arrival=ABSENT)
    planned = qualifying(admissions, REVIEW)
    assert [one.student.subject for one in planned.passed] == [good, late]
    assert planned.left_by_standing == {
        Standing.UNHEARD: 5,
        Standing.ABSENT: 1,
        Standing.DOUBTFUL: 1,
    }
    assert on_desk(admissions, good).reviewed.file.verdict is None  # only looked at so far
    assert issue_qualified(admissions, REVIEW, document="核验报告") == planned
    assert on_desk(admissions, good).reviewed.file.verdict is ReviewVerdict.PASSED
    assert qualifying(admissions, REVIEW).already == 2
    with pytest.raises(NothingToChange) as again:
        issue_qualified(admissions, REVIEW)
    assert "已下达的有2人" in again.value.what
    with admissions.unit_of_work() as unit:
        key = Key(late, "entry_review", REVIEW)
        [said] = statements_of(unit.connection, [key])[key]
    assert "2026-09-30 前补交" in (said.values["explanation"] or "")
    assert said.values["document"] == "核验报告"


def test_some_classes_may_go_first(founded: School, admissions: Session) -> None:
    first, *_, last = subjects(admissions)
    arrives(founded, admissions, first)
    arrives(founded, admissions, last)
    group = on_desk(admissions, last).group.id
    done = issue_qualified(admissions, REVIEW, [group])
    assert [one.student.subject for one in done.passed] == [last]
    assert issue_names(admissions) == [first]


def test_nothing_is_issued_while_offices_contradict_one_another(
    founded: School, admissions: Session
) -> None:
    student = subjects(admissions)[0]
    arrives(founded, admissions, student)
    disagree(founded, admissions, student)
    assert standing(admissions, student) is Standing.DOUBTFUL
    # the registrar is told that somebody waits, and no verdict
    assert issue_qualified(admissions, REVIEW).passed == ()
    assert on_desk(admissions, student).reviewed.file.verdict is None
    with pytest.raises(NothingToChange):
        issue_qualified(admissions, REVIEW)
    left = qualifying(admissions, REVIEW)
    assert [one.student.subject for one in left.disputed] == [student]
    for name in ("failed", "given_up", "kept"):
        with pytest.raises(Contradicted) as refused:
            ACTS[name](admissions, [student])
        assert "民族" in refused.value.what


def disagree(school: School, at: Session, student: str) -> None:
    """Let the registrar say something else of a student than admissions, and be heard here."""
    key = Key(student, "identity", "")
    with at.unit_of_work() as unit:
        unit.journal.state(key, {"ethnicity": "苗族"})
        unit.commit()
    say_as(school.registrar, at, [Draft(key, {"ethnicity": "土家族"})], seeing=False)


# --- what stands ---------------------------------------------------------------------------------


def test_a_verdict_is_taken_back_before_another_is_given(
    founded: School, admissions: Session
) -> None:
    gone = subjects(admissions)[0]
    college_says(founded, admissions, gone, arrival=ABSENT)
    set_today(admissions, TOO_LATE)
    confirm_given_up(admissions, REVIEW, [gone], WHY)
    with pytest.raises(VerdictGiven):
        confirm_kept(admissions, REVIEW, [gone], WHY, FAR_DAY)
    college_says(founded, admissions, gone, arrival={"state": "arrived"})
    stale = on_desk(admissions, gone).stale
    assert stale is not None
    assert "又登记为已报到" in stale.sentence
    with pytest.raises(Incomplete):
        take_back_verdicts(admissions, REVIEW, [gone], "")
    assert take_back_verdicts(admissions, REVIEW, [gone], "本人已到校") == 1
    assert standing(admissions, gone) is Standing.IN_HAND
    with pytest.raises(NothingToChange):
        take_back_verdicts(admissions, REVIEW, [gone], "本人已到校")


def test_once_the_registrar_has_spoken_a_verdict_stays(
    founded: School, admissions: Session
) -> None:
    good, other = subjects(admissions)[:2]
    arrives(founded, admissions, good)
    issue_qualified(admissions, REVIEW)
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-12-31")
    with founded.registrar.unit_of_work() as unit:
        round_ = state_round(founded.registrar, unit, new)
    opened = {"procedure": str(new.procedure), "name": new.name, "state": "open"}
    outcome = {"outcome": "registered"}
    said = [
        Draft(Key(f"round:{round_.id}", "round", ""), opened),
        Draft(Key(good, "registration", round_.id), outcome),
        Draft(Key(other, "registration", round_.id), outcome),
    ]
    say_as(founded.registrar, admissions, said)
    with pytest.raises(AlreadyIssued):
        take_back_verdicts(admissions, REVIEW, [good], "发现问题")
    with pytest.raises(AlreadyIssued):
        confirm_failed(admissions, REVIEW, [other], WHY)
    arrives(founded, admissions, other)
    assert issue_names(admissions) == []


Act = Callable[[Session, list[str]], object]
ACTS: dict[str, Act] = {
    "given_up": lambda s, who: confirm_given_up(s, REVIEW, who, WHY),
    "kept": lambda s, who: confirm_kept(s, REVIEW, who, WHY, FAR_DAY),
    "failed": lambda s, who: confirm_failed(s, REVIEW, who, WHY),
    "taken_back": lambda s, who: take_back_verdicts(s, REVIEW, who, "登记错了"),
    "issued": lambda s, _who: issue_qualified(s, REVIEW),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_admissions_gives_verdicts_and_in_an_open_round_alone(
    founded: School, admissions: Session, act: Act
) -> None:
    everybody = subjects(admissions)
    with pytest.raises(NotAllowed):
        act(founded.first, everybody[:1])
    with admissions.unit_of_work() as unit:
        unit.journal.state(Key(f"round:{REVIEW}", "round", ""), {"state": "closed"})
        unit.commit()
    with pytest.raises(RoundNotOpen):
        act(admissions, everybody[:1])


@pytest.mark.parametrize("name", ["given_up", "kept", "failed", "taken_back"])
@pytest.mark.parametrize(("who", "error"), [([], Incomplete), (["student:nobody"], NotFound)])
def test_somebody_on_the_roster_must_be_chosen(
    admissions: Session, name: str, who: list[str], error: type[UserError]
) -> None:
    with pytest.raises(error):
        ACTS[name](admissions, who)


def test_what_is_refused_about_many_names_five(founded: School, admissions: Session) -> None:
    everybody = subjects(admissions)
    for student in everybody:
        arrives(founded, admissions, student)
    with pytest.raises(NotOverdue) as refused:
        confirm_given_up(admissions, REVIEW, everybody, WHY)
    assert "等9人" in refused.value.what
