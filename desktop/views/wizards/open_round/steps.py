"""The pages of the wizard that ask: name and day, who signs, the file, whose classes."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.authority import SIGN_OFF_TITLES
from desktop.procedures.imports.opening import CollegeInFile, RosterPlan
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.open_round.draft import OpenRound, default_name
from desktop.views.wizards.step_pages import Field, FormStep

_MANDATORY = {"class_teacher": tr("细则要求"), "head": tr("细则要求")}
LATER = tr("以后再分配")


class RoundStep(FormStep):
    """Year, name and last day; the name follows the year until somebody writes another."""

    def __init__(self) -> None:
        super().__init__(
            tr("这一批叫什么，什么时候截止？"),
            tr("名称会印在这个批次的所有材料上；截止日期以后，没有办齐的院部会标为逾期。"),
            (
                Field("year", tr("年级"), tr("四位数字，例如 2026。")),
                Field("name", tr("批次名称")),
                Field("deadline", tr("截止日期"), tr("按“年-月-日”填写，例如 2026-11-30。")),
            ),
        )

    def take(self, draft: OpenRound) -> OpenRound:
        """Return the draft with what was typed."""
        taken: OpenRound = super().take(draft)
        if taken.year != draft.year and taken.name == default_name(draft.year, draft.procedure):
            taken = replace(taken, name=default_name(taken.year, taken.procedure))
            self.fill(name=taken.name)
        return taken


class RulesStep(StepPage[OpenRound]):
    """Who signs besides the student, and whether anybody may sign for them."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("签字表上要有谁的签字？"), "heading", wraps=True))
        layout.addWidget(
            label(
                tr(
                    "学生本人签字和院部印章总是要有的。没有勾选的签字栏仍会印在表上，缺了也能注册。"
                ),
                "quiet",
                wraps=True,
            )
        )
        self.boxes: dict[str, QCheckBox] = {}
        for name, title in SIGN_OFF_TITLES.items():
            note = _MANDATORY.get(name)
            box = QCheckBox(f"{title}（{note}）" if note else title)
            box.toggled.connect(self.changed)
            self.boxes[name] = box
            layout.addWidget(box)
        layout.addSpacing(t.MEDIUM)
        layout.addWidget(label(tr("可以代签吗？"), "strong"))
        self.proxy = QCheckBox(tr("允许由他人代签，每一处都要写明代签人和原因"))
        self.proxy.toggled.connect(self.changed)
        layout.addWidget(self.proxy)
        layout.addWidget(label(tr("细则要求学生本人签字，平时不要勾选。"), "note", wraps=True))
        layout.addSpacing(t.MEDIUM)
        layout.addWidget(label(tr("注册以前要有审查和复查的结论吗？"), "strong"))
        self.verdicts = QCheckBox(tr("招生工作处报来审查合格、复查合格的，才予以注册"))
        self.verdicts.toggled.connect(self.changed)
        layout.addWidget(self.verdicts)
        layout.addWidget(
            label(
                tr("招生工作处还没有使用本程序、只交来纸质名单的，可以不勾选。"), "note", wraps=True
            )
        )
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return next(iter(self.boxes.values()))

    def show_draft(self, draft: OpenRound) -> None:
        """Show what is ticked."""
        for name, box in self.boxes.items():
            _set(box, on=name in draft.sign_offs)
        _set(self.proxy, on=draft.proxy)
        _set(self.verdicts, on=draft.asks_verdicts)

    def take(self, draft: OpenRound) -> OpenRound:
        """Return the draft with what is ticked."""
        ticked = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return replace(
            draft,
            sign_offs=ticked,
            proxy=self.proxy.isChecked(),
            asks_verdicts=self.verdicts.isChecked(),
        )


class OfficesStep(StepPage[OpenRound]):
    """Which office gets the classes of each college that the file names."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self._plan: RosterPlan | None = None
        self._hint = label(role="quiet", wraps=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(t.LARGE)
        self._grid.setVerticalSpacing(t.SMALL)
        self._grid.setColumnStretch(2, 1)
        self._body = QWidget()
        self._body.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("各院部的班级交给谁核对？"), "heading", wraps=True))
        layout.addWidget(self._hint)
        layout.addSpacing(t.SMALL)
        layout.addWidget(self._body)
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        return next(iter(self.boxes.values()), None)

    @property
    def hint(self) -> str:
        """The sentence above the colleges."""
        return self._hint.text()

    def show_draft(self, draft: OpenRound) -> None:
        """Show the colleges of the plan, each with its choice."""
        if draft.plan is not self._plan:
            self._plan = draft.plan
            self._fill(draft)
        for college, office in draft.offices:
            box = self.boxes[college]
            box.setCurrentIndex(max(box.findData(office), 0))

    def take(self, draft: OpenRound) -> OpenRound:
        """Return the draft with what is chosen."""
        return replace(
            draft, offices=tuple((name, str(box.currentData())) for name, box in self.boxes.items())
        )

    def _fill(self, draft: OpenRound) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        self._hint.setText(offices_sentence(draft))
        for row, college in enumerate(draft.colleges):
            box = self._choice(college)
            self.boxes[college.name] = box
            size = label(
                tr(
                    "{count} 个班，{students:,} 人",
                    count=len(college.classes),
                    students=college.students,
                ),
                "quiet",
            )
            self._grid.addWidget(label(college.name, "strong"), row, 0)
            self._grid.addWidget(size, row, 1)
            self._grid.addWidget(box, row, 2)

    def _choice(self, college: CollegeInFile) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("{name}的班级交给", name=college.name))
        if not college.office:  # what is called the same, or was given before, is given
            box.addItem(LATER, "")
        for one in self._plan.offices if self._plan else ():
            title = (
                one.office.name
                if one.seated
                else tr("{name}（没有可用的席位）", name=one.office.name)
            )
            box.addItem(title, one.office.id)
        box.currentIndexChanged.connect(self.changed)
        return box


def offices_sentence(draft: OpenRound) -> str:
    """Say which colleges of the file have nobody to receive their classes."""
    seated = {one.office.id for one in draft.plan.offices if one.seated} if draft.plan else set()
    without = [college.name for college in draft.colleges if college.office not in seated]
    if not draft.colleges:
        return tr("这份文件没有可以收入的行，不用分配。")
    if not without:
        return tr("每个院部都有可用的席位，名称也一致，核对后继续。")
    return tr(
        "还没有可用席位的院部：{without}。可以先读入名单，"
        "它们在“席位”里加入时自动分配；名称写法不同的，请选择对应的院部。",
        without="、".join(without),
    )


def _set(box: QCheckBox, *, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
