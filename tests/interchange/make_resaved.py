"""Make ``tests/data/resaved``: short lists as LibreOffice saves them.

``python -m tests.interchange.make_resaved`` needs its ``soffice``; the tests do not. The faults
that are expected come from what is planted in the samples, never from what the program reads.
"""

import json
import shutil
import struct
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from desktop.interchange.list_reading import read_list
from desktop.procedures.imports.mending import begin_mending
from desktop.procedures.imports.mending_exchange import export_problem_rows
from tests.conftest import found_school
from tests.interchange.conftest import SAMPLES, TITLES, student
from tests.lists import SHEET, faulty_list

TARGET: Final = Path(__file__).parents[1] / "data" / "resaved"
FORMATS: Final[Mapping[str, str]] = {
    "xlsx": "xlsx",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",  # UTF-8
    "txt": "txt:Text - txt - csv (StarCalc):9,34,85,1,,0,false,true,false",  # GB18030, tabs
}
IN_TEXT: Final = ("--infilter=CSV:44,34,85,1," + "/".join(f"{n}/2" for n in range(1, 40)),)
IN_NUMBERS: Final = ("--infilter=CSV:44,34,85,1",)
IN_DBASE: Final = ("--infilter=dBase:85",)
LISTS: Final[Mapping[str, tuple[str, int]]] = {  # the sample, and the row of its header
    "招生.xlsx": ("2026级新生录取名单-招生工作处.xlsx", 3),
    "医学院.xlsx": ("2026级新生信息汇总表-医学院.xls", 4),
    "单招.csv": ("新生名单-单招.csv", 1),
    "xsxx.dbf": ("T_XSXX.DBF", 0),
    "缴费.xlsx": ("2026-2027学年缴费情况-计划财务处.xlsx", 2),
    "学分.xlsx": ("2027届毕业资格审核-教务科.xlsx", 2),
    "人像.xlsx": ("人像比对核查结果.xlsx", 1),
    "学信网.xlsx": ("学信网-预计毕业生下载.xlsx", 1),
}
FAULTS: Final = {
    (3, "民族"): "某族",
    (5, "身份证号"): "420624200807240040",
    (6, "姓名"): "",
    (9, "姓名"): "=张?",
}
MENDED: Final = {"3": ("民族", "汉族"), "6": ("姓名", "李四"), "9": ("姓名", "张𠮷")}
_TWICE: Final = {"duplicate-key": 2}
_FAULTLESS: Final = 3  # students from the beginning of a list
_OF_THE_SHEET: Final = {"blank-row", "total-row", "note-row"}
Row = Any
"""A row's cells, or its bytes."""


def make(target: Path) -> None:
    """Make the short lists and what an office sends back, and save each in every format."""
    lists, answers = target / "lists", target / "answers"
    for folder in (lists, answers):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "original").mkdir(parents=True)
    expected = {name: _shorten(name, lists / "original" / name) for name in LISTS}
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
    (lists / "expected.json").write_text(text, encoding="utf-8")
    for name in LISTS:
        given = {"单招.csv": IN_TEXT, "xsxx.dbf": IN_DBASE}.get(name, ())
        _save_in_every_format(lists / "original" / name, lists, given)
    _save_as("xlsx", lists / "original" / "单招.csv", lists / "numbers", IN_NUMBERS)
    _save_in_every_format(_mended_answer(answers / "original"), answers, ())
    _make_hidden(target / "hidden")


# --- a short list ---------------------------------------------------------------------------------


def _shorten(name: str, path: Path) -> dict[str, Any]:
    """Write a few rows of a sample; return what is planted in them, by their new numbers."""
    sample, header = LISTS[name]
    planted = _planted(sample)
    rows = _rows(SAMPLES / sample)
    kept = _kept(planted, rows, header)
    _write(SAMPLES / sample, rows, kept, path)
    new = {old: place for place, old in enumerate(kept, start=1)}
    notes = {n["row"] for n in planted["notes"] if n["code"] in _OF_THE_SHEET}
    return {
        "students": sum(row > header and row not in notes for row in kept),
        "problems": [
            {**one, "row": new[one["row"]]} for one in planted["problems"] if one["row"] in new
        ],
    }


def _planted(sample: str) -> dict[str, Any]:
    path = SAMPLES / f"{sample}.expected.json"
    if not path.exists():
        return {"problems": [], "notes": []}
    planted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return planted


def _kept(planted: Mapping[str, Any], rows: Mapping[int, Row], header: int) -> list[int]:
    """Return the rows to keep: the top, one for each fault (two that double a key), the end."""
    said = (*planted["problems"], *planted["notes"])
    faulty = {one["row"] for one in said}
    faultless = (row for row in rows if row > header and row not in faulty)
    kept = {*range(1, header + 1), *islice(faultless, _FAULTLESS)}
    seen: Counter[tuple[str, str]] = Counter()
    for one in said:
        fault = one["code"], one["column"]
        seen[fault] += 1
        if seen[fault] <= _TWICE.get(one["code"], 1) or one["row"] > max(rows) - 2:
            kept.add(one["row"])
    return sorted(kept)


def _rows(path: Path) -> dict[int, Row]:
    """Return the rows of a sample by their numbers."""
    if path.suffix == ".xlsx":
        sheet = load_workbook(path, data_only=True).worksheets[0]
        return dict(enumerate(sheet.iter_rows(), start=1))
    if path.suffix == ".xls":
        with CalamineWorkbook.from_path(str(path)) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return dict(enumerate(rows, start=1))
    if path.suffix == ".csv":
        return dict(enumerate(path.read_bytes().splitlines(keepends=True), start=1))
    data = path.read_bytes()
    start, width = struct.unpack_from("<HH", data, 8)
    records = (data[place : place + width] for place in range(start, len(data) - 1, width))
    return dict(enumerate(records, start=1))


def _write(sample: Path, rows: Mapping[int, Row], kept: Sequence[int], path: Path) -> None:
    """Write some rows of a sample in its own format; an .xls becomes an .xlsx."""
    if path.suffix == ".csv":
        path.write_bytes(b"".join(bytes(rows[row]) for row in kept))
    elif path.suffix == ".dbf":
        data = sample.read_bytes()
        head = data[: struct.unpack_from("<H", data, 8)[0]]
        head = head[:4] + struct.pack("<I", len(kept)) + head[8:]
        path.write_bytes(head + b"".join(bytes(rows[row]) for row in kept) + b"\x1a")
    else:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        for place, row in enumerate(kept, start=1):
            for column, cell in enumerate(rows[row], start=1):
                value = getattr(cell, "value", cell)
                written = sheet.cell(place, column, None if value == "" else value)
                written.number_format = getattr(cell, "number_format", "General")
        workbook.save(path)


# --- an office's answer ---------------------------------------------------------------------------


def _mended_answer(folder: Path) -> Path:
    """Export the problem rows of a list, and return them as an office mends and sorts them."""
    path = faulty_list(folder / "名单.xlsx", FAULTS)
    with TemporaryDirectory() as school_folder:
        school = found_school(Path(school_folder))
        mending = begin_mending(school.registrar, read_list(path))
        sent = export_problem_rows(school.registrar, mending, path, folder).path
        school.close()
    workbook = load_workbook(sent)
    sheet = workbook[SHEET]
    titles = [cell.value for cell in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        title, text = MENDED.get(str(row[0].value), ("", ""))
        if title:
            row[titles.index(title)].value = text
    sheet.move_range("A3:Z3", rows=sheet.max_row - 1)  # the first comes last, a blank row between
    workbook.save(sent)
    return sent


# --- what is hidden -------------------------------------------------------------------------------


def _make_hidden(folder: Path) -> None:
    """Make a list with failed formulas, hidden rows and a hidden column."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = SHEET
    for row in ([*TITLES], *(student(number) for number in range(1, 7))):
        sheet.append(row)
    for place, formula in (("C4", "=1/0"), ("H5", "=NA()")):
        sheet[place] = formula
    for row_number in (3, 6):
        sheet.row_dimensions[row_number].hidden = True
    sheet.column_dimensions["G"].hidden = True
    original = folder / "original" / "隐藏.xlsx"
    original.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(original)
    for name in ("xlsx", "xls", "ods"):
        _save_as(name, original, folder, ())


# --- LibreOffice ----------------------------------------------------------------------------------


def _save_in_every_format(path: Path, target: Path, given: Sequence[str]) -> None:
    for name in FORMATS:
        _save_as(name, path, target / name, given)


def _save_as(name: str, path: Path, folder: Path, given: Sequence[str]) -> None:
    with TemporaryDirectory() as profile:
        subprocess.run(
            [
                *("soffice", "--headless", f"-env:UserInstallation=file://{profile}"),
                *(
                    *given,
                    "--convert-to",
                    FORMATS[name],
                    "--outdir",
                    str(folder),
                    str(path),
                ),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    make(TARGET)
