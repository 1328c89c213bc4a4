"""A photo with its title below: a calm frame where there is none, opened by a click or a key."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.widgets.texts import label

WIDTH, HEIGHT = 84, 112
NONE, WAITING, UNREADABLE = tr("还没有照片"), tr("正在打开…"), tr("这张照片打不开")


class PhotoBox(QWidget):
    """One photo; ``wanted`` when a person asks to see it large, where it ``opens``.

    ``size_wanted`` is the box in pixels of the screen into which the picture has to fit.
    """

    wanted = Signal()

    def __init__(
        self, title: str, width: int = WIDTH, height: int = HEIGHT, *, opens: bool = True
    ) -> None:
        super().__init__()
        look = current_look()
        self._box = QSize(look.px(width), look.px(height))
        self._title = title
        self._words = label(NONE, "photo", wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = QToolButton()
        if opens:
            self.picture.setAccessibleName(tr("{title}，打开看大图", title=title))
            self.picture.setToolTip(tr("打开一份临时的副本来看"))
            self.picture.clicked.connect(self.wanted)
        else:
            self.picture.setAccessibleName(title)
            self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._stack = QStackedWidget()
        for side in (self._words, self.picture):
            self._stack.addWidget(side)
        self._stack.setFixedSize(self._box + QSize(2 * t.TIGHT, 2 * t.TIGHT))
        below = label(title, "note", wraps=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        below.setMinimumHeight(below.fontMetrics().height())
        if not title:  # shown by itself it would be a window for a moment, and take the focus
            below.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.TIGHT)
        column.addWidget(self._stack)
        column.addWidget(below)
        self.setFixedWidth(self._stack.width())

    @property
    def words(self) -> str:
        """What stands in place of the picture, "" where there is one."""
        return "" if self._stack.currentWidget() is self.picture else self._words.text()

    @property
    def size_wanted(self) -> QSize:
        """How large the picture has to be."""
        return self._box * self.devicePixelRatioF()

    def say(self, words: str) -> None:
        """Say something in place of the picture."""
        self._words.setText(words)
        self._words.setAccessibleName(f"{self._title}：{words}")
        self._stack.setCurrentWidget(self._words)

    def show_picture(self, png: bytes) -> None:
        """Show a picture that was made ready in this size."""
        pixmap = QPixmap()
        if not pixmap.loadFromData(png):
            self.say(UNREADABLE)
            return
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setIcon(QIcon(pixmap))
        self.picture.setIconSize(self._box)
        self._stack.setCurrentWidget(self.picture)
