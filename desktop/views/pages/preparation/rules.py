"""The part 审查规定: days, limits and the link of the round as a form, customs shown."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.review_fields import ANSWER_FIELDS, REVIEW_RULE_TITLES
from desktop.domain.review_rules import SECOND_CHECKS, ReviewRules
from desktop.domain.rounds import Procedure, Round
from desktop.domain.wording import field_title
from desktop.procedures.entry_review.preparation import (
    RulesOnDesk,
    TypedRules,
    as_typed,
    change_rules,
    rules_on_desk,
)
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.preparation.topic import RoundTopic
from desktop.views.pages.settings.topic import FormCard
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.texts import label
from desktop.views.wizards.step_pages import Field, Kind

_HINTS = {
    "face_link": tr(
        "印在各院部的二维码海报上，学生扫码打开；海报在“审查材料”里打印。"
        "请从浏览器的地址栏复制整个网址。"
    ),
    "face_threshold": tr("相似度低于它的，由班主任人工对照。填“0.8”或“80%”。"),
    "check_in_from": tr("写成“2026-09-05”。"),
    "check_in_until": tr("写成“2026-09-07”。下面两个期限从这一天算起。"),
    "no_show_days": tr("过了这些天仍未报到的，由招生工作处逐人确认视为放弃（41号令 第八条）。"),
    "report_days": tr("未报到学生的名单按生源省份报送。"),
    "recheck_until": tr("入学后三个月内（41号令 第十一条）。"),
}
_ENTRY = (
    "check_in_from",
    "check_in_until",
    "no_show_days",
    "report_days",
    "face_link",
    "face_threshold",
    "second_check",
)
_RECHECK = ("recheck_until",)


class RulesTopic(RoundTopic):
    """A form on what the round asks for."""

    ID, TITLE = "rules", tr("审查规定")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown_of, self._shown = "", TypedRules()
        self.entry = FormCard(
            tr("这一次入学资格审查的规定"),
            tr("没有改过的是本校惯例。保存以后，到“收发”里导出给各院部，规定才会到院部。"),
            tuple(map(_field, _ENTRY)),
            tr("保存规定"),
            lambda typed: self.save(typed, _ENTRY),
            TypedRules(),
        )
        self.recheck = FormCard(
            tr("这一次入学资格复查的规定"),
            tr("没有改过的是本校惯例。下面勾选的项目印在复查表上，由学生本人填写。"),
            tuple(map(_field, _RECHECK)),
            tr("保存规定"),
            lambda typed: self.save(typed, _RECHECK),
            TypedRules(),
        )
        self.fields = {name: _box(name) for name in ANSWER_FIELDS}
        self.recheck.extra.addWidget(label(tr("复查表的项目"), "strong"))
        self.recheck.extra.addWidget(_flowing(list(self.fields.values())))
        self.deadlines = label(role="note", wraps=True)
        self.column.addWidget(self.entry)
        self.column.addWidget(self.recheck)
        self.column.addWidget(self.deadlines)
        self.column.addStretch()
        self.recheck.hide()

    def show_round(self, round_: Round) -> None:
        """Show the form of the round's procedure."""
        self.entry.setVisible(round_.procedure is Procedure.ENTRY_REVIEW)
        self.recheck.setVisible(round_.procedure is not Procedure.ENTRY_REVIEW)
        super().show_round(round_)

    def refresh(self) -> None:
        """Read the rules; what is being typed stays until the rules themselves change."""
        if (round_ := self.round) is None:
            return
        self.desk.run(
            lambda session, _progress: rules_on_desk(session, round_.id),
            lambda found: self._show(round_, found),
            self.failed.emit,
            owner=self,
            title=tr("正在读取规定"),
        )

    def save(self, typed: TypedRules, names: tuple[str, ...]) -> None:
        """Say what was typed in a form that has these fields."""
        if (round_ := self.round) is None:
            return
        asked = tuple(name for name, box in self.fields.items() if box.isChecked())
        whole = replace(
            self._shown, **{name: getattr(typed, name) for name in names}, form_fields=asked
        )
        self.desk.change(
            lambda session, _progress: change_rules(session, round_.id, whole),
            lambda _rules: self.said.emit(
                tr("规定已保存。接下来：各项都备好以后点“下发…”，导出给各院部。")
            ),
            self.failed.emit,
            owner=self,
            title=tr("正在保存规定"),
        )

    def _show(self, round_: Round, found: RulesOnDesk) -> None:
        typed = as_typed(found.rules)
        if round_.procedure is Procedure.RECHECK and not typed.recheck_until:
            typed = replace(typed, recheck_until=found.proposed_recheck)
        for one in (self.entry, self.recheck):
            one.button.setEnabled(round_.open)
        if (round_.id, typed) == (self._shown_of, self._shown):
            return  # what is being typed stays
        self._shown_of, self._shown = round_.id, typed
        for one in (self.entry, self.recheck):
            one.form.show_draft(typed)
        for name, box in self.fields.items():
            box.setChecked(name in typed.form_fields)
        self.deadlines.setText(deadline_sentence(found.rules))


def deadline_sentence(rules: ReviewRules) -> str:
    """Say which days follow from the end of check-in."""
    if not rules.check_in_until:
        return tr("填写报到截止以后，这里会列出由它推算的期限。")
    return tr(
        "由报到截止推算：{after} 以后可以确认视为放弃；未报到名单应在 {report} 以前报送。",
        after=rules.give_up_after,
        report=rules.report_by,
    )


def _field(name: str) -> Field:
    title, hint = REVIEW_RULE_TITLES[name], _HINTS.get(name, "")
    if name == "second_check":
        return Field(name, title, hint, Kind.CHOICE, tuple(SECOND_CHECKS.items()))
    return Field(name, title, hint)


def _box(name: str) -> QCheckBox:
    return QCheckBox(field_title("recheck_answer", name))


def _flowing(boxes: list[QCheckBox]) -> QWidget:
    whole = QWidget()
    layout = FlowLayout()
    for box in boxes:
        layout.addWidget(box)
    whole.setLayout(layout)
    policy = whole.sizePolicy()
    policy.setHeightForWidth(True)
    whole.setSizePolicy(policy)
    return whole
