"""The wizard 分配班级: whose classes, to which college; how many they are, by name, before."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.school.class_offices import ClassDesk, CollegeClasses, give_classes
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.give_classes.words import class_names, how_many
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind


@dataclass(frozen=True, slots=True)
class GiveClasses:
    """Who has which classes; which of them go where.

    ``which`` is the place of the chosen classes in the desk's list, as a text.
    """

    desk: ClassDesk
    which: str = "0"
    office: str = ""

    @property
    def college(self) -> CollegeClasses | None:
        """The classes that are given."""
        colleges = self.desk.colleges
        return colleges[int(self.which)] if self.which and colleges else None

    @property
    def office_name(self) -> str:
        """The name of the college that gets them."""
        return next((one.name for one in self.desk.offices if one.id == self.office), "")


def first_draft(desk: ClassDesk, office: str = "") -> GiveClasses:
    """Return the draft that the wizard begins with."""
    return GiveClasses(desk, office=office or (desk.offices[0].id if desk.offices else ""))


def problems(draft: GiveClasses) -> dict[str, str]:
    """Return what is missing or wrong, per field."""
    if draft.college is None:
        return {"which": tr("还没有班级。请先在“批次名单”里读入录取名单。")}
    if not draft.office:
        return {"office": tr("还没有院部加入学校。请先在“席位”批复它们的申请。")}
    if draft.office == draft.college.office:
        return {"office": tr("这些班已经归它，请选择另一个院部。")}
    return {}


def choice_title(college: CollegeClasses) -> str:
    """Return classes as a choice: how many, and who has them."""
    held = (
        tr("现在归{office_name}", office_name=college.office_name)
        if college.office
        else tr("还没有分配")
    )
    return tr(
        "{name}：{how_many}，{held}", name=college.name, how_many=how_many(college), held=held
    )


def confirm_sentences(draft: GiveClasses) -> tuple[str, ...]:
    """Say whose classes go where, and what that means."""
    college = draft.college
    if college is None:
        return ()
    said = [
        tr(
            "把名单里“{name}”的 {how_many}分配给{office_name}：{class_names}。",
            name=college.name,
            how_many=how_many(college),
            office_name=draft.office_name,
            class_names=class_names(college),
        )
    ]
    if college.office:
        said.append(
            tr(
                "这些班现在归{before}。它已经登记和报送的仍然有效，以后的内容改发给{office_name}。",
                before=college.office_name,
                office_name=draft.office_name,
            )
        )
    else:
        said.append(tr("分配错了可以再分配一次。"))
    return tuple(said)


def done_sentences(draft: GiveClasses) -> tuple[str, ...]:
    """Say what was done and what comes next."""
    college = draft.college
    name, much = (college.name, how_many(college)) if college else ("", "")
    return (
        tr(
            "“{name}”的 {much}已分配给{office_name}。",
            name=name,
            much=much,
            office_name=draft.office_name,
        ),
        tr(
            "接下来：在“收发”里给{office_name}导出一份报送包，它收入以后就能看到这些班级。",
            office_name=draft.office_name,
        ),
    )


def giving_wizard(desk: Desk, draft: GiveClasses, parent: QWidget) -> Wizard[GiveClasses]:
    """Return the wizard."""
    which = tuple((str(n), choice_title(c)) for n, c in enumerate(draft.desk.colleges))
    offices = tuple((office.id, office.name) for office in draft.desk.offices)
    form = OneForm(
        title=tr("分配班级"),
        guide="学籍科的三个页面#批次名单",
        form=lambda: FormStep(
            tr("哪些班级交给哪个院部？"),
            tr(
                "名单上的院部和席位的名称一致时自动分配；写法不同的，例如“医学部”和“医学院”，在这里分配。"
            ),
            (
                Field("which", tr("名单上的院部"), kind=Kind.CHOICE, options=which),
                Field("office", tr("分配给"), kind=Kind.CHOICE, options=offices),
            ),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("分配班级"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: GiveClasses, _progress: Progress) -> GiveClasses:
    """Give the classes."""
    if draft.college:
        give_classes(session, draft.college, draft.office)
    return draft
