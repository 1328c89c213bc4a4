"""Web pages and the XML of Office 2003 that are called .xls are read as what they are."""

import contextlib
import random
from pathlib import Path

import pytest

from desktop.domain.id_numbers import check_character
from desktop.errors import FileUnreadable, UserError
from desktop.interchange.html_tables import read_html
from desktop.interchange.list_reading import read_list
from desktop.interchange.spreadsheets import read_spreadsheet

FIRST = "11010120080101001"
IDENTITY = FIRST + check_character(FIRST)
PAGE = f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<META http-equiv="Content-Type" content="text/html; charset=gb2312">
<STYLE>td {{mso-number-format:"\\@"}} <td>no cell</td></STYLE></head><body>
<!-- <table><tr><td>not shown</td></tr></table> -->
<table border=1>
<tr><th rowspan="2">院部<th rowspan=2>考生号</th><th colspan='3'>学生</th></tr>
<tr><th>姓名</th><th>性&nbsp;别</th><th>身份证号</th></tr>
<tr><td rowspan="2">医学院</td><td>="26420601110001"</td><td> <b>张</b>三 </td><td>男</td>
<td>{IDENTITY}</td></tr>
<tr><td>26420601110002</td><td>A&amp;B</td><td>男</td><td>#N/A</td></tr>
<tr><td>合计</td><td colspan=4>2人</td></tr>
</table></body></html>"""

XML = f"""<?xml version="1.0" encoding="GBK"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="新生"><Table>
<Row ss:Index="2"><Cell><Data ss:Type="String">院部</Data></Cell>
<Cell><Data ss:Type="String">考生号</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell><Data ss:Type="String">性别</Data></Cell><Cell><Data ss:Type="String">身份证号</Data></Cell>
<Cell><Data ss:Type="String">出生日期</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">医学院</Data></Cell>
<Cell><Data ss:Type="Number">26420601110001</Data></Cell>
<Cell><ss:Data ss:Type="String"><B>张</B>三</ss:Data></Cell>
<Cell><Data ss:Type="String">男</Data></Cell><Cell><Data ss:Type="String">{IDENTITY}</Data></Cell>
<Cell><Data ss:Type="DateTime">2008-01-01T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="Number">26420601110002</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="String">男</Data></Cell>
<Cell><Data ss:Type="Number">4.20624200807245E+17</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">姓名</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名单.xls"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_page_is_read_as_what_it_is(file: Path, encoding: str) -> None:
    page = PAGE if encoding == "gb18030" else PAGE.replace("charset=gb2312", "charset=utf-8")
    file.write_bytes(page.encode(encoding))
    read = read_list(file)
    assert [(s.name, s.header_row, s.rows) for s in read.sheets] == [("名单.xls", 2, 2)]
    assert dict(read.rows[0].values) == {
        "college": "医学院",
        "exam_number": "26420601110001",
        "name": "张三",
        "sex": "男",
        "id_number": IDENTITY,
    }
    assert read.rows[1].values["college"] == "医学院"
    assert [(p.row, p.column, p.code) for p in read.problems] == [
        (0, "", "file-type-mismatch"),
        (4, "身份证号", "formula-error"),
        (5, "", "total-row"),
    ]


def test_a_page_within_a_page_is_another_sheet(file: Path) -> None:
    inner = "<table><tr><td>学号<td>姓名</table>"
    file.write_text(f"<table><tr><td>菜单{inner}</td></tr></table>", encoding="utf-8")
    sheets = read_spreadsheet(file).sheets
    assert [[list(row) for row in sheet.rows] for sheet in sheets] == [
        [["学号", "姓名"]],
        [["菜单"]],
    ]


def test_a_workbook_in_xml_is_read_as_what_it_is(file: Path) -> None:
    file.write_bytes(XML.encode("gb18030"))
    read = read_list(file)
    assert [(s.name, s.header_row, s.rows) for s in read.sheets] == [("新生", 2, 2)]
    assert dict(read.rows[0].values) == {
        "college": "医学院",
        "exam_number": "26420601110001",
        "name": "张三",
        "sex": "男",
        "id_number": IDENTITY,
        "birth_date": "20080101",
    }
    assert [(p.sheet, p.row, p.column, p.code) for p in read.problems] == [
        ("名单.xls", 0, "", "file-type-mismatch"),
        ("新生", 4, "姓名", "formula-error"),
        ("新生", 4, "身份证号", "id-digits-lost"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<html>" + "<table><tr>" + "<td colspan=1000 rowspan=60000>x" * 6_000,
        "<html><table>" + "<tr><td colspan=1000 rowspan=60000>x<td>y" * 6_000,
        XML.replace('encoding="GBK"', "").replace('ss:Index="2"', 'ss:Index="99999999"'),
        XML.replace('encoding="GBK"', "").replace(
            "<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1
        ),
    ],
    ids=["wide", "wide and tall", "far away", "entities"],
)
def test_what_claims_too_much_is_refused(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(FileUnreadable):
        read_spreadsheet(file)


def test_open_ends_are_passed_over_at_once() -> None:
    page = "<table><tr><td>x</td></tr></table>" + "<!-- <style> <a " * 50_000
    (table,) = read_html(page.encode())
    assert table.rows == [["x"]]


def test_damage_ends_in_a_sentence(file: Path) -> None:
    chance = random.Random(8)
    for _ in range(200):
        data = bytearray(chance.choice([PAGE, XML]).encode("gb18030"))
        place = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                del data[place:]
            case 1:
                data[place] = chance.randrange(256)
            case _:
                del data[place : place + chance.randrange(1, 40)]
        file.write_bytes(bytes(data))
        with contextlib.suppress(UserError):  # whatever else is raised is a bug
            read_list(file)


def test_hidden_rows_and_columns_of_the_xml_of_office_2003_are_told(file: Path) -> None:
    columns = '<Table><Column/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="9"/>'
    hidden = XML.replace("<Table>", columns, 1).replace("<Row><", '<Row ss:Hidden="1"><', 1)
    file.write_bytes(hidden.encode("gbk"))
    before = read_list(file)
    (note,) = (p.message for p in before.problems if p.code == "note-row" and not p.row)
    assert note.startswith("第3行，第B栏、第C栏是隐藏的")
    file.write_bytes(XML.encode("gbk"))
    plain = read_list(file)
    assert [dict(row.values) for row in plain.rows] == [dict(row.values) for row in before.rows]
