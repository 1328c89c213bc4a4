"""What was said, in the words of the offices: titles of aspects, fields and values."""

import re
from collections.abc import Mapping
from typing import Final

from desktop.domain.answers import SAID_TITLES, read_ruling
from desktop.domain.authority import SIGN_OFF_TITLES
from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    CAUSE_TITLES,
    FINDING_TITLES,
    STANDING_TITLES,
    VERDICT_TITLES,
)
from desktop.domain.photos import PHOTO_TITLES, RULE_TITLES
from desktop.domain.recheck import (
    CASE_STATE_TITLES,
    NOTE_TITLES,
    RECHECK_VERDICT_TITLES,
    REVIEW_TITLES,
)
from desktop.domain.review_fields import (
    ANSWER_FIELDS,
    ARCHIVE_TITLES,
    COMPARED_TITLES,
    FIVE_TITLES,
    REVIEW_RULE_TITLES,
    SIX_TITLES,
    SOUND_TITLES,
)
from desktop.domain.review_rules import SECOND_CHECKS
from desktop.domain.sheets import MARK_TITLES
from desktop.domain.student_registration import OUTCOME_TITLES
from desktop.domain.students import FIELD_TITLES

ASPECT_TITLES: Final[Mapping[str, str]] = {
    "school": "学校信息",
    "office": "部门信息",
    "round": "批次",
    "class_group": "班级信息",
    "class_staff": "班主任",
    "identity": "学籍信息",
    "placement": "分班",
    "photo": "照片",
    "photo_rules": "照片要求",
    "roster": "名单",
    "entry_review": "入学资格审查",
    "review_waiting": "还没有审查结论的情况",
    "recheck": "入学资格复查",
    "sheet": "打印核对签字表",
    "signature": "签字情况",
    "sign_off": "签字表确认",
    "place_report": "入学资格去留",
    "addition": "签字表增补",
    "addition_decision": "处理增补",
    "correction": "提出更正",
    "correction_decision": "处理更正",
    "registration": "注册结论",
    "withdrawal": "撤回报送包",
    "fee": "缴费情况",
    "credit_audit": "毕业资格（学分）审核",
    "face_check": "人像比对",
    "chsi_state": "学信网学籍状态",
    "likeness": "是否同一人",
    "list_import": "读入名单",
    "review_rules": "审查复查的规定",
    "checklist_item": "报到材料清单",
    "training": "班主任培训",
    "training_waiver": "未培训先行开展",
    "arrival": "报到情况",
    "document_check": "材料核验",
    "class_verdict": "班主任核对",
    "second_verdict": "第二人复核",
    "paper": "打印审查复查材料",
    "paper_sign_off": "材料签字盖章",
    "archive": "考生档案",
    "recheck_form": "复查表",
    "recheck_answer": "复查表内容",
    "answer_ruling": "差异认定",
    "recheck_review": "复查初核",
    "recheck_second_review": "复查复核",
    "case_file": "专项核查",
    "case_note": "核查记录",
    "approval": "领导小组审定",
    "spelling_ruling": "写法认定",
}

_SEALED: Final = {"seal": "院部印章", **SIGN_OFF_TITLES}
_SIGNED_BESIDES: Final = {"admissions": "招生工作处", "group_leader": "领导小组组长"}

VALUE_TITLES: Final[Mapping[str, str]] = {
    **FIELD_TITLES,
    **_SEALED,
    **{f"{who}_date": f"{title}日期" for who, title in _SEALED.items()},
    **PHOTO_TITLES,
    **RULE_TITLES,
    "class_id": "班级",
    "listed": "是否在名单",
    "mark": "签字情况",
    "sheet": "签字表",
    "proxy": "代签人",
    "explanation": "原因",
    "verdict": "审查结论",
    "document": "证明材料",
    "until": "保留期限",
    "outcome": "注册结论",
    "issued_on": "办理日期",
    "field": "更正项目",
    "old": "原来的内容",
    "new": "更正后的内容",
    "decision": "处理结果",
    "standing": "情况",
    "printed_at": "打印时间",
    "page_count": "页数",
    "student": "学生",
    "fee_state": "缴费状态",
    "amount_due": "应缴金额",
    "amount_paid": "实缴金额",
    "amount_owed": "欠费金额",
    "credits_due": "应修总学分",
    "credits_earned": "已修总学分",
    "required_due": "必修应修",
    "required_earned": "必修已修",
    "elective_due": "选修应修",
    "elective_earned": "选修已修",
    "conduct": "操行评定",
    "fitness": "体质测试成绩",
    "discipline": "处分",
    "face_result": "比对结果",
    "face_likeness": "相似度",
    "face_time": "比对时间",
    "face_attempts": "比对次数",
    "identity_check": "身份核验",
    "registration_state": "注册状态",
    "enrolment_state": "学籍状态",
    "change": "异动情况",
    "attribute": "学生属性",
    "has_photo": "学信网照片",
    **_SIGNED_BESIDES,
    **{f"{who}_date": f"{title}日期" for who, title in _SIGNED_BESIDES.items()},
    **REVIEW_RULE_TITLES,
    **SIX_TITLES,
    **FIVE_TITLES,
    **ARCHIVE_TITLES,
    **{slot: f"第{place}项材料" for place, slot in enumerate(SLOTS, 1)},
    "title": "名称",
    "required_types": "必交的录取类型",
    "place": "次序",
    "note": "说明",
    "dropped": "已取消",
    "teacher": "班主任",
    "trained_on": "培训日期",
    "waived_on": "日期",
    "state": "状态",
    "arrived_on": "报到日期",
    "cause": "原因类别",
    "checker": "核对人",
    "about": "班级或部门",
    "form": "复查表图片",
    "reviewer": "核查人",
    "important": "重点对象",
    "opened_on": "立案日期",
    "findings": "核查结果",
    "statement": "书面说明",
    "decided_by": "作出结论的人",
    "decided_on": "结论日期",
    "noted_on": "日期",
    "people": "参加人",
    "text": "内容",
    "case_file": "专项核查",
    "approved_on": "审定日期",
    "leader": "组长",
    "members": "成员",
    "report": "小结",
    "one": "一种写法",
    "other": "另一种写法",
    "asks_verdicts": "注册须有审查、复查结论",
}
"""Fields whose title is the same in every aspect; ``kind`` and the rest depend on theirs."""

_VALUES: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("signature", "mark"): {str(mark): title for mark, title in MARK_TITLES.items()},
    ("registration", "outcome"): {str(o): title for o, title in OUTCOME_TITLES.items()},
    ("place_report", "kind"): {"given_up": "放弃入学资格", "kept": "保留入学资格"},
    ("entry_review", "verdict"): {str(v): title for v, title in VERDICT_TITLES.items()},
    ("review_waiting", "standing"): {str(s): title for s, title in STANDING_TITLES.items()},
    ("recheck", "verdict"): {str(v): title for v, title in RECHECK_VERDICT_TITLES.items()},
    ("arrival", "state"): {str(state): title for state, title in ARRIVAL_TITLES.items()},
    ("arrival", "cause"): CAUSE_TITLES,
    ("class_verdict", "verdict"): {str(f): title for f, title in FINDING_TITLES.items()},
    ("second_verdict", "verdict"): {str(f): title for f, title in FINDING_TITLES.items()},
    **{("class_verdict", thing): COMPARED_TITLES for thing in SIX_TITLES},
    **{("recheck_review", thing): SOUND_TITLES for thing in FIVE_TITLES},
    ("recheck_review", "verdict"): {str(f): title for f, title in REVIEW_TITLES.items()},
    ("recheck_second_review", "verdict"): {str(f): title for f, title in REVIEW_TITLES.items()},
    ("recheck_form", "state"): {"filled": "可用", "unusable": "不能用"},
    ("review_rules", "second_check"): SECOND_CHECKS,
    ("case_file", "state"): CASE_STATE_TITLES,
    ("case_file", "important"): {"yes": "是", "no": "否"},
    ("case_file", "outcome"): {str(v): title for v, title in RECHECK_VERDICT_TITLES.items()},
    ("case_note", "kind"): NOTE_TITLES,
    ("checklist_item", "dropped"): {"yes": "已取消"},
    ("round", "asks_verdicts"): {"yes": "是", "no": "否"},
    ("spelling_ruling", "verdict"): {"same": "同一内容", "two": "不同内容"},
    **{("answer_ruling", field): SAID_TITLES for field in ANSWER_FIELDS},
    ("correction_decision", "decision"): {"accepted": "采纳", "rejected": "驳回"},
    ("addition_decision", "decision"): {"accepted": "采纳", "rejected": "驳回"},
    ("roster", "listed"): {"yes": "列入名单", "no": "不在名单"},
    ("correction", "field"): FIELD_TITLES,
    ("withdrawal", "withdrawn"): {"yes": "已撤回"},
    ("likeness", "verdict"): {"two": "两个人", "same": "同一人"},
    ("list_import", "withdrawn"): {"yes": "已撤销"},
}
_TITLES_OF_ASPECT: Final[Mapping[tuple[str, str], str]] = {
    ("place_report", "kind"): "放弃或保留",
    ("class_staff", "class_teacher"): "班主任",
    ("addition", "sheet"): "签字表",
    ("likeness", "one"): "一名学生",
    ("likeness", "other"): "另一名学生",
    ("likeness", "verdict"): "结论",
    ("class_verdict", "verdict"): "班主任结论",
    ("second_verdict", "verdict"): "复核结论",
    ("recheck_review", "verdict"): "初核结论",
    ("recheck_second_review", "verdict"): "复核结论",
    ("spelling_ruling", "verdict"): "认定",
    ("recheck", "verdict"): "复查结论",
    ("case_file", "outcome"): "核查结论",
    ("paper_sign_off", "seal"): "印章",
    ("round", "name"): "名称",
    ("paper", "kind"): "材料种类",
    ("case_note", "kind"): "记录种类",
}
NOT_TOLD: Final = frozenset({"rows", "digest", "student"})
"""Fields that only programs understand."""
_ORDER: Final = {field: place for place, field in enumerate(VALUE_TITLES)}
_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")
_DAY_FIELDS: Final = frozenset({"birth_date", "entry_date", "expected_graduation_date"})


def field_title(aspect: str, field: str) -> str:
    """Return the title of a field of an aspect."""
    return _TITLES_OF_ASPECT.get((aspect, field)) or VALUE_TITLES.get(field, field)


def full_title(aspect: str, field: str, span: str = "") -> str:
    """Return what a field is called where nothing around says what it is about.

    ``span`` is what stands in place of the round; where it is a year, the title names it.
    """
    title, about = field_title(aspect, field), ASPECT_TITLES.get(aspect, "")
    if aspect == "identity" or title == about:
        return title
    return f"{year_text(span)}{about}：{title}"


def value_text(aspect: str, field: str, value: str | None, names: Mapping[str, str]) -> str:
    """Return a value as people say it.

    Args:
        aspect: of the statement.
        field: of the value.
        value: the value; None: it was taken back.
        names: the names of subjects and offices that a value may refer to, by id.
    """
    if value is None:
        return "（收回）"
    if field in _DAY_FIELDS and (day := _DAY.fullmatch(value)):
        return "-".join(day.groups())
    if field == "printed_at":
        return value[:16].replace("T", " ")
    if aspect == "photo":
        return photo_text(value)
    if aspect == "answer_ruling" and (ruling := read_ruling(value)):
        return ruling.words
    known = _VALUES.get((aspect, field), {}).get(value) or names.get(value)
    return known or _SHA256.sub(lambda found: f"文件（{found.group()[:8]}）", value)


def photo_text(sha256: str) -> str:
    """Return what a photo is called: two that differ have different names."""
    return f"照片（{sha256[:8]}）"


def told(
    aspect: str, values: Mapping[str, str | None], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what a statement set, as pairs of title and text, in the order of forms.

    Args:
        aspect: of the statement.
        values: the fields that it sets.
        names: the names of subjects and offices that a value may refer to, by id.
    """
    return tuple(
        (field_title(aspect, field), value_text(aspect, field, value, names))
        for field, value in sorted(
            values.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER))
        )
        if field not in NOT_TOLD
    )


def year_text(year: str) -> str:
    """Return the year that statements name in place of a round, in words; "" for a round."""
    if not re.fullmatch(r"\d{4}(-\d{4})?", year):
        return ""
    return f"{year}学年" if "-" in year else f"{year}年"
