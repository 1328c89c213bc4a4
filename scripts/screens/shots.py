"""The table of pictures: what each shows, and which page, step or dialog it stands for.

``covers`` is one of ``page KIND ID``, ``step MODULE STEP``, ``question MODULE`` (of a page that
asks before it acts) and ``dialog CLASS``; modules are below ``desktop.views``. Whoever takes a
picture checks that it shows what it says, and a test that nothing of the program is left out.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file name, what it shows, what of the program it covers."""

    name: str
    title: str
    covers: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that belong together in the index."""

    title: str
    shots: tuple[Shot, ...]


def _pages(start: str, kind: str, why: str, titles: dict[str, str]) -> tuple[Shot, ...]:
    return tuple(
        Shot(f"{start}-{id_}", f"{title}{why}", f"page {kind} {id_}")
        for id_, title in titles.items()
    )


def _steps(start: str, module: str, wizard: str, titles: dict[str, str]) -> tuple[Shot, ...]:
    return tuple(
        Shot(f"{start}-{step}", f"{wizard}：{title}", f"step {module} {step}")
        for step, title in titles.items()
    )


def _one_form(start: str, module: str, wizard: str) -> tuple[Shot, ...]:
    return _steps(start, module, wizard, {"form": "填写", "confirm": "确认", "done": "完成"})


EVERYONES_PAGES: Final = {
    "workbench": "工作台",
    "students": "学生",
    "student": "学生详情",
    "exchange": "收发",
    "documents": "文档",
    "settings": "设置",
    "help": "帮助",
}
REGISTRAR_PAGES: Final = {
    **EVERYONES_PAGES,
    "roster": "批次名单",
    "imports": "读入记录",
    "registration": "学籍注册",
    "decisions": "裁定",
    "seats": "席位",
}
LEADING_PAGES: Final = {"roster": "批次名单", "imports": "读入记录", "decisions": "裁定"}
RECHECK_PAGES: Final = {"recheck": "入学复查", "comparison": "录入比对", "spellings": "写法认定"}
COLLEGE_PAGES: Final = {
    **EVERYONES_PAGES,
    **RECHECK_PAGES,
    "imports": "读入记录",
    "check_in": "报到核验",
    "check_in_class": "班级报到核验",
    "signing": "核对签字",
    "recording": "登记签字",
    "class_list": "核对班级名单",
    "review_papers": "审查材料",
}
AFFAIRS_PAGES: Final = {
    **EVERYONES_PAGES,
    "preparation": "报到准备",
    "review_papers": "审查材料",
}
FINANCE_PAGES: Final = {**EVERYONES_PAGES, "imports": "读入记录"}
SETTINGS_TOPICS: Final = {
    "round": "批次规定",
    "photos": "照片要求",
    "operators": "经办人",
    "appearance": "外观",
    "printers": "打印",
    "data": "数据和备份",
}
_NOTHING: Final = "（还没有内容）"

FIRST_START = Group(
    "第一次打开、登录",
    (
        *_steps(
            "first-start",
            "wizards.first_start.flow",
            "第一次打开",
            {
                "choice": "这台电脑要做什么",
                "school": "学校",
                "operator": "经办人",
                "confirm_create": "确认创建学校",
                "created": "学校已创建",
                "office": "部门",
                "request": "加入申请写到哪里",
                "confirm_join": "确认申请加入",
                "answer": "核对和批复",
                "joined": "已加入",
                "role": "想看谁的桌面",
                "confirm_try": "准备练习",
                "ready": "可以练习",
                "backups": "备份在哪里",
                "copy": "选择备份",
                "opener": "谁来打开备份",
                "confirm_restore": "确认恢复备份",
                "restored": "已经恢复",
            },
        ),
        *_steps(
            "request-again",
            "wizards.first_start.request_again",
            "再写一次加入申请",
            {"request": "写到哪里", "written": "完成"},
        ),
        Shot(
            "request-give-up", "作废加入申请以前的提问", "question wizards.first_start.answer_step"
        ),
        Shot("first-start-missing", "第一次打开：没有填全", "step wizards.first_start.flow school"),
        Shot("wizard-help", "向导旁边的帮助", "dialog pages.help.window.HelpWindow"),
        Shot("opening", "正在打开", "dialog opening_sign.OpeningSign"),
        Shot("sign-in", "登录", "dialog sign_in.SignInPage"),
        Shot("sign-in-refused", "登录：口令不对", "dialog sign_in.SignInPage"),
        Shot("locked", "已锁定", "dialog sign_in.SignInPage"),
        Shot("closing", "退出时正在备份", "dialog frame.closing.ClosingDialog"),
    ),
)
FRAME = Group(
    "窗口里随处都有的",
    (
        Shot("jump", "转到（Ctrl+K）", "dialog frame.jump.Jump"),
        Shot("search", "查找学生", "page college workbench"),
        Shot("error", "提示和代码", "page college workbench"),
        Shot("error-details", "提示：展开细节", "page college workbench"),
        Shot("help-code", "帮助：一个代码的说明", "page college help"),
        Shot("practice", "练习环境", "page registrar workbench"),
    ),
)
REGISTRAR = Group(
    "学籍科的页面",
    (
        *_pages("registrar", "registrar", "", REGISTRAR_PAGES),
        *_pages("registrar-empty", "registrar", _NOTHING, REGISTRAR_PAGES),
        Shot("roster-held", "批次名单：存疑的行", "page registrar roster"),
        Shot("roster-loose", "批次名单：还没有分配的班级", "page registrar roster"),
        Shot("registration-waiting", "学籍注册：办理以前", "page registrar registration"),
        Shot("decisions-disagreements", "裁定：分歧", "page registrar decisions"),
        Shot("decisions-corrections", "裁定：更正", "page registrar decisions"),
        Shot("decisions-additions", "裁定：增补", "page registrar decisions"),
        *(
            Shot(f"settings-{id_}", f"设置：{title}", "page registrar settings")
            for id_, title in SETTINGS_TOPICS.items()
        ),
        Shot("exchange-received", "收发：收到的", "page registrar exchange"),
        Shot("exchange-sent", "收发：导出的", "page registrar exchange"),
        Shot("exchange-refused", "收发：拒收的", "page registrar exchange"),
        Shot("decide-alike", "裁定：一起裁定以前的提问", "question pages.decisions.page"),
        Shot("close-round", "结束批次以前的提问", "question pages.registration.page"),
        Shot("replace-document", "替换文件以前的提问", "question pages.documents.page"),
        Shot("printer-gone", "打印机找不到时的提问", "question dialogs.printing"),
        Shot("evidence", "证明材料", "dialog dialogs.evidence.EvidenceDialog"),
    ),
)
REGISTRAR_WIZARDS = Group(
    "学籍科的向导",
    (
        *_steps(
            "open-round",
            "wizards.open_round.flow",
            "新建批次并读入名单",
            {
                "round": "批次",
                "rules": "签字规定",
                "file": "选文件",
                "columns": "认栏目",
                "mend": "改问题",
                "content": "名单内容",
                "offices": "分配院部",
                "confirm": "确认",
                "done": "完成",
            },
        ),
        *_steps(
            "photos",
            "wizards.read_photos.flow",
            "读入照片",
            {
                "place": "选择照片",
                "found": "核对",
                "reason": "写明原因",
                "confirm": "确认",
                "done": "完成",
            },
        ),
        *_steps(
            "lists",
            "wizards.read_file.flow",
            "读入名单",
            {
                "file": "选文件",
                "columns": "认栏目",
                "mend": "改问题",
                "target": "用在哪里",
                "likely": "疑似同一人",
                "changes": "核对改动",
                "reason": "写明原因",
                "write": "写入",
                "done": "完成",
            },
        ),
        *_steps(
            "undo-import",
            "wizards.undo_import.flow",
            "撤销读入",
            {"look": "会撤销什么", "reason": "原因", "done": "完成"},
        ),
        Shot(
            "mend-reason",
            "改问题：按原样收入的原因",
            "dialog wizards.read_file.mending.reason.ReasonDialog",
        ),
        Shot(
            "find-character",
            "改问题：查找缺的字",
            "dialog dialogs.character_finder.CharacterFinder",
        ),
        *_one_form("admit", "wizards.admit_rows.flow", "收入存疑的行"),
        Shot("admit-many", "收入存疑的行：一起收入", "step wizards.admit_rows.flow form"),
        Shot("admit-wrong", "收入存疑的行：还有错误", "step wizards.admit_rows.flow form"),
        *_steps(
            "answer",
            "wizards.answer_request.flow",
            "批复加入申请",
            {
                "file": "申请文件",
                "digits": "核对数字",
                "office": "部门",
                "confirm": "批复",
                "place": "写出批复",
                "done": "完成",
            },
        ),
        Shot("answer-again", "再写一次批复文件", "step wizards.answer_request.flow place"),
        *_one_form("give", "wizards.give_classes.flow", "分配班级"),
        *_one_form("revoke", "pages.seats.revoking", "吊销席位"),
        *_steps(
            "merge",
            "wizards.merge_desk.flow",
            "收入报送包",
            {"files": "选择文件", "plan": "预览", "disputed": "完成，有分歧"},
        ),
        *_steps(
            "withdraw",
            "wizards.withdrawal.flow",
            "撤回报送包",
            {"look": "会撤回什么", "reason": "原因", "done": "完成"},
        ),
        *_one_form("verdict", "wizards.registration.verdict", "登记审查复查结论"),
        *_one_form("complete", "wizards.registration.completing", "补全信息"),
        *_one_form("issue", "wizards.registration.issuing", "办理注册"),
        *_one_form("change", "wizards.registration.changing", "更改结论"),
        Shot("change-missing", "更改结论：没有填全", "step wizards.registration.changing form"),
        *_one_form("reopen", "wizards.registration.reopening", "重新开启批次"),
        *_steps(
            "papers",
            "wizards.papers.flow",
            "生成名册和文件",
            {"what": "生成什么", "check": "检查", "done": "完成"},
        ),
        Shot("dispatch-content", "下发名单：选择部门", "step wizards.export.flow content"),
        *_steps(
            "again",
            "wizards.export.again",
            "重新写到U盘",
            {"place": "写到哪里", "done": "完成"},
        ),
    ),
)
COLLEGE = Group(
    "院部的页面",
    (
        *_pages("college", "college", "", COLLEGE_PAGES),
        *_pages("college-empty", "college", _NOTHING, COLLEGE_PAGES),
        Shot("check-in-workbench", "工作台（院部，入学资格审查）", "page college workbench"),
        Shot("check-in-leave", "班级报到核验：请假到哪一天", "page college check_in_class"),
        Shot(
            "check-in-except",
            "班级报到核验：材料，全班，除了……",
            "dialog pages.check_in.except_dialog.ExceptDialog",
        ),
        Shot(
            "check-in-except-six",
            "班级报到核验：六对照，全班，除了……",
            "dialog pages.check_in.except_dialog.ExceptDialog",
        ),
        Shot("check-in-untrained", "班级报到核验：班主任未经培训", "page college check_in_class"),
        Shot("signing-fresh", "核对签字：刚收到名单", "page college signing"),
        Shot("signing-finished", "核对签字：批次结束以后", "page college signing"),
        Shot("exchange-taken-back", "收发：对方已撤回", "page college exchange"),
        Shot("recording-entrance", "登记签字：选择签字表", "page college recording"),
        Shot("recording-unsigned", "登记签字：未签的原因", "page college recording"),
        Shot("recording-proxy", "登记签字：代签", "page college recording"),
    ),
)
COLLEGE_WIZARDS = Group(
    "院部的向导",
    (
        Shot("take-in-done", "收入报送包：完成", "step wizards.merge_desk.flow done"),
        *_one_form("check-in-waiver", "wizards.check_in.waiver", "同意先行开展"),
        *_steps(
            "paper-sign-off",
            "wizards.paper_sign_off.flow",
            "登记签字（审查材料）",
            {"form": "签字和盖章", "done": "完成"},
        ),
        *_steps(
            "check-in-retraction",
            "wizards.check_in.retraction",
            "撤回报到核验的登记",
            {"what": "撤回什么", "done": "完成"},
        ),
        *_steps(
            "collect",
            "wizards.collect_forms.flow",
            "收复查表",
            {
                "place": "放在哪里",
                "found": "找到了什么",
                "reason": "为什么可以收入",
                "confirm": "确认",
                "done": "完成",
            },
        ),
        *_one_form("all-sound", "pages.recheck.bulk", "一起登记“符合”"),
        *_one_form("recheck-take-back", "pages.recheck.small_wizards", "撤回复查的登记"),
        *_steps(
            "print",
            "wizards.print_sheets.flow",
            "打印核对签字表",
            {
                "classes": "选择班级",
                "scope": "打印哪些人",
                "preview": "预览",
                "output": "打印或保存",
            },
        ),
        Shot("print-leaving", "打印签字表：没有打印就离开以前的提问", "question wizards.frame"),
        *_steps(
            "correction",
            "wizards.on_sheet.correction",
            "提出更正",
            {"field": "改什么", "evidence": "证明材料", "done": "完成"},
        ),
        Shot("correction-missing", "提出更正：没有填全", "step wizards.on_sheet.correction field"),
        Shot("correction-doubt", "提出更正：存疑的值", "question wizards.frame"),
        *_steps(
            "place",
            "wizards.on_sheet.place",
            "放弃或保留入学资格",
            {
                "kind": "放弃还是保留",
                "paper": "原因和材料",
                "evidence": "附上扫描件",
                "done": "完成",
            },
        ),
        *_steps(
            "addition",
            "wizards.on_sheet.addition",
            "增补手写的学生",
            {"student": "纸面内容", "done": "完成"},
        ),
        *_steps(
            "retraction",
            "wizards.on_sheet.retraction",
            "撤回已保存的登记",
            {"what": "撤回什么", "done": "完成"},
        ),
        *_steps(
            "export",
            "wizards.export.flow",
            "导出报送包",
            {
                "round": "批次",
                "content": "选择班级",
                "place": "写到哪里",
                "confirm": "确认",
                "done": "完成",
            },
        ),
        Shot("export-stick", "导出报送包：插着U盘", "step wizards.export.flow place"),
        Shot("export-failed", "导出报送包：U盘拔掉了", "step wizards.export.flow confirm"),
    ),
)
LIST_OFFICES = Group(
    "计划财务处、教务处教务科的页面",
    (
        *_pages("finance", "finance", "（计划财务处）", FINANCE_PAGES),
        Shot("finance-workbench-empty", "工作台：还没有收到学生", "page finance workbench"),
        Shot("finance-next", "工作台：下一步读入名单", "page finance workbench"),
        Shot("finance-file", "读入名单：缴费情况表", "step wizards.read_file.flow file"),
        Shot("finance-changes", "读入名单：核对改动", "step wizards.read_file.flow changes"),
        Shot("finance-done", "读入名单：完成", "step wizards.read_file.flow done"),
        Shot("finance-export", "导出报送包：核对内容", "step wizards.export.flow content"),
        Shot("finance-lacking", "学生：还没有登记的", "page finance students"),
    ),
)
REVIEW_OFFICES = Group(
    "学生工作处、招生工作处的入学资格审查",
    (
        *_pages("affairs", "student_affairs", "（学生工作处）", AFFAIRS_PAGES),
        Shot("preparation-checklist", "报到准备：材料清单", "page student_affairs preparation"),
        Shot("preparation-training", "报到准备：班主任培训", "page student_affairs preparation"),
        Shot("preparation-issue", "下发以前的提问", "question pages.preparation.page"),
        *_one_form("training", "wizards.preparation.trained", "登记培训"),
        *_one_form("training-back", "wizards.preparation.taking_back", "收回培训登记"),
        Shot("preparation-admissions", "报到准备（招生工作处）", "page admissions preparation"),
        Shot("review-desk", "入学审查（招生工作处）", "page admissions entry_review"),
        Shot("review-different", "入学审查：与人像报告不一致", "page admissions entry_review"),
        *_one_form("review-verdict", "wizards.review_verdicts.deciding", "确认放弃入学资格"),
        *_one_form("qualified", "wizards.review_verdicts.qualified", "下达合格名单"),
    ),
)
OTHERS = Group(
    "其他部门的页面",
    (
        *_pages("admissions", "admissions", "（招生工作处）", {**EVERYONES_PAGES, **RECHECK_PAGES}),
        *_pages("admissions", "admissions", "（招生工作处）", LEADING_PAGES),
        Shot(
            "admissions-review_papers",
            "审查材料（招生工作处）",
            "page admissions review_papers",
        ),
    ),
)
RECHECK = Group(
    "复查汇总、专项核查",
    (
        Shot("recheck-desk", "复查汇总（招生工作处）", "page admissions recheck_desk"),
        Shot("recheck-student", "复查汇总：一名学生的情况", "page admissions recheck_desk"),
        Shot("cases-admissions", "专项核查（招生工作处）", "page admissions cases"),
        Shot("cases-college", "专项核查（院部）", "page college cases"),
        *_one_form("recheck-begin", "wizards.recheck.beginning", "新建复查批次"),
        *_steps(
            "approval",
            "wizards.recheck.approving",
            "领导小组审定",
            {"form": "审定", "files": "附上文件", "confirm": "确认", "done": "完成"},
        ),
        *_one_form("latecomers", "wizards.recheck.taking_back", "补入晚到学生"),
        *_one_form("recheck-issue", "wizards.recheck.issuing", "下达结论"),
        *_one_form("spelling", "wizards.recheck.spelling", "统一认定一种写法"),
        *_steps(
            "spelling-back",
            "wizards.recheck.spelling",
            "撤回写法认定",
            {"look": "会撤回什么", "reason": "原因"},
        ),
        *_one_form("recheck-recall", "wizards.recheck.taking_back", "收回复查结论"),
        *_one_form("case-open", "wizards.cases.opening", "立案核查"),
        *_steps(
            "case-note",
            "wizards.cases.noting",
            "登记核查记录",
            {"form": "核查记录", "files": "附上文件", "done": "完成"},
        ),
        *_one_form("case-findings", "wizards.cases.reasons", "核查情况小结"),
        *_steps(
            "case-end",
            "wizards.cases.concluding",
            "作结论",
            {
                "kind": "结论",
                "paper": "理由和文件",
                "files": "附上文件",
                "confirm": "确认",
                "done": "完成",
            },
        ),
    ),
)
GROUPS: Final = (
    FIRST_START,
    FRAME,
    REGISTRAR,
    REGISTRAR_WIZARDS,
    COLLEGE,
    COLLEGE_WIZARDS,
    RECHECK,
    LIST_OFFICES,
    REVIEW_OFFICES,
    OTHERS,
)
SHOTS: Final = tuple(shot for group in GROUPS for shot in group.shots)
