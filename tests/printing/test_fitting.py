"""Texts stand whole inside of their cells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.printing.fitting import LEADING, fill, fit, fit_line, width, wrap
from desktop.printing.fonts import Face, Style

_STYLE = Style(Face.SERIF, 10.5)
_TEXTS = st.text("张三李四·，（）技术Abc0123𬱖", min_size=1, max_size=60)


@given(_TEXTS, st.floats(20, 200), st.floats(12, 40))
@example("0·000）", 20.0, 18.0)
@example("00000（（三三", 20.0, 12.0)
def test_fitted_text_is_whole_and_inside(text: str, wide: float, high: float) -> None:
    fitted = fit(text, _STYLE, wide, high)
    assert "".join(fitted.lines) == text
    assert max(fitted.widths) <= wide + 1e-6
    assert fitted.height <= max(high, fitted.style.size * LEADING) + 1e-6
    assert fitted.style.size <= _STYLE.size


@given(_TEXTS, st.floats(20, 200))
def test_filled_and_wrapped_text_is_whole_and_no_wider(text: str, wide: float) -> None:
    for lines in (wrap(text, _STYLE, wide), wrap(text, _STYLE, wide, prose=True)):
        assert "".join(lines) == text
        assert all(width(line, _STYLE) <= wide + 1e-6 or len(line) <= 2 for line in lines)
    assert "".join(fill(text, _STYLE, wide).lines) == text


def test_a_short_name_keeps_its_size() -> None:
    fitted = fit("张三", _STYLE, 80, 20)
    assert (fitted.lines, fitted.style) == (("张三",), _STYLE)


def test_a_long_name_breaks_behind_a_dot() -> None:
    assert fit("古丽努尔·阿不都热依木", _STYLE, 85, 22).lines == ("古丽努尔·", "阿不都热依木")


def test_brackets_open_a_line_and_do_not_end_one() -> None:
    lines = fit("智能网联汽车技术（中外合作办学）", _STYLE, 62, 21).lines
    assert not any(line.endswith("（") for line in lines)
    assert not any(line.startswith("）") for line in lines)


def test_a_number_stays_with_what_is_counted_and_a_date_stays_whole() -> None:
    lines = wrap("报到截止后 14 天仍未报到，到2026年11月10日为止", _STYLE, 68, prose=True)
    assert lines[0] == "报到截止后 "
    assert lines[1].startswith("14 天")
    for wide in range(70, 140, 3):
        for line in fill("缺纸质档案（2026-12-06 前补交）", _STYLE, wide).lines[1:]:
            assert not line.startswith(("-", "12-", "06"))


def test_one_line_shrinks_as_far_as_it_must() -> None:
    fitted = fit_line("1" * 30, Style(Face.SANS, 10), 50)
    assert fitted.widths[0] == pytest.approx(50)
