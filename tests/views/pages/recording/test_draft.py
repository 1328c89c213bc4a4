"""Recording as plain functions: what a key changes, what it must not, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.sheets import Mark, PrintedRow, Sheet
from desktop.domain.students import Identity
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_desk import DeskRow, DeskSheet, SignOff
from desktop.views.look.states import State
from desktop.views.pages.recording import draft as d
from desktop.views.pages.recording.draft import RecordingDraft
from desktop.views.pages.recording.table import remark_of, state_of_row

NUMBER = "002-00001-58"
ROUND = Round("r", Procedure.STUDENT_REGISTRATION, "2026级", "2026", "2026-10-31", (), True, True)
GROUP = ClassGroup("class:1", "软件2601班", "信息技术学院", "college-01", "", "", "2026", "谢老师")
PLAIN = DeskRow(
    1, 1, "", "student:1", Identity(name="王小明"), None, "", "", "", False, "", ()
)  # fmt: skip


def rows(count: int, pages: int = 1) -> list[DeskRow]:
    """Return rows spread over pages."""
    return [
        replace(PLAIN, number=n, page=1 + (n - 1) * pages // count, student=f"student:{n}")
        for n in range(1, count + 1)
    ]


def draft_of(found: Sequence[DeskRow], round_: Round = ROUND) -> RecordingDraft:
    """Return a draft of a sheet with these rows."""
    printed = tuple(PrintedRow(r.page, r.number, r.student, "x") for r in found)
    sheet = Sheet(NUMBER, "r", GROUP.id, 1, "x", printed, "2026-09-20T08:00+08:00")
    seal = SignOff("seal", "院部印章", "", "", True)
    return RecordingDraft(DeskSheet(sheet, round_, GROUP, tuple(found), (seal,), ()))


def signed(number: int) -> StudentMark:
    """Return that a student has signed."""
    return StudentMark(f"student:{number}", Mark.SIGNED)


def test_what_is_read_is_counted_and_said_to_be_unsaved() -> None:
    draft = d.set_mark(draft_of(rows(3)), signed(2))
    assert draft.unsaved == (signed(2),)
    assert draft.sentence == "已登记 1/3，缺院部印章；1 人还没有保存。"
    assert draft_of(rows(3)).sentence == "已登记 0/3，缺院部印章。"


def test_what_is_saved_already_is_no_change() -> None:
    saved = replace(PLAIN, mark=Mark.SIGNED, sheet=NUMBER)
    assert d.set_mark(draft_of([saved]), signed(1)).unsaved == ()
    disputed = replace(saved, disputed=True)
    assert d.set_mark(draft_of([disputed]), signed(1)).unsaved == (signed(1),)
    elsewhere = replace(saved, sheet="002-00002-58")
    assert d.set_mark(draft_of([elsewhere]), signed(1)).unsaved == (signed(1),)


def test_the_rest_of_a_page_leaves_what_is_known_alone() -> None:
    found = rows(6, pages=2)
    found[1] = replace(found[1], void="变动")
    found[2] = replace(found[2], place="kept")
    draft = d.set_mark(draft_of(found), StudentMark("student:1", Mark.UNSIGNED, "请假"))
    draft = d.sign_rest(draft, 1)
    assert [mark.student for mark in draft.unsaved] == ["student:1"]
    draft = d.sign_rest(draft, 2)
    assert [mark.student for mark in draft.unsaved] == [f"student:{n}" for n in (1, 4, 5, 6)]
    assert draft.marks["student:1"].mark is Mark.UNSIGNED


STEPS = st.lists(st.tuples(st.sampled_from(["sign", "strike", "back", "page"]), st.integers(1, 4)))


def take(draft: RecordingDraft, step: str, number: int) -> RecordingDraft:
    """Do one step."""
    if step == "sign":
        return d.set_mark(draft, signed(number))
    if step == "strike":
        return d.set_mark(draft, StudentMark(f"student:{number}", Mark.STRUCK_OUT, "转班"))
    if step == "back":
        return d.take_back(draft, f"student:{number}")
    return d.sign_rest(draft, 1 + number % 2)


@given(STEPS)
def test_every_step_can_be_undone_to_the_beginning(steps: list[tuple[str, int]]) -> None:
    draft = draft_of(rows(4, pages=2))
    states = [draft]
    for step, number in steps:
        after = take(states[-1], step, number)
        if after.marks != states[-1].marks:
            states.append(after)
    draft = states[-1]
    for before in reversed(states[:-1]):
        draft = d.undo(draft)
        assert draft.marks == before.marks
    assert d.undo(draft) == draft


@given(STEPS)
def test_a_kept_draft_is_taken_up_as_it_was(steps: list[tuple[str, int]]) -> None:
    draft = draft_of(rows(4, pages=2))
    for step, number in steps:
        draft = take(draft, step, number)
    again = d.resume(draft.desk, draft.unsaved)
    assert again.unsaved == draft.unsaved
    assert again.past == ()


def test_after_saving_one_goes_on_where_a_page_is_not_done() -> None:
    fresh = draft_of(rows(9, pages=3))
    first = d.sign_rest(fresh, 1)
    assert d.after_saving(first, 2) == 3  # the first row of the next page
    assert d.after_saving(d.sign_rest(first, 2), 0) == 6  # a page that is done, too, is passed over
    assert d.after_saving(d.take_back(first, "student:2"), 2) == 2  # the page is not done yet
    done = d.sign_rest(d.sign_rest(first, 2), 3)
    assert d.after_saving(done, 2) == 3
    assert d.after_saving(done, 8) == 8
    void = [replace(row, void="名字改了" if row.page == 2 else "") for row in rows(9, pages=3)]
    assert d.after_saving(d.sign_rest(draft_of(void), 1), 0) == 6


def test_what_became_void_meanwhile_is_not_taken_up() -> None:
    found = rows(2)
    found[0] = replace(found[0], void="变动")
    draft = d.resume(draft_of(found).desk, (signed(1), signed(2), signed(9)))
    assert draft.unsaved == (signed(2),)


@pytest.mark.parametrize(
    ("row", "round_", "mark", "part"),
    [
        (replace(PLAIN, void="王小明的信息有变动"), ROUND, Mark.SIGNED, "已作废"),
        (PLAIN, replace(ROUND, open=False), Mark.SIGNED, "已经结束"),
        (PLAIN, replace(ROUND, proxy_allowed=False), Mark.BY_PROXY, "不允许代签"),
    ],
)
def test_what_can_not_be_recorded_says_why(
    row: DeskRow, round_: Round, mark: Mark, part: str
) -> None:
    assert part in d.why_not(draft_of([row], round_), row, mark)
    assert d.why_not(draft_of([PLAIN]), PLAIN, mark) == ""


def test_a_row_tells_its_state_by_shape_and_words() -> None:
    void = replace(PLAIN, void="班级有变动")
    disputed = replace(PLAIN, disputed=True)
    saved = replace(PLAIN, mark=Mark.BY_PROXY, explanation="住院", proxy="王父", sheet=NUMBER)
    for row, state, words in (
        (PLAIN, State.NOT_YET, ""),
        (void, State.ATTENTION, "本页已作废：班级有变动"),
        (disputed, State.ATTENTION, "两个席位登记得不一样，请照纸面再登记一次"),
        (saved, State.DONE, "王父代签；住院"),
        (
            replace(saved, sheet="002-00009-09"),
            State.DONE,
            "王父代签；住院；登记在签字表 002-00009-09",
        ),
        (replace(PLAIN, place="kept"), State.DONE, "已报告保留入学资格"),
    ):
        draft = draft_of([row])
        assert (state_of_row(draft, row), remark_of(draft, row)) == (state, words)
    draft = d.set_mark(draft_of([disputed]), signed(1))
    assert (state_of_row(draft, disputed), remark_of(draft, disputed)) == (State.IN_HAND, "")
