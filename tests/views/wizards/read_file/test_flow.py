"""读入名单: the steps as plain functions, and every sample walked through the wizard to its end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.import_problems import ListFile, ListRow, ListSheet
from desktop.domain.imports import Fate, Sameness, Target
from desktop.domain.mended_lists import Mended
from desktop.domain.students import FIELD_TITLES, IDENTITY_FIELDS, Identity
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, write_list
from desktop.procedures.imports.imports import ImportLine, import_list, write_import
from desktop.procedures.session import Session
from desktop.store.registration import texts_of_round
from desktop.views.frame.window import MainWindow
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.runner import Runner
from desktop.views.wizards.read_file.changes_step import ChangesStep
from desktop.views.wizards.read_file.draft import (
    CHANGES,
    DONE,
    LIKELY,
    REASON,
    TARGET,
    WRITE,
    ReadFile,
    next_step,
    problems,
)
from desktop.views.wizards.read_file.likely_step import LikelyStep
from desktop.views.wizards.read_file.mending.draft import COLUMNS, FILE, MEND
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.target_step import TargetStep
from desktop.views.wizards.read_file.words import MISSING
from tests.conftest import CLASSES, School, identity
from tests.interchange.admission_makers import folder, whole_set
from tests.views.conftest import OpenWindow, idle
from tests.views.wizards.walking import Walk

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
SAMPLE_FILES = {
    "2026级新生录取名单-招生工作处.xlsx": ("new-students", True),
    "2026级新生信息汇总表-医学院.xls": ("new-students", True),
    "T_XSXX.DBF": ("new-students", True),
    "新生名单-单招.csv": ("new-students", True),
    "学信网-预计毕业生下载.xlsx": ("expected-graduates", True),
    "2027届毕业资格审核-教务科.xlsx": ("credit-audit", False),
    "人像比对核查结果.xlsx": ("face-check", False),
    "2026-2027学年缴费情况-计划财务处.xlsx": ("fees", False),
}


class Reading(Walk):
    """The wizard 读入名单, opened from the page of imports."""

    def read(self, path: Path) -> None:
        """Choose a file, and go on to where it is asked what it is for."""
        page = self.wizard.page
        assert isinstance(page, FileStep)
        page.fill(str(path))
        idle(self.qtbot, self.runner)
        self.go_on()
        while self.step in (COLUMNS, MEND):
            self.go_on()
        assert self.step == TARGET, self.wizard.failure

    def finish(self) -> str:
        """Go on to the end, leaving open what is asked, and return what the last page says."""
        while self.step != DONE:
            before = self.step
            self.go_on()
            assert self.step != before, self.wizard.failure
        return self.sentences

    @property
    def changes(self) -> ChangesStep:
        """The step 核对改动, in sight."""
        assert isinstance(self.wizard.page, ChangesStep)
        return self.wizard.page


@pytest.fixture
def begin(qtbot: QtBot, runner: Runner) -> Callable[[MainWindow], Reading]:
    """Open the wizard from the page of imports."""

    def begin(window: MainWindow) -> Reading:
        assert window.shell
        window.shell.open("imports")
        idle(qtbot, runner)
        page = window.shell.page
        assert isinstance(page, ImportsPage)
        page.begin.click()
        return Reading(page, qtbot, runner)

    return begin


def lines_of(window: MainWindow, qtbot: QtBot, runner: Runner) -> tuple[ImportLine, ...]:
    """Return the imports that the store remembers."""
    assert window.shell
    found: list[tuple[ImportLine, ...]] = []
    window.shell.desk.run(
        lambda session, _progress: import_list(session), found.append, owner=window, title=""
    )
    idle(qtbot, runner)
    return found[0]


@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_every_sample_walks_through_to_the_end(
    window: MainWindow,
    begin: Callable[[MainWindow], Reading],
    qtbot: QtBot,
    runner: Runner,
    name: str,
) -> None:
    kind, writes = SAMPLE_FILES[name]
    walk = begin(window)
    walk.read(SAMPLES / name)
    assert walk.wizard.draft.kind == kind
    said = walk.finish()
    assert ("已经登记" in said) is writes
    assert "没有写入：" in said
    walk.go_on()
    (line,) = lines_of(window, qtbot, runner)
    assert (line.kept.target.kind, line.kept.file_name) == (kind, name)
    assert sum(line.kept.counts.values()) == line.kept.students
    page = window.shell and window.shell.page
    assert isinstance(page, ImportsPage)
    qtbot.waitUntil(lambda: len(page.rows.records) == line.kept.students)


def test_the_sample_of_fees_is_written_where_its_students_are_known(
    school: School,
    open_window: OpenWindow,
    begin: Callable[[MainWindow], Reading],
    qtbot: QtBot,
    runner: Runner,
) -> None:
    file = read_list(SAMPLES / "2026-2027学年缴费情况-计划财务处.xlsx")
    rows = tuple(
        ListRow(
            row.sheet,
            row.row,
            {**row.values, "college": "某学院", "grade": "2024"},
            held_back=False,
        )
        for row in file.rows
    )
    known = Mended(replace(file, kind="continuing-students", rows=rows), {}, frozenset())
    write_import(school.registrar, known, Target("continuing-students"))
    school.close()
    window = open_window("registrar")
    walk = begin(window)
    walk.read(SAMPLES / "2026-2027学年缴费情况-计划财务处.xlsx")
    page = walk.wizard.page
    assert isinstance(page, TargetStep)
    assert page.choice.currentText() == "2026-2027学年"
    assert "新的 1,388 行已经登记" in walk.finish()
    walk.go_on()
    assert lines_of(window, qtbot, runner)[0].target_title == "2026-2027学年"


def admission_set(path: Path) -> Path:
    """Write a province's set in which the admitted are two students of the small school."""
    tables = whole_set()
    names, rows = tables["T_TDD"]
    places = {name: names.index(name) for name in ("KSH", "XM", "SFZH", "CSNY")}
    new_number = {}
    for number, row in enumerate(rows[:2], start=1):
        known = identity(number)
        new_number[row[places["KSH"]]] = known.exam_number
        row[places["XM"]], row[places["SFZH"]] = known.name, known.id_number
        row[places["CSNY"]] = known.birth_date
    del rows[2]
    for stem in ("T_TDD", "T_TJXX", "T_KSJL", "T_XSJTCY"):
        columns, found = tables[stem]
        kept = [row for row in found if row[0] in new_number]
        tables[stem] = (columns, [[new_number[row[0]], *row[1:]] for row in kept])
    return folder(path, tables)


def test_what_a_set_says_of_students_files_comes_in_by_reading_it_once_more(
    window: MainWindow,
    begin: Callable[[MainWindow], Reading],
    qtbot: QtBot,
    runner: Runner,
    tmp_path: Path,
) -> None:
    path = admission_set(tmp_path / "湖北录取库")
    walk = begin(window)
    page = walk.wizard.page
    assert isinstance(page, FileStep)
    page.fill(str(path))
    idle(qtbot, runner)
    assert "里面还有简历、身高等档案内容" in page.words
    page.fill(str(path), "archive")
    idle(qtbot, runner)
    assert "里面还有" not in page.words
    walk.go_on()
    while walk.step in (COLUMNS, MEND, TARGET):
        walk.go_on()
    assert "新的 2 行已经登记" in walk.finish()
    walk.go_on()
    (line,) = lines_of(window, qtbot, runner)
    assert line.kept.target.kind == "archive"
    assert window.shell
    known: list[Mapping[str, str]] = []

    def filed(session: Session) -> Mapping[str, str]:
        with session.unit_of_work() as unit:
            said = texts_of_round(unit.connection, "archive", "")
        return next(texts for texts in said.values() if "赵老师" in texts["resume"])

    window.shell.desk.run(
        lambda session, _progress: filed(session), known.append, owner=window, title=""
    )
    idle(qtbot, runner)
    assert (known[0]["height"], known[0]["family"]) == ("170", "父亲 张父；母亲 李母")
    assert known[0]["resume"].startswith("202009至202306 襄阳市第二中学；202309至202606 ")


# --- a list made for the purpose -----------------------------------------------------------------


def roster_file(path: Path, people: Mapping[Identity, tuple[str, str]]) -> Path:
    """Write a list of new students."""
    fields = [name for name in FIELD_TITLES if name != "remark"]
    columns = [ListColumn(FIELD_TITLES[name], 14) for name in fields]
    columns += [ListColumn("院部", 14), ListColumn("班级", 14)]
    cells = [[*(getattr(one, name) for name in fields), *place] for one, place in people.items()]
    path.write_bytes(write_list("新生名单", columns, cells))
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A list with one the same, one of another college, one new, one who looks like another."""
    first = identity(1)
    people = {
        first: CLASSES[0],
        identity(2): ("医学院", "护理2601班"),
        identity(3)._replace(phone="13900000000"): CLASSES[0],
        identity(77): CLASSES[0],
        identity(57)._replace(name=first.name): CLASSES[0],  # born on the same day
    }
    return roster_file(tmp_path / "新生名单.xlsx", people)


def test_what_needs_a_person_is_decided_on_the_way(
    window: MainWindow,
    begin: Callable[[MainWindow], Reading],
    mixed: Path,
    qtbot: QtBot,
    runner: Runner,
) -> None:
    walk = begin(window)
    walk.read(mixed)
    walk.go_on()
    assert walk.step == LIKELY
    likely = walk.wizard.page
    assert isinstance(likely, LikelyStep)
    assert "有 1 对疑似同一人，已经认定 0 对" in likely.sentence
    likely.table.view.selectAll()
    likely.decide(likely.table.selected, Sameness.TWO)
    assert "已经认定 1 对" in likely.sentence
    assert likely.table.current
    assert likely.table.current.decision == "两个人"
    walk.go_on()
    assert walk.step == CHANGES
    changes = walk.changes
    assert changes.chips.current == Fate.OTHER
    (other,) = changes.table.records
    assert other.name == identity(2).name
    changes.decide_all(come_in=True)
    assert changes.table.records[0].decision == "读入"
    assert "仍然读入 1 行" in changes.sentence
    changes.chips.choose(Fate.CHANGED)
    assert ["联系电话" in line.what for line in changes.table.records] == [True]
    changes.chips.choose(Fate.NEW)
    assert len(changes.table.records) == 2
    changes.chips.choose(MISSING)
    assert len(changes.table.records) == 6
    walk.go_on()
    assert walk.step == REASON
    walk.go_on()
    assert walk.step == REASON  # nothing was written there
    walk.fill(reason="已转专业")
    assert walk.step == WRITE
    assert "2026级新生学籍注册" in walk.sentences
    assert "新的 2 行会登记" in walk.sentences
    walk.go_on()
    assert walk.step == DONE
    assert "有改动的 2 行已经按文件改" in walk.sentences
    assert "不在这份名单里的学生 6 名" in walk.sentences
    walk.go_on()
    (line,) = lines_of(window, qtbot, runner)
    assert (line.written, line.left_out) == (4, 0)


def test_going_back_keeps_what_was_decided(
    window: MainWindow, begin: Callable[[MainWindow], Reading], mixed: Path
) -> None:
    walk = begin(window)
    walk.read(mixed)
    walk.go_on()
    likely = walk.wizard.page
    assert isinstance(likely, LikelyStep)
    likely.decide(likely.table.records, Sameness.RIGHT)
    walk.go_on()
    walk.changes.decide_all(come_in=True)
    walk.go_on()
    walk.wizard.go_back()
    assert walk.changes.table.records[0].decision == "读入"
    walk.wizard.go_back()
    assert likely.table.records[0].decision == "同一人，用右边的"
    walk.wizard.go_back()
    assert walk.step == TARGET
    walk.wizard.reject()


def test_a_roster_needs_a_round() -> None:
    row = ListRow("Sheet1", 2, dict.fromkeys(IDENTITY_FIELDS, "1"), held_back=False)
    file = ListFile("a.xlsx", "", "new-students", (ListSheet("Sheet1", 1, 1),), (row,), ())

    class Fixed(ReadFile):
        kind = "new-students"

    assert file.kind == Fixed.kind
    assert list(problems(TARGET, Fixed())) == [""]
    assert problems(TARGET, Fixed(round_id="r")) == {}
    assert next_step(FILE, ReadFile()) == MEND
    assert list(problems(FILE, ReadFile())) == ["source"]
