"""The fields of procedures one and two that several rules, papers and pages speak about."""

from typing import Final

SIX_TITLES: Final = {
    "photo": "电子照片",
    "notice": "录取通知书",
    "exam_card": "准考证",
    "archive_file": "纸质档案",
    "id_card": "身份证",
    "person": "本人",
}
"""The 六对照: the six things that are held beside one another."""
SIX_THINGS: Final = tuple(SIX_TITLES)
COMPARED_TITLES: Final = {"same": "一致", "different": "不一致", "absent": "没有"}

FIVE_TITLES: Final = {
    "procedure_sound": "录取手续和程序合规",
    "qualification_sound": "录取资格真实、合乎规定",
    "identity_sound": "本人及身份证明与录取通知、考生档案一致",
    "health_sound": "身心健康符合体检要求",
    "talent_sound": "特殊类型专业水平符合录取要求",
}
"""The five things that the re-check looks at (41号令 第十一条)."""
FIVE_THINGS: Final = tuple(FIVE_TITLES)
SOUND_TITLES: Final = {"yes": "符合", "no": "有疑问", "not_applicable": "不涉及"}

ARCHIVE_TITLES: Final = {
    "exam_card_number": "准考证号",
    "home_address": "家庭住址",
    "family": "家庭成员",
    "height": "身高",
    "resume": "本人简历",
    "exam_score": "高考成绩",
    "wishes": "填报志愿",
}
"""What the admission file knows beyond the identity."""
ARCHIVE_FIELDS: Final = tuple(ARCHIVE_TITLES)
ANSWER_FIELDS: Final = (
    "name",
    "sex",
    "birth_date",
    "ethnicity",
    "id_number",
    "exam_number",
    "secondary_school",
    *ARCHIVE_FIELDS,
)
"""What a re-check form may ask, in the order of the form."""

REVIEW_RULE_TITLES: Final = {
    "face_link": "人像比对核查系统的网址",
    "face_threshold": "相似度合格线",
    "second_check": "由第二人复核",
    "check_in_from": "报到开始",
    "check_in_until": "报到截止",
    "no_show_days": "逾期多少天视为放弃",
    "report_days": "报到截止后多少天内报送未报到名单",
    "recheck_until": "复查截止",
    "form_fields": "复查表的项目",
}
REVIEW_RULE_FIELDS: Final = tuple(REVIEW_RULE_TITLES)
CASE_FIELDS: Final = (
    "student",
    "cause",
    "important",
    "state",
    "opened_on",
    "findings",
    "statement",
    "outcome",
    "until",
    "decided_by",
    "decided_on",
    "document",
    "explanation",
)
