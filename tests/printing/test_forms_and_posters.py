"""The re-check form asks and gives nothing away; the poster says where to go."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from desktop.domain.posters import POSTER_STEPS, Poster
from desktop.domain.recheck import ANSWER_TITLES
from desktop.domain.recheck_forms import (
    FormCode,
    FormHead,
    RecheckForm,
    codes_of_round,
    form_code,
    form_text,
    read_form_text,
)
from desktop.domain.review_fields import ANSWER_FIELDS
from desktop.domain.review_rules import DEFAULT_FORM_FIELDS
from desktop.errors import GlyphMissing
from desktop.pictures.codes import codes_on
from desktop.pictures.scans import opened_scan
from desktop.printing.pen import MM
from desktop.printing.posters import render_posters
from desktop.printing.recheck_forms import render_forms

ReadText = Callable[..., str]
_PDFTOTEXT = shutil.which("pdftotext") or "pdftotext"
HEAD = FormHead(
    "襄阳职业技术学院", "2026级新生入学资格复查", "信息技术学院", "软件2601班", "王老师"
)
ROUND = "2026-recheck-005-1"


@pytest.mark.parametrize("asked", [DEFAULT_FORM_FIELDS, ANSWER_FIELDS, ("name",), ("resume",)])
def test_a_form_asks_what_the_rules_say_and_no_more(
    asked: tuple[str, ...], read_text: ReadText
) -> None:
    made = render_forms(
        [RecheckForm(HEAD, asked, 3, "202600000003", form_code(ROUND, "student:a"))]
    )
    text = read_text(made.data)
    assert made.pages == 1
    questions = text[text.index("不留空白") : text.index("笔迹样本")]
    assert all(ANSWER_TITLES[field] in questions for field in asked)
    for field in set(ANSWER_FIELDS) - set(asked):
        assert ANSWER_TITLES[field] not in questions
    for said in ("软件2601班", "202600000003", "本人签字", "收表人签字", "笔迹样本"):
        assert said in text


@pytest.mark.parametrize("many", [1, 3, 7, len(ANSWER_FIELDS)])
def test_a_form_flows_from_the_top_and_ends_above_its_foot(many: int, tmp_path: Path) -> None:
    paper = tmp_path / "form.pdf"
    paper.write_bytes(render_forms([RecheckForm(HEAD, ANSWER_FIELDS[:many])]).data)
    told = subprocess.run(
        [_PDFTOTEXT, "-bbox", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    top = {
        word: float(y) / MM for y, word in re.findall(r'yMin="([0-9.]+)"[^>]*>([^<]+)</word>', told)
    }
    last = top[ANSWER_TITLES[ANSWER_FIELDS[many - 1]]]
    sample = next(y for word, y in top.items() if word.startswith("笔迹样本"))
    collector = next(y for word, y in top.items() if word.startswith("收表人签字"))
    foot = next(y for word, y in top.items() if word.startswith("填写后由班主任"))
    assert 0 < sample - last < 25, "there is a hole between the questions and the sample"
    assert sample + 40 < collector < foot - 2


def test_a_form_has_no_place_for_an_answer() -> None:
    printed = {field.name for field in fields(RecheckForm)} | {f.name for f in fields(FormHead)}
    assert not printed & (set(ANSWER_FIELDS) - {"fields"})


def test_a_blank_form_is_nobodys(read_text: ReadText) -> None:
    text = read_text(render_forms([RecheckForm(HEAD, DEFAULT_FORM_FIELDS)]).data)
    assert "序号：" not in text
    assert "学号：" in text


def test_the_code_leads_to_the_student_and_only_in_its_round() -> None:
    students = [f"student:{n}" for n in range(300)]
    codes = codes_of_round(ROUND, students)
    assert len(codes) == len(students)
    read = read_form_text(f" {form_text(form_code(ROUND, 'student:7')).lower()} ")
    assert read is not None
    assert codes[read.code] == "student:7"
    assert read.code not in codes_of_round("2027-recheck-005-1", students)
    assert read_form_text("JICE/002-001/1/AB") is None
    assert read_form_text("") is None


def test_a_form_for_practice_bears_another_code_than_a_real_one() -> None:
    code = form_code(ROUND, "student:7")
    assert read_form_text(form_text(code)) == FormCode(code, training=False)
    practice = form_text(code, training=True)
    assert read_form_text(practice.lower()) == FormCode(code, training=True)
    for other in ("JICE/002-001/1/AB", "JICEF/", "JICEF", "", "https://example.edu.cn"):
        assert read_form_text(other) is None
    read = []
    for training in (False, True):
        head = replace(HEAD, training=training)
        printed = render_forms([RecheckForm(head, ("name",), 3, "202600000003", code)])
        scan = opened_scan(printed.data)
        assert scan
        read += [one.text for one in codes_on(scan.page(1))]
        scan.close()
    assert read == [form_text(code), practice]


def test_forms_need_students_and_letters() -> None:
    with pytest.raises(ValueError, match="no forms"):
        render_forms([])
    strange = FormHead("襄阳职业技术学院", "", "", "软件\ue863班", "")
    with pytest.raises(GlyphMissing):
        render_forms([RecheckForm(strange, DEFAULT_FORM_FIELDS)])


def test_a_poster_says_where_to_go_and_what_to_do(read_text: ReadText) -> None:
    link = "https://face.example.edu.cn/12354?college=05"
    made = render_posters(
        [
            Poster(
                "襄阳职业技术学院", college, "2026级新生入学资格审查", link, "", "2026-09-01 08:00"
            )
            for college in ("信息技术学院", "医学院")
        ]
    )
    assert made.pages == 2
    text = read_text(made.data, 2)
    assert "医学院" in text
    assert link in text
    assert all(title in text for title, _ in POSTER_STEPS)
    with pytest.raises(ValueError, match="no posters"):
        render_posters([])
