"""What people type is set right as the import does, or refused with the character named."""

import pytest

from desktop.errors import TextRefused, ValueRefused
from desktop.procedures.typed_texts import typed_day, typed_name, typed_text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王 小甲 ", "王小甲"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("John A. Smith", "John A. Smith"),
        ("王\ue81e", "王\u9fb4"),
        ("欧阳\n", "欧阳"),
        ("", ""),
    ],
)
def test_a_name_is_set_right(typed: str, name: str) -> None:
    assert typed_name("姓名", typed) == name


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("王?", "“?”（U+003F）"),
        ("王？", "“？”（U+FF1F）"),
        ("王□", "“□”（U+25A1）"),
        ("王〓甲", "“〓”（U+3013）"),
        ("王*", "“*”（U+002A）"),
        ("王\ufffd", "U+FFFD"),
        ("王\x07", "U+0007"),
        ("王\x1c甲", "U+001C"),
        ("王\uf8ff", "U+F8FF"),
        ("王\u0378", "U+0378"),
    ],
)
def test_a_name_that_nobody_can_read_is_refused_and_the_character_named(
    typed: str, named: str
) -> None:
    with pytest.raises(TextRefused) as refused:
        typed_name("代签人姓名", typed)
    assert refused.value.what.startswith("代签人姓名“王")
    assert named in refused.value.what
    assert refused.value.what.endswith("。")
    assert "\x07" not in str(refused.value)


def test_a_question_mark_in_a_reason_is_a_question_mark() -> None:
    assert typed_text("原因", "家长来电？已核实*") == "家长来电？已核实*"


@pytest.mark.parametrize("strange", ["\x07", "\uf8ff", "\u0378", "\ufffd"])
def test_a_reason_that_nobody_can_read_is_refused(strange: str) -> None:
    with pytest.raises(TextRefused, match=f"U\\+{ord(strange):04X}"):
        typed_text("原因", f"请{strange}假")


@pytest.mark.parametrize("typed", ["2026-09-20", " 2026-09-20 ", "２０２６-０９-２０"])
def test_a_day_is_a_day(typed: str) -> None:
    assert typed_day("日期", typed) == "2026-09-20"


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-13-01", "2026-9-20", "20260920", "9月20日", "0026-09-20", "2026-09"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueRefused, match="日期"):
        typed_day("签字日期", typed)
