"""The command line: what it prints, for people and for scripts, and how it ends."""

import argparse
import getpass
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.domain.import_problems import RosterRow
from desktop.errors import StoreLocked
from desktop.interchange.dbase import write_dbf
from desktop.procedures.demo.wishes import STAGES
from desktop.procedures.exchange.exporting import export
from desktop.procedures.keeping.backups import back_up
from desktop.store.store import Store, local_now
from desktop.usage import columns
from tests.conftest import PASSPHRASE, ROUND, School, identity, roster_rows
from tests.procedures.acts import complete_class, roster_file, snapshot

Run = Callable[..., tuple[int, str, str]]
COMMANDS = ("demo", "merge", "inspect", "check", "restore", "doctor")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with the right passphrase; return exit code, output and errors."""
    monkeypatch.setenv("JICE_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def sent(school: School) -> tuple[Path, Path, Path]:
    """A good bundle, a spoiled one, and the closed registrar's folder."""
    complete_class(school.first, "软件2601班")
    good = school.send(school.first, "registrar")
    data = bytearray(good.read_bytes())
    data[-30] ^= 1
    bad = good.with_name("坏.jice")
    bad.write_bytes(data)
    school.close()
    return good, bad, school.store_folder("registrar")


# --- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "--json" in text
    assert ("--data" in text) is (command != "demo")


def test_help_and_version_name_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--help", "--version"):
        with pytest.raises(SystemExit) as ended:
            main([option])
        assert ended.value.code == 0
        assert "籍册" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["merge"],
        ["inspect"],
        ["no-such-command"],
        ["demo", "--students", "0"],
        ["demo", "--students", "many"],
        ["demo", "--seed", "x"],
        ["demo", "--until", "never"],
        ["demo", "--out"],
        ["demo", "--no-window=3"],
        ["demo", "--s", "3"],
        ["inspect", "one", "two"],
        ["--unknown"],
    ],
)
def test_a_wrong_call_is_told_apart_from_a_failure(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("用法：jice ")
    assert told.endswith("--help”。\n")
    assert english_in(told) <= {*arguments, *STAGES, *COMMANDS, "window"}


def english_in(text: str) -> set[str]:
    """Return the English words of a text that are neither options nor the program's name."""
    words = re.findall(r"[A-Za-z][A-Za-z-]*", re.sub(r"(?<![A-Za-z])-{1,2}[a-z-]+", "", text))
    return {*words} - {"jice"}


@pytest.mark.parametrize("command", ["", "window", *COMMANDS])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help"])
    english = english_in(capsys.readouterr().out)
    assert english <= {"window", *COMMANDS, *STAGES, "JSON", "DBF", "ZIP"}


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("command", ["", "window", *COMMANDS])
def test_help_stands_in_columns_as_a_terminal_shows_them(
    command: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    with pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help"])
    text = capsys.readouterr().out
    assert "\0" not in text
    assert max(map(columns, text.splitlines())) <= width
    assert not re.search(r"^ *[，。；：、）”]", text, re.MULTILINE)
    usage, _, body = text.partition("\n\n")
    assert {indent(line) for line in usage.splitlines()[1:]} <= {columns(f"用法：jice {command} ")}
    explained = re.findall(r"^( {2,4}\S.*?  +)\S", body, re.MULTILINE)
    going_on = re.findall(r"^( {8,})\S", body, re.MULTILINE)
    assert explained
    assert len({*map(columns, explained), *map(columns, going_on)}) == 1


def indent(line: str) -> int:
    return columns(line) - columns(line.lstrip())


def test_argparse_speaks_as_before_to_everybody_else(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["merge"])
    with pytest.raises(SystemExit):
        argparse.ArgumentParser(prog="other").parse_args(["x"])
    assert "unrecognized arguments: x" in capsys.readouterr().err


def test_whoever_stops_a_command_is_told_what_that_means(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.procedures.demo.play.play", stop)
    code, out, err = run("demo", "--out", tmp_path / "demo")
    assert (code, out) == (130, "")
    assert err == "已经停下，没有做完的这一步没有保存。需要时重新开始。\n"


# --- inspect -------------------------------------------------------------------------------------


def test_inspect_says_who_signed_what_for_whom(run: Run, sent: tuple[Path, Path, Path]) -> None:
    good, _, data = sent
    code, out, err = run("inspect", good, "--data", data)
    assert (code, err) == (0, "")
    assert "真实有效：信息技术学院" in out
    code, out, _ = run("inspect", good, "--data", data, "--json")
    facts = json.loads(out)
    assert code == 0
    assert facts["genuine"] is True
    assert (facts["from_office"], facts["from_seat"], facts["to_office"]) == (
        "college-01",
        "002",
        "registrar",
    )
    assert (facts["number"], facts["training"]) == (1, False)
    assert facts["counts"]["statements"] == 9


def test_inspect_refuses_with_the_cause(run: Run, sent: tuple[Path, Path, Path]) -> None:
    _, bad, data = sent
    code, out, err = run("inspect", bad, "--data", data)
    assert (code, out) == (3, "")
    assert "损坏" in err
    assert "JC-303" in err
    code, out, _ = run("inspect", bad, "--data", data, "--json")
    assert code == 3
    assert json.loads(out)["error"]["code"] == "JC-303"


def test_inspect_of_a_file_that_is_not_there_is_a_refusal(
    run: Run, sent: tuple[Path, Path, Path]
) -> None:
    _, bad, data = sent
    code, _, err = run("inspect", bad.with_name("没有.jice"), "--data", data)
    assert code == 3
    assert "JC-320" in err


# --- merge ---------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing_and_merge_does_what_it_said(
    run: Run, sent: tuple[Path, Path, Path]
) -> None:
    good, _, data = sent
    before = snapshot(data)
    code, out, _ = run("merge", good, "--data", data, "--dry-run", "--json")
    planned = json.loads(out)
    assert (code, planned.pop("dry_run")) == (0, True)
    assert snapshot(data) == before
    code, out, _ = run("merge", good, "--data", data, "--json")
    done = json.loads(out)
    assert (code, done.pop("dry_run")) == (0, False)
    assert done == planned
    (bundle,) = done["bundles"]
    assert (bundle["new_statements"], done["refusals"]) == (9, [])
    code, out, _ = run("merge", good, "--data", data)
    assert code == 0
    assert "新 0 条" in out
    assert "已经收过" in out


def test_merge_says_in_its_end_that_a_file_was_refused(
    run: Run, sent: tuple[Path, Path, Path]
) -> None:
    good, bad, data = sent
    code, out, _ = run("merge", bad, good, "--data", data)
    assert code == 3
    assert "收入 12354-信息技术学院" in out
    assert "拒收 坏.jice" in out
    code, out, _ = run("merge", bad, "--data", data, "--json", "--dry-run")
    assert code == 3
    assert [r["code"] for r in json.loads(out)["refusals"]] == ["JC-303"]


def test_merge_and_inspect_tell_what_is_handed_back(run: Run, school: School) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    back = export(school.registrar, "college-01", ROUND, school.folder, again=True).path
    school.close()
    data = school.store_folder("first_again")
    code, out, _ = run("inspect", back, "--data", data)
    assert (code, "转交以前的报送包 1 份" in out) == (0, True)
    assert json.loads(run("inspect", back, "--data", data, "--json")[1])["forwarded"] == 1
    code, out, _ = run("merge", back, "--data", data)
    assert code == 0
    assert "1 份别的席位以前的报送包随同转交，9 条转交的新记载" in out


def test_who_signs_in_is_reminded_of_a_certificate_that_runs_out(
    run: Run, sent: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, _, data = sent
    later = local_now() + timedelta(days=3 * 366 - 10)
    monkeypatch.setattr("desktop.store.store.local_now", lambda: later)
    code, _, err = run("inspect", good, "--data", data)
    assert code == 0
    assert err.count("还有10天") == 3
    assert f"信息技术学院（信息技术学院的电脑）的证书有效到{later.date() + timedelta(10)}" in err


def test_a_store_that_was_never_finished_is_told_so(run: Run, tmp_path: Path) -> None:
    Store.create(tmp_path).close()
    for command in ("doctor", "inspect"):
        code, _, err = run(command, *(["x.jice"] * (command == "inspect")), "--data", tmp_path)
        assert code == 1
        assert "JC-106" in err


# --- check ---------------------------------------------------------------------------------------

SAMPLES = Path(__file__).parent / "data" / "samples"


def test_check_lists_every_problem_of_a_file(run: Run) -> None:
    code, out, _ = run("check", SAMPLES / "T_XSXX.DBF", "--json")
    told = json.loads(out)
    assert code == 1
    assert list(told) == ["file", "kind", "sheets", "students", "problems"]
    assert told["sheets"] == [{"name": "T_XSXX.DBF", "header_row": 0, "rows": 600}]
    assert (told["kind"], told["students"]) == ("new-students", 600)
    keys = {key for problem in told["problems"] for key in problem}
    assert keys == {"sheet", "row", "column", "value", "code", "severity", "message"}
    code, out, _ = run("check", SAMPLES / "T_XSXX.DBF")
    assert code == 1
    assert "错误：“T_XSXX.DBF”第110行“XM”栏，" in out
    severities = Counter(problem["severity"] for problem in told["problems"])
    assert out.endswith(
        f"“T_XSXX.DBF”是新生名单，共 600 名学生：错误 {severities['error']} 处，"
        f"疑问 {severities['question']} 处，说明 {severities['note']} 处。\n"
    )


def test_check_ends_with_0_for_a_clean_file_and_2_for_one_that_can_not_be_read(
    run: Run, tmp_path: Path
) -> None:
    assert run("check", SAMPLES / "人像比对核查结果.xlsx")[0] == 0
    code, out, _ = run("check", tmp_path / "没有.xlsx")
    assert code == 2
    assert "找不到" in out
    assert out.count("“") == 1, "the file is named once"
    assert "file-unreadable" in out


def test_check_reads_an_admission_set_from_a_folder_and_from_a_zip(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "湖北"
    folder.mkdir()
    one = identity(1)
    admitted = [["26420601110001", "7", one.name, one.id_number]]
    day = date(2026, 8, 20)
    for name, fields, rows in (
        ("T_TDD.DBF", [("KSH", 14), ("XBDM", 1), ("XM", 40), ("SFZH", 18)], admitted),
        ("T_TJXX.DBF", [("KSH", 14)], [["26420601110001"], ["26420601110002"]]),
        ("TD_XBDM.DBF", [("XBDM", 1), ("XBMC", 2)], [["7", one.sex]]),
    ):
        (folder / name).write_bytes(write_dbf(fields, rows, day))
    packed = tmp_path / "湖北.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    results = [json.loads(run("check", path, "--json")[1]) for path in (folder, packed)]
    assert [told.pop("file") for told in results] == ["湖北", "湖北.zip"]
    assert results[0] == results[1]
    assert (results[0]["kind"], results[0]["students"]) == ("new-students", 1)
    (problem,) = results[0]["problems"]
    assert (problem["sheet"], problem["row"], problem["code"]) == ("T_TJXX.DBF", 2, "code-unknown")
    code, out, _ = run("check", folder)
    assert code == 1
    assert "疑问：“T_TJXX.DBF”第2行“KSH”栏，" in out


def test_check_knows_the_kinds_of_lists(run: Run) -> None:
    code, out, _ = run("check", SAMPLES / "人像比对核查结果.xlsx", "--kind", "fees")
    assert code == 1
    assert "不是缴费情况表" in out
    code, _, err = run("check", SAMPLES / "人像比对核查结果.xlsx", "--kind", "x")
    assert code == 2
    assert "face-check（人像比对结果表）" in err


def test_check_against_a_store_finds_numbers_of_others(
    run: Run, school: School, tmp_path: Path
) -> None:
    known = roster_rows()[0].identity
    stranger = identity(50)._replace(student_number=known.student_number)
    path = roster_file(
        tmp_path / "名单.xlsx", [RosterRow("", 0, stranger, "信息技术学院", "软件2601班")]
    )
    school.close()
    assert run("check", path)[0] == 0
    code, out, _ = run("check", path, "--data", school.store_folder("registrar"))
    assert code == 1
    assert "duplicate-in-store" in out


# --- restore -------------------------------------------------------------------------------------


def test_restore_puts_a_backup_in_place(run: Run, school: School, tmp_path: Path) -> None:
    shelf = tmp_path / "backups"
    shelf.mkdir()
    copy = back_up(school.first, shelf)
    school.close()
    folder = school.store_folder("first")
    code, out, _ = run("restore", copy.folder, "--data", folder)
    assert code == 0
    assert "恢复以前的数据保留在" in out
    code, out, _ = run("doctor", "--data", folder)
    assert (code, digest_of(out)) == (0, copy.state_digest)
    code, _, err = run("restore", tmp_path, "--data", folder)
    assert code == 1
    assert "JC-122" in err


# --- doctor --------------------------------------------------------------------------------------


def digest_of(out: str) -> str:
    return out.rpartition("state_digest ")[2].strip()


def test_doctor_needs_no_passphrase_and_prints_the_digest(
    run: Run, sent: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, data = sent
    monkeypatch.delenv("JICE_PASSPHRASE")
    code, out, _ = run("doctor", "--data", data)
    assert code == 0
    assert "数据完好" in out
    code, told, _ = run("doctor", "--data", data, "--json")
    diagnosis = json.loads(told)
    assert code == 0
    assert (diagnosis["healthy"], diagnosis["findings"]) == (True, [])
    assert diagnosis["state_digest"] == digest_of(out)
    assert len(diagnosis["state_digest"]) == 64


def test_stores_that_read_the_same_have_one_digest(
    run: Run, sent: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    good, _, data = sent
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    run("merge", good, "--data", data)
    assert digest_of(run("doctor", "--data", data)[1]) != digest_of(
        run("doctor", "--data", copy)[1]
    )
    run("merge", good, good, "--data", copy)
    assert digest_of(run("doctor", "--data", data)[1]) == digest_of(
        run("doctor", "--data", copy)[1]
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("UPDATE identity SET name = '冒名' WHERE rowid = 1", "table-differs"),
        ("DELETE FROM statement WHERE number = 5", "chain-broken"),
        ("DELETE FROM statement WHERE number = (SELECT max(number) FROM statement)", "chain-cut"),
        ("UPDATE statement SET line = CAST(replace(line, '}', ' }') AS BLOB)", "statement-altered"),
        ("UPDATE statement SET line = x'ff7b' WHERE number = 12", "statement-altered"),
    ],
)
def test_doctor_finds_what_somebody_changed_in_the_database(
    run: Run, sent: tuple[Path, Path, Path], spoil: str, code: str
) -> None:
    _, _, data = sent
    with closing(sqlite3.connect(data / "jice.db")) as connection:
        connection.execute(spoil)
        connection.commit()
    ended, out, _ = run("doctor", "--data", data, "--json")
    found = {finding["code"] for finding in json.loads(out)["findings"]}
    assert ended == 1
    assert code in found
    assert "发现问题" in run("doctor", "--data", data)[1]


def test_doctor_of_a_broken_file_fails_with_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jice.db").write_bytes(b"this is not a database at all")
    code, _, err = run("doctor", "--data", tmp_path)
    assert code == 1
    assert "JC-103" in err


# --- who, and where ------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_a_sentence_on_stderr(
    run: Run, sent: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, _, data = sent
    monkeypatch.setenv("JICE_PASSPHRASE", "falsch")
    before = snapshot(data)
    code, out, err = run("merge", good, "--data", data)
    assert (code, out) == (1, "")
    assert err == "口令不对，密钥没有打开。请检查大小写和输入法，再输入一次。（JC-201）\n"
    assert snapshot(data) == before


def test_the_passphrase_is_asked_for_where_the_environment_has_none(
    run: Run, sent: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, _, data = sent
    monkeypatch.delenv("JICE_PASSPHRASE")
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", answer)
    assert run("inspect", good, "--data", data)[0] == 0
    assert asked == ["口令："]


def test_an_unknown_operator_is_told_so(run: Run, sent: tuple[Path, Path, Path]) -> None:
    good, _, data = sent
    code, _, err = run("inspect", good, "--data", data, "--operator", "无名")
    assert code == 1
    assert "无名" in err


@pytest.mark.parametrize("command", ["merge", "inspect", "doctor"])
def test_a_folder_without_data_is_told_so(run: Run, tmp_path: Path, command: str) -> None:
    files = [] if command == "doctor" else ["x.jice"]
    code, _, err = run(command, *files, "--data", tmp_path / "没有")
    assert code == 1
    assert "JC-106" in err
    assert not (tmp_path / "没有").exists()
    code, out, _ = run(command, *files, "--data", tmp_path / "没有", "--json")
    assert json.loads(out)["error"]["code"] == "JC-106"


def test_a_store_that_is_open_elsewhere_names_who_holds_it(run: Run, school: School) -> None:
    code, _, err = run("doctor", "--data", school.store_folder("first"))
    assert code == 1
    assert "JC-101" in err
    assert "用着" in err
    assert str(os.getpid()) not in err


def test_a_command_that_holds_the_data_is_called_by_its_name(
    run: Run, sent: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, _, data = sent
    seen: list[str] = []

    def look_meanwhile(*_given: object) -> None:
        with pytest.raises(StoreLocked) as caught:
            Store.open(data)
        seen.append(caught.value.what)
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.procedures.exchange.merging.inspect", look_meanwhile)
    assert run("inspect", good, "--data", data)[0] == 130
    assert seen[0].endswith("起用着命令“jice inspect”。")


# --- as a program --------------------------------------------------------------------------------


def start(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own, on a terminal that knows ASCII alone."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "ascii", **environment},
        check=False,
    )


def test_the_program_runs_as_a_process(sent: tuple[Path, Path, Path]) -> None:
    good, bad, data = sent
    ended = start("merge", good, bad, "--data", data, "--json", JICE_PASSPHRASE=PASSPHRASE)
    report: dict[str, Any] = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (3, "")
    assert [b["from_office"] for b in report["bundles"]] == ["college-01"]
    assert [r["file_name"] for r in report["refusals"]] == ["坏.jice"]


def test_the_demo_runs_as_a_command(run: Run, tmp_path: Path) -> None:
    options = ("--students", 12, "--colleges", 2, "--seed", 3, "--no-window")
    code, out, _ = run("demo", "--out", tmp_path, *options, "--until", "issued")
    assert code == 0
    assert "名单已下发 2 个院部" in out
    assert str(tmp_path / "summary.json") in out
    code, out, _ = run("demo", "--out", tmp_path, *options, "--until", "issued", "--json")
    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert json.loads(out)["students"] == 12


def test_a_demo_without_a_screen_says_how_to_open_the_window(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    options = ("--students", 12, "--colleges", 2, "--seed", 3, "--until", "prepared")
    code, out, _ = run("demo", "--out", tmp_path, *options)
    assert code == 0
    assert f"jice window --data {tmp_path / 'seats' / 'registrar'}" in out
