"""Every character has a typeface, or the paper is refused with the character's name."""

import pytest

from desktop.errors import GlyphMissing
from desktop.printing.fonts import Face, Style, check_glyphs, missing_characters, runs, widths


def test_names_with_rare_characters_can_be_printed() -> None:
    assert missing_characters("玛尔哈巴·由𬱖䶮㼆𬭎𠀀𠮷") == ()


@pytest.mark.parametrize("character", ["\ue815", "\ufffd", "\n", "\u200b", "\U0010fffd", "😀"])
def test_characters_that_paper_can_not_show_are_named_once(character: str) -> None:
    assert missing_characters(f"张{character}三{character}") == (character,)


def test_a_character_that_the_main_typeface_lacks_is_drawn_in_the_fallback() -> None:
    assert runs("王𠀀明", Face.SERIF) == (
        (Face.SERIF, "王"),
        (Face.FALLBACK, "𠀀"),
        (Face.SERIF, "明"),
    )
    assert runs("王明", Face.SERIF) == ((Face.SERIF, "王明"),)


def test_digits_of_the_sans_face_are_all_of_one_width() -> None:
    table = widths(Face.SANS)
    assert len({table[digit] for digit in "0123456789"}) == 1
    assert table.of("张三") == pytest.approx(2.0)


def test_the_refusal_names_characters_and_students() -> None:
    with pytest.raises(GlyphMissing) as refused:
        check_glyphs(
            [("计1班 张三", "张三\ue815"), ("计1班 李四", "李四"), ("计2班 王五", "\ue815")]
        )
    assert "U+E815" in refused.value.what
    assert "计1班 张三、计2班 王五" in refused.value.what
    assert "李四" not in refused.value.what
    assert refused.value.todo.endswith("。")


def test_a_long_refusal_is_shortened() -> None:
    pairs = [(f"学生{number}", chr(0xE000 + number)) for number in range(20)]
    with pytest.raises(GlyphMissing) as refused:
        check_glyphs(pairs)
    assert "有20个字" in refused.value.what
    assert refused.value.what.endswith("等。")


def test_a_style_is_a_value() -> None:
    assert Style(Face.SERIF, 9) == Style(Face.SERIF, 9)
