"""“The whole class, except …” as plain functions: what is noted, what stays, and in words."""

from dataclasses import replace

import pytest

from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding
from desktop.domain.statements import Key
from desktop.procedures.check_in.check_in_notes import ArrivalNote, VerdictNote
from desktop.procedures.check_in.exceptions import About, Exceptions
from desktop.views.pages.check_in import draft as drafts
from desktop.views.pages.check_in import excepting
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.excepting import Plan
from tests.conftest import FAR_DAY, School
from tests.procedures.acts import say
from tests.procedures.reviews import (
    REVIEW,
    SAME,
    TEACHER,
    arrive,
    begin_review,
    check_face,
    find,
    on_desk,
    rows_of,
)

NOTICE, CARD, EXAM, ARCHIVE, HEALTH = SLOTS[:5]
TODAY = "2026-09-01"
DOCUMENTS, COMPARED = About.DOCUMENTS, About.COMPARED


@pytest.fixture
def draft(school: School) -> CheckInDraft:
    """A class of three of whom two came; the first one's face was compared."""
    begin_review(school)
    one, two, _ = (row.student for row in rows_of(school.first))
    check_face(school.first, one)
    arrive(school.first, one, two)
    return CheckInDraft(on_desk(school.first), TODAY)


def students(draft: CheckInDraft) -> list[str]:
    return [row.student for row in draft.desk.rows]


def plan(draft: CheckInDraft, about: About = DOCUMENTS, **changed: object) -> Plan:
    return Plan(draft, replace(excepting.begin(draft.desk, about), **changed))  # type: ignore[arg-type]


def documents(made: Plan, place: int) -> dict[str, str]:
    return dict(made.after.files[students(made.before)[place]].documents)


def test_whoever_is_no_exception_has_brought_everything_that_is_required(
    draft: CheckInDraft,
) -> None:
    one, two, three = students(draft)
    made = plan(draft, lacking={two: ()}, day=FAR_DAY)
    assert set(documents(made, 0).values()) == {"seen"}
    assert set(documents(made, 1).values()) == {f"due {FAR_DAY}"}
    assert documents(made, 2) == {}
    assert len(made.after.past) == 1  # one step: undone at once
    assert drafts.undo(made.after).notes == draft.notes
    said = excepting.sentences(made)
    assert said[0] == "1 人已交，1 人缺；1 人还没有登记报到，不登记。"
    assert said[1] == f"{draft.desk.rows[1].identity.name}（所选的都缺）。"
    assert three not in made.after.unsaved
    assert one in made.after.unsaved


def test_what_was_recorded_one_by_one_stays_unless_it_is_asked_for(draft: CheckInDraft) -> None:
    one, two, _ = students(draft)
    before = drafts.set_items(draft, one, {ARCHIVE: "missing", CARD: "not_needed"})
    before = drafts.set_items(before, two, {ARCHIVE: "seen"})
    made = plan(before, chosen=(CARD, ARCHIVE), lacking={two: (ARCHIVE,)}, day=FAR_DAY)
    assert documents(made, 0) == {ARCHIVE: "missing", CARD: "not_needed"}
    assert documents(made, 1) == {ARCHIVE: "seen", CARD: "seen"}
    assert "2 人先前逐个登记过的不改" in excepting.sentences(made)[0]
    anew = plan(before, chosen=(CARD, ARCHIVE), lacking={two: (ARCHIVE,)}, day=FAR_DAY, anew=True)
    assert documents(anew, 0) == {ARCHIVE: "seen", CARD: "seen"}
    assert documents(anew, 1) == {ARCHIVE: f"due {FAR_DAY}", CARD: "seen"}


def test_a_day_for_what_is_missing_without_one_sets_nothing_aside(draft: CheckInDraft) -> None:
    one, two, _ = students(draft)
    before = drafts.set_items(draft, one, {ARCHIVE: "missing"})
    before = drafts.set_items(before, two, {ARCHIVE: "due 2026-09-20"})
    made = plan(before, chosen=(ARCHIVE,), lacking={one: (), two: ()}, day=FAR_DAY)
    assert documents(made, 0) == {ARCHIVE: f"due {FAR_DAY}"}
    assert documents(made, 1) == {ARCHIVE: "due 2026-09-20"}
    undated = plan(draft, chosen=(ARCHIVE,), lacking={one: ()})
    assert "1 人缺（1 人没有约定补交日期）" in excepting.sentences(undated)[0]


def test_each_may_have_a_day_and_things_of_their_own(draft: CheckInDraft) -> None:
    one, two, _ = students(draft)
    told = excepting.begin(draft.desk, DOCUMENTS)
    told = replace(told, chosen=(NOTICE, ARCHIVE, HEALTH), day=FAR_DAY)
    told = excepting.with_lack(excepting.with_lack(told, one, 2), one, 3)
    told = excepting.with_tick(told, two, ticked=True)
    told = excepting.with_day(told, two, "2026-09-20")
    made = Plan(draft, told)
    assert documents(made, 0) == {
        NOTICE: "seen",
        ARCHIVE: f"due {FAR_DAY}",
        HEALTH: f"due {FAR_DAY}",
    }
    assert set(documents(made, 1).values()) == {"due 2026-09-20"}
    without = excepting.with_lack(excepting.with_lack(told, one, 2), one, 3)
    assert one not in without.lacking  # without the last the student is none
    assert excepting.with_lack(told, one, 9) == told
    assert excepting.with_tick(told, two, ticked=False).days == {}
    assert excepting.with_day(told, two, FAR_DAY).days == {}


def test_what_is_not_asked_of_a_student_is_not_recorded(draft: CheckInDraft) -> None:
    upgraded = SLOTS[8]  # of whom has a diploma already
    made = plan(draft, chosen=(upgraded,))
    assert not made.changes
    assert "不用交所选的材料" in excepting.sentences(made)[0]
    free = plan(draft, chosen=(SLOTS[5],))  # asked of nobody: it is seen of whom it is said
    assert documents(free, 0) == {SLOTS[5]: "seen"}


def test_what_is_wrong_is_said_in_a_sentence(draft: CheckInDraft) -> None:
    one = students(draft)[0]
    name = draft.desk.rows[0].identity.name
    assert excepting.problem(plan(draft)) == ""
    assert excepting.problem(plan(draft, chosen=())) == "请至少选一项。"
    assert "请写成" in excepting.problem(plan(draft, day="明天"))
    assert "已经过了" in excepting.problem(plan(draft, day="2026-08-31"))
    own = plan(draft, lacking={one: ()}, days={one: "9月"})
    assert excepting.problem(own).startswith(f"{name}：补交日期请写成")


def test_the_six_things_of_those_whose_faces_have_passed(draft: CheckInDraft) -> None:
    one, two, _ = students(draft)
    made = plan(draft, COMPARED)
    assert set(made.after.files[one].compared.values()) == {"same"}
    assert not made.after.files[two].compared  # the face was not compared: one looks
    said = "1 人一致；1 人人像比对没有通过（要逐个对照）、1 人还没有登记报到，不登记。"
    assert excepting.sentences(made) == (said,)
    left = plan(draft, COMPARED, lacking={one: ()})
    assert not left.changes
    assert left.first_left == 0
    assert "1 人留下逐个对照" in excepting.sentences(left)[0]
    other = Plan(draft, excepting.with_lack(excepting.begin(draft.desk, COMPARED), one, 5))
    assert other.after.files[one].compared == {
        **dict.fromkeys(("photo", "notice", "exam_card", "archive_file", "person"), "same"),
        "id_card": "different",
    }


def test_a_person_s_verdict_is_not_contradicted_unless_it_is_asked_for(
    draft: CheckInDraft,
) -> None:
    one = students(draft)[0]
    found = drafts.set_verdict(draft, VerdictNote(one, Finding.NORMAL, TEACHER))
    told = excepting.with_lack(excepting.begin(draft.desk, COMPARED), one, 1)
    assert Plan(found, told).after is found
    assert "1 人先前逐个登记过的不改" in excepting.sentences(Plan(found, told))[0]
    anew = Plan(found, replace(told, anew=True)).after.files[one]
    assert (anew.finding, anew.compared["photo"]) == (None, "different")


def test_who_is_on_leave_or_did_not_come_is_counted_apart(draft: CheckInDraft) -> None:
    three = students(draft)[2]
    away = drafts.set_arrival(draft, ArrivalNote(three, ArrivalState.LEAVE, FAR_DAY))
    assert excepting.sentences(plan(away))[0] == "2 人已交；1 人请假，不登记。"
    absent = drafts.set_arrival(draft, ArrivalNote(three, ArrivalState.ABSENT, "", "illness"))
    assert excepting.sentences(plan(absent))[0] == "2 人已交；1 人未报到，不登记。"


def test_what_was_kept_is_taken_up_for_those_who_are_still_there(draft: CheckInDraft) -> None:
    one = students(draft)[0]
    kept = Exceptions(
        DOCUMENTS, (ARCHIVE, NOTICE, "gone"), {one: (), "student:x": ()}, FAR_DAY, {"student:x": ""}
    )
    again = excepting.resumed(draft.desk, kept, DOCUMENTS)
    assert (again.chosen, again.lacking, again.days) == ((NOTICE, ARCHIVE), {one: ()}, {})
    begun = excepting.resumed(draft.desk, None, DOCUMENTS)
    assert begun.chosen == (NOTICE, CARD, EXAM, ARCHIVE, HEALTH, SLOTS[8])


def test_where_everybody_is_looked_at_twice_the_others_are_done_at_once(school: School) -> None:
    begin_review(school)
    college = school.first
    say(school.registrar, Key(f"round:{REVIEW}", "review_rules", REVIEW), second_check="all")
    school.carry(school.registrar, college, REVIEW)
    one, two, three = (row.student for row in rows_of(college))
    arrive(college, one, two, three)
    find(college, one)
    find(college, two, Finding.DOUBTFUL, "口音不对")
    draft = drafts.rest_agreed(CheckInDraft(on_desk(college), TODAY), "吴老师")
    assert [(note.student, note.checker) for note in draft.notes.seconds] == [(one, "吴老师")]
    assert drafts.rest_agreed(draft, "吴老师") is draft
    assert draft.files[one].compared == SAME
