"""The appearance in force: follows the system or the user's choice, and can change at any time."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.views.look.fonts import body_font
from desktop.views.look.style_sheet import style_sheet
from desktop.views.look.tokens import DARK, LARGEST_FACTOR, LIGHT, Look, Palette


class Scheme(StrEnum):
    """Which colours: the system's, light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """The look of the whole application; ``changed`` tells painters to draw anew."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.setObjectName("appearance")
        self._application = application
        self._scheme = Scheme.SYSTEM
        self._factor = 1.0
        self.look = Look()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, scheme: Scheme, factor: float) -> None:
        """Take colours and text size (1.0 to 2.0)."""
        self._scheme, self._factor = scheme, min(max(factor, 1.0), LARGEST_FACTOR)
        self._follow()

    def _follow(self) -> None:
        system = self._application.styleHints().colorScheme()
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and system is Qt.ColorScheme.Dark
        )
        look = Look(DARK if dark else LIGHT, self._factor)
        self.look = look
        self._application.setPalette(_qt_palette(look.palette))
        self._application.setFont(body_font(look))
        self._application.setStyleSheet(style_sheet(look))
        self.changed.emit()


def current_appearance() -> Appearance:
    """Return the application's appearance, made at the first call."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - nothing is drawn without one
    found = application.findChild(Appearance, "appearance")
    if isinstance(found, Appearance):
        return found
    appearance = Appearance(application)
    appearance.choose(Scheme.SYSTEM, 1.0)
    return appearance


def current_look() -> Look:
    """Return the look in force, for painters and layouts."""
    return current_appearance().look


def _qt_palette(colours: Palette) -> QPalette:
    """Return the colours as Qt's palette, for what no style sheet reaches."""
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.raised),
        (role.Text, colours.text),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Highlight, colours.chosen),
        (role.HighlightedText, colours.text),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Link, colours.accent),
    ):
        palette.setColor(place, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    palette.setColor(disabled, role.Text, QColor(colours.not_yet))
    palette.setColor(disabled, role.ButtonText, QColor(colours.not_yet))
    return palette
