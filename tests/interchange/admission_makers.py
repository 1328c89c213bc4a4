"""Sets of tables as provinces' admission systems export them, in folders and ZIPs."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.id_numbers import check_character
from desktop.interchange.dbase import write_dbf

DAY = dt.date(2026, 8, 20)
Tables = dict[str, tuple[list[str], list[list[str]]]]


def identity(number: int) -> str:
    first = f"42062420080724{number:03d}"
    return first + check_character(first)


def older_set() -> Tables:
    """Return a set as most provinces had it: all of a student stands in T_TDD, as codes."""
    names = [
        *("KSH", "ZKZH", "XM", "CSNY", "XBDM", "ZZMMDM", "MZDM", "KSLBDM", "ZXDM", "ZXMC"),
        *("DQDM", "SFZH", "JTDZ", "LXDH", "PCDM", "KLDM", "TDDW", "JHXZ", "CJ", "LQZY", "LQFS"),
    ]
    students = [
        [
            *(f"264206011100{n:02d}", f"0{n}", name, "20080724", sex, "03", "01", "1", "0601"),
            *("襄阳市第五中学", "420601", identity(n), "襄阳市", "13800000000", "5", "2", "1245"),
            *("0", "433", "07", "1"),
        ]
        for n, name, sex in ((1, "张三", "1"), (2, "李四", "2"), (3, "王五", "1"))
    ]
    return {
        "T_TDD": (names, students),
        "T_TJXX": (["KSH", "SG"], [[student[0], "170"] for student in students]),
        "T_KSJL": (
            ["KSH", "KSSJ", "JLNR"],
            [[students[0][0], "2023", "高中"], [students[0][0], "2020", "初中"]],
        ),
        "T_JHK": (
            ["PCDM", "KLDM", "TDDW", "JHXZ", "ZYDH", "ZYDM", "ZYMC", "XZ"],
            [
                ["5", "1", "1245", "0", "07", "520101K", "临床医学", "3"],
                ["5", "2", "1245", "0", "07", "510201", "计算机应用技术", "3"],
            ],
        ),
        "TD_XBDM": (["XBDM", "XBMC"], [["1", "男"], ["2", "女"]]),
        "TD_MZDM": (["MZDM", "MZMC"], [["01", "汉族"], ["02", "蒙古族"]]),
        "TD_ZZMMDM": (["ZZMMDM", "ZZMMMC"], [["3", "共青团员"], ["13", "群众"]]),
        "TD_LQFSDM": (["LQFSDM", "LQFSMC"], [["1", "统招录取"]]),
        "TD_KLDM": (["KLDM", "KLMC"], [["1", "文史"], ["2", "理工"]]),
    }


def whole_set() -> Tables:
    """Return an older set with more of what a student's file says: résumés, the family."""
    tables = older_set()
    first, second = (row[0] for row in tables["T_TDD"][1][:2])
    tables["T_KSJL"] = (
        ["KSH", "XM", "JLXH", "KSSJ", "JSSJ", "XXDW", "ZMR"],
        [
            [first, "张三", "10", "202309", "202606", "襄阳市第五中学", "赵老师"],
            [second, "李四", "1", "202309", "202606", "襄阳市第四中学", ""],
            [first, "张三", "2", "202009", "202306", "襄阳市第二中学", ""],
        ],
    )
    tables["T_XSJTCY"] = (
        ["KSH", "CYXH", "XM", "CWDM"],
        [[first, "1", "张父", "01"], [first, "2", "李母", "02"], [second, "1", "李父", "09"]],
    )
    tables["TD_CWDM"] = (["CWDM", "CWMC"], [["1", "父亲"], ["2", "母亲"]])
    return tables


def newer_set() -> Tables:
    """Return a set of the newer kind: who it is stands in T_BMK, what became of it in T_TDD."""
    older = older_set()["T_TDD"][1]
    return {
        "t_tdd": (["KSH", "PCDM", "LQZY", "LQLXDM"], [[s[0], "5", "07", "1"] for s in older]),
        "t_bmk": (
            ["KSH", "XM", "XBDM", "CSRQ", "MZDM", "ZJHM", "LXSJ", "BYXXDM"],
            [[s[0], s[2], s[4], s[3], "01", s[11], "13800000001", "0601"] for s in older],
        ),
        "td_zydh": (["ZYDH", "ZYDM", "ZYMC", "CCDM"], [["7", "510201", "计算机应用技术", "2"]]),
        "td_ccdm": (["CCDM", "CCMC"], [["1", "本科"], ["2", "专科(高职)"]]),
        "td_lqlxdm": (["LQLXDM", "LQLXMC"], [["1", "统招"]]),
        "td_byxxdm": (["BYXXDM", "BYXXMC"], [["0601", "襄阳市第五中学"]]),
    }


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a DBF table as wide as it must be."""
    widths = [
        max([1, *(len(row[place].encode("gbk")) for row in rows)]) for place in range(len(names))
    ]
    return write_dbf(list(zip(names, widths, strict=True)), rows, DAY)


def folder(path: Path, tables: Tables, ending: str = ".DBF") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for stem, (names, rows) in tables.items():
        (path / f"{stem}{ending}").write_bytes(table(names, rows))
    return path


def packed(path: Path, source: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(source.rglob("*")):
            archive.write(file, file.relative_to(source).as_posix())
    return path
