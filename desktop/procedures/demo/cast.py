"""Made-up people for the demo: a roster of any size. No person in it exists."""

import random
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.id_numbers import check_character
from desktop.domain.students import Identity
from desktop.files import write_durably
from desktop.interchange.lists import ListColumn, write_list

FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
    "于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
    "龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国红梅志立飞佳琪宇浩然子轩"
    "雨欣梓涵思嘉怡俊博文天翔晨曦欣悦雅婷诗琳喆堃垚玥頔"
)
RARE_NAMES = ("䶮", "𬱖", "㛃", "𠀀")
COLLEGES = (
    "信息技术学院", "医学院", "经济管理学院", "智能制造学院", "汽车工程学院", "建筑工程学院",
    "师范学院", "农学院", "旅游学院", "生物工程学院", "艺术设计学院", "公共课部",
    "马克思主义学院", "体育学院", "国际教育学院", "继续教育学院", "护理学院", "人工智能学院",
    "商学院", "现代农业学院",
)  # fmt: skip
_MAJORS = (
    ("510201", "计算机应用技术"), ("510203", "软件技术"), ("520201", "护理"),
    ("530302", "大数据与会计"), ("460301", "机电一体化技术"), ("460701", "汽车制造与试验技术"),
    ("440301", "建筑工程技术"), ("570102K", "学前教育"), ("410105", "园艺技术"),
    ("540101", "旅游管理"), ("490201", "药品生产技术"), ("550104", "视觉传达设计"),
)  # fmt: skip
_HEADER = (
    "考生号", "学号", "姓名", "性别", "出生日期", "身份证号", "民族", "政治面貌", "院部",
    "专业代码", "专业名称", "班级", "层次", "学制", "学习形式", "入学日期", "预计毕业日期",
    "录取类型", "毕业中学", "联系电话", "备注",
)  # fmt: skip
_CLASS_SIZE = 45


def teacher(dice: random.Random) -> str:
    """Return a name for a class teacher, a clerk or a head."""
    return dice.choice(FAMILY) + "".join(dice.sample(GIVEN, 2))


def write_roster(path: Path, students: int, colleges: int, seed: int) -> None:
    """Write a faultless roster of any size as a workbook.

    Args:
        path: the file.
        students: how many.
        colleges: over how many colleges they are spread, in classes of 45.
        seed: the same seed gives the same file.
    """
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    rows = []
    per_college = -(-students // colleges)
    for place in range(students):
        college, within = divmod(place, per_college)
        group = within // _CLASS_SIZE
        code, major = _MAJORS[(college + group // 2) % len(_MAJORS)]
        rows.append(_row(dice, place, (college, group, within % _CLASS_SIZE), (code, major)))
    columns = [ListColumn(title, 14) for title in _HEADER]
    write_durably(path, write_list("新生名单", columns, rows))


def write_faces(path: Path, students: Sequence[Identity], seed: int) -> None:
    """Write what a face-comparison system says of students as a workbook.

    Args:
        path: the file.
        students: whom it has looked at, and some whom it has not.
        seed: the same seed gives the same file.
    """
    dice = random.Random(seed)  # noqa: S311 - a play, not a secret
    rows = []
    for one in students:
        result = dice.choices(("成功", "失败", "未进行"), (94, 4, 2))[0]
        likeness = f"{dice.uniform(0.78, 0.99):.3f}" if result == "成功" else ""
        rows.append((one.exam_number, one.id_number, one.name, result, likeness))
    titles = ("考生号", "身份证号", "姓名", "比对结果", "相似度")
    columns = [ListColumn(title, 14) for title in titles]
    write_durably(path, write_list("人像比对", columns, rows))


def _row(
    dice: random.Random, place: int, where: tuple[int, int, int], major: tuple[str, str]
) -> tuple[str, ...]:
    """Return one student's row; numbers are unique because they count the place in the list."""
    college, group, seat = where
    code, title = major
    male = dice.random() < 0.5  # noqa: PLR2004 - as many men as women
    birth = f"{dice.choice((2007, 2008))}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    # 500 orders of each sex and the region count the place: no two students share a number
    block, order = divmod(place, 500)
    region = f"42{6 + block // 90:02d}{1 + block % 90:02d}"
    body = f"{region}{birth}{order * 2 + male:03d}"
    name = dice.choice(FAMILY) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
    if place % 997 == 500:  # noqa: PLR2004 - a rare character now and then
        name = name[0] + RARE_NAMES[place // 997 % len(RARE_NAMES)]
    number = f"2026{college + 1:02d}{group + 1:02d}{seat + 1:04d}"
    return (
        f"264206{place:08d}", number, name, "男" if male else "女", birth,
        body + check_character(body), "汉族", "共青团员", COLLEGES[college % len(COLLEGES)],
        code, title, f"{title[:6]}26{group + 1:02d}班", "专科(高职)", "3", "普通全日制",
        "20260901", "20290630", "普通高考", "襄阳市第五中学", f"138{place:08d}", "",
    )  # fmt: skip
