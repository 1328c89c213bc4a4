"""Classes in words and shapes."""

from desktop.domain.rounds import ClassGroup
from desktop.domain.signing import ClassStanding, next_action
from desktop.domain.students import Identity
from desktop.procedures.sheet_states import PageState
from desktop.procedures.signing.signing_desk import ClassLine, ClassMember
from desktop.store.registration import Correction
from desktop.views.look.states import State
from desktop.views.pages.signing import words


def line(standing: ClassStanding, *, sheets: tuple[str, ...] = ("1",)) -> ClassLine:
    """Return a class with a standing."""
    group = ClassGroup("class:1", "软件2601班", "", "", "", "", "2026", "")
    void = (PageState("002-00001-58", 2, "打印以后王小明的信息或班级有变动"),)
    names = ("王小明",) if standing.printed < standing.students else ()
    return ClassLine(
        group,
        standing,
        next_action(standing),
        void if names and standing.ever_printed else (),
        names,
        "",
        sheets,
    )


FRESH = line(ClassStanding(42), sheets=())
PAPER = line(ClassStanding(42, 42, ever_printed=True))
VOID = line(ClassStanding(42, 41, ever_printed=True, recorded=41, unsent=True))
OPEN = line(ClassStanding(42, 42, ever_printed=True, recorded=42, missing=("head", "seal")))
SENT = line(ClassStanding(42, 42, ever_printed=True, recorded=42, ready=42))


def test_signatures_and_seal_are_told_by_number() -> None:
    assert [words.signed_off(one) for one in (FRESH, OPEN, SENT)] == [
        "没有签字表", "缺 1 个签字、印章", "齐全",
    ]  # fmt: skip
    assert [words.signed_off_state(one) for one in (FRESH, OPEN, SENT)] == [
        State.NOT_YET, State.IN_HAND, State.DONE,
    ]  # fmt: skip


def test_what_was_undone_again_calls_for_attention() -> None:
    assert [words.next_state(one) for one in (FRESH, VOID, SENT)] == [
        State.NOT_YET, State.ATTENTION, State.IN_HAND,
    ]  # fmt: skip
    assert [(words.sent(one), words.sent_state(one)) for one in (FRESH, PAPER, VOID, SENT)] == [
        ("没有内容", State.NOT_YET), ("没有内容", State.NOT_YET),
        ("有新内容", State.IN_HAND), ("已导出", State.DONE),
    ]  # fmt: skip


def test_what_is_only_waited_for_is_no_button() -> None:
    over = line(ClassStanding(42, 42, ever_printed=True, recorded=42, issued=41, closed=True))
    assert [words.can_be_done(one) for one in (FRESH, VOID, OPEN, SENT, over)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_changes_since_the_print_are_said_page_by_page() -> None:
    assert words.changes(FRESH) == ()
    assert words.changes(VOID) == (
        "签字表 002-00001-58 第 2 页：打印以后王小明的信息或班级有变动。",
        "要重新打印并签字的 1 人：王小明。",
    )


def test_the_sentence_counts_every_class_once() -> None:
    assert words.state_sentence([]) == "这个批次还没有本院部的班级。"
    assert words.state_sentence([], any_round=False) == "还没有任何批次。"
    told = words.state_sentence([FRESH, VOID, OPEN, SENT])
    assert told == "共 4 个班：要打印 2 个，要登记 1 个，等学籍科 1 个。"


def test_what_is_striking_in_a_list() -> None:
    correction = Correction("correction:1", "student:1", "name", "a", "b", "", "", "")
    member = ClassMember("student:1", Identity(name="陶喆"), "喆", (correction,))
    assert words.striking(member) == "生僻字：喆；1 条更正待处理"
