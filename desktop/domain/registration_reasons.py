"""The reasons of procedure three in a word or two, and what a registrar does about each."""

from typing import Final

REASON_TITLES: Final = {
    "conflict": "说法不一致",
    "not-listed": "不在名单",
    "incomplete": "信息不完整",
    "number-doubled": "号码重复",
    "name-and-id-corrected": "须核查本人",
    "correction-open": "更正未处理",
    "place-document-missing": "缺证明材料",
    "place-until-missing": "缺保留期限",
    "no-entry-review": "无审查结论",
    "no-recheck": "无复查结论",
    "recheck-case": "专项核查中",
    "no-word": "院部未报",
    "unsigned": "未签字",
    "struck-out": "被划去",
    "proxy-not-allowed": "不允许代签",
    "proxy-unexplained": "代签无原因",
    "sheet-unknown": "没有签字表",
    "sheet-void": "签字表作废",
    "class-teacher-missing": "缺班主任签字",
    "student-section-missing": "缺学工科签字",
    "teaching-section-missing": "缺教务科签字",
    "head-missing": "缺负责人签字",
    "seal-missing": "缺院部印章",
    "outcome-taken-back": "结论已收回",
}
"""Of every reason that holds a student back, by code."""

_ASK_COLLEGE: Final = "请院部补办后重新登记，再交一份报送包。"
_SIGN_AGAIN: Final = "请院部补齐签字、印章和日期，登记后再交一份报送包。"
TODO: Final = {
    "conflict": "请在“待裁定”中比较各方说法，写明理由后裁定。",
    "not-listed": "请与招生工作处核对；确实录取的，读入名单后再办理。",
    "incomplete": "请与招生工作处核对，用“补全信息”补上空缺的项。",
    "number-doubled": "请核对两名学生的材料，弄清号码是谁的，再走更正。",
    "name-and-id-corrected": "请调查是否为同一人，用“登记审查复查结论”写明结果。",
    "correction-open": "请先采纳或驳回院部提出的更正。",
    "place-document-missing": "请院部补交证明材料并登记。",
    "place-until-missing": "请院部补登保留到哪一天。",
    "no-entry-review": "请收取招生工作处的报送包；招生工作处没有报来的，请与他们核对。",
    "no-recheck": "请收取招生工作处的报送包；招生工作处没有报来的，请与他们核对。",
    "recheck-case": "请等招生工作处作出核查结论，收取他们的报送包后再办理。",
    "no-word": "请催院部登记签字表并导出报送包。",
    "unsigned": "请院部核实：本人补签；放弃或保留入学资格的，登记原因和材料。",
    "struck-out": "请与院部核实该生在哪个班，由所在班级增补。",
    "proxy-not-allowed": "请本人补签；确有困难的，请先改动批次的规定。",
    "proxy-unexplained": _ASK_COLLEGE,
    "sheet-unknown": "请院部重新导出登记过这张签字表的报送包。",
    "sheet-void": "请院部只重印、重签作废的那一页。",
    "class-teacher-missing": _SIGN_AGAIN,
    "student-section-missing": _SIGN_AGAIN,
    "teaching-section-missing": _SIGN_AGAIN,
    "head-missing": _SIGN_AGAIN,
    "seal-missing": _SIGN_AGAIN,
    "outcome-taken-back": "请核实后用“重新办理”写明正确的结论和依据；批量办理会跳过这名学生。",
}
"""What to do next about every reason that holds a student back, by code."""
