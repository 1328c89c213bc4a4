"""Fonts: what the system has, then the shipped ones, so that no character is an empty box."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop.paths import resources_dir
from desktop.views.look import tokens
from desktop.views.look.tokens import Look

_SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


@cache
def load_fonts() -> tuple[str, ...]:
    """Load the shipped fonts once and return their families, rare characters last."""
    families: list[str] = []
    for name in _SHIPPED:
        handle = QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))
        families += QFontDatabase.applicationFontFamilies(handle)
    return tuple(dict.fromkeys(families))


def body_font(look: Look) -> QFont:
    """Return the font of the window at the look's size."""
    font = QFont()
    font.setFamilies(list(dict.fromkeys((*tokens.FAMILIES, *load_fonts()))))
    font.setPixelSize(look.px(tokens.BODY))
    return font
