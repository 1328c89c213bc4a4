"""A merge in words: names instead of ids, before and after."""

from itertools import permutations
from pathlib import Path

from desktop.domain.rounds import Procedure
from desktop.domain.sheets import Mark
from desktop.errors import Cancelled
from desktop.procedures.exchange.merge_words import merge_in_words, plan_in_words
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.signing.recording import StudentMark, record_marks, set_class_teacher
from tests.conftest import ROUND, School, roster_rows

from .acts import (
    class_id,
    complete_class,
    forge,
    members,
    print_class,
    rename,
    sign,
    snapshot,
    statement,
)

CLASS = "软件2601班"


def test_the_plan_changes_nothing_and_says_what_then_happens(
    school: School, tmp_path: Path
) -> None:
    complete_class(school.first, CLASS)
    broken = tmp_path / "坏的.jice"
    broken.write_bytes(b"nothing")
    files = [
        broken,
        school.send(school.first, "registrar"),
        school.send(school.second, "registrar"),
    ]
    before = snapshot(school.store_folder("registrar"))
    plan = plan_in_words(school.registrar, files)
    assert snapshot(school.store_folder("registrar")) == before
    told = merge_in_words(school.registrar, files)
    assert told == plan
    assert [file.name for file in told.files if file.refusal] == ["坏的.jice"]
    assert [bundle.office_name for bundle in told.bundles] == ["信息技术学院", "医学院"]
    assert told.bundles[0].new == told.bundles[0].report.statements > 0


def test_the_first_bundle_of_all_is_told_by_name(founded: School) -> None:
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    open_round(founded.registrar, new)
    admit_rows(founded.registrar, ROUND, roster_rows(), "名单")
    assign_classes(founded.registrar, "信息技术学院", "college-01")
    file = founded.send(founded.registrar, "college-01")
    (bundle,) = plan_in_words(founded.first, [file]).bundles
    assert (bundle.office_name, bundle.round_name) == ("教务处学籍科", "2026级新生学籍注册")


def test_two_files_of_one_name_are_told_apart(school: School, tmp_path: Path) -> None:
    good = school.send(school.first, "registrar")
    bad = tmp_path / "stick" / good.name
    bad.parent.mkdir()
    bad.write_bytes(b"nothing")
    told = plan_in_words(school.registrar, [bad, good])
    assert [bool(file.bundle) for file in told.files] == [False, True]


def test_a_changed_name_is_told_old_and_new(school: School) -> None:
    rename(school.registrar, roster_rows()[0], name="王晓甲")
    (bundle,) = plan_in_words(school.first, [school.send(school.registrar, "college-01")]).bundles
    (change,) = bundle.changes
    assert (change.title, change.old, change.new) == (
        "姓名",
        roster_rows()[0].identity.name,
        "王晓甲",
    )
    assert change.who.class_name == CLASS
    assert "student:" not in change.who.words


def test_silence_contradiction_and_overreach_are_told_with_names(
    school: School, tmp_path: Path
) -> None:
    sheet = print_class(school.first, CLASS)
    everybody = members(school.first, CLASS)
    sign(school.first, sheet, leaving_out=[everybody[2].subject])
    sent = school.send(school.first, "college-01")
    merge(school.first_again, [sent])
    record_marks(
        school.first_again,
        ROUND,
        sheet.number,
        [StudentMark(everybody[0].subject, Mark.UNSIGNED, "空的")],
    )
    record_marks(
        school.first, ROUND, sheet.number, [StudentMark(everybody[0].subject, Mark.SIGNED)]
    )
    files = [school.send(school.first, "registrar"), school.send(school.first_again, "registrar")]
    first, second = plan_in_words(school.registrar, files).bundles
    assert [(s.class_name, s.names) for s in first.missing] == [
        (CLASS, (everybody[2].identity.name,))
    ]
    conflict = next(c for c in second.conflicts if c.title == "签字情况")
    assert conflict.who.name == everybody[0].identity.name
    assert set(conflict.sides) == {"本人签字", "未签"}
    foreign = members(school.second, "护理2601班")[0]
    said = [statement(school.first, "signature", foreign.subject, mark="signed")]
    forged = forge(school.first, tmp_path / "forged", said, number=9)
    (bundle,) = plan_in_words(school.registrar, [forged]).bundles
    assert [who.name for who in bundle.foreign] == [foreign.identity.name]


def test_stopping_says_what_is_in_and_what_is_not(school: School) -> None:
    set_class_teacher(school.first, class_id(school.first, CLASS), "李老师")
    files = [school.send(school.first, "registrar"), school.send(school.second, "registrar")]

    def stop_at_second(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    told = merge_in_words(school.registrar, files, stop_at_second)
    assert [file.path for file in told.files] == files[:1]
    assert told.untouched == (files[1],)
    rest = merge_in_words(school.registrar, files)
    assert rest.bundles[0].new == 0
    assert rest.untouched == ()


def test_every_file_keeps_its_place(school: School, tmp_path: Path) -> None:
    broken = tmp_path / "坏的.jice"
    broken.write_bytes(b"nothing")
    sent = [school.send(seat, "registrar") for seat in (school.first, school.second)]
    for files in permutations([broken, *sent]):
        told = plan_in_words(school.registrar, files)
        assert [file.path for file in told.files] == list(files)
        assert [file.path for file in told.files if file.refusal] == [broken]
        names = [file.bundle.office_name for file in told.files if file.bundle]
        paths = [file.path.name for file in told.files if file.bundle]
        assert all(name in path for name, path in zip(names, paths, strict=True))
