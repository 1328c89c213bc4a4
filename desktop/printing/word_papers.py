"""Writes a paper as a Word document that a person goes on writing in (python-docx).

It holds what the printed paper holds: title, line, paragraphs, tables, the chart, the places for
signatures. Fonts are named, not shipped: 宋体, 黑体 and 仿宋, which every office's Word has.
"""

import io
import zipfile
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.domain.written_papers import Bars, Heading, PaperTable, Prose, SignOff, WrittenPaper

_SONG: Final = "宋体"
_HEI: Final = "黑体"
_FANG: Final = "仿宋"
_WESTERN: Final = "Times New Roman"
_BODY: Final = Pt(14)  # 四号
_TABLE: Final = Pt(9)
_LINE: Final = Pt(28)
_ROW: Final = Mm(7)
_TITLES_IN_A_LINE: Final = 2  # more boxes are too narrow for title and “签字、盖章” in one line
_SIGN_OFF: Final = Mm(45)  # a seal of 40 mm finds its place
_CELL_MARGIN: Final = "40"  # twentieths of a point
_BAR_WIDTH: Final = 100.0  # mm, of the longest bar
_LEFT_MARGIN: Final = 28.0
_RIGHT_MARGIN: Final = 26.0
_SHORT, _LONG = 210.0, 297.0
_PACKED_AT: Final = (1980, 1, 1, 0, 0, 0)


def render_word(paper: WrittenPaper, *, training: bool = False) -> bytes:
    """Return a paper as a .docx file; the same paper gives the same document.

    ``training``: every page says that it is for practice.
    """
    document = docx.Document()
    _set_up(document, paper)
    if training:
        head = document.sections[0].header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(head, "练习 · 无效", _HEI, Pt(14), bold=True)
    _paragraph(document, paper.school, _SONG, Pt(18), WD_ALIGN_PARAGRAPH.CENTER)
    _paragraph(document, paper.title, _HEI, Pt(18), WD_ALIGN_PARAGRAPH.CENTER)
    lines = " · ".join(filter(None, paper.lines))
    _paragraph(document, lines, _FANG, Pt(12), WD_ALIGN_PARAGRAPH.CENTER)
    wide = (_LONG if paper.landscape else _SHORT) - _LEFT_MARGIN - _RIGHT_MARGIN
    followed = (*paper.parts[1:], None)
    for part, after in zip(paper.parts, followed, strict=True):
        if isinstance(part, Heading):
            heading = _paragraph(document, part.text, _HEI, _BODY)
            heading.paragraph_format.keep_with_next = True
            heading.paragraph_format.space_before = Pt(8)
            heading.paragraph_format.space_after = Pt(4)
        elif isinstance(part, Prose):
            prose = _paragraph(document, part.text, _FANG, _BODY)
            prose.paragraph_format.first_line_indent = 2 * _BODY
            prose.paragraph_format.line_spacing = _LINE
            if after is None or isinstance(after, PaperTable | Bars):
                prose.paragraph_format.space_after = Pt(6)
            if after is None:  # signatures never stand alone on a page
                prose.paragraph_format.keep_with_next = bool(paper.sign_offs)
        elif isinstance(part, PaperTable):
            _table(document, part, wide)
        else:
            _bars(document, part)
    _sign_offs(document, paper.sign_offs, wide, sealed=paper.sealed)
    written = io.BytesIO()
    document.save(written)
    return _repacked(written.getvalue())


def _repacked(data: bytes) -> bytes:
    """Return a document whose parts do not say when they were packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _PACKED_AT)
            new.writestr(entry, old.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _set_up(document: Any, paper: WrittenPaper) -> None:  # noqa: ANN401 - the library's object
    """Set page, margins, the standard letters and what the file says of itself."""
    section = document.sections[0]
    wide, high = (_LONG, _SHORT) if paper.landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin, section.right_margin = Mm(_LEFT_MARGIN), Mm(_RIGHT_MARGIN)
    section.top_margin, section.bottom_margin = Mm(30), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _WESTERN, _BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FANG)
    normal.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author = paper.title, paper.school
    properties.comments = ""
    _page_numbers(section.footer.paragraphs[0])


def _page_numbers(paragraph: Any) -> None:  # noqa: ANN401
    """Write 第 x 页 共 y 页 as fields, so that they follow what is written later."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        _run(paragraph, before, _SONG, Pt(9))
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)  # noqa: SLF001 - the library has no fields of its own
        _run(paragraph, "1", _SONG, Pt(9))
        field.append(paragraph.runs[-1]._r)  # noqa: SLF001
    _run(paragraph, " 页", _SONG, Pt(9))


def _paragraph(
    place: Any,  # noqa: ANN401 - a document or a cell
    text: str,
    east: str,
    size: Any,  # noqa: ANN401 - the library's length
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> Any:  # noqa: ANN401
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, east, size)
    return paragraph


def _run(paragraph: Any, text: str, east: str, size: Any, *, bold: bool = False) -> None:  # noqa: ANN401
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = _WESTERN, size, bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), east)  # noqa: SLF001


def _table(document: Any, table: PaperTable, wide: float) -> None:  # noqa: ANN401
    if table.title:
        _paragraph(document, table.title, _HEI, Pt(12)).paragraph_format.keep_with_next = True
    rows = [*table.rows, *([table.total] if table.total else [])]
    heads = int(table.headed)
    drawn = _grid(document, len(rows) + heads, [column.share for column in table.columns], wide)
    if table.headed:
        for index, column in enumerate(table.columns):
            _cell(drawn.cell(0, index), column.title, _HEI)
        header = drawn.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
        header.append(OxmlElement("w:tblHeader"))
    cells = list(drawn._cells)  # noqa: SLF001 - asking for each anew is quadratic
    many = len(table.columns)
    for at, row in enumerate(rows, start=heads):
        for column, cell, text in zip(table.columns, cells[at * many :], row, strict=False):
            east = _HEI if column.names else _SONG
            _cell(cell, text, east, left=column.left, bold=row is table.total)
        drawn.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    if not rows:
        _paragraph(document, table.empty, _FANG, Pt(12))
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _grid(document: Any, rows: int, shares: list[float], wide: float) -> Any:  # noqa: ANN401
    """Return an empty table with lines whose columns have these shares of the width."""
    drawn = document.add_table(rows, len(shares))
    drawn.style = "Table Grid"
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _CELL_MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)  # noqa: SLF001
    for row in drawn.rows:
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, _ROW
    whole = sum(shares)
    for column, share in zip(drawn.columns, shares, strict=True):
        column.width = Mm(wide * share / whole)
    for at, cell in enumerate(drawn._cells):  # noqa: SLF001 - Word goes by the cells' own widths
        cell.width = Mm(wide * shares[at % len(shares)] / whole)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return drawn


def _cell(
    cell: Any,  # noqa: ANN401
    text: str,
    east: str,
    *,
    left: bool = False,
    bold: bool = False,
    size: Any = _TABLE,  # noqa: ANN401 - the library's length
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, east, size, bold=bold)


def _bars(document: Any, bars: Bars) -> None:  # noqa: ANN401
    """Write the chart as a table whose bars are shaded lines: it can be edited as any table."""
    _paragraph(document, bars.title, _HEI, Pt(12)).paragraph_format.keep_with_next = True
    most = max((value for _, value in bars.bars), default=0) or 1
    drawn = _grid(document, len(bars.bars), [30, _BAR_WIDTH, 20], 30 + _BAR_WIDTH + 20)
    for row, (label, value) in zip(drawn.rows, bars.bars, strict=True):
        _cell(row.cells[0], label, _SONG)
        paragraph = row.cells[1].paragraphs[0]
        paragraph.paragraph_format.right_indent = Mm(_BAR_WIDTH * (1 - value / most))
        if value:
            shade = OxmlElement("w:shd")
            for name, said in (("val", "clear"), ("color", "auto"), ("fill", "404040")):
                shade.set(qn(f"w:{name}"), said)
            paragraph._p.get_or_add_pPr().append(shade)  # noqa: SLF001
        _run(paragraph, " ", _SONG, _TABLE)
        _cell(row.cells[2], str(value), _SONG)
        for cell in row.cells:  # a chart is not torn apart by the end of a page
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _sign_offs(
    document: Any,  # noqa: ANN401
    sign_offs: tuple[SignOff, ...],
    wide: float,
    *,
    sealed: bool,
) -> None:
    """Write the boxes for the signatures; the last has room for the seal."""
    if not sign_offs:
        return
    drawn = _grid(document, 1, [1.0] * len(sign_offs), wide)
    row = drawn.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    row.height = _SIGN_OFF
    apart = "\n" if len(sign_offs) > _TITLES_IN_A_LINE else ""
    for cell, sign_off in zip(row.cells, sign_offs, strict=True):
        what = "（签字、盖章）" if sealed and sign_off is sign_offs[-1] else "（签字）"
        _cell(cell, f"{sign_off.title}{apart}{what}", _HEI, size=Pt(11))
        sentence = _paragraph(cell, sign_off.sentence, _SONG, Pt(10.5), WD_ALIGN_PARAGRAPH.CENTER)
        sentence.paragraph_format.space_before = Pt(6)
        signed = _paragraph(cell, "　签字：", _SONG, Pt(11))
        signed.paragraph_format.space_before = Pt(24)
        day = _paragraph(cell, "年　　月　　日　", _SONG, Pt(11), WD_ALIGN_PARAGRAPH.RIGHT)
        day.paragraph_format.space_before = Pt(12)
