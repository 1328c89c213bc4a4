"""The command line: for support staff and scripts. Without arguments, the window.

A command imports what it needs when it runs: neither the window nor a question for help waits for
the libraries of all others.
"""

import argparse
import getpass
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.errors import BundleError, UserError
from desktop.garbage import loading
from desktop.paths import default_data_dir
from desktop.procedures.demo.wishes import STAGE_TITLES, STAGES, Wishes
from desktop.usage import Parser, positive, whole

if TYPE_CHECKING:
    from desktop.domain.merging import BundleReport
    from desktop.procedures.imports.checking import CheckedFile
    from desktop.procedures.school.renewal import RunningOut
    from desktop.procedures.session import Session

OK, FAILED, UNREADABLE, REFUSED, STOPPED = 0, 1, 2, 3, 130
_SEVERITIES = {"error": "错误", "question": "疑问", "note": "说明"}
_PASSPHRASE_VARIABLE = "JICE_PASSPHRASE"  # noqa: S105 - the name of a variable


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code: 0 done, 1 failed, 3 refused, 130 stopped by hand."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not speak UTF-8 by itself
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except UserError as error:
        if arguments.json:
            _print_json({"error": {"code": error.code, "what": error.what, "todo": error.todo}})
        print(f"{error.what}{error.todo}（{error.code}）", file=sys.stderr)
        return REFUSED if isinstance(error, BundleError) else FAILED
    except KeyboardInterrupt:
        print("已经停下，没有做完的这一步没有保存。需要时重新开始。", file=sys.stderr)
        return STOPPED


def _parser() -> Parser:
    parser = Parser(prog="jice", description="籍册：学籍学历注册。不写命令就打开窗口。")
    parser.add_argument(
        "--version", action="version", version=f"籍册 {__version__}", help="显示版本号"
    )
    parser.set_defaults(command=_window, json=False, data=None)
    commands = parser.add_subparsers(metavar="命令", dest="name")

    window = commands.add_parser("window", help="打开窗口；不写命令时也是这样")
    _add_folder(window)
    window.set_defaults(command=_window)

    _add_demo(commands.add_parser("demo", help="演示：完整地走一遍新生学籍注册"))

    merging = commands.add_parser("merge", help="收入报送包")
    merging.add_argument("files", nargs="+", type=Path, metavar="文件", help="一份或几份报送包")
    merging.add_argument("--dry-run", action="store_true", help="只看会发生什么，不作任何改动")
    _add_common(merging, _merge)

    inspecting = commands.add_parser("inspect", help="查看一份报送包是谁签发给谁的")
    inspecting.add_argument("file", type=Path, metavar="文件", help="一份报送包")
    _add_common(inspecting, _inspect)

    checking = commands.add_parser("check", help="检查一份名单，列出全部问题，不作任何改动")
    checking.add_argument(
        "file",
        type=Path,
        metavar="文件",
        help="电子表格、文本或者DBF文件，也可以是招生系统导出的文件夹，或者它的ZIP",
    )
    checking.add_argument("--kind", default="", metavar="种类", help="不写就从各栏的名称认出来")
    _add_common(checking, _check)

    restoring = commands.add_parser("restore", help="用一份备份恢复数据；先关闭窗口")
    restoring.add_argument("copy", type=Path, metavar="备份", help="一份备份的文件夹")
    _add_common(restoring, _restore)

    doctor = commands.add_parser("doctor", help="检查数据是否完好")
    _add_common(doctor, _doctor)
    return parser


def _add_demo(demo: argparse.ArgumentParser) -> None:
    """Add what the demo takes."""
    demo.add_argument(
        "--students", type=positive, metavar="人数", help="学生人数；不写就用随程序附带的名单"
    )
    demo.add_argument(
        "--colleges", type=positive, default=12, metavar="个数", help="院部个数；不写就是 12 个"
    )
    demo.add_argument(
        "--seed", type=whole, default=2026, metavar="数", help="同一个数，每次演示都一样"
    )
    demo.add_argument(
        "--out", type=Path, default=Path("demo"), metavar="文件夹", help="结果放在哪个文件夹"
    )
    stages = "，".join(f"{stage} {title}" for stage, title in STAGE_TITLES.items())
    demo.add_argument(
        "--until",
        choices=STAGES,
        default=STAGES[-1],
        metavar="步骤",
        help=f"走到哪一步为止：{stages}",
    )
    demo.add_argument("--no-window", action="store_true", help="结束后不打开窗口")
    _add_json(demo)
    demo.set_defaults(command=_demo)


def _add_common(parser: argparse.ArgumentParser, command: Callable[..., int]) -> None:
    """Add what every command on a store takes."""
    _add_folder(parser)
    parser.add_argument("--operator", default="", metavar="姓名", help="经办人；只有一位时可以不写")
    _add_json(parser)
    parser.set_defaults(command=command)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=None, metavar="文件夹", help="数据文件夹；不写就用平时的那个"
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="写成其他程序能读的JSON")


def _window(arguments: argparse.Namespace) -> int:
    """Open the window; Qt is loaded only here, commands do without it."""
    with loading():
        from desktop.app import run_window

    return run_window(arguments.data)


def _demo(arguments: argparse.Namespace) -> int:
    """Play a whole round."""
    from desktop.procedures.demo.play import play

    wishes = Wishes(
        out=arguments.out,
        students=arguments.students or 0,
        colleges=arguments.colleges,
        seed=arguments.seed,
        until=arguments.until,
    )
    summary = play(wishes, (lambda _sentence: None) if arguments.json else print)
    if arguments.json:
        _print_json(asdict(summary))
        return OK
    print(f"共 {summary.students} 人，每个人都有着落。用时（秒）：{summary.seconds}")
    print(f"各席位的数据：{wishes.out / 'seats'}（口令都是 demo）")
    print(f"报送包：{wishes.out / 'bundles'}")
    print(f"纸质材料：{wishes.out / 'papers'}（{len(summary.documents)} 份）")
    print(f"汇总：{wishes.out / 'summary.json'}")
    if arguments.no_window:
        return OK
    return _show_demo(wishes.out / "seats" / "registrar")


def _show_demo(folder: Path) -> int:
    """Open the registrar's window on what was played, where there is a screen."""
    if not _has_screen():
        print(f"这台机器没有屏幕。有屏幕时用“jice window --data {folder}”打开学籍科的窗口。")
        return OK
    from desktop.app import SignIn, run_window
    from desktop.procedures.demo.stage import PASSPHRASE, REGISTRAR

    print("学籍科的窗口已经打开，关闭窗口就结束。")
    return run_window(folder, SignIn(REGISTRAR, PASSPHRASE))


def _has_screen() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _check(arguments: argparse.Namespace) -> int:
    """Say what is wrong with a list, with ``--data`` also against a store; exit 0, 1 or 2."""
    from desktop.procedures.imports.checking import check_file, kind_title, kinds_of_lists

    if arguments.kind and arguments.kind not in kinds_of_lists():
        known = "、".join(f"{kind}（{kind_title(kind)}）" for kind in kinds_of_lists())
        print(f"没有“{arguments.kind}”这种名单，可以写：{known}。", file=sys.stderr)
        return UNREADABLE
    if arguments.data is None:
        checked = check_file(arguments.file, arguments.kind)
    else:
        session = _sign_in(arguments)
        with session.store:
            checked = check_file(arguments.file, arguments.kind, session)
    if arguments.json:
        shown = asdict(checked)
        del shown["readable"]
        for sheet in shown["sheets"]:
            del sheet["columns"]
        _print_json(shown)
    else:
        _print_checked(checked, kind_title(checked.kind))
    if not checked.readable:
        return UNREADABLE
    return OK if checked.clean else FAILED


def _print_checked(checked: "CheckedFile", title: str) -> None:
    """Say what was found, a line each; last how many students there are, and how much was found."""
    for one in checked.problems:
        place = f"“{one.sheet}”第{one.row}行" if one.row else f"“{one.sheet}”"
        where = f"{place}“{one.column}”栏，" if one.column else f"{place}，"
        if not one.row and place in one.message:  # it says itself which file it is about
            where = ""
        print(f"{_SEVERITIES[one.severity]}：{where}{one.message}（{one.code}）")
    if checked.kind:
        count = Counter(str(one.severity) for one in checked.problems)
        found = "，".join(f"{word} {count[kind]} 处" for kind, word in _SEVERITIES.items())
        print(f"“{checked.file}”是{title}，共 {checked.students} 名学生：{found}。")


def _restore(arguments: argparse.Namespace) -> int:
    """Put a backup in the place of the data folder."""
    from desktop.procedures.keeping.backups import restore

    restored = restore(arguments.copy, arguments.data or default_data_dir())
    if arguments.json:
        _print_json(asdict(restored))
        return OK
    print(f"已恢复{restored.copy.made_at[:16].replace('T', ' ')}的备份。")
    if restored.kept_aside:
        print(f"恢复以前的数据保留在：{restored.kept_aside}")
    print("恢复以后先收入一份最新的报送包，再登记和导出。")
    return OK


def _merge(arguments: argparse.Namespace) -> int:
    """Merge files, or say what merging them would do; exit 3 when one was refused."""
    from desktop.procedures.exchange.merging import merge, plan_merge

    session = _sign_in(arguments)
    with session.store:
        act = plan_merge if arguments.dry_run else merge
        report = act(session, arguments.files)
    if arguments.json:
        _print_json({"dry_run": arguments.dry_run, **asdict(report)})
    else:
        for bundle in report.bundles:
            print(_bundle_sentence(bundle))
        for refusal in report.refusals:
            print(f"拒收 {refusal.file_name}：{refusal.what}{refusal.todo}（{refusal.code}）")
        if arguments.dry_run:
            print("以上只是预览，没有作任何改动。")
    return REFUSED if report.refusals else OK


def _bundle_sentence(bundle: "BundleReport") -> str:
    """Say in one line what a bundle brings."""
    missing = sum(len(m.students) for m in bundle.missing)
    parts = [
        f"收入 {bundle.file_name}：来自 {bundle.from_office}（席位 {bundle.from_seat}）第"
        f"{bundle.number}号，记载 {bundle.statements} 条，新 {bundle.new_statements} 条"
    ]
    parts += [notice.sentence.rstrip("。") for notice in bundle.notices]
    for count, what in (
        (len(bundle.forwarded), "份别的席位以前的报送包随同转交"),
        (sum(b.new_statements for b in bundle.forwarded), "条转交的新记载"),
        (len(bundle.changes), "处改动"),
        (len(bundle.conflicts), "处分歧待裁定"),
        (len(bundle.without_authority), "个不属于该院部、不计入"),
        (missing, "名学生没有提到"),
    ):
        if count:
            parts.append(f"{count} {what}")
    return "，".join(parts) + "。"


def _inspect(arguments: argparse.Namespace) -> int:
    """Say who signed what for whom; exit 0 genuine, 3 refused."""
    from desktop.procedures.exchange.merging import inspect

    session = _sign_in(arguments)
    with session.store:
        inspection = inspect(session, arguments.file)
    manifest = inspection.bundle.manifest
    facts = {
        "genuine": True,
        "school_code": manifest.school_code,
        "from_office": manifest.from_office,
        "from_office_name": inspection.office_name,
        "from_seat": manifest.from_seat,
        "seat_name": inspection.seat_name,
        "to_office": manifest.to_office,
        "round": manifest.round_id,
        "round_name": manifest.round_name,
        "training": manifest.training,
        "number": manifest.number,
        "created": manifest.created,
        "counts": asdict(manifest.counts),
        "forwarded": len(inspection.bundle.forwarded),
        "digest": inspection.bundle.digest,
    }
    if arguments.json:
        _print_json(facts)
    else:
        handed_on = f"，转交以前的报送包 {facts['forwarded']} 份" if facts["forwarded"] else ""
        print(
            f"真实有效：{inspection.office_name}（{inspection.seat_name}）于 {manifest.created} "
            f"签发给 {manifest.to_office}，批次“{manifest.round_name}”，第{manifest.number}号，"
            f"记载 {manifest.counts.statements} 条，附件 {manifest.counts.attachments} 个"
            f"{handed_on}。"
        )
    return OK


def _doctor(arguments: argparse.Namespace) -> int:
    """Check a store; exit 1 when something is not as it should be."""
    from desktop.procedures.keeping.doctor import diagnose
    from desktop.store.store import Store

    with Store.open(_folder(arguments)) as store:
        diagnosis = diagnose(store)
        warning = store.warning
    if arguments.json:
        _print_json({**asdict(diagnosis), "healthy": diagnosis.healthy, "warning": warning})
    else:
        for finding in diagnosis.findings:
            print(f"发现问题：{finding.sentence}（{finding.code}）")
        if warning:
            print(f"提醒：{warning}")
        if diagnosis.healthy:
            print("数据完好：数据文件、记载链、报送包、附件和数据表都检查过。")
        print(f"state_digest {diagnosis.state_digest}")
    return OK if diagnosis.healthy else FAILED


def _sign_in(arguments: argparse.Namespace) -> "Session":
    """Sign in with the passphrase from the environment or a prompt."""
    from desktop.procedures.school.renewal import certificates_running_out
    from desktop.procedures.session import open_and_sign_in

    passphrase = os.environ.get(_PASSPHRASE_VARIABLE)
    if passphrase is None:
        passphrase = getpass.getpass("口令：")
    session = open_and_sign_in(_folder(arguments), arguments.operator, passphrase)
    if session.store.warning:
        print(f"提醒：{session.store.warning}", file=sys.stderr)
    for warning in certificates_running_out(session):
        print(f"提醒：{_running_out_sentence(warning)}", file=sys.stderr)
    return session


def _running_out_sentence(warning: "RunningOut") -> str:
    """Say whose certificate runs out, and who can do something about it."""
    whose = "本席位" if warning.own else f"{warning.seat.office.name}（{warning.seat.name}）"
    if warning.days_left < 0:
        when = f"已于{warning.valid_until}到期，不能再导出报送包"
    else:
        when = f"有效到{warning.valid_until}，还有{warning.days_left}天"
    return f"{whose}的证书{when}。请学籍科换发，并导出一份报送包。"


def _folder(arguments: argparse.Namespace) -> Path:
    folder: Path = arguments.data or default_data_dir()
    return folder


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()  # a frozen program starts itself again to read a workbook
    sys.exit(main())
