"""What is asked of each kind of photo: the registrar says it for all offices."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout

from desktop.domain.offices import OfficeKind
from desktop.domain.photos import (
    PHOTO_TITLES,
    RULE_LIMITS,
    RULE_TITLES,
    PhotoKind,
    PhotoRules,
    rule_problems,
    said_of,
)
from desktop.procedures.photos.photo_rules import change_photo_rules, photo_rules
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.settings.topic import FormCard, Topic
from desktop.views.widgets.texts import label
from desktop.views.wizards.step_pages import Field

_HINTS = {
    "background": tr("六位颜色代码，例如 64C5FF 是浅蓝，FFFFFF 是白色；空着表示不作要求。"),
    "tolerance": tr("数字越大越宽松；22 以内看起来是同一种颜色。"),
}


@dataclass(frozen=True, slots=True)
class RulesChange:
    """What is filled in to ask something else."""

    width: str = ""
    height: str = ""
    dpi: str = ""
    smallest_kb: str = ""
    largest_kb: str = ""
    quality: str = ""
    background: str = ""
    tolerance: str = ""
    reason: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The rules alone; a number that is left empty asks nothing."""
        empty = dict.fromkeys(RULE_LIMITS, "0")
        return {name: getattr(self, name) or empty.get(name, "") for name in RULE_TITLES}


class PhotoTopic(Topic):
    """A form on what is asked of the chosen kind of photo."""

    ID, TITLE = "photos", tr("照片要求")
    KINDS = frozenset({OfficeKind.REGISTRAR})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules: dict[PhotoKind, PhotoRules] = {}
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("哪种照片"))
        for kind in PhotoKind:
            self.kind.addItem(PHOTO_TITLES[kind], str(kind))
        self.kind.currentIndexChanged.connect(self._show)
        title = label(tr("哪种照片"), "quiet")
        title.setBuddy(self.kind)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(title)
        row.addWidget(self.kind)
        row.addStretch()
        self.card = FormCard(
            tr("读入照片时核对什么"),
            tr(
                "填 0 或空着表示不作要求。不合要求的照片会列为有疑问，由人决定收不收；"
                "已经收入的照片不受影响。"
            ),
            (
                *(Field(name, title, _HINTS.get(name, "")) for name, title in RULE_TITLES.items()),
                Field("reason", tr("改动的依据"), tr("例如上级通知的文号。")),
            ),
            tr("保存照片要求"),
            self._save,
            RulesChange(),
        )
        self.column.addLayout(row)
        self.column.addWidget(self.card)
        self.column.addStretch()

    @property
    def chosen(self) -> PhotoKind:
        """The kind in sight."""
        return PhotoKind(self.kind.currentData())

    def refresh(self) -> None:
        """Read what is asked."""
        self.desk.run(
            lambda session, _progress: photo_rules(session),
            self._read,
            self.failed.emit,
            owner=self,
            title=tr("正在读取照片要求"),
        )

    def _read(self, rules: dict[PhotoKind, PhotoRules]) -> None:
        self._rules = rules
        self._show()

    def _show(self) -> None:
        if rules := self._rules.get(self.chosen):
            self.card.form.show_draft(RulesChange(**said_of(rules)))
            self.card.form.show_problems({})

    def _save(self, change: RulesChange) -> None:
        kind, values = self.chosen, change.values
        problems = rule_problems(values)
        self.card.form.show_problems(problems)
        if problems:
            return
        self.desk.change(
            lambda session, _progress: change_photo_rules(session, kind, values, change.reason),
            lambda _rules: self.said.emit(tr("{photo}的要求已保存。", photo=PHOTO_TITLES[kind])),
            self.failed.emit,
            owner=self,
            title=tr("正在保存照片要求"),
        )
