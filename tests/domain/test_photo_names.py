"""Whose photo a file is: by numbers, by names, by both; never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.photo_names import Fit, Match, Named, NameIndex, number_key
from desktop.domain.students import Identity
from tests.conftest import identity

FULL_WIDTH = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
SEPARATORS = ("+", "-", "_", " ", "＋", "－", "　", "—", "、", "", "#", "@", "＿")
ENDINGS = (".jpg", ".JPG", ".jpeg", ".Heic", ".png", "．JPG")
COPIES = ("", "(1)", "（2）", " (13)", " - 副本", "-副本 (2)")
CLASSES = ("软件2601班", "软件2602班", "护理2601班")


def named(one: Identity, place: int) -> Named:
    """Return a student as the index knows one."""
    numbers = (one.exam_number, one.student_number, one.id_number)
    return Named(f"student:{place}", one.name, numbers, (CLASSES[place % 3], "信息技术学院"))


STUDENTS = [named(identity(place), place) for place in range(1, 60)]
INDEX = NameIndex(STUDENTS)
separators = st.sampled_from(SEPARATORS)


@st.composite
def files(draw: st.DrawFn) -> tuple[Named, list[str]]:
    """Draw a student and a file that an office might have named for that student."""
    one = draw(st.sampled_from(STUDENTS))
    number = draw(st.sampled_from(one.numbers))
    words = [number]
    if draw(st.booleans()):
        words = draw(st.permutations([number, one.name]))
    if draw(st.booleans()):
        words.append(draw(st.sampled_from(("照片", "学历照片", "一寸", "蓝底", one.words[0]))))
    glue = draw(separators)
    stem = glue.join(words)
    if draw(st.booleans()):
        stem = stem.translate(FULL_WIDTH)
    if draw(st.booleans()):
        stem = stem.lower()
    folders = draw(st.lists(st.sampled_from(("2026", "照片", *one.words)), max_size=3))
    return one, [*folders, stem + draw(st.sampled_from(COPIES)) + draw(st.sampled_from(ENDINGS))]


@given(files())
def test_a_number_leads_to_its_student_however_the_file_is_named(
    drawn: tuple[Named, list[str]],
) -> None:
    one, parts = drawn
    assert INDEX.match(parts) == Match(Fit.ONE, (one.subject,)), parts


@given(st.sampled_from(STUDENTS), st.sampled_from(STUDENTS), separators, st.integers(0, 2))
def test_a_number_and_the_name_of_another_contradict_each_other(
    one: Named, other: Named, glue: str, which: int
) -> None:
    if one.name == other.name:
        return
    match = INDEX.match([f"{one.numbers[which]}{glue}{other.name}.jpg"])
    assert match.fit is Fit.CONTRADICTS
    assert {one.subject, other.subject} <= set(match.subjects)
    assert match.subject == ""


anything = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from([*"0123456789+-_ ()王小甲乙丙.", "2026", "00000", "照片", "jpg"]),
        max_size=24,
    ).map("".join),
)


@given(anything)
def test_any_text_is_read_and_leads_nowhere_without_a_number_or_a_name(text: str) -> None:
    match = INDEX.match([text])
    if match.subject:
        one = next(s for s in STUDENTS if s.subject == match.subject)
        said = number_key(text)
        assert one.name in text or any(number in said for number in one.numbers)


@given(st.sampled_from(STUDENTS), st.integers(0, 2), st.integers(0, 16), st.integers(1, 9))
def test_a_digit_that_is_wrong_never_leads_to_the_student_by_name_alone(
    one: Named, which: int, place: int, step: int
) -> None:
    number = one.numbers[which]
    place %= len(number)
    digit = str((int(number[place]) + step) % 10)
    spoilt = number[:place] + digit + number[place + 1 :]
    match = INDEX.match([f"{spoilt}+{one.name}.jpg"])
    assert match.subject == ""
    assert one.subject in match.subjects


TWINS = NameIndex(
    [
        Named("student:a", "王伟", ("2026000001", "A123456(7)"), ("软件2601班", "信息技术学院")),
        Named("student:b", "王伟", ("2026000002",), ("软件2602班", "信息技术学院")),
        Named("student:c", "阿依古丽·买买提", ("2026000003",), ("护理2601班", "医学院")),
        Named("student:d", "JOHN SMITH", ("2026000004", "2026000001"), ()),
        Named("student:e", "李红", ("26-0005",), ("护理2601班",)),
    ]
)


@pytest.mark.parametrize(
    ("path", "fit", "subjects"),
    [
        ("王伟.jpg", Fit.SEVERAL, "ab"),
        ("信息技术学院/软件2602班/王伟.jpg", Fit.ONE, "b"),
        ("软件2601班王伟照片.jpg", Fit.ONE, "a"),
        ("护理2601班/王伟.jpg", Fit.SEVERAL, "ab"),
        ("李红.jpg", Fit.ONE, "e"),
        ("软件2601班/李红.jpg", Fit.CONTRADICTS, "e"),
        ("26-0005.jpg", Fit.ONE, "e"),
        ("26-0005 李红.jpg", Fit.ONE, "e"),
        ("阿依古丽·买买提.jpg", Fit.ONE, "c"),
        ("阿依古丽 买买提-2026000003.jpg", Fit.ONE, "c"),
        ("2026000003阿依古丽•买买提.jpg", Fit.ONE, "c"),
        # a number that two students have asks, unless the name decides
        ("2026000001.jpg", Fit.SEVERAL, "ad"),
        ("2026000001+王伟.jpg", Fit.ONE, "a"),
        ("2026000004 John Smith.jpg", Fit.ONE, "d"),
        ("2026000004JOHNSMITH.jpg", Fit.ONE, "d"),
        ("a123456（7）.JPG", Fit.ONE, "a"),
        ("王伟A123456(7).jpg", Fit.ONE, "a"),
        # two students' numbers in one name
        ("2026000002_2026000003.jpg", Fit.CONTRADICTS, "bc"),
        ("2026000002+李四.jpg", Fit.CONTRADICTS, "b"),
        ("2026999999+李红.jpg", Fit.UNKNOWN_NUMBER, "e"),
        ("2026999999.jpg", Fit.UNKNOWN_NUMBER, ""),
        ("03 李红 2026.jpg", Fit.ONE, "e"),
        # beside the right number another that nobody has; the name makes it certain
        ("2026000003_13800000000.jpg", Fit.UNKNOWN_NUMBER, "c"),
        ("26-0005_13800000000_李红.jpg", Fit.UNKNOWN_NUMBER, "e"),
        ("2026000002_13800000000_王伟.jpg", Fit.ONE, "b"),
        # a camera's own name says nothing about anybody
        ("IMG_2026000002.jpg", Fit.CONTRADICTS, "b"),
        ("微信图片_20260901.jpg", Fit.UNKNOWN_NUMBER, ""),
        ("赵六.jpg", Fit.NONE, ""),
        (".jpg", Fit.NONE, ""),
        ("", Fit.NONE, ""),
    ],
)
def test_what_a_name_says(path: str, fit: Fit, subjects: str) -> None:
    expected = Match(fit, tuple(f"student:{letter}" for letter in subjects))
    assert TWINS.match(path.split("/")) == expected
