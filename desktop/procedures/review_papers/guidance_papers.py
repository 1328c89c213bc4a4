"""What is printed to be read, hung up or filled in: training, poster, forms (细则 一(三)1, 3)."""

from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.checklists import EVERYBODY, ChecklistItem
from desktop.domain.posters import Poster
from desktop.domain.recheck_forms import FIVE_NOTS, FormHead, RecheckForm, form_code
from desktop.domain.review_fields import COMPARED_TITLES, SIX_TITLES
from desktop.domain.review_rules import ReviewRules, percent_asked
from desktop.domain.rounds import ClassGroup
from desktop.domain.written_papers import (
    KIND_TITLES,
    Heading,
    PaperColumn,
    PaperKind,
    PaperTable,
    Prose,
    WrittenPaper,
)
from desktop.procedures.review_papers.paper_words import NUMBER, Frame, day, numbered
from desktop.store.students import Student

_SIX_HINTS: Final = {
    "photo": "看系统里的录取照片，与本人对照五官和脸型",
    "notice": "看姓名、专业和照片，与身份证和录取名单对照",
    "exam_card": "看姓名、准考证号和照片；没有带的，登记“没有”",
    "archive_file": "看姓名、考生号、照片和笔迹；密封完好，当面拆封",
    "id_card": "看正反两面、有效期和住址，与系统里的身份证号逐位对照",
    "person": "本人在场，摘下口罩、帽子和眼镜，口述出生日期和毕业中学",
}
_VERDICTS: Final = (
    ("正常", "六对照一致，人像比对通过，或人工对照照片、身份证和本人都一致"),
    ("存疑", "有一项对不上，或者比对不通过而又不能当场认定；写明疑点，请第二人复核"),
    ("异常", "明显不是本人，或证件、档案有假；写明情况，保留证据，立即报告学工科"),
)


_HELD: Final = "培训时间：＿＿＿＿年＿＿月＿＿日　地点：＿＿＿＿＿＿＿　主讲人：＿＿＿＿＿"
"""Written by hand on the sheet, for the training is recorded from it."""


def training_material(
    frame: Frame, office: str, rules: ReviewRules, items: Sequence[ChecklistItem]
) -> WrittenPaper:
    """Return the material with which class teachers are trained (细则 一(三)1)."""
    return WrittenPaper(
        PaperKind.TRAINING,
        office,
        frame.school,
        KIND_TITLES[PaperKind.TRAINING],
        (frame.round_name, "学生工作处"),
        (
            Heading("一、要求和时间"),
            Prose(
                "新生入学资格审查要做到一个不能多、一个不能少、一个不能错。班主任对本班新生逐一核对，"
                "谁核对、谁签字、谁负责；没有参加培训的班主任，不能开始本班的审查。"
            ),
            Prose(
                f"报到时间：{day(rules.check_in_from)}至{day(rules.check_in_until)}。请假的登记请假到"
                f"哪一天；报到截止后 {rules.no_show_days} 天仍未报到的，由招生工作处确认"
                "视为放弃入学资格。"
            ),
            Heading("二、材料清单"),
            _checklist_table(items),
            Prose("缺交的材料，与学生约定补交日期并登记；材料不全的学生列为复查的重点对象。"),
            Heading("三、六对照"),
            _six_table(),
            Prose(
                f"每一项登记“{'”“'.join(COMPARED_TITLES.values())}”之一。系统里可以把照片并排放大对照。"
            ),
            Heading("四、人像比对"),
            Prose(
                "第一次班会时组织学生扫描本院部的二维码，按提示采集人像、完成比对并在手机上签字。"
                f"相似度达到 {percent_asked(rules.face_threshold)} 为通过；"
                "低于合格线、失败或未进行的，由班主任人工对照照片、身份证和本人。"
            ),
            Heading("五、核对结论怎么填"),
            PaperTable(
                (PaperColumn("结论", 20), PaperColumn("什么情况下填", 150, left=True)), _VERDICTS
            ),
            Prose("报表里“存疑”的人数包括核对为存疑、异常和六对照有不一致的学生。"),
            *_second_check(rules),
            Heading("六、核验报告单"),
            Prose(
                "全班核对完以后，由学工科打印核验报告单，班主任逐行看过后签字，交学工科。"
                "打印以后又改了登记的，原来的报告单作废，要重新打印、重新签字。"
            ),
        ),
    )


def sign_in_sheet(
    frame: Frame, office: str, colleges: Mapping[str, Sequence[ClassGroup]]
) -> WrittenPaper:
    """Return the sheet on which class teachers sign in for the training, by college."""
    columns = (
        NUMBER,
        PaperColumn("班级", 52),
        PaperColumn("班主任", 34),
        PaperColumn("本人签名", 44),
        PaperColumn("日期", 34),
    )
    tables = tuple(
        PaperTable(
            columns,
            numbered((group.name, group.class_teacher, "", "") for group in groups),
            title=f"{college}（{len(groups)} 个班）",
            label=1,
            writing=True,
        )
        for college, groups in colleges.items()
    )
    return WrittenPaper(
        PaperKind.TRAINING_SIGN_IN,
        office,
        frame.school,
        KIND_TITLES[PaperKind.TRAINING_SIGN_IN],
        (frame.round_name, "学生工作处", f"{sum(map(len, colleges.values()))} 个班"),
        (Prose(_HELD), *(tables or (PaperTable(columns, (), empty="还没有班级"),))),
    )


def five_nots(frame: Frame, office: str) -> WrittenPaper:
    """Return the instruction how the re-check form is filled in."""
    columns = (PaperColumn("", 12, numbers=True), PaperColumn("要求", 46), PaperColumn("说明", 110))
    return WrittenPaper(
        PaperKind.FIVE_NOTS,
        office,
        frame.school,
        KIND_TITLES[PaperKind.FIVE_NOTS],
        (frame.round_name,),
        (
            Prose(
                "复查表上问的，都是本人应当知道、档案里也有的内容。填写的目的，是确认坐在这里的就是被"
                "录取的人。填写在 30 分钟以内完成，填完当场收齐、当场核对人和表。"
            ),
            PaperTable(columns, numbered(FIVE_NOTS), label=1, writing=True),
            Heading("班主任怎么做"),
            Prose("填写前清点人数，核对座位；缺席的登记姓名，另约时间补填，不得带回填写。"),
            Prose("填写中全程在场，不解释答案；学生提问的，只回答“按记忆填写”。"),
            Prose(
                "收表时看每一项是否填写、是否签字、笔迹样本是否抄写，逐人核对表和本人；"
                "然后拍照或扫描，以“学号+姓名”命名，交院部学工科。"
            ),
        ),
    )


def poster(frame: Frame, college: str, rules: ReviewRules, printed_at: str) -> Poster:
    """Return the poster of a college; its link is the round's setting."""
    dates = (
        f"{day(rules.check_in_from)}至{day(rules.check_in_until)}" if rules.check_in_from else ""
    )
    return Poster(frame.school, college, frame.round_name, rules.face_link, dates, printed_at)


def forms_of_class(
    head: FormHead, rules: ReviewRules, round_id: str, students: Sequence[Student]
) -> list[RecheckForm]:
    """Return the forms of a class, one for each student."""
    return [
        RecheckForm(
            head,
            rules.form_fields,
            number,
            student.identity.student_number,
            form_code(round_id, student.subject),
        )
        for number, student in enumerate(students, start=1)
    ]


def _checklist_table(items: Sequence[ChecklistItem]) -> PaperTable:
    columns = (
        NUMBER,
        PaperColumn("材料", 56),
        PaperColumn("哪些学生必须交", 60),
        PaperColumn("说明", 60, left=True),
    )
    rows = numbered((item.title, _asked_of(item), item.note) for item in items)
    return PaperTable(columns, rows, empty="材料清单还没有下发", label=1)


def _asked_of(item: ChecklistItem) -> str:
    if EVERYBODY in item.required_types:
        return "全部新生"
    return "、".join(item.required_types) or "有此情况的学生"


def _second_check(rules: ReviewRules) -> tuple[Prose, ...]:
    """Return whom a second person looks at, nothing where nobody is asked for."""
    whom = {
        "all": "每名学生核对以后，由第二人复核。",
        "doubtful": "核对为存疑、异常的学生，由第二人复核。",
    }
    told = whom.get(rules.second_check)
    return (Prose(f"{told}复核人和核对人不能是同一个人。"),) if told else ()


def _six_table() -> PaperTable:
    columns = (NUMBER, PaperColumn("对照", 30), PaperColumn("怎么看", 130, left=True))
    rows = numbered((title, _SIX_HINTS[thing]) for thing, title in SIX_TITLES.items())
    return PaperTable(columns, rows, label=1)
