"""Answers compared with the file: spelling is no difference, everything else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.answers import (
    Agreement,
    Ruling,
    agree,
    compare,
    differing_part,
    folded,
    pair,
    read_ruling,
)
from desktop.domain.review_fields import ANSWER_FIELDS

FIELDS = st.sampled_from(ANSWER_FIELDS)
WORDS = st.sampled_from(
    [
        *(
            "湖北省",
            "襄樊市",
            "襄阳市",
            "自治",
            "区",
            "县",
            "族",
            "毛难",
            "其它",
            "1米7",
            "1.75",
            "０",
        ),
        *(
            "m",
            "2",
            ".",
            " ",
            "、",
            "|",
            "·",
            "-",
            "父亲张三",
            "2008年3月5日",
            "男性",
            "X",
            "ﬁ",
            "İ",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=12), st.lists(WORDS, max_size=6).map("".join))


@given(FIELDS, TEXTS)
def test_what_is_folded_stays_when_it_is_folded_again(field: str, text: str) -> None:
    once = folded(field, text)
    assert folded(field, once) == once


@given(FIELDS, TEXTS, TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_it_does_not_matter_which_of_two_is_the_file(
    field: str, one: str, other: str, said: list[tuple[str, str]]
) -> None:
    same = {pair(field, folded(field, a), folded(field, b)) for a, b in said}
    if one.strip() and other.strip():
        assert compare(field, one, other, same) is compare(field, other, one, same)


@given(FIELDS, TEXTS.filter(str.strip), TEXTS.filter(str.strip))
def test_a_spelling_that_is_said_to_be_the_same_is(field: str, one: str, other: str) -> None:
    said = {pair(field, folded(field, one), folded(field, other))}
    assert compare(field, one, other, said) in (Agreement.SAME, Agreement.VARIANT)


@given(FIELDS, TEXTS.filter(str.strip))
def test_every_text_agrees_with_itself(field: str, text: str) -> None:
    assert compare(field, text, text) is Agreement.SAME


@given(st.sampled_from(["secondary_school", "home_address", "wishes"]), TEXTS, TEXTS)
def test_what_two_places_differ_in_makes_them_the_same(field: str, one: str, other: str) -> None:
    first, second = differing_part(field, one, other)
    assert first in folded(field, one)
    assert second in folded(field, other)
    # a name that overlaps itself, as 11 does in 111, is no place's
    alone = all(
        text.find(part) == text.rfind(part)
        for text, part in ((folded(field, one), first), (folded(field, other), second))
    )
    if one.strip() and other.strip() and min(len(first), len(second)) > 1 and alone:
        said = {pair(field, first, second)}
        assert compare(field, one, other, said) is not Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("field", "answer", "archive"),
    [
        ("name", "阿依古丽•买买提", "阿依古丽·买买提"),
        ("sex", "男性", "男"),
        ("birth_date", "2008年3月5日", "20080305"),
        ("ethnicity", "毛难族", "毛南"),
        ("id_number", "42060220080305123x", "42060220080305123X"),
        ("exam_number", "２６４２０６００００００１", "264206000000 1"),
        ("secondary_school", "襄阳市第一中学", "襄阳第一中学"),
        ("home_address", "湖北省襄阳市樊城区长虹路１号", "湖北襄阳樊城长虹路1号"),
        ("family", "母亲：李四；父亲：张三", "父亲张三、母亲李四"),
        ("family", "父亲 张三 母亲 李四", "父亲张三、母亲李四"),
        ("family", "父亲张三母亲李四", "母亲：李四，父亲：张三"),
        ("height", "1.75米", "175cm"),
        ("height", "1米7", "170"),
        ("exam_score", "412分", "412.0"),
    ],
)
def test_spelling_is_no_difference(field: str, answer: str, archive: str) -> None:
    assert compare(field, answer, archive) is Agreement.VARIANT


@pytest.mark.parametrize(
    ("field", "answer", "archive"),
    [
        ("name", "张珊", "张三"),
        ("id_number", "420602200803051234", "420602200803051235"),
        ("home_address", "湖北省襄樊市樊城区长虹路1号", "湖北省襄阳市樊城区长虹路1号"),
        ("height", "1.65米", "175cm"),
        ("exam_score", "1234567", "1234568"),
        ("exam_score", "总分412，数学90", "总分412，数学100"),
        ("family", "父亲张三", "父亲张三、母亲李四"),
        ("family", "父亲 李四 母亲 张三", "父亲 张三 母亲 李四"),
        ("family", "父亲、李四、母亲、张三", "父亲、张三、母亲、李四"),
        ("family", "李四（父亲）、张三（母亲）", "张三（父亲）、李四（母亲）"),
        ("family", "李四，父亲；张三，母亲", "张三，父亲；李四，母亲"),
    ],
)
def test_a_difference_is_a_question(field: str, answer: str, archive: str) -> None:
    assert compare(field, answer, archive) is Agreement.DIFFERENT
    same, doubt = Ruling("same", answer, archive), Ruling("doubt", answer, archive)
    assert agree(field, answer, archive, same) is Agreement.VARIANT
    assert agree(field, answer, archive, doubt) is Agreement.DOUBT


def test_an_old_name_of_a_place_is_the_same_in_every_address_once_it_is_said() -> None:
    written, filed = "湖北省襄樊市樊城区长虹路1号", "湖北省襄阳市樊城区长虹路1号"
    assert differing_part("home_address", written, filed) == ("襄樊", "襄阳")
    said = {pair("home_address", "襄樊", "襄阳")}
    assert compare("home_address", written, filed, said) is Agreement.VARIANT
    assert compare("home_address", "襄樊市谷城县", "襄阳市谷城县", said) is Agreement.VARIANT
    assert compare("home_address", "襄樊市谷城县", "襄阳市保康县", said) is Agreement.DIFFERENT
    assert compare("secondary_school", "襄樊一中", "襄阳一中", said) is Agreement.DIFFERENT


def test_names_that_changed_twice_are_one() -> None:
    said = {pair("home_address", "襄樊", "襄阳"), pair("home_address", "襄阳", "襄州")}
    assert compare("home_address", "襄樊长虹路", "襄州长虹路", said) is Agreement.VARIANT


def test_a_ruling_is_about_a_difference_and_changes_nothing_where_there_is_none() -> None:
    assert agree("name", "张三", "张三", Ruling("doubt", "张三", "张三")) is Agreement.SAME
    assert agree("height", "170", "", Ruling("doubt", "170", "")) is Agreement.UNKNOWN
    assert agree("height", "", "170") is Agreement.BLANK
    assert agree("height", " ", "170", Ruling("doubt", "", "170")) is Agreement.DOUBT


RULINGS = st.builds(Ruling, st.sampled_from(["same", "doubt"]), TEXTS, TEXTS)


@given(FIELDS, RULINGS, TEXTS, TEXTS)
def test_a_ruling_counts_for_its_two_spellings_and_is_asked_again_for_others(
    field: str, ruling: Ruling, answer: str, archive: str
) -> None:
    asked = (Agreement.DIFFERENT, Agreement.BLANK)
    plain, found = compare(field, answer, archive), agree(field, answer, archive, ruling)
    own = [folded(field, text) for text in (ruling.answer, ruling.archive)]
    now = [folded(field, text) for text in (answer, archive)]
    if plain not in asked or own != now:
        assert found is plain
    else:
        assert found is (Agreement.VARIANT if ruling.says == "same" else Agreement.DOUBT)


@given(FIELDS, RULINGS)
def test_a_ruling_settles_what_it_is_about(field: str, ruling: Ruling) -> None:
    found = agree(field, ruling.answer, ruling.archive, ruling)
    assert found not in (Agreement.DIFFERENT, Agreement.BLANK)


@given(RULINGS)
def test_a_ruling_is_one_value_and_read_back(ruling: Ruling) -> None:
    assert read_ruling(ruling.text) == ruling


@pytest.mark.parametrize(
    "text", ["", "same", "[]", '["same","a"]', '["else","a","b"]', '["same",1,"b"]', "[" * 9999]
)
def test_what_holds_no_ruling_is_none(text: str) -> None:
    assert read_ruling(text) is None


def test_an_address_that_changed_in_the_file_is_asked_again() -> None:
    ruling = Ruling("same", "襄樊市长虹路1号", "襄阳市长虹路1号")
    assert agree("home_address", "襄樊市长虹路1号", "襄阳长虹路 1号", ruling) is Agreement.VARIANT
    changed = agree("home_address", "襄樊市长虹路1号", "宜昌市长虹路1号", ruling)
    assert changed is Agreement.DIFFERENT
    assert ruling.words == "一致（填写“襄樊市长虹路1号”，档案“襄阳市长虹路1号”）"
