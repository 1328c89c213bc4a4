"""The one style sheet, made from the tokens, on the Fusion style.

Widgets say what they are by the dynamic property ``role``; nothing sets a style of its own.
"""

from typing import Final

from desktop.paths import resources_dir
from desktop.views.look import tokens as t
from desktop.views.look.tokens import Look

# drawn in a grey that can be seen on light and dark: a style sheet can not tint
_DOWN: Final = (resources_dir() / "icons" / "down.svg").as_posix()
_TICKED: Final = (resources_dir() / "icons" / "ticked.svg").as_posix()
_TICKED_DARK: Final = (resources_dir() / "icons" / "ticked-dark.svg").as_posix()


def style_sheet(look: Look) -> str:
    """Return the style sheet of a look."""
    return "\n".join(
        (_texts(look), _controls(look), _ticks(look), _tables(look), _frame(look), _messages(look))
    )


def _texts(look: Look) -> str:
    p, px = look.palette, look.px
    return f"""
    QWidget {{ color: {p.text}; font-size: {px(t.BODY)}px; }}
    QMainWindow, QDialog, QStackedWidget {{ background: {p.ground}; }}
    QToolTip {{ color: {p.text}; background: {p.surface}; border: 1px solid {p.edge};
        padding: {t.TIGHT}px; }}
    QLabel[role="title"] {{ font-size: {px(t.TITLE)}px; font-weight: bold; }}
    QLabel[role="heading"] {{ font-size: {px(t.HEADING)}px; font-weight: bold; }}
    QLabel[role="lead"] {{ font-size: {px(t.LEAD)}px; }}
    QLabel[role="strong"] {{ font-weight: bold; }}
    QLabel[role="quiet"] {{ color: {p.quiet}; }}
    QLabel[role="note"] {{ color: {p.quiet}; font-size: {px(t.NOTE)}px; }}
    QLabel[role="problem"] {{ color: {p.wrong}; }}
    QLabel[role="photo"] {{ color: {p.quiet}; font-size: {px(t.NOTE)}px;
        background: {p.raised}; border: 1px dashed {p.line}; border-radius: {t.RADIUS}px;
        padding: {t.TIGHT}px; }}
    QLabel[role="digits"] {{ font-size: {px(t.TITLE)}px; font-weight: bold;
        background: {p.surface}; border: 1px solid {p.line}; border-radius: {t.RADIUS}px;
        padding: {t.MEDIUM}px {t.LARGE}px; }}
    """


def _controls(look: Look) -> str:
    p, px = look.palette, look.px
    return f"""
    QPushButton {{ background: {p.surface}; border: 1px solid {p.edge};
        border-radius: {t.RADIUS}px; padding: {t.TIGHT}px {t.LARGE}px;
        min-height: {px(t.HUGE) - 4}px; outline: none; }}
    QPushButton:hover {{ background: {p.raised}; }}
    QPushButton:focus {{ border: 2px solid {p.accent}; }}
    QPushButton:disabled {{ color: {p.not_yet}; border-color: {p.line}; }}
    QPushButton[role="primary"] {{ background: {p.accent}; color: {p.on_accent};
        border: 2px solid {p.accent}; font-weight: bold; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {p.text}; }}
    QPushButton[role="primary"]:disabled {{ background: {p.raised}; color: {p.not_yet};
        border-color: {p.line}; }}
    QPushButton[role="chip"] {{ border-color: {p.line}; padding: 0 {t.MEDIUM}px; }}
    QPushButton[role="chip"]:checked {{ background: {p.chosen}; border-color: {p.accent}; }}
    QPushButton[role="chip"]:focus {{ border: 2px solid {p.accent}; }}
    QPushButton[role="choice"] {{ text-align: left; padding: {t.MEDIUM}px {t.LARGE}px; }}
    QPushButton[role="choice"]:checked {{ background: {p.chosen}; border: 2px solid {p.accent}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: {t.RADIUS}px;
        padding: {t.TIGHT}px; }}
    QToolButton:hover {{ background: {p.raised}; }}
    QToolButton:focus {{ border-color: {p.accent}; }}
    QLineEdit, QComboBox, QPlainTextEdit {{ background: {p.surface};
        border: 1px solid {p.edge}; border-radius: {t.RADIUS}px; padding: {t.TIGHT}px {t.SMALL}px;
        selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
    QLineEdit, QComboBox {{ min-height: {px(t.HUGE) - 4}px; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {p.accent}; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {p.wrong}; }}
    QComboBox::drop-down {{ border: none; width: {px(t.HUGE)}px; }}
    QComboBox::down-arrow {{ image: url({_DOWN}); width: {px(t.LARGE)}px;
        height: {px(t.LARGE)}px; }}
    QComboBox QAbstractItemView {{ background: {p.surface}; border: 1px solid {p.edge};
        selection-background-color: {p.chosen}; selection-color: {p.text}; }}
    """


def _ticks(look: Look) -> str:
    p, px = look.palette, look.px
    size, ticked = px(t.LARGE), _TICKED_DARK if p.dark else _TICKED
    return f"""
    QCheckBox {{ spacing: {t.SMALL}px; }}
    QCheckBox::indicator, QTableView::indicator, QListWidget::indicator {{
        width: {size}px; height: {size}px; border: 1px solid {p.edge};
        border-radius: 3px; background: {p.surface}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked,
    QListWidget::indicator:checked {{ border: none;
        image: url({ticked}); }}
    QCheckBox::indicator:focus {{ border: 2px solid {p.accent}; }}
    """


def _tables(look: Look) -> str:
    p, px = look.palette, look.px
    return f"""
    QTableView, QListView, QTextBrowser {{ background: {p.surface}; border: 1px solid {p.line};
        border-radius: {t.RADIUS}px; gridline-color: {p.line};
        selection-background-color: {p.chosen}; selection-color: {p.text}; }}
    QTableView::item {{ padding: 0 {t.SMALL}px; }}
    QTableView::indicator, QListWidget::indicator {{
        width: {px(t.LARGE)}px; height: {px(t.LARGE)}px; }}
    QTableView:focus, QListView:focus {{ border: 1px solid {p.accent}; }}
    QHeaderView {{ background: {p.surface}; border: none; }}
    QHeaderView::section {{ background: {p.raised}; border: none;
        border-bottom: 1px solid {p.line}; border-right: 1px solid {p.line};
        padding: 0 {t.SMALL}px; font-weight: bold; }}
    QTableCornerButton::section {{ background: {p.raised}; border: none;
        border-bottom: 1px solid {p.line}; border-right: 1px solid {p.line}; }}
    """


def _frame(look: Look) -> str:
    p, px = look.palette, look.px
    return f"""
    QWidget[role="rail"] {{ background: {p.raised}; }}
    QPushButton[role="rail"] {{ background: transparent; border: none;
        border-left: 3px solid transparent; border-radius: 0; text-align: left;
        padding: {t.SMALL}px {t.LARGE}px; font-size: {px(t.LEAD)}px; }}
    QPushButton[role="rail"]:hover {{ background: {p.line}; }}
    QPushButton[role="rail"]:focus {{ border: none; border-left: 3px solid {p.quiet};
        background: {p.line}; }}
    QPushButton[role="rail"]:checked {{ border-left: 3px solid {p.accent};
        background: {p.surface}; font-weight: bold; }}
    QWidget[role="bar"] {{ background: {p.surface}; border-bottom: 1px solid {p.line}; }}
    QWidget[role="foot"] {{ background: {p.ground}; border-top: 1px solid {p.line}; }}
    QWidget[role="steps"] {{ background: {p.raised}; }}
    QLabel[role="practice"] {{ background: {p.practice}; color: {p.on_practice};
        font-weight: bold; padding: {t.TIGHT}px {t.LARGE}px; }}
    """


def _messages(look: Look) -> str:
    p = look.palette
    return f"""
    QFrame[role="error"] {{ background: {p.surface}; border: 1px solid {p.wrong};
        border-left: 4px solid {p.wrong}; border-radius: {t.RADIUS}px; }}
    QFrame[role="entry"] {{ background: {p.surface}; border: 1px solid {p.line};
        border-left: 3px solid {p.line}; border-radius: {t.RADIUS}px; }}
    QFrame[role="entry"]:focus {{ border: 1px solid {p.accent};
        border-left: 3px solid {p.accent}; }}
    QScrollArea, QWidget[role="ground"] {{ background: {p.ground}; border: none; }}
    QWidget[role="card"] {{ background: {p.surface}; border: 1px solid {p.line};
        border-radius: {t.RADIUS}px; }}
    """
