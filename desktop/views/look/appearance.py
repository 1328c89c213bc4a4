"""The appearance in force: follows the system or the user's choice, and can change at any time."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal
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


_STYLE = "fusion"
_BEGUN_IN_STYLE = "jice style"


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
        if not application.property(_BEGUN_IN_STYLE):
            application.setStyle(_STYLE)
        self._system_is_dark = _is_dark(application.palette())
        application.styleHints().colorSchemeChanged.connect(self._hear)

    def choose(self, scheme: Scheme, factor: float) -> None:
        """Take colours and text size (1.0 to 2.0)."""
        self._scheme, self._factor = scheme, min(max(factor, 1.0), LARGEST_FACTOR)
        self._follow()

    def _hear(self, system: object) -> None:
        """Hear that the system's colours are others now."""
        from PySide6.QtCore import Qt

        self._system_is_dark = system is Qt.ColorScheme.Dark
        self._follow()

    def _follow(self) -> None:
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and self._system_is_dark
        )
        look = Look(DARK if dark else LIGHT, self._factor)
        self.look = look
        self._application.setPalette(_qt_palette(look.palette))
        self._application.setFont(body_font(look))
        self._application.setStyleSheet(style_sheet(look))
        self.changed.emit()


def new_application(name: str) -> QApplication:
    """Return an application that begins in the style; taking it later costs another tenth."""
    application = QApplication([name, "-style", _STYLE])
    application.setProperty(_BEGUN_IN_STYLE, True)
    return application


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


def _is_dark(palette: QPalette) -> bool:
    """Tell whether a palette is light on dark, as Qt itself tells it of most systems."""
    text, ground = palette.windowText().color(), palette.window().color()
    return text.lightness() > ground.lightness()


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
