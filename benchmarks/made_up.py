"""Made-up names, numbers and rows; nothing of the program is needed to make them up."""

from desktop.domain.id_numbers import check_character

CLASSES_EACH = 10
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平玥垚喆堃梓涵雨桐浩然欣怡俊熙"
_BIRTHS = [
    f"{year}{month:02d}{day:02d}"
    for year in (2007, 2008)
    for month in range(1, 13)
    for day in range(1, 29)
]


def college_name(place: int) -> str:
    """Return the name of a college."""
    return f"第{place + 1:02d}学院"


def person_name(number: int) -> str:
    """Return the name of a person."""
    given = _GIVEN[number * 11 % len(_GIVEN)] + _GIVEN[number * 5 % len(_GIVEN)]
    return _SURNAMES[number * 7 % len(_SURNAMES)] + given


def made_up_row(place: int, students: int, colleges: int) -> tuple[str, ...]:
    """Return one faultless row of the roster; its numbers count the place in the list."""
    size = students // colleges
    college, within = divmod(place, size)
    group = within * CLASSES_EACH // size
    male = place % 2
    birth = _BIRTHS[place // 2 % len(_BIRTHS)]
    body = f"420602{birth}{place // 2 // len(_BIRTHS) * 2 + male:03d}"
    return (
        f"264206{place:08d}", f"2026{college + 1:02d}{group + 1:02d}{within + 1:04d}",
        person_name(place), "男" if male else "女", birth, body + check_character(body), "汉族",
        "共青团员", college_name(college), "510201", "计算机应用技术", f"计算机26{group + 1:02d}班",
        "专科(高职)", "3", "普通全日制", "20260901", "20290630", "普通高考", "襄阳市第五中学",
        f"138{place:08d}",
    )  # fmt: skip
