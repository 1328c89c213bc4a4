"""The school: what it is called and who leads it, each from a day on."""

from dataclasses import dataclass

from desktop.domain.offices import OfficeKind
from desktop.domain.schools import SchoolFacts, SchoolVersion
from desktop.procedures.settings import change_school, school_history
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.settings.topic import FormCard, Topic, card
from desktop.views.widgets.texts import label
from desktop.views.wizards.step_pages import Field

_TITLES = (
    ("name", tr("学校名称")),
    ("president", tr("校长")),
    ("level", tr("层次")),
    ("code", tr("学校代码")),
)


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What is filled in to change the school's words; "" for what stays."""

    since: str = ""
    name: str = ""
    president: str = ""
    level: str = ""
    reason: str = ""


def version_sentence(version: SchoolVersion) -> str:
    """Return a change in one sentence."""
    words = "，".join(
        f"{title}：{text}" for name, title in _TITLES if (text := str(getattr(version.facts, name)))
    )
    return (
        tr("从 {since} 起，{words}", since=version.since, words=words)
        if version.since
        else tr("建立学校时，{words}", words=words)
    )


class SchoolTopic(Topic):
    """Every change so far, and for the registrar a form for the next one."""

    ID, TITLE = "school", tr("学校")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = label(wraps=True)
        self.column.addWidget(card(tr("学校信息"), self._lines))
        self.change: FormCard | None = None
        if desk.kind is OfficeKind.REGISTRAR:
            self.change = FormCard(
                tr("改名、换校长"),
                tr(
                    "只填要改的，其余不变。从生效那天起打印的材料用新的内容；各院部随下一份报送包得知。"
                ),
                (
                    Field("since", tr("从哪天起"), tr("写成年-月-日，例如 2027-01-01。")),
                    Field("name", tr("学校名称"), tr("与公章一致。")),
                    Field("president", tr("校长")),
                    Field("level", tr("层次"), tr("例如 专科(高职)、本科。")),
                    Field("reason", tr("依据"), tr("文件名称和文号。")),
                ),
                tr("保存学校信息"),
                self._save,
                SchoolChange(),
            )
            self.column.addWidget(self.change)
        self.column.addStretch()

    def refresh(self) -> None:
        """Read every change."""
        self.desk.run(
            lambda session, _progress: school_history(session),
            self._show,
            self.failed.emit,
            owner=self,
            title=tr("正在读取学校信息"),
        )

    @property
    def text(self) -> str:
        """What is told of the changes so far."""
        return self._lines.text()

    def _show(self, versions: tuple[SchoolVersion, ...]) -> None:
        self._lines.setText("\n".join(f"{version_sentence(version)}。" for version in versions))

    def _save(self, change: SchoolChange) -> None:
        facts = SchoolFacts(name=change.name, president=change.president, level=change.level)
        self.desk.change(
            lambda session, _progress: change_school(session, change.since, facts, change.reason),
            lambda _none: self._saved(change),
            self.failed.emit,
            owner=self,
            title=tr("正在保存学校信息"),
        )

    def _saved(self, change: SchoolChange) -> None:
        if self.change:
            self.change.clear()
        self.said.emit(
            tr("已保存，从 {since} 起生效。请给各院部导出一份报送包。", since=change.since)
        )
