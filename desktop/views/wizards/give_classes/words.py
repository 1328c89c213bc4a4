"""Who has which classes, told as plain functions."""

from collections.abc import Sequence

from desktop.domain.offices import Office, OfficeKind
from desktop.procedures.school.class_offices import CollegeClasses
from desktop.views.language import tr

_NAMED, _COLLEGES_NAMED = 5, 3


def how_many(college: CollegeClasses) -> str:
    """Return how much a college's classes are: “12 个班，350 名学生”."""
    return tr(
        "{count} 个班，{students:,} 名学生",
        count=len(college.classes),
        students=college.students,
    )


def class_names(college: CollegeClasses) -> str:
    """Name the first few classes, and say how many there are."""
    first = "、".join(college.classes[:_NAMED])
    count = len(college.classes)
    return first if count <= _NAMED else tr("{first}等 {count} 个班", first=first, count=count)


def loose_sentence(loose: Sequence[CollegeClasses]) -> str:
    """Say which classes nobody has, "" where there are none; many are counted."""
    if not loose:
        return ""
    if len(loose) > _COLLEGES_NAMED:
        return tr(
            "还有 {colleges} 个院部的 {classes} 个班没有分配：{names}等。",
            colleges=len(loose),
            classes=sum(len(one.classes) for one in loose),
            names="、".join(one.name for one in loose[:_COLLEGES_NAMED]),
        )
    colleges = "、".join(
        tr("{name}（{how_many}）", name=one.name, how_many=how_many(one)) for one in loose
    )
    return tr("还没有分配的班级：{colleges}。", colleges=colleges)


def joining_sentences(office: Office, loose: Sequence[CollegeClasses]) -> tuple[str, ...]:
    """Say what happens to classes when a college joins; nothing where no class waits."""
    if office.kind is not OfficeKind.COLLEGE or not loose:
        return ()
    same = [one for one in loose if one.name == office.name]
    if same:
        return (
            tr(
                "名单里“{name}”的 {how_many}还没有分配，批复时一起分配给它。",
                name=office.name,
                how_many=how_many(same[0]),
            ),
        )
    return (
        tr(
            "没有待分配的班级叫“{name}”。{loose}"
            "名称写法不同的，批复以后在“批次名单”里点“分配班级…”。",
            name=office.name,
            loose=loose_sentence(loose),
        ),
    )


def joined_sentence(office: Office, loose: Sequence[CollegeClasses]) -> str:
    """Say which classes a college was given as it joined, "" where there were none."""
    given = [one for one in loose if office.kind is OfficeKind.COLLEGE and one.name == office.name]
    if not given:
        return ""
    return tr("{name}的 {how_many}已分配给它。", name=office.name, how_many=how_many(given[0]))
