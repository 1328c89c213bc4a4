"""How the window looks: colours and text size, at once and from now on."""

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.appearance import Scheme
from desktop.views.pages.settings.topic import Topic
from desktop.views.remembered_look import keep_look, remembered_look
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.texts import label

_SCHEMES = ((Scheme.SYSTEM, tr("跟随系统")), (Scheme.LIGHT, tr("浅色")), (Scheme.DARK, tr("深色")))
_SIZES = (100, 125, 150, 175, 200)


class AppearanceTopic(Topic):
    """Two rows of choices."""

    ID, TITLE = "appearance", tr("外观")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.schemes = Chips([(str(scheme), title) for scheme, title in _SCHEMES])
        self.sizes = Chips([(str(size), f"{size}%") for size in _SIZES])
        for title, chips in ((tr("颜色"), self.schemes), (tr("文字大小"), self.sizes)):
            self.column.addWidget(label(title, "heading"))
            self.column.addWidget(chips)
        self.column.addStretch()
        scheme, factor = remembered_look(desk.memory)
        self.schemes.choose(str(scheme))
        self.sizes.choose(str(round(factor * 100)))
        for chips in (self.schemes, self.sizes):
            chips.chosen.connect(lambda _id: self._take())

    def _take(self) -> None:
        factor = int(self.sizes.current) / 100
        keep_look(self.desk.memory, Scheme(self.schemes.current), factor)
        self.said.emit(tr("外观已改，下次打开也是这样。"))
