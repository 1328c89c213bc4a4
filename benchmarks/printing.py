"""Printing twenty thousand students, against reportlab drawing the same letters and lines.

The floor draws exactly what our papers draw: every operation is recorded once and then replayed on
a bare canvas, with ``drawString``, ``line`` and ``rect`` and nothing to decide. What we take beyond
it is the cost of deciding: pages, widths, fallback fonts, QR codes, glyph checks.
"""

import io
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from benchmarks import Figure
from desktop.domain.pagination import paginate
from desktop.domain.papers import (
    AnnotatedList,
    Register,
    RegisterClass,
    RegisterRow,
    SheetPage,
    SheetRow,
    SignatureSheet,
    StatisticRow,
)
from desktop.printing.fonts import Face, Style, font, runs
from desktop.printing.pen import MM, PAGE_HEIGHT, PAGE_WIDTH, Pen
from desktop.printing.register import draw_register, render_register
from desktop.printing.signature_sheets import draw_signature_sheets, render_signature_sheets

CLASS_SIZE = 45
RATIO = 2.0

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平玥垚喆堃梓涵雨桐浩然欣怡俊熙"
_HEIGHT = PAGE_HEIGHT * MM

Box = tuple[float, float, float, float]
Operation = Callable[[Any], None]


class RecordingPen(Pen):
    """A pen that also keeps what it draws, as calls on a bare canvas."""

    def __init__(self) -> None:
        super().__init__("benchmark", "benchmark")
        self.operations: list[Operation] = []

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Record one string for each typeface that it needs."""
        super().text(x, y, text, style)
        left, bottom = x * MM, _HEIGHT - y * MM
        for face, piece in runs(text, style.face):
            self.operations.append(_string(face, style.size, left, bottom, piece))
            left += font(face).stringWidth(piece, style.size)

    def lines(self, segments: Iterable[Box], width: float = 0.5) -> None:
        """Record straight lines."""
        kept = list(segments)
        super().lines(kept, width)
        turned = [(a * MM, _HEIGHT - b * MM, c * MM, _HEIGHT - d * MM) for a, b, c, d in kept]
        self.operations.append(lambda canvas: _each(canvas.line, turned))

    def filled(self, boxes: Iterable[Box]) -> None:
        """Record the black boxes, as one path like ours."""
        kept = list(boxes)
        super().filled(kept)
        turned = [(a * MM, _HEIGHT - (b + h) * MM, w * MM, h * MM) for a, b, w, h in kept]
        self.operations.append(lambda canvas: _fill(canvas, turned))

    def frame(self, left: float, top: float, wide: float, high: float, width: float = 1.0) -> None:
        """Record a rectangle."""
        super().frame(left, top, wide, high, width)
        box = (left * MM, _HEIGHT - (top + high) * MM, wide * MM, high * MM)
        self.operations.append(lambda canvas: canvas.rect(*box))

    def stamp(self, key: Any, draw: Callable[[], None]) -> None:  # noqa: ANN401
        """Record the form with its content where it is made, and its use."""
        before = len(self.operations)
        is_new = key not in self._forms
        super().stamp(key, draw)
        name = self._forms[key]
        if is_new:
            self.operations.insert(before, lambda canvas: canvas.beginForm(name))
            self.operations.append(lambda canvas: canvas.endForm())
        self.operations.append(lambda canvas: canvas.doForm(name))

    def end_page(self) -> None:
        """Record the end of a page."""
        super().end_page()
        self.operations.append(lambda canvas: canvas.showPage())


def run(students: int = 20_000) -> list[Figure]:
    """Measure the signature sheets and the register of so many students."""
    classes = max(1, students // CLASS_SIZE)
    sheets = [_sheet(number) for number in range(classes)]
    register = _register(classes)
    for face in Face:
        font(face)
    return [
        _compare(
            "signature sheets",
            lambda: render_signature_sheets(sheets),
            lambda pen: draw_signature_sheets(pen, sheets),
        ),
        _compare(
            "register",
            lambda: render_register(register).data,
            lambda pen: draw_register(pen, register),
        ),
    ]


def _compare(name: str, ours: Callable[[], bytes], draw: Callable[[Pen], None]) -> Figure:
    started = time.perf_counter()
    data = ours()
    taken = time.perf_counter() - started
    pen = RecordingPen()
    draw(pen)
    started = time.perf_counter()
    floor_data = _replay(pen.operations)
    floor = time.perf_counter() - started
    detail = (
        f"ours {taken:.2f} s, floor {floor:.2f} s, {pen.pages} pages, "
        f"{len(data) / 1e6:.1f} MB against {len(floor_data) / 1e6:.1f} MB"
    )
    return Figure(f"printing: {name}", taken / floor, RATIO, "×", detail)


def _replay(operations: list[Operation]) -> bytes:
    canvas: Any = Canvas(
        io.BytesIO(), pagesize=(PAGE_WIDTH * MM, _HEIGHT), pageCompression=1, invariant=1
    )
    for operation in operations:
        operation(canvas)
    data: bytes = canvas.getpdfdata()
    return data


def _string(face: Face, size: float, left: float, bottom: float, text: str) -> Operation:
    def draw(canvas: Any) -> None:  # noqa: ANN401 - reportlab's canvas
        canvas.setFont(face.value, size)
        canvas.drawString(left, bottom, text)

    return draw


def _fill(canvas: Any, boxes: list[Box]) -> None:  # noqa: ANN401
    path = canvas.beginPath()
    for box in boxes:
        path.rect(*box)
    canvas.drawPath(path, stroke=0, fill=1)


def _each(draw: Callable[..., None], parts: list[Box]) -> None:
    for part in parts:
        draw(*part)


def _name(number: int) -> str:
    surname = _SURNAMES[number * 7 % len(_SURNAMES)]
    given = _GIVEN[number * 11 % len(_GIVEN)] + _GIVEN[number * 5 % len(_GIVEN)]
    return surname + given


def _sheet(number: int) -> SignatureSheet:
    rows = tuple(
        SheetRow(
            f"s{number}-{row}",
            row,
            f"2026{number:04d}{row:04d}",
            _name(number * CLASS_SIZE + row),
            "男" if row % 2 else "女",
            f"42062420080724{number * CLASS_SIZE + row:04d}"[:18],
        )
        for row in range(1, CLASS_SIZE + 1)
    )
    pages = tuple(
        SheetPage(
            span.page,
            rows[span.first : span.stop],
            f"{number:08x}{span.page:08x}" * 4,
            span.blank_rows,
            span.sign_offs,
        )
        for span in paginate(len(rows))
    )
    return SignatureSheet(
        sheet_number=f"2026XJ{number:06d}",
        digest="ab" * 32,
        school="襄阳职业技术学院",
        title="新生学籍注册核对签字表",
        round_name="2026级新生学籍注册",
        office_name=f"第{number % 12 + 1}学院",
        class_name=f"计算机应用26{number:03d}班",
        class_teacher=_name(number),
        student_count=len(rows),
        page_count=len(pages),
        pages=pages,
        sign_off_titles=("班主任", "学工科", "教务科", "主要负责人"),
        proxy_allowed=False,
        printed_at="2026-10-12 09:30",
    )


def _register_row(number: int) -> RegisterRow:
    return RegisterRow(
        f"2026{number:08d}",
        _name(number),
        "男" if number % 2 else "女",
        "2008-07-24",
        f"4206242008{number:08d}",
        f"26420301{number:06d}",
        "汉族",
        "3",
    )


def _register(classes: int) -> Register:
    groups = tuple(
        RegisterClass(
            f"第{number * 12 // classes + 1}学院",
            "510201",
            f"专业{number // 6}",
            f"计算机应用26{number:03d}班",
            _name(number),
            tuple(_register_row(number * CLASS_SIZE + row) for row in range(CLASS_SIZE)),
        )
        for number in range(classes)
    )
    total = StatisticRow("全校", "", 0, 0, classes * CLASS_SIZE, 0, 0, 0, 0)
    return Register(
        school="襄阳职业技术学院",
        title="新生学籍注册名册",
        year="2026级",
        office_name="教务处",
        volume="第一册",
        date="2026-11-20",
        digest="ab" * 32,
        classes=groups,
        statistics=(),
        total=total,
        annotated=(AnnotatedList("放弃入学资格学生名单", "下列学生放弃入学资格。", ()),),
        approvals=("教务处负责人", "分管校长"),
        printed_at="2026-11-20 10:00",
    )


def main() -> None:
    """Print the figures; the number of students may be given."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for figure in run(students):
        print(figure)


if __name__ == "__main__":
    main()
