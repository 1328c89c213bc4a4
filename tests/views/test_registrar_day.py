"""A registrar's whole day through the program: from an empty computer to the closed round.

Read from top to bottom. The registrar and the medical college sit at the real program, one after
the other, and use it by keyboard and mouse; the secretaries of the other college, whose own day is
``test_secretary_day``, do their part through use cases.
"""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.bundles import keys
from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import Mark
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.backups import known_copies
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.school.enrolment import accept_enrolment, ask_to_join, read_text, write_text
from desktop.procedures.signing.recording import (
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
)
from tests.conftest import (
    CHEAPEST,
    CHOSEN_PASSPHRASE,
    OPERATOR,
    ROUND,
    identity,
    roster_rows,
)
from tests.procedures.acts import (
    complete_class,
    members,
    print_class,
    require_healthy,
    roster_file,
    sign_off,
)
from tests.procedures.acts import sign as sign_sheet
from tests.views.conftest import Start
from tests.views.days import Day, exports, takes_in
from tests.views.person import Person

MEDICINE, COMPUTING = "医学院", "信息技术学院"
SOFTWARE, NURSING = "软件2601班", "护理2601班"


@pytest.fixture
def day(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Day:
    """An empty desk in the morning."""
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    return Day(start, qtbot, tmp_path, CHOSEN_PASSPHRASE)


def test_a_registrar_s_day(day: Day, chosen: list[Any]) -> None:
    with day.at("registrar", signed_in=False) as registrar:
        creates_the_school(registrar)
    asks_to_join(day)
    with day.at("registrar") as registrar:
        answers(registrar, day, MEDICINE)
        opens_the_round(registrar, day)
        for office in ("second", "first"):
            answers(registrar, day, office)
        sees_the_classes_given(registrar)
        exports(registrar, day.stick / "out", offices=2)
    with day.at("medicine", signed_in=False) as secretary:
        joins(secretary, day, chosen)
    others_work(day)
    with day.at("registrar") as registrar:
        takes_in(registrar, chosen, [day.stick / "in", spoiled(day)])
        decides(registrar)
        settles_corrections(registrar)
        issues(registrar, "3")
        waits_for_the_rest(registrar, day, chosen)
        makes_papers(registrar, day, chosen)
        looks_a_student_up(registrar)
        exports(registrar, day.stick / "back", offices=2)
        backs_up_and_ends(registrar, day, chosen)
    with day.at("medicine") as secretary:
        sees_the_outcome(secretary, day, chosen)
    everybody_is_accounted_for(day)


# --- the morning: a school, its seats, its round -------------------------------------------------


def creates_the_school(registrar: Person) -> None:
    """Begin on an empty computer."""
    registrar.presses("创建学校")
    registrar.goes_on()
    registrar.types(学校代码="12354", 学校全称="襄阳职业技术学院", 院长姓名="李校长")
    registrar.goes_on()
    registrar.types(经办人姓名=OPERATOR, 口令=CHOSEN_PASSPHRASE, 再输入一次口令=CHOSEN_PASSPHRASE)
    registrar.goes_on()
    assert registrar.sees("襄阳职业技术学院（代码 12354）")
    registrar.goes_on()
    registrar.goes_on()
    registrar.signs_in(CHOSEN_PASSPHRASE)
    assert registrar.sees("这里还没有批次")


def asks_to_join(day: Day) -> None:
    """Let the medical college ask at its own computer, and both seats of the other college."""
    with day.at("medicine", signed_in=False) as secretary:
        secretary.presses("加入学校")
        secretary.goes_on()
        secretary.types(学校代码="12354", 院部全称=MEDICINE, 这台电脑的名字="教学秘书的电脑")
        secretary.goes_on()
        secretary.types(
            经办人姓名=OPERATOR, 口令=CHOSEN_PASSPHRASE, 再输入一次口令=CHOSEN_PASSPHRASE
        )
        secretary.goes_on()
        secretary.types(写到哪里=str(day.stick))
        secretary.goes_on()
        secretary.goes_on()
        (day.stick / f"{MEDICINE}.digits").write_text(secretary.reads_digits())
    for path in day.stick.glob("籍册加入申请*"):
        path.rename(day.stick / f"{MEDICINE}.request")
    for seat in ("first", "second"):
        who = Applicant("12354", OfficeKind.COLLEGE, COMPUTING, f"电脑{seat}", training=False)
        request, digits = ask_to_join(
            day.folder / seat, who, OPERATOR, CHOSEN_PASSPHRASE, cost=CHEAPEST
        )
        write_text(day.stick, f"{seat}.request", request)
        (day.stick / f"{seat}.digits").write_text(digits)


def answers(registrar: Person, day: Day, seat: str) -> None:
    """Compare the digits over the telephone, and write the answer to the stick."""
    registrar.presses("席位")
    registrar.presses("批复加入申请…")
    registrar.types(加入申请=str(day.stick / f"{seat}.request"))
    registrar.goes_on()
    registrar.types(对方读出的数字=(day.stick / f"{seat}.digits").read_text())
    registrar.goes_on()  # to the office: the one of that name stands first
    registrar.goes_on()
    registrar.goes_on()
    folder = day.stick / f"answer-{seat}"
    folder.mkdir()
    registrar.types(写到哪里=str(folder))
    registrar.goes_on()
    registrar.goes_on()
    (answer,) = folder.iterdir()
    answer.rename(day.stick / f"{seat}.answer")
    (day.stick / "school.digits").write_text(registrar.reads_digits())


def opens_the_round(registrar: Person, day: Day) -> None:
    """Read the roster; a row that can not be right waits until admissions has answered."""
    rows = roster_rows()
    wrong = rows[-1]._replace(identity=rows[-1].identity._replace(sex="未知"))
    path = roster_file(day.folder / "roster.xlsx", [*rows[:-1], wrong])
    registrar.presses("批次名单")
    registrar.presses("新建批次…")
    registrar.types(年级="2026", 截止日期="2099-12-31")
    registrar.goes_on()
    # admissions has its verdicts on paper this year
    registrar.presses("招生工作处报来审查合格、复查合格的，才予以注册")
    registrar.goes_on()
    registrar.types(名单文件=str(path))
    registrar.goes_on()
    assert registrar.sees("性别“未知”不在")
    registrar.presses("下一步")  # Enter would mend the cell
    registrar.goes_on()
    assert registrar.sees(f"还没有可用席位的院部：{COMPUTING}")
    for _step in ("offices", "confirm", "done"):
        registrar.goes_on()
    assert registrar.sees("名单上有 8 名学生；还有 1 行有疑问")
    registrar.chooses_row("存疑的行", identity(9).name)
    registrar.presses("核对后收入…")
    registrar.fills("性别", identity(9).sex)
    registrar.types(原因="已与招生工作处核对")
    for _step in ("form", "confirm", "done"):
        registrar.goes_on()
    assert registrar.sees("名单上有 9 名学生；没有遗留的行")


def sees_the_classes_given(registrar: Person) -> None:
    """Look whose the classes are: the college that has joined meanwhile has its own already."""
    registrar.presses("批次名单")
    assert registrar.sees("名单上有 9 名学生；没有遗留的行")
    assert not registrar.sees("还没有分配的班级")


# --- at the colleges -----------------------------------------------------------------------------


def joins(secretary: Person, day: Day, chosen: list[Any]) -> None:
    """Take the answer in, and the roster after it."""
    assert secretary.sees("给学籍科打电话核对")
    secretary.types(
        批复文件=str(day.stick / f"{MEDICINE}.answer"),
        学籍科读出的数字=(day.stick / "school.digits").read_text(),
    )
    secretary.goes_on()
    secretary.goes_on()
    secretary.signs_in(CHOSEN_PASSPHRASE)
    takes_in(secretary, chosen, [day.stick / "out"], refused=1)  # the other college's is not for it
    secretary.presses("工作台")
    assert secretary.sees("共 1 个班")


def others_work(day: Day) -> None:
    """Print, have signed, record and send; what the window does of this is another day."""
    (out, incoming) = day.stick / "out", day.stick / "in"
    incoming.mkdir()
    school_digits = (day.stick / "school.digits").read_text()
    for seat in ("first", "second"):
        accept_enrolment(day.folder / seat, read_text(day.stick / f"{seat}.answer"), school_digits)
    with day.behind("medicine") as medicine:
        sheet = complete_class(medicine, NURSING)
        one, other, _third = members(medicine, NURSING)
        for student, new in ((one, "王小喆"), (other, "王晓")):
            propose_correction(
                medicine,
                ROUND,
                ProposedCorrection(student.subject, "name", new, "身份证为准", sheet.number),
                [Evidence("身份证.jpg", b"\xff\xd8 scan")],
            )
        export(medicine, "registrar", ROUND, incoming)
    with day.behind("first") as first:
        merge(first, sorted(out.glob("*.jice")))
        sheet = complete_class(first, SOFTWARE)
        export(first, first.home.seat.office.id, ROUND, day.stick)
        with day.behind("second") as second:
            merge(second, [*sorted(out.glob("*.jice")), *day.stick.glob("*.jice")])
            everybody = [one.subject for one in members(second, SOFTWARE)]
            marks = [StudentMark(one, Mark.UNSIGNED, "栏里是空的") for one in everybody]
            record_marks(second, ROUND, sheet.number, marks)
            record_sign_off(second, ROUND, sheet.number, "head", "赵院长", "2026-09-21")
            record_marks(
                first, ROUND, sheet.number, [StudentMark(o, Mark.SIGNED) for o in everybody]
            )
            record_sign_off(first, ROUND, sheet.number, "head", "钱院长", "2026-09-22")
            export(second, "registrar", ROUND, incoming)
        export(first, "registrar", ROUND, incoming)


def spoiled(day: Day) -> Path:
    """Return a copy of a bundle that a bad stick has changed in one place."""
    good = next(iter(sorted((day.stick / "in").glob("*.jice"))))
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    bad = day.stick / "bad.jice"
    bad.write_bytes(bytes(data))
    return bad


# --- the afternoon: what came back ---------------------------------------------------------------


def decides(registrar: Person) -> None:
    """Decide one by itself, those like it together, and leave what is on paper for later."""
    assert registrar.sees("分歧 8 处")  # taking them in has led here
    first = identity(1).name
    registrar.chooses_row("分歧", first, "签字情况")
    registrar.presses("采用“本人签字”")
    assert registrar.sees("请先写明理由")
    registrar.fills("分歧的裁定理由", "查看了签字表原件")
    registrar.keys("Alt+2")
    assert registrar.sees("分歧 6 处")  # why the column is empty goes along with that it is
    registrar.chooses_row("分歧", identity(2).name, "签字情况")
    registrar.fills("分歧的裁定理由", "查看了签字表原件")
    registrar.presses("2 处都以004号席位为准…")
    registrar.presses("裁定这 2 处")
    assert registrar.sees("分歧 2 处")


def settles_corrections(registrar: Person) -> None:
    """Accept one, reject the other: both say why."""
    registrar.presses("更正 2")
    registrar.chooses_row("更正", identity(7).name)
    assert registrar.sees("身份证为准")
    registrar.fills("更正的裁定理由", "身份证清楚")
    registrar.presses("采纳：姓名改为“王小喆”")
    registrar.chooses_row("更正", identity(8).name)
    registrar.fills("更正的裁定理由", "与档案不符")
    registrar.presses("驳回")
    assert registrar.sees("分歧 2 处，更正 0 条")


def issues(registrar: Person, said: str) -> None:
    """Issue for whoever is ready; who is not is held back with the reasons."""
    registrar.keys("Ctrl+4")
    registrar.presses("办理注册…")
    registrar.goes_on()
    assert registrar.sees(f"将办理 {said} 人的注册结论")
    registrar.goes_on()
    assert registrar.sees(f"注册学籍 {said} 人")
    registrar.goes_on()


def waits_for_the_rest(registrar: Person, day: Day, chosen: list[Any]) -> None:
    """Decide what was left, and take in what the college reports of its other class."""
    registrar.keys("Ctrl+7")
    registrar.presses("分歧 2")
    for left in (1, 0):
        registrar.fills("分歧的裁定理由", "打电话问过院部")
        registrar.keys("Alt+1")
        assert registrar.sees(f"分歧 {left} 处") or registrar.sees("没有等待裁定的")
    issues(registrar, "3")
    with day.behind("first") as first:
        sheet = print_class(first, "软件2602班")
        sign_sheet(first, sheet, leaving_out={sheet.rows[0].student})
        sign_off(first, sheet)
        supplement = export(first, "registrar", ROUND, day.stick).path
    takes_in(registrar, chosen, [supplement])
    issues(registrar, "2")
    assert registrar.sees("共 9 人：8 人已有结论，0 人可以办理，1 人没有办齐")


# --- the evening: books, files, results, the end -------------------------------------------------


def makes_papers(registrar: Person, day: Day, chosen: list[Any]) -> None:
    """Make the register, the platform's files and the hand-over; save the register."""
    for what in ("名册", "学信网文件", "移交清单"):
        registrar.keys("Ctrl+4")
        registrar.presses("名册和文件…")
        registrar.presses(what)
        for _step in ("what", "check", "done"):
            registrar.goes_on()
        registrar.presses("全部")
        chosen.append(day.cabinet)
        registrar.presses("保存到文件夹")
        assert registrar.sees("与当时完全一样")
    assert registrar.sees("共 9 份")  # register 2, platform 6, hand-over 1


def looks_a_student_up(registrar: Person) -> None:
    """Leave the desk, come back, and answer a telephone call about one student."""
    registrar.keys("Ctrl+L")
    assert registrar.sees("已手工锁定")
    registrar.signs_in("wrong")
    assert registrar.sees("JC-201")
    registrar.signs_in(CHOSEN_PASSPHRASE)
    registrar.keys("Ctrl+F")
    registrar.writes("王小喆")
    registrar.keys("Return")
    assert registrar.sees("姓名：由“王小辛甲”改为“王小喆”")
    assert registrar.sees("随报送包“12354-医学院-2026级新生学籍注册-第1号.jice”收入")


def backs_up_and_ends(registrar: Person, day: Day, chosen: list[Any]) -> None:
    """Make a backup on another disk, and end the round after a question."""
    registrar.presses("设置")
    registrar.presses("数据和备份")
    chosen.append(day.backups)
    registrar.presses("选择备份文件夹…")
    registrar.presses("现在备份")
    assert registrar.sees("已备份并检查完好")
    registrar.keys("Ctrl+4")
    registrar.presses("结束批次…")
    assert registrar.sees("还有 1 人没有注册结论")
    registrar.presses("结束批次")
    assert registrar.sees("批次已经结束")


def sees_the_outcome(secretary: Person, day: Day, chosen: list[Any]) -> None:
    """Take the results in: every student of the college has an outcome."""
    takes_in(secretary, chosen, [day.stick / "back"], refused=1)
    secretary.presses("学生")
    assert secretary.sees("共 3 人，3 人已有注册结论，没有遗漏")


def everybody_is_accounted_for(day: Day) -> None:
    """Compare what both sides say in the evening."""
    with day.behind("registrar") as registrar, day.behind("medicine") as medicine:
        counts = outcome_counts(registrar, ROUND)
        assert (counts["registered"], counts["held_back"]) == (8, 1)
        assert sum(counts.values()) == len(roster_rows())
        assert outcome_counts(medicine, ROUND)["registered"] == 3
        names = {one.identity.name for one in members(medicine, NURSING)}
        assert names == {"王小喆", identity(8).name, identity(9).name}
        assert known_copies(registrar, day.backups).copies
        for office in (registrar, medicine):
            require_healthy(office)
    assert len(list(day.cabinet.iterdir())) == 3
