"""Papers to print, and eyes to read them with."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.pagination import paginate
from desktop.domain.papers import (
    AnnotatedList,
    AnnotatedRow,
    Register,
    RegisterClass,
    RegisterRow,
    SheetPage,
    SheetRow,
    SignatureSheet,
    StatisticRow,
)

LONGEST_NAME = "玛尔哈巴·阿卜杜热合曼江·吐尔逊那依·买买提艾力江克孜"
RARE_NAME = "由𬱖䶮㼆𠀀"

_PDFTOTEXT = shutil.which("pdftotext") or "pdftotext"

MakeSheet = Callable[..., SignatureSheet]
MakeRegister = Callable[..., Register]
ReadText = Callable[..., str]


def _sheet_row(number: int) -> SheetRow:
    names = {1: LONGEST_NAME, 2: RARE_NAME}
    return SheetRow(
        student=f"s{number}",
        number=number,
        student_number=f"20260101{number:04d}",
        name=names.get(number, f"学生{number}"),
        sex="男" if number % 2 else "女",
        id_number=f"42062420080724{number:04d}",
        major="智能网联汽车技术（中外合作办学）" if number == 1 else "护理",
    )


@pytest.fixture
def make_sheet() -> MakeSheet:
    def make(students: int = 5, **changes: Any) -> SignatureSheet:  # noqa: ANN401
        rows = tuple(_sheet_row(number) for number in range(1, students + 1))
        pages = tuple(
            SheetPage(
                span.page,
                rows[span.first : span.stop],
                f"{span.page:064x}",
                span.blank_rows,
                span.sign_offs,
            )
            for span in paginate(students)
        )
        fields: dict[str, Any] = {
            "sheet_number": "2026XJ000123",
            "digest": "ab" * 32,
            "school": "襄阳职业技术学院",
            "title": "新生学籍注册核对签字表",
            "round_name": "2026级新生学籍注册",
            "office_name": "信息技术学院",
            "class_name": "计算机应用2601班",
            "class_teacher": "王建国",
            "student_count": students,
            "page_count": len(pages),
            "pages": pages,
            "sign_off_titles": ("班主任", "学工科", "教务科", "主要负责人"),
            "proxy_allowed": False,
            "printed_at": "2026-10-12 09:30",
        }
        return SignatureSheet(**(fields | changes))

    return make


@pytest.fixture
def make_register() -> MakeRegister:
    def make(
        colleges: int = 2,
        students: int = 4,
        marked: int = 1,
        **changes: Any,  # noqa: ANN401
    ) -> Register:
        classes = tuple(
            RegisterClass(
                f"第{college}学院",
                "510201",
                "计算机应用技术",
                f"计{college}班",
                "王建国",
                tuple(_register_row(college * 1000 + row) for row in range(students)),
            )
            for college in range(1, colleges + 1)
        )
        rows = tuple(
            AnnotatedRow(
                "第1学院", "计1班", f"2026{n:04d}", f"2642{n:010d}", f"标注{n}", "男", "应征入伍"
            )
            for n in range(1, marked + 1)
        )
        fields: dict[str, Any] = {
            "school": "襄阳职业技术学院",
            "title": "新生学籍注册名册",
            "year": "2026级",
            "office_name": "教务处",
            "volume": "第一册",
            "date": "2026-11-05",
            "digest": "0123456789abcdef" * 4,
            "classes": classes,
            "statistics": tuple(
                line
                for college in range(1, colleges + 1)
                for line in (
                    StatisticRow(f"第{college}学院", "", 2, 2, students, 0, 0, 0, 0),
                    StatisticRow(f"第{college}学院", "计算机应用技术", 2, 2, students, 0, 0, 0, 0),
                )
            ),
            "total": StatisticRow("全校", "", 4, 4, colleges * students, marked, 0, 0, 0),
            "annotated": (
                AnnotatedList(
                    "保留入学资格学生名单", "下列学生保留入学资格。", rows, has_until=True
                ),
                AnnotatedList("取消入学资格学生名单", "下列学生取消入学资格。", ()),
            ),
            "approvals": ("教务处负责人", "分管校长"),
            "printed_at": "2026-11-05 10:12",
        }
        return Register(**(fields | changes))

    return make


def _register_row(number: int) -> RegisterRow:
    return RegisterRow(
        f"2026{number:08d}",
        LONGEST_NAME if number % 1000 == 0 else f"学生{number}",
        "男" if number % 2 else "女",
        "2008-07-24",
        f"42062420080724{number:04d}",
        f"26420301{number:06d}",
        "汉族",
        "3",
    )


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Read the text of a PDF back, of all pages or of one, with its spaces removed."""

    def read(data: bytes, page: int | None = None) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(data)
        pages = [] if page is None else ["-f", str(page), "-l", str(page)]
        found = subprocess.run(
            [_PDFTOTEXT, "-raw", *pages, str(path), "-"], check=True, capture_output=True
        )
        assert not found.stderr, "poppler complains about the file"
        return "".join(found.stdout.decode().split())

    return read
