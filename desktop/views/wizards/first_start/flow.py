"""The first start as data: its steps, their pages, their words."""

from dataclasses import replace

from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.school.waiting import WaitingPlace
from desktop.procedures.session import Progress
from desktop.views.language import tr
from desktop.views.passphrase_words import ADVICE, KEEP, strength
from desktop.views.runner import Runner
from desktop.views.wizards.first_start import acts
from desktop.views.wizards.first_start.answer_step import AnswerStep
from desktop.views.wizards.first_start.copy_step import CopyStep, copy_words, school_words
from desktop.views.wizards.first_start.draft import (
    ANSWER,
    BACKUPS,
    CREATE,
    JOIN,
    RESTORE,
    TRY,
    FirstStart,
    next_step,
    problems,
)
from desktop.views.wizards.frame import Detour, Flow, Step, StepPage
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import ChoiceStep, Field, FormStep, Kind, SummaryStep

_CHOICES = (
    (CREATE, tr("创建学校"), tr("教务处学籍科在第一台电脑上做一次，其他部门都加入这所学校。")),
    (
        JOIN,
        tr("加入学校"),
        tr("院部和其他部门选这一项。需要学籍科批复，不用网络，用U盘传递两个文件。"),
    ),
    (RESTORE, tr("从备份恢复"), tr("换了电脑或者数据损坏时，把本席位的一份备份放回来。")),
    (TRY, tr("先试一试"), tr("用一所虚构的学校走一遍，数据单独存放，不会与正式数据混在一起。")),
)
_ROLES = (
    (
        "registrar",
        tr("教务处学籍科"),
        tr("收齐了各院部的报送包，名册已经打印，可以看到完整的一批。"),
    ),
    ("college-01", tr("院部"), tr("只看到本院部的班级和学生。")),
)
_LOST_SCHOOL = tr("学校只能重新建立，各部门重新加入。")
_LOST_SEAT = tr("只能作为新席位重新加入，没有报送的内容要照纸面重新登记。")
_KINDS = tuple(
    (str(kind), title)
    for kind, title in OFFICE_KIND_TITLES.items()
    if kind is not OfficeKind.REGISTRAR
)


def _choice() -> StepPage[FirstStart]:
    return ChoiceStep(tr("这台电脑要做什么？"), "choice", _CHOICES)


def _role() -> StepPage[FirstStart]:
    return ChoiceStep(tr("想看谁的桌面？"), "role", _ROLES)


def _school() -> StepPage[FirstStart]:
    fields = (
        Field("school_name", tr("学校全称"), tr("与公章一致。")),
        Field("school_code", tr("学校代码"), tr("教育部公布的五位代码，例如 12354。")),
        Field("president", tr("院长姓名"), tr("可以以后再填。")),
    )
    return FormStep(tr("学校叫什么？"), tr("这些会印在名册和签字表上。"), fields)


def _office() -> StepPage[FirstStart]:
    fields = (
        Field("school_code", tr("学校代码"), tr("五位数字，可向学籍科询问。")),
        Field("office_kind", tr("部门"), kind=Kind.CHOICE, options=_KINDS),
        Field("office_name", tr("院部全称"), tr("只有院部要填，与录取名单上的写法一致。")),
        Field(
            "seat_name", tr("这台电脑的名字"), tr("例如“张老师的电脑”，学籍科据此认出是哪一台。")
        ),
    )
    return FormStep(tr("这是哪个部门的电脑？"), tr("学籍科批复时会看到这些内容。"), fields)


class OperatorStep(FormStep):
    """Who works here, and the passphrase; what it means to lose it is said before."""

    def __init__(self) -> None:
        fields = (
            Field("operator", tr("经办人姓名"), tr("办理的每一步都会写明是谁。")),
            Field(
                "passphrase",
                tr("口令"),
                ADVICE,
                Kind.SECRET,
                remark=lambda texts: strength(texts["passphrase"], texts["operator"]),
            ),
            Field("again", tr("再输入一次口令"), kind=Kind.SECRET),
        )
        super().__init__(tr("谁在这台电脑上办理？"), "", fields)

    def show_draft(self, draft: FirstStart) -> None:
        """Say what is lost with the passphrase."""
        super().show_draft(draft)
        self.say(
            tr(
                "每次打开程序都要输入口令。忘了没有人能找回，备份也要用它才能打开：{lost}{keep}",
                lost=_LOST_SCHOOL if draft.choice == CREATE else _LOST_SEAT,
                keep=KEEP,
            )
        )


def _request(runner: Runner) -> StepPage[FirstStart]:
    return PlaceStep(
        runner,
        tr("加入申请写到哪里？"),
        lambda _draft: tr("申请是一个小文件，请交给学籍科；U盘丢了可以再写一次。"),
        name="request_folder",
    )


def _confirm_create() -> StepPage[FirstStart]:
    return SummaryStep(tr("将要创建学校"), _creating)


def _creating(draft: FirstStart) -> tuple[str, ...]:
    return (
        tr(
            "学校：{school_name}（代码 {school_code}）。",
            school_name=draft.school_name,
            school_code=draft.school_code,
        ),
        tr(
            "这台电脑成为教务处学籍科的第一个席位，由它批复其他部门加入。经办人：{operator}。",
            operator=draft.operator,
        ),
        tr("数据存放在：{folder}", folder=draft.folder),
    )


def _created() -> StepPage[FirstStart]:
    return SummaryStep(
        tr("学校已创建"),
        lambda draft: (
            tr(
                "“{school_name}”已经建好，{operator}可以登录办理。",
                school_name=draft.school_name,
                operator=draft.operator,
            ),
            tr(
                "接下来：在“批次名单”里新建批次，读入录取名单；请各院部在自己的电脑上选择“加入学校”。"
            ),
        ),
    )


def _confirm_join() -> StepPage[FirstStart]:
    return SummaryStep(
        tr("将要申请加入"),
        lambda draft: (
            tr(
                "{applicant_name}的“{seat_name}”申请加入代码为 "
                "{school_code} 的学校。经办人：{operator}。",
                applicant_name=draft.applicant_name,
                seat_name=draft.seat_name,
                school_code=draft.school_code,
                operator=draft.operator,
            ),
            tr("加入申请写到：{request_folder}", request_folder=draft.request_folder),
            tr("数据存放在：{folder}", folder=draft.folder),
        ),
    )


def _joined() -> StepPage[FirstStart]:
    return SummaryStep(
        tr("已加入学校"),
        lambda draft: (
            tr("已加入{joined}，请登录。", joined=draft.joined),
            tr("接下来：收入学籍科下发的报送包，班级和学生就会出现在工作台上。"),
        ),
    )


def _confirm_try() -> StepPage[FirstStart]:
    return SummaryStep(
        tr("将要准备练习用的学校"),
        lambda draft: (
            tr(
                "准备一所虚构的学校：十二个院部、一整批新生，从下发名单一直走到名册。"
                "大约需要半分钟，可以随时取消。"
            ),
            tr(
                "练习数据存放在：{practice_folder}，以前的练习会重新开始。",
                practice_folder=draft.practice_folder,
            ),
            tr("练习时每一页上方都有醒目的提示，练习用的文件不能收进正式的学校。"),
        ),
    )


def _ready() -> StepPage[FirstStart]:
    return SummaryStep(
        tr("可以开始练习"),
        lambda _draft: (
            tr(
                "练习用的学校已经准备好。登录时口令填“{passphrase}”，练习里每个人的口令都是它。",
                passphrase=PASSPHRASE,
            ),
            tr("随便点，随便改，不会影响任何真实的学生。"),
        ),
    )


def _backups() -> StepPage[FirstStart]:
    fields = (
        Field("backups_folder", tr("备份文件夹"), tr("备份时选的文件夹或U盘。"), Kind.FOLDER),
    )
    return FormStep(tr("备份在哪里？"), tr("会逐份检查是否完好，备份本身不会改动。"), fields)


def _opener() -> StepPage[FirstStart]:
    fields = (
        Field("operator", tr("经办人姓名"), tr("这份备份里的任何一位经办人。")),
        Field(
            "passphrase",
            tr("口令"),
            tr("做这份备份时用的口令；后来改过口令的，填改之前的。"),
            Kind.SECRET,
        ),
    )
    return FormStep(tr("谁来打开这份备份？"), tr("口令不对就不会恢复。"), fields)


def _restoring(draft: FirstStart) -> tuple[str, ...]:
    copy = draft.chosen_copy
    return (
        *((tr("学校：{school_words}。", school_words=school_words(copy)),) if copy else ()),
        tr("恢复这一份：{copy_words}。", copy_words=copy_words(copy) if copy else ""),
        tr("恢复到：{folder}。这里现有的数据不会删除，改名保留在旁边。", folder=draft.folder),
        tr("这份备份以后登记的内容要照纸面重新登记。原来的电脑如果还在，恢复以后不要再用它办理。"),
    )


def _restored(draft: FirstStart) -> tuple[str, ...]:
    aside = (
        (tr("恢复以前的数据保留在：{kept_aside}", kept_aside=draft.kept_aside),)
        if draft.kept_aside
        else ()
    )
    return (
        tr("备份已经恢复，并检查完好。"),
        *aside,
        tr("接下来：登录，先收入一份对方最新的报送包，再登记和导出。"),
    )


def first_start_flow(runner: Runner, waiting: WaitingPlace) -> Flow[FirstStart]:
    """Return the flow of the first start.

    Args:
        runner: looks at sticks.
        waiting: keeps the folder for this window as soon as its seat waits for an answer.
    """

    def request(draft: FirstStart, progress: Progress) -> FirstStart:
        asked = acts.request(draft, progress)
        waiting.hold(asked.folder)
        return asked

    def put_back(draft: FirstStart, progress: Progress) -> FirstStart:
        with waiting.let_go(draft.folder):  # no system renames a folder in which a file is open
            return acts.put_back(draft, progress)

    return Flow(
        title=tr("籍册"),
        guide="建立学校和加入学校",
        first="choice",
        next_step=next_step,
        problems=problems,
        steps={
            "choice": Step(tr("开始"), _choice, guide="第一次打开"),
            "school": Step(tr("学校"), _school),
            "office": Step(tr("部门"), _office),
            "operator": Step(tr("经办人"), OperatorStep),
            "request": Step(tr("加入申请"), lambda: _request(runner)),
            "confirm_create": Step(tr("创建学校"), _confirm_create, acts.create, tr("创建学校")),
            "created": Step(tr("完成"), _created, button=tr("登录")),
            "confirm_join": Step(tr("提出申请"), _confirm_join, request, tr("写出加入申请")),
            ANSWER: Step(
                tr("核对和批复"),
                lambda: AnswerStep(runner, waiting),
                acts.join,
                tr("采用批复"),
                detour=Detour(
                    tr("从备份恢复…"), lambda draft: replace(draft, choice=RESTORE), BACKUPS
                ),
            ),
            "joined": Step(tr("完成"), _joined, button=tr("登录")),
            BACKUPS: Step(
                tr("备份在哪里"),
                _backups,
                acts.find_copies,
                tr("查找备份"),
                reads=True,
                guide="备份#恢复备份",
            ),
            "copy": Step(tr("选择备份"), CopyStep, guide="备份#恢复备份"),
            "opener": Step(tr("经办人"), _opener, guide="备份#恢复备份"),
            "confirm_restore": Step(
                tr("恢复"),
                lambda: SummaryStep(tr("将要恢复备份"), _restoring),
                put_back,
                tr("恢复这一份"),
                guide="备份#恢复备份",
            ),
            "restored": Step(
                tr("完成"),
                lambda: SummaryStep(tr("已经恢复"), _restored),
                button=tr("登录"),
                guide="恢复备份和更换电脑",
            ),
            "role": Step(tr("选择桌面"), _role, guide="第一次打开"),
            "confirm_try": Step(
                tr("准备练习"), _confirm_try, acts.practise, tr("准备练习"), guide="第一次打开"
            ),
            "ready": Step(tr("完成"), _ready, button=tr("开始练习"), guide="第一次打开"),
        },
    )
